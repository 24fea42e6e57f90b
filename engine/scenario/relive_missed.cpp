// What a capture missed of a connection: bytes that the host acknowledges and that no frame brings. They came, so they come
// here, too; what was in them nobody knows: zeros.
#include "engine/scenario/frame_builder.h"
#include "engine/scenario/relive_coverage.h"
#include "engine/scenario/relive_plan.h"
#include <algorithm>

namespace sockwalk::scenario {

namespace {

using Role = RelivedConnection::Role;

constexpr u32 MostAtOnce = 32 << 10; // of a packet

class Missed {
public:
  Missed(RelivePlan& plan, u32 flow)
      : m_plan(plan), m_flow(flow), m_connection(plan.connections[flow]), m_segments(segmentsOf(plan, m_connection)) {}
  u32 plan();

private:
  using Gap = std::pair<u32, u32>; // sequence numbers
  bool findStart();
  std::vector<Gap> gaps() const;
  void arrive(const Gap& gap);
  void endHandshake();
  const CapturedSegment* like() const;
  u32 sentSoFar() const;
  void make(u32 seq, u32 length, u8 flags);

  RelivePlan& m_plan;
  const u32 m_flow;
  const RelivedConnection& m_connection;
  const std::vector<CapturedSegment> m_segments;
  u32 m_start = 0;                           // number of the first byte of the peer's data
  u32 m_shown = 0;                           // the end of all that is in the file
  size_t m_at = 0;                           // the segment before which something is missing
  const CapturedSegment* m_latest = nullptr; // of the peer, before that
};

bool Missed::findStart() {
  if (m_connection.role == Role::Adopted) {
    m_start = m_connection.receiveNext;
    return true;
  }
  const auto syn = std::ranges::find_if(
      m_segments, [](const CapturedSegment& s) { return !s.out && s.has(TcpSyn) && !s.has(TcpRst); });
  if (syn == m_segments.end()) return false;
  m_start = syn->seq + 1;
  return true;
}

// What the host acknowledges, and no frame brings.
std::vector<Missed::Gap> Missed::gaps() const {
  Coverage shown(m_start);
  u32 acknowledged = m_start;
  for (const CapturedSegment& s : m_segments) {
    if (s.has(TcpRst)) continue;
    if (!s.out) shown.add(s.dataSeq(), s.end);
    else if (s.has(TcpAck) && after(s.tcp().acknowledgement, acknowledged)) acknowledged = s.tcp().acknowledgement;
  }
  return shown.gaps(acknowledged);
}

// Before what was sent after it came, and before the host says that it has it.
void Missed::arrive(const Gap& gap) {
  const auto tells = [&](const CapturedSegment& s) {
    if (s.out) return s.has(TcpAck) && !s.has(TcpRst) && after(s.tcp().acknowledgement, gap.first);
    return speaks(s) && !before(s.seq, gap.second);
  };
  for (; m_at < m_segments.size() && !tells(m_segments[m_at]); ++m_at)
    if (const CapturedSegment& s = m_segments[m_at]; !s.out && speaks(s)) m_latest = &s;
  if (m_at == m_segments.size()) return;
  const bool fin = gap.second - gap.first == 1 && !before(gap.first, m_shown); // nothing follows: its end, likely
  if (fin) return make(gap.first, 0, TcpFin);
  for (u32 at = gap.first; at != gap.second; at += std::min(MostAtOnce, gap.second - at))
    make(at, std::min(MostAtOnce, gap.second - at), 0);
}

// The host speaks as a server, so its handshake was through, though nobody saw the end of it.
void Missed::endHandshake() {
  m_at = static_cast<size_t>(std::ranges::find_if(m_segments, speaks) - m_segments.begin());
  if (m_connection.role == Role::Server && m_at < m_segments.size() && m_segments[m_at].out) make(m_start, 0, 0);
  m_at = 0;
}

// The peer's segment before; if there is none, the first that it sends.
const CapturedSegment* Missed::like() const {
  if (m_latest) return m_latest;
  const auto first = std::ranges::find_if(m_segments, [](const CapturedSegment& s) { return !s.out && speaks(s); });
  return first == m_segments.end() ? nullptr : &*first;
}

u32 Missed::sentSoFar() const {
  u32 sent = m_connection.firstSent();
  for (size_t i = 0; i < m_at; ++i)
    if (const CapturedSegment& s = m_segments[i]; s.out && !s.has(TcpRst) && after(s.end, sent)) sent = s.end;
  return sent;
}

// The headers of a segment like the one before; its data is filled up where it arrives, and its sums are made there.
void Missed::make(u32 seq, u32 length, u8 flags) {
  const CapturedSegment* model = like();
  if (!model) return;
  const FrameHeaders& h = model->frame->headers;
  const size_t headers = h.tcp->offset + h.tcp->length;
  if (headers > model->frame->bytes.size()) return;
  Act act{Act::Arrive, m_flow};
  act.bytes.assign(model->frame->bytes.begin(), model->frame->bytes.begin() + static_cast<long>(headers));
  setBe16(act.bytes, h.ipv4->offset + 2, static_cast<u32>(headers - h.ipv4->offset) + length);
  completeIpChecksum(act.bytes, h.ipv4->offset, h.ipv4->length);
  setBe32(act.bytes, h.tcp->offset + 4, seq);
  if (!m_latest) setBe32(act.bytes, h.tcp->offset + 8, sentSoFar()); // it acknowledges what was not sent yet
  act.bytes[h.tcp->offset + 13] = static_cast<u8>(TcpAck | flags);
  m_plan.actFirst(m_segments[m_at].frame->number, std::move(act));
}

u32 Missed::plan() {
  if (m_plan.capture.host.loopback) return 0; // whoever sends it is here
  if (!m_connection.lives() || !findStart()) return 0;
  m_shown = m_start;
  for (const CapturedSegment& s : m_segments)
    if (!s.out && !s.has(TcpRst) && s.end != s.seq && after(s.end, m_shown)) m_shown = s.end;
  const std::vector<Gap> all = gaps();
  u32 bytes = 0;
  for (const Gap& g : all) bytes += std::min(g.second - g.first, MostUnseen + 1);
  if (bytes > MostUnseen) return 0;
  endHandshake();
  for (const Gap& g : all) arrive(g);
  return bytes;
}

} // namespace

u32 planMissed(RelivePlan& plan, u32 flow) { return Missed(plan, flow).plan(); }

} // namespace sockwalk::scenario
