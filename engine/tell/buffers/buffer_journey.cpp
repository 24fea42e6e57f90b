#include "engine/tell/buffers/buffer_journey.h"
#include "engine/journal/layers.h"
#include "engine/journal/queries.h"
#include "engine/memory/structures.h"
#include <algorithm>
#include <cstring>

namespace sockwalk::tell {

BufferJourney::BufferJourney(const BufferLife& life, const Playhead& memory, WrittenBytes::Parent parent)
    : m_life(life), m_next(life.born), m_built(false), m_written(std::move(parent)) {
  std::memcpy(m_bytes, memory.memory().at(life.offset), sizeof m_bytes);
}

// Its own marks, and those by which another one descends from it or goes into it.
static bool concerns(const Event& mark, u32 offset) {
  const auto what = static_cast<BufferMark>(mark.a);
  if (what == BufferMark::Refused || what == BufferMark::Flushed) return false;
  if (mark.where == offset) return true;
  return what >= BufferMark::Cloned && what <= BufferMark::Reassembled && mark.data == Arena::addressOf(offset);
}

void BufferJourney::extend(const Journal& j, const BufferLife& life) {
  m_life = life;
  const EventIndex end = std::min(life.end == NoEvent ? j.size() : life.end + 1, j.size());
  if (m_next >= end) return;
  const EventIndex gone = life.released == NoEvent ? NoEvent : releasedAt(j, life);
  for (; m_next < end; ++m_next) read(j, m_next, gone);
  if (life.released != NoEvent) addTime(j, std::min(gone, end) - 1);
  findHints();
}

// `gone`: from when on the structure waits in NAPI's stock to be the next one.
void BufferJourney::read(const Journal& j, EventIndex i, EventIndex gone) {
  const Event& e = j[i];
  switch (e.type) {
  case EventType::Write:
  case EventType::Fill:
    change(j, i);
    if (!m_shapes.empty()) m_written.bytesChanged(j, i, m_shapes.back(), i > m_life.released);
    break;
  case EventType::Return:
    if (!m_shapes.empty()) m_written.returned(j, i, m_shapes.back());
    break;
  case EventType::Drop:
    if (e.where == m_life.offset) m_drop = {i, e.b};
    break;
  case EventType::Mark:
    if (!concerns(e, m_life.offset)) break;
    m_marks.push_back(i);
    if (static_cast<BufferMark>(e.a) == BufferMark::Copied && e.where == m_life.offset && !m_shapes.empty())
      m_written.copied(i, m_shapes.back());
    break;
  case EventType::Call: {
    const auto arguments = j.arguments(e);
    const u64 address = Arena::addressOf(m_life.offset);
    if (i >= gone || std::find(arguments.begin(), arguments.end(), address) == arguments.end()) break;
    addTime(j, i);
    m_stops.push_back({i, e.b, layerOf(j.function(e)), static_cast<int>(m_shapes.size()) - 1});
    break;
  }
  default: break;
  }
}

void BufferJourney::change(const Journal& j, EventIndex i) {
  const auto c = j.change(j[i]);
  const s64 begin = std::max<s64>(c.offset, m_life.offset);
  const s64 end = std::min<s64>(s64(c.offset) + c.size, s64(m_life.offset) + sizeof m_bytes);
  if (begin >= end) return;
  u8* to = m_bytes + (begin - m_life.offset);
  if (c.newBytes) std::memcpy(to, c.newBytes + (begin - c.offset), static_cast<size_t>(end - begin));
  else std::memset(to, c.fillValue, static_cast<size_t>(end - begin));
  constexpr s64 Head = offsetof(kernel::sk_buff, head);
  if (begin <= m_life.offset + Head && end > m_life.offset + Head) m_built = true;
  addShape(j, i);
}

void BufferJourney::addShape(const Journal& j, EventIndex i) {
  BufferShape s = m_built ? readShape(m_bytes) : BufferShape{};
  s.event = i;
  if (!m_shapes.empty() && s.same(m_shapes.back())) return;
  if (i <= m_life.released) m_written.shapeChanged(j, i, m_shapes.empty() ? nullptr : &m_shapes.back(), s);
  const BufferShape* before = m_shapes.empty() ? nullptr : &m_shapes.back();
  // Content begins where data stood when there was some; a new buffer begins anew.
  const bool moved = before && before->head != s.head;
  if (before && !moved && before->low < before->tail) s.low = std::min(before->low, s.dataInside());
  else s.low = s.data;
  const EventIndex call = j.callAround(i);
  const int index = static_cast<int>(m_shapes.size());
  m_shapes.push_back(s);
  if (!m_operations.empty() && m_operations.back().call == call) {
    m_operations.back().after = index;
    m_operations.back().last = i;
  } else {
    m_operations.push_back({call, index - 1, index, i, i});
  }
}

void BufferJourney::addTime(const Journal& j, EventIndex to) {
  const EventIndex from = m_timed;
  m_timed = to;
  if (from == NoEvent || m_stops.empty() || to <= from) return;
  const s64 time = j.timeAt(to) - j.timeAt(from);
  m_times.total += time;
  const bool waiting = &j.contextAt(from) != &j.contextAt(to);
  const Layer layer = m_stops.back().layer;
  (waiting ? m_times.waiting : m_times.layers[static_cast<size_t>(layer)]) += time;
  const bool goesOn = !m_spans.empty() && m_spans.back().waiting == waiting && m_spans.back().layer == layer;
  if (goesOn) m_spans.back().to = to;
  else m_spans.push_back({from, to, waiting, layer});
}

// From the end backward: the bytes of a received frame stand in the buffer before eth_type_trans() and the IP
// layer mark where its headers begin.
void BufferJourney::findHints() {
  constexpr u32 Unset = BufferShape::Unset;
  const BufferShape* next = nullptr;
  for (auto s = m_shapes.rbegin(); s != m_shapes.rend(); ++s) {
    const bool same = next && next->head == s->head;
    s->macHint = s->mac != Unset ? s->mac : same ? next->macHint : Unset;
    s->networkHint = s->network != Unset ? s->network : same ? next->networkHint : Unset;
    const bool marked = s->transport != Unset && s->network != Unset && s->transport > s->network;
    s->transportHint = marked ? s->transport : same ? next->transportHint : Unset;
    s->protocolHint = s->protocol ? s->protocol : same ? next->protocolHint : 0;
    next = &*s;
  }
}

int BufferJourney::shapeAt(EventIndex position) const {
  auto it =
      std::lower_bound(m_shapes.begin(), m_shapes.end(), position, [](auto& s, EventIndex p) { return s.event < p; });
  return static_cast<int>(it - m_shapes.begin()) - 1;
}
int BufferJourney::operationAt(EventIndex position) const {
  auto it = std::lower_bound(m_operations.begin(), m_operations.end(), position,
                             [](auto& o, EventIndex p) { return o.first < p; });
  return static_cast<int>(it - m_operations.begin()) - 1;
}
int BufferJourney::stopAt(EventIndex position) const {
  auto it =
      std::lower_bound(m_stops.begin(), m_stops.end(), position, [](auto& s, EventIndex p) { return s.call < p; });
  return static_cast<int>(it - m_stops.begin()) - 1;
}

// Of clones and copies: what the other one was when this life began.
WrittenBytes::Parent BufferJourneys::parentOf(const Journal& journal, const BufferLives& lives,
                                              const BufferLife& life) {
  if (life.from < 0 || (life.origin != BufferMark::Cloned && life.origin != BufferMark::Copied)) return {};
  const BufferJourney& parent = of(journal, lives, life.from);
  const int shape = parent.shapeAt(life.born);
  if (shape < 0) return {};
  return {true, parent.shapes()[static_cast<size_t>(shape)], parent.written().at(life.born)};
}

const BufferJourney& BufferJourneys::of(const Journal& journal, const BufferLives& lives, int life) {
  constexpr size_t Kept = 12;
  auto it = std::find_if(m_kept.begin(), m_kept.end(), [life](auto& k) { return k.first == life; });
  if (it == m_kept.end()) {
    const BufferLife& begun = lives.all()[static_cast<size_t>(life)];
    WrittenBytes::Parent parent = parentOf(journal, lives, begun);
    if (!m_past) m_past = std::make_unique<Playhead>(journal);
    m_past->seek(begun.born);
    m_kept.emplace_front(life, BufferJourney(begun, *m_past, std::move(parent)));
    if (m_kept.size() > Kept) m_kept.pop_back();
  } else {
    m_kept.splice(m_kept.begin(), m_kept, it);
  }
  m_kept.front().second.extend(journal, lives.all()[static_cast<size_t>(life)]);
  return m_kept.front().second;
}

void BufferJourneys::clear() {
  m_kept.clear();
  m_past.reset();
}

} // namespace sockwalk::tell
