// Bytes move from one buffer to the one before it without being copied: page fragments change their owner. TCP joins
// segments so that the peer has reported, to have fewer to look after.
#include "engine/kernel/include/linux/skbuff.h"

namespace sockwalk::kernel {

// `next` goes on in the page where the last fragment (of `i`) ends.
static bool skb_can_coalesce(const sk_buff* skb, int i, const bio_vec* next) {
  if (i == 0) return false;
  const bio_vec& last = skb_shinfo(skb)->frags[i - 1];
  const u32 end = last.bv_offset + last.bv_len;
  return next->bv_page.value == last.bv_page.value && next->bv_offset == end;
}
static int skb_prepare_for_shift(const sk_buff* skb) { return skb_unclone(skb, GFP_ATOMIC); }
static void skb_len_add(const sk_buff* skb, int delta) {
  set(skb->len, static_cast<s32>(skb->len) + delta);
  set(skb->data_len, static_cast<s32>(skb->data_len) + delta);
  set(skb->truesize, static_cast<s32>(skb->truesize) + delta);
}
static void cutFront(const bio_vec* frag, u32 bytes) {
  add(frag->bv_offset, bytes);
  sub(frag->bv_len, bytes);
}

// Moves whole fragments, and a part of the last, behind those that `tgt` has. False: no room for all.
static bool moveFrags(const sk_buff* tgt, const sk_buff* skb, int* from, int* to, int bytes) {
  const skb_shared_info *source = skb_shinfo(skb), *target = skb_shinfo(tgt);
  for (; bytes > 0 && *from < source->nr_frags; ++*to) {
    if (*to == static_cast<int>(MAX_SKB_FRAGS)) return false;
    const bio_vec *old = &source->frags[*from], *fresh = &target->frags[*to];
    setBytes(fresh, old, sizeof *fresh);
    const int size = static_cast<int>(old->bv_len);
    if (bytes >= size) {
      ++*from;
    } else { // the page belongs to both from here on
      get_page(old->bv_page);
      set(fresh->bv_len, bytes);
      cutFront(old, static_cast<u32>(bytes));
    }
    bytes -= std::min(bytes, size);
  }
  return true;
}

// The front fragment of `skb` goes on where the last one of `tgt` ends: that one becomes longer, and the page needs no
// second reference.
static void joinFront(const sk_buff* tgt, int last, const bio_vec* front) {
  add(skb_shinfo(tgt)->frags[last].bv_len, front->bv_len);
  put_page(front->bv_page);
}
static void closeGap(const skb_shared_info* source, int from) {
  int kept = 0;
  for (int i = from; i < source->nr_frags; ++i, ++kept)
    setBytes(&source->frags[kept], &source->frags[i], sizeof(bio_vec));
  set(source->nr_frags, kept);
}

// `shiftlen` bytes from the front of `skb` to the end of `tgt`. Gives them, or 0 if it cannot be done.
int skb_shift(const sk_buff* tgt, const sk_buff* skb, int shiftlen) {
  KFUNC(skb_shift, tgt, skb, shiftlen);
  BUG_ON(shiftlen > static_cast<int>(skb->len));
  const int frags = skb_shinfo(skb)->nr_frags, slot = skb_shinfo(tgt)->nr_frags;
  if (skb_headlen(skb) || !frags) return call.result(0); // only pages can change hands
  const bio_vec* first = &skb_shinfo(skb)->frags[0];
  const int firstBytes = static_cast<int>(first->bv_len);
  const bool joins = skb_can_coalesce(tgt, slot, first);
  const bool partOfFirst = joins && shiftlen < firstBytes, wholeFirst = joins && !partOfFirst;
  int from = wholeFirst ? 1 : 0, to = slot; // what joins needs no slot of its own
  const bool all = shiftlen == static_cast<int>(skb->len);
  const bool enoughSlots = partOfFirst || !all || frags - from <= static_cast<int>(MAX_SKB_FRAGS) - slot;
  if (!enoughSlots || skb_prepare_for_shift(skb) || skb_prepare_for_shift(tgt)) return call.result(0);

  const skb_shared_info *source = skb_shinfo(skb), *target = skb_shinfo(tgt); // where they stand now
  if (partOfFirst) {
    add(target->frags[slot - 1].bv_len, static_cast<u32>(shiftlen));
    cutFront(&source->frags[0], static_cast<u32>(shiftlen));
  } else {
    if (!moveFrags(tgt, skb, &from, &to, wholeFirst ? shiftlen - firstBytes : shiftlen)) return call.result(0);
    set(target->nr_frags, to);
    if (wholeFirst) joinFront(tgt, slot - 1, &source->frags[0]);
    closeGap(source, from);
  }
  for (const sk_buff* changed : {tgt, skb}) set(changed, sk_buff::bit::ip_summed, CHECKSUM_PARTIAL);
  set(target->flags, target->flags | (source->flags & SKBFL_SHARED_FRAG));
  skb_len_add(skb, -shiftlen);
  skb_len_add(tgt, shiftlen);
  return call.result(shiftlen);
}

} // namespace sockwalk::kernel
