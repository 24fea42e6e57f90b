// What the TCP segments of a list look like to somebody who only listens: tcp.analysis.* as Wireshark's User's Guide
// documents it (7.5, "TCP Analysis"), with windows scaled and streams numbered.
//
// Where versions of it differ, TShark 4.0 is followed: tests hold every frame against it.
//
// It guesses, where the kernel that sent them knows: a segment is called a retransmission because its numbers were seen
// before. So filters that people know by heart mean here what they mean there; why the kernel did it, Happenings says.
#pragma once
#include "engine/base/types.h"
#include "engine/feed/headers.h"
#include <map>
#include <tuple>

namespace sockwalk::tell {

enum TcpAnalysisBit : u32 { // the last part of the name: tcp.analysis.NAME
  TcpRetransmission = 1 << 0,
  TcpFastRetransmission = 1 << 1,
  TcpSpuriousRetransmission = 1 << 2,
  TcpDuplicateAck = 1 << 3,
  TcpOutOfOrder = 1 << 4,
  TcpLostSegment = 1 << 5,
  TcpAckLostSegment = 1 << 6,
  TcpKeepAlive = 1 << 7,
  TcpKeepAliveAck = 1 << 8,
  TcpZeroWindow = 1 << 9,
  TcpZeroWindowProbe = 1 << 10,
  TcpZeroWindowProbeAck = 1 << 11,
  TcpWindowUpdate = 1 << 12,
  TcpWindowFull = 1 << 13,
  TcpReusedPorts = 1 << 14,
};

struct TcpAnalysed {
  int stream = -1; // connections, numbered from 0 in the order in which they appear; -1: no TCP
  u32 window = 0;  // in bytes: scaled, where the handshake was seen
  u32 bits = 0;    // TcpAnalysisBit
};

// Is fed every frame of a list, once, in their order.
class TcpAnalysis {
public:
  void clear() { *this = {}; }
  TcpAnalysed add(ByteView frame, const FrameHeaders& headers, s64 time); // ns, from whenever

private:
  // One direction of a stream, as far as it was seen.
  struct Side {
    static constexpr int Unknown = -1, NotUsed = -2; // of the scale
    bool begun = false;                              // something was seen of it
    u32 first = 0;                                   // its first sequence number
    bool sent = false;                               // `next` is known
    u32 next = 0;                                    // behind the highest number seen
    s64 nextTime = 0;                                // when that moved
    bool whole = false;                              // `contiguous` is known
    u32 contiguous = 0;                              // behind what was seen without a hole
    bool acked = false;                              // `ack` is known
    u32 ack = 0;                                     // the last one
    s64 ackTime = 0;
    u32 window = 0; // as it stands in the header
    int scale = Unknown;
    u32 duplicates = 0; // of that ack
    u32 bits = 0;       // of its last segment
  };
  struct Stream {
    int number;
    Side sides[2];
    s64 synTime = -1, firstRoundTrip = 0; // from the SYN to the third segment
  };
  using Ends = std::tuple<Ipv4Address, std::uint16_t, Ipv4Address, std::uint16_t>;
  struct Segment;

  Stream& streamOf(const FrameHeaders& headers, bool& reversed, bool& reused);
  static u32 judge(const Stream& stream, const Side& from, const Side& to, const Segment& s);
  static u32 judgeAck(const Side& from, const Side& to, const Segment& s);
  static u32 judgeAgain(const Stream& stream, const Side& from, const Side& to, const Segment& s);
  static void remember(Side& from, Side& to, const Segment& s, u32 bits);
  static void handshake(Stream& stream, Side& from, Side& to, const Segment& s, ByteView frame, const TcpHeader& h);

  std::map<Ends, Stream> m_streams;
  int m_count = 0;
};

} // namespace sockwalk::tell
