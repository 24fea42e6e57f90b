// Which packets there are: one life for each time that a struct sk_buff becomes one. NAPI keeps freed
// structures at hand and gives them out again without the slab noticing, so a life is not an allocation: it
// begins where the structure is cleared (or made a clone), and ends where its buffer is let go.
#pragma once
#include "engine/journal/journal.h"
#include <unordered_map>
#include <vector>

namespace sockwalk {

struct BufferLife {
  u32 offset;                    // of the sk_buff in the arena
  EventIndex born;               // the event with which it begins
  EventIndex released = NoEvent; // the call that let its bytes go (skb_release_data, kfree_skbmem ...)
  EventIndex end = NoEvent;      // the structure is freed, or becomes the next packet
  u32 ordinal = 0;               // of the sk_buff's allocation: the n in "sk_buff #n"
  u32 turn = 1;                  // the how-manieth packet in this structure
  bool found = false;            // its birth was not seen: it was first met as a call's argument
  bool aliveAt(EventIndex position) const;
  bool knownAt(EventIndex position) const { return position > born && (end == NoEvent || position <= end); }
};

class BufferLives {
public:
  void clear();
  // Reads what the journal has grown by; nothing is read twice.
  void update(const Journal& journal);
  const std::vector<BufferLife>& all() const { return m_lives; }
  // The life in this sk_buff that stands at a position, or the last before it; -1 if there was none.
  int at(const Journal& journal, u64 address, EventIndex position) const;
  std::vector<int> aliveAt(const Journal& journal, EventIndex position,
                           size_t limit = 64) const; // newest first
  // The next call from `position` on that is handed a buffer; NoEvent if there is none.
  EventIndex nextBufferCall(const Journal& journal, EventIndex position) const;

private:
  void begin(u32 offset, EventIndex event, bool found = false);
  void call(const Journal& journal, EventIndex i);
  void learnFunctions();

  std::vector<BufferLife> m_lives;
  std::unordered_map<u32, std::vector<int>> m_byOffset;
  std::unordered_map<u32, u32> m_structures; // live struct sk_buff: offset to ordinal
  enum Role : u8 { None, Takes, Clones, Releases };
  std::vector<Role> m_roles; // by function id
  std::vector<u8> m_argument;
  EventIndex m_seen = 0;
};

// The position of the life's end as the person sees it: after the call that let it go has returned.
EventIndex releasedAt(const Journal& journal, const BufferLife& life);

} // namespace sockwalk
