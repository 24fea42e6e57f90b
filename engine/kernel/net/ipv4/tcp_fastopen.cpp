// TCP Fast Open: data in the SYN. Not simulated; what closing a socket asks of it is here.
#include "engine/kernel/include/net/tcp.h"

namespace sockwalk::kernel {

void tcp_fastopen_active_disable_ofo_check(const sock* sk) {
  KFUNC(tcp_fastopen_active_disable_ofo_check, sk);
  if (!tcp_sk(sk)->syn_fastopen) return;
}
void tcp_fastopen_destroy_cipher(const sock* sk) {
  KFUNC(tcp_fastopen_destroy_cipher, sk);
  kfree(inet_csk(sk)->icsk_accept_queue.fastopenq.ctx.get());
}

} // namespace sockwalk::kernel
