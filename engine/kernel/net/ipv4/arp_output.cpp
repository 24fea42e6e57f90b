// ARP's own half of a neighbour: how an entry of this protocol is set up, and what is asked on the wire.
#include "engine/kernel/include/linux/etherdevice.h"
#include "engine/kernel/include/linux/inetdevice.h"
#include "engine/kernel/include/net/ip.h"
#include "engine/kernel/init/image.h"
#include "engine/kernel/net/core/neighbour_internal.h"
#include "engine/kernel/net/ipv4/arp_internal.h"
#include "engine/memory/constants/neighbour.h"
#include "engine/memory/constants/netdevice.h"

namespace sockwalk::kernel {

Global<neigh_table> arp_tbl{"arp_tbl"};
static Global<packet_type> arp_packet_type{"arp_packet_type"};
static Global<neigh_ops> arp_hh_ops{"arp_hh_ops"}, arp_generic_ops{"arp_generic_ops"}, arp_direct_ops{"arp_direct_ops"};

static u32 arp_hash(const void* pkey, const net_device* dev, u32* hash_rnd) {
  KFUNC(arp_hash, pkey, dev);
  u32 key;
  std::memcpy(&key, pkey, 4);
  return call.result(arp_hashfn(key, dev, hash_rnd));
}

static bool arp_key_eq(const neighbour* n, const void* pkey) {
  KFUNC(arp_key_eq, n, pkey);
  return call.result(!std::memcmp(n->primary_key, pkey, 4));
}

// The hardware address of a group on Ethernet (RFC 1112): 01:00:5e and the group's low 23 bits.
int arp_mc_map(u32 addr, u8* haddr, const net_device* dev, int dir) {
  KFUNC(arp_mc_map, addr, dev, dir);
  const u32 group = ntohl(addr);
  const u8 mac[6] = {0x01, 0x00, 0x5e, u8(group >> 16 & 0x7f), u8(group >> 8), u8(group)};
  if (dev->type == ARPHRD_ETHER) std::memcpy(haddr, mac, 6);
  else if (dir) std::memcpy(haddr, dev->broadcast, dev->addr_len);
  else return call.result(-EINVAL);
  return call.result(0);
}

// Who need not be asked, since it is known beforehand: a group's hardware address follows from its IP address, broadcast
// has one of its own, and where there is only one other end, or none that asks, any will do.
static void tellKnownHardware(const neighbour* neigh, const net_device* dev, u32 ip) {
  const bool toGroup = neigh->type == RTN_MULTICAST, asksNobody = dev->flags & (IFF_NOARP | IFF_LOOPBACK);
  const bool toAll = neigh->type == RTN_BROADCAST || dev->flags & IFF_POINTOPOINT;
  if (!toGroup && !asksNobody && !toAll) return;
  u8 hardware[32] = {};
  set(neigh->nud_state, NUD_NOARP);
  if (toGroup) arp_mc_map(ip, hardware, dev, 1);
  else std::memcpy(hardware, asksNobody ? dev->dev_addr.get() : dev->broadcast, dev->addr_len);
  setBytes(neigh->ha, hardware, dev->addr_len);
}

static int arp_constructor(const neighbour* neigh) {
  KFUNC(arp_constructor, neigh);
  const net_device* dev = neigh->dev;
  const u32 any = 0;
  if (dev->flags & (IFF_LOOPBACK | IFF_POINTOPOINT)) setBytes(neigh->primary_key, &any, 4); // one entry for all
  u32 ip;
  std::memcpy(&ip, neigh->primary_key, 4);
  const in_device* in_dev = __in_dev_get_rcu(dev);
  if (!in_dev) return call.result(-EINVAL);
  set(neigh->type, inet_addr_type_dev_table(dev_net(dev), dev, ip));
  refcount_dec_and_test(&neigh->parms->refcnt);
  refcount_inc(&in_dev->arp_parms->refcnt);
  set(neigh->parms, in_dev->arp_parms);
  if (!dev->header_ops) { // a link without headers
    set(neigh->nud_state, NUD_NOARP);
    set(neigh->ops, arp_direct_ops);
    set(neigh->output, fn<neigh_direct_output>);
    return call.result(0);
  }
  tellKnownHardware(neigh, dev, ip);
  set(neigh->ops, dev->header_ops->cache ? arp_hh_ops : arp_generic_ops);
  set(neigh->output, neigh->nud_state & NUD_VALID ? neigh->ops->connected_output : neigh->ops->output);
  return call.result(0);
}

// Nobody answered. The packet's route is told (its sender may learn of it), and the packet is gone.
static void arp_error_report(const neighbour* neigh, const sk_buff* skb) {
  KFUNC(arp_error_report, neigh, skb);
  const dst_entry* dst = skb_dst(skb);
  const dst_ops* ops = dst ? dst->ops.get() : nullptr;
  if (ops && ops->link_failure) ops->link_failure(skb); // dst_link_failure()
  kfree_skb_reason(skb, SKB_DROP_REASON_NEIGH_FAILED);
}

// As whom we ask: as the sender of the packet that waits, if that is us, else by the address that suits the target.
static u32 askerFor(const net_device* dev, const in_device* in_dev, const sk_buff* waiting, u32 wanted) {
  if (waiting && IN_DEV_ARP_ANNOUNCE(in_dev) == 0) {
    const u32 sender = ip_hdr(waiting)->saddr;
    if (inet_addr_type_dev_table(dev_net(dev), dev, sender) == RTN_LOCAL && sender) return sender;
  }
  return inet_select_addr(dev, wanted, RT_SCOPE_LINK);
}

// Who has this address? Asked by broadcast, or, when the entry is only to be confirmed, of the neighbour itself.
static void arp_solicit(const neighbour* neigh, const sk_buff* skb) {
  KFUNC(arp_solicit, neigh, skb);
  const net_device* dev = neigh->dev;
  const in_device* in_dev = __in_dev_get_rcu(dev);
  if (!in_dev) return;
  u32 wanted;
  std::memcpy(&wanted, neigh->primary_key, 4);
  const u32 asker = askerFor(dev, in_dev, skb, wanted);
  const bool onlyToConfirm = atomic_read(&neigh->probes) < NEIGH_VAR(neigh->parms, NEIGH_VAR_UCAST_PROBES);
  const u8* asked = onlyToConfirm ? neigh->ha : nullptr;
  const bool keepsRoute = skb && !(dev->priv_flags & IFF_XMIT_DST_RELEASE);
  arp_send_dst(ARPOP_REQUEST, ETH_P_ARP, wanted, dev, asker, asked, dev->dev_addr, nullptr,
               keepsRoute ? skb_dst(skb) : nullptr);
}

// The message (RFC 826), a link header before it. What is not said of the link's addresses is our own, and everybody's.
const sk_buff* arp_create(int type, int ptype, u32 dest_ip, const net_device* dev, u32 src_ip, const u8* dest_hw,
                          const u8* src_hw, const u8* target_hw) {
  KFUNC(arp_create, type, ptype, dest_ip, dev, src_ip, dest_hw, src_hw, target_hw);
  const u32 linkRoom = LL_RESERVED_SPACE(dev), size = arp_hdr_len(dev);
  const sk_buff* skb = alloc_skb(size + linkRoom + dev->needed_tailroom, GFP_ATOMIC);
  if (!skb) return call.result(skb);
  skb_reserve(skb, linkRoom);
  skb_reset_network_header(skb);
  skb_put(skb, size);
  set(skb->dev, dev);
  set(skb->protocol, htons(ETH_P_ARP));
  const u8 *from = src_hw ? src_hw : dev->dev_addr.get(), *to = dest_hw ? dest_hw : dev->broadcast;
  const header_ops* link = dev->header_ops;
  if (link && link->create(skb, dev, static_cast<u16>(ptype), to, from, skb->len) < 0) {
    kfree_skb(skb);
    return call.result<const sk_buff*>(nullptr);
  }
  const arphdr* message = arp_hdr(skb);
  set(message->ar_hrd, htons(dev->type));
  set(message->ar_pro, htons(ETH_P_IP));
  set(message->ar_hln, dev->addr_len);
  set(message->ar_pln, 4);
  set(message->ar_op, htons(static_cast<u16>(type)));
  u8 body[20] = {}; // sender's addresses, then the target's; an unknown hardware address is zero
  std::memcpy(body, from, 6);
  std::memcpy(body + 6, &src_ip, 4);
  if (target_hw) std::memcpy(body + 10, target_hw, 6);
  std::memcpy(body + 16, &dest_ip, 4);
  setBytes(message + 1, body, sizeof body);
  return call.result(skb);
}

void arp_xmit(const sk_buff* skb) {
  KFUNC(arp_xmit, skb);
  SIMPLIFIED("no ARP hooks of the netfilter: there are no arptables");
  dev_queue_xmit(skb);
}

void arp_send_dst(int type, int ptype, u32 dest_ip, const net_device* dev, u32 src_ip, const u8* dest_hw,
                  const u8* src_hw, const u8* target_hw, const dst_entry* dst) {
  KFUNC(arp_send_dst, type, ptype, dest_ip, dev, src_ip, dest_hw, src_hw, target_hw, dst);
  const bool needsArp = !(dev->flags & IFF_NOARP);
  if (const sk_buff* message =
          needsArp ? arp_create(type, ptype, dest_ip, dev, src_ip, dest_hw, src_hw, target_hw) : nullptr) {
    if (dst) dst_hold(dst);
    skb_dst_set(message, dst);
    arp_xmit(message);
  }
}

void arp_send(int type, int ptype, u32 dest_ip, const net_device* dev, u32 src_ip, const u8* dest_hw, const u8* src_hw,
              const u8* target_hw) {
  KFUNC(arp_send, type, ptype, dest_ip, dev, src_ip, dest_hw, src_hw, target_hw);
  arp_send_dst(type, ptype, dest_ip, dev, src_ip, dest_hw, src_hw, target_hw, nullptr);
}

void arp_init() {
  KFUNC(arp_init);
  neigh_table_init(0, arp_tbl);
  dev_add_pack(arp_packet_type);
}

static void setNeighOps(const neigh_ops* ops, bool resolves) {
  set(ops->family, 2); // AF_INET
  if (!resolves) {
    set(ops->output, fn<neigh_direct_output>);
    set(ops->connected_output, fn<neigh_direct_output>);
    return;
  }
  set(ops->solicit, fn<arp_solicit>);
  set(ops->error_report, fn<arp_error_report>);
  set(ops->output, fn<neigh_resolve_output>);
}

void image_arp() {
  set(arp_packet_type->type, htons(ETH_P_ARP));
  set(arp_packet_type->func, fn<arp_rcv>);
  setNeighOps(arp_hh_ops, true);
  set(arp_hh_ops->connected_output, fn<neigh_resolve_output>);
  setNeighOps(arp_generic_ops, true);
  set(arp_generic_ops->connected_output, fn<neigh_connected_output>);
  setNeighOps(arp_direct_ops, false);
  const neigh_table* tbl = arp_tbl;
  const int hz = static_cast<int>(machine().options().hz);
  set(tbl->family, 2);
  set(tbl->key_len, 4);
  set(tbl->protocol, htons(ETH_P_IP));
  set(tbl->hash, fn<arp_hash>);
  set(tbl->key_eq, fn<arp_key_eq>);
  set(tbl->constructor, fn<arp_constructor>);
  set(tbl->id, reinterpret_cast<const char*>(machine().rodata("arp_cache")));
  set(tbl->parms.tbl, tbl);
  set(tbl->parms.reachable_time, 30 * hz);
  const int values[NEIGH_VAR_DATA_MAX] = {3,      3,       0,      0,  hz, 30 * hz,     5 * hz,
                                          5 * hz, 60 * hz, 212992, 64, hz, 8 * hz / 10, hz};
  for (int i = 0; i < NEIGH_VAR_DATA_MAX; ++i) set(tbl->parms.data[i], values[i]);
  set(tbl->gc_interval, 30 * hz);
  set(tbl->gc_thresh1, 128);
  set(tbl->gc_thresh2, 512);
  set(tbl->gc_thresh3, 1024);
}

} // namespace sockwalk::kernel
