// Reaching the bytes wherever they stand: linear part, page fragments, list of further buffers.
#include "engine/kernel/net/core/skbuff_internal.h"

namespace sockwalk::kernel {

// Calls visit(address, length) for each piece of the packet from `offset` on; a negative offset reaches the headroom.
// False if the packet ends before `len` bytes are through.
template <class F> static bool forEachPiece(const sk_buff* skb, int offset, int len, const F& visit) {
  const auto piece = [&](const u8* at, int start, int size) {
    if (len <= 0 || offset >= start + size) return;
    const int n = std::min(start + size - offset, len);
    visit(at + (offset - start), n);
    offset += n;
    len -= n;
  };
  int start = static_cast<int>(skb_headlen(skb));
  piece(skb->data, 0, start);
  const skb_shared_info* shinfo = skb_shinfo(skb);
  for (int i = 0; i < shinfo->nr_frags && len > 0; ++i) {
    const int size = static_cast<int>(skb_frag_size(&shinfo->frags[i]));
    piece(skb_frag_address(&shinfo->frags[i]), start, size);
    start += size;
  }
  for (const sk_buff* part = shinfo->frag_list; part && len > 0; part = part->next) {
    const int end = start + static_cast<int>(part->len);
    if (offset < end) {
      const int n = std::min(end - offset, len);
      if (!forEachPiece(part, offset - start, n, visit)) return false;
      offset += n;
      len -= n;
    }
    start = end;
  }
  return len <= 0;
}

static bool insidePacket(const sk_buff* skb, int offset, int len) {
  return len >= 0 && offset >= -static_cast<int>(skb_headroom(skb)) && s64(offset) + len <= s64(skb->len);
}

int skb_copy_bits(const sk_buff* skb, int offset, void* to, int len) {
  KFUNC(skb_copy_bits, skb, offset, to, len);
  if (!insidePacket(skb, offset, len)) return call.result(-EFAULT);
  u8* at = static_cast<u8*>(to);
  int pos = static_cast<int>(skb_headlen(skb));
  for (int i = 0; i < skb_shinfo(skb)->nr_frags; ++i)
    pos += static_cast<int>(skb_frag_size(&skb_shinfo(skb)->frags[i]));
  const int own = std::clamp(pos - offset, 0, len);
  if (own)
    forEachPiece(skb, offset, own, [&](const u8* from, int n) {
      std::memcpy(at, from, static_cast<size_t>(n));
      at += n;
    });
  offset += own, len -= own;
  for (const sk_buff* part = skb_shinfo(skb)->frag_list; part && len; part = part->next) { // each is a packet in itself
    const int n = std::clamp(pos + static_cast<int>(part->len) - offset, 0, len);
    if (n) skb_copy_bits(part, offset - pos, at, n);
    at += n, offset += n, len -= n, pos += static_cast<int>(part->len);
  }
  return call.result(0);
}

int skb_store_bits(const sk_buff* skb, int offset, const void* from, int len) {
  KFUNC(skb_store_bits, skb, offset, from, len);
  if (!insidePacket(skb, offset, len)) return call.result(-EFAULT);
  const u8* at = static_cast<const u8*>(from);
  forEachPiece(skb, offset, len, [&](const u8* to, int n) {
    setBytes(to, at, static_cast<u32>(n));
    at += n;
  });
  return call.result(0);
}

// Each piece is summed where it stands; a piece that begins at an odd place of the packet is turned by a byte.
u32 __skb_checksum(const sk_buff* skb, int offset, int len, u32 csum) {
  KFUNC(__skb_checksum, skb, offset, len, csum);
  int pos = 0;
  forEachPiece(skb, offset, len, [&](const u8* from, int n) {
    csum = pos ? csum_block_add(csum, csum_partial(from, n, 0), pos) : csum_partial(from, n, csum);
    pos += n;
  });
  return call.result(csum);
}

u32 skb_checksum(const sk_buff* skb, int offset, int len, u32 csum) {
  KFUNC(skb_checksum, skb, offset, len, csum);
  return call.result(__skb_checksum(skb, offset, len, csum));
}

u32 skb_copy_and_csum_bits(const sk_buff* skb, int offset, const u8* to, int len) {
  KFUNC(skb_copy_and_csum_bits, skb, offset, to, len);
  u32 csum = 0;
  int pos = 0;
  forEachPiece(skb, offset, len, [&](const u8* from, int n) {
    setBytes(to + pos, from, static_cast<u32>(n));
    csum = csum_block_add(csum, csum_partial_quiet(from, n, 0), pos);
    pos += n;
  });
  return call.result(csum);
}

static u16 checksumComplete(const sk_buff* skb, int len) {
  const u16 sum = csum_fold(__skb_checksum(skb, 0, len, skb->csum));
  if (!sum && skb->ip_summed == CHECKSUM_COMPLETE && !skb->csum_complete_sw)
    set(skb, sk_buff::bit::csum_complete_sw, 1);
  if (!skb_shared(skb)) set(skb, sk_buff::bit::csum_valid, !sum);
  return sum;
}

// Reads the whole packet to prove or disprove its checksum; skb->csum already holds the pseudo header's sum.
u16 __skb_checksum_complete(const sk_buff* skb) {
  KFUNC(__skb_checksum_complete, skb);
  const u32 csum = __skb_checksum(skb, 0, static_cast<int>(skb->len), 0);
  const u16 sum = csum_fold(csum_add(skb->csum, csum));
  if (!skb_shared(skb)) {
    set(skb->csum, csum); // from here on the sum of the whole packet is known
    set(skb, sk_buff::bit::ip_summed, CHECKSUM_COMPLETE);
    set(skb, sk_buff::bit::csum_complete_sw, 1);
    set(skb, sk_buff::bit::csum_valid, !sum);
  }
  NOTE("checksum.verified", skb->len, sum == 0);
  return call.result(sum);
}
u16 __skb_checksum_complete_head(const sk_buff* skb, int len) {
  KFUNC(__skb_checksum_complete_head, skb, len);
  return call.result(checksumComplete(skb, len));
}

u16 __skb_checksum_validate(const sk_buff* skb, int, bool complete, bool zero_okay, u16 check, u32 pseudo) {
  set(skb, sk_buff::bit::csum_valid, 0);
  if (skb_csum_unnecessary(skb) || (zero_okay && !check)) { // known to be right, or UDP that does without
    set(skb, sk_buff::bit::csum_valid, 1);
    if (skb->ip_summed == CHECKSUM_UNNECESSARY) { // this promise was for one header, and is used up
      if (skb->csum_level) set(skb, sk_buff::bit::csum_level, skb->csum_level - 1);
      else set(skb, sk_buff::bit::ip_summed, CHECKSUM_NONE);
    }
    return 0;
  }
  if (skb->ip_summed == CHECKSUM_COMPLETE && !csum_fold(csum_add(pseudo, skb->csum))) {
    set(skb, sk_buff::bit::csum_valid, 1);
    return 0;
  }
  set(skb->csum, pseudo);
  if (!complete && static_cast<int>(skb->len) > CHECKSUM_BREAK) return 0; // when it is copied to the reader
  return __skb_checksum_complete(skb);
}

void skb_postpull_rcsum(const sk_buff* skb, const void* start, u32 len) {
  if (skb->ip_summed == CHECKSUM_COMPLETE) {
    set(skb->csum, csum_sub(skb->csum, csum_partial(start, static_cast<int>(len), 0)));
  } else if (skb->ip_summed == CHECKSUM_PARTIAL && skb_checksum_start_offset(skb) < 0) {
    set(skb, sk_buff::bit::ip_summed, CHECKSUM_NONE);
  }
}
void skb_postpush_rcsum(const sk_buff* skb, const void* start, u32 len) {
  if (skb->ip_summed != CHECKSUM_COMPLETE) return;
  set(skb->csum, csum_block_add(csum_partial(start, static_cast<int>(len), 0), skb->csum, static_cast<int>(len)));
}

void skb_add_rx_frag(const sk_buff* skb, int i, const page* page, int off, int size, u32 truesize) {
  KFUNC(skb_add_rx_frag, skb, i, page, off, size, truesize);
  skb_fill_page_desc(skb, i, page, off, size);
  add(skb->len, size);
  add(skb->data_len, size);
  add(skb->truesize, truesize);
}

// ---- moving between the linear part and the rest
// Drops the first `eat` bytes behind the linear part, which have been copied into it.
static const sk_buff* eatList(const sk_buff* skb, u32 eat) {
  const skb_shared_info* shinfo = skb_shinfo(skb);
  while (eat) {
    const sk_buff* part = shinfo->frag_list;
    if (part->len > eat) return pskb_pull(part, eat) ? skb : nullptr;
    eat -= part->len;
    set(shinfo->frag_list, part->next);
    set(part->next, nullptr);
    consume_skb(part);
  }
  return skb;
}
static u32 eatPages(const sk_buff* skb, u32 eat) { // gives what remains to be eaten from the list
  const skb_shared_info* shinfo = skb_shinfo(skb);
  int kept = 0;
  for (int i = 0; i < shinfo->nr_frags; ++i) {
    const bio_vec *from = &shinfo->frags[i], *to = &shinfo->frags[kept];
    if (from->bv_len <= eat) {
      eat -= from->bv_len;
      skb_frag_unref(skb, i);
      continue;
    }
    if (i != kept) setBytes(to, from, sizeof *to);
    if (eat) add(to->bv_offset, eat), sub(to->bv_len, eat);
    eat = 0;
    ++kept;
  }
  set(shinfo->nr_frags, kept);
  return eat;
}

// Copies `delta` bytes from behind into the linear part: a header must stand in one piece to be read. If there is no
// room, or clones look at the buffer, it moves to a new one first.
const u8* __pskb_pull_tail(const sk_buff* skb, int delta) {
  KFUNC(__pskb_pull_tail, skb, delta);
  SIMPLIFIED("a list of buffers is changed in place even if another clone holds a part of it");
  const int missing = static_cast<int>(skb->tail) + delta - static_cast<int>(skb->end);
  if (missing > 0 || skb_cloned(skb))
    if (pskb_expand_head(skb, 0, missing > 0 ? missing + 128 : 0, GFP_ATOMIC)) return call.result<const u8*>(nullptr);
  std::vector<u8> bytes(static_cast<size_t>(delta));
  BUG_ON(skb_copy_bits(skb, static_cast<int>(skb_headlen(skb)), bytes.data(), delta));
  setBytes(skb_tail_pointer(skb), bytes.data(), static_cast<u32>(delta));
  const u32 rest = eatPages(skb, static_cast<u32>(delta));
  if (rest && !eatList(skb, rest)) return call.result<const u8*>(nullptr);
  add(skb->tail, delta);
  sub(skb->data_len, delta);
  return call.result(skb_tail_pointer(skb));
}

// Cuts a packet that is not all in one piece down to its first `len` bytes.
int ___pskb_trim(const sk_buff* skb, u32 len) {
  KFUNC(___pskb_trim, skb, len);
  if (skb_cloned(skb))
    if (const int err = pskb_expand_head(skb, 0, 0, GFP_ATOMIC)) return call.result(err);
  const skb_shared_info* shinfo = skb_shinfo(skb);
  u32 offset = skb_headlen(skb);
  int kept = 0;
  for (int i = 0; i < shinfo->nr_frags; ++i) {
    const u32 size = skb_frag_size(&shinfo->frags[i]);
    if (offset >= len) skb_frag_unref(skb, i);
    else if (kept = i + 1, offset + size > len) set(shinfo->frags[i].bv_len, len - offset);
    offset += size;
  }
  set(shinfo->nr_frags, kept);
  const kptr<sk_buff>* link = &shinfo->frag_list;
  for (const sk_buff* part = *link; part; part = *link) {
    if (offset >= len) {
      set(*link, nullptr);
      kfree_skb_list(part);
      break;
    }
    offset += part->len;
    if (offset > len)
      if (const int err = pskb_trim(part, part->len - (offset - len))) return call.result(err);
    link = &part->next;
  }
  const u32 headlen = skb_headlen(skb);
  if (len > headlen) {
    sub(skb->data_len, skb->len - len);
    set(skb->len, len);
  } else {
    set(skb->len, len);
    set(skb->data_len, 0);
    skb_set_tail_pointer(skb, len);
  }
  if (!skb->sk) skb_condense(skb);
  return call.result(0);
}

// A packet whose rest in pages would fit into the linear part is pulled together, so that a socket is not charged for
// pages that hold a few bytes.
void skb_condense(const sk_buff* skb) {
  KFUNC(skb_condense, skb);
  if (skb->data_len) {
    if (skb->data_len > skb->end - skb->tail || skb_cloned(skb)) return;
    __pskb_pull_tail(skb, static_cast<int>(skb->data_len));
  }
  set(skb->truesize, SKB_TRUESIZE(skb_end_offset(skb)));
}

// The pages (or the page-backed linear part) of `from` become fragments of `to`: two packets in a queue become one
// without copying, or by copying if the bytes fit into the tailroom.
bool skb_try_coalesce(const sk_buff* to, const sk_buff* from, bool* fragstolen, int* delta_truesize) {
  KFUNC(skb_try_coalesce, to, from);
  *fragstolen = false;
  if (skb_cloned(to)) return call.result(false);
  const u32 len = from->len;
  if (len <= skb_tailroom(to)) {
    if (len) {
      std::vector<u8> bytes(len);
      BUG_ON(skb_copy_bits(from, 0, bytes.data(), static_cast<int>(len)));
      const u8* at = skb_tail_pointer(to);
      add(to->tail, len);
      add(to->len, len);
      setBytes(at, bytes.data(), len);
    }
    *delta_truesize = 0;
    return call.result(true);
  }
  const skb_shared_info *ts = skb_shinfo(to), *fs = skb_shinfo(from);
  if (ts->frag_list || fs->frag_list) return call.result(false);
  int delta;
  if (skb_headlen(from)) {
    if (ts->nr_frags + fs->nr_frags >= static_cast<int>(MAX_SKB_FRAGS)) return call.result(false);
    if (!from->head_frag || skb_cloned(from)) return call.result(false);
    delta = static_cast<int>(from->truesize - SKB_DATA_ALIGN(sizeof(sk_buff)));
    const page* page = virt_to_head_page(from->head);
    const int offset = static_cast<int>(from->data - page_address(page));
    skb_fill_page_desc(to, ts->nr_frags, page, offset, static_cast<int>(skb_headlen(from)));
    *fragstolen = true;
  } else {
    if (ts->nr_frags + fs->nr_frags > static_cast<int>(MAX_SKB_FRAGS)) return call.result(false);
    delta = static_cast<int>(from->truesize - SKB_TRUESIZE(skb_end_offset(from)));
  }
  for (int i = 0; i < fs->nr_frags; ++i) {
    setBytes(&ts->frags[ts->nr_frags], &fs->frags[i], sizeof fs->frags[i]);
    set(ts->nr_frags, ts->nr_frags + 1);
    if (skb_cloned(from)) skb_frag_ref(from, i);
  }
  if (!skb_cloned(from)) set(fs->nr_frags, 0);
  add(to->truesize, delta);
  add(to->len, len);
  add(to->data_len, len);
  *delta_truesize = delta;
  return call.result(true);
}

} // namespace sockwalk::kernel
