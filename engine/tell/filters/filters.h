// The programs by which sockets sort packets, as tcpdump -d prints them, and of each its latest run: which instructions it
// came to, in which order, what A, X and M are by now, and which bytes of the packet it has read.
#pragma once
#include "engine/journal/playhead.h"
#include "engine/tell/text.h"
#include <map>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

namespace sockwalk::tell {

class LiveObjects;

struct FilterLine {
  std::string text;           // "(001) jeq      #0x800           jt 2\tjf 10"
  std::vector<u32> leadsTo;   // of a jump: the instructions it may lead to, with two of them first that for "yes"
  int order = 0;              // of the latest run: 1 for its first instruction; 0: it did not come here
  int next = -1;              // the instruction that comes after it in this run; -1: none, or it did not run
  Text outcome;               // "A = 0x800, X = 0x0", "yes: on to (002)", "wanted: up to 18 bytes"
  EventIndex event = NoEvent; // the note that says so
  bool latest = false;        // so far the run has come
};

// Bytes of the packet that an instruction has read, counted from where the program sees it.
struct FilterLook {
  u32 from = 0, size = 0;
  u32 line = 0; // whose
};

struct FilterTold {
  std::string program; // "bpf_prog #1"
  u64 address = 0;
  std::vector<std::string> sockets; // that have it: "packet_sock #1"
  std::vector<FilterLine> lines;
  bool usesWords = false; // an instruction speaks of M
  // The latest run that has begun; `begun` is NoEvent where there was none.
  EventIndex begun = NoEvent;
  std::string packet; // "sk_buff #3"
  u64 bytes = 0;      // of it, from where the program sees it
  bool over = false;
  u64 answer = 0; // how many bytes it wants; 0: none
  // As far as the run has come.
  u32 a = 0, x = 0;
  std::map<u32, u32> words;      // of M, those that were written
  std::vector<FilterLook> looks; // the latest last
};

// Of every filter that lives at this moment, the oldest first.
std::vector<FilterTold> readFilters(const Playhead& at, const LiveObjects& live);
std::vector<FilterTold> readFilters(const Playhead& at);
// The bytes of the packet of its latest run, from where the program sees it, as they were when it began; those that lie in
// pages are left out. A look at another moment: who draws them keeps them for as long as `begun` is the same.
std::vector<u8> packetOfRun(const Journal& journal, const FilterTold& filter);

Text programText(const FilterTold& filter); // "bpf_prog #1 of packet_sock #1"
Text runText(const FilterTold& filter); // "run last on sk_buff #3 of 82 bytes, of which it wants up to 262,144 bytes"
std::vector<std::string> lines(const std::vector<FilterTold>& filters);
nlohmann::json json(const std::vector<FilterTold>& filters);

} // namespace sockwalk::tell
