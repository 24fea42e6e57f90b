// Multicast routing, as far as a host without a routing daemon has it: PIM has its place among the protocols, so that a
// message of a router is taken and dropped, and not answered with an error. Source: net/ipv4/ipmr.c.
#include "engine/kernel/include/linux/mroute.h"
#include "engine/kernel/include/linux/skbuff.h"
#include "engine/kernel/include/net/ip.h"
#include "engine/kernel/include/net/protocol.h"

namespace sockwalk::kernel {

static Global<net_protocol> pim_protocol{"pim_protocol"};

// A register message (RFC 7761 4.4) carries a packet of another network's source; only a router's daemon wants it.
static int pim_rcv(const sk_buff* skb) {
  KFUNC(pim_rcv, skb);
  SIMPLIFIED("no multicast routing: every message is dropped, as on a host where no daemon has asked for them");
  kfree_skb(skb);
  return call.result(0);
}

int ip_mr_init() {
  KFUNC(ip_mr_init);
  set(pim_protocol->handler, fn<pim_rcv>);
  return call.result(inet_add_protocol(pim_protocol, IPPROTO_PIM));
}

} // namespace sockwalk::kernel
