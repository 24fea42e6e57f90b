// What the parts of tcp_metrics.c share.
// Source: net/ipv4/tcp_metrics.c.
#pragma once
#include "engine/kernel/include/linux/kernel.h"

namespace sockwalk::kernel {

void tcp_metrics_flush_all(const net* net); // `ip tcp_metrics flush`
const tcp_metrics_block* tcp_get_metrics(const sock* sk, const dst_entry* dst, bool create);

} // namespace sockwalk::kernel
