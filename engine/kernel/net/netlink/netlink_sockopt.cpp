// Options of level SOL_NETLINK: groups, and how a socket wants to be answered.
#include "engine/kernel/include/linux/cred.h"
#include "engine/kernel/include/linux/sockptr.h"
#include "engine/kernel/net/netlink/af_netlink.h"

namespace sockwalk::kernel {

namespace {
// Options that are one flag of the socket each.
constexpr struct {
  int option, flag;
  bool readable;
} FlagOptions[] = {{NETLINK_PKTINFO, NETLINK_F_RECV_PKTINFO, true},
                   {NETLINK_BROADCAST_ERROR, NETLINK_F_BROADCAST_SEND_ERROR, true},
                   {NETLINK_NO_ENOBUFS, NETLINK_F_RECV_NO_ENOBUFS, true},
                   {NETLINK_LISTEN_ALL_NSID, NETLINK_F_LISTEN_ALL_NSID, false},
                   {NETLINK_CAP_ACK, NETLINK_F_CAP_ACK, true},
                   {NETLINK_EXT_ACK, NETLINK_F_EXT_ACK, true},
                   {NETLINK_GET_STRICT_CHK, NETLINK_F_STRICT_CHK, true}};
int flagOf(int option, bool toRead) { // -1: it is none of these
  for (const auto& known : FlagOptions)
    if (known.option == option && (known.readable || !toRead)) return known.flag;
  return -1;
}

int changeMembership(const socket* sock, u32 group, bool join) {
  const struct sock* sk = sock->sk;
  const netlink_sock* nlk = nlk_sk(sk);
  if (!netlink_allowed(sock, NL_CFG_F_NONROOT_RECV)) return -EPERM;
  if (const int failed = netlink_realloc_groups(sk)) return failed;
  if (!group || group - 1 >= nlk->ngroups) return -EINVAL;
  const int number = static_cast<int>(group);
  const int refused = join && nlk->netlink_bind ? nlk->netlink_bind(sock_net(sk), number) : 0;
  if (refused) return refused;
  netlink_update_socket_mc(nlk, group, join);
  if (!join && nlk->netlink_unbind) nlk->netlink_unbind(sock_net(sk), number);
  return 0;
}
} // namespace

s32 netlink_setsockopt(const socket* sock, s32 level, s32 optname, const sockptr_t& optval, u32 optlen) {
  KFUNC(netlink_setsockopt, sock, level, optname, optlen);
  const netlink_sock* nlk = nlk_sk(sock->sk);
  u32 value = 0;
  if (level != SOL_NETLINK) return call.result(-ENOPROTOOPT);
  const bool given = optlen >= sizeof value; // less than an int is as good as 0
  if (given && copy_from_user(&value, optval.user.value, sizeof value)) return call.result(-EFAULT);
  if (optname == NETLINK_ADD_MEMBERSHIP || optname == NETLINK_DROP_MEMBERSHIP)
    return call.result(changeMembership(sock, value, optname == NETLINK_ADD_MEMBERSHIP));
  const int flag = flagOf(optname, false);
  if (flag < 0) return call.result(-ENOPROTOOPT);
  const bool manyNamespaces = flag == NETLINK_F_LISTEN_ALL_NSID;
  if (manyNamespaces && !ns_capable(sock_net(sock->sk)->user_ns, CAP_NET_BROADCAST)) return call.result(-EPERM);
  const u64 bit = 1ull << flag;
  set(nlk->flags, value ? nlk->flags | bit : nlk->flags & ~bit);
  if (flag == NETLINK_F_RECV_NO_ENOBUFS && value) { // losing messages is fine by it: senders need not wait
    set(nlk->state, nlk->state & ~(1ull << NETLINK_S_CONGESTED));
    if (waitqueue_active(&nlk->wait)) __wake_up(&nlk->wait, TASK_INTERRUPTIBLE, 1, 0);
  }
  return call.result(0);
}

// The groups as a row of bits, as many as there is room for; how many bytes all would take is told in any case.
static int listMemberships(const netlink_sock* nlk, int room, u8* optval, s32* optlen) {
  const u32 whole = ((nlk->ngroups + 7) / 8 + 3) / 4 * 4;
  const auto* bits = reinterpret_cast<const u8*>(nlk->groups.get());
  for (u32 at = 0; at < whole && static_cast<u32>(room) - at >= 4; at += 4) {
    if (!userAt(Arena::address(optval) + at, 4)) return -EFAULT;
    setBytes(optval + at, bits + at, 4);
  }
  setBytes(optlen, &whole, 4);
  return 0;
}

s32 netlink_getsockopt(const socket* sock, s32 level, s32 optname, u8* optval, s32* optlen) {
  KFUNC(netlink_getsockopt, sock, level, optname);
  const netlink_sock* nlk = nlk_sk(sock->sk);
  if (level != SOL_NETLINK) return call.result(-ENOPROTOOPT);
  const int room = *optlen;
  if (room < 0) return call.result(-EINVAL);
  if (optname == NETLINK_LIST_MEMBERSHIPS) return call.result(listMemberships(nlk, room, optval, optlen));
  const int flag = flagOf(optname, true);
  if (flag < 0) return call.result(-ENOPROTOOPT);
  if (room < static_cast<int>(sizeof(s32))) return call.result(-EINVAL);
  const s32 value = nlk->flags >> flag & 1;
  return call.result(giveOption(optval, optlen, &value, sizeof value));
}

} // namespace sockwalk::kernel
