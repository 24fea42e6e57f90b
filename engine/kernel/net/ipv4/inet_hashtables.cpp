// The hash tables of connection-oriented sockets by what they are bound to: bhash by local port, bhash2 by local
// address and port. (Who is connected to whom, and who listens: inet_ehash.cpp.)
#include "engine/kernel/include/net/inet_hashtables.h"
#include "engine/kernel/include/net/inet_connection_sock.h"

namespace sockwalk::kernel {

constexpr u32 BhashSize = 4096;
Global<inet_hashinfo> tcp_hashinfo{"tcp_hashinfo"};

constexpr u32 EhashSize = 4096, Lhash2Size = 256;

// Every chain of a table of connections ends with its own number (see "nulls" in inet_hashtables.h).
template <class Bucket> static const Bucket* nullsTable(u32 size, u64 base, u32 headOffset) {
  std::vector<u8> image(size * sizeof(Bucket), 0);
  for (u32 i = 0; i < size; ++i) {
    const u64 mark = (base + i) << 1 | 1;
    std::memcpy(image.data() + i * sizeof(Bucket) + headOffset, &mark, 8);
  }
  const u8* table = kmallocBuffer(static_cast<u32>(image.size()), GFP_KERNEL);
  setBytes(table, image.data(), static_cast<u32>(image.size()));
  return reinterpret_cast<const Bucket*>(table);
}

// Part of tcp_init(): the four tables empty, and the caches that the buckets of two of them come from.
void inet_hashinfo_init() {
  const inet_hashinfo* h = tcp_hashinfo;
  set(h->bind_bucket_cachep, kmem_cache_create("tcp_bind_bucket", sizeof(inet_bind_bucket), 64));
  set(h->bind2_bucket_cachep, kmem_cache_create("tcp_bind2_bucket", sizeof(inet_bind2_bucket), 64));
  set(h->bhash_size, BhashSize);
  setAddress(&h->bhash, kmallocBuffer(BhashSize * BindHashBucketSize, GFP_KERNEL | __GFP_ZERO));
  setAddress(&h->bhash2, kmallocBuffer(BhashSize * BindHashBucketSize, GFP_KERNEL | __GFP_ZERO));
  set(h->ehash_mask, EhashSize - 1);
  set(h->ehash, nullsTable<inet_ehash_bucket>(EhashSize, 0, 0));
  set(h->lhash2_mask, Lhash2Size - 1);
  set(h->lhash2, nullsTable<inet_listen_hashbucket>(Lhash2Size, LISTENING_NULLS_BASE,
                                                    offsetof(inet_listen_hashbucket, nulls_head)));
}

bool inet_bind_bucket_match(const inet_bind_bucket* tb, const net* net, u16 port, int l3mdev) {
  KFUNC(inet_bind_bucket_match, tb, net, port, l3mdev);
  const bool samePort = tb->port == port && tb->l3mdev == l3mdev;
  return call.result(samePort && tb->ib_net.net == net);
}

static void inet_bind2_bucket_init(const inet_bind2_bucket* tb, const net* net, const hlist_head* chain, u16 port,
                                   const sock* sk) {
  set(tb->ib_net.net, net);
  set(tb->port, port);
  set(tb->family, sk->sk_family);
  set(tb->rcv_saddr, sk->sk_rcv_saddr);
  hlist_add_head(&tb->node, chain);
}
// The compiler made these three a part of their callers in this file; bind() calls them as functions of their own.
const inet_bind_bucket* makeBindBucket(const kmem_cache* cachep, const net* net, const hlist_head* chain, u16 snum) {
  auto* tb = kmem_cache_alloc<inet_bind_bucket>(cachep, GFP_ATOMIC | __GFP_ZERO);
  if (!tb) return tb;
  set(tb->ib_net.net, net);
  set(tb->port, snum);
  hlist_add_head(&tb->node, chain);
  return tb;
}
const inet_bind2_bucket* makeBind2Bucket(const kmem_cache* cachep, const net* net, const hlist_head* chain, u16 port,
                                         const sock* sk) {
  auto* tb = kmem_cache_alloc<inet_bind2_bucket>(cachep, GFP_ATOMIC | __GFP_ZERO);
  if (tb) inet_bind2_bucket_init(tb, net, chain, port, sk);
  return tb;
}
void bindHash(const sock* sk, const inet_bind_bucket* tb, const inet_bind2_bucket* tb2, u16 port) {
  set(inet_sk(sk)->inet_num, port);
  hlist_add_head(&sk->sk_bind_node, &tb->owners);
  set(inet_csk(sk)->icsk_bind_hash, tb);
  hlist_add_head(&sk->sk_bind2_node, &tb2->owners);
  set(inet_csk(sk)->icsk_bind2_hash, tb2);
  NOTE("tcp.port_bound", sk, port);
}

const inet_bind_bucket* inet_bind_bucket_create(const kmem_cache* cachep, const net* net, const hlist_head* chain,
                                                u16 snum) {
  KFUNC(inet_bind_bucket_create, cachep, net, snum);
  return call.result(makeBindBucket(cachep, net, chain, snum));
}
static void dropBindBucket(const inet_bind_bucket* tb) {
  if (!hlist_empty(&tb->owners)) return;
  hlist_del_init(&tb->node);
  kmem_cache_free(tb);
}
void inet_bind_bucket_destroy(const inet_bind_bucket* tb) {
  KFUNC(inet_bind_bucket_destroy, tb);
  dropBindBucket(tb);
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
  return call.result(makeBind2Bucket(cachep, net, chain, port, sk));
}
static void dropBind2Bucket(const inet_bind2_bucket* tb) {
  if (!hlist_empty(&tb->owners) || !hlist_empty(&tb->deathrow)) return;
  hlist_del_init(&tb->node);
  kmem_cache_free(tb);
}
void inet_bind2_bucket_destroy(const inet_bind2_bucket* tb) {
  KFUNC(inet_bind2_bucket_destroy, tb);
  dropBind2Bucket(tb);
}

const hlist_head* inet_bhash2_addr_any_hashbucket(const sock* sk, const net* net, u16 port) {
  KFUNC(inet_bhash2_addr_any_hashbucket, sk, net, port);
  return call.result(inet_bhash2(sk->sk_prot->h.hashinfo, net, 0, port));
}

void inet_bind_hash(const sock* sk, const inet_bind_bucket* tb, const inet_bind2_bucket* tb2, u16 port) {
  KFUNC(inet_bind_hash, sk, tb, tb2, port);
  bindHash(sk, tb, tb2, port);
}

static void __inet_put_port(const sock* sk) {
  const inet_connection_sock* icsk = inet_csk(sk);
  const inet_bind_bucket* byPort = icsk->icsk_bind_hash;
  hlist_del_init(&sk->sk_bind_node);
  set(icsk->icsk_bind_hash, nullptr);
  set(inet_sk(sk)->inet_num, 0);
  dropBindBucket(byPort);
  const inet_bind2_bucket* byAddress = icsk->icsk_bind2_hash;
  if (!byAddress) return;
  hlist_del_init(&sk->sk_bind2_node);
  set(icsk->icsk_bind2_hash, nullptr);
  dropBind2Bucket(byAddress);
}
void inet_put_port(const sock* sk) {
  KFUNC(inet_put_port, sk);
  __inet_put_port(sk);
}

// A child is bound to its listener's port. Its address may be more special than the listener's, and then it gets a
// bucket of its own in bhash2.
int __inet_inherit_port(const sock* sk, const sock* child) {
  KFUNC(__inet_inherit_port, sk, child);
  const inet_bind_bucket* byPort = inet_csk(sk)->icsk_bind_hash;
  const inet_bind2_bucket* byAddress = inet_csk(sk)->icsk_bind2_hash;
  if (!byPort || !byAddress) return call.result(-ENOENT);
  const u16 number = inet_sk(child)->inet_num;
  BUG_ON(byPort->port != number); // only a transparent proxy's child has another port
  if (!inet_bind2_bucket_addr_match(byAddress, child)) {
    const inet_hashinfo* table = tcp_or_dccp_get_hashinfo(sk);
    const net* net = sock_net(sk);
    const hlist_head* chain = inet_bhash2(table, net, child->sk_rcv_saddr, number);
    byAddress = inet_bind2_bucket_find(chain, net, number, child);
    if (!byAddress) byAddress = makeBind2Bucket(table->bind2_bucket_cachep, net, chain, number, child);
    if (!byAddress) return call.result(-ENOMEM);
  }
  bindHash(child, byPort, byAddress, number);
  return call.result(0);
}

// ---- the local address of a bound socket changes: it moves to another bucket of bhash2
static void inet_update_saddr(const sock* sk, const u32* saddr) {
  const u32 address = saddr ? *saddr : 0;
  set(inet_sk(sk)->inet_saddr, address);
  set(sk->sk_rcv_saddr, address);
}

// Into the bucket for the new address: one that is there, or `spare`.
static void enterBind2(const inet_hashinfo* h, const sock* sk, const inet_bind2_bucket* spare) {
  const net* net = sock_net(sk);
  const u16 number = inet_sk(sk)->inet_num;
  const hlist_head* chain = inet_bhash2(h, net, sk->sk_rcv_saddr, number);
  const inet_bind2_bucket* bucket = inet_bind2_bucket_find(chain, net, number, sk);
  if (bucket) kmem_cache_free(spare);
  else inet_bind2_bucket_init(bucket = spare, net, chain, number, sk);
  hlist_add_head(&sk->sk_bind2_node, &bucket->owners);
  set(inet_csk(sk)->icsk_bind2_hash, bucket);
}

static int __inet_bhash2_update_saddr(const sock* sk, const u32* saddr, int family, bool reset) {
  KFUNC(__inet_bhash2_update_saddr, sk, family, reset);
  const inet_hashinfo* h = tcp_or_dccp_get_hashinfo(sk);
  const inet_bind2_bucket* old = inet_csk(sk)->icsk_bind2_hash;
  if (!old) { // not bound yet: in no bucket
    inet_update_saddr(sk, saddr);
    return call.result(0);
  }
  auto* spare = kmem_cache_alloc<inet_bind2_bucket>(h->bind2_bucket_cachep, GFP_ATOMIC | __GFP_ZERO);
  if (!spare) { // taken before anything changes, so that the move cannot fail half way
    if (reset) {
      inet_put_port(sk);
      inet_update_saddr(sk, nullptr);
    }
    return call.result(-ENOMEM);
  }
  hlist_del_init(&sk->sk_bind2_node);
  dropBind2Bucket(old);
  inet_update_saddr(sk, saddr);
  enterBind2(h, sk, spare);
  return call.result(0);
}
int inet_bhash2_update_saddr(const sock* sk, const u32* saddr, int family) {
  KFUNC(inet_bhash2_update_saddr, sk, family);
  return call.result(__inet_bhash2_update_saddr(sk, saddr, family, false));
}
void inet_bhash2_reset_saddr(const sock* sk) {
  KFUNC(inet_bhash2_reset_saddr, sk);
  const bool chosen = sk->sk_userlocks & SOCK_BINDADDR_LOCK; // by bind(): then it stays
  if (!chosen) __inet_bhash2_update_saddr(sk, nullptr, 0, true);
}

} // namespace sockwalk::kernel
