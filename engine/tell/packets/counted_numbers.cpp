#include "engine/tell/packets/counted_numbers.h"
#include <vector>

namespace sockwalk::tell {
namespace {

struct Segment {
  Ipv4Header ip;
  TcpHeader tcp;
  u32 length; // of its payload
};

std::optional<Segment> segmentOf(const Journal& j, EventIndex i) {
  const Event& e = j[i];
  if (e.type != EventType::PacketIn && e.type != EventType::PacketOut) return {};
  const FrameHeaders h = parseHeaders(j.frame(e));
  if (!h.ipv4 || !h.tcp) return {};
  return Segment{*h.ipv4, *h.tcp, static_cast<u32>(h.wirePayloadLength)};
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
std::vector<Segment> connectionUpTo(const Journal& j, EventIndex frame, const Segment& last, EventIndex least = 0) {
  std::vector<Segment> found{last};
  bool there = last.tcp.flags & TcpSyn, back = false;
  for (EventIndex i = frame; i > least && !(there && back); --i) {
    const auto segment = segmentOf(j, i - 1);
    if (!segment) continue;
    const bool same = sameWay(*segment, last), other = otherWay(*segment, last);
    if (!same && !other) continue;
    found.push_back(*segment);
    if (segment->tcp.flags & TcpSyn) (same ? there : back) = true;
  }
  return found;
}

bool covers(const Segment& s, u32 sequence) {
  const u32 length = s.length + !!(s.tcp.flags & TcpSyn) + !!(s.tcp.flags & TcpFin);
  return sequence - s.tcp.sequence <= length;
}

// By how much the numbers of a segment's way, or of its answers', are more than they are counted; nothing if that is too
// long ago to be looked for at every step.
std::optional<u32> firstOf(const Journal& j, EventIndex frame, const Segment& segment, bool back) {
  constexpr EventIndex Long = 1 << 22;
  const EventIndex least = frame > Long ? frame - Long : 0;
  const std::vector<Segment> all = connectionUpTo(j, frame, segment, least);
  if (least && !(all.back().tcp.flags & TcpSyn)) return {};
  TcpBases bases;
  TcpBases::Relative told{};
  for (std::size_t i = all.size(); i > 0; --i) told = bases.relative(all[i - 1].ip, all[i - 1].tcp);
  return back ? segment.tcp.acknowledgement - told.acknowledgement : segment.tcp.sequence - told.sequence;
}

} // namespace

u32 countedNumber(const Journal& j, EventIndex event, u32 sequence) {
  constexpr EventIndex Far = 1 << 20; // what is spoken of has passed not long ago
  for (EventIndex i = event, looked = 0; i > 0 && looked < Far; --i, ++looked) {
    const auto segment = segmentOf(j, i - 1);
    if (!segment) continue;
    const bool answered = segment->tcp.flags & TcpAck && segment->tcp.acknowledgement == sequence;
    if (!answered && !covers(*segment, sequence)) continue;
    return sequence - firstOf(j, i - 1, *segment, answered).value_or(0);
  }
  return sequence;
}

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
