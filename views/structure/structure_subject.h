// What the structure view looks at: an object of the kernel, or a structure inside of one.
#pragma once
#include "engine/journal/reflection.h"
#include <QString>

namespace sockwalk {

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
QString subjectTitle(const StructureSubject& subject);   // "struct socket"
QString subjectDetails(const StructureSubject& subject); // "128 bytes · 2 cache lines · in sock_inode_cache #3"
u32 cacheLines(u32 base, u32 size);

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

} // namespace sockwalk
