#include "views/buffer/buffer_lives.h"
#include "engine/journal/queries.h"
#include "engine/memory/layout.h"
#include "engine/memory/structures.h"
#include <algorithm>

namespace sockwalk {

namespace {
constexpr u32 SkbSize = sizeof(kernel::sk_buff);
constexpr u32 ClonePartner = SkbSize; // skb2 of a pair stands right behind skb1
} // namespace

bool BufferLife::aliveAt(EventIndex position) const {
  return position > born && (released == NoEvent || position <= released) && (end == NoEvent || position <= end);
}

EventIndex releasedAt(const Journal& journal, const BufferLife& life) {
  if (life.released == NoEvent) return life.end == NoEvent ? NoEvent : life.end + 1;
  return endOf(journal, life.released);
}

void BufferLives::clear() { *this = {}; }

void BufferLives::learnFunctions() {
  const auto& functions = Symbols::get().functions();
  m_roles.assign(functions.size(), None);
  m_argument.assign(functions.size(), 0);
  for (size_t id = 0; id < functions.size(); ++id) {
    int argument = 0;
    if (!takesBuffer(*functions[id], argument)) continue;
    const std::string_view name = functions[id]->name;
    m_argument[id] = static_cast<u8>(argument);
    m_roles[id] = name == "__skb_clone" ? Clones
                  : name == "kfree_skbmem" || name == "skb_release_all" || name == "napi_skb_free_stolen_head" ||
                          name == "__consume_stateless_skb" || name == "kfree_skb_partial"
                      ? Releases
                      : Takes;
  }
}

void BufferLives::begin(u32 offset, EventIndex event, bool found) {
  auto& here = m_byOffset[offset];
  if (!here.empty() && m_lives[here.back()].end == NoEvent) m_lives[here.back()].end = event;
  BufferLife life{offset, event};
  life.found = found;
  if (auto s = m_structures.find(offset); s != m_structures.end()) life.ordinal = s->second;
  for (auto it = here.rbegin(); it != here.rend() && m_lives[*it].ordinal == life.ordinal; ++it) ++life.turn;
  here.push_back(static_cast<int>(m_lives.size()));
  m_lives.push_back(life);
}

void BufferLives::call(const Journal& journal, EventIndex i) {
  const Event& e = journal[i];
  if (e.b >= m_roles.size() || m_roles[e.b] == None) return;
  const auto arguments = journal.arguments(e);
  if (m_argument[e.b] >= arguments.size() || !arguments[m_argument[e.b]]) return;
  const u32 offset = static_cast<u32>(arguments[m_argument[e.b]]);
  if (m_roles[e.b] == Clones) {
    begin(offset, i);
    return;
  }
  auto here = m_byOffset.find(offset);
  if (here == m_byOffset.end() || m_lives[here->second.back()].end != NoEvent) begin(offset, i, true);
  BufferLife& life = m_lives[m_byOffset[offset].back()];
  if (m_roles[e.b] == Releases && life.released == NoEvent) life.released = i;
}

void BufferLives::update(const Journal& journal) {
  if (m_roles.empty()) learnFunctions();
  static const LayoutInfo* const skb = layoutNamed("sk_buff");
  const u16 skbType = static_cast<u16>(skb - layouts().data());
  for (; m_seen < journal.size(); ++m_seen) {
    const Event& e = journal[m_seen];
    switch (e.type) {
    case EventType::Alloc: {
      const u16 type = static_cast<u16>(e.data), cache = static_cast<u16>(e.data >> 16);
      const bool pair = cache < journal.caches().size() && journal.caches()[cache].name == "skbuff_fclone_cache";
      if (type != skbType && !pair) break;
      const Allocation* a = journal.allocationBornAt(m_seen);
      m_structures[e.where] = a ? a->ordinal : 0;
      if (pair) m_structures[e.where + ClonePartner] = a ? a->ordinal : 0;
      break;
    }
    case EventType::Free:
      for (const u32 offset : {e.where, e.where + ClonePartner}) {
        auto s = m_structures.find(offset);
        if (s == m_structures.end()) continue;
        // Behind a single sk_buff another one may stand: only a pair's second half goes with it.
        if (offset == e.where || journal.caches()[static_cast<u16>(e.data >> 48)].name == "skbuff_fclone_cache") {
          m_structures.erase(s);
          auto here = m_byOffset.find(offset);
          if (here != m_byOffset.end() && m_lives[here->second.back()].end == NoEvent)
            m_lives[here->second.back()].end = m_seen;
        }
      }
      break;
    case EventType::Fill:
      if (m_structures.count(e.where) && (e.data >> 32) >= offsetof(kernel::sk_buff, tail)) begin(e.where, m_seen);
      break;
    case EventType::Call: call(journal, m_seen); break;
    default: break;
    }
  }
}

int BufferLives::at(const Journal&, u64 address, EventIndex position) const {
  auto here = m_byOffset.find(static_cast<u32>(address));
  if (!address || here == m_byOffset.end()) return -1;
  const auto& lives = here->second;
  auto it =
      std::lower_bound(lives.begin(), lives.end(), position, [&](int l, EventIndex p) { return m_lives[l].born < p; });
  return it == lives.begin() ? -1 : *--it;
}

std::vector<int> BufferLives::aliveAt(const Journal&, EventIndex position, size_t limit) const {
  std::vector<int> out;
  auto it = std::lower_bound(m_lives.begin(), m_lives.end(), position,
                             [](const BufferLife& l, EventIndex p) { return l.born < p; });
  while (it != m_lives.begin() && out.size() < limit)
    if ((--it)->aliveAt(position)) out.push_back(static_cast<int>(it - m_lives.begin()));
  return out;
}

EventIndex BufferLives::nextBufferCall(const Journal& journal, EventIndex position) const {
  for (EventIndex i = position; i < journal.size() && i < m_seen; ++i) {
    const Event& e = journal[i];
    if (e.type != EventType::Call || e.b >= m_roles.size() || m_roles[e.b] == None) continue;
    const auto arguments = journal.arguments(e);
    if (m_argument[e.b] < arguments.size() && arguments[m_argument[e.b]]) return i;
  }
  return NoEvent;
}

} // namespace sockwalk
