#include "engine/tell/objects/objects.h"
#include "engine/memory/structures.h"
#include "engine/memory/structures_kernel26.h"
#include "engine/tell/live_objects.h"
#include "engine/tell/objects/holders.h"
#include "engine/tell/objects/reader.h"
#include "engine/tell/running.h"
#include "engine/tell/values.h"
#include <algorithm>
#include <deque>
#include <functional>

namespace sockwalk::tell {

namespace {

// "socket #1", or "wq of socket #1" for a pointer into its midst.
Text placeText(const ObjectCard& card, u64 address) {
  const u32 inside = static_cast<u32>(address - card.address);
  const LayoutInfo* layout = inside ? layoutNamed(card.type) : nullptr;
  if (!layout) return card.title;
  for (const MemberInfo& m : layout->members)
    if (!m.depth && inside >= m.offset && inside < m.offset + m.size && m.name != "(anonymous)")
      return say("%1 of %2", m.name, card.title);
  return card.title;
}

void link(ObjectGraph& graph, const ObjectReader& reader) {
  for (std::size_t c = 0; c < graph.cards.size(); ++c)
    for (std::size_t r = 0; r < graph.cards[c].rows.size(); ++r) {
      const ObjectRow& row = graph.cards[c].rows[r];
      const int to = row.target ? reader.cardAt(row.target) : -1;
      if (to < 0 || to == static_cast<int>(c)) continue;
      graph.links.push_back({static_cast<int>(c), static_cast<int>(r), to, row.back, row.changed});
    }
}

// What the cards that are shown say.
void addWords(ObjectGraph& graph, ObjectReader& reader, const std::vector<char>& in) {
  for (std::size_t c = 0; c < graph.cards.size(); ++c)
    if (in[c]) reader.addWords(static_cast<int>(c));
  for (const ObjectLink& l : graph.links) {
    if (!in[l.from]) continue;
    ObjectRow& row = graph.cards[l.from].rows[l.row];
    // "socket of socket_alloc #1" reads better by the card's own name.
    if (row.named) row.value = placeText(graph.cards[l.to], row.target);
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

void countHidden(ObjectGraph& graph, const std::string& type) {
  const auto known = std::ranges::find(graph.hiddenTypes, type, &std::pair<std::string, int>::first);
  if (known == graph.hiddenTypes.end()) graph.hiddenTypes.emplace_back(type, 1);
  else ++known->second;
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
  for (std::size_t c = 0; c < in.size(); ++c)
    if (!in[c]) countHidden(graph, std::string(plainName(graph.cards[c].type)));
  std::ranges::stable_sort(graph.hiddenTypes, std::greater<>(), &std::pair<std::string, int>::second);
  graph.cards = std::move(kept);
  std::erase_if(graph.links, [&](const ObjectLink& l) { return place[l.from] < 0 || place[l.to] < 0; });
  for (ObjectLink& l : graph.links) l.from = place[l.from], l.to = place[l.to];
}

// What the step wrote into, the last first: who runs may have come to it by pointers that no card shows.
std::vector<u64> written(const Playhead& at, StepRange step) {
  constexpr std::size_t Most = 8;
  std::vector<u64> out;
  const EventIndex from = std::max(step.from, step.to > 4096 ? step.to - 4096 : 0);
  for (EventIndex i = step.to; i-- > from && out.size() < Most;) {
    const Event& e = at.journal()[i];
    if (e.type != EventType::Write && e.type != EventType::Fill) continue;
    const ObjectRef object = objectAt(at, Arena::addressOf(at.journal().change(e).offset));
    if (object && !specsFor(object.type).empty() && std::ranges::find(out, object.address()) == out.end())
      out.push_back(object.address());
  }
  return out;
}

// What the running functions were handed, the innermost first: an object, or a part of one (a socket's timer).
std::vector<u64> handed(const Playhead& at) {
  std::vector<u64> out;
  const auto stack = runningCalls(at);
  for (auto call = stack.rbegin(); call != stack.rend(); ++call)
    for (u64 argument : at.journal().arguments(at.journal()[*call]))
      if (const ObjectRef object = isAddress(argument) ? objectAt(at, argument) : ObjectRef(); object)
        if (!specsFor(object.type).empty()) out.push_back(argument);
  return out;
}

// The objects of the running function, and those of the step, few enough to leave room for what is around them.
std::vector<u64> touchedNow(const Playhead& at, StepRange step) {
  std::vector<u64> out;
  const EventIndex runs = runningCall(at);
  if (runs != NoEvent)
    for (u64 argument : at.journal().arguments(at.journal()[runs]))
      if (isAddress(argument)) out.push_back(argument);
  for (u64 object : written(at, step)) out.push_back(object);
  return out;
}

// Address of the task_struct in whose name things happen here; 0: no task's.
u64 runningTask(const Playhead& at, const LiveObjects& live) {
  const u32 pid = at.position() ? at.journal().contextAt(at.position() - 1).task : 0;
  for (u64 task : live.tasks(at.position()))
    if (pid && u32(at.object<kernel::task_struct>(task)->pid) == pid) return task;
  for (u64 task : live.tasks26(at.position()))
    if (pid && u32(at.object<kernel26::task_struct>(task)->pid) == pid) return task;
  return 0;
}

// The tasks that live, then what this stimulus has allocated and not freed.
std::vector<u64> roots(const Playhead& at, const LiveObjects& live) {
  const Journal& journal = at.journal();
  const EventIndex position = at.position();
  std::vector<u64> out = live.tasks(position);
  for (u64 task : live.tasks26(position)) out.push_back(task);
  const int stimulus = position ? journal.stimulusAt(position - 1) : -1;
  const EventIndex begin = stimulus >= 0 ? journal.stimuli()[stimulus].event : 0;
  const auto& all = journal.allocations();
  auto recent = std::lower_bound(all.begin(), all.end(), begin, [](auto& a, EventIndex e) { return a.born < e; });
  for (; recent != all.end() && recent->born < position; ++recent)
    if (recent->died >= position && !specsFor(recent->type).empty()) out.push_back(Arena::addressOf(recent->offset));
  return out;
}

// Marks whom the person looks at, and what the function that runs was handed.
void markCards(ObjectGraph& graph, const ObjectReader& reader, const Playhead& at, int focused) {
  if (focused >= 0) graph.cards[focused].focused = true;
  const EventIndex runs = runningCall(at);
  if (runs == NoEvent) return;
  for (u64 argument : at.journal().arguments(at.journal()[runs]))
    if (const int c = argument ? reader.cardAt(argument) : -1; c >= 0) graph.cards[c].handed = true;
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

Text ObjectGraph::leftOut() const {
  std::vector<Text> types;
  for (const auto& [type, count] : hiddenTypes) types.push_back(say("%1 × %2", count, type));
  const Text all = Text::list(", ", types);
  if (cut) return say("%1 objects are not shown, and others were not looked at: %2", hidden, all);
  if (!hidden) return {};
  return hidden == 1 ? say("1 object is not shown: %1", hiddenTypes[0].first)
                     : say("%1 objects are not shown: %2", hidden, all);
}

Text ObjectGraph::linkText(const ObjectLink& link) const {
  const ObjectCard& from = cards[static_cast<std::size_t>(link.from)];
  const Text& label = from.rows[static_cast<std::size_t>(link.row)].label;
  return Text::list("", {from.title + '.', label, " → " + cards[static_cast<std::size_t>(link.to)].title});
}

ObjectGraph readObjects(const Playhead& at, StepRange step, u64 focus, u64 buffer, int room) {
  const LiveObjects live(at.journal());
  ObjectReader reader(at, step);
  std::vector<u64> seeds;
  for (u64 seen : {focus, buffer})
    if (seen) seeds.push_back(seen);
  const std::vector<u64> touched = touchedNow(at, step);
  seeds.insert(seeds.end(), touched.begin(), touched.end());
  for (u64 root : roots(at, live)) seeds.push_back(root);
  for (u64 table : tablesWithCards(at)) seeds.push_back(table);
  for (u64 address : handed(at)) seeds.push_back(address);
  reader.reach(seeds);
  ObjectGraph& graph = reader.graph();
  graph.cut = reader.cut();
  link(graph, reader);
  const int focused = focus ? reader.cardAt(focus) : -1;
  markCards(graph, reader, at, focused);
  const auto taken = [&](const std::vector<char>& in) {
    addWords(graph, reader, in);
    if (std::ranges::find(in, 0) != in.end()) keepOnly(graph, in);
    graph.holders = holdersIn(graph, at);
    return reader.take();
  };
  if (static_cast<int>(graph.cards.size()) <= room) return taken(std::vector<char>(graph.cards.size(), 1));
  std::vector<int> from{focused};
  for (u64 address : touched) from.push_back(reader.cardAt(address));
  if (buffer) from.push_back(reader.cardAt(buffer));
  if (focused < 0) {
    for (u64 address : handed(at)) from.push_back(reader.cardAt(address));
    const u64 running = runningTask(at, live);
    from.push_back(running ? reader.cardAt(running) : 0); // a softirq is nobody's: then the first task
  }
  return taken(nearest(graph, from, room));
}

ObjectGraph readObjects(const Playhead& at) { return readObjects(at, {}, 0, 0, AllObjects); }

} // namespace sockwalk::tell
