// What the two halves of route.c share: the routes cached in next hops.
#pragma once
#include "engine/kernel/include/net/route.h"

namespace sockwalk::kernel {

const fib_nh_exception* find_exception(const fib_nh_common* nhc, u32 daddr);
void rt_set_nexthop(const rtable* rt, u32 daddr, const fib_result* res, const fib_nh_exception* fnhe,
                    const fib_info* fi, u16 type, bool do_cache);
void rt_add_uncached_list(const rtable* rt);
void ip_handle_martian_source(const net_device* dev, const sk_buff* skb, u32 daddr, u32 saddr);
int ip_mkroute_input(const sk_buff* skb, const fib_result* res, const in_device* in_dev, u32 daddr, u32 saddr, u32 tos);
bool rt_cache_valid(const rtable* rt);
const kptr<rtable>* rt_cache_slot(const fib_nh_common* nhc, bool input); // where a next hop keeps its route

} // namespace sockwalk::kernel
