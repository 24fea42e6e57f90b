// Which TCP socket holds which local port. bhash: one inet_bind_bucket for each port in use, with its sockets;
// bhash2: the same by address and port, so that a busy port is searched quickly. Ports in host byte order.
// Source: include/net/inet_hashtables.h.
#pragma once
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
  return n ? reinterpret_cast<const sock*>(reinterpret_cast<const u8*>(n) - offsetof(sock, __sk_common.skc_bind_node)) : nullptr;
}
inline const sock* sockOfBind2Node(const hlist_node* n) {
  return n ? reinterpret_cast<const sock*>(reinterpret_cast<const u8*>(n) - offsetof(sock, sk_bind2_node)) : nullptr;
}

void inet_hashinfo_init();
bool inet_bind_bucket_match(const inet_bind_bucket* tb, const net* net, u16 port, int l3mdev);
const inet_bind_bucket* inet_bind_bucket_create(const kmem_cache* cachep, const net* net, const hlist_head* chain, u16 snum);
void inet_bind_bucket_destroy(const inet_bind_bucket* tb); // if no socket is left on it
const inet_bind2_bucket* inet_bind2_bucket_find(const hlist_head* chain, const net* net, u16 port, const sock* sk);
const inet_bind2_bucket* inet_bind2_bucket_create(const kmem_cache* cachep, const net* net, const hlist_head* chain,
                                                  u16 port, const sock* sk);
void inet_bind2_bucket_destroy(const inet_bind2_bucket* tb);
const hlist_head* inet_bhash2_addr_any_hashbucket(const sock* sk, const net* net, u16 port);
void inet_bind_hash(const sock* sk, const inet_bind_bucket* tb, const inet_bind2_bucket* tb2, u16 port);

} // namespace sockwalk::kernel
