// Second views of a packet: clones that share its bytes, copies that do not, and a buffer that moves to have room.
#include "engine/kernel/include/linux/netfilter/nf_conntrack_common.h"
#include "engine/kernel/include/net/dst.h"
#include "engine/kernel/net/core/skbuff_internal.h"

namespace sockwalk::kernel {

// What a copy inherits: route, control block, and the 60 bytes from the flags to the header offsets in one go.
void __copy_skb_header(const sk_buff* to, const sk_buff* old) {
  KFUNC(__copy_skb_header, to, old);
  set(to->tstamp, old->tstamp);
  set(to->dev, old->dev);
  setBytes(to->cb, old->cb, sizeof old->cb);
  set(to->_skb_refdst, old->_skb_refdst);
  if (skb_dst(old) && !skb_dst_is_noref(old)) dst_hold(skb_dst(old)); // a borrowed route stays borrowed
  if (old->_nfct) set(to->_nfct, old->_nfct);                         // a copy is of the same connection
  nf_conntrack_get(skb_nfct(old));
  set(to->queue_mapping, old->queue_mapping);
  setBytes(&to->headers, &old->headers, sizeof old->headers);
}

// A clone describes the same bytes. Both are marked, and `dataref` says how many describe them now.
static const sk_buff* __skb_clone(const sk_buff* n, const sk_buff* skb) {
  KFUNC(__skb_clone, n, skb);
  set(n->next, nullptr);
  set(n->prev, nullptr);
  set(n->sk, nullptr);
  __copy_skb_header(n, skb);
  set(n->len, skb->len);
  set(n->data_len, skb->data_len);
  set(n->mac_len, skb->mac_len);
  set(n->hdr_len, skb->nohdr ? skb_headroom(skb) : skb->hdr_len);
  set(n, sk_buff::bit::cloned, 1);
  set(n, sk_buff::bit::nohdr, 0);
  set(n, sk_buff::bit::peeked, 0);
  set(n, sk_buff::bit::pfmemalloc, skb->pfmemalloc);
  set(n, sk_buff::bit::pp_recycle, skb->pp_recycle);
  set(n->destructor, nullptr);
  set(n->_nfct, skb->_nfct);
  set(n->extensions, nullptr);
  set(n->tail, skb->tail);
  set(n->end, skb->end);
  set(n->head, skb->head);
  set(n, sk_buff::bit::head_frag, skb->head_frag);
  set(n->data, skb->data);
  set(n->truesize, skb->truesize);
  refcount_set(&n->users, 1);
  atomic_inc(&skb_shinfo(skb)->dataref);
  set(skb, sk_buff::bit::cloned, 1);
  return call.result(n);
}

const sk_buff* skb_clone(const sk_buff* skb, u32 gfp_mask) {
  KFUNC(skb_clone, skb, gfp_mask);
  const sk_buff* n;
  const auto* pair = container_of(skb, sk_buff_fclones, skb1);
  if (skb->fclone == SKB_FCLONE_ORIG && refcount_read(&pair->fclone_ref) == 1) { // the twin is free: no allocation
    n = &pair->skb2;
    refcount_set(&pair->fclone_ref, 2);
    set(n, sk_buff::bit::fclone, SKB_FCLONE_CLONE);
  } else {
    n = kmem_cache_alloc<sk_buff>(head_cache(), gfp_mask | __GFP_ZERO); // Debian clears all that is allocated
    if (!n) return call.result<const sk_buff*>(nullptr);
    set(n, sk_buff::bit::fclone, SKB_FCLONE_UNAVAILABLE);
  }
  mark(BufferMark::Cloned, n, skb);
  return call.result(__skb_clone(n, skb));
}

// `dst` lets go of what it was and becomes a clone of `src`: whoever holds it holds another packet now.
const sk_buff* skb_morph(const sk_buff* dst, const sk_buff* src) {
  KFUNC(skb_morph, dst, src);
  skb_release_all(dst);
  mark(BufferMark::Cloned, dst, src);
  return call.result(__skb_clone(dst, src));
}

// The bytes moved by `off` in their buffer, and so did everything that is counted from its beginning.
void skb_headers_offset_update(const sk_buff* skb, int off) {
  KFUNC(skb_headers_offset_update, skb, off);
  const auto moveAll = [&](std::initializer_list<const u16*> headers) {
    for (const u16* header : headers) add(*header, off);
  };
  if (skb->ip_summed == CHECKSUM_PARTIAL) add(skb->csum_start, off);
  moveAll({&skb->transport_header, &skb->network_header});
  if (skb_mac_header_was_set(skb)) add(skb->mac_header, off);
  moveAll({&skb->inner_transport_header, &skb->inner_network_header, &skb->inner_mac_header});
}

void skb_copy_header(const sk_buff* to, const sk_buff* old) {
  KFUNC(skb_copy_header, to, old);
  __copy_skb_header(to, old);
  const skb_shared_info *mine = skb_shinfo(to), *theirs = skb_shinfo(old);
  set(mine->gso_size, theirs->gso_size);
  set(mine->gso_segs, theirs->gso_segs);
  set(mine->gso_type, theirs->gso_type);
}

// Everything from the headroom on is copied, and what stood in pages stands in the new buffer's linear part.
const sk_buff* skb_copy(const sk_buff* skb, u32 gfp_mask) {
  KFUNC(skb_copy, skb, gfp_mask);
  const u32 headroom = skb_headroom(skb);
  const sk_buff* n = __alloc_skb(skb_end_offset(skb) + skb->data_len, gfp_mask, 0);
  if (!n) return call.result(n);
  skb_reserve(n, static_cast<int>(headroom));
  skb_put(n, skb->len);
  std::vector<u8> bytes(headroom + skb->len);
  BUG_ON(skb_copy_bits(skb, -static_cast<int>(headroom), bytes.data(), static_cast<int>(bytes.size())));
  setBytes(n->head, bytes.data(), static_cast<u32>(bytes.size()));
  skb_copy_header(n, skb);
  mark(BufferMark::Copied, n, skb);
  return call.result(n);
}

static void skb_clone_fraglist(const sk_buff* skb) {
  for (const sk_buff* part = skb_shinfo(skb)->frag_list; part; part = part->next) skb_get(part);
}

// A private linear part, for whoever changes headers only; the pages stay shared.
const sk_buff* __pskb_copy_fclone(const sk_buff* skb, int headroom, u32 gfp_mask, bool fclone) {
  KFUNC(__pskb_copy_fclone, skb, headroom, gfp_mask, fclone);
  const sk_buff* n =
      __alloc_skb(skb_headlen(skb) + static_cast<u32>(headroom), gfp_mask, fclone ? SKB_ALLOC_FCLONE : 0);
  if (!n) return call.result(n);
  skb_reserve(n, headroom);
  skb_put(n, skb_headlen(skb));
  setBytes(n->data, skb->data, n->len);
  add(n->truesize, skb->data_len);
  set(n->data_len, skb->data_len);
  set(n->len, skb->len);
  const skb_shared_info *from = skb_shinfo(skb), *to = skb_shinfo(n);
  if (from->nr_frags && (skb_orphan_frags(skb, gfp_mask) || skb_zerocopy_clone(n, skb, gfp_mask))) {
    kfree_skb(n);
    return call.result<const sk_buff*>(nullptr);
  }
  for (int i = 0; i < from->nr_frags; ++i) {
    setBytes(&to->frags[i], &from->frags[i], sizeof to->frags[i]);
    skb_frag_ref(skb, i);
  }
  set(to->nr_frags, from->nr_frags);
  if (from->frag_list) {
    set(to->frag_list, from->frag_list);
    skb_clone_fraglist(n);
  }
  skb_copy_header(n, skb);
  mark(BufferMark::Copied, n, skb);
  return call.result(n);
}

// The old buffer goes: at once if nobody shares it, else when its other descriptions are gone.
static void leaveOldHead(const sk_buff* skb) {
  if (!skb_cloned(skb)) {
    skb_free_head(skb);
    return;
  }
  if (skb_zcopy(skb)) net_zcopy_get(skb_uarg(skb));
  for (int i = 0; i < skb_shinfo(skb)->nr_frags; ++i) skb_frag_ref(skb, i);
  if (skb_has_frag_list(skb)) skb_clone_fraglist(skb);
  skb_release_data(skb);
}

// A new buffer with more room before or behind, and the packet in it. All pointers into the old one are stale after.
int pskb_expand_head(const sk_buff* skb, int nhead, int ntail, u32 gfp_mask) {
  KFUNC(pskb_expand_head, skb, nhead, ntail, gfp_mask);
  BUG_ON(nhead < 0);
  BUG_ON(skb_shared(skb));
  const u32 roomBefore = skb_end_offset(skb);
  u32 room = roomBefore + static_cast<u32>(nhead + ntail);
  const u8* data = kmalloc_reserve(room, gfp_mask);
  if (!data) return call.result(-ENOMEM);
  room = SKB_WITH_OVERHEAD(room);
  const skb_shared_info* shinfo = skb_shinfo(skb);
  setBytes(data + nhead, skb->head, skb->tail);
  setBytes(data + room, shinfo, offsetof(skb_shared_info, frags) + shinfo->nr_frags * u32(sizeof(bio_vec)));
  const u32 headroom = skb_headroom(skb);
  leaveOldHead(skb);
  set(skb->head, data);
  set(skb, sk_buff::bit::head_frag, 0);
  set(skb->data, data + nhead + headroom);
  set(skb->end, room);
  add(skb->tail, nhead);
  skb_headers_offset_update(skb, nhead);
  set(skb, sk_buff::bit::cloned, 0);
  set(skb->hdr_len, 0);
  set(skb, sk_buff::bit::nohdr, 0);
  atomic_set(&skb_shinfo(skb)->dataref, 1);
  set(skb_shinfo(skb)->meta_len, 0);
  if (!skb->sk) add(skb->truesize, room - roomBefore); // an owner has this size on his account: leave it
  return call.result(0);
}

// Another packet with the same bytes and at least so much headroom; the old one stays as it is. If there is enough,
// only the linear part is copied, so that headers can be written; else the copy's buffer moves to a larger one.
const sk_buff* skb_realloc_headroom(const sk_buff* skb, u32 headroom) {
  KFUNC(skb_realloc_headroom, skb, headroom);
  const u32 present = skb_headroom(skb);
  if (present >= headroom) return call.result(__pskb_copy_fclone(skb, static_cast<int>(present), GFP_ATOMIC, false));
  const auto missing = static_cast<int>(SKB_DATA_ALIGN(headroom - present));
  const sk_buff* roomier = skb_clone(skb, GFP_ATOMIC);
  const bool failed = roomier && pskb_expand_head(roomier, missing, 0, GFP_ATOMIC);
  if (failed) kfree_skb(roomier);
  return call.result(failed ? nullptr : roomier);
}

// Tailroom of the packet's own, behind all its bytes in one piece.
static int makeTailroom(const sk_buff* skb, int bytes) {
  const int present = static_cast<int>(skb->end - skb->tail);
  const int missing = std::max(static_cast<int>(skb->data_len) + bytes - present, 0);
  if (missing || skb_cloned(skb))
    if (const int err = pskb_expand_head(skb, 0, missing, GFP_ATOMIC)) return err;
  return skb_linearize(skb);
}

// Zeros behind the packet, not counted in its length: Ethernet's shortest frame is 60 bytes, and what lies behind a
// shorter one must not leak out.
int __skb_pad(const sk_buff* skb, int pad, bool free_on_error) {
  KFUNC(__skb_pad, skb, pad, free_on_error);
  const auto zeros = static_cast<u32>(pad);
  const bool fits = !skb_cloned(skb) && skb_tailroom(skb) >= zeros;
  const int err = fits ? 0 : makeTailroom(skb, pad);
  if (!err) fillBytes(skb->data + skb->len, 0, zeros);
  else if (free_on_error) kfree_skb(skb);
  return call.result(err);
}

// The first bytes in one piece and nobody else's: a clone that only looks at the payload (hdr_len) does not mind.
int skb_ensure_writable(const sk_buff* skb, u32 write_len) {
  KFUNC(skb_ensure_writable, skb, write_len);
  if (!pskb_may_pull(skb, write_len)) return call.result(-ENOMEM);
  const bool onlyHeaders = skb->hdr_len && skb_headroom(skb) + write_len <= skb->hdr_len;
  const bool writable = !skb_cloned(skb) || onlyHeaders;
  return call.result(writable ? 0 : pskb_expand_head(skb, 0, 0, GFP_ATOMIC));
}

} // namespace sockwalk::kernel
