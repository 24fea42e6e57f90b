// Packet sockets: what they ask of a device. All frames of the wire (promiscuous), all groups, one group, one address:
// as long as the socket lives, and counted, since others may ask for the same.
#include "engine/kernel/include/linux/rtnetlink.h"
#include "engine/kernel/include/linux/slab.h"
#include "engine/kernel/net/packet/internal.h"
#include <cstring>

namespace sockwalk::kernel {

static int packet_dev_mc(const net_device* dev, const packet_mclist* i, int what) {
  KFUNC(packet_dev_mc, dev, i, what);
  const bool byAddress = i->type == PACKET_MR_MULTICAST || i->type == PACKET_MR_UNICAST;
  if (byAddress && i->alen != dev->addr_len) return call.result(-EINVAL);
  switch (i->type) {
  case PACKET_MR_PROMISC: return call.result(dev_set_promiscuity(dev, what));
  case PACKET_MR_ALLMULTI: return call.result(dev_set_allmulti(dev, what));
  case PACKET_MR_MULTICAST: return call.result(what > 0 ? dev_mc_add(dev, i->addr) : dev_mc_del(dev, i->addr));
  case PACKET_MR_UNICAST: return call.result(what > 0 ? dev_uc_add(dev, i->addr) : dev_uc_del(dev, i->addr));
  default: return call.result(0);
  }
}

static bool isSame(const packet_mclist* i, const packet_mreq_max* mreq) {
  return i->ifindex == mreq->mr_ifindex && i->type == mreq->mr_type && i->alen == mreq->mr_alen &&
         !std::memcmp(i->addr, mreq->mr_address, i->alen);
}
// The place in the socket's list that points at what is asked for; at its end: nothing does.
static const kptr<packet_mclist>* placeOf(const packet_sock* po, const packet_mreq_max* mreq) {
  const kptr<packet_mclist>* link = &po->mclist;
  while (*link && !isSame(*link, mreq)) link = &(*link)->next;
  return link;
}

static const packet_mclist* newMembership(const packet_mreq_max* mreq) {
  const auto* fresh = kzalloc<packet_mclist>(GFP_KERNEL);
  if (!fresh) return nullptr;
  set(fresh->type, mreq->mr_type);
  set(fresh->ifindex, mreq->mr_ifindex);
  set(fresh->alen, mreq->mr_alen);
  setBytes(fresh->addr, mreq->mr_address, mreq->mr_alen);
  set(fresh->count, 1);
  return fresh;
}
static int join(const packet_sock* po, const packet_mreq_max* mreq) {
  const net_device* dev = __dev_get_by_index(sock_net(&po->sk), mreq->mr_ifindex);
  if (!dev) return -ENODEV;
  if (mreq->mr_alen > dev->addr_len) return -EINVAL;
  if (const packet_mclist* known = *placeOf(po, mreq)) return add(known->count, 1), 0;
  const packet_mclist* fresh = newMembership(mreq);
  if (!fresh) return -ENOBUFS;
  set(fresh->next, po->mclist);
  set(po->mclist, fresh);
  const int err = packet_dev_mc(dev, fresh, 1);
  if (err) {
    set(po->mclist, fresh->next);
    kfree(fresh);
  }
  return err;
}
int packet_mc_add(const sock* sk, const packet_mreq_max* mreq) {
  KFUNC(packet_mc_add, sk, mreq);
  INLINED();
  rtnl_lock();
  const int err = join(pkt_sk(sk), mreq);
  rtnl_unlock();
  return call.result(err);
}

// The device may have gone before its memberships.
static void end(const packet_sock* po, const packet_mclist* i) {
  if (const net_device* dev = __dev_get_by_index(sock_net(&po->sk), i->ifindex)) packet_dev_mc(dev, i, -1);
  kfree(i);
}
int packet_mc_drop(const sock* sk, const packet_mreq_max* mreq) {
  KFUNC(packet_mc_drop, sk, mreq);
  INLINED();
  rtnl_lock();
  const packet_sock* po = pkt_sk(sk);
  const kptr<packet_mclist>* link = placeOf(po, mreq);
  const packet_mclist* found = *link;
  if (found && !sub(found->count, 1)) {
    set(*link, found->next);
    end(po, found);
  }
  rtnl_unlock();
  return call.result(0); // what was never asked for is no error
}
void packet_flush_mclist(const sock* sk) {
  KFUNC(packet_flush_mclist, sk);
  INLINED();
  const packet_sock* po = pkt_sk(sk);
  if (!po->mclist) return;
  rtnl_lock();
  while (const packet_mclist* i = po->mclist) {
    set(po->mclist, i->next);
    end(po, i);
  }
  rtnl_unlock();
}

} // namespace sockwalk::kernel
