// What a capture missed of a connection: bytes that the host acknowledges and that no frame brings. They came, so they come
// here, too; what was in them nobody knows: zeros.
#include "engine/feed/decode.h"
#include "engine/scenario/relive_plan.h"
#include <algorithm>

namespace sockwalk::scenario {

namespace {

using Role = RelivedConnection::Role;

constexpr u32 MostBytes = 256 << 10; // of a connection; more is damage, not loss
constexpr u32 MostAtOnce = 32 << 10; // of a packet

struct Gap {
  u32 from, to; // counted from the first byte of the connection
};

class Missed {
public:
  Missed(RelivePlan& plan, u32 flow) : m_plan(plan), m_flow(flow), m_connection(plan.connections[flow]) {
    for (const u32 n : m_connection.frames) m_segments.push_back(segmentOf(plan.frames[n]));
  }
  u32 plan();

private:
  bool findStart();
  std::vector<Gap> gaps() const;
  void arrive(const Gap& gap);
  void endHandshake();
  const CapturedSegment* alike(u32 frame) const;
  u32 sentBefore(u32 frame, u32 least) const;
  void make(u32 frame, const CapturedSegment& like, u32 seq, u32 length, u8 flags);
  u32 offset(u32 seq) const { return seq - m_start; }
  u32 firstSent() const {
    return m_connection.role == Role::Adopted ? m_connection.sendNext : m_connection.wish.sequence + 1;
  }

  RelivePlan& m_plan;
  const u32 m_flow;
  const RelivedConnection& m_connection;
  std::vector<CapturedSegment> m_segments;
  u32 m_start = 0; // number of the first byte of the peer's data
  u32 m_shown = 0; // the end of all that is in the file
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

std::vector<Gap> Missed::gaps() const {
  std::vector<Gap> shown, missing;
  u32 acknowledged = 0;
  for (const CapturedSegment& s : m_segments) {
    const bool counts = s.out && s.has(TcpAck) && !s.has(TcpRst) && after(s.tcp().acknowledgement, m_start);
    if (counts) acknowledged = std::max(acknowledged, offset(s.tcp().acknowledgement));
    if (!s.out && !s.has(TcpRst) && after(s.end, m_start) && !before(s.dataSeq(), m_start))
      shown.push_back({offset(s.dataSeq()), offset(s.end)});
  }
  std::ranges::sort(shown, {}, &Gap::from);
  u32 at = 0;
  for (const Gap& g : shown) {
    if (g.from > at && at < acknowledged) missing.push_back({at, std::min(g.from, acknowledged)});
    at = std::max(at, g.to);
  }
  if (at < acknowledged) missing.push_back({at, acknowledged});
  return missing;
}

// Before what was sent after it came, and before the host says that it has it.
void Missed::arrive(const Gap& gap) {
  const auto next = std::ranges::find_if(m_segments, [&](const CapturedSegment& s) {
    const u32 said = s.has(TcpAck) && after(s.tcp().acknowledgement, m_start) ? offset(s.tcp().acknowledgement) : 0;
    return s.out ? said > gap.from : speaks(s) && !before(s.seq, m_start + gap.to);
  });
  const auto like = next == m_segments.end() ? nullptr : alike(next->frame->number);
  if (!like) return;
  const bool fin = gap.to - gap.from == 1 && gap.from >= m_shown; // nothing follows: its end, likely
  if (fin) return make(next->frame->number, *like, m_start + gap.from, 0, TcpFin);
  for (u32 at = gap.from; at < gap.to; at += MostAtOnce)
    make(next->frame->number, *like, m_start + at, std::min(MostAtOnce, gap.to - at), 0);
}

// The host speaks as a server, so its handshake was through, though nobody saw the end of it.
void Missed::endHandshake() {
  const auto first = std::ranges::find_if(m_segments, speaks);
  if (m_connection.role != Role::Server || first == m_segments.end() || !first->out) return;
  if (const CapturedSegment* like = alike(first->frame->number)) make(first->frame->number, *like, m_start, 0, 0);
}

// The peer's segment before that frame; if there is none, the first that it sends.
const CapturedSegment* Missed::alike(u32 frame) const {
  const CapturedSegment* found = nullptr;
  for (const CapturedSegment& s : m_segments)
    if (!s.out && speaks(s) && (!found || s.frame->number < frame)) found = &s;
  return found;
}

// What the host had sent before that frame.
u32 Missed::sentBefore(u32 frame, u32 least) const {
  for (const CapturedSegment& s : m_segments)
    if (s.out && !s.has(TcpRst) && s.frame->number < frame && after(s.end, least)) least = s.end;
  return least;
}

void putNumber(std::vector<u8>& bytes, size_t at, u32 value, int width) {
  for (int i = 0; i < width; ++i) bytes[at + static_cast<size_t>(i)] = static_cast<u8>(value >> (8 * (width - 1 - i)));
}

// The headers of a segment like that one; its data is filled up where it arrives, and its sums are made there.
void Missed::make(u32 frame, const CapturedSegment& like, u32 seq, u32 length, u8 flags) {
  const FrameHeaders& h = like.frame->headers;
  const size_t headers = h.tcp->offset + h.tcp->length;
  if (headers > like.frame->bytes.size()) return;
  Act act{Act::Arrive, m_flow};
  act.bytes.assign(like.frame->bytes.begin(), like.frame->bytes.begin() + static_cast<long>(headers));
  putNumber(act.bytes, h.ipv4->offset + 2, static_cast<u32>(headers - h.ipv4->offset) + length, 2);
  putNumber(act.bytes, h.ipv4->offset + 10, 0, 2);
  putNumber(act.bytes, h.ipv4->offset + 10,
            internetChecksum(ByteView(act.bytes).subspan(h.ipv4->offset, h.ipv4->length)), 2);
  putNumber(act.bytes, h.tcp->offset + 4, seq, 4);
  if (like.frame->number > frame) // it acknowledges what was not sent yet
    putNumber(act.bytes, h.tcp->offset + 8, sentBefore(frame, firstSent()), 4);
  act.bytes[h.tcp->offset + 13] = static_cast<u8>(TcpAck | flags);
  std::vector<Act>& acts = m_plan.acts[frame];
  acts.insert(std::ranges::find_if(acts, [](const Act& a) { return a.kind > Act::Adopt && a.kind != Act::Arrive; }),
              std::move(act));
}

u32 Missed::plan() {
  if (!m_connection.lives() || !findStart()) return 0;
  for (const CapturedSegment& s : m_segments)
    if (!s.out && !s.has(TcpRst) && s.end != s.seq && after(s.end, m_start)) m_shown = std::max(m_shown, offset(s.end));
  const std::vector<Gap> all = gaps();
  u32 bytes = 0;
  for (const Gap& g : all) bytes += std::min(g.to - g.from, MostBytes + 1);
  if (bytes > MostBytes) return 0;
  endHandshake();
  for (const Gap& g : all) arrive(g);
  return bytes;
}

} // namespace

u32 planMissed(RelivePlan& plan, u32 flow) { return Missed(plan, flow).plan(); }

} // namespace sockwalk::scenario
