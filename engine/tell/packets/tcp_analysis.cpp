#include "engine/tell/packets/tcp_analysis.h"
#include "engine/feed/tcp_options.h"
#include <utility>

namespace sockwalk::tell {

// A segment, as the rules look at it.
struct TcpAnalysis::Segment {
  u32 sequence, ack, length, window;
  u8 flags;
  s64 time;

  bool has(u8 flag) const { return flags & flag; }
  bool plain() const { return !has(TcpSyn | TcpFin | TcpRst); }
  bool counts() const { return length || has(TcpSyn | TcpFin); } // it takes up sequence numbers
  u32 end() const { return sequence + length; }
  u32 next() const { return end() + (has(TcpSyn | TcpFin) ? 1 : 0); }
};

static bool isAfter(u32 a, u32 b) { return static_cast<s32>(a - b) > 0; }

// ---- streams
// A SYN with another number than the stream began with begins another one between the same ends.
TcpAnalysis::Stream& TcpAnalysis::streamOf(const FrameHeaders& h, bool& reversed, bool& reused) {
  const std::pair from{h.ipv4->source, h.tcp->source}, to{h.ipv4->destination, h.tcp->destination};
  reversed = to < from;
  const auto& [a, b] = reversed ? std::pair{to, from} : std::pair{from, to};
  const auto [place, isNew] = m_streams.try_emplace(Ends{a.first, a.second, b.first, b.second});
  Stream& stream = place->second;
  const Side& side = stream.sides[reversed];
  const bool asks = (h.tcp->flags & (TcpSyn | TcpAck)) == TcpSyn;
  reused = !isNew && asks && side.begun && side.first != h.tcp->sequence;
  if (isNew || reused) {
    stream = {};
    stream.number = m_count++;
  }
  return stream;
}

void TcpAnalysis::handshake(Stream& stream, Side& from, Side& to, const Segment& s, ByteView frame,
                            const TcpHeader& h) {
  if (!from.begun) {
    from.begun = true;
    from.first = s.has(TcpSyn) ? s.sequence : s.sequence - 1;
  }
  if (s.has(TcpAck) && !to.begun) {
    to.begun = true;
    to.first = s.ack - 1;
  }
  if (s.has(TcpSyn)) {
    const TcpOptions options = tcpOptionsOf(frame, h);
    const bool scale = options.windowScale.has_value();
    if (scale) from.scale = options.windowShift();
    const bool answers = s.has(TcpAck);
    if (!answers) stream.synTime = s.time;
    else if (!scale) from.scale = to.scale = Side::NotUsed;
  } else if (!stream.firstRoundTrip && stream.synTime >= 0 && s.has(TcpAck)) {
    stream.firstRoundTrip = s.time - stream.synTime;
  }
}

// ---- the rules
u32 TcpAnalysis::judgeAck(const Side& from, const Side& to, const Segment& s) {
  const bool repeats = !s.length && s.plain() && from.sent && s.sequence == from.next && s.ack == from.ack;
  const bool sameWindow = s.window && s.window == from.window;
  if (repeats && sameWindow && to.bits & TcpKeepAlive) return TcpKeepAliveAck;
  if (repeats && !s.window && !from.window && to.bits & TcpZeroWindowProbe) return TcpZeroWindowProbeAck;
  u32 bits = 0;
  if (repeats && s.window && s.window != from.window) bits |= TcpWindowUpdate;
  if (repeats && sameWindow) bits |= TcpDuplicateAck;
  return bits;
}

// Data, a SYN or a FIN whose numbers were seen before.
u32 TcpAnalysis::judgeAgain(const Stream& stream, const Side& from, const Side& to, const Segment& s) {
  constexpr s64 Soon = 20'000'000, UsualRoundTrip = 3'000'000; // ns
  if (s.length && to.acked && !isAfter(s.end(), to.ack)) return TcpSpuriousRetransmission;
  const bool goesOn = s.length > 1 && s.sequence == from.next - 1; // a probe of a shut window came before
  if (!from.sent || goesOn || !isAfter(from.next, s.sequence)) return 0;
  if (to.duplicates >= 2 && to.ack == s.sequence && s.time - to.ackTime < Soon) return TcpFastRetransmission;
  const s64 near = stream.firstRoundTrip ? stream.firstRoundTrip : UsualRoundTrip;
  if (s.time - from.nextTime < near && from.next != s.next()) return TcpOutOfOrder;
  return TcpRetransmission;
}

u32 TcpAnalysis::judge(const Stream& stream, const Side& from, const Side& to, const Segment& s) {
  if (s.length == 1 && from.sent && s.sequence == from.next && to.acked && !to.window) return TcpZeroWindowProbe;
  u32 bits = 0;
  if (!s.window && s.plain()) bits |= TcpZeroWindow;
  if (from.sent && isAfter(s.sequence, from.next) && !s.has(TcpRst)) bits |= TcpLostSegment;
  if (s.length <= 1 && from.sent && s.sequence == from.next - 1 && s.plain()) bits |= TcpKeepAlive;
  const u32 offered = to.window << (to.scale > 0 ? to.scale : 0);
  if (s.length && to.scale != Side::Unknown && s.end() == to.ack + offered && s.plain()) bits |= TcpWindowFull;
  bits |= judgeAck(from, to, s);
  if (s.counts() && !(bits & TcpKeepAlive)) bits |= judgeAgain(stream, from, to, s);
  return bits;
}

void TcpAnalysis::remember(Side& from, Side& to, const Segment& s, u32 bits) {
  const bool probe = bits & TcpZeroWindowProbe;
  if (bits & TcpDuplicateAck) ++from.duplicates;
  if (s.ack != from.ack) from.duplicates = 0;
  if (bits & TcpLostSegment) from.contiguous = from.next;
  if (!probe && (!from.sent || isAfter(s.next(), from.next))) {
    from.sent = true;
    from.next = s.next();
    from.nextTime = s.time;
  }
  if (!probe && (!from.whole || s.sequence == from.contiguous)) {
    from.whole = true;
    from.contiguous = from.next;
  }
  if (bits & TcpAckLostSegment) to.contiguous = isAfter(s.ack, to.next) ? s.ack : to.next; // said once
  from.window = s.window;
  from.acked = s.has(TcpAck); // a SYN in the middle begins anew
  from.ack = s.ack;
  from.ackTime = s.time;
  from.bits = bits;
}

TcpAnalysed TcpAnalysis::add(ByteView frame, const FrameHeaders& h, s64 time) {
  if (!h.ipv4 || !h.tcp) return {};
  bool reversed = false, reused = false;
  Stream& stream = streamOf(h, reversed, reused);
  Side &from = stream.sides[reversed], &to = stream.sides[!reversed];
  const TcpHeader& t = *h.tcp;
  const Segment s{t.sequence, t.acknowledgement, static_cast<u32>(h.wirePayloadLength), t.window, t.flags, time};
  handshake(stream, from, to, s, frame, t);
  u32 bits = judge(stream, from, to, s);
  if (s.has(TcpAck) && to.whole && isAfter(s.ack, to.contiguous)) bits |= TcpAckLostSegment;
  remember(from, to, s, bits);
  if (reused) bits |= TcpReusedPorts;
  const bool scaled = !s.has(TcpSyn) && from.scale > 0;
  return {stream.number, scaled ? s.window << from.scale : s.window, bits};
}

} // namespace sockwalk::tell
