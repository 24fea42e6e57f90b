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
  int summed = 0;
  forEachPiece(skb, offset, len, [&](const u8* from, int n) {
    csum = summed ? csum_block_add(csum, csum_partial(from, n, 0), summed) : csum_partial(from, n, csum);
    summed += n;
  });
  return call.result(csum);
}

u32 skb_checksum(const sk_buff* skb, int offset, int len, u32 csum) {
  KFUNC(skb_checksum, skb, offset, len, csum);
  return call.result(__skb_checksum(skb, offset, len, csum));
}

u32 skb_copy_and_csum_bits(const sk_buff* skb, int offset, const u8* to, int len) {
  KFUNC(skb_copy_and_csum_bits, skb, offset, to, len);
  u32 total = 0;
  int copied = 0;
  forEachPiece(skb, offset, len, [&](const u8* from, int n) {
    setBytes(to + copied, from, static_cast<u32>(n));
    total = csum_block_add(total, csum_partial_quiet(from, n, 0), copied);
    copied += n;
  });
  return call.result(total);
}

static u16 checksumComplete(const sk_buff* skb, int len) {
  const u16 sum = csum_fold(__skb_checksum(skb, 0, len, skb->csum));
  if (!sum && skb->ip_summed == CHECKSUM_COMPLETE && !skb->csum_complete_sw)
    set(skb, sk_buff::bit::csum_complete_sw, 1);
  if (!skb_shared(skb)) set(skb, sk_buff::bit::csum_valid, !sum);
  return sum;
}

// Reads the whole packet to prove or disprove its checksum; skb->csum already holds the pseudo header's sum. From here
// on the sum of the whole packet is known, unless another holder counts on what stands there.
u16 __skb_checksum_complete(const sk_buff* skb) {
  KFUNC(__skb_checksum_complete, skb);
  const u32 whole = __skb_checksum(skb, 0, static_cast<int>(skb->len), 0);
  const u16 rest = csum_fold(csum_add(skb->csum, whole));
  const bool right = rest == 0;
  if (!skb_shared(skb)) {
    set(skb->csum, whole);
    set(skb, sk_buff::bit::ip_summed, CHECKSUM_COMPLETE);
    set(skb, sk_buff::bit::csum_complete_sw, 1);
    set(skb, sk_buff::bit::csum_valid, right);
  }
  NOTE("checksum.verified", skb->len, right);
  return call.result(rest);
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

// A header was pulled. A sum of everything loses it; a checksum that was still to be filled in there is gone with it.
void skb_postpull_rcsum(const sk_buff* skb, const void* start, u32 len) {
  const auto how = skb->ip_summed;
  if (how == CHECKSUM_COMPLETE) {
    const u32 pulled = csum_partial(start, static_cast<int>(len), 0);
    set(skb->csum, csum_sub(skb->csum, pulled));
  }
  const bool pulledAway = how == CHECKSUM_PARTIAL && skb_checksum_start_offset(skb) < 0;
  if (pulledAway) set(skb, sk_buff::bit::ip_summed, CHECKSUM_NONE);
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

// Room for `bytes` more in a linear part that is nobody else's. False: no memory.
static bool makeLinearRoom(const sk_buff* skb, int bytes) {
  const int missing = static_cast<int>(skb->tail) + bytes - static_cast<int>(skb->end);
  if (missing <= 0 && !skb_cloned(skb)) return true;
  const int more = missing > 0 ? missing + 128 : 0; // some to spare, so that it need not move for the next header again
  return !pskb_expand_head(skb, 0, more, GFP_ATOMIC);
}

// Copies `delta` bytes from behind into the linear part: a header must stand in one piece to be read. If there is no
// room, or clones look at the buffer, it moves to a new one first.
const u8* __pskb_pull_tail(const sk_buff* skb, int delta) {
  KFUNC(__pskb_pull_tail, skb, delta);
  SIMPLIFIED("a list of buffers is changed in place even if another clone holds a part of it");
  if (!makeLinearRoom(skb, delta)) return call.result<const u8*>(nullptr);
  const auto bytes = static_cast<u32>(delta);
  std::vector<u8> pulled(bytes);
  BUG_ON(skb_copy_bits(skb, static_cast<int>(skb_headlen(skb)), pulled.data(), delta));
  setBytes(skb_tail_pointer(skb), pulled.data(), bytes);
  const u32 fromList = eatPages(skb, bytes);
  if (fromList && !eatList(skb, fromList)) return call.result<const u8*>(nullptr);
  add(skb->tail, delta);
  sub(skb->data_len, delta);
  return call.result(skb_tail_pointer(skb));
}

// What lies in fragments behind the first `len` bytes goes. Gives where the fragments end, as an offset into the
// packet.
static u32 trimPages(const sk_buff* skb, u32 len) {
  const skb_shared_info* shinfo = skb_shinfo(skb);
  u32 at = skb_headlen(skb);
  int kept = 0;
  for (int i = 0; i < shinfo->nr_frags; ++i) {
    const bio_vec* piece = &shinfo->frags[i];
    const u32 begin = at;
    at += skb_frag_size(piece);
    if (begin >= len) {
      skb_frag_unref(skb, i);
      continue;
    }
    kept = i + 1;
    if (at > len) set(piece->bv_len, len - begin);
  }
  set(shinfo->nr_frags, kept);
  return at;
}
// The same for the buffers on the list, the first of which begins at `at`.
static int trimList(const sk_buff* skb, u32 len, u32 at) {
  const kptr<sk_buff>* link = &skb_shinfo(skb)->frag_list;
  while (const sk_buff* part = *link) {
    if (at >= len) {
      set(*link, nullptr);
      kfree_skb_list(part);
      return 0;
    }
    at += part->len;
    if (at > len)
      if (const int err = pskb_trim(part, part->len - (at - len))) return err;
    link = &part->next;
  }
  return 0;
}

// The lengths follow: either only what stands behind the linear part became shorter, or that is gone altogether.
static void shortenTo(const sk_buff* skb, u32 len) {
  const bool linearStays = len > skb_headlen(skb);
  if (linearStays) sub(skb->data_len, skb->len - len);
  set(skb->len, len);
  if (linearStays) return;
  set(skb->data_len, 0);
  skb_set_tail_pointer(skb, len);
}

// Cuts a packet that is not all in one piece down to its first `len` bytes.
int ___pskb_trim(const sk_buff* skb, u32 len) {
  KFUNC(___pskb_trim, skb, len);
  const int failed = skb_cloned(skb) ? pskb_expand_head(skb, 0, 0, GFP_ATOMIC) : 0; // others see all of it still
  if (failed) return call.result(failed);
  const u32 fragsEnd = trimPages(skb, len);
  if (const int err = trimList(skb, len, fragsEnd)) return call.result(err);
  shortenTo(skb, len);
  if (!skb->sk) skb_condense(skb);
  return call.result(0);
}

// A packet whose rest in pages would fit into the linear part is pulled together, so that a socket is not charged for
// pages that hold a few bytes.
void skb_condense(const sk_buff* skb) {
  KFUNC(skb_condense, skb);
  const u32 inPages = skb->data_len, tailroom = skb->end - skb->tail;
  const bool fits = inPages <= tailroom && !skb_cloned(skb);
  if (inPages && !fits) return;
  if (inPages) __pskb_pull_tail(skb, static_cast<int>(inPages));
  set(skb->truesize, SKB_TRUESIZE(skb_end_offset(skb)));
}

static void appendCopy(const sk_buff* to, const sk_buff* from) {
  const u32 bytes = from->len;
  if (!bytes) return;
  std::vector<u8> copied(bytes);
  BUG_ON(skb_copy_bits(from, 0, copied.data(), static_cast<int>(bytes)));
  const u8* behind = skb_tail_pointer(to);
  add(to->tail, bytes);
  add(to->len, bytes);
  setBytes(behind, copied.data(), bytes);
}

// The linear part stands in a page, and becomes a fragment like any other. What stays of `from` is the bare structure.
static void takeLinearPart(const sk_buff* to, const sk_buff* from) {
  const page* page = virt_to_head_page(from->head);
  const int begin = static_cast<int>(from->data - page_address(page));
  skb_fill_page_desc(to, skb_shinfo(to)->nr_frags, page, begin, static_cast<int>(skb_headlen(from)));
}

// Fragments change hands. A clone of `from` still looks at its own: then both hold the pages.
static void takeFragments(const sk_buff* to, const sk_buff* from) {
  const skb_shared_info *target = skb_shinfo(to), *source = skb_shinfo(from);
  const bool shared = skb_cloned(from);
  for (int i = 0; i < source->nr_frags; ++i) {
    setBytes(&target->frags[target->nr_frags], &source->frags[i], sizeof source->frags[i]);
    set(target->nr_frags, target->nr_frags + 1);
    if (shared) skb_frag_ref(from, i);
  }
  if (!shared) set(source->nr_frags, 0);
}

// Two packets in a queue become one, so that a socket is charged for one structure and not for two: by copying if the
// bytes fit into the tailroom of `to`, else by moving fragments. False if that cannot be done; else *delta_truesize is
// by how much `to` costs more, and *fragstolen says that the head of `from` went over too and must not be freed.
bool skb_try_coalesce(const sk_buff* to, const sk_buff* from, bool* fragstolen, int* delta_truesize) {
  KFUNC(skb_try_coalesce, to, from);
  *fragstolen = false;
  if (skb_cloned(to)) return call.result(false);
  if (from->len <= skb_tailroom(to)) {
    appendCopy(to, from);
    *delta_truesize = 0;
    mark(BufferMark::Joined, from, to);
    return call.result(true);
  }
  const skb_shared_info *target = skb_shinfo(to), *source = skb_shinfo(from);
  const bool listed = target->frag_list || source->frag_list, linear = skb_headlen(from);
  const int slots = target->nr_frags + source->nr_frags + linear;
  if (listed || slots > static_cast<int>(MAX_SKB_FRAGS)) return call.result(false);
  const bool headCanGo = from->head_frag && !skb_cloned(from);
  if (linear && !headCanGo) return call.result(false);

  const u32 stays = linear ? SKB_DATA_ALIGN(sizeof(sk_buff)) : SKB_TRUESIZE(skb_end_offset(from));
  const int more = static_cast<int>(from->truesize - stays);
  if (linear) takeLinearPart(to, from);
  takeFragments(to, from);
  add(to->truesize, more);
  add(to->len, from->len);
  add(to->data_len, from->len);
  *fragstolen = linear;
  *delta_truesize = more;
  mark(BufferMark::Joined, from, to);
  return call.result(true);
}

} // namespace sockwalk::kernel
