#include "engine/tell/buffers/buffer_lives.h"
#include "engine/journal/queries.h"
#include "engine/journal/reflection.h"
#include "engine/memory/structures.h"
#include <algorithm>
#include <utility>

namespace sockwalk::tell {

namespace {
constexpr u32 SkbSize = sizeof(kernel::sk_buff);
constexpr u32 ClonePartner = SkbSize; // skb2 of a pair stands right behind skb1

bool isPair(TypeId type) {
  static const TypeId pair = typeNamed("sk_buff_fclones");
  return type == pair;
}
bool isSingle(TypeId type) {
  static const TypeId single = typeNamed("sk_buff");
  return type == single;
}
} // namespace

bool BufferLife::aliveAt(EventIndex position) const {
  return position > born && (released == NoEvent || position <= released) && (end == NoEvent || position <= end);
}

EventIndex releasedAt(const Journal& journal, const BufferLife& life) {
  if (life.released == NoEvent) return life.end == NoEvent ? NoEvent : life.end + 1;
  const EventIndex call = journal.callAround(life.released);
  return call == NoEvent ? life.released + 1 : endOf(journal, call);
}

void BufferLives::clear() { *this = {}; }

int BufferLives::begin(u32 offset, EventIndex event) {
  auto& here = m_byOffset[offset];
  if (!here.empty() && m_lives[size_t(here.back())].end == NoEvent) m_lives[size_t(here.back())].end = event;
  BufferLife life{offset, event};
  if (auto s = m_structures.find(offset); s != m_structures.end())
    life.ordinal = s->second.ordinal, life.half = s->second.half;
  if (!here.empty() && life.ordinal && life.ordinal == m_lives[size_t(here.back())].ordinal)
    life.turn = m_lives[size_t(here.back())].turn + 1;
  here.push_back(static_cast<int>(m_lives.size()));
  m_lives.push_back(life);
  return here.back();
}

void BufferLives::descend(int life, int from, BufferMark how, EventIndex event) {
  if (life < 0 || from < 0 || life == from) return;
  BufferLife& l = m_lives[size_t(life)];
  if (l.from >= 0) return; // the first to say so knows best
  l.origin = how;
  l.from = from;
  l.akin = event;
  l.sibling = std::exchange(m_lives[size_t(from)].child, life);
}

void BufferLives::mark(const Event& e, EventIndex i) {
  switch (const auto what = static_cast<BufferMark>(e.a); what) {
  case BufferMark::Born: begin(e.where, i); break;
  case BufferMark::Cloned: {
    const int original = latest(e.data);
    descend(begin(e.where, i), original, what, i);
    break;
  }
  case BufferMark::Copied:
  case BufferMark::Segment:
  case BufferMark::Fragment:
  case BufferMark::Split: descend(latest(e.where), latest(e.data), what, i); break;
  case BufferMark::Merged:
  case BufferMark::Joined:
  case BufferMark::Reassembled:
    if (const int life = latest(e.where); life >= 0 && m_lives[size_t(life)].into < 0) {
      m_lives[size_t(life)].into = latest(e.data);
      m_lives[size_t(life)].joined = what;
      m_lives[size_t(life)].went = i;
    }
    break;
  case BufferMark::Released:
    if (const int life = latest(e.where); life >= 0 && m_lives[size_t(life)].released == NoEvent)
      m_lives[size_t(life)].released = i;
    break;
  default: break;
  }
}

void BufferLives::structureBorn(const Journal& journal, const Event& e, EventIndex i) {
  const auto type = static_cast<TypeId>(e.data);
  if (!isSingle(type) && !isPair(type)) return;
  const Allocation* a = journal.allocationBornAt(i);
  const u32 ordinal = a ? a->ordinal : 0;
  m_structures[e.where] = {ordinal, isPair(type) ? BufferLife::First : BufferLife::Single};
  if (isPair(type)) m_structures[e.where + ClonePartner] = {ordinal, BufferLife::Second};
}

// The second half of a pair goes with the first.
void BufferLives::structureDied(const Event& e, EventIndex i) {
  const auto type = static_cast<TypeId>(e.data >> 32);
  if (!isSingle(type) && !isPair(type)) return;
  for (const u32 offset : {e.where, e.where + ClonePartner}) {
    if (offset != e.where && !isPair(type)) break;
    m_structures.erase(offset);
    if (const int life = latest(Arena::addressOf(offset)); life >= 0 && m_lives[size_t(life)].end == NoEvent)
      m_lives[size_t(life)].end = i;
  }
}

void BufferLives::read(const Journal& journal, EventIndex i) {
  const Event& e = journal[i];
  switch (e.type) {
  case EventType::Alloc: structureBorn(journal, e, i); break;
  case EventType::Free: structureDied(e, i); break;
  case EventType::Mark: mark(e, i); break;
  case EventType::Drop:
    if (const int life = latest(Arena::addressOf(e.where)); life >= 0 && m_lives[size_t(life)].dropped == NoEvent)
      m_lives[size_t(life)].dropped = i;
    break;
  default: break;
  }
  m_seen = i + 1;
}

void BufferLives::update(const Journal& journal, EventIndex until) {
  for (const EventIndex end = std::min(until, journal.size()); m_seen < end;) read(journal, m_seen);
}

int BufferLives::latest(u64 address) const {
  const auto here = m_byOffset.find(static_cast<u32>(address));
  return !address || here == m_byOffset.end() ? -1 : here->second.back();
}

int BufferLives::at(u64 address, EventIndex position) const {
  const auto here = m_byOffset.find(static_cast<u32>(address));
  if (!address || here == m_byOffset.end()) return -1;
  const auto& lives = here->second;
  auto it = std::lower_bound(lives.begin(), lives.end(), position,
                             [&](int l, EventIndex p) { return m_lives[size_t(l)].born < p; });
  return it == lives.begin() ? -1 : *--it;
}

std::vector<int> BufferLives::aliveAt(EventIndex position, size_t limit) const {
  std::vector<int> out;
  auto it = std::lower_bound(m_lives.begin(), m_lives.end(), position,
                             [](const BufferLife& l, EventIndex p) { return l.born < p; });
  while (it != m_lives.begin() && out.size() < limit)
    if ((--it)->aliveAt(position)) out.push_back(static_cast<int>(it - m_lives.begin()));
  return out;
}

std::vector<int> BufferLives::childrenOf(int life) const {
  std::vector<int> out;
  for (int c = m_lives[size_t(life)].child; c >= 0; c = m_lives[size_t(c)].sibling) out.push_back(c);
  std::reverse(out.begin(), out.end());
  return out;
}

int BufferLives::rootOf(int life) const {
  while (life >= 0 && m_lives[size_t(life)].from >= 0) life = m_lives[size_t(life)].from;
  return life;
}

EventIndex BufferLives::nextBufferCall(const Journal& journal, EventIndex position) const {
  for (EventIndex i = position; i < journal.size() && i < m_seen; ++i)
    if (journal[i].type == EventType::Call && bufferOf(journal, journal[i])) return i;
  return NoEvent;
}

} // namespace sockwalk::tell
