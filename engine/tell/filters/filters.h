// The programs by which sockets sort packets, as tcpdump -d prints them, and of each its latest run: which instructions it
// came to, in which order, and what A, X and M were then.
#pragma once
#include "engine/journal/playhead.h"
#include "engine/tell/text.h"
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

namespace sockwalk::tell {

struct FilterLine {
  std::string text;           // "(001) jeq      #0x800           jt 2\tjf 10"
  int order = 0;              // of the latest run: 1 for its first instruction; 0: it did not come here
  Text outcome;               // "A = 0x800, X = 0x0", "yes: on to (002)", "wanted: up to 18 bytes"
  EventIndex event = NoEvent; // the note that says so
  bool latest = false;        // so far the run has come
};

struct FilterTold {
  std::string program;              // "bpf_prog #1"
  std::vector<std::string> sockets; // that have it: "packet_sock #1"
  std::vector<FilterLine> lines;
  // The latest run that has begun; `begun` is NoEvent where there was none.
  EventIndex begun = NoEvent;
  std::string packet; // "sk_buff #3"
  u64 bytes = 0;      // of it, from where the program sees it
  bool over = false;
  u64 answer = 0; // how many bytes it wants; 0: none
};

// Of every filter that lives at this moment, the oldest first.
std::vector<FilterTold> readFilters(const Playhead& at);

Text runText(const FilterTold& filter); // "run last on sk_buff #3 of 82 bytes, of which it wants up to 262,144 bytes"
std::vector<std::string> lines(const std::vector<FilterTold>& filters);
nlohmann::json json(const std::vector<FilterTold>& filters);

} // namespace sockwalk::tell
