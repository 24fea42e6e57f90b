// What the program at the host's end of one TCP connection did.
#include "engine/scenario/relive_coverage.h"
#include "engine/scenario/relive_plan.h"
#include <algorithm>

namespace sockwalk::scenario {

namespace {

using Role = RelivedConnection::Role;

// ns. Data that follows on an acknowledgement or on other data so closely was in the socket already: the window let it go.
constexpr s64 AtOnce = 500'000;

class Teller {
public:
  Teller(RelivePlan& plan, u32 flow)
      : m_plan(plan), m_flow(flow), m_connection(plan.connections[flow]), m_segments(segmentsOf(plan, m_connection)) {}
  void tell();

private:
  void begin();
  void out(const CapturedSegment& s);
  void in(const CapturedSegment& s);
  void data(const CapturedSegment& s);
  void finish(const CapturedSegment& s, bool newData);
  bool sameWrite(const CapturedSegment& s) const;
  void flush(Act::Kind kind = Act::Write);
  void pauses();
  void service();
  void act(u32 frame, Act::Kind kind, std::vector<u8> bytes = {}) {
    m_plan.act(frame, {kind, m_flow, 0, std::move(bytes)});
  }
  bool hearsAfter(const CapturedSegment& fin) const;
  void reset(const CapturedSegment& s);
  void unseen(const CapturedSegment& s, u32 length);

  RelivePlan& m_plan;
  const u32 m_flow;
  RelivedConnection& m_connection;
  const std::vector<CapturedSegment> m_segments;
  u32 m_mss = 1460;          // of a full segment's data
  std::optional<u32> m_sent; // the end of what the host sent so far
  Coverage m_shown;          // what its frames have, later ones, too
  u32 m_acked = 0;
  std::optional<u32> m_smallEnd; // of the latest segment that was not full
  s64 m_lastOut = 0, m_lastIn = 0;
  bool m_lastWhole = true;            // the latest data segment filled its segment
  std::vector<u8> m_written;          // by the write that goes on
  u32 m_writtenAt = 0, m_missing = 0; // missing: that the capture missed and that are written as zeros
  bool m_finished = false, m_shut = false;
};

void Teller::tell() {
  if (!m_connection.lives()) return;
  begin();
  for (const CapturedSegment& s : m_segments) s.out ? out(s) : in(s);
  flush();
  pauses();
  service();
  if (m_shut) act(m_connection.lastFrame, Act::Close);
}

// A window that goes down to nothing tells of a reader that stopped, and one that opens again that it went on.
void Teller::pauses() {
  const CapturedSegment* before = nullptr;
  u32 last = 0, falling = 0; // from this frame on the window has only become smaller; 0: it does not
  u8 scale = 0;
  bool paused = false;
  for (const CapturedSegment& s : m_segments) {
    if (!s.out || s.has(TcpRst)) continue;
    if (s.has(TcpSyn)) scale = s.options.windowShift();
    const u32 window = u32(s.tcp().window) >> (s.has(TcpSyn) ? scale : 0); // that of a SYN is never scaled
    if (!before || window > last) falling = 0;
    else if (!falling && window < last) falling = before->frame->number + 1;
    if (window == 0 && !paused) {
      act(falling ? falling : m_connection.firstFrame + 1, Act::Pause);
      paused = true;
    } else if (window && paused) {
      act(s.frame->number, Act::Resume);
      paused = false;
    }
    before = &s;
    last = window;
  }
}

void Teller::begin() {
  u32 mss = std::max(1500u, std::min(m_plan.mtu, 65535u)) - 40;
  bool stamps = m_connection.stamps, both = true;
  for (const CapturedSegment& s : m_segments)
    if (s.has(TcpSyn)) {
      mss = std::min<u32>(mss, s.options.mss.value_or(536));
      both &= s.options.stamps.has_value();
      stamps |= s.options.stamps.has_value();
    }
  m_mss = std::max(64u, mss - (stamps && both ? 12 : 0));
  m_connection.segment = static_cast<u16>(m_mss);
  m_sent = m_connection.firstSent();
  m_acked = *m_sent;
  m_shown = Coverage(*m_sent);
  for (const CapturedSegment& s : m_segments)
    if (s.out && !s.has(TcpRst)) m_shown.add(s.dataSeq(), s.end);
  if (m_connection.role == Role::Client) act(m_connection.firstFrame, Act::Connect);
  if (m_connection.role == Role::Adopted) m_plan.actFirst(m_connection.firstFrame, {Act::Adopt, m_flow});
}

// The class of service and the time to live that its packets have from the first on, and where the program changes them:
// not before it has the connection.
void Teller::service() {
  constexpr u8 OfCongestion = 3; // bits of ECN
  const auto accepted = std::ranges::find_if(m_segments, [](const CapturedSegment& s) { return !s.out && speaks(s); });
  const u32 earliest = accepted == m_segments.end() ? 0 : accepted->frame->number + 1;
  std::optional<std::pair<u8, u8>> now;
  u32 since = m_connection.firstFrame;
  for (const CapturedSegment& s : m_segments) {
    if (!s.out || s.has(TcpRst)) continue;
    const Ipv4Header& ip = *s.frame->headers.ipv4;
    const std::pair<u8, u8> its{ip.tos & static_cast<u8>(~OfCongestion), ip.ttl};
    if (!now) {
      m_connection.tos = its.first;
      if (ip.ttl != m_plan.ttl) m_connection.ttl = ip.ttl;
    } else if (*now != its) {
      Act act{Act::Service, m_flow};
      act.tos = its.first;
      if (now->second != its.second) act.ttl = its.second;
      std::vector<Act>& acts = m_plan.acts[std::min(std::max(since + 1, earliest), s.frame->number)];
      acts.insert(acts.begin(), std::move(act));
    }
    now = its;
    since = s.frame->number;
  }
}

void Teller::in(const CapturedSegment& s) {
  m_lastIn = s.frame->time;
  if (!s.has(TcpAck) || s.has(TcpRst)) return;
  const u32 acknowledged = s.tcp().acknowledgement;
  if (after(acknowledged, *m_sent) && !m_finished && !m_shown.has(*m_sent)) unseen(s, acknowledged - *m_sent);
  if (after(acknowledged, m_acked)) m_acked = acknowledged;
}

// No frame shows what the host sent before, as another says that it did. One byte with nothing behind it is a FIN, likely.
void Teller::unseen(const CapturedSegment& s, u32 length) {
  if (length > MostUnseen - m_missing) return;
  flush();
  const bool more = after(m_shown.end(), *m_sent + 1);
  m_plan.unseen += length;
  m_missing += length;
  *m_sent += length;
  if (length > 1 || more) return act(s.frame->number, Act::Write, std::vector<u8>(length));
  m_shut = hearsAfter(s);
  act(s.frame->number, m_shut ? Act::Shut : Act::Close);
  m_finished = true;
}

void Teller::out(const CapturedSegment& s) {
  if (s.has(TcpRst)) {
    flush();
    if (!m_finished) reset(s);
    m_finished = true;
    return;
  }
  if (s.has(TcpSyn)) return;
  const bool shown = s.length || !after(s.seq, *m_sent) || m_finished || m_shown.has(*m_sent);
  if (!shown) unseen(s, s.seq - *m_sent);
  const bool fresh = s.length && after(s.dataEnd(), *m_sent);
  if (fresh) data(s);
  if (s.has(TcpFin) && !m_finished) finish(s, fresh);
}

// Without an acknowledgement it is the answer to a segment for which there was no socket any more.
void Teller::reset(const CapturedSegment& s) {
  if (s.has(TcpAck)) return act(s.frame->number, Act::Reset);
  const auto after = [&](const CapturedSegment& o) { return o.frame->number > s.frame->number; };
  if (std::ranges::any_of(m_segments, [&](const CapturedSegment& o) { return o.out && !o.has(TcpRst) && after(o); }))
    return;
  const auto provoked = std::find_if(m_segments.rbegin(), m_segments.rend(), [&](const CapturedSegment& o) {
    return !o.out && !after(o) && speaks(o) && o.tcp().acknowledgement == s.seq;
  });
  if (provoked != m_segments.rend()) act(provoked->frame->number, Act::Vanish);
}

// Was this data given to the socket by the call that gave the data before it?
bool Teller::sameWrite(const CapturedSegment& s) const {
  if (m_written.empty() || !m_lastWhole) return false;
  return s.frame->time - m_lastOut < AtOnce || s.frame->time - m_lastIn < AtOnce;
}

void Teller::data(const CapturedSegment& s) {
  const u32 from = after(s.dataSeq(), *m_sent) ? s.dataSeq() : *m_sent;
  if (!sameWrite(s) || s.has(TcpUrg)) {
    flush();
    m_writtenAt = s.frame->number;
  }
  const u32 missing = from - *m_sent;
  if (missing <= MostUnseen - m_missing) {
    m_written.resize(m_written.size() + missing);
    m_missing += missing;
    m_plan.unseen += missing;
  }
  const ByteView payload = s.frame->payload();
  for (u32 at = from; at != s.dataEnd(); ++at) {
    const u32 offset = at - s.dataSeq();
    m_written.push_back(offset < payload.size() ? payload[offset] : u8(0));
  }
  const bool small = s.length % m_mss != 0;
  if (small && m_smallEnd && after(*m_smallEnd, m_acked) && !s.has(TcpFin)) m_connection.noDelay = true;
  if (small) m_smallEnd = s.dataEnd();
  m_lastWhole = !small;
  m_lastOut = s.frame->time;
  m_sent = s.dataEnd();
  if (s.has(TcpUrg)) flush(Act::Urgent);
}

// After its FIN the host still took data: it had only shut one direction. Where it answers data with RST, nobody was there.
bool Teller::hearsAfter(const CapturedSegment& fin) const {
  const auto later = [&](const CapturedSegment& s) { return s.frame->number > fin.frame->number; };
  const bool refuses = std::any_of(m_segments.begin(), m_segments.end(), [&](const CapturedSegment& s) {
    return later(s) && s.out && s.has(TcpRst) && !s.has(TcpAck);
  });
  return !refuses && std::any_of(m_segments.begin(), m_segments.end(),
                                 [&](const CapturedSegment& s) { return later(s) && !s.out && s.length; });
}

// A FIN rides on data that waited when the program closed: so the close belongs to that write.
void Teller::finish(const CapturedSegment& s, bool newData) {
  const u32 at = newData ? m_writtenAt : s.frame->number;
  const bool alone = newData && m_writtenAt == s.frame->number;
  flush(alone ? Act::Corked : Act::Write);
  m_shut = hearsAfter(s);
  act(at, m_shut ? Act::Shut : Act::Close);
  m_finished = true;
  m_sent = s.end;
}

void Teller::flush(Act::Kind kind) {
  if (!m_written.empty()) act(m_writtenAt, kind, std::move(m_written));
  m_written.clear();
}

} // namespace

void planTcp(RelivePlan& plan, u32 flow) { Teller(plan, flow).tell(); }

} // namespace sockwalk::scenario
