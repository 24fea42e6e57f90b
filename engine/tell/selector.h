// Finds the other three of a selection (selection.h), and says them in words.
#pragma once
#include "engine/base/result.h"
#include "engine/tell/packets/packet_list.h"
#include "engine/tell/selection.h"
#include "engine/tell/structures/subject.h"
#include <nlohmann/json_fwd.hpp>

namespace sockwalk::tell {

// The structure over a selection, as Structure shows it: of a header, the header where it lies in the buffer.
StructureSubject subjectOf(const Playhead& at, const Selection& selection);

// Finds the other three. Everything it asks of the record is at moments of the past, so it has a playhead of its own.
class Selector {
public:
  Selector(const Journal& journal, const PacketList& packets);
  Selection ofFrame(int packet, u32 from, u32 size);
  // Bytes in memory, as they are at a position.
  Selection ofBytes(EventIndex position, u32 offset, u32 size);
  // What the line wrote last before the position; nothing if it has not run, or writes nothing.
  Selection ofLine(EventIndex position, std::string_view file, int line);

private:
  // Where the bytes of a frame stand in its buffer.
  struct Place {
    EventIndex moment = NoEvent;       // at which the frame and the buffer say the same; NoEvent: no such place
    u32 head = 0, start = 0, tail = 0; // of the arena; from head: the frame's first byte, the end of what is there
    u64 shared = 0;                    // address of the skb_shared_info
  };
  Place placeOf(int packet);
  u32 inPages(const Place& place, u32 from, u32 size) const;                  // in the arena; 0: not there
  std::optional<u32> ofPages(const Place& place, u32 offset, u32 size) const; // in the frame
  std::optional<u32> inFrame(const Selection& s, const Place& place) const;
  bool sameAsFrame(int packet, u32 from, u32 offset, u32 size) const;
  void findBuffer(Selection& s, EventIndex position);
  void findFrame(Selection& s, EventIndex position, u32 head);
  void findHeader(Selection& s, EventIndex position);
  void findMember(Selection& s, EventIndex position);
  void findWriter(Selection& s, EventIndex position);
  void findSource(Selection& s);

  const Journal& m_journal;
  const PacketList& m_packets;
  Playhead m_at;
};

// The smallest field of a frame that has the byte: where it begins and how long it is; the byte alone where there is none.
std::pair<u32, u32> fieldAround(ByteView frame, u32 offset);
// The bytes of a member of a header of the frame, "tcphdr.seq"; a length of 0: there is no such header, or no such member.
std::pair<u32, u32> fieldNamed(ByteView frame, std::string_view member);

// ---- in words
struct SelectionTold {
  Selection selection;
  const Playhead* at;
  const PacketList* packets;
};
Text wireWords(const SelectionTold& told);
Text bufferWords(const SelectionTold& told);
Text memberWords(const SelectionTold& told);
Text sourceWords(const SelectionTold& told);
std::vector<std::string> lines(const SelectionTold& told);
nlohmann::json json(const SelectionTold& told);

// As the command line names it, at a moment: "frame:38" and "tcphdr.seq" of the packet that came or went last, "byte:102" of
// the newest buffer, "tcp_output.cpp:120". Errors say what is wrong.
Result<Selection> selectionNamed(Selector& selector, const Playhead& at, const PacketList& packets,
                                 const std::string& name);

} // namespace sockwalk::tell
