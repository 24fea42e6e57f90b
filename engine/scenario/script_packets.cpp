// Packet lines of a script: what is injected, and what is expected of the machine.
#include "engine/scenario/constants.h"
#include "engine/scenario/describe.h"
#include "engine/scenario/script_player.h"
#include <algorithm>

namespace sockwalk::scenario {

// ---- in

Bytes ScriptPlayer::frameFor(const Packet& packet) {
  TcpFlow* flow = m_tcp.current();
  if (auto* tcp = std::get_if<TcpPacket>(&packet.body)) flow = &m_tcp.forInbound(*tcp);
  Bytes ip = packetOf(packet, m_ends, flow);
  if (!m_stage.wire.ethernet()) return ip;
  return ethernetFrame(m_ends.localMac, m_ends.remoteMac, 0x0800, ip);
}

void ScriptPlayer::act(const Event& event, const Packet& packet) {
  try {
    if (packet.direction == Direction::Inbound) return inject(event, frameFor(packet));
    if (std::holds_alternative<TcpPacket>(packet.body)) return expectSegment(event, packet);
    Wire& wire = m_stage.wire;
    expectSent(
        event, [&](ByteView sent) { return !wire.ipv4(sent).empty(); },
        [&](ByteView sent) { return difference(packet, wire.ipv4(sent), m_ends, m_zeroPayload); });
  } catch (const PlayError& e) {
    throw PlayError{event.position, e.what};
  }
}

void ScriptPlayer::act(const Event& event, const Frame& frame) {
  if (!m_stage.wire.ethernet())
    throw PlayError{event.position, "tun0 has no link header: //@frame needs //@link e1000"};
  if (frame.direction == Direction::Inbound) return inject(event, frame.bytes);
  expectSent(
      event, [](ByteView) { return true; },
      [&](ByteView sent) -> std::optional<std::string> {
        if (sent.size() >= frame.bytes.size() && std::equal(frame.bytes.begin(), frame.bytes.end(), sent.begin()))
          return std::nullopt;
        size_t at = 0;
        while (at < sent.size() && at < frame.bytes.size() && sent[at] == frame.bytes[at]) ++at;
        return "byte " + std::to_string(at) + " is not as written; it is " +
               toHex(sent.first(std::min<size_t>(sent.size(), 64)));
      });
}

// Frames written one after the other for the same moment (+0) are all in the ring before the device interrupts. tun0 has
// no ring: each packet is written, and climbs, on its own.
void ScriptPlayer::inject(const Event& event, Bytes first) {
  std::vector<Bytes> frames{std::move(first)};
  for (; m_stage.wire.ethernet() && m_next < m_script.events.size(); ++m_next) {
    const Event& more = m_script.events[m_next];
    const bool same = more.time.kind == TimeKind::Relative && more.time.from == 0;
    const auto* packet = std::get_if<Packet>(&more.action);
    const auto* frame = std::get_if<Frame>(&more.action);
    if (same && packet && packet->direction == Direction::Inbound) frames.push_back(frameFor(*packet));
    else if (same && frame && frame->direction == Direction::Inbound) frames.push_back(frame->bytes);
    else break;
  }
  const s64 scheduled = targetOf(event.time);
  advanceTo(scheduled);
  const bool answer =
      m_case.empty() && m_stage.machine.now() <= m_caseUntil; // to the call that was recorded: part of its case
  if (!answer) closeCase();
  if (!m_case.empty()) m_caseTask = 0;
  openCase(m_stage.wire.inject(frames, m_case));
  settle();
  m_last = std::max(scheduled, m_last);
}

// ---- out

// The next thing sent that is `mine`; what stands before it is of others, and is passed over. Lets time pass until it
// comes, or until it is too late.
std::optional<Wire::Sent> ScriptPlayer::nextSent(const Event& event, const Keep& mine) {
  auto& sent = m_stage.wire.sent();
  const EventTime& time = event.time;
  const bool any = time.kind == TimeKind::Any || time.kind == TimeKind::Unspecified;
  const s64 from = targetOf(time), to = from + (time.to - time.from);
  const s64 latest = any ? m_stage.machine.now() + LongestWait : to + toleranceAt(to);
  for (;;) {
    while (!sent.empty() && !mine(sent.front().bytes)) sent.pop_front();
    if (!sent.empty()) break;
    const s64 timer = m_stage.machine.nextTimer();
    if (timer < 0 || timer > latest || m_stage.machine.panicked()) {
      advanceTo(any ? m_stage.machine.now() : to);
      return std::nullopt;
    }
    advanceTo(timer);
  }
  Wire::Sent found = std::move(sent.front());
  sent.pop_front();
  return found;
}

void ScriptPlayer::holdTime(const Event& event, s64 sent) {
  const EventTime& time = event.time;
  if (time.kind == TimeKind::Any || time.kind == TimeKind::Unspecified) return;
  const s64 from = targetOf(time), to = from + (time.to - time.from);
  const bool early = sent<from - toleranceAt(from), late = sent> to + toleranceAt(to);
  if (early || late)
    throw PlayError{event.position, "the packet left " + std::to_string(std::abs(sent - (early ? from : to)) / 1000) +
                                        " us " + (early ? "earlier" : "later") + " than the script says"};
}

void ScriptPlayer::expectSent(const Event& event, const Keep& mine, const Differs& differs) {
  const auto sent = nextSent(event, mine);
  if (!sent) throw PlayError{event.position, "expected " + describe(event.action) + ", but the machine sent nothing"};
  const s64 before = m_last;
  const auto why = differs(sent->bytes);
  if (why) {
    m_last = std::max(m_last, sent->time);
    throw PlayError{event.position, "expected " + describe(event.action) + ", but the machine sent " +
                                        m_stage.wire.summary(sent->bytes) + ": " + *why};
  }
  try {
    holdTime(event, sent->time);
  } catch (const PlayError&) {
    m_last = std::max(before, sent->time);
    throw;
  }
  m_last = std::max(before, sent->time);
}

// The time stamp clock of scripts that say how long its step is.
s64 ScriptPlayer::timeStampTick() const {
  const auto tick = m_script.option("tcp_ts_tick_usecs");
  return tick ? std::atoll(tick->c_str()) * 1000 : 0;
}

namespace {

// A line may stand for several segments that carry on one another: all but the last equally long, with the same ack and win.
bool continues(const SeenSegment& before, const SeenSegment& next, bool last, size_t lengthBefore) {
  const TcpPacket &a = before.packet, &b = next.packet;
  constexpr u16 Compared = tcpflag::Syn | tcpflag::Rst | tcpflag::Ack | tcpflag::Urg | tcpflag::Ece;
  return b.sequence.start == a.sequence.end && a.ack == b.ack && a.window == b.window &&
         (a.flags & Compared) == (b.flags & Compared) && (last || next.payload.size() == lengthBefore);
}

} // namespace

void ScriptPlayer::expectSegment(const Event& event, const Packet& packet) {
  const TcpPacket& line = std::get<TcpPacket>(packet.body);
  TcpFlow& flow = m_tcp.forOutbound(line);
  flow.expect(line);
  Wire& wire = m_stage.wire;
  const Keep mine = [&](ByteView sent) { return flow.owns(wire.ipv4(sent)); };
  const bool strict = m_script.option("strict_segments").has_value();
  auto sent = nextSent(event, mine);
  if (!sent) throw PlayError{event.position, "expected " + describe(packet) + ", but the machine sent nothing"};
  const s64 first = sent->time;
  SeenSegment seen = flow.seen(wire.ipv4(sent->bytes));
  const std::optional<std::string> ip = ipDifference(packet.ip, wire.ipv4(sent->bytes));
  size_t lengthBefore = seen.payload.size();
  while (!strict && lengthBefore && seen.payload.size() < line.sequence.length) {
    auto& queue = wire.sent();
    while (!queue.empty() && !mine(queue.front().bytes)) queue.pop_front();
    if (queue.empty()) {
      const auto more = nextSent(event, mine);
      if (!more) break;
      queue.push_front(*more);
    }
    const SeenSegment next = flow.seen(wire.ipv4(queue.front().bytes));
    const size_t left = line.sequence.length - seen.payload.size();
    if (!continues(seen, next, next.payload.size() >= left, lengthBefore)) break;
    lengthBefore = next.payload.size();
    seen.packet.flags = next.packet.flags;
    seen.packet.sequence.end = next.packet.sequence.end;
    seen.payload.insert(seen.payload.end(), next.payload.begin(), next.payload.end());
    sent->time = queue.front().time;
    queue.pop_front();
  }
  seen.packet.sequence.length = static_cast<u16>(seen.payload.size());
  std::optional<std::string> why = ip;
  const s64 tick = timeStampTick(), tolerance = toleranceAt(sent->time);
  if (auto d = flow.difference(line, seen, tick, tolerance)) why = d;
  if (!why && m_zeroPayload && std::any_of(seen.payload.begin(), seen.payload.end(), [](u8 b) { return b != 0; }))
    why = "the payload is not all zeros";
  std::optional<PlayError> late;
  try {
    holdTime(event, first);
  } catch (const PlayError& e) {
    late = e;
  }
  m_last = std::max(m_last, sent->time);
  if (why)
    throw PlayError{event.position, "expected " + describe(packet) + ", but the machine sent " +
                                        describe(Packet{Direction::Outbound, {}, seen.packet}) + ": " + *why};
  if (late) throw *late;
}

} // namespace sockwalk::scenario
