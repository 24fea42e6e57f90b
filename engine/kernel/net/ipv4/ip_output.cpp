// The way down for a packet that has its IP header: local hook, route's output, hook again, fragmentation if it is
// too big, and the neighbour that will take it.
#include "engine/kernel/include/linux/dev_xmit.h"
#include "engine/kernel/include/linux/gso.h"
#include "engine/kernel/include/linux/napi.h"
#include "engine/kernel/include/linux/random.h"
#include "engine/kernel/include/net/arp.h"
#include "engine/kernel/include/net/icmp.h"
#include "engine/kernel/include/net/ip_forward.h"
#include "engine/kernel/include/net/netfilter.h"
#include "engine/kernel/net/ipv4/ip_output_internal.h"

namespace sockwalk::kernel {

void ip_send_check(const iphdr* ip) {
  KFUNC(ip_send_check, ip);
  set(ip->check, 0);
  set(ip->check, ip_fast_csum(ip, ip_hdr_length(ip) / 4));
}

// The last thing done to the header: its length and checksum. 1: go on; anything else: a hook took the packet.
int __ip_local_out(const net* net, const sock* sk, const sk_buff* skb) {
  KFUNC(__ip_local_out, net, sk, skb);
  const iphdr* iph = ip_hdr(skb);
  set(iph->tot_len, htons(static_cast<u16>(skb->len)));
  ip_send_check(iph);
  set(skb->protocol, htons(ETH_P_IP));
  return call.result(
      nf_hook(NFPROTO_IPV4, NF_INET_LOCAL_OUT, net, sk, skb, nullptr, skb_dst(skb)->dev, fn<dst_output>));
}

int ip_local_out(const net* net, const sock* sk, const sk_buff* skb) {
  KFUNC(ip_local_out, net, sk, skb);
  const int err = __ip_local_out(net, sk, skb);
  return call.result(err == 1 ? dst_output(net, sk, skb) : err);
}

int ip_send_skb(const net* net, const sk_buff* skb) {
  KFUNC(ip_send_skb, net, skb);
  return call.result(sendBuilt(net, skb));
}
int sendBuilt(const net* net, const sk_buff* skb) {
  int err = __ip_local_out(net, skb->sk, skb); // ip_local_out(), inlined
  if (err == 1) err = dst_output(net, skb->sk, skb);
  return err > 0 ? (err == NET_XMIT_CN ? 0 : -ENOBUFS) : err;
}

// Looks up who takes the packet on this link, the destination itself or the gateway, and hands it to that neighbour.
int ip_finish_output2(const net* net, const sock* sk, const sk_buff* skb) {
  KFUNC(ip_finish_output2, net, sk, skb);
  const dst_entry* dst = skb_dst(skb);
  const auto* rt = reinterpret_cast<const rtable*>(dst);
  const net_device* dev = dst->dev;
  if (skb_headroom(skb) < LL_RESERVED_SPACE(dev) && dev->header_ops &&
      pskb_expand_head(skb, SKB_DATA_ALIGN(LL_RESERVED_SPACE(dev) - skb_headroom(skb)), 0, GFP_ATOMIC)) {
    kfree_skb(skb);
    return call.result(-ENOMEM);
  }
  const u32 nexthop = rt->rt_gw_family == 2 ? u32(rt->rt_gw4) : u32(ip_hdr(skb)->daddr);
  const neighbour* neigh = ip_neigh_gw4(dev, nexthop);
  if (!IS_ERR(neigh)) return call.result(neigh_output(neigh, skb, false));
  kfree_skb_reason(skb, SKB_DROP_REASON_NEIGH_CREATEFAIL);
  return call.result(static_cast<int>(PTR_ERR(neigh)));
}

// May a packet be cut up on its way? Only if its sender did not forbid it (DF) or is ourselves and said "never mind".
static int ip_fragment(const net* net, const sock* sk, const sk_buff* skb, u32 mtu) {
  KFUNC(ip_fragment, net, sk, skb, mtu);
  const iphdr* iph = ip_hdr(skb);
  const u32 largest = IPCB(skb)->frag_max_size;
  if (iph->frag_off & htons(IP_DF) && (!skb->ignore_df || (largest && largest > mtu))) {
    icmp_send(skb, ICMP_DEST_UNREACH, ICMP_FRAG_NEEDED, htonl(mtu));
    kfree_skb(skb);
    return call.result(-EMSGSIZE);
  }
  return call.result(ip_do_fragment(net, sk, skb, ip_finish_output2));
}

// A socket that does not trust what was learnt of the path goes by its device alone.
static u32 ip_skb_dst_mtu(const sock* sk, const sk_buff* skb) {
  const bool full = sk && (1u << sk->sk_state & ~(1u << TCP_TIME_WAIT | 1u << TCP_NEW_SYN_RECV));
  if (!full || ip_sk_use_pmtu(sk)) return ip_dst_mtu_maybe_forward(skb_dst(skb), IPCB(skb)->flags & IPSKB_FORWARDED);
  return std::min<u32>(skb_dst(skb)->dev->mtu, IP_MAX_MTU);
}

// A large buffer may pass whole if its segments fit; else it is cut here, and the segments once more as fragments.
static int ip_finish_output_gso(const net* net, const sock* sk, const sk_buff* skb, u32 mtu) {
  KFUNC(ip_finish_output_gso, net, sk, skb, mtu);
  if (skb_gso_validate_network_len(skb, mtu)) return call.result(ip_finish_output2(net, sk, skb));
  const sk_buff* segs = skb_gso_segment(skb, netif_skb_features(skb) & ~NETIF_F_GSO_MASK);
  if (!segs || IS_ERR(segs)) {
    kfree_skb(skb);
    return call.result(-ENOMEM);
  }
  consume_skb(skb);
  int ret = 0;
  for (const sk_buff* next; segs; segs = next) {
    next = segs->next;
    skb_mark_not_on_list(segs);
    const int err = ip_fragment(net, sk, segs, mtu);
    if (err && !ret) ret = err;
  }
  return call.result(ret);
}

static int __ip_finish_output(const net* net, const sock* sk, const sk_buff* skb) {
  KFUNC(__ip_finish_output, net, sk, skb);
  const u32 mtu = ip_skb_dst_mtu(sk, skb);
  if (skb_is_gso(skb)) return call.result(ip_finish_output_gso(net, sk, skb, mtu));
  if (skb->len > mtu || IPCB(skb)->frag_max_size) return call.result(ip_fragment(net, sk, skb, mtu));
  return call.result(ip_finish_output2(net, sk, skb));
}

static int ip_finish_output(const net* net, const sock* sk, const sk_buff* skb) {
  KFUNC(ip_finish_output, net, sk, skb);
  SIMPLIFIED("no BPF program of a control group looks at the packet");
  return call.result(__ip_finish_output(net, sk, skb));
}

int ip_output(const net* net, const sock* sk, const sk_buff* skb) {
  KFUNC(ip_output, net, sk, skb);
  const net_device *dev = skb_dst(skb)->dev, *indev = skb->dev;
  set(skb->dev, dev);
  set(skb->protocol, htons(ETH_P_IP));
  if (!(IPCB(skb)->flags & IPSKB_REROUTED)) {
    const int verdict = nf_hook(NFPROTO_IPV4, NF_INET_POST_ROUTING, net, sk, skb, indev, dev, fn<ip_finish_output>);
    if (verdict != 1) return call.result(verdict);
  }
  return call.result(ip_finish_output(net, sk, skb));
}

// ---- multicast and broadcast that this host is itself a listener of: one copy goes up again, one out
static bool sk_mc_loop(const sock* sk) { // IP_MULTICAST_LOOP
  KFUNC(sk_mc_loop, sk);
  return call.result(!sk || sk->sk_family != AF_INET || inet_sk(sk)->mc_loop);
}
static int dev_loopback_xmit(const net* net, const sock* sk, const sk_buff* skb) {
  KFUNC(dev_loopback_xmit, net, sk, skb);
  skb_reset_mac_header(skb);
  __skb_pull(skb, static_cast<u32>(skb_network_offset(skb)));
  set(skb, sk_buff::bit::pkt_type, PACKET_LOOPBACK);
  if (skb->ip_summed == CHECKSUM_NONE) set(skb, sk_buff::bit::ip_summed, CHECKSUM_UNNECESSARY);
  skb_dst_force(skb);
  netif_rx(skb);
  return call.result(0);
}
// The copy gets a route of its own, on lo, and so it needs none on its way up.
static int ip_mc_finish_output(const net* net, const sock* sk, const sk_buff* skb) {
  KFUNC(ip_mc_finish_output, net, sk, skb);
  const rtable* new_rt = rt_dst_clone(net->loopback_dev, skb_rtable(skb));
  if (new_rt) {
    set(new_rt->rt_iif, 0);
    skb_dst_drop(skb);
    skb_dst_set(skb, &new_rt->dst);
  }
  return call.result(dev_loopback_xmit(net, sk, skb));
}
static void loopBack(const net* net, const sock* sk, const sk_buff* skb) {
  const sk_buff* newskb = skb_clone(skb, GFP_ATOMIC);
  if (!newskb) return;
  NOTE("ip.looped_back", newskb, ip_hdr(skb)->daddr);
  if (nf_hook(NFPROTO_IPV4, NF_INET_POST_ROUTING, net, sk, newskb, nullptr, newskb->dev, fn<ip_mc_finish_output>) == 1)
    ip_mc_finish_output(net, sk, newskb);
}

int ip_mc_output(const net* net, const sock* sk, const sk_buff* skb) {
  KFUNC(ip_mc_output, net, sk, skb);
  SIMPLIFIED("multicast packets of others are not forwarded");
  const rtable* rt = skb_rtable(skb);
  set(skb->dev, rt->dst.dev);
  set(skb->protocol, htons(ETH_P_IP));
  if (rt->rt_flags & RTCF_MULTICAST) {
    if (sk_mc_loop(sk)) loopBack(net, sk, skb);
    if (ip_hdr(skb)->ttl == 0) { // this host only
      kfree_skb(skb);
      return call.result(0);
    }
  }
  if (rt->rt_flags & RTCF_BROADCAST) loopBack(net, sk, skb);
  if (!(IPCB(skb)->flags & IPSKB_REROUTED)) {
    const int verdict =
        nf_hook(NFPROTO_IPV4, NF_INET_POST_ROUTING, net, sk, skb, nullptr, skb->dev, fn<ip_finish_output>);
    if (verdict != 1) return call.result(verdict);
  }
  return call.result(ip_finish_output(net, sk, skb));
}

// ---- identification: packets to one address from one protocol draw on one counter, which also jumps with time, so
// that nobody can count from outside how much we send.
static constexpr u32 IdentSize = 2048;
static Global<u32[IdentSize]> ip_idents{"ip_idents"};
static Global<u32[IdentSize]> ip_tstamps{"ip_tstamps"};

u32 ip_idents_reserve(u32 hash, int segs) {
  const u32 slot = hash % IdentSize, now = static_cast<u32>(machine().jiffies()), old = ip_tstamps[slot];
  u32 delta = 0;
  if (old != now) {
    set(ip_tstamps[slot], now);
    delta = __get_random_u32_below(now - old);
  }
  return add(ip_idents[slot], segs + delta) - segs;
}

void __ip_select_ident(const net* net, const iphdr* iph, int segs) {
  KFUNC(__ip_select_ident, net, iph, segs);
  u64 key = net->ipv4.ip_id_key.key[0] ^ u64(iph->daddr) << 32 ^ iph->saddr ^ u64(iph->protocol) << 20;
  key = (key ^ key >> 29) * 0xbf58476d1ce4e5b9ull;
  set(iph->id, htons(static_cast<u16>(ip_idents_reserve(static_cast<u32>(key >> 33), segs))));
}

} // namespace sockwalk::kernel
