#include "views/objects/objects_model.h"
#include "views/walk/text.h"

#include "engine/memory/structures.h"
#include "views/objects/object_reader.h"

#include <QObject>

#include <algorithm>
#include <deque>
#include <functional>

namespace sockwalk {

namespace {

// "socket #1", or "wq of socket #1" for a pointer into its midst.
QString placeText(const ObjectCard& card, u64 address) {
  const u32 inside = static_cast<u32>(address - card.address);
  const LayoutInfo* layout = inside ? layoutNamed(card.type.toStdString()) : nullptr;
  if (!layout) return card.title;
  for (const MemberInfo& m : layout->members)
    if (!m.depth && inside >= m.offset && inside < m.offset + m.size && m.name != "(anonymous)")
      return QObject::tr("%1 of %2").arg(text(m.name), card.title);
  return card.title;
}

void link(ObjectGraph& graph, const ObjectReader& reader) {
  for (std::size_t c = 0; c < graph.cards.size(); ++c)
    for (std::size_t r = 0; r < graph.cards[c].rows.size(); ++r) {
      ObjectRow& row = graph.cards[c].rows[r];
      const int to = row.target ? reader.cardAt(row.target) : -1;
      if (to < 0 || to == static_cast<int>(c)) continue;
      const ObjectCard& target = graph.cards[static_cast<std::size_t>(to)];
      // "socket of socket_alloc #1" reads better by the card's own name.
      if (row.named) row.value = placeText(target, row.target);
      graph.links.push_back({static_cast<int>(c), static_cast<int>(r), to, row.back, row.changed});
    }
}

// The cards nearest to `from`, by pointers in either direction.
std::vector<char> nearest(const ObjectGraph& graph, const std::vector<int>& from, int room) {
  std::vector<std::vector<int>> beside(graph.cards.size());
  for (const ObjectLink& l : graph.links) {
    beside[l.from].push_back(l.to);
    beside[l.to].push_back(l.from);
  }
  std::vector<char> in(graph.cards.size(), 0);
  std::deque<int> waiting;
  const auto take = [&](int c) {
    if (c < 0 || in[c] || room <= 0) return;
    in[c] = 1;
    --room;
    waiting.push_back(c);
  };
  for (int c : from) take(c);
  while (!waiting.empty()) {
    const int c = waiting.front();
    waiting.pop_front();
    for (int n : beside[c]) take(n);
  }
  for (std::size_t c = graph.cards.size(); c-- > 0;) // still room: the newest of the rest
    if (!in[c] && room > 0) in[c] = 1, --room;
  return in;
}

void keepOnly(ObjectGraph& graph, const std::vector<char>& in) {
  std::vector<int> place(graph.cards.size(), -1);
  std::vector<ObjectCard> kept;
  for (std::size_t c = 0; c < graph.cards.size(); ++c) {
    if (!in[c]) continue;
    place[c] = static_cast<int>(kept.size());
    kept.push_back(std::move(graph.cards[c]));
  }
  graph.hidden = static_cast<int>(graph.cards.size() - kept.size());
  graph.cards = std::move(kept);
  std::erase_if(graph.links, [&](const ObjectLink& l) { return place[l.from] < 0 || place[l.to] < 0; });
  for (ObjectLink& l : graph.links) l.from = place[l.from], l.to = place[l.to];
}

// What the running functions were handed, the innermost first.
std::vector<u64> handed(const Playhead& at) {
  std::vector<u64> out;
  const auto stack = at.callStack();
  for (auto call = stack.rbegin(); call != stack.rend(); ++call)
    for (u64 argument : at.journal().arguments(at.journal()[*call]))
      if (argument >> 40 == 0xffff88) out.push_back(argument);
  return out;
}

// Address of the task_struct in whose name things happen here; 0: no task's.
u64 runningTask(const Playhead& at) {
  const u32 pid = at.position() ? at.journal().contextAt(at.position() - 1).task : 0;
  const LayoutInfo* task = layoutNamed("task_struct");
  for (const Allocation& a : at.journal().allocations()) {
    if (!pid || a.born >= at.position()) break;
    if (a.died < at.position() || layoutOf(a.type) != task) continue;
    const u64 address = Arena::addressOf(a.offset);
    if (u32(at.object<kernel::task_struct>(address)->pid) == pid) return address;
  }
  return 0;
}

// The tasks that live, then what this stimulus has allocated and not freed.
std::vector<u64> roots(const Playhead& at) {
  std::vector<u64> out;
  const Journal& journal = at.journal();
  const LayoutInfo* task = layoutNamed("task_struct");
  const EventIndex position = at.position();
  const int stimulus = position ? journal.stimulusAt(position - 1) : -1;
  const EventIndex begin = stimulus >= 0 ? journal.stimuli()[stimulus].event : 0;
  const auto& all = journal.allocations();
  for (const Allocation& a : all) {
    if (a.born >= position) break;
    if (a.died < position || layoutOf(a.type) != task) continue;
    out.push_back(Arena::addressOf(a.offset));
  }
  auto recent = std::lower_bound(all.begin(), all.end(), begin, [](auto& a, EventIndex e) { return a.born < e; });
  for (; recent != all.end() && recent->born < position; ++recent)
    if (recent->died >= position && !specsFor(recent->type).empty()) out.push_back(Arena::addressOf(recent->offset));
  return out;
}

} // namespace

std::vector<int> ObjectGraph::inOrder() const {
  const int count = static_cast<int>(cards.size());
  const auto before = [this](int a, int b) {
    return std::pair(cards[a].kind, cards[a].address) < std::pair(cards[b].kind, cards[b].address);
  };
  std::vector<std::vector<int>> owned(cards.size());
  for (const ObjectLink& l : links)
    if (!l.back) owned[l.from].push_back(l.to);
  std::vector<int> tops(cards.size()), out;
  for (int i = 0; i < count; ++i) tops[i] = i;
  std::sort(tops.begin(), tops.end(), before);
  std::vector<char> seen(cards.size(), 0);
  const std::function<void(int)> visit = [&](int c) {
    if (seen[c]) return;
    seen[c] = 1;
    out.push_back(c);
    std::sort(owned[c].begin(), owned[c].end(), before);
    for (int n : owned[c]) visit(n);
  };
  for (int c : tops) visit(c);
  return out;
}

QString ObjectGraph::linkText(const ObjectLink& link) const {
  const ObjectCard& from = cards[static_cast<std::size_t>(link.from)];
  return QStringLiteral("%1.%2 → %3")
      .arg(from.title, from.rows[static_cast<std::size_t>(link.row)].label,
           cards[static_cast<std::size_t>(link.to)].title);
}

ObjectGraph readObjects(const Playhead& playhead, StepRange step, u64 focus, u64 buffer, int room) {
  ObjectReader reader(playhead, step);
  std::vector<u64> seeds;
  if (focus) seeds.push_back(focus);
  if (buffer) seeds.push_back(buffer);
  for (u64 root : roots(playhead)) seeds.push_back(root);
  for (u64 table : tablesWithCards(playhead)) seeds.push_back(table);
  reader.reach(seeds);
  ObjectGraph& graph = reader.graph();
  link(graph, reader);
  const int focused = focus ? reader.cardAt(focus) : -1;
  if (focused >= 0) graph.cards[focused].focused = true;
  if (const auto stack = playhead.callStack(); !stack.empty())
    for (u64 argument : playhead.journal().arguments(playhead.journal()[stack.back()]))
      if (const int c = argument ? reader.cardAt(argument) : -1; c >= 0) graph.cards[c].handed = true;
  if (static_cast<int>(graph.cards.size()) > room) {
    std::vector<int> from{focused};
    if (buffer) from.push_back(reader.cardAt(buffer));
    if (focused < 0) {
      for (u64 address : handed(playhead)) from.push_back(reader.cardAt(address));
      const u64 running = runningTask(playhead);
      from.push_back(running ? reader.cardAt(running) : 0); // a softirq is nobody's: then the first task
    }
    keepOnly(graph, nearest(graph, from, room));
  }
  return reader.take();
}

} // namespace sockwalk
