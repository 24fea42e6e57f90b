// Multicast groups of a socket.
#include "engine/kernel/include/net/inet_sock.h"
#include "engine/kernel/include/net/igmp.h"

namespace sockwalk::kernel {

void ip_mc_drop_socket(const sock* sk) {
  KFUNC(ip_mc_drop_socket, sk);
  SIMPLIFIED("sockets cannot join multicast groups yet, so there is never one to leave");
}

} // namespace sockwalk::kernel
