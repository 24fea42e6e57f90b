// Which bytes of a packet's buffer have been written for it, at every moment of its life.
//
// skb_push() and skb_put() only move a pointer: what stands in the room that they claim is whatever the memory held before.
// So content is what somebody has written: the functions that the packet meets, the card (by DMA, before there is an
// sk_buff), or whoever copied the bytes from another buffer. A clone begins with what its original has; a copy and a buffer
// that moved keep of what they copied only what had been written. What was trimmed off has to be written again.
#pragma once
#include "engine/journal/journal.h"
#include "engine/tell/buffers/buffer_shape.h"
#include "engine/tell/buffers/byte_ranges.h"

namespace sockwalk::tell {

class WrittenBytes {
public:
  // What the packet that this one came of was at that moment.
  struct Parent {
    bool known = false;
    BufferShape shape;
    ByteRanges written;
  };
  explicit WrittenBytes(Parent parent) : m_parent(std::move(parent)) {}

  // Of the journal, in order. `now`: the sk_buff as it is; `before`: as it was until event `i`, nullptr for the first.
  void shapeChanged(const Journal& journal, EventIndex i, const BufferShape* before, const BufferShape& now);
  void bytesChanged(const Journal& journal, EventIndex i, const BufferShape& now, bool released);
  void returned(const Journal& journal, EventIndex i, const BufferShape& now); // event `i` is a Return
  void copied(EventIndex i, const BufferShape& now);

  // The buffer is its own: nobody is in the middle of giving it one.
  bool settledAt(EventIndex position) const;
  // Offsets from the head of that moment.
  const ByteRanges& at(EventIndex position) const;

private:
  void keep(EventIndex i);

  struct Step {
    EventIndex event;
    ByteRanges bytes;
  };
  Parent m_parent;
  ByteRanges m_now;
  std::vector<Step> m_steps;
  std::vector<std::pair<EventIndex, EventIndex>> m_making; // from, to
  // The call that gives the packet its buffer, or another one: once it is through, what the buffer holds is known.
  EventIndex m_newIn = NoEvent;
  bool m_moves = false;
  u32 m_dataBefore = 0;
  ByteRanges m_movedBytes;
};

// What was written into [head, head + size) before event `i` and after the last packet there was let go of, or the memory
// was taken: as offsets from head.
ByteRanges writtenBefore(const Journal& journal, u32 head, u32 size, EventIndex i);

} // namespace sockwalk::tell
