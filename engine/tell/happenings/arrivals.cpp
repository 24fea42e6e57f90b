#include "engine/tell/happenings/arrivals.h"

namespace sockwalk::tell::happenings {

void Arrivals::frame(const Journal& journal, EventIndex event) {
  const Event& e = journal[event];
  if (e.type == EventType::PacketIn) m_waiting[Journal::deviceOf(e)].push_back(count());
  const FrameHeaders h = parseHeaders(journal.frame(e));
  m_frames.push_back({event, false, h.ipv4 && h.tcp ? m_bases.relative(*h.ipv4, *h.tcp) : TcpBases::Relative{}});
}

// A device's frames are taken in the order in which they came.
void Arrivals::take(const Event& mark) {
  auto& frames = waiting(mark);
  if (frames.empty()) return;
  m_held[mark.where] = frames.front();
  frames.pop_front();
}

void Arrivals::mark(const Event& e) {
  switch (static_cast<BufferMark>(e.a)) {
  case BufferMark::Born: m_held[e.where] = -1; break;
  case BufferMark::Taken: take(e); break;
  case BufferMark::Refused: // the one that has just come
    if (!waiting(e).empty()) waiting(e).pop_back();
    break;
  case BufferMark::Flushed: waiting(e).clear(); break;
  case BufferMark::Cloned:
  case BufferMark::Copied:
  case BufferMark::Segment:
  case BufferMark::Fragment:
  case BufferMark::Split: m_held[e.where] = of(e.data); break;
  case BufferMark::Merged:
  case BufferMark::Joined:
  case BufferMark::Reassembled:
  case BufferMark::Delivered:
  case BufferMark::Handled:
    if (const int frame = of(Arena::addressOf(e.where)); frame >= 0) m_frames[size_t(frame)].served = true;
    break;
  default: break;
  }
}

int Arrivals::of(u64 skb) const {
  const auto found = m_held.find(static_cast<u32>(skb));
  return found == m_held.end() ? -1 : found->second;
}

} // namespace sockwalk::tell::happenings
