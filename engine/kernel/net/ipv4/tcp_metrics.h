// The table of what is remembered of peers; its users' functions are in net/tcp_handshake.h.
#pragma once

namespace sockwalk::kernel {

void tcp_metrics_init(); // a step of tcp_init()

} // namespace sockwalk::kernel
