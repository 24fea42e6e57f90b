#include "engine/scenario/script_expectations.h"
#include "engine/scenario/describe.h"
#include <algorithm>

namespace sockwalk::scenario {

namespace {

std::string missing(const Event& event) {
  return "expected " + describe(event.action) + ", but the machine sent nothing";
}
std::string instead(const Event& event, const std::string& sent, const std::string& why) {
  return "expected " + describe(event.action) + ", but the machine sent " + sent + ": " + why;
}

std::optional<std::string> frameDifference(const Bytes& expected, ByteView sent) {
  if (sent.size() >= expected.size() && std::equal(expected.begin(), expected.end(), sent.begin())) return std::nullopt;
  size_t at = 0;
  while (at < sent.size() && at < expected.size() && sent[at] == expected[at]) ++at;
  return "byte " + std::to_string(at) + " is not as written; it is " +
         toHex(sent.first(std::min<size_t>(sent.size(), 64)));
}

// A line may stand for several segments that carry on one another: all but the last equally long, with the same ack and
// win.
bool continues(const SeenSegment& before, const SeenSegment& next, bool last, size_t lengthBefore) {
  const TcpPacket &a = before.packet, &b = next.packet;
  constexpr u16 Compared = tcpflag::Syn | tcpflag::Rst | tcpflag::Ack | tcpflag::Urg | tcpflag::Ece;
  return b.sequence.start == a.sequence.end && a.ack == b.ack && a.window == b.window &&
         (a.flags & Compared) == (b.flags & Compared) && (last || next.payload.size() == lengthBefore);
}

} // namespace

void ScriptExpectations::packet(const Event& event, const Packet& packet) {
  if (const auto* line = std::get_if<TcpPacket>(&packet.body)) return expectSegment(event, packet, *line);
  const Wire& wire = m_context.stage.wire;
  expect(
      event, [&](ByteView sent) { return !wire.ipv4(sent).empty(); },
      [&](ByteView sent) { return difference(packet, wire.ipv4(sent), m_context.ends, m_context.zeroPayload); });
}

void ScriptExpectations::frame(const Event& event, const Frame& frame) {
  expect(
      event, [](ByteView) { return true; }, [&](ByteView sent) { return frameDifference(frame.bytes, sent); });
}

// ---- waiting for it

// The next thing sent that is `mine`; what stands before it is of others, and is passed over. Lets time pass until it
// comes, or until it is too late.
std::optional<Wire::Sent> ScriptExpectations::nextSent(const Event& event, const Keep& mine) {
  auto& sent = m_context.stage.wire.sent();
  const EventTime& time = event.time;
  const bool any = time.kind == TimeKind::Any || time.kind == TimeKind::Unspecified;
  const s64 from = m_clock.dueAt(time), to = from + (time.to - time.from);
  const s64 latest = any ? m_clock.now() + ScriptClock::LongestWait : to + m_clock.tolerance(to);
  for (;;) {
    while (!sent.empty() && !mine(sent.front().bytes)) sent.pop_front();
    if (!sent.empty()) break;
    const s64 timer = m_context.machine().nextTimer();
    if (timer < 0 || timer > latest || m_context.machine().panicked()) {
      m_clock.advanceTo(any ? m_clock.now() : to);
      return std::nullopt;
    }
    m_clock.advanceTo(timer);
  }
  Wire::Sent found = std::move(sent.front());
  sent.pop_front();
  return found;
}

void ScriptExpectations::expect(const Event& event, const Keep& mine, const Differs& differs) {
  const auto sent = nextSent(event, mine);
  if (!sent) throw PlayError{event.position, missing(event)};
  const auto why = differs(sent->bytes);
  const auto late = m_clock.lateness(event, sent->time);
  m_clock.eventOverAfter(sent->time);
  if (why) throw PlayError{event.position, instead(event, m_context.stage.wire.summary(sent->bytes), *why)};
  if (late) throw *late;
}

// ---- TCP

// The time stamp clock of scripts that say how long its step is.
s64 ScriptExpectations::timeStampTick() const {
  const auto tick = m_context.script.option("tcp_ts_tick_usecs");
  return tick ? std::atoll(tick->c_str()) * 1000 : 0;
}

std::optional<ScriptExpectations::Train> ScriptExpectations::nextTrain(const Event& event, const Packet& packet,
                                                                       TcpFlow& flow) {
  const Wire& wire = m_context.stage.wire;
  const TcpPacket& line = std::get<TcpPacket>(packet.body);
  const auto sent = nextSent(event, [&](ByteView s) { return flow.owns(wire.ipv4(s)); });
  if (!sent) return std::nullopt;
  const ByteView ip = wire.ipv4(sent->bytes);
  Train train{flow.seen(ip), sent->time, sent->time, ipDifference(packet.ip, ip)};
  size_t lengthBefore = train.seen.payload.size();
  if (!m_context.script.option("strict_segments"))
    while (carriesOn(event, line, flow, train, lengthBefore)) {}
  train.seen.packet.sequence.length = static_cast<u16>(train.seen.payload.size());
  return train;
}

bool ScriptExpectations::carriesOn(const Event& event, const TcpPacket& line, TcpFlow& flow, Train& train,
                                   size_t& lengthBefore) {
  SeenSegment& seen = train.seen;
  if (!lengthBefore || seen.payload.size() >= line.sequence.length) return false;
  Wire& wire = m_context.stage.wire;
  const Keep mine = [&](ByteView sent) { return flow.owns(wire.ipv4(sent)); };
  auto& queue = wire.sent();
  while (!queue.empty() && !mine(queue.front().bytes)) queue.pop_front();
  if (queue.empty()) {
    auto more = nextSent(event, mine);
    if (!more) return false;
    queue.push_front(std::move(*more));
  }
  const SeenSegment next = flow.seen(wire.ipv4(queue.front().bytes));
  const size_t left = line.sequence.length - seen.payload.size();
  if (!continues(seen, next, next.payload.size() >= left, lengthBefore)) return false;
  lengthBefore = next.payload.size();
  seen.packet.flags = next.packet.flags;
  seen.packet.sequence.end = next.packet.sequence.end;
  seen.payload.insert(seen.payload.end(), next.payload.begin(), next.payload.end());
  train.last = queue.front().time;
  queue.pop_front();
  return true;
}

void ScriptExpectations::expectSegment(const Event& event, const Packet& packet, const TcpPacket& line) {
  TcpFlow& flow = m_context.connections.forOutbound(line);
  flow.expect(line);
  const auto train = nextTrain(event, packet, flow);
  if (!train) throw PlayError{event.position, missing(event)};
  const SeenSegment& seen = train->seen;
  const auto written = [](u8 b) { return b != 0; };
  Difference why = train->ipDiffers;
  if (auto d = flow.difference(line, seen, timeStampTick(), m_clock.tolerance(train->last))) why = d;
  if (!why && m_context.zeroPayload && std::any_of(seen.payload.begin(), seen.payload.end(), written))
    why = "the payload is not all zeros";
  const auto late = m_clock.lateness(event, train->first);
  m_clock.eventOverAfter(train->last);
  if (why)
    throw PlayError{event.position, instead(event, describe(Packet{Direction::Outbound, {}, seen.packet}), *why)};
  if (late) throw *late;
}

} // namespace sockwalk::scenario
