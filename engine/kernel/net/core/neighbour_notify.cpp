// Whoever wants to know (ip monitor, routing daemons) is told of each change by a netlink message.
#include "engine/kernel/net/core/neighbour_internal.h"
#include "engine/memory/constants/inet.h"
#include "engine/memory/constants/neighbour.h"

namespace sockwalk::kernel {

static const u8* putAttribute(const sk_buff* skb, u16 type, const void* data, u16 length) {
  const u16 header[2] = {static_cast<u16>(length + 4), type};
  const u8* at = skb_put(skb, (length + 4 + 3) & ~3u);
  fillBytes(at, 0, (length + 4 + 3) & ~3u);
  setBytes(at, header, 4);
  setBytes(at + 4, data, length);
  return at;
}

static const u8* __nlmsg_put(const sk_buff* skb, u32 portid, u32 seq, int type, int len, int flags) {
  KFUNC(__nlmsg_put, skb, portid, seq, type, len, flags);
  struct {
    u32 length;
    u16 type, flags;
    u32 seq, portid;
  } header{u32(len) + 16, u16(type), u16(flags), seq, portid};
  const u8* message = skb_put(skb, 16 + len);
  setBytes(message, &header, 16);
  return call.result(message);
}

static int neigh_fill_info(const sk_buff* skb, const neighbour* n, u32 pid, u32 seq, int type, u32 flags) {
  KFUNC(neigh_fill_info, skb, n, pid, seq, type, flags);
  const u8* message = __nlmsg_put(skb, pid, seq, type, 12, flags);
  struct {
    u8 family, pad1;
    u16 pad2;
    s32 ifindex;
    u16 state;
    u8 flags, type;
  } ndm{2, 0, 0, n->dev->ifindex, n->nud_state, 0, n->type};
  setBytes(message + 16, &ndm, 12);
  u8 key[16], address[32];
  const auto keyLength = static_cast<u16>(n->tbl->key_len);
  std::memcpy(key, n->primary_key, keyLength);
  std::memcpy(address, n->ha, n->dev->addr_len);
  putAttribute(skb, NDA_DST, key, keyLength);
  if (n->nud_state & NUD_VALID) putAttribute(skb, NDA_LLADDR, address, n->dev->addr_len);
  const u64 jiffies = machine().jiffies(), hz = machine().options().hz;
  const auto ago = [&](u64 when) { return static_cast<u32>((jiffies - when) * 100 / hz); }; // hundredths of a second
  const u32 probes = atomic_read(&n->probes);
  const u32 cacheinfo[4] = {ago(n->confirmed), ago(n->used), ago(n->updated), u32(refcount_read(&n->refcnt) - 1)};
  putAttribute(skb, NDA_PROBES, &probes, 4);
  putAttribute(skb, NDA_CACHEINFO, cacheinfo, sizeof cacheinfo);
  set(reinterpret_cast<const u32&>(*message), static_cast<u32>(skb_tail_pointer(skb) - message)); // nlmsg_end
  return call.result(0);
}

static const sk_buff* netlink_trim(const sk_buff* skb, u32 allocation) {
  KFUNC(netlink_trim, skb, allocation);
  const u32 spare = skb->end - skb->tail;
  if (spare * 2 >= skb->truesize) pskb_expand_head(skb, 0, -static_cast<int>(spare), allocation);
  return call.result(skb);
}

static int netlink_broadcast(const sk_buff* skb, u32 portid, u32 group, u32 allocation) {
  KFUNC(netlink_broadcast, skb, portid, group, allocation);
  SIMPLIFIED("nobody has joined a netlink group: the message ends here");
  skb = netlink_trim(skb, allocation);
  consume_skb(skb);
  consume_skb(nullptr);
  return call.result(-ESRCH);
}

static int nlmsg_notify(const sk_buff* skb, u32 portid, u32 group, u32 flags) {
  KFUNC(nlmsg_notify, skb, portid, group, flags);
  const int err = netlink_broadcast(skb, portid, group, flags);
  return call.result(err == -ESRCH ? 0 : err);
}

static void rtnl_notify(const sk_buff* skb, const net* net, u32 pid, u32 group, u32 flags) {
  KFUNC(rtnl_notify, skb, net, pid, group, flags);
  nlmsg_notify(skb, pid, group, flags);
}

static void __neigh_notify(const neighbour* n, int type, int flags, u32 pid) {
  KFUNC(__neigh_notify, n, type, flags, pid);
  const sk_buff* skb = alloc_skb(144, GFP_ATOMIC); // what the largest message of this kind may need
  if (!skb) return;
  neigh_fill_info(skb, n, pid, 0, type, flags);
  rtnl_notify(skb, dev_net(n->dev), 0, RTNLGRP_NEIGH, GFP_ATOMIC);
}

static int atomic_notifier_call_chain(u64 val, const void* v) {
  KFUNC(atomic_notifier_call_chain, val, v);
  return call.result(0);
}
static int call_netevent_notifiers(u64 val, const void* v) {
  KFUNC(call_netevent_notifiers, val, v);
  SIMPLIFIED("no driver listens to neighbour events");
  return call.result(atomic_notifier_call_chain(val, v));
}

void neigh_update_notify(const neighbour* neigh, u32 nlmsg_pid) {
  KFUNC(neigh_update_notify, neigh, nlmsg_pid);
  call_netevent_notifiers(NETEVENT_NEIGH_UPDATE, neigh);
  __neigh_notify(neigh, RTM_NEWNEIGH, 0, nlmsg_pid);
}

} // namespace sockwalk::kernel
