// The neighbour table: entries, how they are found and made, and how a packet gets its link-layer header from one.
// How an entry's state changes stands in neighbour_state.cpp.
#include "engine/memory/constants/neighbour.h"
#include "engine/kernel/include/linux/etherdevice.h"
#include "engine/kernel/include/net/route.h"
#include "engine/kernel/net/core/neighbour_internal.h"

namespace sockwalk::kernel {

static constexpr u32 HashShift = 3; // as the kernel begins; with more entries it grows

static const kptr<neighbour>* bucketsOf(const neigh_hash_table* nht) {
  return t_arena->object<kptr<neighbour>>(nht->hash_buckets.value);
}
static u64 dueJiffies() { return machine().jiffies(); }

static u32 reachTime(const neigh_parms* parms) { // RFC 4861 section 6.3.2: a random time about the base
  return neigh_rand_reach_time(static_cast<u32>(NEIGH_VAR(parms, NEIGH_VAR_BASE_REACHABLE_TIME)));
}
// A moment so long ago that nobody takes the entry for reachable, whatever its reachable time was drawn to be.
static u64 longUnconfirmed(const neighbour* n) {
  return dueJiffies() - 2 * static_cast<u64>(NEIGH_VAR(n->parms, NEIGH_VAR_BASE_REACHABLE_TIME));
}

static const neigh_hash_table* neigh_hash_alloc(u32 shift) {
  const auto* nht = kzalloc<neigh_hash_table>(GFP_ATOMIC);
  const u8* buckets = nht ? kmallocBuffer(8u << shift, GFP_ATOMIC | __GFP_ZERO) : nullptr;
  if (!buckets) return kfree(nht), nullptr;
  setAddress(&nht->hash_buckets, buckets);
  set(nht->hash_shift, shift);
  for (const u32& rnd : nht->hash_rnd) set(rnd, static_cast<u32>(machine().random()) | 1);
  return nht;
}

// A protocol's table (ARP's, here) is ready for entries. Its own settings are those of every device that has none.
void neigh_table_init(int index, const neigh_table* tbl) {
  KFUNC(neigh_table_init, index, tbl);
  SIMPLIFIED("no garbage collection, no statistics, no proxy entries");
  for (const list_head* none : {&tbl->parms_list, &tbl->gc_list, &tbl->managed_list}) INIT_LIST_HEAD(none);
  const neigh_parms* common = &tbl->parms;
  list_add(&common->list, &tbl->parms_list);
  set(common->net.net, init_net);
  refcount_set(&common->refcnt, 1);
  set(common->reachable_time, reachTime(common));
  set(tbl->nht, neigh_hash_alloc(HashShift));
  const u32 withKey = sizeof(neighbour) + tbl->key_len; // the key stands behind the structure
  set(tbl->entry_size, (withKey + 7) & ~7u);
}

// A device's own copy of the table's settings.
const neigh_parms* neigh_parms_alloc(const net_device* dev, const neigh_table* tbl) {
  KFUNC(neigh_parms_alloc, dev, tbl);
  const auto* own = kzalloc<neigh_parms>(GFP_KERNEL);
  if (!own) return call.result(own);
  copy(own, &tbl->parms);
  set(own->tbl, tbl);
  refcount_set(&own->refcnt, 1);
  set(own->reachable_time, reachTime(own));
  set(own->dev, dev);
  set(own->net.net, dev_net(dev));
  list_add(&own->list, &tbl->parms_list);
  return call.result(own);
}

void neigh_parms_release(const neigh_table* tbl, const neigh_parms* parms) {
  KFUNC(neigh_parms_release, tbl, parms);
  const bool ofTable = parms == &tbl->parms; // they stay as long as the table
  if (!parms || ofTable) return;
  list_del(&parms->list);
  if (refcount_dec_and_test(&parms->refcnt)) kfree(parms);
}

int neigh_blackhole(const neighbour* neigh, const sk_buff* skb) {
  KFUNC(neigh_blackhole, neigh, skb);
  kfree_skb(skb);
  return call.result(-ENETDOWN);
}

// On its own the entry throws away what is sent through it: it gets a better output when its protocol has seen it. It
// is marked dead until it stands in the table.
static void beginEntry(const neighbour* n, const neigh_table* tbl) {
  __skb_queue_head_init(&n->arp_queue);
  set(n->updated, dueJiffies());
  set(n->used, dueJiffies());
  set(n->nud_state, NUD_NONE);
  set(n->output, fn<neigh_blackhole>);
  refcount_inc(&tbl->parms.refcnt);
  set(n->parms, &tbl->parms);
  set(n->timer.function, fn<neigh_timer_handler>);
  set(n->tbl, tbl);
  refcount_set(&n->refcnt, 1);
  set(n->dead, 1);
}
static const neighbour* neigh_alloc(const neigh_table* tbl, const net_device* dev) {
  const u32 beyond = tbl->entry_size - static_cast<u32>(sizeof(neighbour)) + dev->neigh_priv_len; // key, device's own
  const auto* fresh = kzalloc<neighbour>(GFP_ATOMIC, beyond);
  if (!fresh) return nullptr;
  beginEntry(fresh, tbl);
  for (const list_head* none : {&fresh->gc_list, &fresh->managed_list}) INIT_LIST_HEAD(none);
  for (const atomic_t* counted : {&tbl->entries, &tbl->gc_entries}) atomic_inc(counted);
  return fresh;
}

// The pointer in the hash table that leads to the entries with this hash.
static const kptr<neighbour>* bucketFor(const neigh_table* tbl, const void* pkey, const net_device* dev) {
  const neigh_hash_table* nht = tbl->nht;
  u32 rnd[4];
  std::memcpy(rnd, nht->hash_rnd, sizeof rnd);
  return bucketsOf(nht) + (tbl->hash(pkey, dev, rnd) >> (32 - nht->hash_shift));
}

// A new entry is set up by its protocol (arp_constructor decides whether it needs to be resolved at all) and put in
// the table. Nothing is asked on the wire yet.
const neighbour* ___neigh_create(const neigh_table* tbl, const void* pkey, const net_device* dev, bool want_ref) {
  KFUNC(___neigh_create, tbl, pkey, dev, want_ref);
  const neighbour* n = neigh_alloc(tbl, dev);
  if (!n) return call.result(ERR_PTR<neighbour>(-ENOBUFS));
  u8 key[16];
  std::memcpy(key, pkey, tbl->key_len);
  setBytes(n->primary_key, key, tbl->key_len);
  set(n->dev, dev);
  const int refused = tbl->constructor ? tbl->constructor(n) : 0;
  if (refused < 0) {
    neigh_release(n);
    return call.result(ERR_PTR<neighbour>(refused));
  }
  set(n->confirmed, longUnconfirmed(n));
  const kptr<neighbour>* bucket = bucketFor(tbl, n->primary_key, dev);
  set(n->dead, 0);
  list_add_tail(&n->gc_list, &tbl->gc_list);
  if (want_ref) neigh_hold(n);
  set(n->next, *bucket);
  set(*bucket, n);
  NOTE("neigh.created", n, dev);
  return call.result(n);
}

const neighbour* __neigh_create(const neigh_table* tbl, const void* pkey, const net_device* dev, bool want_ref) {
  KFUNC(__neigh_create, tbl, pkey, dev, want_ref);
  return call.result(___neigh_create(tbl, pkey, dev, want_ref));
}

// The last reference is gone: whoever waited in its queue is dropped.
void neigh_destroy(const neighbour* neigh) {
  KFUNC(neigh_destroy, neigh);
  BUG_ON(!neigh->dead);
  const sk_buff_head* waiting = &neigh->arp_queue;
  while (const sk_buff* skb = __skb_dequeue(waiting)) kfree_skb(skb);
  atomic_dec_and_test(&neigh->tbl->entries);
  kfree(neigh);
}

u32 neigh_buckets(const neigh_table* tbl) { return 1u << tbl->nht->hash_shift; }
const neighbour* neigh_bucket(const neigh_table* tbl, u32 nr) { return bucketsOf(tbl->nht)[nr]; }

// ---- out of the table
static void neigh_mark_dead(const neighbour* n) {
  KFUNC(neigh_mark_dead, n);
  set(n->dead, 1);
  list_del_init(&n->gc_list);
}
static void neigh_cleanup_and_release(const neighbour* n) {
  KFUNC(neigh_cleanup_and_release, n);
  neigh_gone_notify(n);
  neigh_release(n);
}
bool neigh_remove_one(const neighbour* ndel) {
  KFUNC(neigh_remove_one, ndel);
  const kptr<neighbour>* slot = bucketFor(ndel->tbl, ndel->primary_key, ndel->dev);
  for (; *slot; slot = &(*slot)->next) {
    if (slot->get() != ndel) continue;
    if (refcount_read(&ndel->refcnt) != 1 || ndel->nud_state & NUD_VALID) break;
    set(*slot, ndel->next.get());
    neigh_mark_dead(ndel);
    neigh_cleanup_and_release(ndel);
    return call.result(true);
  }
  return call.result(false);
}

// Who still holds an entry keeps it, but as one that nobody can be reached by.
int neigh_ifdown(const neigh_table* tbl, const net_device* dev) {
  KFUNC(neigh_ifdown, tbl, dev);
  for (u32 nr = 0; nr < neigh_buckets(tbl); ++nr)
    for (const kptr<neighbour>* slot = &bucketsOf(tbl->nht)[nr]; *slot;) {
      const neighbour* n = *slot;
      if (n->dev != dev) {
        slot = &n->next;
        continue;
      }
      set(*slot, n->next.get());
      neigh_stop(n);
      neigh_mark_dead(n);
      neigh_cleanup_and_release(n);
    }
  return call.result(0);
}

const neighbour* neigh_lookup(const neigh_table* tbl, const void* pkey, const net_device* dev) {
  KFUNC(neigh_lookup, tbl, pkey, dev);
  for (const neighbour* n = *bucketFor(tbl, pkey, dev); n; n = n->next)
    if (n->dev == dev && tbl->key_eq(n, pkey)) {
      neigh_hold(n);
      return call.result(n);
    }
  return call.result<const neighbour*>(nullptr);
}

// The look-up that every packet makes: without a call through the table, without a reference.
const neighbour* __ipv4_neigh_lookup_noref(const net_device* dev, u32 key) {
  const neigh_hash_table* nht = arp_tbl->nht;
  if (dev->flags & (IFF_LOOPBACK | IFF_POINTOPOINT)) key = 0;
  const u32 hash = arp_hashfn(key, dev, nht->hash_rnd) >> (32 - nht->hash_shift);
  for (const neighbour* n = bucketsOf(nht)[hash]; n; n = n->next)
    if (n->dev == dev && !std::memcmp(n->primary_key, &key, 4)) return n;
  return nullptr;
}

const neighbour* ip_neigh_gw4(const net_device* dev, u32 daddr) {
  if (const neighbour* n = __ipv4_neigh_lookup_noref(dev, daddr)) return n;
  return __neigh_create(arp_tbl, &daddr, dev, false);
}

// Keeps the finished header in the entry, so that the next packet only copies it.
static void neigh_hh_init(const neighbour* n) {
  if (!n->hh.hh_len) n->dev->header_ops->cache(n, &n->hh, n->tbl->protocol);
}

static int hardHeader(const sk_buff* skb, const net_device* dev, u16 type, const void* daddr) {
  if (!dev->header_ops || !dev->header_ops->create) return 0;
  return dev->header_ops->create(skb, dev, type, daddr, nullptr, skb->len);
}

// The link-layer header goes before the packet, with the neighbour's address as its destination.
static int sendWithHeader(const neighbour* neigh, const sk_buff* skb) {
  if (const int others = skb_network_offset(skb))
    __skb_pull(skb, static_cast<u32>(others)); // headers from a try before
  const int made = hardHeader(skb, neigh->dev, ntohs(skb->protocol), neigh->ha);
  if (made >= 0) return dev_queue_xmit(skb);
  kfree_skb(skb);
  return -EINVAL;
}

// Sends through an entry that may have to be resolved first: then the packet waits in the entry's queue.
int neigh_resolve_output(const neighbour* neigh, const sk_buff* skb) {
  KFUNC(neigh_resolve_output, neigh, skb);
  const bool waits = neigh_event_send(neigh, skb);
  if (waits) return call.result(0);
  const bool canCache = neigh->dev->header_ops->cache && !neigh->hh.hh_len;
  if (canCache) neigh_hh_init(neigh);
  return call.result(sendWithHeader(neigh, skb));
}

int neigh_connected_output(const neighbour* neigh, const sk_buff* skb) {
  KFUNC(neigh_connected_output, neigh, skb);
  return call.result(sendWithHeader(neigh, skb));
}

int neigh_direct_output(const neighbour* neigh, const sk_buff* skb) {
  KFUNC(neigh_direct_output, neigh, skb);
  return call.result(dev_queue_xmit(skb));
}

// The header is ready in the entry: it is copied before the packet, 16 bytes at a stroke (two of them padding).
static int neigh_hh_output(const hh_cache* hh, const sk_buff* skb) {
  KFUNC(neigh_hh_output, hh, skb);
  INLINED();
  const u32 header = hh->hh_len, stroke = (header + 15) & ~15u;
  if (stroke > skb_headroom(skb)) {
    kfree_skb(skb);
    return call.result(NET_XMIT_DROP);
  }
  setBytes(skb->data - stroke, hh->hh_data, stroke);
  __skb_push(skb, header);
  return call.result(dev_queue_xmit(skb));
}

int neigh_output(const neighbour* n, const sk_buff* skb, bool skip_cache) {
  KFUNC(neigh_output, n, skb, skip_cache);
  INLINED();
  if (n->nud_state & NUD_CONNECTED && n->hh.hh_len && !skip_cache) return call.result(neigh_hh_output(&n->hh, skb));
  return call.result(n->output(n, skb));
}

} // namespace sockwalk::kernel
