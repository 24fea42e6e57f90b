// The peer's TCP: a small echo server, as simple as a far host may be. It acknowledges each segment at once, sends the
// data back in segments of its own size, and closes when the other side does. Nothing is lost on its wire, so it never
// retransmits; segments out of order are acknowledged and forgotten. Its manners (MSS, windows, one acknowledgement a
// segment, FIN behind the acknowledgement) are those of the host that the recorded machine talked to.
#pragma once
#include "engine/scenario/values.h"
#include "engine/base/bytes.h"
#include <map>
#include <vector>

namespace sockwalk::scenario {

class PeerTcp {
public:
  using Segment = std::vector<u8>; // header and payload, with its checksum
  // What is sent back for a segment that came from `from` to `to`; `echoes`: somebody listens on that port.
  // `more`: another follows at once, so the echo waits for it.
  std::vector<Segment> answer(const Endpoint& from, const Endpoint& to, ByteView segment, bool echoes, bool more = false);

private:
  static constexpr u16 Mss = 1460, Window = 65535;
  static constexpr size_t Largest = 1440; // payload of one segment
  struct Connection {
    u32 received = 0; // next byte that is expected
    u32 sent = 0, acknowledged = 0;
    u32 window = 0;   // the far side's
    std::vector<u8> waiting;
    bool finished = false, finishing = false; // the far side has; we have
  };
  struct Way { // of an answer
    Endpoint from, to;
  };
  void take(Connection& c, const Way& way, ByteView segment, bool more, std::vector<Segment>& out);
  void flush(Connection& c, const Way& way, std::vector<Segment>& out);
  static Segment make(const Way& way, u32 seq, u32 ack, u8 flags, ByteView payload, bool syn = false);

  std::map<std::pair<u32, u32>, Connection> m_connections; // by address, and both ports
  u32 m_nextInitial = 64001;
};

} // namespace sockwalk::scenario
