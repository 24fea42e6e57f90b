// What the parts of af_netlink.c share.
// Source: net/netlink/af_netlink.h.
#pragma once
#include "engine/kernel/include/linux/netlink.h"
#include "engine/kernel/include/net/sock.h"

namespace sockwalk::kernel {

extern Global<netlink_table[MAX_LINKS]> nl_table;

inline const netlink_sock* nlk_sk(const sock* sk) { return reinterpret_cast<const netlink_sock*>(sk); }
inline const netlink_table* tableOf(const sock* sk) { return &nl_table[sk->sk_protocol]; }
inline bool nlk_test_bit(int flag, const sock* sk) { return nlk_sk(sk)->flags >> flag & 1; }
inline bool netlink_is_kernel(const sock* sk) { return nlk_test_bit(NETLINK_F_KERNEL_SOCKET, sk); }
inline bool congested(const netlink_sock* nlk) { return nlk->state >> NETLINK_S_CONGESTED & 1; }
inline bool groupBit(const u64* bits, u32 group) { return bits[(group - 1) / 64] >> (group - 1) % 64 & 1; } // from 1
inline bool inGroup(const netlink_sock* nlk, u32 group) {
  return group - 1 < nlk->ngroups && groupBit(nlk->groups, group);
}
inline bool anybodyIn(const netlink_table* table, u32 group) {
  const listeners* sum = table->listeners;
  return sum && group - 1 < table->groups && groupBit(sum->masks, group);
}
inline u32 netlink_group_mask(u32 group) { return group && group <= 32 ? 1u << (group - 1) : 0; }
inline u32 groupWords(u32 groups) { return (groups + 63) / 64; } // of 64 bits each
// Root, or a protocol that lets everybody do this.
bool netlink_allowed(const socket* sock, u32 flag);

// for (const sock* sk = firstMember(table); sk; sk = nextMember(sk)): the sockets that are in any group
inline const sock* boundEntry(const hlist_node* n) {
  return n ? reinterpret_cast<const sock*>(reinterpret_cast<const u8*>(n) - offsetof(sock, sk_bind_node)) : nullptr;
}
inline const sock* firstMember(const netlink_table* table) { return boundEntry(table->mc_list.first); }
inline const sock* nextMember(const sock* sk) { return boundEntry(sk->sk_bind_node.next); }

// ---- netlink_ports.cpp: who has which port
const sock* __netlink_lookup(const netlink_table* table, u32 portid, const net* net);
const sock* netlink_lookup(const net* net, int protocol, u32 portid); // with a reference; nullptr: nobody
int netlink_insert(const sock* sk, u32 portid);
int netlink_autobind(const socket* sock);
void netlink_remove(const sock* sk);

// ---- netlink_groups.cpp: who listens to what
int netlink_realloc_groups(const sock* sk);
void netlink_update_subscriptions(const sock* sk, u32 subscriptions);
void netlink_update_listeners(const sock* sk);
void netlink_update_socket_mc(const netlink_sock* nlk, u32 group, bool is_new);

// ---- netlink_bind.cpp
s32 netlink_bind(const socket* sock, const sockaddr* addr, s32 addr_len);
s32 netlink_connect(const socket* sock, const sockaddr* addr, s32 alen, s32 flags);
s32 netlink_getname(const socket* sock, const sockaddr* addr, s32 peer);

// ---- netlink_sockopt.cpp
s32 netlink_setsockopt(const socket* sock, s32 level, s32 optname, const sockptr_t& optval, u32 optlen);
s32 netlink_getsockopt(const socket* sock, s32 level, s32 optname, u8* optval, s32* optlen);

// ---- netlink_send.cpp, netlink_receive.cpp
s32 netlink_sendmsg(const socket* sock, const msghdr* msg, u64 len);
s32 netlink_recvmsg(const socket* sock, const msghdr* msg, u64 len, s32 flags);
void netlink_skb_set_owner_r(const sk_buff* skb, const sock* sk);
int __netlink_sendskb(const sock* sk, const sk_buff* skb);
void netlink_overrun(const sock* sk);

// ---- netlink_dump.cpp
int netlink_dump(const sock* sk, bool lock_taken);

} // namespace sockwalk::kernel
