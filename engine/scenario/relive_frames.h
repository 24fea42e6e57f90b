// The frames of a capture as the chosen host saw them: which it sent, which it received, and what TCP says in each.
#pragma once
#include "engine/base/types.h"
#include "engine/feed/tcp_options.h"
#include "engine/scenario/capture_plan.h"
#include <compare>
#include <vector>

namespace sockwalk::scenario {

// The two ends of a flow, from the host's side; addresses and ports in host byte order.
struct FlowEnds {
  u32 local = 0, remote = 0;
  u16 localPort = 0, remotePort = 0;
  auto operator<=>(const FlowEnds&) const = default;
  FlowEnds seenFromThere() const { return {remote, local, remotePort, localPort}; }
};

enum class Way : u8 { Others, In, Out }; // not the host's; sent to it; sent by it (on lo: both, and so sent)
enum class LeftOut : u8 { No, Copy, Handshake };

struct HostFrame {
  u32 number = 0; // of the file, from 0
  s64 time = 0;   // ns since the file's first frame; a pause of more than a day is one of a day
  Way way = Way::Others;
  ByteView bytes;
  FrameHeaders headers;
  LeftOut leftOut = LeftOut::No; // the host's, but not played; `way` is Others
  ByteView payload() const { return bytes.subspan(headers.payloadOffset, headers.payloadLength); }
};

std::vector<HostFrame> hostFrames(const CapturePlan& plan);
// Of a frame with IPv4 that the host sent or received; ports only where there are some.
FlowEnds endsOf(const HostFrame& frame);

// A TCP segment of a capture. `end` counts SYN and FIN; offload may have left more than one segment's data in it.
struct CapturedSegment {
  const HostFrame* frame;
  bool out;
  u32 seq, end, length; // of the data, as it was on the wire
  TcpOptions options;
  const TcpHeader& tcp() const { return *frame->headers.tcp; }
  bool has(u8 flags) const { return (tcp().flags & flags) == flags; }
  u32 dataSeq() const { return seq + (has(TcpSyn) ? 1 : 0); }
  u32 dataEnd() const { return dataSeq() + length; }
};
// In the middle of a connection, or at its orderly end.
inline bool speaks(const CapturedSegment& s) { return s.has(TcpAck) && !s.has(TcpSyn) && !s.has(TcpRst); }
CapturedSegment segmentOf(const HostFrame& frame, const FlowEnds& ends); // as the local end sees it
inline CapturedSegment segmentOf(const HostFrame& frame) { return segmentOf(frame, endsOf(frame)); }

inline bool before(u32 a, u32 b) { return static_cast<s32>(a - b) < 0; } // of sequence numbers
inline bool after(u32 a, u32 b) { return before(b, a); }

} // namespace sockwalk::scenario
