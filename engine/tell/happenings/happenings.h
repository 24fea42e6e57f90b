// What happened here: the moments of a record that an engineer would look for, with the kernel's own reasons.
//
// Retransmissions, shut windows, resets, drops, messages about the path ... are not read off the frames: the kernel's
// functions note what they decide (Note, Call, Mark and Drop events), and each is told at the event at which it was decided.
// Walking there shows the function. The journal is read once, forward, as it grows. What repeats in one connection is one
// line, with a count and the time that it spans.
#pragma once
#include "engine/journal/journal.h"
#include "engine/tell/text.h"
#include <memory>
#include <nlohmann/json_fwd.hpp>

namespace sockwalk::tell {

namespace happenings {
class Reader;
}

enum class HappeningKind : u8 {
  Accepted,
  Connected,
  Refused,          // nobody listens, here or there
  SynUnanswered,    // and sent again
  SynAckUnanswered, // the same of its answer
  AcceptQueueFull,  // who asks for a connection is turned away
  SynQueueFull,     // too many requests wait for the last segment of their handshake
  FastRetransmit,   // a loss is proven, and the window shrinks
  Timeout,          // the retransmission timer fired
  LossProbe,        // of the tail of a flight
  Needless,         // a retransmission that was none: it is undone
  ReportedTwice,    // the peer says by D-SACK what it got twice
  DuplicateAcks,    // received
  OutOfOrder,       // segments that wait for what is missing before them
  CameTwice,        // data that was here already
  BeyondWindow,     // data for which no room was promised
  FromThePast,      // its timestamp is older than one that came before (PAWS)
  ChallengeAck,     // who should know better is told what is expected
  WindowClosed,     // a zero window, sent
  WindowShut,       // a zero window, received
  ProbeReceived,    // of our shut window
  KeepaliveSent,
  KeepaliveReceived,
  ResetReceived,
  ResetSent,
  GaveUp,           // on the peer
  PathMtu,          // a router cannot pass on what is so large
  FragmentsMissing, // a datagram that never became whole
  BadChecksum,
  ChecksumsOfDevice, // left to the card to fill in: no error
  RefusedByDevice,
  Cable,             // lost a frame, held it back or doubled it: where a scenario asks for that
  Dropped,           // for any other reason
  MemoryShort,       // queues are pruned, or memory is refused
  ReceiveBufferFull, // of a datagram socket
  NoNeighbour,       // nobody answered ARP
  PortUnreachable,   // UDP to a port that nobody has, and its sender is told
  IcmpSent,
  IcmpReceived, // an error
  Panic,
  Count
};
const char* happeningName(HappeningKind kind); // "fast_retransmit": the same in every language

enum class HappeningLevel : u8 { Good, Notice, Warning, Bad };
const char* levelName(HappeningLevel level); // "good"

struct Happening {
  HappeningKind kind;
  HappeningLevel level;
  EventIndex event;           // where the kernel decides it, the first time
  EventIndex last;            // and the last time
  s64 time, lastTime;         // ns since boot
  int packet = -1;            // index in PacketList: the frame that it is about, the first one; -1: none
  EventIndex frame = NoEvent; // with which that frame came or went
  std::string function;       // that decides
  std::string flow;           // "10.9.0.1:50001 - 10.9.0.2:80", the end with the lower port last; "" if it is nobody's
  Text words;                 // a sentence without a full stop
  int count = 1;
};

class Happenings {
public:
  Happenings();
  ~Happenings();
  Happenings(Happenings&&) noexcept;
  Happenings& operator=(Happenings&&) noexcept;

  void clear();
  // Takes in what was recorded since, up to `until`. What is told already may change its words, count and last time.
  void update(const Journal& journal, EventIndex until = NoEvent);
  const std::vector<Happening>& all() const; // in the order of their events
  EventIndex seen() const;                   // so far the journal has been read
  int connections() const;                   // how many different flows are told of

private:
  std::unique_ptr<happenings::Reader> m_reader;
};

// "14 notices in 6 connections"
Text heading(const Happenings& happenings);
std::string line(const Happening& happening, const std::string& number); // `number`: what the frame is called there
std::vector<std::string> lines(const Happenings& happenings);
nlohmann::json json(const Happenings& happenings);

} // namespace sockwalk::tell
