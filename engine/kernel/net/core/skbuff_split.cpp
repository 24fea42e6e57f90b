#include "engine/kernel/net/core/skbuff_internal.h"
// One buffer becomes two, without moving bytes that stand in pages: page fragments change hands, and one that is cut
// in its middle gets a second reference.

namespace sockwalk::kernel {

static void moveFrag(const sk_buff* to, int at, const bio_vec* frag) {
  __skb_fill_page_desc(to, at, frag->bv_page, static_cast<int>(frag->bv_offset), static_cast<int>(skb_frag_size(frag)));
}

// The cut is in the linear part: its end is copied, all fragments go.
static void skb_split_inside_header(const sk_buff* skb, const sk_buff* skb1, u32 len, u32 pos) {
  const skb_shared_info *from = skb_shinfo(skb), *to = skb_shinfo(skb1);
  const u8* room = skb_put(skb1, pos - len);
  setBytes(room, skb->data + len, pos - len);
  for (int i = 0; i < from->nr_frags; ++i) moveFrag(skb1, i, &from->frags[i]);
  set(to->nr_frags, from->nr_frags);
  set(from->nr_frags, 0);
  set(skb1->data_len, skb->data_len);
  add(skb1->len, skb1->data_len);
  set(skb->data_len, 0);
  set(skb->len, len);
  skb_set_tail_pointer(skb, len);
}

// The cut is behind it, at `len`; the fragments begin at `pos`.
static void skb_split_no_header(const sk_buff* skb, const sk_buff* skb1, u32 len, u32 pos) {
  const skb_shared_info *from = skb_shinfo(skb), *to = skb_shinfo(skb1);
  const int all = from->nr_frags;
  const u32 behind = skb->len - len;
  int kept = 0, moved = 0;
  set(skb1->len, behind);
  set(skb1->data_len, behind);
  set(skb->len, len);
  set(skb->data_len, len - pos);
  u32 begin = pos;
  for (int i = 0; i < all; ++i) {
    const bio_vec* piece = &from->frags[i];
    const u32 end = begin + skb_frag_size(piece);
    const bool goes = end > len, cut = goes && begin < len;
    if (goes) moveFrag(skb1, moved, piece);
    if (cut) { // both have a part of the page
      const u32 stays = len - begin;
      skb_frag_ref(skb, i);
      add(to->frags[0].bv_offset, stays);
      sub(to->frags[0].bv_len, stays);
      set(piece->bv_len, stays);
    }
    moved += goes;
    kept += !goes || cut;
    begin = end;
  }
  set(from->nr_frags, kept);
  set(to->nr_frags, moved);
}

// `skb` keeps its first `len` bytes, the empty `skb1` gets the rest.
void skb_split(const sk_buff* skb, const sk_buff* skb1, u32 len) {
  KFUNC(skb_split, skb, skb1, len);
  constexpr u8 inherited = SKBFL_SHARED_FRAG | SKBFL_PURE_ZEROCOPY;
  const u32 linear = skb_headlen(skb);
  const skb_shared_info *ours = skb_shinfo(skb), *theirs = skb_shinfo(skb1);
  set(theirs->flags, theirs->flags | (ours->flags & inherited));
  skb_zerocopy_clone(skb1, skb, 0);
  if (len < linear) skb_split_inside_header(skb, skb1, len, linear);
  else skb_split_no_header(skb, skb1, len, linear);
  mark(BufferMark::Split, skb1, skb);
}

// Bytes of a page behind those that the packet has, by reference.
int skb_append_pagefrags(const sk_buff* skb, const page* page, int offset, u64 size) {
  KFUNC(skb_append_pagefrags, skb, page, offset, size);
  const int slot = skb_shinfo(skb)->nr_frags;
  if (slot && skb_can_coalesce(skb, slot, page, static_cast<u32>(offset))) {
    add(skb_shinfo(skb)->frags[slot - 1].bv_len, static_cast<u32>(size));
    return call.result(0);
  }
  if (slot >= static_cast<int>(MAX_SKB_FRAGS)) return call.result(-EMSGSIZE);
  get_page(page);
  skb_fill_page_desc(skb, slot, page, offset, static_cast<int>(size));
  return call.result(0);
}

} // namespace sockwalk::kernel
