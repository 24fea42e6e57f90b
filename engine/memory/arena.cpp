#include "engine/memory/arena.h"
#include <cstdio>
#include <cstdlib>
#include <sys/mman.h>

namespace sockwalk {

constinit thread_local Arena* t_arena = nullptr;

Arena::Arena(WriteSink* sink, bool silent) {
  // Reserve twice the size so that an aligned half is inside, and give the rest back.
  constexpr int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE;
  void* got = mmap(nullptr, 2 * Size, PROT_READ | PROT_WRITE, flags, -1, 0);
  if (got == MAP_FAILED) {
    std::perror("sockwalk: cannot reserve address space for the simulated kernel's memory");
    std::abort();
  }
  u8* begin = static_cast<u8*>(got);
  m_base = reinterpret_cast<u8*>((reinterpret_cast<u64>(begin) + Size - 1) & ~(Size - 1));
  if (m_base != begin) munmap(begin, m_base - begin);
  u8* end = begin + 2 * Size;
  if (m_base + Size != end) munmap(m_base + Size, end - (m_base + Size));
  headerOf(m_base) = {sink, silent, nullptr, nullptr};
}

u32 Arena::objectAround(u32 offset) const {
  if (offset < HeapBegin || offset >= HeapEnd) return 0;
  const PageRecord& page = pageOf(offset);
  if (!page.slab) return 0;
  const u32 object = page.slab + (offset - page.slab) / page.objectSize * page.objectSize;
  return recordOf(object).birth ? object : 0;
}

Arena::~Arena() { munmap(m_base, Size); }

} // namespace sockwalk
