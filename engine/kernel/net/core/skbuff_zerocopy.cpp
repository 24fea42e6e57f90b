// MSG_ZEROCOPY: the program's own pages are sent. It must leave them alone until it has been told that they are free
// again: by a message in the socket's error queue, which says "calls number lo to hi are through" and whether the
// kernel copied after all. A struct ubuf_info counts the packets that still use the pages; it stands in the control
// block of the very sk_buff that will be the message.
#include "engine/kernel/include/linux/errqueue.h"
#include "engine/kernel/include/net/sock.h"
#include "engine/kernel/net/core/skbuff_internal.h"
#include <utility>

namespace sockwalk::kernel {

static const sk_buff* skb_from_uarg(const ubuf_info_msgzc* uarg) { return container_of(uarg, sk_buff, cb); }

// The packet's pages belong to this notice, unless they belong to one already. It counts the packet as one that uses
// them: with a new reference, or with the one that the caller holds ready for the first packet of his call.
void skb_zcopy_set(const sk_buff* skb, const ubuf_info* uarg, bool* have_ref) {
  const bool unclaimed = skb && uarg && !skb_zcopy(skb);
  if (!unclaimed) return;
  const bool handedOver = have_ref && std::exchange(*have_ref, false);
  if (!handedOver) net_zcopy_get(uarg);
  skb_zcopy_init(skb, uarg);
}

void skb_zcopy_clear(const sk_buff* skb, bool zerocopy_success) {
  const ubuf_info* notice = skb_zcopy(skb);
  if (!notice) return;
  notice->callback(skb, notice, zerocopy_success);
  const skb_shared_info* shared = skb_shinfo(skb);
  set(shared->flags, shared->flags & ~SKBFL_ALL_ZEROCOPY);
}

// `nskb` shall use the pages of `orig` too. If it has pages of another notice already, those are copied first: a packet
// can tell only one.
int skb_zerocopy_clone(const sk_buff* nskb, const sk_buff* orig, u32 gfp_mask) {
  KFUNC(skb_zerocopy_clone, nskb, orig, gfp_mask);
  const ubuf_info *theirs = skb_zcopy(orig), *own = skb_zcopy(nskb);
  if (!theirs) return call.result(0);
  if (own && !gfp_mask) return call.result(-ENOMEM); // the caller cannot wait for memory to copy to
  if (own == theirs) return call.result(0);
  if (own && skb_copy_ubufs(nskb, GFP_ATOMIC)) return call.result(-EIO);
  skb_zcopy_set(nskb, theirs, nullptr);
  return call.result(0);
}

// ---- one notice for a call, or for several that follow each other
// At first it speaks of one call, whose number is the next of its socket: programs count their calls, and so know which
// buffer is meant. That the pages were not copied is true until somebody has to copy them.
static void beginNotice(const ubuf_info_msgzc* notice, const sock* sk, u64 bytes) {
  set(notice->mmp.user, nullptr);
  set(notice->ubuf.callback, fn<msg_zerocopy_callback>);
  const auto callsSoFar = static_cast<u32>(atomic_add_return(1, &sk->sk_zckey));
  set(notice->id, callsSoFar - 1);
  set(notice->len, 1);
  set(notice->bytelen, static_cast<u32>(bytes));
  set(notice, ubuf_info_msgzc::bit::zerocopy, 1);
  set(notice->ubuf.flags, SKBFL_ZEROCOPY_FRAG | SKBFL_DONT_ORPHAN);
  refcount_set(&notice->ubuf.refcnt, 1);
}

static const ubuf_info* msg_zerocopy_alloc(const sock* sk, u64 size) {
  const sk_buff* message = sock_omalloc(sk, 0, GFP_KERNEL); // on the account of options: so many may be outstanding
  if (!message) return nullptr;
  const auto* notice = controlBlock<ubuf_info_msgzc>(message);
  beginNotice(notice, sk, size);
  sock_hold(sk); // whose error queue it will go to
  NOTE("zerocopy.call", sk, notice->id, size);
  return &notice->ubuf;
}

// A call whose bytes go into the same sk_buff as the last one's shares its notice, if the numbers of the calls follow
// each other and the notice is not too large already: the program waits for all of it.
const ubuf_info* msg_zerocopy_realloc(const sock* sk, u64 size, const ubuf_info* uarg) {
  KFUNC(msg_zerocopy_realloc, sk, size, uarg);
  SIMPLIFIED("pinned pages are not held against RLIMIT_MEMLOCK");
  constexpr u32 mostBytes = 1 << 19, mostCalls = 0xfffe;
  if (!uarg) return call.result(msg_zerocopy_alloc(sk, size));
  if (uarg->callback.value != fn<msg_zerocopy_callback>.address()) return call.result<const ubuf_info*>(nullptr);

  const bool stream = sk->sk_type == SOCK_STREAM;
  const ubuf_info_msgzc* notice = uarg_to_msgzc(uarg);
  const u32 together = notice->bytelen + static_cast<u32>(size);
  const bool full = notice->len == mostCalls || together > mostBytes;
  if (full && !stream) return call.result<const ubuf_info*>(nullptr);
  const auto thisCall = static_cast<u32>(atomic_read(&sk->sk_zckey));
  const bool followsOn = notice->id + notice->len == thisCall;
  if (full || !followsOn) return call.result(msg_zerocopy_alloc(sk, size));

  add(notice->len, 1);
  set(notice->bytelen, together);
  atomic_set(&sk->sk_zckey, static_cast<int>(thisCall + 1));
  if (stream) net_zcopy_get(uarg); // a datagram's caller holds his reference still
  return call.result(uarg);
}

// The newest message in the queue speaks of these calls too, if they are the next after its own.
static bool skb_zerocopy_notify_extend(const sk_buff* skb, u32 lo, u16 len) {
  const sock_extended_err& message = SKB_EXT_ERR(skb)->ee;
  const u64 calls = u64(message.ee_data) - message.ee_info + 1 + len;
  const bool fits = calls <= 0xffffffffu, next = lo == message.ee_data + 1;
  if (fits && next) add(message.ee_data, len);
  return fits && next;
}

namespace {
// What a notice has to say, read out of it before the message is written over it.
struct Report {
  u32 first; // number of a call
  u16 calls;
  bool copied;
  u32 last() const { return first + calls - 1; }
};

// The message takes the place of the notice, in the control block of the same sk_buff.
void writeMessage(const sk_buff* skb, const Report& report) {
  const sock_exterr_skb* message = SKB_EXT_ERR(skb);
  fillBytes(message, 0, sizeof *message);
  set(message->ee.ee_origin, SO_EE_ORIGIN_ZEROCOPY);
  set(message->ee.ee_data, report.last());
  set(message->ee.ee_info, report.first);
  if (report.copied) set(message->ee.ee_code, SO_EE_CODE_ZEROCOPY_COPIED);
}

bool joinsNewest(const sock* sk, const Report& report) {
  const sk_buff* newest = skb_peek_tail(&sk->sk_error_queue);
  if (!newest || SKB_EXT_ERR(newest)->ee.ee_origin != SO_EE_ORIGIN_ZEROCOPY) return false;
  return skb_zerocopy_notify_extend(newest, report.first, report.calls);
}
} // namespace

// The last packet that used the pages is gone: the program is told, if it still has the socket and the call was not
// taken back (then the notice speaks of no call).
static void __msg_zerocopy_callback(const ubuf_info_msgzc* uarg) {
  KFUNC(__msg_zerocopy_callback, uarg);
  const sk_buff* skb = skb_from_uarg(uarg);
  const sock* sk = skb->sk;
  bool queued = false;
  if (uarg->len && !sock_flag(sk, SOCK_DEAD)) {
    const Report report{uarg->id, uarg->len, !uarg->zerocopy};
    writeMessage(skb, report);
    NOTE("zerocopy.done", sk, report.first, report.last(), !report.copied);
    queued = !joinsNewest(sk, report);
    if (queued) __skb_queue_tail(&sk->sk_error_queue, skb);
    sk_error_report(sk);
  }
  consume_skb(queued ? nullptr : skb);
  sock_put(sk);
}

// One packet less uses the pages. A single copy anywhere, and the message will say so: the program learns that it would
// be cheaper to let the kernel copy at once.
void msg_zerocopy_callback(const sk_buff* skb, const ubuf_info* uarg, bool success) {
  KFUNC(msg_zerocopy_callback, skb, uarg, success);
  const ubuf_info_msgzc* notice = uarg_to_msgzc(uarg);
  set(notice, ubuf_info_msgzc::bit::zerocopy, success && notice->zerocopy);
  const bool unused = refcount_dec_and_test(&uarg->refcnt);
  if (unused) __msg_zerocopy_callback(notice);
}

// The call failed before anything was queued: its number is taken back.
void msg_zerocopy_put_abort(const ubuf_info* uarg, bool have_uref) {
  KFUNC(msg_zerocopy_put_abort, uarg, have_uref);
  const ubuf_info_msgzc* notice = uarg_to_msgzc(uarg);
  sub(skb_from_uarg(notice)->sk->sk_zckey.counter, 1);
  sub(notice->len, 1);
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

// Lays `bytes` bytes that begin at `begin` in the first of `pages` into the packet's fragments, from `slot` on. Gives
// the next free slot.
static int layPages(const sk_buff* skb, int slot, const page* const* pages, u32 begin, u32 bytes) {
  for (; bytes; ++pages, begin = 0) {
    const u32 size = std::min(bytes, PAGE_SIZE - begin);
    bytes -= size;
    const bio_vec* before = slot ? &skb_shinfo(skb)->frags[slot - 1] : nullptr;
    const bool goesOn = before && before->bv_page.get() == *pages && before->bv_offset + before->bv_len == begin;
    if (goesOn) {
      add(before->bv_len, size); // more of the same page: one reference is enough
      put_page(*pages);
    } else {
      skb_fill_page_desc(skb, slot++, *pages, static_cast<int>(begin), static_cast<int>(size));
    }
  }
  return slot;
}

// 0; -EMSGSIZE: no fragment is free for the rest; -EFAULT: the program has no such memory.
int __zerocopy_sg_from_iter(const msghdr* msg, const sock* sk, const sk_buff* skb, const iov_iter* from, u64 length) {
  KFUNC(__zerocopy_sg_from_iter, msg, sk, skb, from, length);
  constexpr int slots = static_cast<int>(MAX_SKB_FRAGS);
  int used = skb_shinfo(skb)->nr_frags;
  while (length && from->count) {
    if (used == slots) return call.result(-EMSGSIZE);
    const page* pages[slots];
    u32 begin;
    const s64 pinned = iov_iter_get_pages2(from, pages, length, static_cast<u32>(slots - used), &begin);
    if (pinned < 0) return call.result(-EFAULT);
    const auto bytes = static_cast<u32>(pinned);
    length -= bytes;
    const u32 wholePages =
        (begin + bytes + PAGE_SIZE - 1) & ~(PAGE_SIZE - 1); // as long as they are pinned, all of them
    chargePages(sk, skb, bytes, wholePages);
    used = layPages(skb, used, pages, begin, bytes);
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

// Nothing of this call stays in the packet, and the iterator stands again where it stood.
static void takeBack(const sock* sk, const sk_buff* skb, const iov_iter* from, u32 lengthBefore) {
  iov_iter_revert(from, skb->len - lengthBefore);
  const sock* owner = skb->sk;
  set(skb->sk, sk); // a buffer with an owner is not condensed when it is trimmed
  ___pskb_trim(skb, lengthBefore);
  set(skb->sk, owner);
}

// The bytes that went into the packet, or: -EEXIST, it has the pages of another notice; -EMSGSIZE, no room at all. If
// there was room for a part, that part is sent, and the caller begins another packet.
int skb_zerocopy_iter_stream(const sock* sk, const sk_buff* skb, const msghdr* msg, int len, const ubuf_info* uarg) {
  KFUNC(skb_zerocopy_iter_stream, sk, skb, msg, len, uarg);
  const ubuf_info* present = skb_zcopy(skb);
  if (present && present != uarg) return call.result(-EEXIST);
  const u32 lengthBefore = skb->len;
  const int err = __zerocopy_sg_from_iter(msg, sk, skb, &msg->msg_iter, static_cast<u64>(len));
  const u32 taken = skb->len - lengthBefore;
  const bool failed = err == -EFAULT || (err == -EMSGSIZE && !taken);
  if (failed) return takeBack(sk, skb, &msg->msg_iter, lengthBefore), call.result(err);
  skb_zcopy_set(skb, uarg, nullptr);
  return call.result(static_cast<int>(taken));
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

// As many buffers as hold `bytes`, of a size at which the fragments of one packet are enough. Empty: no memory.
static std::vector<const page*> pagesFor(u32 bytes, u32 order, u32 gfp_mask) {
  const u32 size = PAGE_SIZE << order;
  std::vector<const page*> pages((bytes + size - 1) / size);
  for (size_t i = 0; i < pages.size(); ++i) {
    pages[i] = alloc_pages(gfp_mask, order);
    if (pages[i]) continue;
    for (size_t got = 0; got < i; ++got) put_page(pages[got]);
    return {};
  }
  return pages;
}

// False: no memory.
static bool replacePages(const sk_buff* skb, u32 gfp_mask) {
  const skb_shared_info* shinfo = skb_shinfo(skb);
  const u32 bytes = skb->data_len;
  u32 order = 0;
  while ((PAGE_SIZE << order) * MAX_SKB_FRAGS < bytes) ++order;
  const u32 size = PAGE_SIZE << order;
  const std::vector<const page*> pages = pagesFor(bytes, order, gfp_mask);
  if (bytes && pages.empty()) return false;
  copyPages(skb, pages, size);
  for (int i = 0; i < shinfo->nr_frags; ++i) skb_frag_unref(skb, i);
  u32 left = bytes;
  for (int i = 0; left; ++i) {
    const u32 part = std::min(size, left);
    __skb_fill_page_desc(skb, i, pages[static_cast<size_t>(i)], 0, static_cast<int>(part));
    left -= part;
  }
  set(shinfo->nr_frags, pages.size());
  NOTE("zerocopy.copied", skb, bytes);
  return true;
}

int skb_copy_ubufs(const sk_buff* skb, u32 gfp_mask) {
  KFUNC(skb_copy_ubufs, skb, gfp_mask);
  if (skb_shared(skb) || skb_unclone(skb, gfp_mask)) return call.result(-EINVAL);
  if (skb_shinfo(skb)->nr_frags && !replacePages(skb, gfp_mask)) return call.result(-ENOMEM);
  skb_zcopy_clear(skb, false);
  return call.result(0);
}

} // namespace sockwalk::kernel
