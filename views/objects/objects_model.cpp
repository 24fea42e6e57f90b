#include "views/objects/objects_model.h"

#include "views/objects/object_specs.h"

#include <QHash>
#include <QObject>
#include <QSet>

#include <algorithm>
#include <cstring>
#include <deque>
#include <functional>

namespace sockwalk {

namespace {

constexpr std::size_t mostCards = 600;   // looked at before the nearest are chosen
constexpr u32 mostDescriptors = 1024;    // slots of an fdtable that are read
constexpr EventIndex longestStep = 200000; // events of one step looked through for changes

QString text(std::string_view s) { return QString::fromUtf8(s.data(), static_cast<qsizetype>(s.size())); }

class Reader {
public:
  Reader(const Playhead& at, StepRange step) : m_at(at) { findChanges(step); }

  // All that can be reached from `seeds` by the members that the cards show.
  void reach(const std::vector<u64>& seeds);
  ObjectGraph take() { return std::move(m_graph); }
  int cardAt(u64 address) const;
  ObjectGraph& graph() { return m_graph; }

private:
  void findChanges(StepRange step);
  bool changed(u32 offset, u32 size) const;
  void addObject(u64 address);
  void addCard(const ObjectRef& object, const CardSpec& spec);
  ObjectRow readRow(const RowSpec& spec, const CardSpec& card, u32 base) const;
  void addDescriptors(ObjectCard& card, u32 base) const;
  u64 pointerAt(u32 offset) const;
  u64 number(u32 offset, u32 size) const;

  const Playhead& m_at;
  ObjectGraph m_graph;
  QSet<u32> m_seen;                        // objects by offset
  std::deque<u64> m_waiting;
  std::vector<std::pair<u32, u32>> m_writes; // [begin, end) of what the step wrote
  QSet<u32> m_births;                      // offsets of what it allocated
};

void Reader::findChanges(StepRange step) {
  const Journal& journal = m_at.journal();
  if (step.to - step.from > longestStep) step.from = step.to - longestStep;
  for (EventIndex i = step.from; i < step.to; ++i) {
    const Event& e = journal[i];
    if (e.type == EventType::Alloc) m_births.insert(e.where);
    if (e.type != EventType::Write && e.type != EventType::Fill) continue;
    const auto c = journal.change(e);
    m_writes.push_back({c.offset, c.offset + c.size});
  }
  std::sort(m_writes.begin(), m_writes.end());
}

bool Reader::changed(u32 offset, u32 size) const {
  // Long fills are few: those that begin before are looked at one by one, the nearest first.
  auto it = std::lower_bound(m_writes.begin(), m_writes.end(), std::pair<u32, u32>{offset + size, 0});
  for (int back = 0; it != m_writes.begin() && back < 256; ++back)
    if ((--it)->second > offset) return true;
  return false;
}

u64 Reader::pointerAt(u32 offset) const { return number(offset, 8); }
u64 Reader::number(u32 offset, u32 size) const {
  u64 v = 0;
  std::memcpy(&v, m_at.memory().at(offset), std::min<u32>(size, 8));
  return v;
}

int Reader::cardAt(u64 address) const {
  int best = -1;
  for (std::size_t i = 0; i < m_graph.cards.size(); ++i) {
    const ObjectCard& c = m_graph.cards[i];
    if (address < c.address || address >= c.address + c.size) continue;
    if (best < 0 || c.size < m_graph.cards[static_cast<std::size_t>(best)].size) best = static_cast<int>(i);
  }
  return best;
}

void Reader::reach(const std::vector<u64>& seeds) {
  m_waiting.insert(m_waiting.end(), seeds.begin(), seeds.end());
  while (!m_waiting.empty() && m_graph.cards.size() < mostCards) {
    const u64 address = m_waiting.front();
    m_waiting.pop_front();
    addObject(address);
  }
}

void Reader::addObject(u64 address) {
  const ObjectRef object = objectAt(m_at, address);
  if (!object || m_seen.contains(object.offset) || object.offset >= Arena::StackBegin) return;
  m_seen.insert(object.offset);
  for (const CardSpec* spec : specsFor(object.type)) addCard(object, *spec);
}

void Reader::addCard(const ObjectRef& object, const CardSpec& spec) {
  ObjectCard card;
  u32 base = object.offset;
  card.size = object.size;
  card.title = text(object.name);
  card.type = card.title.section(' ', 0, 0);
  if (spec.holder) {
    const Field part = fieldAt(spec.holder, spec.part);
    if (!part) return;
    base += part.offset();
    card.size = part.member->size;
    card.type = spec.type;
    card.title = card.type + " " + card.title.section(' ', 1);
  }
  card.address = Arena::addressOf(base);
  card.layer = spec.layer;
  card.kind = static_cast<int>(&spec - cardSpecs().data());
  card.column = spec.column;
  card.born = m_births.contains(object.offset);
  for (const RowSpec& row : spec.rows) {
    if (!fieldAt(spec.type, row.path)) continue;
    ObjectRow r = readRow(row, spec, base);
    // A queue that is empty and was not touched, and a list that ends here, say nothing.
    if (row.form == RowSpec::Queue && !r.target && !r.changed && std::string_view(row.label) != "sk_receive_queue") continue;
    if (std::string_view(row.label) == "next" && !r.target) continue;
    card.rows.push_back(std::move(r));
  }
  if (std::string_view(spec.type) == "fdtable") addDescriptors(card, base);
  for (const ObjectRow& row : card.rows)
    if (row.target) m_waiting.push_back(row.target);
  m_graph.cards.push_back(std::move(card));
}

QString openFlags(u64 flags) {
  QString out = (flags & 3) == 0 ? "O_RDONLY" : (flags & 3) == 1 ? "O_WRONLY" : "O_RDWR";
  if (flags & 04000) out += "|O_NONBLOCK";
  if (flags & 02000000) out += "|O_CLOEXEC";
  return out;
}

ObjectRow Reader::readRow(const RowSpec& spec, const CardSpec& card, u32 base) const {
  const Field f = fieldAt(card.type, spec.path);
  ObjectRow row{text(spec.label), {}, text(spec.path), base + f.offset(), f.member->size};
  row.back = spec.back;
  switch (spec.form) {
  case RowSpec::Number: row.value = QString::number(number(row.offset, std::min<u32>(row.size, 4))); break;
  case RowSpec::Port: row.value = QString::number(number(row.offset, 2)); break;
  case RowSpec::Flags: row.value = openFlags(number(row.offset, 4)); break;
  case RowSpec::Mode: {
    const u64 mode = number(row.offset, 2);
    row.value = (mode & 0170000) == 0140000 ? "S_IFSOCK|" : "";
    row.value += "0" + QString::number(mode & ((mode & 0170000) == 0140000 ? 07777 : 0177777), 8);
    break;
  }
  case RowSpec::Queue: {
    // struct sk_buff_head: next, prev, qlen. An empty list points at itself, a new one is zero.
    const u64 first = pointerAt(row.offset), length = number(row.offset + 16, 4);
    row.value = QStringLiteral("qlen %1").arg(length);
    if (first && first != Arena::addressOf(row.offset)) row.target = first;
    row.size = 20;
    break;
  }
  case RowSpec::Value:
    row.value = text(valueText(m_at, *f.layout, *f.member, base + f.base));
    if (f.member->kind != MemberKind::Pointer) break;
    const u64 target = pointerAt(row.offset);
    const ObjectRef object = target ? objectAt(m_at, target) : ObjectRef{};
    row.table = object && object.offset >= Arena::DataBegin;
    // A list ends at its head, which is no sk_buff.
    if (text(spec.label) == "next" && object && layoutOf(object.type) && layoutOf(object.type)->name != "sk_buff") break;
    if (object && !row.table) row.target = target;
    break;
  }
  row.changed = changed(row.offset, row.size);
  return row;
}

// One row for each descriptor that is open, read from the array that `fd` points at.
void Reader::addDescriptors(ObjectCard& card, u32 base) const {
  const u64 count = std::min<u64>(number(base + fieldAt("fdtable", "max_fds").offset(), 4), mostDescriptors);
  const u64 begin = pointerAt(base + fieldAt("fdtable", "fd").offset());
  if (!begin) return;
  const u32 array = static_cast<u32>(begin);
  for (u32 fd = 0; fd < count; ++fd) {
    const u64 file = pointerAt(array + fd * 8);
    const bool written = changed(array + fd * 8, 8) && !card.born;
    if (!file && !written) continue;
    ObjectRow row{QStringLiteral("fd[%1]").arg(fd), text(pointerText(m_at, file)), QStringLiteral("fd[%1]").arg(fd),
                  array + fd * 8, 8};
    row.target = file;
    row.changed = changed(row.offset, 8);
    card.rows.push_back(row);
  }
}

// ---- from cards to a graph

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

void link(ObjectGraph& graph, const Reader& reader) {
  for (std::size_t c = 0; c < graph.cards.size(); ++c)
    for (std::size_t r = 0; r < graph.cards[c].rows.size(); ++r) {
      ObjectRow& row = graph.cards[c].rows[r];
      const int to = row.target ? reader.cardAt(row.target) : -1;
      if (to < 0 || to == static_cast<int>(c)) continue;
      const ObjectCard& target = graph.cards[static_cast<std::size_t>(to)];
      // "socket of socket_alloc #1" reads better by the card's own name.
      if (!row.value.startsWith("qlen")) row.value = placeText(target, row.target);
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
  return QStringLiteral("%1.%2 → %3").arg(from.title, from.rows[static_cast<std::size_t>(link.row)].label,
                                          cards[static_cast<std::size_t>(link.to)].title);
}

ObjectGraph readObjects(const Playhead& playhead, StepRange step, u64 focus, u64 buffer, int room) {
  Reader reader(playhead, step);
  std::vector<u64> seeds;
  if (focus) seeds.push_back(focus);
  if (buffer) seeds.push_back(buffer);
  for (u64 root : roots(playhead)) seeds.push_back(root);
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
    if (focused < 0)
      for (u64 address : handed(playhead)) from.push_back(reader.cardAt(address));
    from.push_back(0); // nobody else: the first task
    keepOnly(graph, nearest(graph, from, room));
  }
  return reader.take();
}

} // namespace sockwalk
