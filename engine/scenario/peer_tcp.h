// The peer's TCP: the host that the recorded machine talked to, with a server on it that sends back what it gets. That
// host is the router that QEMU puts behind an emulated card (libslirp, a BSD TCP); its manners, as they were seen on
// the wire and as its documentation has them:
//   - a data segment whose window is the one it knows is acknowledged at once; one that brings another window waits for
//     the next segment or for data that goes back (header prediction, tcp_input of 4.4BSD);
//   - 1440 bytes in a segment, PSH on the one that empties its buffer, a window of 65535 always;
//   - slow start: one segment, then one more for each acknowledgement; three duplicates: the first one again.
// The server answers as soon as the machine's device is through with what it had to send: see serve().
#pragma once
#include "engine/base/bytes.h"
#include "engine/scenario/values.h"
#include <map>
#include <vector>

namespace sockwalk::scenario {

class PeerTcp {
public:
  struct Segment { // header and payload, with its checksum
    Endpoint from, to;
    std::vector<u8> bytes;
  };
  using Segments = std::vector<Segment>;
  // What the host itself sends back for a segment that came from `from` to `to`; `echoes`: somebody listens there.
  Segments answer(const Endpoint& from, const Endpoint& to, ByteView segment, bool echoes);
  // The servers have had their turn: what goes out of what they sent back and closed.
  Segments serve();

private:
  static constexpr u16 Mss = 1460, Window = 65535;
  static constexpr u32 Largest = 1440;     // payload of one segment
  static constexpr u32 MostWindow = 65535; // that slow start reaches: windows are not scaled
  static constexpr u32 Duplicates = 3;     // acknowledgements that say a segment is lost
  struct Connection {
    Endpoint here, there;
    u32 received = 0;                             // next byte that is expected
    u32 unacknowledged = 0, next = 0, most = 0;   // snd_una, snd_nxt, snd_max
    u32 window = 0, windowSeq = 0, windowAck = 0; // the far side's, and the segment that told of it
    u32 congestion = Largest, threshold = MostWindow;
    u32 duplicates = 0;
    std::vector<u8> echo;   // at the server: not yet sent back
    std::vector<u8> buffer; // sent back, not yet acknowledged; begins at `unacknowledged`
    bool opened = false, ackNow = false, ackLater = false;
    bool finished = false, closing = false, finSent = false; // the far side has; our server has; we have
  };
  struct Arrived {
    u32 seq, ack, window;
    u8 flags;
    ByteView payload;
  };
  void open(const Endpoint& from, const Endpoint& to, ByteView segment, Segments& out);
  void take(Connection& c, const Arrived& s, Segments& out);
  bool takeAck(Connection& c, const Arrived& s, Segments& out);
  bool takeWindow(Connection& c, const Arrived& s);
  void takeData(Connection& c, const Arrived& s);
  void resend(Connection& c, Segments& out);
  void send(Connection& c, Segments& out);
  bool sendOne(Connection& c, Segments& out);

  std::map<std::pair<u32, u32>, Connection> m_connections; // by address, and both ports
  u32 m_nextInitial = 64001;
};

} // namespace sockwalk::scenario
