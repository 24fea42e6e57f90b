// What the parts of fib_semantics.c share.
// Source: net/ipv4/fib_semantics.c.
#pragma once
#include "engine/kernel/include/linux/kernel.h"

namespace sockwalk::kernel {

void free_nh_exceptions(const fib_nh_common* nhc);

} // namespace sockwalk::kernel
