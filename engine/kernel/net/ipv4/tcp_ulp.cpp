// Upper layer protocols (TLS) that can sit between a TCP socket and its user.
#include "engine/kernel/include/linux/sched.h"
#include "engine/kernel/include/net/tcp.h"

namespace sockwalk::kernel {

void tcp_cleanup_ulp(const sock* sk) {
  KFUNC(tcp_cleanup_ulp, sk);
  SIMPLIFIED("no upper layer protocol (TLS) can be attached, so there is none to take off");
}

// TCP_ULP: the protocol of that name, for which a program with rights would have a module loaded.
int tcp_set_ulp(const sock* sk, const char*) {
  KFUNC(tcp_set_ulp, sk);
  if (sk->sk_state != TCP_ESTABLISHED && inet_csk(sk)->icsk_ulp_ops) return call.result(-EEXIST);
  capable(CAP_NET_ADMIN);
  return call.result(-ENOENT);
}

} // namespace sockwalk::kernel
