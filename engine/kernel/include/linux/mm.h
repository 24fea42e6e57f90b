// Pages, and the struct page that stands for each of them. Packet data lives in slices of pages ("page fragments"):
// each slice holds one reference to the page, and the last one gives the page back.
#pragma once
#include "engine/kernel/include/linux/kernel.h"
#include "engine/kernel/include/linux/slab.h"

namespace sockwalk::kernel {

constexpr u32 PAGE_SIZE = Arena::PageSize;

const page* alloc_pages(u32 gfp, u32 order, int line = __builtin_LINE()); // nullptr: no memory
const u8* page_address(const page* page);
const page* virt_to_head_page(const void* address); // the first page of the allocation that holds `address`
inline int page_count(const page* page) { return atomic_read(&page->_refcount); }
inline void get_page(const page* page, int line = __builtin_LINE()) { atomic_inc(&page->_refcount, line); }
void put_page(const page* page, int line = __builtin_LINE());
// The page of user memory at this address, with one more reference; nullptr: it cannot be pinned.
const page* get_user_page(u64 address);
bool userPagesLent(u32 from, u32 to); // somebody else still has a page of user memory between these places of the arena
inline void page_ref_add(const page* page, int n, int line = __builtin_LINE()) {
  add(page->_refcount.counter, n, line);
}

// A page of 32 KiB that is handed out from its end to its beginning; when it is used up and all slices came back it
// begins anew. Its four variables are globals of the caller, named after it.
struct page_frag_cache {
  explicit page_frag_cache(std::string_view name);
  Global<kptr<u8>> va;
  Global<u32[2]> room; // [0]: bytes not yet handed out; [1]: references not yet handed out (pagecnt_bias)
};
const u8* page_frag_alloc(const page_frag_cache& cache, u32 size, u32 gfp); // nullptr: no memory
void page_frag_free(const void* address);

} // namespace sockwalk::kernel
