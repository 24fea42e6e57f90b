// What the two halves of route.c share: the routes cached in next hops.
#pragma once
#include "engine/kernel/include/net/route.h"

namespace sockwalk::kernel {

const fib_nh_exception* find_exception(const fib_nh_common* nhc, u32 daddr);
void rt_set_nexthop(const rtable* rt, u32 daddr, const fib_result* res, const fib_info* fi, u16 type, bool do_cache);
bool rt_cache_valid(const rtable* rt);
const kptr<rtable>* rt_cache_slot(const fib_nh_common* nhc, bool input); // where a next hop keeps its route

} // namespace sockwalk::kernel
