#include "engine/journal/buffer_turns.h"
#include <algorithm>
#include <list>
#include <mutex>
#include <unordered_map>

namespace sockwalk {

namespace {

bool begins(const Event& e) {
  if (e.type != EventType::Mark) return false;
  const auto what = static_cast<BufferMark>(e.a);
  return what == BufferMark::Born || what == BufferMark::Cloned;
}

// The marks by which packets begin, in the order of the record, for each place. Read once and forward as a record grows.
class Beginnings {
public:
  explicit Beginnings(const Journal& journal) : m_of(&journal) {}
  // Another record may have come to stand where this one stood: then its marks are others.
  bool isOf(const Journal& journal, u32 skb) const {
    if (&journal != m_of || journal.size() < m_seen) return false;
    const auto here = m_marks.find(skb);
    return holds(journal, m_last, m_lastPlace) &&
           (here == m_marks.end() ||
            (holds(journal, here->second.front(), skb) && holds(journal, here->second.back(), skb)));
  }
  void read(const Journal& journal) {
    for (; m_seen < journal.size(); ++m_seen)
      if (const Event& e = journal[m_seen]; begins(e)) m_marks[m_lastPlace = e.where].push_back(m_last = m_seen);
  }
  u32 count(u32 skb, EventIndex from, EventIndex to) const {
    const auto here = m_marks.find(skb);
    if (here == m_marks.end()) return 0;
    const auto& all = here->second;
    return static_cast<u32>(std::ranges::lower_bound(all, to) - std::ranges::lower_bound(all, from));
  }

private:
  static bool holds(const Journal& journal, EventIndex mark, u32 place) {
    return mark == NoEvent || (begins(journal[mark]) && journal[mark].where == place);
  }

  const Journal* m_of;
  EventIndex m_seen = 0, m_last = NoEvent;
  u32 m_lastPlace = 0;
  std::unordered_map<u32, std::vector<EventIndex>> m_marks;
};

// Of the records that were asked about last: two, where one is held against the other.
Beginnings& beginningsOf(const Journal& journal, u32 skb) {
  constexpr size_t Kept = 3;
  static std::list<Beginnings> known;
  const auto it = std::ranges::find_if(known, [&](const Beginnings& b) { return b.isOf(journal, skb); });
  if (it == known.end()) known.emplace_front(journal);
  else known.splice(known.begin(), known, it);
  if (known.size() > Kept) known.pop_back();
  return known.front();
}

} // namespace

u32 bufferTurn(const Journal& journal, u32 skb, EventIndex born, EventIndex position) {
  static std::mutex one;
  const std::lock_guard lock(one);
  Beginnings& beginnings = beginningsOf(journal, skb);
  beginnings.read(journal);
  return std::max(1u, beginnings.count(skb, born, std::max(born, position)));
}

std::string turnSuffix(u32 turn) { return turn > 1 ? "/" + std::to_string(turn) : std::string(); }

} // namespace sockwalk
