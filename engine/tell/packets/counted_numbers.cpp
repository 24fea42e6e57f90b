#include "engine/tell/packets/counted_numbers.h"
#include <vector>

namespace sockwalk::tell {
namespace {

struct Segment {
  Ipv4Header ip;
  TcpHeader tcp;
};

std::optional<Segment> segmentOf(const Journal& j, EventIndex i) {
  const Event& e = j[i];
  if (e.type != EventType::PacketIn && e.type != EventType::PacketOut) return {};
  const FrameHeaders h = parseHeaders(j.frame(e));
  if (!h.ipv4 || !h.tcp) return {};
  return Segment{*h.ipv4, *h.tcp};
}

bool sameWay(const Segment& a, const Segment& b) {
  return a.ip.source == b.ip.source && a.ip.destination == b.ip.destination && a.tcp.source == b.tcp.source &&
         a.tcp.destination == b.tcp.destination;
}
bool otherWay(const Segment& a, const Segment& b) {
  return a.ip.source == b.ip.destination && a.ip.destination == b.ip.source && a.tcp.source == b.tcp.destination &&
         a.tcp.destination == b.tcp.source;
}

// The connection's segments up to this one, newest first; both SYNs are as far back as anything matters.
std::vector<Segment> connectionUpTo(const Journal& j, EventIndex frame, const Segment& last) {
  std::vector<Segment> found{last};
  bool there = last.tcp.flags & TcpSyn, back = false;
  for (EventIndex i = frame; i > 0 && !(there && back); --i) {
    const auto segment = segmentOf(j, i - 1);
    if (!segment) continue;
    const bool same = sameWay(*segment, last), other = otherWay(*segment, last);
    if (!same && !other) continue;
    found.push_back(*segment);
    if (segment->tcp.flags & TcpSyn) (same ? there : back) = true;
  }
  return found;
}

} // namespace

FrameSummary countedSummary(const Journal& j, EventIndex frame) {
  const ByteView bytes = j.frame(j[frame]);
  TcpBases bases;
  if (const auto last = segmentOf(j, frame)) {
    const std::vector<Segment> all = connectionUpTo(j, frame, *last);
    for (std::size_t i = all.size(); i > 1; --i) bases.relative(all[i - 1].ip, all[i - 1].tcp);
  }
  return summarize(bytes, static_cast<u32>(bytes.size()), &bases);
}

} // namespace sockwalk::tell
