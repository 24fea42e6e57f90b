#include "engine/journal/buffer_turns.h"
#include <algorithm>
#include <unordered_map>

namespace sockwalk {

namespace {

// The marks by which packets begin, in the order of the record, for each place. Read once and forward as a record grows;
// a thread keeps those of the record that it was asked about last, since a front end speaks of one at a time.
class Beginnings {
public:
  void read(const Journal& journal) {
    const Event* first = journal.size() ? &journal[0] : nullptr; // its own memory: no two records share it
    if (&journal != m_of || first != m_first || journal.size() < m_seen) *this = {};
    m_of = &journal;
    m_first = first;
    for (; m_seen < journal.size(); ++m_seen) {
      const Event& e = journal[m_seen];
      if (e.type != EventType::Mark) continue;
      const auto what = static_cast<BufferMark>(e.a);
      if (what == BufferMark::Born || what == BufferMark::Cloned) m_marks[e.where].push_back(m_seen);
    }
  }
  u32 count(u32 skb, EventIndex from, EventIndex to) const {
    const auto here = m_marks.find(skb);
    if (here == m_marks.end()) return 0;
    const auto& all = here->second;
    return static_cast<u32>(std::ranges::lower_bound(all, to) - std::ranges::lower_bound(all, from));
  }

private:
  const Journal* m_of = nullptr;
  const Event* m_first = nullptr;
  EventIndex m_seen = 0;
  std::unordered_map<u32, std::vector<EventIndex>> m_marks;
};

} // namespace

u32 bufferTurn(const Journal& journal, u32 skb, EventIndex born, EventIndex position) {
  static thread_local Beginnings beginnings;
  beginnings.read(journal);
  return std::max(1u, beginnings.count(skb, born, std::max(born, position)));
}

std::string turnSuffix(u32 turn) { return turn > 1 ? "/" + std::to_string(turn) : std::string(); }

} // namespace sockwalk
