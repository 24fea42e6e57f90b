// The arena: all memory of one simulated machine, as one piece of host memory that knows its kernel addresses.
//
// It is 4 GiB of address space (only touched pages cost anything) aligned to 4 GiB, so the low 32 bits of a host
// pointer are the place in the arena, and the same 32 bits are the low half of the kernel address. A kernel pointer
// stored in the arena therefore finds its target from its own address: no global, and several machines can live side
// by side. Addresses are the same in every run, because nothing of the host is in them.
//
//   offset                    kernel address                     what is there
//   0x00000000 - 0x00ffffff   0xffffea0000000000 + offset        struct page array (vmemmap); first page: our header
//   0x01000000 - 0x2fffffff   0xffff888000000000 + offset        the direct map: slabs and pages
//   0x30000000 - 0x3fffffff   0xffffc90000000000 + offset        kernel stacks of the tasks
//   0x40000000 - 0x7fffffff   (not the kernel's)                 who lives where: one record for each object, page
//   0x80000000 - 0x8fffffff   0xffffffff00000000 + offset        text and data of the kernel image
//   0xc0000000 - 0xefffffff   0x00007f0000000000 + offset        user memory of the tasks
#pragma once
#include "engine/base/types.h"

#include <cstddef>

namespace sockwalk {

// What stands for each page of the heap: which slab it is part of. Kept in the arena, so that it is true at any
// moment of the record, not only at its end.
struct PageRecord {
  u32 slab;       // offset of the slab's first page; 0: page not in use
  u32 objectSize; // bytes from one object to the next
  u16 cache;      // index in the journal's list of caches
  u16 pages;      // of the slab
  u32 unused;
};
// What stands for each live object, Arena::RecordShift above it.
struct ObjectRecord {
  u32 birth; // index + 1 of the event of its allocation; 0: nothing lives here
  u16 type;  // TypeId
  u16 cache;
};

// Sees each change of memory before it happens, and does it. The journal's recorder is one; a playhead has none.
class WriteSink {
public:
  virtual ~WriteSink() = default;
  // `size` bytes at `offset` become `bytes`. `line`: the engine source line that says so.
  virtual void write(u32 offset, const void* bytes, u32 size, int line) = 0;
  virtual void fill(u32 offset, u8 value, u32 size, int line) = 0;
  virtual u16 newCache(const char* name, u32 objectSize) = 0;
  virtual void newSlab(const PageRecord& slab) = 0;
  virtual void born(u32 offset, u16 type, u16 cache, u32 size, int line) = 0;
  virtual void died(u32 offset, int line) = 0;
  virtual void tableCall(u32 slot, u64 target) = 0; // a call through the function pointer at `slot`
};

class Arena {
public:
  static constexpr u64 Size = 1ull << 32;
  static constexpr u32 PageSize = 4096;
  static constexpr u32 HeapBegin = 0x01000000, HeapEnd = 0x30000000;
  static constexpr u32 StackBegin = 0x30000000, StackEnd = 0x40000000;
  static constexpr u32 RecordShift = 0x40000000; // the record of an object stands this far above it
  static constexpr u32 PageRecords = 0x71000000; // 16 bytes for each page of the heap
  static constexpr u32 TextBegin = 0x81000000, DataBegin = 0x82000000, DataEnd = 0x90000000;
  static constexpr u32 UserBegin = 0xc0000000, UserEnd = 0xf0000000;

  // `silent`: nobody wants to hear of writes; they are done without going through the sink.
  explicit Arena(WriteSink* sink = nullptr, bool silent = false);
  ~Arena();
  Arena(const Arena&) = delete;
  Arena& operator=(const Arena&) = delete;

  u8* base() const { return m_base; }
  u8* at(u32 offset) const { return m_base + offset; }
  template <class T> const T* object(u64 address) const {
    return address ? reinterpret_cast<const T*>(m_base + static_cast<u32>(address)) : nullptr;
  }
  const PageRecord& pageOf(u32 offset) const {
    return reinterpret_cast<const PageRecord*>(m_base + PageRecords)[(offset - HeapBegin) / PageSize];
  }
  const ObjectRecord& recordOf(u32 object) const {
    return *reinterpret_cast<const ObjectRecord*>(m_base + object + RecordShift);
  }
  // Where the live heap object begins that covers this offset; 0 if none does.
  u32 objectAround(u32 offset) const;
  bool contains(const void* p) const { return baseOf(p) == m_base; }

  // Whose memory this is; nullptr: nobody runs on it, as on a playhead's copy.
  void setOwner(void* owner) { headerOf(m_base).owner = owner; }
  template <class T> T& owner() const { return *static_cast<T*>(headerOf(m_base).owner); }
  // How far down the stack that runs now may reach; nullptr: it is the host's own, which the host guards.
  void setStackLimit(const void* limit) { headerOf(m_base).stackLimit = limit; }
  const void* stackLimit() const { return headerOf(m_base).stackLimit; }

  static u8* baseOf(const void* p) { return reinterpret_cast<u8*>(reinterpret_cast<u64>(p) & ~(Size - 1)); }
  static u32 offsetOf(const void* p) { return static_cast<u32>(reinterpret_cast<u64>(p)); }
  static WriteSink& sinkOf(const void* p) { return *headerOf(p).sink; }
  static bool silent(const void* p) { return headerOf(p).silent; }
  bool silent() const { return silent(m_base); }
  static constexpr u64 addressOf(u32 offset) {
    if (offset < HeapBegin) return 0xffffea0000000000ull | offset;
    if (offset < StackBegin) return 0xffff888000000000ull | offset;
    if (offset < StackEnd) return 0xffffc90000000000ull | offset;
    if (offset < UserBegin) return 0xffffffff00000000ull | offset;
    return 0x00007f0000000000ull | offset;
  }
  // The kernel address of an object of some arena; 0 for nullptr.
  static u64 address(const void* p) { return p ? addressOf(offsetOf(p)) : 0; }

private:
  struct Header { // in the arena's first bytes
    WriteSink* sink;
    bool silent;
    void* owner;
    const void* stackLimit;
  };
  static Header& headerOf(const void* p) { return *reinterpret_cast<Header*>(baseOf(p)); }
  u8* m_base;
};

// The arena of the machine that runs on this host thread now: what the per-CPU base register (GS) is to a real CPU.
// Only globals of the kernel image and new objects need it; everything else is reached by pointer.
//
// It is the engine's one thread_local, and no state of a machine: it says which machine this thread works for, so that
// several threads can each run one. The machine itself is found from the arena (owner()), and all else from the machine.
extern constinit thread_local Arena* t_arena;
struct EnterArena {
  explicit EnterArena(Arena* arena) : m_before(t_arena) { t_arena = arena; }
  ~EnterArena() { t_arena = m_before; }
  EnterArena(const EnterArena&) = delete;
  Arena* m_before;
};

} // namespace sockwalk
