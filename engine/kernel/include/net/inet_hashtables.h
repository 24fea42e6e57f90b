// Which TCP socket holds which local port. bhash: one inet_bind_bucket for each port in use, with its sockets;
// bhash2: the same by address and port, so that a busy port is searched quickly. Ports in host byte order.
// Source: include/net/inet_hashtables.h.
#pragma once
#include "engine/kernel/include/linux/list_nulls.h"
#include "engine/kernel/include/net/ip.h"
#include "engine/kernel/include/net/net_namespace.h"
#include "engine/kernel/include/net/sock.h"
#include "engine/kernel/include/net/udp.h"

namespace sockwalk::kernel {

// A bucket of either table: a spinlock and a chain (struct inet_bind_hashbucket, 16 bytes).
constexpr u32 BindHashBucketSize = 16;
inline const hlist_head* bindChain(const void* table, u32 index) {
  return reinterpret_cast<const hlist_head*>(static_cast<const u8*>(table) + index * BindHashBucketSize + 8);
}
inline const hlist_head* inet_bhash(const inet_hashinfo* h, const net* net, u16 port) {
  return bindChain(h->bhash.get(), (port + net_hash_mix(net)) & (h->bhash_size - 1));
}
inline const hlist_head* inet_bhash2(const inet_hashinfo* h, const net* net, u32 saddr, u16 port) {
  return bindChain(h->bhash2.get(), ipv4_portaddr_hash(net, saddr, port) & (h->bhash_size - 1));
}
template <class T> const T* bucketOf(const hlist_node* n) {
  return n ? reinterpret_cast<const T*>(reinterpret_cast<const u8*>(n) - offsetof(T, node)) : nullptr;
}
inline const sock* sockOfBindNode(const hlist_node* n) {
  return n ? reinterpret_cast<const sock*>(reinterpret_cast<const u8*>(n) - offsetof(sock, __sk_common.skc_bind_node))
           : nullptr;
}
inline const sock* sockOfBind2Node(const hlist_node* n) {
  return n ? reinterpret_cast<const sock*>(reinterpret_cast<const u8*>(n) - offsetof(sock, sk_bind2_node)) : nullptr;
}
inline const inet_timewait_sock* twOfBind2Node(const hlist_node* n) {
  return n ? reinterpret_cast<const inet_timewait_sock*>(reinterpret_cast<const u8*>(n) -
                                                         offsetof(inet_timewait_sock, tw_bind2_node))
           : nullptr;
}

void inet_hashinfo_init();
bool inet_bind_bucket_match(const inet_bind_bucket* tb, const net* net, u16 port, int l3mdev);
const inet_bind_bucket* inet_bind_bucket_create(const kmem_cache* cachep, const net* net, const hlist_head* chain,
                                                u16 snum);
const inet_bind_bucket* makeBindBucket(const kmem_cache* cachep, const net* net, const hlist_head* chain, u16 snum);
const inet_bind2_bucket* makeBind2Bucket(const kmem_cache* cachep, const net* net, const hlist_head* chain, u16 port,
                                         const sock* sk);
void bindHash(const sock* sk, const inet_bind_bucket* tb, const inet_bind2_bucket* tb2, u16 port);
void inet_bind_bucket_destroy(const inet_bind_bucket* tb); // if no socket is left on it
const inet_bind2_bucket* inet_bind2_bucket_find(const hlist_head* chain, const net* net, u16 port, const sock* sk);
const inet_bind2_bucket* inet_bind2_bucket_create(const kmem_cache* cachep, const net* net, const hlist_head* chain,
                                                  u16 port, const sock* sk);
void inet_bind2_bucket_destroy(const inet_bind2_bucket* tb);
const hlist_head* inet_bhash2_addr_any_hashbucket(const sock* sk, const net* net, u16 port);
void inet_bind_hash(const sock* sk, const inet_bind_bucket* tb, const inet_bind2_bucket* tb2, u16 port);

// ---- ehash: connections, requests and TIME_WAIT by their four-tuple; lhash2: listeners by address and port.
inline const hlist_nulls_node* nullsNode(const kptr<hlist_nulls_node>& p) {
  return is_a_nulls(p.value) ? nullptr : p.get();
}
inline const sock* sockOfNullsNode(const hlist_nulls_node* n) {
  return n ? reinterpret_cast<const sock*>(reinterpret_cast<const u8*>(n) - offsetof(sock, __sk_common.skc_nulls_node))
           : nullptr;
}
inline const sock* firstOnChain(const hlist_nulls_head* h) { return sockOfNullsNode(nullsNode(h->first)); }
inline const sock* nextOnChain(const sock* sk) { return sockOfNullsNode(nullsNode(sk->sk_nulls_node.next)); }

inline const inet_hashinfo* tcp_or_dccp_get_hashinfo(const sock* sk) { return sk->sk_prot->h.hashinfo; }
inline const inet_ehash_bucket* ehashBucket(const inet_hashinfo* h, u32 hash) {
  return h->ehash.get() + (hash & h->ehash_mask);
}
inline u64 INET_ADDR_COOKIE(u32 saddr, u32 daddr) { return u64(daddr) << 32 | saddr; } // skc_addrpair of a match
inline u32 INET_COMBINED_PORTS(u16 sport, u16 dport) {
  return u32(dport) << 16 | sport;
} // skc_portpair, dport in host order
bool inet_match(const net* net, const sock* sk, u64 cookie, u32 ports, int dif, int sdif);
u32 inet_ehashfn(const net* net, u32 laddr, u16 lport, u32 faddr, u16 fport); // lport in host order
bool inet_ehash_insert(const sock* sk, const sock* osk, bool* found_dup_sk);
bool inet_ehash_nolisten(const sock* sk, const sock* osk, bool* found_dup_sk);
int inet_hash(const sock* sk);
int __inet_hash(const sock* sk, const sock* osk);
int __inet_inherit_port(const sock* sk, const sock* child);
int inet_hash_connect(const inet_timewait_death_row* death_row, const sock* sk);
int inet_bhash2_update_saddr(const sock* sk, const u32* saddr, int family);
void inet_bhash2_reset_saddr(const sock* sk);
// `hnum`: the local port in host order. A counted socket of any kind, or nullptr.
const sock* __inet_lookup_established(const net* net, const inet_hashinfo* hashinfo, u32 saddr, u16 sport, u32 daddr,
                                      u16 hnum, int dif, int sdif);
// Not counted: listeners are freed a grace period late.
const sock* __inet_lookup_listener(const net* net, const inet_hashinfo* hashinfo, const sk_buff* skb, int doff,
                                   u32 saddr, u16 sport, u32 daddr, u16 hnum, int dif, int sdif);
const sock* __inet_lookup_skb(const inet_hashinfo* hashinfo, const sk_buff* skb, int doff, u16 sport, u16 dport,
                              int sdif, bool* refcounted);

// ---- net/ipv4/inet_connection_sock.cpp
void inet_unhash(const sock* sk);

// ---- net/ipv4/inet_hashtables.cpp
void inet_put_port(const sock* sk);

} // namespace sockwalk::kernel
