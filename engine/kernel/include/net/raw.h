// Raw sockets: one hash table by protocol number. Source: include/net/raw.h.
#pragma once
#include "engine/kernel/include/net/inet_sock.h"
#include "engine/kernel/include/net/sock.h"
#include "engine/memory/constants/inet.h"

namespace sockwalk::kernel {

extern Global<struct raw_hashinfo> raw_v4_hashinfo;

inline u32 raw_hashfunc(const net* net, u32 proto) { return (proto ^ (net->hash_mix >> 0)) & (RAW_HTABLE_SIZE - 1); }
inline const hlist_head* raw_hlist(u32 hash) { return &raw_v4_hashinfo->ht[hash]; }

// ---- net/ipv4/raw.cpp
int raw_hash_sk(const sock* sk);
void raw_unhash_sk(const sock* sk);

// ---- sockets of IPv4
inline const raw_sock* raw_sk(const sock* sk) { return skCast<raw_sock>(sk); }
extern Global<proto> raw_prot;

// ---- parts of inet_init()
void raw_hashinfo_init();
void raw_init();

// ---- reception
int raw_local_deliver(const sk_buff* skb, int protocol);
int raw_rcv(const sock* sk, const sk_buff* skb);
void raw_icmp_error(const sk_buff* skb, int protocol, u32 info);

} // namespace sockwalk::kernel
