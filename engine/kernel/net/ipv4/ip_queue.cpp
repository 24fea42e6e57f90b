// From a connected socket to IP: the route is remembered in the socket, so that a segment needs a header and no look-up.
#include "engine/kernel/include/linux/security.h"
#include "engine/kernel/include/net/flow.h"
#include "engine/kernel/net/ipv4/ip_output_internal.h"
#include "engine/memory/constants/skbuff.h"

namespace sockwalk::kernel {

// ---- the route that the socket remembers
// Forgotten if it is no longer good; no reference is taken.
const dst_entry* __sk_dst_check(const sock* sk, u32 cookie) {
  KFUNC(__sk_dst_check, sk, cookie);
  const dst_entry* dst = __sk_dst_get(sk);
  if (!dst || !dst->obsolete || dst->ops->check(dst, cookie)) return call.result(dst);
  sk_tx_queue_clear(sk);
  set(sk->sk_dst_pending_confirm, 0);
  set(sk->sk_dst_cache, nullptr);
  dst_release(dst);
  return call.result<const dst_entry*>(nullptr);
}

// The socket gets a new route, and with it what the device can do: may TCP hand it buffers of many segments?
void sk_setup_caps(const sock* sk, const dst_entry* dst) {
  KFUNC(sk_setup_caps, sk, dst);
  const net_device* dev = dst->dev;
  u64 caps = dev->features;
  if (sk->sk_protocol == IPPROTO_TCP) caps |= NETIF_F_GSO; // at the latest before the driver it is cut in software
  if (caps & NETIF_F_GSO) caps |= NETIF_F_GSO_SOFTWARE;
  if (sk->sk_gso_disabled) caps &= ~NETIF_F_GSO_MASK;
  set(sk->sk_route_caps, caps);
  u32 mostSegments = 1;
  if (sk_can_gso(sk)) {
    if (dst->header_len) {
      set(sk->sk_route_caps, caps & ~NETIF_F_GSO_MASK);
    } else {
      set(sk->sk_route_caps, caps | NETIF_F_SG | NETIF_F_HW_CSUM);
      set(sk->sk_gso_max_size, std::min<u32>(dev->gso_max_size, GSO_LEGACY_MAX_SIZE) - (MAX_TCP_HEADER + 1));
      mostSegments = std::max<u32>(dev->gso_max_segs, 1);
    }
  }
  set(sk->sk_gso_max_segs, mostSegments);
  set(sk->sk_dst_pending_confirm, 0);
  sk_dst_set(sk, dst);
}

u32 dst_metric_advmss(const dst_entry* dst) {
  const u32 setByRoute = dst_metric_raw(dst, RTAX_ADVMSS);
  return setByRoute ? setByRoute : dst->ops->default_advmss(dst);
}

// ---- a new route for a socket that lost its own
static u8 connFlags(const sock* sk, u8 tos) {
  return (tos & IPTOS_TOS_MASK) | (sock_flag(sk, SOCK_LOCALROUTE) ? RTO_ONLINK : 0);
}
const rtable* ip_route_output_ports(const net* net, const flowi4* fl4, const sock* sk, u32 daddr, u32 saddr, u16 dport,
                                    u16 sport, u8 proto, u8 tos, int oif) {
  KFUNC(ip_route_output_ports, net, fl4, sk, daddr, saddr, dport, sport, proto, tos, oif);
  INLINED();
  flowi4_init_output(fl4, oif, sk->sk_mark, tos, RT_SCOPE_UNIVERSE, proto, inet_sk_flowi_flags(sk), daddr, saddr, dport,
                     sport, sk->sk_uid.val);
  security_sk_classify_flow(sk, &fl4->__fl_common);
  return call.result(ip_route_output_flow(net, fl4, sk));
}
static const rtable* routeAgain(const sock* sk, const flowi4* fl4, u8 tos) {
  const inet_sock* inet = inet_sk(sk);
  const ip_options_rcu* opt = inet->inet_opt;
  const u32 daddr = opt && opt->opt.srr ? u32(opt->opt.faddr) : u32(inet->inet_daddr);
  const rtable* rt =
      ip_route_output_ports(sock_net(sk), fl4, sk, daddr, inet->inet_saddr, inet->inet_dport, inet->inet_sport,
                            static_cast<u8>(sk->sk_protocol), connFlags(sk, tos), sk->sk_bound_dev_if);
  if (!IS_ERR(rt)) sk_setup_caps(sk, &rt->dst);
  return rt;
}

// Has the connection still a way to its peer? 0 or -errno.
int inet_sk_rebuild_header(const sock* sk) {
  KFUNC(inet_sk_rebuild_header, sk);
  SIMPLIFIED("a socket that is connecting does not move to another address of ours (ip_dynaddr)");
  if (__sk_dst_check(sk, 0)) return call.result(0);
  const rtable* rt = routeAgain(sk, &inet_sk(sk)->cork.fl.u.ip4, inet_sk(sk)->tos);
  if (!IS_ERR(rt)) return call.result(0);
  const int err = static_cast<int>(PTR_ERR(rt));
  set(sk->sk_route_caps, 0);
  set(sk->sk_err_soft, -err);
  return call.result(err);
}

// ---- the header
// "Want" means: find out how much passes (RFC 1191), unless the route's MTU was fixed by hand.
static bool ip_dont_fragment(const sock* sk, const dst_entry* dst) {
  const u8 discovery = inet_sk(sk)->pmtudisc;
  if (discovery == IP_PMTUDISC_DO) return true;
  const bool mtuIsFixed = dst_metric_raw(dst, RTAX_LOCK) >> RTAX_MTU & 1;
  return discovery == IP_PMTUDISC_WANT && !mtuIsFixed;
}
static u8 ip_select_ttl(const inet_sock* inet, const dst_entry* dst) {
  return static_cast<u8>(inet->uc_ttl < 0 ? ip4_dst_hoplimit(dst) : int(inet->uc_ttl));
}
// A connection counts its own packets: each segment that GSO will make of this buffer gets a number.
static void ip_select_ident_segs(const net* net, const sk_buff* skb, const sock* sk, int segs) {
  const iphdr* iph = ip_hdr(skb);
  const inet_sock* inet = inet_sk(sk);
  if (inet->inet_daddr) {
    const int id = atomic_read(&inet->inet_id);
    atomic_set(&inet->inet_id, id + segs);
    set(iph->id, htons(static_cast<u16>(id)));
  } else if (iph->frag_off & htons(IP_DF) && !skb->ignore_df) {
    set(iph->id, 0);
  } else {
    __ip_select_ident(net, iph, segs);
  }
}

// Makes room before the segment: for the header, and for the options behind it.
static const iphdr* pushHeader(const sk_buff* skb, const ip_options* options) {
  skb_push(skb, sizeof(iphdr) + (options ? options->optlen : 0));
  skb_reset_network_header(skb);
  return ip_hdr(skb);
}
// The header's length counts words of four bytes, its options with it.
static void putOptions(const sk_buff* skb, const iphdr* iph, const ip_options* options, u32 daddr, const rtable* rt) {
  if (!options || !options->optlen) return;
  set(iph, iphdr::bit::ihl, iph->ihl + (options->optlen >> 2));
  ip_options_build(skb, options, daddr, rt);
}
static const ip_options* optionsOf(const ip_options_rcu* held) { return held ? &held->opt : nullptr; }

// The packet's own route, the one that the socket remembers, or a new one. The socket holds it, the packet borrows it.
static const rtable* routeForSegment(const sock* sk, const sk_buff* skb, const flowi4* fl4, u8 tos) {
  if (const rtable* own = skb_rtable(skb)) return own;
  const auto* rt = reinterpret_cast<const rtable*>(__sk_dst_check(sk, 0));
  if (!rt) rt = routeAgain(sk, fl4, tos);
  if (!IS_ERR(rt)) skb_dst_set_noref(skb, &rt->dst);
  return rt;
}

int __ip_queue_xmit(const sock* sk, const sk_buff* skb, const flowi* fl, u8 tos) {
  KFUNC(__ip_queue_xmit, sk, skb, fl, tos);
  const inet_sock* inet = inet_sk(sk);
  const flowi4* ends = &fl->u.ip4;
  const ip_options* options = optionsOf(inet->inet_opt);
  const rtable* rt = routeForSegment(sk, skb, ends, tos);
  // A strict source route names every hop: no gateway of ours may stand in between.
  if (IS_ERR(rt) || (rt->rt_uses_gateway && options && options->is_strictroute)) {
    kfree_skb_reason(skb, SKB_DROP_REASON_IP_OUTNOROUTES);
    return call.result(-EHOSTUNREACH);
  }
  const iphdr* iph = pushHeader(skb, options);
  const u16 versionLengthTos = htons(static_cast<u16>(4 << 12 | 5 << 8 | tos));
  setBytes(iph, &versionLengthTos, 2);
  const bool whole = ip_dont_fragment(sk, &rt->dst) && !skb->ignore_df;
  set(iph->frag_off, whole ? htons(IP_DF) : 0);
  set(iph->ttl, ip_select_ttl(inet, &rt->dst));
  set(iph->protocol, sk->sk_protocol);
  set(iph->saddr, ends->saddr);
  set(iph->daddr, ends->daddr);
  putOptions(skb, iph, options, inet->inet_daddr, rt);
  ip_select_ident_segs(sock_net(sk), skb, sk, std::max<u16>(skb_shinfo(skb)->gso_segs, 1));
  set(skb->priority, sk->sk_priority);
  set(skb->mark, sk->sk_mark);
  return call.result(ip_local_out(sock_net(sk), sk, skb));
}

int ip_queue_xmit(const sock* sk, const sk_buff* skb, const flowi* fl) {
  KFUNC(ip_queue_xmit, sk, skb, fl);
  return call.result(__ip_queue_xmit(sk, skb, fl, inet_sk(sk)->tos));
}

// A packet of a request, which has no socket of its own that could remember a route: the packet brings it.
int ip_build_and_send_pkt(const sk_buff* skb, const sock* sk, u32 saddr, u32 daddr, const ip_options_rcu* opt, u8 tos) {
  KFUNC(ip_build_and_send_pkt, skb, sk, saddr, daddr, opt, tos);
  const rtable* rt = skb_rtable(skb);
  const ip_options* options = optionsOf(opt);
  const iphdr* iph = pushHeader(skb, options);
  set(iph, iphdr::bit::version, 4);
  set(iph, iphdr::bit::ihl, 5);
  set(iph->tos, tos);
  set(iph->ttl, ip_select_ttl(inet_sk(sk), &rt->dst));
  set(iph->daddr, options && options->srr ? u32(options->faddr) : daddr); // of a source route, the first hop
  set(iph->saddr, saddr);
  set(iph->protocol, sk->sk_protocol);
  // What nobody will cut up needs no number by which its pieces would find together (RFC 6864).
  const bool whole = skb->len <= IPV4_MIN_MTU || ip_dont_fragment(sk, &rt->dst);
  set(iph->frag_off, whole ? htons(IP_DF) : 0);
  set(iph->id, whole ? 0 : static_cast<u16>(machine().random()));
  putOptions(skb, iph, options, daddr, rt);
  set(skb->priority, sk->sk_priority);
  if (!skb->mark) set(skb->mark, sk->sk_mark);
  const net* net = sock_net(sk);
  const int verdict = __ip_local_out(net, skb->sk, skb); // ip_local_out(), inlined
  return call.result(verdict == 1 ? dst_output(net, skb->sk, skb) : verdict);
}

} // namespace sockwalk::kernel
