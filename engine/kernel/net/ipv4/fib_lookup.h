// What the parts of the routing tables share.
// Source: net/ipv4/fib_lookup.h.
#pragma once
#include "engine/kernel/include/linux/kernel.h"
#include "engine/memory/constants/inet.h"

namespace sockwalk::kernel {

extern Global<fib_prop[RTN_MAX + 1]> fib_props;

const fib_info* fib_create_info(const fib_config* cfg);
void fib_release_info(const fib_info* fi);

} // namespace sockwalk::kernel
