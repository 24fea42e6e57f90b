// One thing seen four ways: bytes of a frame on the wire, the same bytes in a buffer, the member of the structure that lies
// over them, and the line of source that wrote them. Whichever of them a person begins with, the other three follow, as far
// as the record can tell: a frame belongs to a buffer only where their bytes are the same.
#pragma once
#include "engine/journal/event.h"
#include <string>

namespace sockwalk {
struct LayoutInfo;
}

namespace sockwalk::tell {

struct Selection {
  u32 size = 0; // bytes; 0: nothing is selected
  // On the wire; -1: no frame is known to have these bytes.
  int packet = -1; // of the PacketList
  u32 inFrame = 0;
  // In memory; 0: they are nowhere, for a card has made them.
  u32 offset = 0;
  // In the buffer of an sk_buff; -1: in none.
  int life = -1;       // of the PacketList's lives
  u32 inBuffer = 0;    // from head
  bool inPage = false; // in a page that hangs on the buffer, and not behind head
  // The structure over them.
  u32 base = 0; // in the arena
  const LayoutInfo* layout = nullptr;
  std::string member;     // "tcphdr.seq"
  std::string copiedFrom; // "tcp_sock #1, inet_sport", if the line that wrote them says so and it has the same bytes
  // Who wrote them; NoEvent: nobody that the record knows.
  EventIndex written = NoEvent;
  std::string function, file;
  int line = 0;

  explicit operator bool() const { return size != 0; }
  bool operator==(const Selection&) const = default;
};

} // namespace sockwalk::tell
