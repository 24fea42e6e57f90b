// Who wrote a member of an object, when, and what it said before and after.
#pragma once
#include "engine/tell/structures/rows.h"

namespace sockwalk::tell {

struct MemberWrite {
  EventIndex event;
  bool same; // it was that already
};
struct MemberWrites {
  static constexpr size_t Most = 400;
  std::vector<MemberWrite> writes; // the last `Most` in the object's life, newest last
  bool cut = false;                // there were more before
  // The write that made the value of a position, as an index; -1 if none has been yet.
  int madeValueAt(EventIndex position) const;
};
// Of a bit-field, only writes that made other bits: its neighbours share its bytes. A long life is read a piece at a time.
class MemberWritesReader {
public:
  MemberWritesReader(const Journal& journal, const StructureSubject& subject, const MemberPlace& member);
  const MemberWrites& writes() const { return m_writes; }
  bool atEnd() const { return m_next >= m_end; }
  // Looks at so many events more. What it gives is what it found, as rows taken from the front of writes() and rows added
  // at its end.
  struct Grown {
    size_t left = 0, added = 0;
  };
  Grown read(EventIndex events);

private:
  const Journal& m_journal;
  MemberPlace m_place;
  EventIndex m_next, m_end;
  MemberWrites m_writes;
};
MemberWrites writesOf(const Journal& journal, const StructureSubject& subject, const MemberPlace& member);

// The events of [from, to) that write into these bytes.
std::vector<EventIndex> writesInto(const Journal& journal, u32 offset, u32 size, EventIndex from, EventIndex to);

// What an event does to a member. Of a bit-field, only what makes other bits.
enum class Touch : u8 { None, Same, Changes };
Touch touchOf(const Journal& journal, EventIndex event, const MemberPlace& member);
// As the structure's table says it.
Text valueNow(const Playhead& at, const MemberPlace& member);

// The function that an event happened in.
Text writerOf(const Journal& journal, EventIndex event);
// What the member said before and after a write, named by what lived then. `past` is moved.
struct WrittenValue {
  Text before, after;
};
WrittenValue writtenValue(Playhead& past, const MemberPlace& member, EventIndex event);
// "step 57  sock_init_data  NULL → tcp_sock #1"; `step` names the moment.
Text writeInWords(const Journal& journal, const MemberWrite& write, const WrittenValue& value, const Text& step);

} // namespace sockwalk::tell
