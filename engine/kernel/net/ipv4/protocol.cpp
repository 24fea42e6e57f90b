// Which protocol a packet goes to, by the protocol number in its IP header.
#include "engine/kernel/include/net/protocol.h"
#include "engine/kernel/include/net/inet_sock.h"

namespace sockwalk::kernel {

Global<kptr<net_protocol>[256]> inet_protos { "inet_protos" };

int inet_add_protocol(const net_protocol* prot, u8 protocol) {
  KFUNC(inet_add_protocol, prot, protocol);
  if (inet_protos[protocol]) return call.result(-1);
  set(inet_protos[protocol], prot);
  NOTE("protocol.added", protocol, prot);
  return call.result(0);
}

int inet_del_protocol(const net_protocol* prot, u8 protocol) {
  KFUNC(inet_del_protocol, prot, protocol);
  if (inet_protos[protocol].get() != prot) return call.result(-1);
  set(inet_protos[protocol], nullptr);
  NOTE("protocol.removed", protocol);
  return call.result(0);
}

} // namespace sockwalk::kernel
