// The ladder of a connection: what one end sent and when the other got it, one under the other, with what each segment did
// to either socket. Of UDP it is the ladder of datagrams.
//
// Where both ends are simulated, a frame that leaves one host and the frame that arrives at the other are one rung; what
// left and never arrived is lost. Where only one is, the far end is whatever is behind the wire.
#pragma once
#include "engine/journal/playhead.h"
#include "engine/tell/sockets/record.h"
#include <nlohmann/json_fwd.hpp>

namespace sockwalk::tell {

struct LadderFlow {
  u32 first, second; // IPv4 addresses, in host order: who sent the first frame, and the other
  u16 firstPort, secondPort;
  bool tcp;
  EventIndex begin, end; // of its first and last frame
  int frames = 0;
  std::vector<int> packets{}; // its own, in order: indexes of the packet list
  std::string name() const;   // "TCP 10.0.0.1:40000 → 10.0.0.2:80"
  bool operator==(const LadderFlow& other) const {
    return first == other.first && second == other.second && firstPort == other.firstPort &&
           secondPort == other.secondPort && tcp == other.tcp;
  }
};
// In the order in which they appear.
std::vector<LadderFlow> ladderFlows(const Journal& journal, const PacketList& packets);
// Of the packet that is handled or was last; 0 if none. An index of `flows`, -1 if there are none.
int flowAt(const std::vector<LadderFlow>& flows, const Journal& journal, const PacketList& packets,
           EventIndex position);

struct LadderEnd {
  std::string host;         // the network namespace's name; "" if it has none
  std::string address;      // "10.0.0.1:40000"
  std::vector<int> sockets; // in SocketHistories, that had this end, by birth
  bool simulated = false;
};

struct LadderRung {
  enum Kind : u8 { Syn, Data, Ack, Fin, Rst, Datagram, Read } kind;
  bool forward = true;                          // from the first end to the second; of a Read: of the first end
  int packet = -1, arrival = -1;                // in PacketList: as it left, as it arrived; -1: not seen
  EventIndex left = NoEvent, arrived = NoEvent; // events; a Read has `left` only
  int tickLeft = 0, tickArrived = 0;            // rows of the picture, in the order of events
  bool lost = false;
  bool again = false;  // what it carries had been sent before
  std::string numbers; // "1:1001 (1000) win 502", "ack 1001 win 501 sack 2001:3001"

  EventIndex event() const { return left != NoEvent ? left : arrived; } // where a click leads
  EventIndex lastEvent() const { return arrived != NoEvent ? arrived : left; }
};

struct Ladder {
  LadderFlow flow{};
  LadderEnd ends[2];
  std::vector<LadderRung> rungs; // by the event with which each begins
  int ticks = 0;
  bool empty() const { return rungs.empty(); }
};
// `past` is moved about in the journal. One that is kept from ladder to ladder has less far to go.
Ladder readLadder(Playhead& past, const Record& record, const LadderFlow& flow);

// What a rung did at one of its ends, in few words: "→ out_of_order_queue", "snd_una 1001 · cwnd 10". Worked out when asked
// for, of what is on the screen.
Text atSender(const Ladder& ladder, const LadderRung& rung, const Journal& journal, const Record& record);
Text atReceiver(const Ladder& ladder, const LadderRung& rung, const Journal& journal, const Record& record);
// "lost on the wire", "sent again"; nothing if there is nothing to say.
Text remarkOn(const LadderRung& rung, const Record& record);
// "tcp_sock #2 · ESTABLISHED"
Text endAt(const Ladder& ladder, int end, const Record& record, EventIndex position);

struct LadderAt { // what the command line prints
  Ladder ladder;
  const Journal* journal;
  const Record* record;
  EventIndex position;
};
std::vector<std::string> lines(const LadderAt& at);
nlohmann::json json(const LadderAt& at);

} // namespace sockwalk::tell
