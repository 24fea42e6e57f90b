// Which packets there are: one life for each time that a struct sk_buff becomes one, and how the lives are akin.
//
// NAPI keeps freed structures at hand and gives them out again without the slab noticing, so a life is not an
// allocation. Where it begins, what it is a clone, copy or part of, what it went into and where it was let go is what
// the kernel has marked (BufferMark in engine/journal/event.h): it is read in one pass, and only once.
#pragma once
#include "engine/journal/journal.h"
#include <unordered_map>
#include <vector>

namespace sockwalk::tell {

struct BufferLife {
  u32 offset;                                             // of the sk_buff in the arena
  EventIndex born;                                        // the mark with which it begins
  EventIndex released = NoEvent;                          // the mark with which its bytes are let go of
  EventIndex end = NoEvent;                               // the structure is freed, or becomes the next packet
  u32 ordinal = 0;                                        // of the sk_buff's allocation: the n in "sk_buff #n"
  u32 turn = 1;                                           // the how-manieth packet in this structure
  enum Half : u8 { Single, First, Second } half = Single; // of an fclone pair
  // The family, as indices of lives; -1: none.
  BufferMark origin = BufferMark::Born; // or Cloned, Copied, Segment, Fragment, Split: what it is to `from`
  int from = -1;
  int into = -1;                        // whom its bytes went to
  BufferMark joined = BufferMark::Born; // how: Merged, Joined, Reassembled
  int child = -1, sibling = -1;         // its youngest descendant; the next older one of the same parent
  // The events that say so: whose child it is, where its bytes went, and that it was dropped.
  EventIndex akin = NoEvent, went = NoEvent, dropped = NoEvent;

  bool aliveAt(EventIndex position) const;
  bool knownAt(EventIndex position) const { return position > born && (end == NoEvent || position <= end); }
};

class BufferLives {
public:
  void clear();
  // Reads what the journal has grown by, up to `until`; nothing is read twice.
  void update(const Journal& journal, EventIndex until = NoEvent);
  // The same by single events, for who reads the journal anyway: event `i`, in order.
  void read(const Journal& journal, EventIndex i);
  const std::vector<BufferLife>& all() const { return m_lives; }
  const BufferLife& life(int index) const { return m_lives[size_t(index)]; }
  // The life in this sk_buff that stands at a position, or the last before it; -1 if there was none.
  int at(u64 address, EventIndex position) const;
  int latest(u64 address) const;                                          // as far as the journal has been read
  std::vector<int> aliveAt(EventIndex position, size_t limit = 64) const; // newest first
  std::vector<int> childrenOf(int life) const;                            // clones, copies, parts; oldest first
  int rootOf(int life) const;                                             // the first of its family

  // The next call from `position` on that is handed a buffer; NoEvent if there is none.
  EventIndex nextBufferCall(const Journal& journal, EventIndex position) const;

private:
  int begin(u32 offset, EventIndex event);
  void mark(const Event& e, EventIndex i);
  void descend(int life, int from, BufferMark how, EventIndex event);
  void structureBorn(const Journal& journal, const Event& e, EventIndex i);
  void structureDied(const Event& e, EventIndex i);

  std::vector<BufferLife> m_lives;
  std::unordered_map<u32, std::vector<int>> m_byOffset;
  struct Structure {
    u32 ordinal;
    BufferLife::Half half;
  };
  std::unordered_map<u32, Structure> m_structures; // live struct sk_buff, by offset
  EventIndex m_seen = 0;
};

// The position of the life's end as the person sees it: after the call that let it go has returned.
EventIndex releasedAt(const Journal& journal, const BufferLife& life);

} // namespace sockwalk::tell
