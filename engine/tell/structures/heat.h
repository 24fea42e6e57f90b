// How hot the cache lines of a structure are: how often each line of 64 bytes was written, by which functions, and what lies
// in it. The record has every write and no read, so it says nothing of lines that are only read.
//
//   HeatReader reader;
//   while (!reader.update(journal, subject, 1 << 20)) {} // what was recorded since; a long life a piece at a time
//   tell::Heat heat = reader.at(playhead);
#pragma once
#include "engine/journal/playhead.h"
#include "engine/tell/structures/subject.h"
#include <nlohmann/json_fwd.hpp>

namespace sockwalk::tell {

// Over what the writes are counted: the whole record, up to the moment, within the moment's system call or frame up to it.
enum class HeatStretch : u8 { Walk, Here, Call };
constexpr HeatStretch HeatStretches[] = {HeatStretch::Walk, HeatStretch::Here, HeatStretch::Call};

struct HeatCounts {
  u32 walk = 0, here = 0, call = 0;
  u32 in(HeatStretch stretch) const {
    return stretch == HeatStretch::Walk ? walk : stretch == HeatStretch::Here ? here : call;
  }
  bool operator==(const HeatCounts&) const = default;
};
struct LineWriter {
  Text function; // that wrote
  HeatCounts writes;
};
struct LineHeat {
  u32 number = 0;            // of the line, the structure's first is 0
  u32 from = 0, to = 0;      // its bytes of the structure, `to` behind the last
  HeatCounts writes;         // a write over a border heats both lines
  EventIndex last = NoEvent; // the last write up to the moment
  std::vector<LineWriter> writers;
  std::vector<std::string> members; // that begin in it, by their own names
  // Who wrote it, the most first; only those that did in the stretch.
  std::vector<const LineWriter*> writersIn(HeatStretch stretch) const;
};
struct Heat {
  std::string id, title; // "tcp_sock #1", "struct tcp_sock"
  HeatCounts writes;     // a write over a border counts once
  std::vector<LineHeat> lines;
  u32 hottest(HeatStretch stretch) const; // of a line; 0: none was written
};

class HeatReader {
public:
  // Looks at so many events more. true: all that are recorded have been looked at.
  bool update(const Journal& journal, const StructureSubject& subject, EventIndex events);
  Heat at(const Playhead& at) const; // of what was read

private:
  struct Write {
    EventIndex event;
    u32 first, last, function; // lines; index in m_functions
  };
  // How often each function wrote each line, and when last, before some write.
  struct Counts {
    std::vector<u32> writes;      // by function, and of a function by line
    std::vector<EventIndex> last; // by line
  };
  void restart(const Journal& journal, const StructureSubject& subject);
  void add(EventIndex event);
  void count(Counts& counts, const Write& write) const;
  size_t writesBefore(EventIndex position) const;
  Counts countsBefore(size_t write) const;

  const Journal* m_journal = nullptr;
  StructureSubject m_subject;
  EventIndex m_read = 0;
  u32 m_lines = 0;
  std::vector<Write> m_writes;
  std::vector<Counts> m_marks; // before every so many writes, for a person steps often
  Counts m_all;
  std::vector<Text> m_functions;
};
Heat readHeat(const Playhead& at, const StructureSubject& subject);

Text stretchName(HeatStretch stretch); // "the whole walk"
// "tcp_ack 12, tcp_rcv_established 4 and 3 others"
Text writersText(const LineHeat& line, HeatStretch stretch, size_t most);
Text readsAreNotRecorded();

std::vector<std::string> lines(const Heat& heat);
nlohmann::json json(const Heat& heat);

} // namespace sockwalk::tell
