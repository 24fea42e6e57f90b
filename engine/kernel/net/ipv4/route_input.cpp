// Routes of packets that pass through: who gets them next, and what the sender is told if nobody does.
#include "engine/kernel/include/net/icmp.h"
#include "engine/kernel/include/net/inetpeer.h"
#include "engine/kernel/include/net/ip.h"
#include "engine/kernel/include/net/l3mdev.h"
#include "engine/kernel/net/ipv4/route_internal.h"

namespace sockwalk::kernel {

void ip_handle_martian_source(const net_device* dev, const sk_buff* skb, u32 daddr, u32 saddr) {
  KFUNC(ip_handle_martian_source, dev, skb, daddr, saddr);
  NOTE("route.martian_source", saddr, daddr, dev);
}

// Are both addresses on the link that this device is on? Then the sender could reach `b` without us.
static bool inet_addr_onlink(const in_device* in_dev, u32 a, u32 b) {
  KFUNC(inet_addr_onlink, in_dev, a, b);
  for (const in_ifaddr* own = in_dev->ifa_list; own; own = own->ifa_next)
    if (inet_ifa_match(a, own)) return call.result(!b || inet_ifa_match(b, own));
  return call.result(false);
}

static bool shouldRedirect(const sk_buff* skb, const fib_nh_common* nhc, const in_device* out_dev, u32 saddr) {
  if (!IN_DEV_TX_REDIRECTS(out_dev) || skb->protocol != htons(ETH_P_IP)) return false;
  const bool shared = IN_DEV_ORCONF(out_dev, IPV4_DEVCONF_SHARED_MEDIA);
  return shared || inet_addr_onlink(out_dev, saddr, nhc->nhc_gw_family == AF_INET ? u32(nhc->nhc_gw.ipv4) : 0);
}

// The route of a packet to forward: the one kept with the exception for its destination, the one kept in the next hop,
// or a new one.
static int __mkroute_input(const sk_buff* skb, const fib_result* res, const in_device* in_dev, u32 daddr, u32 saddr,
                           u32 tos) {
  KFUNC(__mkroute_input, skb, res, in_dev, daddr, saddr, tos);
  INLINED();
  const fib_nh_common* hop = res->nhc;
  const net_device* dev = hop->nhc_dev;
  const in_device* onward = __in_dev_get_rcu(dev);
  if (!onward) return call.result(-EINVAL);
  OnStack<u32> realm;
  const int err =
      fib_validate_source(skb, saddr, daddr, static_cast<u8>(tos), hop->nhc_oif, in_dev->dev, in_dev, realm);
  if (err < 0) {
    ip_handle_martian_source(in_dev->dev, skb, daddr, saddr);
    return call.result(err);
  }
  const bool cacheable = res->fi && !*realm;
  if (onward == in_dev && err && shouldRedirect(skb, hop, onward, saddr))
    set(IPCB(skb)->flags, IPCB(skb)->flags | IPSKB_DOREDIRECT);
  if (IN_DEV_ORCONF(in_dev, IPV4_DEVCONF_NOPOLICY)) set(IPCB(skb)->flags, IPCB(skb)->flags | IPSKB_NOPOLICY);
  const fib_nh_exception* exception = find_exception(hop, daddr);
  if (cacheable) {
    const rtable* cached = exception ? exception->fnhe_rth_input.get() : hop->nhc_rth_input.get();
    if (rt_cache_valid(cached)) {
      NOTE("route.input_cached", cached);
      skb_dst_set_noref(skb, &cached->dst);
      return call.result(0);
    }
  }
  const rtable* made = rt_dst_alloc(dev, 0, res->type, IN_DEV_ORCONF(onward, IPV4_DEVCONF_NOXFRM));
  if (!made) return call.result(-ENOBUFS);
  set(made->rt_is_input, 1);
  set(made->dst.input, fn<ip_forward>);
  rt_set_nexthop(made, daddr, res, exception, res->fi, res->type, cacheable);
  skb_dst_set(skb, &made->dst);
  return call.result(0);
}

int ip_mkroute_input(const sk_buff* skb, const fib_result* res, const in_device* in_dev, u32 daddr, u32 saddr,
                     u32 tos) {
  KFUNC(ip_mkroute_input, skb, res, in_dev, daddr, saddr, tos);
  INLINED();
  SIMPLIFIED("one next hop: no multipath");
  return call.result(__mkroute_input(skb, res, in_dev, daddr, saddr, tos));
}

// ---- what the sender is told. Tokens of a peer: see inetpeer.cpp
static u64 redirectNumber() { return 9; }
static u64 hertz() { return machine().options().hz; }

// The way out is the way in: the sender could use the next router itself. It is told so, less and less often.
void ip_rt_send_redirect(const sk_buff* skb) {
  KFUNC(ip_rt_send_redirect, skb);
  const rtable* rt = skb_rtable(skb);
  const in_device* in_dev = __in_dev_get_rcu(rt->dst.dev);
  if (!in_dev || !IN_DEV_TX_REDIRECTS(in_dev)) return;
  l3mdev_master_ifindex_rcu(rt->dst.dev);
  const u64* asker = inet_getpeer(dev_net(rt->dst.dev), ip_hdr(skb)->saddr);
  const u64 load = hertz() / 50, now = machine().jiffies();
  u64 last, sent;
  inet_peer_redirects(asker, &sent, &last);
  if (now > last + (load << (redirectNumber() + 1))) sent = 0; // silent for long: it may have forgotten
  if (sent >= redirectNumber()) return inet_peer_set_redirects(asker, sent, now, false);
  if (sent && now <= last + (load << sent)) return;
  icmp_send(skb, ICMP_REDIRECT, ICMP_REDIR_HOST, rt_nexthop(rt, ip_hdr(skb)->daddr));
  inet_peer_set_redirects(asker, sent + 1, now, sent == 0);
}

// As a router: what is said to the sender of a packet that nobody takes. Negative: nothing.
static int unreachableCode(int error) {
  switch (error) {
  case EHOSTUNREACH: return ICMP_HOST_UNREACH;
  case ENETUNREACH: return ICMP_NET_UNREACH;
  case EACCES: return ICMP_PKT_FILTERED;
  default: return -1;
  }
}
// As a host: the packet should not have come here at all.
static skb_drop_reason strayReason(int error) {
  if (error == EHOSTUNREACH) return SKB_DROP_REASON_IP_INADDRERRORS;
  return error == ENETUNREACH ? SKB_DROP_REASON_IP_INNOROUTES : SKB_DROP_REASON_NOT_SPECIFIED;
}

static void tellUnreachable(const sk_buff* skb, const net* net, int code) {
  l3mdev_master_ifindex_rcu(skb->dev);
  const u32 sender = ip_hdr(skb)->saddr;
  const bool rationed = !inet_peer_allows_error(inet_getpeer(net, sender), 5 * hertz(), hertz());
  if (rationed) NOTE("icmp.host_limit", int(ICMP_DEST_UNREACH), code, sender);
  else icmp_send(skb, ICMP_DEST_UNREACH, code, 0);
}

// Where packets go that nobody takes. A host drops them; a router tells the sender.
int ip_error(const sk_buff* skb) {
  KFUNC(ip_error, skb);
  const dst_entry* dst = &skb_rtable(skb)->dst;
  const in_device* in_dev = __in_dev_get_rcu(skb->dev);
  const int error = dst->error;
  skb_drop_reason reason = SKB_DROP_REASON_NOT_SPECIFIED;
  if (in_dev && !IN_DEV_FORWARD(in_dev)) {
    reason = strayReason(error);
  } else if (in_dev && unreachableCode(error) >= 0) {
    if (error == ENETUNREACH) reason = SKB_DROP_REASON_IP_INNOROUTES;
    tellUnreachable(skb, dev_net(dst->dev), unreachableCode(error));
  }
  kfree_skb_reason(skb, reason);
  return call.result(0);
}

// A neighbour did not answer: whoever sent the packet is told, and its route must be asked for again.
void ipv4_link_failure(const sk_buff* skb) {
  KFUNC(ipv4_link_failure, skb);
  const iphdr* iph = ip_hdr(skb);
  if (iph->version == 4 && iph->ihl >= 5) { // ipv4_send_dest_unreach()
    OnStack<ip_options> opt;
    set(opt->optlen, iph->ihl * 4 - sizeof(iphdr));
    __icmp_send(skb, ICMP_DEST_UNREACH, ICMP_HOST_UNREACH, 0, opt);
  }
  const rtable* rt = skb_rtable(skb);
  if (!rt) return;
  const u64 expires = std::max<u64>(1, machine().jiffies()); // dst_set_expires(&rt->dst, 0)
  if (!rt->dst.expires || s64(rt->dst.expires - expires) > 0) set(rt->dst.expires, expires);
}

// The address with which we sign what passes through: the one that leads on.
void ip_rt_get_source(const u8* addr, const sk_buff* skb, const rtable* rt) {
  KFUNC(ip_rt_get_source, skb, rt);
  u32 ours = ip_hdr(skb)->saddr;
  if (!rt_is_output_route(rt)) {
    OnStack<flowi4> question;
    OnStack<fib_result> answer;
    set(question->daddr, ip_hdr(skb)->daddr);
    set(question->saddr, ip_hdr(skb)->saddr);
    set(question->__fl_common.flowic_tos, ip_hdr(skb)->tos & IPTOS_RT_MASK);
    set(question->__fl_common.flowic_oif, rt->dst.dev->ifindex);
    set(question->__fl_common.flowic_iif, skb->dev->ifindex);
    set(question->__fl_common.flowic_mark, skb->mark);
    const net* net = dev_net(rt->dst.dev);
    ours = fib_lookup(net, question, answer, 0)
               ? inet_select_addr(rt->dst.dev, rt_nexthop(rt, ip_hdr(skb)->daddr), RT_SCOPE_UNIVERSE)
               : fib_result_prefsrc(net, answer);
  }
  setBytes(addr, &ours, 4);
}

// The marks that routers leave: each goes where the option's pointer was when the packet came in, and that has moved on
// already by the size of what belongs there.
void ip_forward_options(const sk_buff* skb) {
  KFUNC(ip_forward_options, skb);
  SIMPLIFIED("source routes are refused before they come here");
  const ip_options* asked = &IPCB(skb)->opt;
  const rtable* rt = skb_rtable(skb);
  const auto mark = [&](u8 option, u8 size) {
    const u8* bytes = skb_network_header(skb) + option;
    ip_rt_get_source(bytes + bytes[2] - 1 - size, skb, rt);
  };
  if (asked->rr_needaddr) {
    mark(asked->rr, 4);
    set(asked, ip_options::bit::is_changed, 1);
  }
  if (!asked->is_changed) return;
  set(asked, ip_options::bit::is_changed, 0);
  if (asked->ts_needaddr) mark(asked->ts, 8); // the time stands behind the address
  ip_send_check(ip_hdr(skb));
}

} // namespace sockwalk::kernel
