#include "engine/tell/calls/call_path.h"
#include "engine/journal/layers.h"
#include "engine/scenario/truth_format.h"
#include "engine/tell/arguments.h"
#include "engine/tell/moments.h"
#include "engine/tell/running.h"
#include <algorithm>

namespace sockwalk::tell {

namespace {

// A system call comes from a program, a frame from the device below.
Layer layerOfStimulus(const Journal& journal, EventIndex event) {
  return journal.contextAt(event).kind == Context::Idle ? Layer::Device : Layer::User;
}

} // namespace

CallPath::CallPath(const Journal& journal, int stimulus, const Hosts& hosts, Opened opened) : m_stimulus(stimulus) {
  const auto& stimuli = journal.stimuli();
  if (stimulus < 0 || stimulus >= static_cast<int>(stimuli.size())) return;
  m_begin = stimuli[stimulus].event;
  m_end = scenario::spanOf(journal, static_cast<u32>(stimulus)).end;
  Reading reading{journal, hosts, std::move(opened), {}, {}};
  m_nodes.push_back({-1, -1, layerOfStimulus(journal, m_begin), stimuli[stimulus].text, {m_begin}});
  m_first.push_back(m_begin);
  m_laneOfNode.push_back(-1); // see readSections()
  for (EventIndex i = m_begin; i < m_end; ++i) {
    const Event& e = journal[i];
    if (e.type == EventType::Call) nodeFor(reading, i);
    else if (e.type == EventType::Return && !m_nodeOfCall.contains(e.where)) nodeFor(reading, e.where);
  }
  for (std::size_t n = m_nodes.size(); n-- > 1;)
    if (m_nodes[n].parent >= 0) m_nodes[m_nodes[n].parent].below += m_nodes[n].below + 1;
  for (PathNode& n : m_nodes) std::sort(n.calls.begin(), n.calls.end());
  readSections(reading);
  numberParts(reading);
}

int CallPath::lane(const Context& context, const std::string& host) {
  const bool task = context.kind == Context::Task;
  const auto same = [&](const PathLane& l) {
    return l.context.kind == context.kind && l.host == host && (!task || l.context.task == context.task);
  };
  const auto found = std::ranges::find_if(m_lanes, same);
  if (found == m_lanes.end()) return m_lanes.push_back({context, host}), static_cast<int>(m_lanes.size() - 1);
  return static_cast<int>(found - m_lanes.begin());
}

int CallPath::nodeFor(Reading& reading, EventIndex call) {
  if (const int known = nodeOf(call); known >= 0) return known;
  const EventIndex caller = reading.journal.callerOf(call);
  const int parent = caller != NoEvent ? nodeFor(reading, caller) : call >= m_begin ? 0 : -1;
  const int in = lane(reading.journal.contextAt(call), reading.hosts.of(call));
  const int function = reading.journal[call].b;
  const auto [it, isNew] = reading.nodes.emplace(std::tuple(parent, in, function), static_cast<int>(m_nodes.size()));
  int node = it->second;
  if (isNew) addNode(reading, call, parent, in);
  else if (const EventIndex first = m_first[static_cast<std::size_t>(node)]; reading.opened.contains(first)) {
    node = addNode(reading, call, parent, in);
    m_first.back() = first;
  }
  m_nodes[node].calls.push_back(call);
  m_nodeOfCall.emplace(call, node);
  return node;
}

int CallPath::addNode(Reading& reading, EventIndex call, int parent, int in) {
  const FunctionInfo& info = reading.journal.function(reading.journal[call]);
  const int depth = parent < 0 ? 0 : m_nodes[parent].depth + 1;
  m_nodes.push_back({reading.journal[call].b, parent, layerOf(info), std::string(info.name), {}, 0, depth});
  m_laneOfNode.push_back(in);
  m_first.push_back(call);
  return static_cast<int>(m_nodes.size() - 1);
}

void CallPath::numberParts(const Reading& reading) {
  std::map<EventIndex, int> parts;
  for (std::size_t n = 1; n < m_nodes.size(); ++n)
    if (reading.opened.contains(m_first[n])) m_nodes[n].part = ++parts[m_first[n]];
  for (std::size_t n = 1; n < m_nodes.size(); ++n)
    if (m_nodes[n].part) m_nodes[n].parts = parts[m_first[n]];
}

// ---- sections

// The innermost of its nodes that was open in the context before, when `call` was made from outside of all calls.
int CallPath::ranBefore(const Journal& journal, EventIndex call) const {
  bool other = false; // another context
  for (EventIndex i = call; i-- > m_begin;) {
    other = other || journal[i].type == EventType::Context;
    if (!other || journal[i].type == EventType::Context) continue;
    EventIndex around = journal.callAround(i);
    if (journal[i].type == EventType::Return) around = journal.callerOf(around);
    const int node = around == NoEvent ? -1 : nodeOf(around);
    return node >= 0 ? node : 0;
  }
  return -1;
}

namespace {

// For each node the lowest layer that it, or what it calls, reaches.
std::vector<Layer> lowestBelow(const std::vector<PathNode>& nodes) {
  std::vector<Layer> out;
  for (const PathNode& n : nodes) out.push_back(n.layer);
  for (std::size_t n = nodes.size(); n-- > 1;)
    if (const int up = nodes[n].parent; up >= 0) out[up] = std::max(out[up], out[n]);
  return out;
}

} // namespace

void CallPath::readSections(Reading& reading) {
  const std::vector<Layer> lowest = lowestBelow(m_nodes);
  const Context& context = reading.journal.contextAt(m_begin);
  const bool program = context.kind == Context::Task || m_nodes.size() < 2 || m_nodes[1].parent != 0;
  // In whose name a frame arrives or a timer fires says its first call.
  m_laneOfNode[0] = program ? lane(context, reading.hosts.of(m_begin)) : m_laneOfNode[1];
  const bool climbs = !program && m_nodes[1].layer >= Layer::Link;
  if (climbs) m_nodes[0].layer = Layer::Device;
  m_sections.push_back({m_laneOfNode[0], climbs, -1, 0});
  for (int n = 1; n < static_cast<int>(m_nodes.size()); ++n) {
    PathNode& node = m_nodes[n];
    const int up = node.parent;
    const bool stays = up >= 0 && m_laneOfNode[n] == m_laneOfNode[up];
    // Helpers of a layer above or below belong where they are called; what goes out again to the device does not.
    const bool sends = stays && sectionOf(up).climbs && node.layer > m_nodes[up].layer && node.layer >= Layer::Ip &&
                       lowest[n] == Layer::Device && m_nodes[up].layer < Layer::Link;
    node.section = stays && !sends ? m_nodes[up].section : sectionFor(reading, n);
    node.level = up >= 0 && m_nodes[up].section == node.section ? m_nodes[up].level + 1 : 0;
  }
}

int CallPath::sectionFor(Reading& reading, int n) {
  const int up = m_nodes[n].parent;
  const bool branches = up >= 0 && m_laneOfNode[n] == m_laneOfNode[up];
  const bool climbs = !branches && m_nodes[n].layer >= Layer::Link;
  const auto [it, isNew] = reading.sections.emplace(std::tuple(m_laneOfNode[n], branches ? up : -1, climbs),
                                                    static_cast<int>(m_sections.size()));
  if (isNew) {
    const EventIndex call = m_nodes[n].calls.front();
    const int from = branches ? up : call < m_begin ? -1 : up > 0 ? up : ranBefore(reading.journal, call);
    m_sections.push_back({m_laneOfNode[n], climbs, from, n});
  }
  return it->second;
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
  if (s.finished && position > path.begin() + 1 && position == path.end())
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

  for (EventIndex call : runningCalls(playhead)) {
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
