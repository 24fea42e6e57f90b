#include "engine/kernel/include/net/ip_receive.h"
#include "engine/kernel/include/net/inet_sock.h"

namespace sockwalk::kernel {

// May this socket have what was sent to that group by that source? A packet to one address always.
bool ip_mc_sf_allow(const sock* sk, u32 loc_addr, u32 rmt_addr, int dif, int sdif) {
  KFUNC(ip_mc_sf_allow, sk, loc_addr, rmt_addr, dif, sdif);
  SIMPLIFIED("sockets cannot join groups, so each gets what its host gets");
  return call.result(true);
}

} // namespace sockwalk::kernel
