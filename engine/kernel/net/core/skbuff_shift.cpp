// Bytes move from one buffer to the one before it without being copied: page fragments change their owner. TCP joins
// segments so that the peer has reported, to have fewer to look after.
#include "engine/kernel/include/linux/skbuff.h"

namespace sockwalk::kernel {

static bool skb_can_coalesce(const sk_buff* skb, int i, const bio_vec* next) { // `next` continues the last fragment
  if (!i) return false;
  const bio_vec* last = &skb_shinfo(skb)->frags[i - 1];
  return last->bv_page.value == next->bv_page.value && last->bv_offset + last->bv_len == next->bv_offset;
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
static bool moveFrags(const sk_buff* tgt, const sk_buff* skb, int* from, int* to, int todo) {
  const skb_shared_info *source = skb_shinfo(skb), *target = skb_shinfo(tgt);
  while (todo > 0 && *from < source->nr_frags) {
    if (*to == static_cast<int>(MAX_SKB_FRAGS)) return false;
    const bio_vec *fragfrom = &source->frags[*from], *fragto = &target->frags[*to];
    setBytes(fragto, fragfrom, sizeof *fragto);
    ++*to;
    if (todo >= static_cast<int>(fragfrom->bv_len)) {
      todo -= static_cast<int>(fragfrom->bv_len);
      ++*from;
      continue;
    }
    get_page(fragfrom->bv_page);
    set(fragto->bv_len, todo);
    cutFront(fragfrom, static_cast<u32>(todo));
    todo = 0;
  }
  return true;
}

// `shiftlen` bytes from the front of `skb` to the end of `tgt`. Gives them, or 0 if it cannot be done.
int skb_shift(const sk_buff* tgt, const sk_buff* skb, int shiftlen) {
  KFUNC(skb_shift, tgt, skb, shiftlen);
  BUG_ON(shiftlen > static_cast<int>(skb->len));
  if (skb_headlen(skb) || !skb_shinfo(skb)->nr_frags) return call.result(0);
  int todo = shiftlen, from = 0, to = skb_shinfo(tgt)->nr_frags;
  const bool merge = skb_can_coalesce(tgt, to, &skb_shinfo(skb)->frags[0]);
  const int first = static_cast<int>(skb_shinfo(skb)->frags[0].bv_len);
  const bool only_merged = merge && todo < first;
  if (merge && !only_merged) {
    todo -= first;
    ++from;
  }
  const bool whole = shiftlen == static_cast<int>(skb->len);
  if (!only_merged && whole && skb_shinfo(skb)->nr_frags - from > static_cast<int>(MAX_SKB_FRAGS) - to)
    return call.result(0);
  if (skb_prepare_for_shift(skb) || skb_prepare_for_shift(tgt)) return call.result(0);
  const skb_shared_info *source = skb_shinfo(skb), *target = skb_shinfo(tgt);
  if (only_merged) {
    add(target->frags[to - 1].bv_len, static_cast<u32>(shiftlen));
    cutFront(&source->frags[0], static_cast<u32>(shiftlen));
  } else {
    const int last = to - 1;
    if (!moveFrags(tgt, skb, &from, &to, todo)) return call.result(0);
    set(target->nr_frags, to);
    if (merge) {
      add(target->frags[last].bv_len, static_cast<u32>(first));
      put_page(source->frags[0].bv_page);
    }
    int left = 0;
    while (from < source->nr_frags) setBytes(&source->frags[left++], &source->frags[from++], sizeof(bio_vec));
    set(source->nr_frags, left);
  }
  set(tgt, sk_buff::bit::ip_summed, CHECKSUM_PARTIAL);
  set(skb, sk_buff::bit::ip_summed, CHECKSUM_PARTIAL);
  set(target->flags, target->flags | (source->flags & SKBFL_SHARED_FRAG));
  skb_len_add(skb, -shiftlen);
  skb_len_add(tgt, shiftlen);
  return call.result(shiftlen);
}

} // namespace sockwalk::kernel
