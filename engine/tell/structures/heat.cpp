#include "engine/tell/structures/heat.h"
#include "engine/tell/structures/history.h"
#include "engine/tell/values.h"
#include <algorithm>
#include <nlohmann/json.hpp>

namespace sockwalk::tell {

namespace {

constexpr u32 LineSize = 64;

void operator+=(HeatCounts& sum, const HeatCounts& one) {
  sum.walk += one.walk;
  sum.here += one.here;
  sum.call += one.call;
}

// The members that begin in each line, by their own names; what is anonymous is told by what is in it.
void addMembers(Heat& heat, const LayoutInfo& layout, u32 base, u32 inside) {
  for (const MemberInfo& m : layout.members) {
    const LayoutInfo* inner = m.kind == MemberKind::Struct && !m.array ? layoutNamed(m.target) : nullptr;
    if (inner && inner->size > LineSize) {
      addMembers(heat, *inner, base, inside + m.offset);
      continue;
    }
    if (m.depth || m.name.starts_with('(') || (!m.size && !m.bits)) continue;
    const u32 line = (base + inside + m.offset) / LineSize - base / LineSize;
    if (line < heat.lines.size()) heat.lines[line].members.emplace_back(m.name);
  }
}

} // namespace

std::vector<const LineWriter*> LineHeat::writersIn(HeatStretch stretch) const {
  std::vector<const LineWriter*> out;
  for (const LineWriter& writer : writers)
    if (writer.writes.in(stretch)) out.push_back(&writer);
  std::ranges::stable_sort(out, std::greater<>(), [&](const LineWriter* w) { return w->writes.in(stretch); });
  return out;
}

u32 Heat::hottest(HeatStretch stretch) const {
  u32 most = 0;
  for (const LineHeat& line : lines) most = std::max(most, line.writes.in(stretch));
  return most;
}

void HeatReader::update(const Journal& journal, const StructureSubject& subject) {
  if (m_journal != &journal || !subject.same(m_subject)) {
    *this = {};
    m_journal = &journal;
    m_read = subject.born;
  }
  m_subject = subject;
  const EventIndex end = std::min(subject.died, journal.size());
  if (!subject || m_read >= end) return;
  for (const EventIndex event : writesInto(journal, subject.base, subject.size, m_read, end)) add(journal, event);
  m_read = end;
}

void HeatReader::add(const Journal& journal, EventIndex event) {
  const Event& e = journal[event];
  const u32 first = std::max(e.where, m_subject.base);
  const u32 last = std::min(e.where + writtenSize(e), m_subject.base + m_subject.size) - 1;
  const Text function = writerOf(journal, event);
  auto known = std::ranges::find(m_functions, function);
  if (known == m_functions.end()) known = m_functions.insert(m_functions.end(), function);
  const u32 begin = m_subject.base / LineSize;
  m_writes.push_back(
      {event, first / LineSize - begin, last / LineSize - begin, static_cast<int>(known - m_functions.begin())});
}

void HeatReader::count(Heat& heat, const Write& write, HeatCounts one) const {
  heat.writes += one;
  for (u32 number = write.first; number <= write.last; ++number) {
    LineHeat& line = heat.lines[number];
    line.writes += one;
    if (one.here) line.last = write.event;
    const Text& function = m_functions[static_cast<size_t>(write.function)];
    auto known = std::ranges::find(line.writers, function, &LineWriter::function);
    if (known == line.writers.end()) known = line.writers.insert(line.writers.end(), {function, {}});
    known->writes += one;
  }
}

Heat HeatReader::at(const Playhead& at) const {
  Heat heat;
  if (!m_journal || !m_subject) return heat;
  heat.id = subjectName(at, m_subject);
  heat.title = subjectTitle(m_subject);
  heat.lines.resize(cacheLines(m_subject.base, m_subject.size));
  for (u32 i = 0; i < heat.lines.size(); ++i) {
    const u32 line = (m_subject.base / LineSize + i) * LineSize; // in the arena
    heat.lines[i].number = i;
    heat.lines[i].from = std::max(line, m_subject.base) - m_subject.base;
    heat.lines[i].to = std::min(line + LineSize, m_subject.base + m_subject.size) - m_subject.base;
  }
  if (m_subject.layout) addMembers(heat, *m_subject.layout, m_subject.base, 0);
  const EventIndex here = at.position();
  const int stimulus = here ? m_journal->stimulusAt(here - 1) : -1;
  const EventIndex call = stimulus < 0 ? 0 : m_journal->stimuli()[static_cast<size_t>(stimulus)].event;
  for (const Write& write : m_writes) {
    const bool before = write.event < here;
    count(heat, write, {1, before, before && write.event >= call});
  }
  return heat;
}

Heat readHeat(const Playhead& at, const StructureSubject& subject) {
  HeatReader reader;
  reader.update(at.journal(), subject);
  return reader.at(at);
}

// ---- as words

Text stretchName(HeatStretch stretch) {
  switch (stretch) {
  case HeatStretch::Walk: return say("the whole walk");
  case HeatStretch::Here: return say("up to here");
  case HeatStretch::Call: return say("in this call or frame");
  }
  return {};
}

Text writersText(const LineHeat& line, HeatStretch stretch, size_t most) {
  const auto writers = line.writersIn(stretch);
  std::vector<Text> words;
  for (size_t i = 0; i < std::min(most, writers.size()); ++i)
    words.push_back(Text::list(" ", {writers[i]->function, Text(writers[i]->writes.in(stretch))}));
  const Text told = Text::list(", ", words);
  const size_t others = writers.size() - words.size();
  return !others ? told : others == 1 ? say("%1 and 1 other", told) : say("%1 and %2 others", told, others);
}

Text readsAreNotRecorded() {
  return say("Counted are writes. Reads are not recorded: a line that nobody writes may still be read all the time.");
}

std::vector<std::string> lines(const Heat& heat) {
  std::vector<std::string> out{heat.id + ": " + heat.title,
                               spoken(say("%1 writes in the whole walk, %2 up to here, %3 in this call or frame",
                                          heat.writes.walk, heat.writes.here, heat.writes.call)),
                               spoken(readsAreNotRecorded())};
  for (const LineHeat& line : heat.lines) {
    const Text bytes = say("cache line %1, bytes %2 to %3", line.number, line.from, line.to - 1);
    const Text counts = line.writes.walk ? say("%1 writes, %2 up to here, %3 in this call or frame", line.writes.walk,
                                               line.writes.here, line.writes.call)
                                         : say("never written");
    const Text writers = writersText(line, HeatStretch::Walk, 3);
    out.push_back(spoken(Text::list(": ", {bytes, counts, writers})));
  }
  return out;
}

static nlohmann::json json(const HeatCounts& counts) {
  return {{"walk", counts.walk}, {"here", counts.here}, {"call", counts.call}};
}

nlohmann::json json(const Heat& heat) {
  nlohmann::json lines = nlohmann::json::array();
  for (const LineHeat& line : heat.lines) {
    nlohmann::json writers = nlohmann::json::array();
    for (const LineWriter* writer : line.writersIn(HeatStretch::Walk))
      writers.push_back({{"function", english(writer->function)}, {"writes", json(writer->writes)}});
    nlohmann::json one{{"line", line.number},         {"from", line.from},  {"to", line.to},
                       {"writes", json(line.writes)}, {"writers", writers}, {"members", line.members}};
    if (line.last != NoEvent) one["last_written_at_event"] = line.last + 1;
    lines.push_back(std::move(one));
  }
  return {{"id", heat.id},
          {"title", heat.title},
          {"writes", json(heat.writes)},
          {"reads", english(readsAreNotRecorded())},
          {"lines", std::move(lines)}};
}

} // namespace sockwalk::tell
