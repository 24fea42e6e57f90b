#include "views/call_path/call_path_model.h"
#include "views/walk/text.h"

#include "engine/journal/layers.h"
#include "views/walk/words.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace sockwalk {

namespace {

QString words(const char* source) { return QCoreApplication::translate("CallPath", source); }

// A system call comes from a program, a frame from the device below.
Layer layerOfStimulus(const Journal& journal, EventIndex event) {
  return journal.contextAt(event).kind == Context::Idle ? Layer::Device : Layer::User;
}

} // namespace

CallPath::CallPath(const Journal& journal, int stimulus) : m_stimulus(stimulus) {
  const auto& stimuli = journal.stimuli();
  if (stimulus < 0 || stimulus >= static_cast<int>(stimuli.size())) return;
  m_begin = stimuli[stimulus].event;
  m_end = stimulus + 1 < static_cast<int>(stimuli.size()) ? stimuli[stimulus + 1].event : journal.size();
  m_nodes.push_back({-1, -1, layerOfStimulus(journal, m_begin), text(stimuli[stimulus].text), {m_begin}});
  for (EventIndex i = m_begin; i < m_end; ++i) {
    const Event& e = journal[i];
    if (e.type == EventType::Call) nodeFor(journal, i);
    else if (e.type == EventType::Return && !m_nodeOfCall.contains(e.where)) nodeFor(journal, e.where);
  }
  for (std::size_t n = m_nodes.size(); n-- > 1;)
    if (m_nodes[n].parent >= 0) m_nodes[m_nodes[n].parent].below += m_nodes[n].below + 1;
  for (PathNode& n : m_nodes) std::sort(n.calls.begin(), n.calls.end());
}

int CallPath::nodeFor(const Journal& journal, EventIndex call) {
  if (const int known = nodeOf(call); known >= 0) return known;
  const EventIndex caller = journal.callerOf(call);
  int parent = caller != NoEvent ? nodeFor(journal, caller) : call >= m_begin ? 0 : -1;
  const int function = journal[call].b;
  const quint64 key = static_cast<quint64>(parent + 1) << 32 | static_cast<quint64>(function);
  auto it = m_nodeOfFunction.find(key);
  if (it == m_nodeOfFunction.end()) {
    const FunctionInfo& info = journal.function(journal[call]);
    it = m_nodeOfFunction.insert(key, static_cast<int>(m_nodes.size()));
    m_nodes.push_back(
        {function, parent, layerOf(info), text(info.name), {}, 0, parent < 0 ? 0 : m_nodes[parent].depth + 1});
  }
  m_nodes[*it].calls.push_back(call);
  m_nodeOfCall.insert(call, *it);
  return *it;
}

// `root` (-1: everything) and what it calls, as many whole levels as there is room for; its own callees always.
std::vector<int> CallPath::levelsBelow(int root, int room) const {
  const int from = root < 0 ? 0 : root, base = root < 0 ? -1 : m_nodes[root].depth;
  std::vector<int> family; // by index: callers before callees
  std::vector<char> in(m_nodes.size(), root < 0);
  if (root >= 0) in[root] = 1;
  std::vector<int> ofDepth(1, 0);
  for (int n = from; n < static_cast<int>(m_nodes.size()); ++n) {
    if (root >= 0 && n != root && (m_nodes[n].parent < 0 || !in[m_nodes[n].parent])) continue;
    in[n] = 1;
    family.push_back(n);
    const auto depth = static_cast<std::size_t>(m_nodes[n].depth - std::max(base, 0));
    if (depth >= ofDepth.size()) ofDepth.resize(depth + 1, 0);
    ++ofDepth[depth];
  }
  int levels = 0, sum = 0;
  while (levels < static_cast<int>(ofDepth.size()) && (levels < 2 || sum + ofDepth[levels] <= room))
    sum += ofDepth[levels++];
  std::erase_if(family, [&](int n) { return m_nodes[n].depth - std::max(base, 0) >= levels; });
  return family;
}

std::vector<int> CallPath::visible(int running, int room) const {
  std::vector<int> all = levelsBelow(-1, room);
  if (running < 0 || all.size() == m_nodes.size()) return all;
  const auto has = [](const std::vector<int>& sorted, int n) {
    return std::binary_search(sorted.begin(), sorted.end(), n);
  };
  std::vector<std::vector<int>> opened{all};
  while (!has(opened.back(), running)) {
    int fold = running;
    while (fold >= 0 && !has(opened.back(), fold)) fold = m_nodes[fold].parent;
    if (fold < 0) break;
    opened.push_back(levelsBelow(fold, room * 2 / 3));
  }
  std::vector<char> in(m_nodes.size(), 0);
  int shown = 0;
  const auto add = [&](int n) { shown += !in[n], in[n] = 1; };
  for (int n : opened.back()) add(n);
  for (int n = opened.back().front(); n >= 0; n = m_nodes[n].parent) add(n); // however it came there
  // What was called beside the way, the nearest first, each whole or not at all.
  for (auto it = opened.rbegin() + 1; it < opened.rend(); ++it) {
    if (shown + static_cast<int>(it->size()) > room + room / 3) break;
    for (int n : *it) add(n);
  }
  std::vector<int> out;
  for (int n = 0; n < static_cast<int>(m_nodes.size()); ++n)
    if (in[n]) out.push_back(n);
  return out;
}

std::vector<int> CallPath::way(int from, int to) const {
  std::vector<int> up{from}, down{to};
  if (from < 0 || to < 0) return {};
  // The larger index is never the caller of the smaller one.
  while (up.back() != down.back()) {
    std::vector<int>& deeper = up.back() > down.back() ? up : down;
    const int parent = m_nodes[deeper.back()].parent;
    if (parent < 0) return {};
    deeper.push_back(parent);
  }
  up.insert(up.end(), down.rbegin() + 1, down.rend());
  return up;
}

namespace {

// The last note that the running call itself has made. Calls that it made are stepped over.
EventIndex lastNote(const Journal& journal, EventIndex call, EventIndex position) {
  for (EventIndex i = position; i-- > call + 1;) {
    const Event& e = journal[i];
    if (e.type == EventType::Note) return i;
    if (e.type == EventType::Context) return NoEvent; // what stands before is another task's
    if (e.type == EventType::Return) {
      if (e.where <= call) return NoEvent;
      i = e.where;
    }
  }
  return NoEvent;
}

QString lossText(const Journal& journal, const Event& e) {
  if (e.type == EventType::Panic)
    return QString::fromUtf8(reinterpret_cast<const char*>(journal.payload(e.where)), static_cast<qsizetype>(e.data));
  return e.type == EventType::Drop ? words("dropped: %1").arg(dropReasonText(e.b)) : QString();
}

} // namespace

QString callArguments(const Playhead& playhead, EventIndex call) {
  const Journal& journal = playhead.journal();
  const FunctionInfo& function = journal.function(journal[call]);
  const auto values = journal.arguments(journal[call]);
  QStringList out;
  for (std::size_t i = 0; i < values.size(); ++i) out << shown(tell::argumentWords(playhead, function, i, values[i]));
  return out.join(", ");
}

PathMoment momentOf(const CallPath& path, const Playhead& playhead) {
  PathMoment m;
  m.tenses.assign(path.nodes().size(), Tense::Future);
  const Journal& journal = playhead.journal();
  const EventIndex position = playhead.position();
  for (std::size_t n = 0; n < path.nodes().size(); ++n)
    if (path.nodes()[n].calls.front() < position) m.tenses[n] = Tense::Past;
  if (position <= path.begin() || position > path.end()) return m;

  for (EventIndex call : playhead.callStack()) {
    const int node = path.nodeOf(call);
    if (node < 0) continue;
    m.tenses[node] = Tense::Active;
    m.running = node;
    m.runningCall = call;
  }
  if (m.running < 0) m.running = 0;
  for (int up = path.nodes()[m.running].parent; up >= 0; up = path.nodes()[up].parent) m.tenses[up] = Tense::Active;
  m.tenses[m.running] = Tense::Running;

  const Event& now = journal[position - 1];
  if (now.type == EventType::Return) {
    m.returned = path.nodeOf(now.where);
    if (now.a) m.result = resultText(playhead, now.data);
  }
  m.loss = lossText(journal, now);
  if (m.runningCall == NoEvent) return m;
  m.arguments = callArguments(playhead, m.runningCall);
  m.note = lastNote(journal, m.runningCall, position);
  return m;
}

} // namespace sockwalk
