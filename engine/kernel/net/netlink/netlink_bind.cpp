// The addresses of a netlink socket: its own port and groups (bind), where it sends to (connect), and asking for both.
#include "engine/kernel/include/linux/cred.h"
#include "engine/kernel/net/netlink/af_netlink.h"
#include <bit>

namespace sockwalk::kernel {

bool netlink_allowed(const socket* sock, u32 flag) {
  const struct sock* sk = sock->sk;
  return tableOf(sk)->flags & flag || ns_capable(sock_net(sk)->user_ns, CAP_NET_ADMIN);
}

// What the protocol was told of the groups below `group` is taken back.
static void netlink_undo_bind(int group, u64 groups, const netlink_sock* nlk) {
  if (!nlk->netlink_unbind) return;
  for (int told = 0; told < group; ++told)
    if (groups >> told & 1) nlk->netlink_unbind(sock_net(&nlk->sk), told + 1);
}
// The protocol may object to a group, or want to know that somebody listens.
static int tellProtocol(const netlink_sock* nlk, u64 groups) {
  if (!nlk->netlink_bind) return 0;
  const net* net = sock_net(&nlk->sk);
  for (u64 left = groups; left; left &= left - 1) {
    const int group = std::countr_zero(left);
    const int refused = nlk->netlink_bind(net, group + 1);
    if (!refused) continue;
    netlink_undo_bind(group, groups, nlk);
    return refused;
  }
  return 0;
}

// The groups that an address has room for are the first 32; those behind them stay as they are.
static void joinGroups(const netlink_sock* nlk, u32 groups) {
  const u64& first = *nlk->groups.get();
  const int change = std::popcount(groups) - std::popcount(static_cast<u32>(first));
  netlink_update_subscriptions(&nlk->sk, nlk->subscriptions + static_cast<u32>(change));
  set(first, (first & ~0xffffffffull) | groups);
  netlink_update_listeners(&nlk->sk);
}

s32 netlink_bind(const socket* sock, const sockaddr* addr, s32 addr_len) {
  KFUNC(netlink_bind, sock, addr, addr_len);
  const struct sock* sk = sock->sk;
  const netlink_sock* nlk = nlk_sk(sk);
  const auto* wanted = reinterpret_cast<const sockaddr_nl*>(addr);
  if (addr_len < static_cast<s32>(sizeof *wanted) || wanted->nl_family != AF_NETLINK) return call.result(-EINVAL);
  u64 groups = wanted->nl_groups;
  if (groups && !netlink_allowed(sock, NL_CFG_F_NONROOT_RECV)) return call.result(-EPERM);
  if (const int failed = groups ? netlink_realloc_groups(sk) : 0) return call.result(failed);
  if (nlk->ngroups < 64) groups &= (1ull << nlk->ngroups) - 1;
  const bool bound = nlk->bound;
  if (bound && wanted->nl_pid != nlk->portid) return call.result(-EINVAL);
  if (const int refused = tellProtocol(nlk, groups)) return call.result(refused);
  int failed = 0;
  if (!bound) failed = wanted->nl_pid ? netlink_insert(sk, wanted->nl_pid) : netlink_autobind(sock);
  if (failed) netlink_undo_bind(64, groups, nlk);
  const u64* mine = nlk->groups;
  const bool groupsChange = groups || (mine && static_cast<u32>(*mine));
  if (!failed && groupsChange) joinGroups(nlk, static_cast<u32>(groups));
  return call.result(failed);
}

s32 netlink_connect(const socket* sock, const sockaddr* addr, s32 alen, s32 flags) {
  KFUNC(netlink_connect, sock, addr, alen, flags);
  const struct sock* sk = sock->sk;
  const netlink_sock* nlk = nlk_sk(sk);
  const auto* peer = reinterpret_cast<const sockaddr_nl*>(addr);
  if (alen < static_cast<s32>(sizeof addr->sa_family)) return call.result(-EINVAL);
  const bool leave = addr->sa_family == AF_UNSPEC; // whom it was connected to is forgotten
  if (!leave) {
    if (addr->sa_family != AF_NETLINK || alen < static_cast<s32>(sizeof *peer)) return call.result(-EINVAL);
    const bool toPrograms = peer->nl_groups || peer->nl_pid;
    if (toPrograms && !netlink_allowed(sock, NL_CFG_F_NONROOT_SEND)) return call.result(-EPERM);
    if (const int failed = nlk->bound ? 0 : netlink_autobind(sock)) return call.result(failed);
  }
  set(sk->sk_state, leave ? NETLINK_UNCONNECTED : NETLINK_CONNECTED);
  set(nlk->dst_portid, leave ? 0 : peer->nl_pid);
  set(nlk->dst_group, leave ? 0 : std::countr_zero(peer->nl_groups) + 1);
  if (!leave && !peer->nl_groups) set(nlk->dst_group, 0);
  return call.result(0);
}

s32 netlink_getname(const socket* sock, const sockaddr* addr, s32 peer) {
  KFUNC(netlink_getname, sock, addr, peer);
  const netlink_sock* nlk = nlk_sk(sock->sk);
  const auto* name = reinterpret_cast<const sockaddr_nl*>(addr);
  const u64* mine = nlk->groups;
  set(name->nl_family, AF_NETLINK);
  set(name->nl_pad, 0);
  set(name->nl_pid, peer ? nlk->dst_portid : nlk->portid);
  set(name->nl_groups, peer ? netlink_group_mask(nlk->dst_group) : mine ? static_cast<u32>(*mine) : 0u);
  return call.result(static_cast<s32>(sizeof *name));
}

} // namespace sockwalk::kernel
