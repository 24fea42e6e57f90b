// Birth of an sk_buff: the structure from one cache, the buffer from another, the shared info at its end.
#include "engine/kernel/net/core/skbuff_internal.h"

namespace sockwalk::kernel {

static Global<kptr<kmem_cache>> skbuff_head_cache{"skbuff_head_cache"}, skbuff_fclone_cache{"skbuff_fclone_cache"};
const kmem_cache* head_cache() { return skbuff_head_cache->get(); }
const kmem_cache* fclone_cache() { return skbuff_fclone_cache->get(); }

// Receive buffers are cut from pages: small ones as quarters of one page, larger ones from a page of 32 KiB.
static page_frag_cache napi_page{"napi_alloc_cache.page"};
static page_frag_cache netdev_alloc_cache{"netdev_alloc_cache"};
static Global<kptr<u8>> page_small{"napi_alloc_cache.page_small.va"};
static Global<u32[1]> page_small_offset{"napi_alloc_cache.page_small.offset"};

void skb_init() {
  KFUNC(skb_init);
  set(*skbuff_head_cache, kmem_cache_create("skbuff_head_cache", sizeof(sk_buff), SMP_CACHE_BYTES));
  set(*skbuff_fclone_cache, kmem_cache_create("skbuff_fclone_cache", sizeof(sk_buff_fclones), SMP_CACHE_BYTES));
}

static const u8* page_frag_alloc_1k(u32 gfp) {
  if (!page_small->get() || page_small_offset[0] < 1024) {
    const page* p = alloc_pages(gfp, 0);
    if (!p) return nullptr;
    set(*page_small, page_address(p));
    page_ref_add(p, PAGE_SIZE / 1024 - 1); // one reference for each quarter
    set(page_small_offset[0], PAGE_SIZE);
  }
  sub(page_small_offset[0], 1024);
  return page_small->get() + page_small_offset[0];
}

// Puts the structure around its buffer: empty, owned by one holder, the shared info cleared at the end.
static void __build_skb_around(const sk_buff* skb, const void* data, u32 frag_size) {
  KFUNC(__build_skb_around, skb, data, frag_size);
  const auto* buffer = static_cast<const u8*>(data);
  const u32 usable = SKB_WITH_OVERHEAD(frag_size ? frag_size : ksize(data));
  constexpr u16 notSet = 0xffff;
  set(skb->truesize, SKB_TRUESIZE(usable));
  refcount_set(&skb->users, 1);
  set(skb->head, buffer);
  set(skb->data, buffer);
  skb_reset_tail_pointer(skb);
  set(skb->end, usable);
  set(skb->mac_header, notSet);
  set(skb->transport_header, notSet);
  const skb_shared_info* atEnd = skb_shinfo(skb);
  fillBytes(atEnd, 0, offsetof(skb_shared_info, dataref));
  atomic_set(&atEnd->dataref, 1);
}

static void clearSkb(const sk_buff* skb) {
  mark(BufferMark::Born, skb);
  fillBytes(skb, 0, offsetof(sk_buff, tail));
}

// The buffer gets all of the slab object it comes from: asking for 100 bytes gives 192.
const u8* kmalloc_reserve(u32& size, u32 flags) {
  u32 bytes = SKB_HEAD_ALIGN(size);
  const SlabAllocator& slab = machine().slab();
  const CacheId cache = slab.kmallocCache(bytes);
  bytes = cache != SlabAllocator::PageCache ? slab.caches()[cache].objectSize : std::bit_ceil(bytes);
  size = bytes;
  return kmallocBuffer(bytes, flags);
}

// With SKB_ALLOC_FCLONE two structures are taken at once, side by side: the second waits to be the clone, as TCP will
// need one for each transmission.
const sk_buff* __alloc_skb(u32 size, u32 gfp_mask, int flags, int node) {
  KFUNC(__alloc_skb, size, gfp_mask, flags, node);
  const bool pair = flags & SKB_ALLOC_FCLONE;
  const sk_buff* skb;
  if (pair)
    skb = reinterpret_cast<const sk_buff*>(kmem_cache_alloc<sk_buff_fclones>(fclone_cache(), gfp_mask | __GFP_ZERO));
  else if (flags & SKB_ALLOC_NAPI) skb = napi_skb_cache_get();
  else skb = kmem_cache_alloc<sk_buff>(head_cache(), gfp_mask);
  if (!skb) return call.result<const sk_buff*>(nullptr);
  const u8* data = kmalloc_reserve(size, gfp_mask);
  if (!data) {
    kmem_cache_free(skb);
    return call.result<const sk_buff*>(nullptr);
  }
  clearSkb(skb);
  __build_skb_around(skb, data, size);
  if (pair) {
    set(skb, sk_buff::bit::fclone, SKB_FCLONE_ORIG);
    refcount_set(&container_of(skb, sk_buff_fclones, skb1)->fclone_ref, 1);
  }
  return call.result(skb);
}

const sk_buff* alloc_skb(u32 size, u32 priority) {
  KFUNC(alloc_skb, size, priority);
  INLINED();
  return call.result(__alloc_skb(size, priority, 0));
}
const sk_buff* alloc_skb_fclone(u32 size, u32 priority) {
  KFUNC(alloc_skb_fclone, size, priority);
  INLINED();
  return call.result(__alloc_skb(size, priority, SKB_ALLOC_FCLONE));
}

// Pages for the rest of a packet: the largest pieces that the caller allows and that are not larger than what is left.
static bool addPages(const sk_buff* skb, u64 bytes, int max_page_order, u32 gfp_mask) {
  u32 pages = static_cast<u32>((bytes + PAGE_SIZE - 1) / PAGE_SIZE);
  for (int slot = 0; pages; ++slot) {
    u32 order = static_cast<u32>(max_page_order);
    while (order && pages < 1u << order) --order;
    const page* fresh = alloc_pages(gfp_mask, order);
    if (!fresh) return false;
    const u64 part = std::min<u64>(bytes, PAGE_SIZE << order);
    skb_fill_page_desc(skb, slot, fresh, 0, static_cast<int>(part));
    bytes -= part;
    pages -= 1u << order;
  }
  return true;
}

// The linear part from a slab, the rest of a large packet in pages.
const sk_buff* alloc_skb_with_frags(u64 header_len, u64 data_len, int max_page_order, const int* errcode,
                                    u32 gfp_mask) {
  KFUNC(alloc_skb_with_frags, header_len, data_len, max_page_order, errcode, gfp_mask);
  const auto count = static_cast<u32>((data_len + PAGE_SIZE - 1) / PAGE_SIZE);
  const bool tooMany = count > MAX_SKB_FRAGS;
  set(*errcode, tooMany ? -EMSGSIZE : -ENOBUFS);
  const sk_buff* skb = tooMany ? nullptr : alloc_skb(static_cast<u32>(header_len), gfp_mask);
  if (!skb) return call.result(skb);
  add(skb->truesize, count * PAGE_SIZE);
  if (!addPages(skb, data_len, max_page_order, gfp_mask)) return kfree_skb(skb), call.result<const sk_buff*>(nullptr);
  set(*errcode, 0);
  return call.result(skb);
}

const sk_buff* __build_skb(const void* data, u32 frag_size) {
  KFUNC(__build_skb, data, frag_size);
  const sk_buff* skb = kmem_cache_alloc<sk_buff>(head_cache(), GFP_ATOMIC);
  if (!skb) return call.result<const sk_buff*>(nullptr);
  clearSkb(skb);
  __build_skb_around(skb, data, frag_size);
  return call.result(skb);
}

// head_frag: the buffer is a piece of a page, and is given back as such.
static const sk_buff* inPage(const sk_buff* skb, u32 frag_size) {
  if (skb && frag_size) set(skb, sk_buff::bit::head_frag, 1);
  return skb;
}
// The structure around a piece of a page; the piece is given back if there is no structure to be had.
static const sk_buff* aroundPiece(const u8* piece, u32 size, const sk_buff* (*build)(const void*, u32)) {
  const sk_buff* skb = piece ? build(piece, size) : nullptr;
  if (piece && !skb) skb_free_frag(piece);
  return inPage(skb, size);
}

// For drivers whose device wrote the frame first: the structure comes later, when there is something to describe.
const sk_buff* build_skb(const void* data, u32 frag_size) {
  KFUNC(build_skb, data, frag_size);
  return call.result(inPage(__build_skb(data, frag_size), frag_size));
}

static const sk_buff* __napi_build_skb(const void* data, u32 frag_size) {
  KFUNC(__napi_build_skb, data, frag_size);
  const sk_buff* skb = napi_skb_cache_get();
  if (!skb) return call.result<const sk_buff*>(nullptr);
  clearSkb(skb);
  __build_skb_around(skb, data, frag_size);
  return call.result(skb);
}

const sk_buff* napi_build_skb(const void* data, u32 frag_size) {
  KFUNC(napi_build_skb, data, frag_size);
  return call.result(inPage(__napi_build_skb(data, frag_size), frag_size));
}

// A receive buffer with 64 bytes of headroom, so that headers can still be put before the frame.
const sk_buff* __netdev_alloc_skb(const net_device* dev, u32 len, u32 gfp_mask) {
  KFUNC(__netdev_alloc_skb, dev, len, gfp_mask);
  const u32 bytes = len + NET_SKB_PAD;
  const bool fitsPage = bytes > SKB_WITH_OVERHEAD(1024) && bytes <= SKB_WITH_OVERHEAD(PAGE_SIZE);
  const auto fromPage = [&] {
    const u32 size = SKB_HEAD_ALIGN(bytes);
    return aroundPiece(page_frag_alloc(napi_page, size, gfp_mask), size, __build_skb);
  };
  const bool fromSlab = !fitsPage || gfp_mask == GFP_KERNEL;
  const sk_buff* skb = fromSlab ? __alloc_skb(bytes, gfp_mask, SKB_ALLOC_RX) : fromPage();
  if (skb) {
    skb_reserve(skb, NET_SKB_PAD);
    set(skb->dev, dev);
  }
  return call.result(skb);
}
const sk_buff* netdev_alloc_skb(const net_device* dev, u32 length) {
  KFUNC(netdev_alloc_skb, dev, length);
  INLINED();
  return call.result(__netdev_alloc_skb(dev, length, GFP_ATOMIC));
}

// Its name in older drivers, and in books: the buffer does not know yet which device it is for.
const sk_buff* dev_alloc_skb(u32 length) {
  KFUNC(dev_alloc_skb, length);
  INLINED();
  return call.result(netdev_alloc_skb(nullptr, length));
}

// The same for a NAPI poll: the structure from a stock of 64 that only softirqs use, so nothing is locked; a small
// frame costs exactly a quarter of a page.
const sk_buff* __napi_alloc_skb(const napi_struct* napi, u32 len, u32 gfp_mask) {
  KFUNC(__napi_alloc_skb, napi, len, gfp_mask);
  constexpr u32 headroom = NET_SKB_PAD + NET_IP_ALIGN;
  const u32 bytes = len + headroom;
  const bool fromSlab = bytes > SKB_WITH_OVERHEAD(PAGE_SIZE) || gfp_mask == GFP_KERNEL;
  const auto fromPage = [&] {
    const bool quarter = bytes <= SKB_WITH_OVERHEAD(1024);
    const u32 size = quarter ? 1024 : SKB_HEAD_ALIGN(bytes);
    const u8* piece = quarter ? page_frag_alloc_1k(gfp_mask) : page_frag_alloc(napi_page, size, gfp_mask);
    return aroundPiece(piece, size, __napi_build_skb);
  };
  const sk_buff* skb = fromSlab ? __alloc_skb(bytes, gfp_mask, SKB_ALLOC_RX | SKB_ALLOC_NAPI) : fromPage();
  if (skb) {
    skb_reserve(skb, headroom);
    set(skb->dev, napi->dev);
  }
  return call.result(skb);
}
const sk_buff* napi_alloc_skb(const napi_struct* napi, u32 length) {
  KFUNC(napi_alloc_skb, napi, length);
  INLINED();
  return call.result(__napi_alloc_skb(napi, length, GFP_ATOMIC));
}

static const u8* __netdev_alloc_frag_align(u32 fragsz) {
  KFUNC(__netdev_alloc_frag_align, fragsz);
  const page_frag_cache& cache = machine().inSoftirq() ? napi_page : netdev_alloc_cache;
  return call.result(page_frag_alloc(cache, SKB_DATA_ALIGN(fragsz), GFP_ATOMIC));
}
const u8* netdev_alloc_frag(u32 fragsz) { return __netdev_alloc_frag_align(fragsz); }
void skb_free_frag(const void* address) { page_frag_free(address); }

} // namespace sockwalk::kernel
