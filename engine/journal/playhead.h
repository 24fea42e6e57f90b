// A position in a journal, and the machine's memory as it was there, in an arena of its own.
// Pointers got from it are good until the next seek. The journal may grow while a playhead stands in it.
#pragma once
#include "engine/journal/journal.h"

namespace sockwalk {

class Playhead {
public:
  explicit Playhead(const Journal& journal);
  const Journal& journal() const { return m_journal; }
  EventIndex position() const { return m_position; } // events that have happened
  void seek(EventIndex position);                    // clamped to the journal's size

  const Arena& memory() const { return m_arena; }
  template <class T> const T* object(u64 address) const { return m_arena.object<T>(address); }
  template <class T> const T* global(std::string_view name) const {
    const DataSymbol* d = Symbols::get().dataNamed(name);
    return d ? reinterpret_cast<const T*>(m_arena.at(d->offset)) : nullptr;
  }

  // The event that has just happened; NoEvent at the start.
  EventIndex current() const { return m_position ? m_position - 1 : NoEvent; }
  // The calls that are open at this position, outermost first; a call that has just returned is not.
  std::vector<EventIndex> callStack() const;
  // The source that runs now: file and line of the current event; ("", 0) outside of any function.
  struct Source {
    std::string_view file, function;
    int line;
  };
  Source source() const;

private:
  void apply(EventIndex i, bool forward);
  void restore(const Keyframe& k);
  void touch(u32 offset, u32 size);

  const Journal& m_journal;
  Arena m_arena;
  EventIndex m_position = 0;
  static inline const Page* const Dirty = reinterpret_cast<const Page*>(~0ull);
  std::vector<const Page*> m_has; // for each page slot: the keyframe page that the arena holds there, or Dirty
};

} // namespace sockwalk
