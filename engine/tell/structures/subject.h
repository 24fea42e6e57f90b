// What stands at an address, as the structure that a person wants to see: an object of the kernel, or one inside of it;
// and what a step wrote into it.
#pragma once
#include "engine/journal/reflection.h"
#include "engine/tell/text.h"

namespace sockwalk::tell {

struct StructureSubject {
  u32 base = 0;                       // in the arena
  const LayoutInfo* layout = nullptr; // nullptr: plain bytes
  u32 size = 0;
  ObjectRef object;                    // it, or what it stands in
  EventIndex born = 0, died = NoEvent; // of a slab object; a global lives always
  std::string cache;                   // slab cache; "" for a global
  explicit operator bool() const { return size != 0; }
  bool same(const StructureSubject& o) const { return base == o.base && layout == o.layout && born == o.born; }
  bool covers(u32 offset) const { return offset >= base && offset - base < size; }
};

// The structure at an address. Objects that only hold others (socket_alloc: a socket and its inode; an fclone
// pair) give the one of them that covers the address. Nothing if no object is there now.
StructureSubject subjectAt(const Playhead& at, u64 address);
// The structures that lie at an offset: its own, or those that it holds where it only holds others.
std::vector<StructureSubject> subjectsOf(const Playhead& at, u32 offset);
std::string subjectName(const Playhead& at, const StructureSubject& subject); // "socket #1", as pointers to it read
std::string subjectTitle(const StructureSubject& subject);                    // "struct socket"
Text subjectDetails(const StructureSubject& subject); // "128 bytes · 2 cache lines · in sock_inode_cache #3"
// That it does not live at this position, yet or any more; empty while it does.
Text subjectFate(const Journal& journal, const StructureSubject& subject, EventIndex position);
u32 cacheLines(u32 base, u32 size);

bool isWrite(const Event& event); // into memory: one value or many bytes
u32 writtenSize(const Event& write);
// What a step wrote into a subject, byte by byte.
struct SubjectChanges {
  std::vector<u8> written;                    // 1 where a write went
  std::vector<u8> changed;                    // the bits that are others than before the step
  EventIndex first = NoEvent, last = NoEvent; // events that wrote
  u32 firstOffset = 0;                        // of the last write, from the subject's base
  u8 flipped(u32 offset) const { return offset < changed.size() ? changed[offset] : 0; }
  bool any(u32 offset, u32 size, bool onlyChanged) const;
};
// Between two positions of the playhead, in either direction; steps longer than `Longest` say only what the
// event before `to` did.
SubjectChanges changesBetween(const Journal& journal, const StructureSubject& subject, EventIndex from, EventIndex to);
// The object (with a known layout) that the last write before `to`, and not before `from`, went into; 0:
// none.
u64 lastWritten(const Playhead& at, EventIndex from, EventIndex to);

} // namespace sockwalk::tell
