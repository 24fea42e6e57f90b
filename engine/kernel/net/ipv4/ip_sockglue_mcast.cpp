// setsockopt at level IPPROTO_IP: the groups that a socket listens to, and the device by which it sends to one.
#include "engine/kernel/include/linux/igmp.h"
#include "engine/kernel/include/linux/inetdevice.h"
#include "engine/kernel/include/linux/netdevice.h"
#include "engine/kernel/include/linux/sched.h"
#include "engine/kernel/include/net/inet_sock.h"
#include "engine/kernel/include/net/l3mdev.h"
#include "engine/kernel/net/ipv4/ip_sockglue_internal.h"
#include "engine/memory/constants/inet.h"

namespace sockwalk::kernel {

bool setsockopt_needs_rtnl(int optname) {
  return (optname >= IP_ADD_MEMBERSHIP && optname <= IP_MSFILTER) ||
         (optname >= MCAST_JOIN_GROUP && optname <= MCAST_MSFILTER);
}

int setMulticastInterface(const sock* sk, const sockptr_t& optval, u32 optlen) {
  if (sk->sk_type == SOCK_STREAM || optlen < 4) return -EINVAL;
  u32 mreq[3] = {}; // multicast address, own address, interface; or only an own address
  if (copy_from_user(optlen >= 8 ? mreq : mreq + 1, optval.user.value, optlen >= 12 ? 12 : optlen >= 8 ? 8 : 4))
    return -EFAULT;
  const inet_sock* inet = inet_sk(sk);
  if (mreq[2] || mreq[1]) {
    const net_device* dev = mreq[2] ? dev_get_by_index_rcu(sock_net(sk), static_cast<int>(mreq[2]))
                                    : __ip_dev_find(sock_net(sk), mreq[1], false);
    if (!dev) return -EADDRNOTAVAIL;
    mreq[2] = static_cast<u32>(dev->ifindex);
    const int master = l3mdev_master_ifindex_rcu(dev), bound = sk->sk_bound_dev_if;
    if (bound && bound != dev->ifindex && bound != master) return -EINVAL;
  }
  set(inet->mc_index, static_cast<s32>(mreq[2]));
  set(inet->mc_addr, mreq[1]);
  return 0;
}
static int setMembership(const sock* sk, int optname, const sockptr_t& optval, u32 optlen) {
  if (inet_sk(sk)->is_icsk) return -EPROTO;
  if (optlen < 8) return -EINVAL;
  u8 given[sizeof(ip_mreqn)] = {}; // struct ip_mreq is its first two members
  if (copy_from_user(given, optval.user.value, optlen >= 12 ? 12 : 8)) return -EFAULT;
  OnStack<ip_mreqn> mreq;
  setBytes(mreq.get(), given, sizeof given);
  return optname == IP_ADD_MEMBERSHIP ? ip_mc_join_group(sk, mreq) : ip_mc_leave_group(sk, mreq);
}
// The same in the words that IPv6 has too: struct group_req, an interface and a socket address.
static int ip_mcast_join_leave(const sock* sk, int optname, const sockptr_t& optval, u32 optlen) {
  constexpr u32 SizeOfGroupReq = 136, Group = 8;
  if (optlen < SizeOfGroupReq) return -EINVAL;
  u8 given[Group + sizeof(sockaddr_in)];
  if (copy_from_user(given, optval.user.value, sizeof given)) return -EFAULT;
  u32 interface;
  sockaddr_in group;
  std::memcpy(&interface, given, sizeof interface);
  std::memcpy(static_cast<void*>(&group), given + Group, sizeof group);
  if (group.sin_family != AF_INET) return -EINVAL;
  OnStack<ip_mreqn> mreq;
  set(mreq->imr_multiaddr.s_addr, group.sin_addr.s_addr);
  set(mreq->imr_ifindex, static_cast<s32>(interface));
  return optname == MCAST_JOIN_GROUP ? ip_mc_join_group(sk, mreq) : ip_mc_leave_group(sk, mreq);
}

// What is about single sources is refused; but first for what the kernel would refuse it for.
static int refuseFilter(const sock* sk, const sockptr_t& optval, u32 optlen, u32 header, u32 each) {
  if (optlen < header) return -EINVAL;
  u32 sources; // the header's last word: how many follow
  if (copy_from_user(&sources, optval.user.value + header - sizeof sources, sizeof sources)) return -EFAULT;
  if (sources > static_cast<u32>(sock_net(sk)->ipv4.sysctl_igmp_max_msf)) return -ENOBUFS;
  return header + u64(sources) * each > optlen ? -EINVAL : -ENOPROTOOPT;
}
static int setSources(const sock* sk, int optname, const sockptr_t& optval, u32 optlen) {
  constexpr u32 SizeOfMreqSource = 12, SizeOfGroupSourceReq = 264, SizeOfMsfilter = 16, SizeOfGroupFilter = 144;
  if (optname == IP_MSFILTER) return refuseFilter(sk, optval, optlen, SizeOfMsfilter, sizeof(u32));
  if (optname == MCAST_MSFILTER) return refuseFilter(sk, optval, optlen, SizeOfGroupFilter, 128);
  // Of the older options the group is the first word; of the newer a whole socket address stands at 8, and the source's
  // behind it.
  const bool older = optname < IP_MSFILTER;
  u8 given[SizeOfGroupSourceReq];
  if (optlen != (older ? SizeOfMreqSource : SizeOfGroupSourceReq)) return -EINVAL;
  if (copy_from_user(given, optval.user.value, optlen)) return -EFAULT;
  const auto family = [&given](u32 at) { return given[at] | given[at + 1] << 8; };
  if (!older && (family(8) != AF_INET || family(136) != AF_INET)) return -EADDRNOTAVAIL;
  u32 group;
  std::memcpy(&group, given + (older ? 0 : 8 + 4), sizeof group);
  return ipv4_is_multicast(group) ? -ENOPROTOOPT : -EINVAL;
}

int setGroups(const sock* sk, int optname, const sockptr_t& optval, u32 optlen) {
  switch (optname) {
  case IP_ADD_MEMBERSHIP:
  case IP_DROP_MEMBERSHIP: return setMembership(sk, optname, optval, optlen);
  case MCAST_JOIN_GROUP:
  case MCAST_LEAVE_GROUP: return ip_mcast_join_leave(sk, optname, optval, optlen);
  default: return setSources(sk, optname, optval, optlen);
  }
}

} // namespace sockwalk::kernel
