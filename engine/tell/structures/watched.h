// Members that a person watches: what each is at a moment, what the step there made of it, and where it changes next.
#pragma once
#include "engine/tell/step_changes.h"
#include "engine/tell/structures/history.h"

namespace sockwalk::tell {

// A member of one object, from its birth to its end; the same in every replay of the record.
struct WatchedMember {
  std::string object, member;         // "tcp_sock #1", "snd_cwnd"
  const LayoutInfo* layout = nullptr; // of the structure in which the member's path begins
  u32 base = 0;                       // where that begins in the arena
  EventIndex born = 0;                // the event of the object's allocation
  bool global = false;                // it lives always
  MemberPlace place;                  // none: there is no such member

  static WatchedMember of(std::string object, std::string_view type, std::string member, u32 base, EventIndex born,
                          bool global);
  static WatchedMember of(const Playhead& at, const StructureSubject& subject, std::string member);
  std::string_view type() const { return layout ? layout->name : std::string_view(); }
  bool operator==(const WatchedMember& o) const {
    return place.offset() == o.place.offset() && place.member.size == o.place.member.size &&
           place.member.bit == o.place.member.bit && born == o.born;
  }
};

struct WatchedNow {
  enum Life : u8 { NotYet, Alive, Gone } life = NotYet;
  Text value;           // while it lives
  bool changed = false; // by the step
  Text before;          // changed: what it was
  Text writer;          // changed: the function
};
WatchedNow watchedNow(const Playhead& at, const WatchedMember& member, StepRange step);

// Where a run from one position to another, in either direction, comes to where the member is another than before;
// NoEvent if it stays the same.
EventIndex firstChange(const Journal& journal, const WatchedMember& member, EventIndex from, EventIndex to);

} // namespace sockwalk::tell
