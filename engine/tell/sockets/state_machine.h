// TCP's state machine (RFC 9293, figure 5, with the kernel's names), and the way that each socket of a record took
// through it: every transition is one that was recorded, labelled by what moved it.
#pragma once
#include "engine/journal/playhead.h"
#include "engine/tell/sockets/record.h"
#include <nlohmann/json_fwd.hpp>

namespace sockwalk::tell {

struct StateEdge {
  u8 from, to; // TCP_ESTABLISHED ...
};
// The transitions that there are: of RFC 9293's figure, and those that Linux makes besides (a new socket of a listener,
// an abort).
std::span<const u8> tcpStates(); // those that are drawn
std::span<const StateEdge> tcpStateEdges();
std::string stateName(u64 state); // "ESTABLISHED"

struct StateMove {
  EventIndex event; // the write; a walk that stands just behind it has it before its eyes
  u8 from, to;
  std::string function; // that wrote it
  Text cause;           // "connect(4, ...)", "SYN,ACK", "its timer"
  int step = 0;         // of its stimulus
};
struct StateWay {
  std::string socket; // "tcp_sock #2"
  std::string host;   // in which network namespace: "" if that has no name
  std::string ends;   // "10.0.0.1:40000 → 10.0.0.2:80"; as far as they are known
  u64 address = 0;
  EventIndex born = 0;
  EventIndex end = NoEvent;                    // it, and what stands for it, are gone
  std::pair<EventIndex, u8> first{NoEvent, 0}; // its first state, and when it got it
  std::vector<StateMove> moves;                // all that are recorded, those to come too
  // ---- at the moment
  bool alive = false;
  u8 now = 0;   // 0: not born
  int done = 0; // how many moves have happened
};
struct StateWays {
  std::vector<StateWay> sockets; // by birth
  int around = -1; // the socket that the moment is about: of the running function, else the youngest alive
};
StateWays readStateWays(const Journal& journal, const Record& record); // at no moment yet
void setMoment(StateWays& ways, const Journal& journal, EventIndex position);

std::vector<std::string> lines(const StateWays& ways);
nlohmann::json json(const StateWays& ways);

} // namespace sockwalk::tell
