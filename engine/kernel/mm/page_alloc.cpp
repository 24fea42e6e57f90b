#include "engine/kernel/include/linux/mm.h"
#include "engine/kernel/include/linux/uaccess.h"
#include "engine/memory/constants/process.h"
#include <cstring>

namespace sockwalk::kernel {

// Pages of user memory have theirs behind those of the heap, for as many as there is room (256 MiB).
constexpr u32 UserPages = Arena::UserBegin - Arena::HeapEnd, MostUserPages = Arena::UserBegin + 0x10000000;
const page* get_user_page(u64 address) {
  const u8* at = userAt(address, 1);
  if (!at || Arena::offsetOf(at) >= MostUserPages) return nullptr;
  const auto* p =
      reinterpret_cast<const page*>(t_arena->at((Arena::offsetOf(at) - UserPages) / PAGE_SIZE * u32(sizeof(page))));
  if (!page_count(p)) atomic_set(&p->_refcount, 1); // the process has it mapped
  get_page(p);
  return p;
}

bool userPagesLent(u32 from, u32 to) {
  const auto refcountOf = [](u32 offset) {
    return page_count(reinterpret_cast<const page*>(t_arena->at((offset - UserPages) / PAGE_SIZE * u32(sizeof(page)))));
  };
  for (u32 offset = from; offset < std::min(to, MostUserPages); offset += PAGE_SIZE)
    if (refcountOf(offset) > 1) return true; // the process's own is one
  return false;
}

static const page* pageAt(u32 offset) { // vmemmap: 64 bytes for each page of memory
  return reinterpret_cast<const page*>(t_arena->at(offset / PAGE_SIZE * sizeof(page)));
}

const page* alloc_pages(u32 gfp, u32 order, int line) {
  if (machine().allocationFails()) return nullptr;
  const void* memory = machine().slab().allocatePages(order, TypeBuffer, line);
  if (!memory) return nullptr;
  if (gfp & __GFP_ZERO) fillBytes(memory, 0, PAGE_SIZE << order, line);
  const page* p = pageAt(Arena::offsetOf(memory));
  atomic_set(&p->_refcount, 1, line);
  return p;
}

const u8* page_address(const page* page) {
  const u32 offset = Arena::offsetOf(page) / u32(sizeof(*page)) * PAGE_SIZE;
  return t_arena->at(offset < Arena::HeapEnd ? offset : offset + UserPages);
}

const page* virt_to_head_page(const void* address) { return pageAt(t_arena->pageOf(Arena::offsetOf(address)).slab); }

void put_page(const page* page, int line) {
  BUG_ON(page_count(page) <= 0);
  if (atomic_dec_and_test(&page->_refcount, line)) machine().slab().free(page_address(page), line);
}

constexpr u32 PAGE_FRAG_CACHE_MAX_SIZE = PAGE_SIZE << PAGE_FRAG_CACHE_ORDER;

static std::string_view kept(std::string name) { // symbol names live as long as the program
  static std::vector<std::unique_ptr<std::string>> names;
  return *names.emplace_back(std::make_unique<std::string>(std::move(name)));
}
page_frag_cache::page_frag_cache(std::string_view name)
    : va(kept(std::string(name) + ".va")), room(kept(std::string(name) + ".room")) {}

// All references are taken at once, so that handing out a slice costs no atomic operation: the cache counts those it
// still owns in its bias.
static bool refill(const page_frag_cache& c, u32 gfp) {
  const page* p = alloc_pages(gfp, PAGE_FRAG_CACHE_ORDER);
  if (!p) return false;
  set(*c.va, page_address(p));
  page_ref_add(p, PAGE_FRAG_CACHE_MAX_SIZE);
  set(c.room[0], PAGE_FRAG_CACHE_MAX_SIZE);
  set(c.room[1], PAGE_FRAG_CACHE_MAX_SIZE + 1);
  return true;
}

// Gives up the references that the cache still owns; true if nobody else holds any.
static bool refcountDrained(const page* p, u32 bias) { return sub(p->_refcount.counter, static_cast<int>(bias)) == 0; }

const u8* page_frag_alloc(const page_frag_cache& c, u32 size, u32 gfp) {
  if (machine().allocationFails()) return nullptr;
  if (!c.va->get() && !refill(c, gfp)) return nullptr;
  if (c.room[0] < size) {
    const page* p = virt_to_head_page(c.va->get());
    if (!refcountDrained(p, c.room[1])) {
      set(*c.va, nullptr);
      if (!refill(c, gfp)) return nullptr;
    } else { // every slice has come back: hand the same page out again
      atomic_set(&p->_refcount, PAGE_FRAG_CACHE_MAX_SIZE + 1);
      set(c.room[0], PAGE_FRAG_CACHE_MAX_SIZE);
      set(c.room[1], PAGE_FRAG_CACHE_MAX_SIZE + 1);
    }
    if (size > PAGE_FRAG_CACHE_MAX_SIZE) return nullptr;
  }
  sub(c.room[0], size);
  sub(c.room[1], 1);
  return c.va->get() + c.room[0];
}

void page_frag_free(const void* address) { put_page(virt_to_head_page(address)); }

} // namespace sockwalk::kernel
