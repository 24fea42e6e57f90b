// One moment of a walk: where in the record it is, who runs, what has just happened.
#pragma once
#include "engine/tell/moments.h"
#include <nlohmann/json_fwd.hpp>

namespace sockwalk::tell {

struct RunningCall {
  EventIndex event;
  std::string call; // "inet_create(net=init_net, sock=socket #3, protocol=0, kern=0)"
  std::string file; // from the engine's root: "engine/kernel/net/ipv4/af_inet.cpp"
};
struct Moment {
  EventIndex position = 0, events = 0;
  int step = 0, steps = 0;        // of the stimulus
  std::string stimulus, name;     // "socket(AF_INET, SOCK_STREAM, 0)", "socket_tcp"; "" before the first
  s64 time = 0;                   // ns since boot
  std::string task;               // "main"; "" outside of tasks
  std::vector<RunningCall> stack; // outermost first; see running.h
  Text sentence;                  // what has just happened
};
Moment momentAt(const Playhead& at);
std::vector<std::string> lines(const Moment& moment);
nlohmann::json json(const Moment& moment);

} // namespace sockwalk::tell
