#include "engine/memory/arena.h"
#include "engine/memory/no_address_space.h"
#include <sys/mman.h>

namespace sockwalk {

constinit thread_local Arena* t_arena = nullptr;

const char* NoAddressSpace::what() const noexcept {
  return "there is too little address space: each simulated machine, and each view of its past, reserves 8 GiB of it, "
         "of which only little is used; `ulimit -v unlimited` lifts the limit";
}

Arena::Arena(WriteSink* sink, bool silent) {
  // Reserve twice the size so that an aligned half is inside, and give the rest back.
  constexpr int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE;
  void* got = mmap(nullptr, 2 * Size, PROT_READ | PROT_WRITE, flags, -1, 0);
  if (got == MAP_FAILED) throw NoAddressSpace();
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
