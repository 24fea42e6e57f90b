// ARP's own half of a neighbour: how an entry of this protocol is set up, and what is asked on the wire.
#include "engine/kernel/include/linux/etherdevice.h"
#include "engine/kernel/include/linux/inetdevice.h"
#include "engine/kernel/include/net/ip.h"
#include "engine/kernel/net/core/neighbour_internal.h"

namespace sockwalk::kernel {

Global<neigh_table> arp_tbl{"arp_tbl"};
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

// Not everybody needs to be asked: broadcast, multicast and lo have an address that can be told beforehand.
// The hardware address of a group on Ethernet (RFC 1112): 01:00:5e and the group's low 23 bits.
int arp_mc_map(u32 addr, u8* haddr, const net_device* dev, int dir) {
  KFUNC(arp_mc_map, addr, dev, dir);
  constexpr u16 ARPHRD_ETHER = 1;
  const u32 group = ntohl(addr);
  const u8 mac[6] = {0x01, 0x00, 0x5e, u8(group >> 16 & 0x7f), u8(group >> 8), u8(group)};
  if (dev->type == ARPHRD_ETHER) std::memcpy(haddr, mac, 6);
  else if (dir) std::memcpy(haddr, dev->broadcast, dev->addr_len);
  else return call.result(-EINVAL);
  return call.result(0);
}

static int arp_constructor(const neighbour* neigh) {
  KFUNC(arp_constructor, neigh);
  const net_device* dev = neigh->dev;
  const u32 any = 0;
  if (dev->flags & (IFF_LOOPBACK | IFF_POINTOPOINT)) setBytes(neigh->primary_key, &any, 4);
  u32 addr;
  std::memcpy(&addr, neigh->primary_key, 4);
  const in_device* in_dev = __in_dev_get_rcu(dev);
  if (!in_dev) return call.result(-EINVAL);
  set(neigh->type, inet_addr_type_dev_table(dev_net(dev), dev, addr));
  refcount_dec_and_test(&neigh->parms->refcnt);
  refcount_inc(&in_dev->arp_parms->refcnt);
  set(neigh->parms, in_dev->arp_parms);
  if (!dev->header_ops) {
    set(neigh->nud_state, NUD_NOARP);
    set(neigh->ops, arp_direct_ops);
    set(neigh->output, fn<neigh_direct_output>);
    return call.result(0);
  }
  u8 known[32] = {};
  if (neigh->type == RTN_MULTICAST) {
    set(neigh->nud_state, NUD_NOARP);
    arp_mc_map(addr, known, dev, 1);
  } else if (dev->flags & (IFF_NOARP | IFF_LOOPBACK)) {
    std::memcpy(known, dev->dev_addr.get(), dev->addr_len);
    set(neigh->nud_state, NUD_NOARP);
  } else if (neigh->type == RTN_BROADCAST || dev->flags & IFF_POINTOPOINT) {
    std::memcpy(known, dev->broadcast, dev->addr_len);
    set(neigh->nud_state, NUD_NOARP);
  }
  if (neigh->nud_state == NUD_NOARP) setBytes(neigh->ha, known, dev->addr_len);
  set(neigh->ops, dev->header_ops->cache ? arp_hh_ops : arp_generic_ops);
  set(neigh->output, neigh->nud_state & NUD_VALID ? neigh->ops->connected_output : neigh->ops->output);
  return call.result(0);
}

static void arp_error_report(const neighbour* neigh, const sk_buff* skb) {
  KFUNC(arp_error_report, neigh, skb);
  const dst_entry* dst = skb_dst(skb);
  if (dst && dst->ops && dst->ops->link_failure) dst->ops->link_failure(skb); // dst_link_failure()
  kfree_skb_reason(skb, SKB_DROP_REASON_NEIGH_FAILED);
}

// Who has this address? Asked by broadcast, or, when the entry is only to be confirmed, of the neighbour itself.
static void arp_solicit(const neighbour* neigh, const sk_buff* skb) {
  KFUNC(arp_solicit, neigh, skb);
  const net_device* dev = neigh->dev;
  const in_device* in_dev = __in_dev_get_rcu(dev);
  if (!in_dev) return;
  u32 target, saddr = 0;
  std::memcpy(&target, neigh->primary_key, 4);
  if (IN_DEV_ARP_ANNOUNCE(in_dev) == 0 && skb &&
      inet_addr_type_dev_table(dev_net(dev), dev, ip_hdr(skb)->saddr) == RTN_LOCAL)
    saddr = ip_hdr(skb)->saddr;
  if (!saddr) saddr = inet_select_addr(dev, target, RT_SCOPE_LINK);
  const bool unicast = atomic_read(&neigh->probes) < NEIGH_VAR(neigh->parms, NEIGH_VAR_UCAST_PROBES);
  const dst_entry* dst = skb && !(dev->priv_flags & IFF_XMIT_DST_RELEASE) ? skb_dst(skb) : nullptr;
  arp_send_dst(ARPOP_REQUEST, ETH_P_ARP, target, dev, saddr, unicast ? neigh->ha : nullptr, dev->dev_addr, nullptr,
               dst);
}

const sk_buff* arp_create(int type, int ptype, u32 dest_ip, const net_device* dev, u32 src_ip, const u8* dest_hw,
                          const u8* src_hw, const u8* target_hw) {
  KFUNC(arp_create, type, ptype, dest_ip, dev, src_ip, dest_hw, src_hw, target_hw);
  const u32 hlen = LL_RESERVED_SPACE(dev);
  const sk_buff* skb = alloc_skb(arp_hdr_len(dev) + hlen + dev->needed_tailroom, GFP_ATOMIC);
  if (!skb) return call.result(skb);
  skb_reserve(skb, hlen);
  skb_reset_network_header(skb);
  skb_put(skb, arp_hdr_len(dev));
  set(skb->dev, dev);
  set(skb->protocol, htons(ETH_P_ARP));
  if (!src_hw) src_hw = dev->dev_addr;
  if (!dest_hw) dest_hw = dev->broadcast;
  if (dev->header_ops && dev->header_ops->create(skb, dev, ptype, dest_hw, src_hw, skb->len) < 0) {
    kfree_skb(skb);
    return call.result<const sk_buff*>(nullptr);
  }
  const arphdr* arp = arp_hdr(skb);
  set(arp->ar_hrd, htons(dev->type));
  set(arp->ar_pro, htons(ETH_P_IP));
  set(arp->ar_hln, dev->addr_len);
  set(arp->ar_pln, 4);
  set(arp->ar_op, htons(type));
  u8 body[20] = {}; // sender's addresses, then the target's; an unknown hardware address is zero
  std::memcpy(body, src_hw, 6);
  std::memcpy(body + 6, &src_ip, 4);
  if (target_hw) std::memcpy(body + 10, target_hw, 6);
  std::memcpy(body + 16, &dest_ip, 4);
  setBytes(arp + 1, body, sizeof body);
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
  if (dev->flags & IFF_NOARP) return;
  const sk_buff* skb = arp_create(type, ptype, dest_ip, dev, src_ip, dest_hw, src_hw, target_hw);
  if (!skb) return;
  if (dst) dst_hold(dst);
  skb_dst_set(skb, dst);
  arp_xmit(skb);
}

void arp_send(int type, int ptype, u32 dest_ip, const net_device* dev, u32 src_ip, const u8* dest_hw, const u8* src_hw,
              const u8* target_hw) {
  KFUNC(arp_send, type, ptype, dest_ip, dev, src_ip, dest_hw, src_hw, target_hw);
  arp_send_dst(type, ptype, dest_ip, dev, src_ip, dest_hw, src_hw, target_hw, nullptr);
}

void arp_init() {
  KFUNC(arp_init);
  neigh_table_init(0, arp_tbl);
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
