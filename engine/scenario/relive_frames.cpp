#include "engine/scenario/relive_frames.h"
#include "engine/scenario/session_stimulus.h"
#include <algorithm>

namespace sockwalk::scenario {

namespace {

Way wayOf(const CapturePlan& plan, const CapturedFrame& frame, const FrameHeaders& headers) {
  if (!headers.ethernet) return Way::Others;
  if (plan.host.loopback) return frame.facts.loopback ? Way::Out : Way::Others;
  if (plan.arrives(frame)) return Way::In;
  return headers.ethernet->source == plan.host.mac ? Way::Out : Way::Others;
}

} // namespace

std::vector<HostFrame> hostFrames(const CapturePlan& plan) {
  std::vector<HostFrame> frames;
  frames.reserve(plan.file.size());
  s64 last = 0, skipped = 0; // of the file's time; of pauses
  for (size_t i = 0; i < plan.file.size(); ++i) {
    const CapturedFrame frame = plan.file.frame(i);
    skipped += std::max<s64>(0, frame.timeNs - last - LongestPause);
    last = std::max(last, frame.timeNs);
    HostFrame f{static_cast<u32>(i), frame.timeNs - skipped, Way::Others, frame.bytes, parseHeaders(frame.bytes)};
    f.way = wayOf(plan, frame, f.headers);
    frames.push_back(std::move(f));
  }
  return frames;
}

FlowEnds endsOf(const HostFrame& frame) {
  const FrameHeaders& h = frame.headers;
  const u16 from = h.tcp   ? h.tcp->source
                   : h.udp ? h.udp->source
                           : u16(0),
            to = h.tcp   ? h.tcp->destination
                 : h.udp ? h.udp->destination
                         : u16(0);
  if (frame.way == Way::Out) return {h.ipv4->source, h.ipv4->destination, from, to};
  return {h.ipv4->destination, h.ipv4->source, to, from};
}

CapturedSegment segmentOf(const HostFrame& frame, const FlowEnds& ends) {
  const TcpHeader& tcp = *frame.headers.tcp;
  const u32 length = static_cast<u32>(frame.headers.wirePayloadLength);
  const u32 counted = u32(tcp.flags & TcpSyn ? 1 : 0) + u32(tcp.flags & TcpFin ? 1 : 0);
  const bool out = frame.way == Way::Out && endsOf(frame) == ends;
  return {&frame, out, tcp.sequence, tcp.sequence + length + counted, length, tcpOptionsOf(frame.bytes, tcp)};
}

} // namespace sockwalk::scenario
