// What the two halves of route.c share: the routes cached in next hops.
#pragma once
#include "engine/kernel/include/net/route.h"

namespace sockwalk::kernel {

const fib_nh_exception* find_exception(const fib_nh_common* nhc, u32 daddr);
void rt_set_nexthop(const rtable* rt, u32 daddr, const fib_result* res, const fib_nh_exception* fnhe,
                    const fib_info* fi, u16 type, bool do_cache);
void ip_handle_martian_source(const net_device* dev, const sk_buff* skb, u32 daddr, u32 saddr);
int ip_mkroute_input(const sk_buff* skb, const fib_result* res, const in_device* in_dev, u32 daddr, u32 saddr, u32 tos);
bool rt_cache_valid(const rtable* rt);
const kptr<rtable>* rt_cache_slot(const fib_nh_common* nhc, bool input); // where a next hop keeps its route

u32 ip_idents_reserve(u32 hash, int segs);
const dst_entry* ipv4_dst_check(const dst_entry* dst, u32 cookie);
u32 ipv4_mtu(const dst_entry* dst);
u32 ipv4_default_advmss(const dst_entry* dst);
void ipv4_negative_advice(const sock* sk, const dst_entry* dst);
const neighbour* ipv4_neigh_lookup(const dst_entry* dst, const sk_buff* skb, const void* daddr);
int ip_error(const sk_buff* skb);
int ip_rt_bug(const net* net, const sock* sk, const sk_buff* skb);

// ---- exceptions: what is known of one host behind a next hop
bool rt_bind_exception(const rtable* rt, const fib_nh_exception* fnhe, u32 daddr, bool do_cache);

// ---- slots of ipv4_dst_ops
void ip_rt_update_pmtu(const dst_entry* dst, const sock* sk, const sk_buff* skb, u32 mtu, bool confirm_neigh);
void ip_do_redirect(const dst_entry* dst, const sock* sk, const sk_buff* skb);
void ipv4_link_failure(const sk_buff* skb);

} // namespace sockwalk::kernel
