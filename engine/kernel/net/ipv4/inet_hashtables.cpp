// The hash tables of connection-oriented sockets: bhash by local port, bhash2 by local address and port.
#include "engine/kernel/include/net/inet_hashtables.h"

namespace sockwalk::kernel {

constexpr u32 BhashSize = 4096;
Global<inet_hashinfo> tcp_hashinfo{"tcp_hashinfo"};

// Part of tcp_init(): both tables empty, and the caches that their buckets come from.
void inet_hashinfo_init() {
  const inet_hashinfo* h = tcp_hashinfo;
  set(h->bind_bucket_cachep, kmem_cache_create("tcp_bind_bucket", sizeof(inet_bind_bucket), 64));
  set(h->bind2_bucket_cachep, kmem_cache_create("tcp_bind2_bucket", sizeof(inet_bind2_bucket), 64));
  set(h->bhash_size, BhashSize);
  setAddress(&h->bhash, kmallocBuffer(BhashSize * BindHashBucketSize, GFP_KERNEL | __GFP_ZERO));
  setAddress(&h->bhash2, kmallocBuffer(BhashSize * BindHashBucketSize, GFP_KERNEL | __GFP_ZERO));
}

bool inet_bind_bucket_match(const inet_bind_bucket* tb, const net* net, u16 port, int l3mdev) {
  KFUNC(inet_bind_bucket_match, tb, net, port, l3mdev);
  return call.result(tb->ib_net.net == net && tb->port == port && tb->l3mdev == l3mdev);
}

const inet_bind_bucket* inet_bind_bucket_create(const kmem_cache* cachep, const net* net, const hlist_head* chain, u16 snum) {
  KFUNC(inet_bind_bucket_create, cachep, net, snum);
  auto* tb = kmem_cache_alloc<inet_bind_bucket>(cachep, GFP_ATOMIC | __GFP_ZERO);
  if (!tb) return call.result(tb);
  set(tb->ib_net.net, net);
  set(tb->port, snum);
  hlist_add_head(&tb->node, chain);
  return call.result(tb);
}
void inet_bind_bucket_destroy(const inet_bind_bucket* tb) {
  if (!hlist_empty(&tb->owners)) return;
  hlist_del_init(&tb->node);
  kmem_cache_free(tb);
}

static bool inet_bind2_bucket_addr_match(const inet_bind2_bucket* tb2, const sock* sk) {
  KFUNC(inet_bind2_bucket_addr_match, tb2, sk);
  return call.result(tb2->family == sk->sk_family && tb2->rcv_saddr == sk->sk_rcv_saddr);
}
const inet_bind2_bucket* inet_bind2_bucket_find(const hlist_head* chain, const net* net, u16 port, const sock* sk) {
  KFUNC(inet_bind2_bucket_find, net, port, sk);
  auto* tb2 = bucketOf<inet_bind2_bucket>(chain->first);
  while (tb2 && !(tb2->ib_net.net == net && tb2->port == port && inet_bind2_bucket_addr_match(tb2, sk)))
    tb2 = bucketOf<inet_bind2_bucket>(tb2->node.next);
  return call.result(tb2);
}
const inet_bind2_bucket* inet_bind2_bucket_create(const kmem_cache* cachep, const net* net, const hlist_head* chain,
                                                  u16 port, const sock* sk) {
  KFUNC(inet_bind2_bucket_create, cachep, net, port, sk);
  auto* tb = kmem_cache_alloc<inet_bind2_bucket>(cachep, GFP_ATOMIC | __GFP_ZERO);
  if (!tb) return call.result(tb);
  set(tb->ib_net.net, net);
  set(tb->port, port);
  set(tb->family, sk->sk_family);
  set(tb->rcv_saddr, sk->sk_rcv_saddr);
  hlist_add_head(&tb->node, chain);
  return call.result(tb);
}
void inet_bind2_bucket_destroy(const inet_bind2_bucket* tb) {
  if (!hlist_empty(&tb->owners) || !hlist_empty(&tb->deathrow)) return;
  hlist_del_init(&tb->node);
  kmem_cache_free(tb);
}

const hlist_head* inet_bhash2_addr_any_hashbucket(const sock* sk, const net* net, u16 port) {
  KFUNC(inet_bhash2_addr_any_hashbucket, sk, net, port);
  return call.result(inet_bhash2(sk->sk_prot->h.hashinfo, net, 0, port));
}

void inet_bind_hash(const sock* sk, const inet_bind_bucket* tb, const inet_bind2_bucket* tb2, u16 port) {
  KFUNC(inet_bind_hash, sk, tb, tb2, port);
  set(inet_sk(sk)->inet_num, port);
  hlist_add_head(&sk->sk_bind_node, &tb->owners);
  set(inet_csk(sk)->icsk_bind_hash, tb);
  hlist_add_head(&sk->sk_bind2_node, &tb2->owners);
  set(inet_csk(sk)->icsk_bind2_hash, tb2);
  NOTE("tcp.port_bound", sk, port);
}

static void __inet_put_port(const sock* sk) {
  const inet_bind_bucket* tb = inet_csk(sk)->icsk_bind_hash;
  hlist_del_init(&sk->sk_bind_node);
  set(inet_csk(sk)->icsk_bind_hash, nullptr);
  set(inet_sk(sk)->inet_num, 0);
  inet_bind_bucket_destroy(tb);
  if (const inet_bind2_bucket* tb2 = inet_csk(sk)->icsk_bind2_hash) {
    hlist_del_init(&sk->sk_bind2_node);
    set(inet_csk(sk)->icsk_bind2_hash, nullptr);
    inet_bind2_bucket_destroy(tb2);
  }
}
void inet_put_port(const sock* sk) {
  KFUNC(inet_put_port, sk);
  __inet_put_port(sk);
}

void inet_unhash(const sock* sk) {
  KFUNC(inet_unhash, sk);
  SIMPLIFIED("TCP sockets are in no table of connections or listeners yet");
  sk_del_node_init(sk);
}

} // namespace sockwalk::kernel
