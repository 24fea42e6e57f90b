#include "engine/tell/calls/call_path.h"
#include "engine/journal/layers.h"
#include "engine/scenario/truth_format.h"
#include "engine/tell/arguments.h"
#include "engine/tell/moments.h"
#include <algorithm>

namespace sockwalk::tell {

namespace {

// A system call comes from a program, a frame from the device below.
Layer layerOfStimulus(const Journal& journal, EventIndex event) {
  return journal.contextAt(event).kind == Context::Idle ? Layer::Device : Layer::User;
}

} // namespace

CallPath::CallPath(const Journal& journal, int stimulus) : m_stimulus(stimulus) {
  const auto& stimuli = journal.stimuli();
  if (stimulus < 0 || stimulus >= static_cast<int>(stimuli.size())) return;
  m_begin = stimuli[stimulus].event;
  m_end = scenario::spanOf(journal, static_cast<u32>(stimulus)).end;
  m_nodes.push_back({-1, -1, layerOfStimulus(journal, m_begin), stimuli[stimulus].text, {m_begin}});
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
  const u64 key = static_cast<u64>(parent + 1) << 32 | static_cast<u64>(function);
  const auto [it, isNew] = m_nodeOfFunction.emplace(key, static_cast<int>(m_nodes.size()));
  if (isNew) {
    const FunctionInfo& info = journal.function(journal[call]);
    m_nodes.push_back(
        {function, parent, layerOf(info), std::string(info.name), {}, 0, parent < 0 ? 0 : m_nodes[parent].depth + 1});
  }
  const int node = it->second;
  m_nodes[node].calls.push_back(call);
  m_nodeOfCall.emplace(call, node);
  return node;
}

int CallPath::nodeOf(EventIndex call) const {
  const auto it = m_nodeOfCall.find(call);
  return it == m_nodeOfCall.end() ? -1 : it->second;
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

Text lossText(const Journal& journal, const Event& e) {
  if (e.type == EventType::Panic) return panicText(journal, e);
  return e.type == EventType::Drop ? say("dropped: %1", dropReason(e.b)) : Text();
}

Text sentenceOf(const CallPath& path, const Playhead& playhead, const PathMoment& m) {
  const Stimulus& s = playhead.journal().stimuli()[path.stimulus()];
  const EventIndex position = playhead.position();
  if (m.running == 0 && s.finished && position > path.begin() + 1 && position == path.end())
    return say("returned %1", systemResult(s.result));
  const EventIndex noted = m.runningCall == NoEvent ? NoEvent : lastNote(playhead.journal(), m.runningCall, position);
  return noted == NoEvent ? Text() : note(playhead, noted);
}

} // namespace

int stimulusAt(const Playhead& playhead) {
  const Journal& journal = playhead.journal();
  if (journal.stimuli().empty()) return -1;
  return playhead.position() ? std::max(0, journal.stimulusAt(playhead.position() - 1)) : 0;
}

Text callArguments(const Playhead& playhead, EventIndex call) {
  const Journal& journal = playhead.journal();
  const auto values = journal.arguments(journal[call]);
  std::vector<Text> out;
  for (size_t i = 0; i < values.size(); ++i)
    out.push_back(argumentWords(playhead, journal.function(journal[call]), values, i));
  return Text::list(", ", out);
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
    const Event& call = journal[now.where];
    if (now.a) m.result = resultValue(playhead, journal.function(call), journal.arguments(call), now.data);
  }
  m.loss = lossText(journal, now);
  m.sentence = sentenceOf(path, playhead, m);
  if (m.runningCall != NoEvent) m.arguments = callArguments(playhead, m.runningCall);
  return m;
}

} // namespace sockwalk::tell
