#include "engine/journal/playhead.h"
#include <algorithm>
#include <cstring>

namespace sockwalk {

Playhead::Playhead(const Journal& journal) : m_journal(journal) {}

inline void Playhead::touch(u32 offset, u32 size) {
  for (u32 page = offset / Arena::PageSize; page <= (offset + size - 1) / Arena::PageSize; ++page) {
    const u32 slot = m_journal.pageSlot(page * Arena::PageSize);
    if (slot == Journal::NoSlot) continue; // a fill of zeros on a page that was never anything else
    if (slot >= m_has.size()) m_has.resize(m_journal.pages().size(), nullptr);
    m_has[slot] = Dirty;
  }
}

void Playhead::apply(EventIndex i, bool forward) {
  const Event& e = m_journal[i];
  switch (e.type) {
  case EventType::Write: {
    const auto c = m_journal.change(e);
    touch(c.offset, c.size);
    std::memcpy(m_arena.at(c.offset), forward ? c.newBytes : c.oldBytes, c.size);
    break;
  }
  case EventType::Fill: {
    const auto c = m_journal.change(e);
    if (!c.oldBytes && !c.fillValue) break;
    touch(c.offset, c.size);
    if (forward) std::memset(m_arena.at(c.offset), c.fillValue, c.size);
    else if (c.oldBytes) std::memcpy(m_arena.at(c.offset), c.oldBytes, c.size);
    else std::memset(m_arena.at(c.offset), 0, c.size);
    break;
  }
  case EventType::Slab: {
    PageRecord record{};
    std::memcpy(&record, m_journal.payload(e.data), sizeof record);
    const u32 pages = record.pages;
    if (!forward) record = {};
    for (u32 n = 0; n < pages; ++n) {
      const PageRecord& page = m_arena.pageOf(e.where + n * Arena::PageSize);
      touch(Arena::offsetOf(&page), sizeof page);
      const_cast<PageRecord&>(page) = record;
    }
    break;
  }
  case EventType::Alloc:
  case EventType::Free: {
    auto& record = const_cast<ObjectRecord&>(m_arena.recordOf(e.where));
    touch(Arena::offsetOf(&record), sizeof record);
    if ((e.type == EventType::Alloc) != forward) record = {};
    else if (forward) record = {i + 1, static_cast<u16>(e.data), static_cast<u16>(e.data >> 16)};
    else record = {static_cast<u32>(e.data), static_cast<u16>(e.data >> 32), static_cast<u16>(e.data >> 48)};
    break;
  }
  default: break;
  }
}

void Playhead::restore(const Keyframe& k) {
  m_has.resize(std::max(m_has.size(), k.pages.size()), nullptr);
  for (u32 slot = 0; slot < m_has.size(); ++slot) {
    const Page* wanted = slot < k.pages.size() ? k.pages[slot].get() : nullptr;
    if (m_has[slot] == wanted) continue;
    u8* at = m_arena.at(m_journal.pages()[slot] * Arena::PageSize);
    if (wanted) std::memcpy(at, wanted->bytes.data(), Arena::PageSize);
    else std::memset(at, 0, Arena::PageSize);
    m_has[slot] = wanted;
  }
  m_position = k.position;
}

void Playhead::seek(EventIndex target) {
  target = std::min(target, m_journal.size());
  const auto distance = [&](EventIndex from) { return from > target ? from - target : target - from; };
  const auto& frames = m_journal.keyframes();
  auto after =
      std::upper_bound(frames.begin(), frames.end(), target, [](EventIndex p, auto& k) { return p < k.position; });
  const Keyframe* nearest = &*std::prev(after);
  if (after != frames.end() && distance(after->position) < distance(nearest->position)) nearest = &*after;
  // Going back to a keyframe costs about as much as some thousands of events.
  if (distance(nearest->position) + 4096 < distance(m_position)) restore(*nearest);
  while (m_position < target) apply(m_position++, true);
  while (m_position > target) apply(--m_position, false);
}

std::vector<EventIndex> Playhead::callStack() const {
  std::vector<EventIndex> out;
  if (!m_position) return out;
  EventIndex call = m_journal.callAround(m_position - 1);
  const Event& now = m_journal[m_position - 1];
  if (now.type == EventType::Return) call = m_journal.callerOf(call);
  for (; call != NoEvent; call = m_journal.callerOf(call)) out.push_back(call);
  std::reverse(out.begin(), out.end());
  return out;
}

Playhead::Source Playhead::source() const {
  if (!m_position) return {"", "", 0};
  // The nearest event of this very call that has a line; what its callees did is passed over whole.
  const EventIndex call = callStack().empty() ? NoEvent : callStack().back();
  if (call == NoEvent) return {"", "", 0};
  const FunctionInfo& f = m_journal.function(m_journal[call]);
  for (EventIndex i = m_position - 1; i > call && i != NoEvent; --i) {
    const Event& e = m_journal[i];
    if (e.type == EventType::Return && e.where > call) i = e.where;
    else if (int line = m_journal.line(i); line && e.type != EventType::Call) return {f.file, f.name, line};
  }
  return {f.file, f.name, f.line};
}

} // namespace sockwalk
