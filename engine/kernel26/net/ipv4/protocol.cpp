// inet_protos[]: who gets the packets of an IP protocol. The parts of IPv4 that only start here stand below it.
#include "engine/kernel26/include/net/inet.h"

namespace sockwalk::kernel26 {

static Global26<kptr32<net_protocol>[256]> inet_protos { "inet_protos" };

int inet_add_protocol(const net_protocol* prot, u8 num) {
  KFUNC(inet_add_protocol, prot, num);
  if (inet_protos[num]) return call.result(-1);
  set(inet_protos[num], prot);
  NOTE("then.protocol", num, prot);
  return call.result(0);
}

void arp_init() {
  KFUNC(arp_init);
  SIMPLIFIED("no packet is sent here, so no neighbour is looked for");
}
void ip_init() {
  KFUNC(ip_init);
  SIMPLIFIED("no packet is sent here, so there are no routes");
}
void icmp_init(const net_proto_family* ops) {
  KFUNC(icmp_init, ops);
  SIMPLIFIED("the kernel's own sockets for ICMP are not made");
}
void ip_mr_init() {
  KFUNC(ip_mr_init);
  SIMPLIFIED("nothing is forwarded");
}
void ipfrag_init() {
  KFUNC(ipfrag_init);
  SIMPLIFIED("no fragment arrives");
}

} // namespace sockwalk::kernel26
