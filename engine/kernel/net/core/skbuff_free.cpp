// The end of an sk_buff: route and owner let go, then the buffer when its last sharer leaves, then the structure.
#include "engine/kernel/include/linux/netfilter/nf_conntrack_common.h"
#include "engine/kernel/include/net/dst.h"
#include "engine/kernel/net/core/skbuff_internal.h"
#include "engine/memory/constants/skbuff.h"

namespace sockwalk::kernel {

// Structures that NAPI keeps at hand: taken 16 at a time, given back 32 at a time.
static Global<kptr<sk_buff>[NAPI_SKB_CACHE_SIZE]> skb_cache { "napi_alloc_cache.skb_cache" };
static Global<u32[1]> skb_count{"napi_alloc_cache.skb_count"};

const sk_buff* napi_skb_cache_get() {
  KFUNC(napi_skb_cache_get);
  if (!skb_count[0]) {
    for (u32 n = 0; n < NAPI_SKB_CACHE_BULK; ++n) {
      const sk_buff* skb = kmem_cache_alloc<sk_buff>(head_cache(), GFP_ATOMIC | __GFP_BULK);
      if (!skb) break;
      set(skb_cache[skb_count[0]], skb);
      add(skb_count[0], 1);
    }
    if (!skb_count[0]) return call.result<const sk_buff*>(nullptr);
  }
  sub(skb_count[0], 1);
  return call.result(skb_cache[skb_count[0]].get());
}

void napi_skb_cache_put(const sk_buff* skb) {
  set(skb_cache[skb_count[0]], skb);
  add(skb_count[0], 1);
  if (skb_count[0] < NAPI_SKB_CACHE_SIZE) return;
  for (u32 i = NAPI_SKB_CACHE_HALF; i < NAPI_SKB_CACHE_SIZE; ++i) kmem_cache_free(skb_cache[i].get());
  set(skb_count[0], NAPI_SKB_CACHE_HALF);
}

void skb_free_head(const sk_buff* skb) {
  KFUNC(skb_free_head, skb);
  if (skb->head_frag) skb_free_frag(skb->head);
  else kfree(skb->head);
}

// `dataref` counts who shares the bytes: its low half everybody, its high half those who only need the payload.
void skb_release_data(const sk_buff* skb) {
  KFUNC(skb_release_data, skb);
  const skb_shared_info* shinfo = skb_shinfo(skb);
  constexpr int sharer = 1, payloadOnly = 1 << SKB_DATAREF_SHIFT;
  const int mine = skb->nohdr ? sharer + payloadOnly : sharer;
  const bool othersLeft = skb->cloned && atomic_add_return(-mine, &shinfo->dataref);
  if (othersLeft) return;
  skb_zcopy_clear(skb, true); // pages of a program: it is told when nobody uses them any more
  for (int i = 0; i < shinfo->nr_frags; ++i) put_page(shinfo->frags[i].bv_page);
  const sk_buff* part = shinfo->frag_list;
  while (part) { // kfree_skb_list(), inlined
    const sk_buff* rest = part->next;
    kfree_skb(part);
    part = rest;
  }
  skb_free_head(skb);
}

// Of an fclone pair the memory goes when neither of the two is in use.
void kfree_skbmem(const sk_buff* skb) {
  KFUNC(kfree_skbmem, skb);
  if (skb->fclone == SKB_FCLONE_UNAVAILABLE) {
    kmem_cache_free(skb);
    return;
  }
  const sk_buff_fclones* pair = skb->fclone == SKB_FCLONE_ORIG ? container_of(skb, sk_buff_fclones, skb1)
                                                               : container_of(skb, sk_buff_fclones, skb2);
  if (refcount_dec_and_test(&pair->fclone_ref)) kmem_cache_free(pair);
}

// Route and owner: a sent packet gives its bytes back to the socket's send budget here, by its destructor.
void skb_release_head_state(const sk_buff* skb) {
  KFUNC(skb_release_head_state, skb);
  SIMPLIFIED("extensions are not kept");
  skb_dst_drop(skb);
  if (skb->destructor) skb->destructor(skb);
  if (skb->_nfct) nf_conntrack_put(skb_nfct(skb));
}

void skb_release_all(const sk_buff* skb) {
  KFUNC(skb_release_all, skb);
  INLINED();
  mark(BufferMark::Released, skb);
  skb_release_head_state(skb);
  if (skb->head) skb_release_data(skb);
}

// What the compiler makes of __kfree_skb() inside this file: the same without a call of its own.
static void freeInOneGo(const sk_buff* skb) {
  skb_release_all(skb);
  kfree_skbmem(skb);
}

void __kfree_skb(const sk_buff* skb) {
  KFUNC(__kfree_skb, skb);
  freeInOneGo(skb);
}

void kfree_skb_reason(const sk_buff* skb, skb_drop_reason reason) {
  KFUNC(kfree_skb_reason, skb, reason);
  if (!skb_unref(skb)) return;
  recorder().drop(Arena::offsetOf(skb), static_cast<u16>(reason));
  freeInOneGo(skb);
}

void kfree_skb(const sk_buff* skb) {
  KFUNC(kfree_skb, skb);
  INLINED();
  kfree_skb_reason(skb, SKB_DROP_REASON_NOT_SPECIFIED);
}

void kfree_skb_list_reason(const sk_buff* segs, skb_drop_reason reason) {
  KFUNC(kfree_skb_list_reason, segs, reason);
  for (const sk_buff *skb = segs, *rest; skb; skb = rest) {
    rest = skb->next;
    kfree_skb_reason(skb, reason);
  }
}

void consume_skb(const sk_buff* skb) {
  KFUNC(consume_skb, skb);
  if (skb_unref(skb)) freeInOneGo(skb);
}
// A name out of times when nobody asked why a packet is freed: it is no drop.
void dev_kfree_skb(const sk_buff* skb) {
  KFUNC(dev_kfree_skb, skb);
  INLINED();
  consume_skb(skb);
}

// For a packet that has already let go of its route and its owner.
void __consume_stateless_skb(const sk_buff* skb) {
  KFUNC(__consume_stateless_skb, skb);
  mark(BufferMark::Released, skb);
  skb_release_data(skb);
  kfree_skbmem(skb);
}

void __kfree_skb_defer(const sk_buff* skb) {
  KFUNC(__kfree_skb_defer, skb);
  skb_release_all(skb);
  napi_skb_cache_put(skb);
}

// GRO took the bytes of this packet into another one: only the structure is left.
void napi_skb_free_stolen_head(const sk_buff* skb) {
  KFUNC(napi_skb_free_stolen_head, skb);
  mark(BufferMark::Released, skb);
  if (skb->slow_gro) {
    skb_dst_drop(skb);
    skb_orphan(skb);
    set(skb, sk_buff::bit::slow_gro, 0);
  }
  napi_skb_cache_put(skb);
}

// A driver's way to let go of a packet that was sent: inside a poll the structure goes back to NAPI's stock.
void napi_consume_skb(const sk_buff* skb, int budget) {
  KFUNC(napi_consume_skb, skb, budget);
  if (!budget) {
    consume_skb(skb);
    return;
  }
  if (!skb_unref(skb)) return;
  if (skb->fclone != SKB_FCLONE_UNAVAILABLE) {
    freeInOneGo(skb);
    return;
  }
  skb_release_all(skb);
  napi_skb_cache_put(skb);
}

void kfree_skb_partial(const sk_buff* skb, bool head_stolen) {
  KFUNC(kfree_skb_partial, skb, head_stolen);
  if (!head_stolen) {
    freeInOneGo(skb);
    return;
  }
  mark(BufferMark::Released, skb);
  skb_release_head_state(skb);
  kmem_cache_free(skb);
}

// On a machine with more processors the packet would go back to the one that allocated it; here that is always this.
void skb_attempt_defer_free(const sk_buff* skb) {
  KFUNC(skb_attempt_defer_free, skb);
  SIMPLIFIED("one processor: nothing is ever left to another one to free");
  mark(BufferMark::Released, skb);
  skb_release_head_state(skb); // what __kfree_skb() does, without the call
  skb_release_data(skb);
  kfree_skbmem(skb);
}

void skb_tx_error(const sk_buff* skb) { KFUNC(skb_tx_error, skb); }

} // namespace sockwalk::kernel
