// The matches that come with -p udp and -p tcp: ports.
#include "engine/kernel/include/linux/netfilter/x_tables.h"
#include "engine/kernel/include/linux/skb_header.h"

namespace sockwalk::kernel {

static bool port_match(u16 low, u16 high, u16 port) { return low <= port && port <= high; }

// Both protocols begin with their ports, and only the first fragment has them. Whoever cannot be read is dropped.
static bool portsMatch(const sk_buff* skb, const xt_action_param* par, const u16* from, const u16* to) {
  if (par->fragoff) return false;
  u16 ports[2];
  if (!skb_header_copy(skb, par->thoff, ports, sizeof ports)) {
    set(par->hotdrop, true);
    return false;
  }
  return port_match(from[0], from[1], ntohs(ports[0])) && port_match(to[0], to[1], ntohs(ports[1]));
}

bool udp_mt(const sk_buff* skb, const xt_action_param* par) {
  KFUNC(udp_mt, skb, par);
  const auto* wanted = static_cast<const xt_udp*>(par->matchinfo.get());
  return call.result(portsMatch(skb, par, wanted->spts, wanted->dpts));
}
bool tcp_mt(const sk_buff* skb, const xt_action_param* par) {
  KFUNC(tcp_mt, skb, par);
  SIMPLIFIED("ports only: flags and options are not looked at");
  const auto* wanted = static_cast<const xt_tcp*>(par->matchinfo.get());
  return call.result(portsMatch(skb, par, wanted->spts, wanted->dpts));
}

} // namespace sockwalk::kernel
