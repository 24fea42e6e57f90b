#include "engine/tell/structures/heat.h"
#include "engine/journal/queries.h"
#include "engine/tell/structures/history.h"
#include "engine/tell/values.h"
#include <algorithm>
#include <nlohmann/json.hpp>

namespace sockwalk::tell {

namespace {

constexpr u32 LineSize = 64;
constexpr size_t WritesBetween = 4096; // two marks

std::vector<LineHeat> linesOf(const StructureSubject& subject) {
  std::vector<LineHeat> out(cacheLines(subject.base, subject.size));
  for (u32 i = 0; i < out.size(); ++i) {
    const u32 line = (subject.base / LineSize + i) * LineSize; // in the arena
    out[i].number = i;
    out[i].from = std::max(line, subject.base) - subject.base;
    out[i].to = std::min(line + LineSize, subject.base + subject.size) - subject.base;
  }
  return out;
}

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

// ---- reading

void HeatReader::restart(const Journal& journal, const StructureSubject& subject) {
  *this = {};
  m_journal = &journal;
  m_read = subject.born;
  m_lines = cacheLines(subject.base, subject.size);
  m_all.last.assign(m_lines, NoEvent);
}

bool HeatReader::update(const Journal& journal, const StructureSubject& subject, EventIndex events) {
  if (m_journal != &journal || !subject.same(m_subject)) restart(journal, subject);
  m_subject = subject;
  const EventIndex end = subject ? std::min(subject.died, journal.size()) : 0;
  for (EventIndex looked = 0; m_read < end && looked < events;) {
    const Stretch stretch = stretchAt(journal, m_read, subject.base, subject.size);
    const EventIndex to = std::min(end, stretch.to);
    if (!stretch.quiet) {
      for (const EventIndex event : writesInto(journal, subject.base, subject.size, m_read, to)) add(event);
      looked += to - m_read;
    }
    m_read = to;
  }
  return m_read >= end;
}

void HeatReader::add(EventIndex event) {
  const Event& e = (*m_journal)[event];
  const u32 first = std::max(e.where, m_subject.base);
  const u32 last = std::min(e.where + writtenSize(e), m_subject.base + m_subject.size) - 1;
  const Text function = writerOf(*m_journal, event);
  const auto known = std::ranges::find(m_functions, function);
  const auto number = static_cast<u32>(known - m_functions.begin());
  if (known == m_functions.end()) m_functions.push_back(function);
  if (m_writes.size() % WritesBetween == 0) m_marks.push_back(m_all);
  const u32 begin = m_subject.base / LineSize;
  m_writes.push_back({event, first / LineSize - begin, last / LineSize - begin, number});
  count(m_all, m_writes.back());
}

void HeatReader::count(Counts& counts, const Write& write) const {
  if (counts.writes.size() <= write.function * m_lines) counts.writes.resize((write.function + 1) * m_lines);
  for (u32 line = write.first; line <= write.last; ++line) {
    ++counts.writes[write.function * m_lines + line];
    counts.last[line] = write.event;
  }
}

// ---- at a moment

size_t HeatReader::writesBefore(EventIndex position) const {
  return static_cast<size_t>(std::ranges::lower_bound(m_writes, position, {}, &Write::event) - m_writes.begin());
}

HeatReader::Counts HeatReader::countsBefore(size_t write) const {
  if (write == m_writes.size()) return m_all;
  Counts counts = m_marks[write / WritesBetween];
  for (size_t i = write / WritesBetween * WritesBetween; i < write; ++i) count(counts, m_writes[i]);
  return counts;
}

Heat HeatReader::at(const Playhead& at) const {
  Heat heat;
  if (!m_journal || !m_subject) return heat;
  heat.id = subjectName(at, m_subject);
  heat.title = subjectTitle(m_subject);
  heat.lines = linesOf(m_subject);
  if (m_subject.layout) addMembers(heat, *m_subject.layout, m_subject.base, 0);
  const EventIndex position = at.position();
  const int stimulus = position ? m_journal->stimulusAt(position - 1) : -1;
  const size_t here = writesBefore(position);
  const size_t call =
      stimulus < 0 ? 0 : std::min(here, writesBefore(m_journal->stimuli()[static_cast<size_t>(stimulus)].event));
  const auto small = [](size_t n) { return static_cast<u32>(n); };
  heat.writes = {small(m_writes.size()), small(here), small(here - call)};
  const Counts untilHere = countsBefore(here), untilCall = countsBefore(call);
  for (LineHeat& line : heat.lines) {
    line.last = untilHere.last[line.number];
    for (u32 f = 0; f < m_functions.size(); ++f) {
      const auto of = [&](const Counts& counts) {
        const size_t cell = f * m_lines + line.number;
        return cell < counts.writes.size() ? counts.writes[cell] : 0;
      };
      const HeatCounts writes{of(m_all), of(untilHere), of(untilHere) - of(untilCall)};
      if (writes.walk) line.writers.push_back({m_functions[f], writes});
      line.writes += writes;
    }
  }
  return heat;
}

Heat readHeat(const Playhead& at, const StructureSubject& subject) {
  HeatReader reader;
  reader.update(at.journal(), subject, at.journal().size());
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
