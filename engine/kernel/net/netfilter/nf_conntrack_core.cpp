// The table of connections: how a tuple is found, how an entry comes, is put in, lives on and goes.
#include "engine/kernel/include/linux/list_nulls.h"
#include "engine/kernel/include/linux/netfilter.h"
#include "engine/kernel/include/linux/random.h"
#include "engine/kernel/include/linux/siphash.h"
#include "engine/kernel/include/linux/slab.h"
#include "engine/kernel/include/net/net_namespace.h"
#include "engine/kernel/net/netfilter/nf_conntrack_internal.h"

namespace sockwalk::kernel {

Global<kptr<hlist_nulls_head>> nf_conntrack_hash{"nf_conntrack_hash"};
Global<u32> nf_conntrack_htable_size{"nf_conntrack_htable_size"};
static Global<kptr<kmem_cache>> nf_conntrack_cachep{"nf_conntrack_cachep"};
static Global<siphash_key_t> nf_conntrack_hash_rnd{"nf_conntrack_hash_rnd"};
static Global<u32> nf_conntrack_max{"nf_conntrack_max"};

// ---- tuples and their hash
static bool sameEnd(const nf_inet_addr& a, u16 portA, const nf_inet_addr& b, u16 portB) {
  return portA == portB && !std::memcmp(&a, &b, sizeof a);
}
bool nf_ct_tuple_equal(const nf_conntrack_tuple* a, const nf_conntrack_tuple* b) {
  return a->dst.protonum == b->dst.protonum && a->src.l3num == b->src.l3num &&
         sameEnd(a->src.u3, a->src.u.all, b->src.u3, b->src.u.all) &&
         sameEnd(a->dst.u3, a->dst.u.all, b->dst.u3, b->dst.u.all);
}

// All that tells one flow from another, its namespace too, goes in; the key is random, so that nobody fills one bucket.
u32 hash_conntrack_raw(const nf_conntrack_tuple* tuple, const net* net) {
  KFUNC(hash_conntrack_raw, tuple, net);
  struct {
    u8 src[sizeof(nf_conntrack_man)];
    u8 dst[sizeof(nf_inet_addr)];
    u32 zone, mix;
    u16 port, protocol;
  } all{};
  std::memcpy(all.src, &tuple->src, sizeof all.src);
  std::memcpy(all.dst, &tuple->dst.u3, sizeof all.dst);
  all.mix = net_hash_mix(net);
  all.port = tuple->dst.u.all;
  all.protocol = tuple->dst.protonum;
  return call.result(static_cast<u32>(siphash(&all, sizeof all, nf_conntrack_hash_rnd)));
}
static u32 scale_hash(u32 hash) { return static_cast<u32>(u64(hash) * *nf_conntrack_htable_size >> 32); }
const hlist_nulls_head* bucketOf(u32 hash) { return nf_conntrack_hash->get() + scale_hash(hash); }

// ---- looking
static bool nf_ct_is_expired(const nf_conn* ct) { return timeLeft(ct) <= 0; }
static bool isFor(const nf_conntrack_tuple_hash* h, const nf_conntrack_tuple* tuple, const net* net) {
  const nf_conn* ct = nf_ct_tuplehash_to_ctrack(h);
  return nf_ct_tuple_equal(tuple, &h->tuple) && nf_ct_is_confirmed(ct) && nf_ct_net(ct) == net;
}

// Who is met after its time is taken out on the way.
static void nf_ct_gc_expired(const nf_conn* ct) {
  KFUNC(nf_ct_gc_expired, ct);
  refcount_inc(&ct->ct_general.use);
  if (nf_ct_is_confirmed(ct) && !hasStatus(ct, IPS_DYING)) {
    NOTE("conntrack.expired", ct);
    nf_ct_kill(ct);
  }
  nf_ct_put(ct);
}

template <class Wanted> static const nf_conntrack_tuple_hash* findIn(const hlist_nulls_head* bucket, Wanted&& wanted) {
  const kptr<hlist_nulls_node>* link = &bucket->first;
  while (!is_a_nulls(link->value)) {
    const auto* h = reinterpret_cast<const nf_conntrack_tuple_hash*>(link->get());
    const nf_conn* ct = nf_ct_tuplehash_to_ctrack(h);
    if (!nf_ct_is_expired(ct)) {
      if (wanted(h)) return h;
      link = &h->hnnode.next;
      continue;
    }
    const u64 met = link->value; // it leaves the chain, and `link` leads on to what follows
    nf_ct_gc_expired(ct);
    if (link->value == met) link = &h->hnnode.next;
  }
  return nullptr;
}

const nf_conntrack_tuple_hash* findHeld(const net* net, const nf_conntrack_tuple* tuple, u32 hash) {
  KFUNC(__nf_conntrack_find_get, net, tuple, hash);
  const auto* h = findIn(bucketOf(hash), [&](const auto* known) { return isFor(known, tuple, net); });
  if (h) refcount_inc(&nf_ct_tuplehash_to_ctrack(h)->ct_general.use);
  return call.result(h);
}
const nf_conntrack_tuple_hash* nf_conntrack_find_get(const net* net, const nf_conntrack_tuple* tuple) {
  KFUNC(nf_conntrack_find_get, net, tuple);
  SIMPLIFIED("no zones: a flow is told by its tuple and its namespace");
  return call.result(findHeld(net, tuple, hash_conntrack_raw(tuple, net)));
}

bool nf_conntrack_tuple_taken(const nf_conntrack_tuple* tuple, const nf_conn* ignored_conntrack) {
  KFUNC(nf_conntrack_tuple_taken, tuple, ignored_conntrack);
  const net* net = nf_ct_net(ignored_conntrack);
  const nf_conntrack_tuple* own = &ignored_conntrack->tuplehash[IP_CT_DIR_ORIGINAL].tuple;
  const auto taken = [&](const nf_conntrack_tuple_hash* h) {
    const nf_conn* ct = nf_ct_tuplehash_to_ctrack(h);
    // One that began with the same packet is the same flow, and no rival.
    return ct != ignored_conntrack && isFor(h, tuple, net) &&
           !nf_ct_tuple_equal(own, &ct->tuplehash[IP_CT_DIR_ORIGINAL].tuple);
  };
  return call.result(findIn(bucketOf(hash_conntrack_raw(tuple, net)), taken) != nullptr);
}

// ---- coming
// Until the entry is in the table, the hash of its first tuple waits where later the chain of the second one goes.
static const u64* savedHash(const nf_conn* ct) {
  return reinterpret_cast<const u64*>(&ct->tuplehash[IP_CT_DIR_REPLY].hnnode.pprev);
}

const nf_conn* __nf_conntrack_alloc(const net* net, const nf_conntrack_tuple* orig, const nf_conntrack_tuple* repl,
                                    u32 gfp, u32 hash) {
  KFUNC(__nf_conntrack_alloc, net, orig, repl, gfp, hash);
  SIMPLIFIED("where the table is full, the packet is dropped: no other entry makes way");
  const atomic_t* count = &nf_ct_pernet(net)->count;
  const bool full = static_cast<u32>(atomic_add_return(1, count)) > *nf_conntrack_max;
  const nf_conn* ct = full ? nullptr : kmem_cache_alloc<nf_conn>(*nf_conntrack_cachep, gfp | __GFP_ZERO);
  if (!ct) {
    if (full) NOTE("conntrack.full", *nf_conntrack_max);
    sub(count->counter, 1);
    return call.result(ERR_PTR<nf_conn>(-ENOMEM));
  }
  copy(&ct->tuplehash[IP_CT_DIR_ORIGINAL].tuple, orig);
  copy(&ct->tuplehash[IP_CT_DIR_REPLY].tuple, repl);
  set(*savedHash(ct), hash);
  set(ct->ct_net.net, net);
  return call.result(ct);
}

void nf_conntrack_alter_reply(const nf_conn* ct, const nf_conntrack_tuple* newreply) {
  KFUNC(nf_conntrack_alter_reply, ct, newreply);
  if (!nf_ct_is_confirmed(ct)) copy(&ct->tuplehash[IP_CT_DIR_REPLY].tuple, newreply);
}

static void __nf_conntrack_hash_insert(const nf_conn* ct, u32 hash, u32 reply_hash) {
  KFUNC(__nf_conntrack_hash_insert, ct, hash, reply_hash);
  hlist_nulls_add_head(&ct->tuplehash[IP_CT_DIR_ORIGINAL].hnnode, bucketOf(hash));
  hlist_nulls_add_head(&ct->tuplehash[IP_CT_DIR_REPLY].hnnode, bucketOf(reply_hash));
}

// Of two buckets that one processor changes, others must see neither or both.
static void nf_conntrack_double_lock(u32 hash, u32 reply_hash) {
  KFUNC(nf_conntrack_double_lock, hash, reply_hash);
  SIMPLIFIED("one processor: nobody else can look");
}
static void __nf_conntrack_insert_prepare(const nf_conn* ct) {
  KFUNC(__nf_conntrack_insert_prepare, ct);
  SIMPLIFIED("no time stamps");
  refcount_inc(&ct->ct_general.use); // the table's own reference
}

int __nf_conntrack_confirm(const sk_buff* skb) {
  KFUNC(__nf_conntrack_confirm, skb);
  SIMPLIFIED("two entries that clash are not made one: the later packet is dropped");
  u32 ctinfo;
  const nf_conn* ct = nf_ct_get(skb, &ctinfo);
  const net* net = nf_ct_net(ct);
  // An answer of REJECT belongs to the connection, but does not begin it.
  if (CTINFO2DIR(ctinfo) != IP_CT_DIR_ORIGINAL) return call.result(NF_ACCEPT);
  const nf_conntrack_tuple *there = &ct->tuplehash[IP_CT_DIR_ORIGINAL].tuple,
                           *back = &ct->tuplehash[IP_CT_DIR_REPLY].tuple;
  const u32 hash = static_cast<u32>(*savedHash(ct)), backHash = hash_conntrack_raw(back, net);
  const auto has = [&](const nf_conntrack_tuple* tuple) {
    return [=](const nf_conntrack_tuple_hash* h) { return isFor(h, tuple, net); };
  };
  nf_conntrack_double_lock(scale_hash(hash), scale_hash(backHash));
  const bool late = nf_ct_is_confirmed(ct) || hasStatus(ct, IPS_DYING) || findIn(bucketOf(hash), has(there)) ||
                    findIn(bucketOf(backHash), has(back));
  if (late) {
    NOTE("conntrack.clash", ct);
    return call.result(NF_DROP);
  }
  add(ct->timeout, nfct_time_stamp());
  __nf_conntrack_insert_prepare(ct);
  __nf_conntrack_hash_insert(ct, hash, backHash);
  addStatus(ct, IPS_CONFIRMED);
  NOTE("conntrack.confirmed", ct, scale_hash(hash), scale_hash(backHash));
  return call.result(NF_ACCEPT);
}

// ---- living on
static void nf_ct_acct_add(const nf_conn* ct, u32 dir, u32 packets, u32 bytes) {
  KFUNC(nf_ct_acct_add, ct, dir, packets, bytes);
  SIMPLIFIED("packets and bytes of a connection are not counted: nf_conntrack_acct is off");
}
void __nf_ct_refresh_acct(const nf_conn* ct, u32 ctinfo, const sk_buff* skb, u32 extra_jiffies) {
  KFUNC(__nf_ct_refresh_acct, ct, ctinfo, skb, extra_jiffies);
  const u32 until = nf_ct_is_confirmed(ct) ? extra_jiffies + nfct_time_stamp() : extra_jiffies;
  if (!hasStatus(ct, IPS_FIXED_TIMEOUT) && ct->timeout != until) set(ct->timeout, until);
  nf_ct_acct_add(ct, CTINFO2DIR(ctinfo), 1, skb->len);
}

// ---- going
static void nf_ct_helper_destroy(const nf_conn* ct) {
  KFUNC(nf_ct_helper_destroy, ct);
  SIMPLIFIED("no helpers");
}
static void nf_ct_remove_expectations(const nf_conn* ct) {
  KFUNC(nf_ct_remove_expectations, ct);
  SIMPLIFIED("no connections are expected");
}
static void __nf_ct_delete_from_lists(const nf_conn* ct) {
  KFUNC(__nf_ct_delete_from_lists, ct);
  const nf_conntrack_tuple_hash *there = &ct->tuplehash[IP_CT_DIR_ORIGINAL], *back = &ct->tuplehash[IP_CT_DIR_REPLY];
  const u32 hash = hash_conntrack_raw(&there->tuple, nf_ct_net(ct));
  nf_conntrack_double_lock(scale_hash(hash), scale_hash(hash_conntrack_raw(&back->tuple, nf_ct_net(ct))));
  hlist_nulls_del(&there->hnnode);
  hlist_nulls_del(&back->hnnode);
  nf_ct_remove_expectations(ct);
}
bool nf_ct_kill(const nf_conn* ct) {
  KFUNC(nf_ct_delete, ct);
  SIMPLIFIED("nobody listens for events of connections");
  if (hasStatus(ct, IPS_DYING)) return call.result(false);
  addStatus(ct, IPS_DYING);
  nf_ct_helper_destroy(ct);
  if (nf_ct_is_confirmed(ct)) {
    __nf_ct_delete_from_lists(ct);
    nf_ct_put(ct); // the table's own reference
  }
  return call.result(true);
}
bool nf_ct_kill_acct(const nf_conn* ct, u32 ctinfo, const sk_buff* skb) {
  KFUNC(nf_ct_kill_acct, ct, ctinfo, skb);
  nf_ct_acct_add(ct, CTINFO2DIR(ctinfo), 1, skb->len);
  return call.result(nf_ct_kill(ct));
}

static void nf_conntrack_free(const nf_conn* ct) {
  KFUNC(nf_conntrack_free, ct);
  if (hasStatus(ct, IPS_SRC_NAT_DONE)) nf_nat_cleanup(ct);
  kfree(ct->ext);
  const atomic_t* count = &nf_ct_pernet(nf_ct_net(ct))->count;
  kmem_cache_free(ct);
  sub(count->counter, 1);
}

void nf_ct_destroy(const nf_conntrack* nfct) {
  KFUNC(nf_ct_destroy, nfct);
  nf_ct_remove_expectations(reinterpret_cast<const nf_conn*>(nfct));
  nf_conntrack_free(reinterpret_cast<const nf_conn*>(nfct));
}

// ---- beginning
// The chains' ends name their buckets, so the table is laid down in one piece.
int nf_conntrack_init_start() {
  KFUNC(nf_conntrack_init_start);
  SIMPLIFIED(
      "1024 buckets, as the parameter hashsize=1024 makes them; no worker collects the entries whose time is over: "
      "who looks along a chain does");
  constexpr u32 Buckets = 1024;
  std::array<u64, Buckets> ends;
  for (u32 i = 0; i < Buckets; ++i) ends[i] = u64(i) << 1 | 1;
  const void* room = kvmalloc_node(sizeof ends, TypeName<hlist_nulls_head>::index, GFP_KERNEL | __GFP_ZERO);
  if (!room) return call.result(-ENOMEM);
  setBytes(room, ends.data(), sizeof ends);
  set(*nf_conntrack_hash, static_cast<const hlist_nulls_head*>(room));
  set(*nf_conntrack_htable_size, Buckets);
  set(*nf_conntrack_max, Buckets);
  set(*nf_conntrack_cachep, kmem_cache_create("nf_conntrack", sizeof(nf_conn), 64));
  const u64 key[2] = {machine().random(), machine().random()};
  setBytes(nf_conntrack_hash_rnd, key, sizeof key);
  return call.result(0);
}

} // namespace sockwalk::kernel
