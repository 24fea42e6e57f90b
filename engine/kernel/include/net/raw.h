// Raw sockets: one hash table by protocol number. Source: include/net/raw.h.
#pragma once
#include "engine/kernel/include/net/inet_sock.h"
#include "engine/memory/constants/inet.h"

namespace sockwalk::kernel {

extern Global<struct raw_hashinfo> raw_v4_hashinfo;

inline u32 raw_hashfunc(const net* net, u32 proto) { return (proto ^ (net->hash_mix >> 0)) & (RAW_HTABLE_SIZE - 1); }
inline const hlist_head* raw_hlist(u32 hash) { return &raw_v4_hashinfo->ht[hash]; }
// for (const sock* sk = sk_head(list); sk; sk = sk_next(sk))
inline const sock* sk_entry(const hlist_node* n) {
  return n ? reinterpret_cast<const sock*>(reinterpret_cast<const u8*>(n) - offsetof(sock, __sk_common.skc_node))
           : nullptr;
}
inline const sock* sk_head(const hlist_head* head) { return sk_entry(head->first); }
inline const sock* sk_next(const sock* sk) { return sk_entry(sk->sk_node.next); }

// ---- net/ipv4/raw.cpp
int raw_hash_sk(const sock* sk);
void raw_unhash_sk(const sock* sk);
int raw_recvmsg(const sock* sk, const msghdr* msg, u64 len, s32 flags, s32* addr_len);
int raw_rcv_skb(const sock* sk, const sk_buff* skb); // reception: raw_input.cpp
int raw_sendmsg(const sock* sk, const msghdr* msg, u64 len);
int raw_setsockopt(const sock* sk, int level, int optname, const sockptr_t& optval, u32 optlen);
int raw_getsockopt(const sock* sk, int level, int optname, u8* optval, s32* optlen);

} // namespace sockwalk::kernel
