// TCP's sending side, as far as closing an idle socket needs it.
#include "engine/kernel/include/net/tcp.h"

namespace sockwalk::kernel {

// Which of three reasons keeps data from being sent, and for how long: TCP_INFO shows it.
void tcp_chrono_stop(const sock* sk, u32 type) {
  KFUNC(tcp_chrono_stop, sk, type);
  const tcp_sock* tp = tcp_sk(sk);
  if (tp->chrono_type != type) return;
  set(tp, tcp_sock::bit::chrono_type, TCP_CHRONO_UNSPEC);
}

// The owner lets go of the socket: what softirqs left for this moment (sk_tsq_flags) is done now.
void tcp_release_cb(const sock* sk) {
  KFUNC(tcp_release_cb, sk);
  SIMPLIFIED("no work is left for the owner yet: nothing sends");
}

} // namespace sockwalk::kernel
