#include "engine/kernel/include/net/tcp.h"
// TCP Fast Open: data in the SYN. Not simulated; what closing a socket asks of it is here.

namespace sockwalk::kernel {

void tcp_fastopen_active_disable_ofo_check(const sock* sk) { KFUNC(tcp_fastopen_active_disable_ofo_check, sk); }
void tcp_fastopen_destroy_cipher(const sock* sk) {
  KFUNC(tcp_fastopen_destroy_cipher, sk);
  kfree(inet_csk(sk)->icsk_accept_queue.fastopenq.ctx.get());
}

// A middle box that swallows segments after a Fast Open: then it is not tried again for a while.
void tcp_fastopen_active_detect_blackhole(const sock* sk, bool expired) {
  KFUNC(tcp_fastopen_active_detect_blackhole, sk, expired);
  SIMPLIFIED("Fast Open is not simulated, so it is not switched off either");
}

bool tcp_fastopen_defer_connect(const sock* sk, int* err) {
  KFUNC(tcp_fastopen_defer_connect, sk);
  SIMPLIFIED("TCP_FASTOPEN_CONNECT is not known: the SYN goes out at once");
  *err = 0;
  return call.result(false);
}
const sock* tcp_try_fastopen(const sock* sk, const sk_buff* skb, const request_sock* req,
                             const tcp_fastopen_cookie* foc, const dst_entry* dst) {
  KFUNC(tcp_try_fastopen, sk, skb, req, foc, dst);
  SIMPLIFIED("servers do not offer Fast Open: a cookie in a SYN is not looked at");
  return call.result<const struct sock*>(nullptr);
}

} // namespace sockwalk::kernel
