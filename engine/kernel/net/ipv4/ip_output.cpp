// The way down for a packet that has its IP header: local hook, route's output, hook again, fragmentation if it is
// too big, and the neighbour that will take it.
#include "engine/kernel/include/linux/netfilter.h"
#include "engine/kernel/include/linux/random.h"
#include "engine/kernel/include/net/arp.h"
#include "engine/kernel/include/net/icmp.h"
#include "engine/kernel/net/ipv4/ip_output_internal.h"
#include "engine/kernel/net/ipv4/route_internal.h"
#include "engine/memory/constants/netfilter.h"

namespace sockwalk::kernel {

void ip_send_check(const iphdr* ip) {
  KFUNC(ip_send_check, ip);
  set(ip->check, 0);
  set(ip->check, ip_fast_csum(ip, ip_hdr_length(ip) / 4));
}

// From here on nothing that the header says changes: it gets its length, and the checksum over all of it.
static void completeHeader(const sk_buff* skb) {
  const iphdr* iph = ip_hdr(skb);
  set(iph->tot_len, htons(static_cast<u16>(skb->len)));
  ip_send_check(iph);
  set(skb->protocol, htons(ETH_P_IP));
}

// 1: go on; anything else: a hook took the packet.
int __ip_local_out(const net* net, const sock* sk, const sk_buff* skb) {
  KFUNC(__ip_local_out, net, sk, skb);
  completeHeader(skb);
  const net_device* leavesBy = skb_dst(skb)->dev;
  return call.result(nf_hook(NFPROTO_IPV4, NF_INET_LOCAL_OUT, net, sk, skb, nullptr, leavesBy, fn<dst_output>));
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

// What the peer acknowledged, or a program vouches for (MSG_CONFIRM), proves that the neighbour on the way answers.
static void sock_confirm_neigh(const sk_buff* skb, const neighbour* n) {
  if (!skb->dst_pending_confirm) return;
  if (const sock* sk = skb->sk; sk && sk->sk_dst_pending_confirm) set(sk->sk_dst_pending_confirm, 0);
  neigh_confirm(n);
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
  if (!IS_ERR(neigh)) {
    sock_confirm_neigh(skb, neigh);
    return call.result(neigh_output(neigh, skb, false));
  }
  kfree_skb_reason(skb, SKB_DROP_REASON_NEIGH_CREATEFAIL);
  return call.result(static_cast<int>(PTR_ERR(neigh)));
}

// May a packet be cut up on its way? Its sender can forbid it (DF). We overrule that only for packets of our own whose
// socket said "never mind", and not if a piece as it came in was already larger than the link.
static int ip_fragment(const net* net, const sock* sk, const sk_buff* skb, u32 mtu) {
  KFUNC(ip_fragment, net, sk, skb, mtu);
  const bool forbidden = ip_hdr(skb)->frag_off & htons(IP_DF);
  const bool overruled = skb->ignore_df && IPCB(skb)->frag_max_size <= mtu;
  if (!forbidden || overruled) return call.result(ip_do_fragment(net, sk, skb, ip_finish_output2));
  icmp_send(skb, ICMP_DEST_UNREACH, ICMP_FRAG_NEEDED, htonl(mtu));
  kfree_skb(skb);
  return call.result(-EMSGSIZE);
}

// A socket that does not trust what was learnt of the path goes by its device alone.
static u32 ip_skb_dst_mtu(const sock* sk, const sk_buff* skb) {
  const bool full = sk && (1u << sk->sk_state & ~(1u << TCP_TIME_WAIT | 1u << TCP_NEW_SYN_RECV));
  if (!full || ip_sk_use_pmtu(sk)) return ip_dst_mtu_maybe_forward(skb_dst(skb), IPCB(skb)->flags & IPSKB_FORWARDED);
  return std::min<u32>(skb_dst(skb)->dev->mtu, IP_MAX_MTU);
}

// A segment may still be too big, and is cut once more. All are sent, whatever becomes of one; the first error is told.
static int sendSegments(const net* net, const sock* sk, const sk_buff* segment, u32 mtu) {
  int firstError = 0;
  while (segment) {
    const sk_buff* rest = segment->next;
    skb_mark_not_on_list(segment);
    const int err = ip_fragment(net, sk, segment, mtu);
    if (!firstError) firstError = err;
    segment = rest;
  }
  return firstError;
}

// A large buffer may pass whole if its segments will fit: then the device, or the last step before it, cuts it up.
// Else that is done here.
static int ip_finish_output_gso(const net* net, const sock* sk, const sk_buff* skb, u32 mtu) {
  KFUNC(ip_finish_output_gso, net, sk, skb, mtu);
  INLINED();
  if (skb_gso_validate_network_len(skb, mtu)) return call.result(ip_finish_output2(net, sk, skb));
  const sk_buff* cut = skb_gso_segment(skb, netif_skb_features(skb) & ~NETIF_F_GSO_MASK);
  if (!cut || IS_ERR(cut)) {
    kfree_skb(skb);
    return call.result(-ENOMEM);
  }
  consume_skb(skb); // it lives on in its segments
  return call.result(sendSegments(net, sk, cut, mtu));
}

static int __ip_finish_output(const net* net, const sock* sk, const sk_buff* skb) {
  KFUNC(__ip_finish_output, net, sk, skb);
  const u32 linkTakes = ip_skb_dst_mtu(sk, skb);
  if (skb_is_gso(skb)) return call.result(ip_finish_output_gso(net, sk, skb, linkTakes));
  // What came in as fragments leaves as fragments, even where the whole would fit.
  const bool asItIs = skb->len <= linkTakes && !IPCB(skb)->frag_max_size;
  return call.result(asItIs ? ip_finish_output2(net, sk, skb) : ip_fragment(net, sk, skb, linkTakes));
}

static int ip_finish_output(const net* net, const sock* sk, const sk_buff* skb) {
  KFUNC(ip_finish_output, net, sk, skb);
  SIMPLIFIED("no BPF program of a control group looks at the packet");
  return call.result(__ip_finish_output(net, sk, skb));
}

// The last hook before the link. A packet that a hook has sent another way was there already.
static int postRouting(const net* net, const sock* sk, const sk_buff* skb, const net_device* cameBy) {
  if (!(IPCB(skb)->flags & IPSKB_REROUTED)) {
    const int verdict =
        nf_hook(NFPROTO_IPV4, NF_INET_POST_ROUTING, net, sk, skb, cameBy, skb->dev, fn<ip_finish_output>);
    if (verdict != 1) return verdict;
  }
  return ip_finish_output(net, sk, skb);
}

int ip_output(const net* net, const sock* sk, const sk_buff* skb) {
  KFUNC(ip_output, net, sk, skb);
  const net_device* cameBy = skb->dev;
  set(skb->dev, skb_dst(skb)->dev);
  set(skb->protocol, htons(ETH_P_IP));
  return call.result(postRouting(net, sk, skb, cameBy));
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
  if (const rtable* onLo = rt_dst_clone(net->loopback_dev, skb_rtable(skb))) {
    set(onLo->rt_iif, 0); // what goes up has no device that it was asked for
    skb_dst_drop(skb);
    skb_dst_set(skb, &onLo->dst);
  }
  return call.result(dev_loopback_xmit(net, sk, skb));
}
static void loopBack(const net* net, const sock* sk, const sk_buff* skb) {
  const sk_buff* echo = skb_clone(skb, GFP_ATOMIC);
  if (!echo) return;
  NOTE("ip.looped_back", echo, ip_hdr(skb)->daddr);
  const int verdict =
      nf_hook(NFPROTO_IPV4, NF_INET_POST_ROUTING, net, sk, echo, nullptr, echo->dev, fn<ip_mc_finish_output>);
  if (verdict == 1) ip_mc_finish_output(net, sk, echo);
}

int ip_mc_output(const net* net, const sock* sk, const sk_buff* skb) {
  KFUNC(ip_mc_output, net, sk, skb);
  SIMPLIFIED("multicast packets of others are not forwarded");
  const rtable* rt = skb_rtable(skb);
  const bool toGroup = rt->rt_flags & RTCF_MULTICAST, toAll = rt->rt_flags & RTCF_BROADCAST;
  set(skb->dev, rt->dst.dev);
  set(skb->protocol, htons(ETH_P_IP));
  if (toGroup && sk_mc_loop(sk)) loopBack(net, sk, skb);
  if (toGroup && !ip_hdr(skb)->ttl) { // IP_MULTICAST_TTL 0: not even over the first link
    kfree_skb(skb);
    return call.result(0);
  }
  if (toAll) loopBack(net, sk, skb);
  return call.result(postRouting(net, sk, skb, nullptr));
}

// ---- identification: packets to one address from one protocol draw on one counter, which also jumps with time, so
// that nobody can count from outside how much we send.
static constexpr u32 IdentSize = 2048;
static Global<u32[IdentSize]> ip_idents{"ip_idents"};
static Global<u32[IdentSize]> ip_tstamps{"ip_tstamps"};

u32 ip_idents_reserve(u32 hash, int segs) {
  const u32 slot = hash % IdentSize, now = static_cast<u32>(machine().jiffies()), lastUse = ip_tstamps[slot];
  u32 jump = 0;
  if (lastUse != now) {
    set(ip_tstamps[slot], now);
    jump = __get_random_u32_below(now - lastUse);
  }
  return add(ip_idents[slot], segs + jump) - segs;
}

void __ip_select_ident(const net* net, const iphdr* iph, int segs) {
  KFUNC(__ip_select_ident, net, iph, segs);
  if (const auto wish = machine().wishes.nextIdentification(iph->daddr, iph->protocol)) {
    set(iph->id, htons(*wish));
    return;
  }
  u64 key = net->ipv4.ip_id_key.key[0] ^ u64(iph->daddr) << 32 ^ iph->saddr ^ u64(iph->protocol) << 20;
  key = (key ^ key >> 29) * 0xbf58476d1ce4e5b9ull;
  set(iph->id, htons(static_cast<u16>(ip_idents_reserve(static_cast<u32>(key >> 33), segs))));
}

void ip_init() {
  KFUNC(ip_init);
  SIMPLIFIED("what is known of peers needs no cache, and IGMP no socket of its own");
  ip_rt_init();
}

} // namespace sockwalk::kernel
