// Upper layer protocols (TLS) that can sit between a TCP socket and its user.
#include "engine/kernel/include/net/tcp.h"

namespace sockwalk::kernel {

void tcp_cleanup_ulp(const sock* sk) {
  KFUNC(tcp_cleanup_ulp, sk);
  SIMPLIFIED("no upper layer protocol can be attached");
}

} // namespace sockwalk::kernel
