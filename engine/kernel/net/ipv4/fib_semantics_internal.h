// What the parts of fib_semantics.c share.
// Source: net/ipv4/fib_semantics.c.
#pragma once
#include "engine/kernel/include/linux/kernel.h"

namespace sockwalk::kernel {

// Does the request mean this route, as far as it says anything of next hop and metrics?
bool fib_nh_match(const fib_config* cfg, const fib_info* fi);
bool fib_metrics_match(const fib_config* cfg, const fib_info* fi);
int call_fib4_notifiers(u64 event, const void* v); // fib_trie_change.cpp
void free_nh_exceptions(const fib_nh_common* nhc);

} // namespace sockwalk::kernel
