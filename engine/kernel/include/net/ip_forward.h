// What a router does, and what a host learns from routers: forwarding, route exceptions (path MTU, redirects) and the
// ICMP errors that tell of them. Source: net/ipv4/{ip_forward,route,ip_options}.c, include/net/ip.h.
#pragma once
#include "engine/kernel/include/net/inet_sock.h"
#include "engine/kernel/include/net/ip.h"
#include "engine/memory/constants/inet.h"

namespace sockwalk::kernel {

void inet_forward_change(const net* net, bool on); // net.ipv4.ip_forward: for all devices, there and to come
int ip_forward(const sk_buff* skb);                // the input function of a destination that is not here
void ip_forward_options(const sk_buff* skb);       // a router's mark in options that ask for one
void ip_rt_send_redirect(const sk_buff* skb);      // "there is a shorter way": rationed for each host

// ---- exceptions: what is known of one host behind a next hop
bool rt_bind_exception(const rtable* rt, const fib_nh_exception* fnhe, u32 daddr, bool do_cache);
void free_nh_exceptions(const fib_nh_common* nhc);
// An ICMP "fragmentation needed" said that only `mtu` bytes pass; `oif` and `protocol` as in the packet it is about.
void ipv4_update_pmtu(const sk_buff* skb, const net* net, u32 mtu, int oif, u8 protocol);
void ipv4_sk_update_pmtu(const sk_buff* skb, const sock* sk, u32 mtu);
void ipv4_redirect(const sk_buff* skb, const net* net, int oif, u8 protocol);
void ipv4_sk_redirect(const sk_buff* skb, const sock* sk);
// ---- slots of ipv4_dst_ops
void ip_rt_update_pmtu(const dst_entry* dst, const sock* sk, const sk_buff* skb, u32 mtu, bool confirm_neigh);
void ip_do_redirect(const dst_entry* dst, const sock* sk, const sk_buff* skb);
void ipv4_link_failure(const sk_buff* skb);

inline bool ip_mtu_locked(const dst_entry* dst) {
  return reinterpret_cast<const rtable*>(dst)->rt_mtu_locked || dst_metric_raw(dst, RTAX_LOCK) & 1u << RTAX_MTU;
}
// A router goes by its links' sizes only, unless it is told to believe what others tell it.
inline u32 ip_dst_mtu_maybe_forward(const dst_entry* dst, bool forwarding) {
  const auto* rt = reinterpret_cast<const rtable*>(dst);
  const bool believes = !forwarding || dev_net(dst->dev)->ipv4.sysctl_ip_fwd_use_pmtu || ip_mtu_locked(dst);
  u32 mtu = believes && rt->rt_pmtu && s64(machine().jiffies() - dst->expires) < 0 ? u32(rt->rt_pmtu) : 0;
  if (!mtu) mtu = dst_metric_raw(dst, RTAX_MTU);
  if (!mtu) {
    mtu = dst->dev->mtu;
    if (ip_mtu_locked(dst) && rt->rt_uses_gateway && mtu > 576) mtu = 576;
  }
  return std::min(mtu, IP_MAX_MTU);
}
inline bool ip_sk_use_pmtu(const sock* sk) { return inet_sk(sk)->pmtudisc < IP_PMTUDISC_PROBE; }
inline bool ip_sk_accept_pmtu(const sock* sk) {
  return inet_sk(sk)->pmtudisc != IP_PMTUDISC_INTERFACE && inet_sk(sk)->pmtudisc != IP_PMTUDISC_OMIT;
}

} // namespace sockwalk::kernel
