#include "engine/kernel/include/net/igmp.h"
#include "engine/kernel/include/net/ip_receive.h"
#include "engine/kernel/include/net/inet_sock.h"

namespace sockwalk::kernel {

// May this socket have what was sent to that group by that source? A packet to one address always.
bool ip_mc_sf_allow(const sock* sk, u32 loc_addr, u32 rmt_addr, int dif, int sdif) {
  KFUNC(ip_mc_sf_allow, sk, loc_addr, rmt_addr, dif, sdif);
  SIMPLIFIED("sockets cannot join groups, so each gets what its host gets");
  return call.result(true);
}

int ip_check_mc_rcu(const in_device* in_dev, u32 mc_addr, u32 src_addr, u8 proto) {
  KFUNC(ip_check_mc_rcu, in_dev, mc_addr, src_addr, proto);
  SIMPLIFIED("every interface is in 224.0.0.1, all hosts, and in no other group");
  return call.result(mc_addr == htonl(0xe0000001) ? 1 : 0);
}

} // namespace sockwalk::kernel
