// Numbers of a TCP socket over time: windows, what is in flight, round trips, queues. Each is a staircase: a value holds from
// the event that wrote it to the next.
#pragma once
#include "engine/journal/playhead.h"
#include "engine/tell/sockets/record.h"
#include <nlohmann/json_fwd.hpp>

namespace sockwalk::tell {

struct PlotPoint {
  EventIndex event; // that wrote it
  s64 time;         // ns since boot
  double value;     // in the unit of its panel
};
struct PlotLine {
  const char* name; // "snd_cwnd": of the member, or of what is worked out of several
  Text meaning;     // "in flight: packets_out - sacked_out - lost_out + retrans_out"
  std::vector<PlotPoint> points;
  double valueAt(EventIndex position) const; // when that many events have happened
};
struct PlotPanel {
  Text title; // "Congestion window"
  Text unit;  // "segments"
  std::vector<PlotLine> lines;
  double most = 0; // of all its values
};
struct Plots {
  std::string socket;   // "tcp_sock #2"
  s64 from = 0, to = 0; // ns: the life of the socket, as far as it is recorded
  std::vector<PlotPanel> panels;
};
Plots readPlots(const Journal& journal, const SocketLife& life, u32 hz); // hz: jiffies a second of its machine
// The first event that happens at a time or after it.
EventIndex eventAt(const Journal& journal, s64 time);

struct PlotsAt { // what the command line prints: the values of a moment, and how often each changed
  Plots plots;
  EventIndex position;
};
std::vector<std::string> lines(const PlotsAt& at);
nlohmann::json json(const PlotsAt& at);

} // namespace sockwalk::tell
