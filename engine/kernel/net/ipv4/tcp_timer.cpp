// TCP's three timers: retransmission (and probes), delayed acknowledgement, keepalive.
#include "engine/kernel/include/net/tcp.h"

namespace sockwalk::kernel {

void tcp_init_xmit_timers(const sock* sk) {
  KFUNC(tcp_init_xmit_timers, sk);
  inet_csk_init_xmit_timers(sk, unbuilt<"tcp_write_timer">, unbuilt<"tcp_delack_timer">, unbuilt<"tcp_keepalive_timer">);
}

} // namespace sockwalk::kernel
