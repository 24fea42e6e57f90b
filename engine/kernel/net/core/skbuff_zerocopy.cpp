// MSG_ZEROCOPY: the program's own pages are sent. It must leave them alone until it has been told that they are free
// again: by a message in the socket's error queue, which says "calls number lo to hi are through" and whether the
// kernel copied after all. A struct ubuf_info counts the packets that still use the pages; it stands in the control
// block of the very sk_buff that will be the message.
#include "engine/kernel/include/net/ip_sockglue.h"
#include "engine/kernel/include/net/sock_mem.h"
#include "engine/kernel/include/net/tcp_calls.h"

namespace sockwalk::kernel {

static const sk_buff* skb_from_uarg(const ubuf_info_msgzc* uarg) { return container_of(uarg, sk_buff, cb); }

// The packet has (one more) owner of its pages.
void skb_zcopy_set(const sk_buff* skb, const ubuf_info* uarg, bool* have_ref) {
  if (!skb || !uarg || skb_zcopy(skb)) return;
  if (have_ref && *have_ref) *have_ref = false;
  else net_zcopy_get(uarg);
  skb_zcopy_init(skb, uarg);
}

void skb_zcopy_clear(const sk_buff* skb, bool zerocopy_success) {
  const ubuf_info* uarg = skb_zcopy(skb);
  if (!uarg) return;
  uarg->callback(skb, uarg, zerocopy_success);
  set(skb_shinfo(skb)->flags, skb_shinfo(skb)->flags & ~SKBFL_ALL_ZEROCOPY);
}

int skb_zerocopy_clone(const sk_buff* nskb, const sk_buff* orig, u32 gfp_mask) {
  KFUNC(skb_zerocopy_clone, nskb, orig, gfp_mask);
  if (!skb_zcopy(orig)) return call.result(0);
  if (skb_zcopy(nskb)) {
    if (!gfp_mask) return call.result(-ENOMEM);
    if (skb_uarg(nskb) == skb_uarg(orig)) return call.result(0);
    if (skb_copy_ubufs(nskb, GFP_ATOMIC)) return call.result(-EIO);
  }
  skb_zcopy_set(nskb, skb_uarg(orig), nullptr);
  return call.result(0);
}

// ---- one notice for a call, or for several that follow each other
static const ubuf_info* msg_zerocopy_alloc(const sock* sk, u64 size) {
  const sk_buff* skb = sock_omalloc(sk, 0, GFP_KERNEL);
  if (!skb) return nullptr;
  const auto* uarg = controlBlock<ubuf_info_msgzc>(skb);
  set(uarg->mmp.user, nullptr);
  set(uarg->ubuf.callback, fn<msg_zerocopy_callback>);
  set(uarg->id, static_cast<u32>(atomic_add_return(1, &sk->sk_zckey)) - 1);
  set(uarg->len, 1);
  set(uarg->bytelen, static_cast<u32>(size));
  set(uarg, ubuf_info_msgzc::bit::zerocopy, 1);
  set(uarg->ubuf.flags, SKBFL_ZEROCOPY_FRAG | SKBFL_DONT_ORPHAN);
  refcount_set(&uarg->ubuf.refcnt, 1);
  sock_hold(sk);
  NOTE("zerocopy.call", sk, uarg->id, size);
  return &uarg->ubuf;
}

// A call whose bytes go into the same sk_buff as the last one's shares its notice.
const ubuf_info* msg_zerocopy_realloc(const sock* sk, u64 size, const ubuf_info* uarg) {
  KFUNC(msg_zerocopy_realloc, sk, size, uarg);
  SIMPLIFIED("pinned pages are not held against RLIMIT_MEMLOCK");
  constexpr u32 byteLimit = 1 << 19;
  if (!uarg) return call.result(msg_zerocopy_alloc(sk, size));
  if (uarg->callback.value != fn<msg_zerocopy_callback>.address()) return call.result<const ubuf_info*>(nullptr);
  const ubuf_info_msgzc* zc = uarg_to_msgzc(uarg);
  const u32 bytelen = zc->bytelen + static_cast<u32>(size);
  if (zc->len == 0xfffe || bytelen > byteLimit)
    return call.result(sk->sk_type == SOCK_STREAM ? msg_zerocopy_alloc(sk, size) : nullptr);
  const u32 next = static_cast<u32>(atomic_read(&sk->sk_zckey));
  if (zc->id + zc->len != next) return call.result(msg_zerocopy_alloc(sk, size));
  add(zc->len, 1);
  set(zc->bytelen, bytelen);
  atomic_set(&sk->sk_zckey, static_cast<int>(next + 1));
  if (sk->sk_type == SOCK_STREAM) net_zcopy_get(uarg);
  return call.result(uarg);
}

// Two notices with numbers that follow each other become one.
static bool skb_zerocopy_notify_extend(const sk_buff* skb, u32 lo, u16 len) {
  const sock_exterr_skb* serr = SKB_EXT_ERR(skb);
  const u32 old_lo = serr->ee.ee_info, old_hi = serr->ee.ee_data;
  if (u64(old_hi) - old_lo + 1 + len >= 1ull << 32 || lo != old_hi + 1) return false;
  add(serr->ee.ee_data, len);
  return true;
}

// The last packet that used the pages is gone: the notice goes into the error queue.
static void __msg_zerocopy_callback(const ubuf_info_msgzc* uarg) {
  KFUNC(__msg_zerocopy_callback, uarg);
  const sk_buff* skb = skb_from_uarg(uarg);
  const sock* sk = skb->sk;
  if (uarg->len && !sock_flag(sk, SOCK_DEAD)) {
    const u16 len = uarg->len;
    const u32 lo = uarg->id, hi = lo + len - 1;
    const bool is_zerocopy = uarg->zerocopy;
    const sock_exterr_skb* serr = SKB_EXT_ERR(skb); // where the ubuf_info stood until now
    fillBytes(serr, 0, sizeof *serr);
    set(serr->ee.ee_origin, SO_EE_ORIGIN_ZEROCOPY);
    set(serr->ee.ee_data, hi);
    set(serr->ee.ee_info, lo);
    if (!is_zerocopy) set(serr->ee.ee_code, SO_EE_CODE_ZEROCOPY_COPIED);
    NOTE("zerocopy.done", sk, lo, hi, is_zerocopy);
    const sk_buff_head* q = &sk->sk_error_queue;
    const sk_buff* tail = skb_peek_tail(q);
    if (!tail || SKB_EXT_ERR(tail)->ee.ee_origin != SO_EE_ORIGIN_ZEROCOPY ||
        !skb_zerocopy_notify_extend(tail, lo, len)) {
      __skb_queue_tail(q, skb);
      skb = nullptr;
    }
    sk_error_report(sk);
  }
  consume_skb(skb);
  sock_put(sk);
}

void msg_zerocopy_callback(const sk_buff* skb, const ubuf_info* uarg, bool success) {
  KFUNC(msg_zerocopy_callback, skb, uarg, success);
  const ubuf_info_msgzc* zc = uarg_to_msgzc(uarg);
  set(zc, ubuf_info_msgzc::bit::zerocopy, zc->zerocopy & success);
  if (refcount_dec_and_test(&uarg->refcnt)) __msg_zerocopy_callback(zc);
}

// The call failed before anything was queued: its number is taken back.
void msg_zerocopy_put_abort(const ubuf_info* uarg, bool have_uref) {
  KFUNC(msg_zerocopy_put_abort, uarg, have_uref);
  const sock* sk = skb_from_uarg(uarg_to_msgzc(uarg))->sk;
  sub(sk->sk_zckey.counter, 1);
  sub(uarg_to_msgzc(uarg)->len, 1);
  if (have_uref) msg_zerocopy_callback(nullptr, uarg, true);
}

// ---- pages into the packet
// Pins the pages under the iterator's next bytes, as many as have room in `most` pages, and moves it on.
// Gives the bytes, or -EFAULT.
static s64 iov_iter_get_pages2(const iov_iter* i, const page** pages, u64 maxsize, u32 most, u32* start) {
  while (i->nr_segs > 1 && i->iov_offset == i->iov->iov_len) {
    set(i->iov, i->iov.get() + 1);
    sub(i->nr_segs, 1);
    set(i->iov_offset, 0);
  }
  const u64 address = i->iov->iov_base.value + i->iov_offset;
  *start = address % PAGE_SIZE;
  const u64 room = std::min<u64>(i->iov->iov_len - i->iov_offset, std::min<u64>(maxsize, i->count));
  const u64 bytes = std::min<u64>(room, u64(most) * PAGE_SIZE - *start);
  for (u64 n = 0; n * PAGE_SIZE < *start + bytes; ++n) {
    pages[n] = get_user_page(address - *start + n * PAGE_SIZE);
    if (!pages[n]) return -EFAULT;
  }
  sub(i->count, bytes);
  add(i->iov_offset, bytes);
  return static_cast<s64>(bytes);
}

static void chargePages(const sock* sk, const sk_buff* skb, u64 bytes, u32 truesize) {
  add(skb->data_len, bytes);
  add(skb->len, bytes);
  add(skb->truesize, truesize);
  if (sk && sk->sk_type == SOCK_STREAM) {
    sk_wmem_queued_add(sk, static_cast<int>(truesize));
    if (!skb_zcopy_pure(skb)) sk_mem_charge(sk, static_cast<int>(truesize));
  } else {
    add(skb->sk->sk_wmem_alloc.refs.counter, static_cast<int>(truesize));
  }
}

int __zerocopy_sg_from_iter(const msghdr* msg, const sock* sk, const sk_buff* skb, const iov_iter* from, u64 length) {
  KFUNC(__zerocopy_sg_from_iter, msg, sk, skb, from, length);
  int frag = skb_shinfo(skb)->nr_frags;
  while (length && from->count) {
    if (frag == static_cast<int>(MAX_SKB_FRAGS)) return call.result(-EMSGSIZE);
    const page* pages[MAX_SKB_FRAGS];
    u32 start;
    s64 copied = iov_iter_get_pages2(from, pages, length, MAX_SKB_FRAGS - static_cast<u32>(frag), &start);
    if (copied < 0) return call.result(-EFAULT);
    length -= static_cast<u64>(copied);
    chargePages(sk, skb, static_cast<u64>(copied), static_cast<u32>(copied + start + PAGE_SIZE - 1) & ~(PAGE_SIZE - 1));
    for (int n = 0; copied; start = 0, ++n) {
      const u32 size = static_cast<u32>(std::min<s64>(copied, PAGE_SIZE - start));
      copied -= size;
      const bio_vec* last = frag ? &skb_shinfo(skb)->frags[frag - 1] : nullptr;
      if (last && last->bv_page.get() == pages[n] && start == last->bv_offset + last->bv_len) {
        add(last->bv_len, size); // more of the same page: one reference is enough
        put_page(pages[n]);
      } else {
        skb_fill_page_desc(skb, frag++, pages[n], static_cast<int>(start), static_cast<int>(size));
      }
    }
  }
  return call.result(0);
}

static void iov_iter_revert(const iov_iter* i, u64 unroll) {
  add(i->count, unroll);
  while (unroll > i->iov_offset) {
    unroll -= i->iov_offset;
    set(i->iov, i->iov.get() - 1);
    add(i->nr_segs, 1);
    set(i->iov_offset, i->iov->iov_len);
  }
  sub(i->iov_offset, unroll);
}

// The bytes that went into the packet, or: -EEXIST, it has the pages of another notice; -EMSGSIZE, no room.
int skb_zerocopy_iter_stream(const sock* sk, const sk_buff* skb, const msghdr* msg, int len, const ubuf_info* uarg) {
  KFUNC(skb_zerocopy_iter_stream, sk, skb, msg, len, uarg);
  const ubuf_info* orig_uarg = skb_zcopy(skb);
  const u32 orig_len = skb->len;
  if (orig_uarg && uarg != orig_uarg) return call.result(-EEXIST);
  const int err = __zerocopy_sg_from_iter(msg, sk, skb, &msg->msg_iter, static_cast<u64>(len));
  if (err == -EFAULT || (err == -EMSGSIZE && skb->len == orig_len)) {
    iov_iter_revert(&msg->msg_iter, skb->len - orig_len);
    const sock* save_sk = skb->sk;
    set(skb->sk, sk);
    ___pskb_trim(skb, orig_len);
    set(skb->sk, save_sk);
    return call.result(err);
  }
  skb_zcopy_set(skb, uarg, nullptr);
  return call.result(static_cast<int>(skb->len - orig_len));
}

// ---- on loopback the receiver is this very machine, and may keep the packet as long as it likes: copy after all
static void copyPages(const sk_buff* skb, const std::vector<const page*>& pages, u32 psize) {
  u32 at = 0;
  const skb_shared_info* shinfo = skb_shinfo(skb);
  for (int i = 0; i < shinfo->nr_frags; ++i) {
    const u8* from = skb_frag_address(&shinfo->frags[i]);
    for (u32 left = shinfo->frags[i].bv_len; left;) {
      const u32 n = std::min(left, psize - at % psize);
      setBytes(page_address(pages[at / psize]) + at % psize, from, n);
      from += n, at += n, left -= n;
    }
  }
}

int skb_copy_ubufs(const sk_buff* skb, u32 gfp_mask) {
  KFUNC(skb_copy_ubufs, skb, gfp_mask);
  if (skb_shared(skb) || skb_unclone(skb, gfp_mask)) return call.result(-EINVAL);
  const skb_shared_info* shinfo = skb_shinfo(skb);
  if (shinfo->nr_frags) {
    const u32 bytes = skb->data_len;
    u32 order = 0;
    while ((PAGE_SIZE << order) * MAX_SKB_FRAGS < bytes) ++order;
    const u32 psize = PAGE_SIZE << order, count = (bytes + psize - 1) / psize;
    std::vector<const page*> pages;
    for (u32 i = 0; i < count; ++i) {
      pages.push_back(alloc_pages(gfp_mask, order));
      if (pages.back()) continue;
      pages.pop_back();
      for (const page* p : pages) put_page(p);
      return call.result(-ENOMEM);
    }
    copyPages(skb, pages, psize);
    for (int i = 0; i < shinfo->nr_frags; ++i) skb_frag_unref(skb, i);
    for (u32 i = 0; i < count; ++i)
      __skb_fill_page_desc(skb, static_cast<int>(i), pages[i], 0, static_cast<int>(std::min(psize, bytes - i * psize)));
    set(shinfo->nr_frags, count);
    NOTE("zerocopy.copied", skb, bytes);
  }
  skb_zcopy_clear(skb, false);
  return call.result(0);
}

} // namespace sockwalk::kernel
