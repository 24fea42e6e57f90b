#include "engine/kernel/include/net/igmp.h"
#include "engine/kernel/include/net/inet_sock.h"
#include "engine/kernel/include/net/ip_receive.h"
#include "engine/kernel/net/ipv4/igmp_internal.h"

namespace sockwalk::kernel {

// May this socket have what was sent to that group by that source? A packet to one address always; a group's if the
// socket joined it on that interface, or if it takes all that the host gets (IP_MULTICAST_ALL, the default).
bool ip_mc_sf_allow(const sock* sk, u32 loc_addr, u32 rmt_addr, int dif, int sdif) {
  KFUNC(ip_mc_sf_allow, sk, loc_addr, rmt_addr, dif, sdif);
  if (!ipv4_is_multicast(loc_addr)) return call.result(true);
  const inet_sock* inet = inet_sk(sk);
  const ip_mc_socklist* joined = inet->mc_list;
  while (joined && !(joined->multi.imr_ifindex == dif && joined->multi.imr_multiaddr.s_addr == loc_addr))
    joined = joined->next_rcu;
  return call.result(joined ? joined->sfmode == MCAST_EXCLUDE : inet->mc_all != 0);
}

int ip_check_mc_rcu(const in_device* in_dev, u32 mc_addr, u32 src_addr, u8 proto) {
  KFUNC(ip_check_mc_rcu, in_dev, mc_addr, src_addr, proto);
  if (mc_addr == IGMP_ALL_HOSTS) return call.result(1);
  const ip_mc_list* group = groupOf(in_dev, mc_addr);
  return call.result(group && (proto == IPPROTO_IGMP || !src_addr || group->sfcount[MCAST_EXCLUDE]) ? 1 : 0);
}

} // namespace sockwalk::kernel
