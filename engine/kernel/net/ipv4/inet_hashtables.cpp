// The hash tables of connection-oriented sockets: bhash by local port, bhash2 by local address and port.
#include "engine/kernel/include/net/inet_sock.h"

namespace sockwalk::kernel {

Global<inet_hashinfo> tcp_hashinfo{"tcp_hashinfo"};

void inet_unhash(const sock* sk) {
  KFUNC(inet_unhash, sk);
  SIMPLIFIED("TCP sockets are in no table of connections or listeners yet");
  sk_del_node_init(sk);
}

} // namespace sockwalk::kernel
