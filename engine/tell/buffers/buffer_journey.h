// One packet's way through the stack: what its sk_buff said after each change, each function that was handed
// it, and where its time went. Read once from the stretch of the journal in which it lived, then kept.
#pragma once
#include "engine/base/layer.h"
#include "engine/tell/buffers/buffer_lives.h"
#include "engine/tell/buffers/buffer_shape.h"
#include "engine/tell/buffers/written_bytes.h"
#include <array>
#include <list>
#include <memory>

namespace sockwalk::tell {

// What one function did to the buffer: neighbouring changes made in the same call.
struct BufferOperation {
  EventIndex call;        // that made the changes; NoEvent outside of any
  int before, after;      // indices of shapes; before is -1 for the first
  EventIndex first, last; // events
};
struct BufferStop {
  EventIndex call;
  u16 function;
  Layer layer;
  int shape; // index of the shape at the function's entry
};
// A stretch of its time: in the functions of a layer, or waiting while another task or interrupt ran.
struct BufferSpan {
  EventIndex from, to;
  bool waiting;
  Layer layer; // in which it was, or waited
};
struct BufferDrop {
  EventIndex event = NoEvent;
  u16 reason = 0; // enum skb_drop_reason
};

class BufferJourney {
public:
  // `memory`: as it was when the life began; `parent`: what it came of.
  BufferJourney(const BufferLife& life, const Playhead& memory, WrittenBytes::Parent parent);
  // Reads on to the end of the life, or of the journal.
  void extend(const Journal& journal, const BufferLife& life);

  const BufferLife& life() const { return m_life; }
  const std::vector<BufferShape>& shapes() const { return m_shapes; }
  const std::vector<BufferOperation>& operations() const { return m_operations; }
  const std::vector<BufferStop>& stops() const { return m_stops; }
  const WrittenBytes& written() const { return m_written; }
  const BufferDrop& drop() const { return m_drop; }
  // What the kernel has marked of it, or of another sk_buff that came of it: events.
  const std::vector<EventIndex>& marks() const { return m_marks; }

  int shapeAt(EventIndex position) const;     // -1 before the first
  int operationAt(EventIndex position) const; // the last that has begun; -1
  int stopAt(EventIndex position) const;      // the last that was entered; -1

  // Simulated ns: from one stop to the next they count for the first one's layer, or as waiting if another
  // task or interrupt ran between.
  struct Times {
    std::array<s64, layerCount> layers{};
    s64 waiting = 0, total = 0;
  };
  const Times& times() const { return m_times; }
  const std::vector<BufferSpan>& spans() const { return m_spans; } // the same in order, one after the other

private:
  void read(const Journal& journal, EventIndex i, EventIndex gone);
  void change(const Journal& journal, EventIndex i);
  void addShape(const Journal& journal, EventIndex i);
  void addTime(const Journal& journal, EventIndex to);
  void findHints();

  BufferLife m_life;
  EventIndex m_next;
  u8 m_bytes[232];
  bool m_built; // its head is this packet's: until then the structure holds what the one before left
  std::vector<BufferShape> m_shapes;
  WrittenBytes m_written;
  std::vector<BufferOperation> m_operations;
  std::vector<BufferStop> m_stops;
  BufferDrop m_drop;
  std::vector<EventIndex> m_marks;
  Times m_times;
  std::vector<BufferSpan> m_spans;
  EventIndex m_timed = NoEvent; // up to which event the times are added
};

// The journeys looked at last.
class BufferJourneys {
public:
  const BufferJourney& of(const Journal& journal, const BufferLives& lives, int life);
  void clear();

private:
  WrittenBytes::Parent parentOf(const Journal& journal, const BufferLives& lives, const BufferLife& life);

  std::list<std::pair<int, BufferJourney>> m_kept;
  std::unique_ptr<Playhead> m_past; // to see what a structure held when a life began in it
};

} // namespace sockwalk::tell
