// What the parts of net/ipv4/ip_sockglue.c share: the options about groups have a file of their own.
#pragma once
#include "engine/kernel/include/linux/sockptr.h"

namespace sockwalk::kernel {

bool setsockopt_needs_rtnl(int optname); // it changes which groups a device listens to
int setMulticastInterface(const sock* sk, const sockptr_t& optval, u32 optlen);
int setGroups(const sock* sk, int optname, const sockptr_t& optval, u32 optlen);

int ip_ra_control(const sock* sk, bool on); // a raw socket asks for packets with the option "router alert"

} // namespace sockwalk::kernel
