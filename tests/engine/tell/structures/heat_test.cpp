// How hot cache lines are, held against the record itself.
#include "engine/tell/structures/heat.h"
#include "engine/tell/structures/history.h"
#include "engine/tell/structures/structures.h"
#include "tests/support/walks.h"
#include <map>
#include <nlohmann/json.hpp>

using namespace sockwalk;
using namespace sockwalk::tell;

namespace {

class TellHeat : public testing::Test {
protected:
  static const scenario::Session& session() {
    static const auto walk = tests::walkOf(SOCKWALK_SOURCE_ROOT "/assets/walks/tcp-on-loopback.pkt");
    return *walk;
  }
  TellHeat() : at(session().journal()) { at.seek(tests::shareOf(at.journal(), 0.5)); }
  StructureSubject subject(const std::string& name) const {
    const auto found = structureNamed(at, name);
    if (!found) throw std::runtime_error(found.error().message);
    return *found;
  }
  Playhead at;
};

// What the record has of one line, read event by event.
struct Counted {
  HeatCounts writes;
  EventIndex last = NoEvent;
  std::map<std::string, u32> writers;
};
Counted countedIn(const Playhead& at, const StructureSubject& s, u32 from, u32 to) {
  const Journal& j = at.journal();
  const EventIndex here = at.position();
  const EventIndex call = j.stimuli()[size_t(j.stimulusAt(here - 1))].event;
  Counted out;
  for (EventIndex i = s.born; i < std::min(s.died, j.size()); ++i) {
    const Event& e = j[i];
    if (!isWrite(e) || e.where >= s.base + to || e.where + writtenSize(e) <= s.base + from) continue;
    ++out.writes.walk;
    ++out.writers[english(writerOf(j, i))];
    if (i >= here) continue;
    ++out.writes.here;
    out.last = i;
    if (i >= call) ++out.writes.call;
  }
  return out;
}

TEST_F(TellHeat, CountsWhatTheRecordHas) {
  for (const char* name : {"tcp_sock #1", "tcp_sock #2", "socket #1", "tcp_prot", "inode of socket #1"}) {
    SCOPED_TRACE(name);
    const StructureSubject s = subject(name);
    const Heat heat = readHeat(at, s);
    ASSERT_EQ(heat.lines.size(), cacheLines(s.base, s.size));
    u32 covered = 0;
    for (const LineHeat& line : heat.lines) {
      SCOPED_TRACE(line.number);
      EXPECT_EQ(line.from, covered);
      covered = line.to;
      EXPECT_TRUE(line.to == s.size || (s.base + line.to) % 64 == 0);
      const Counted counted = countedIn(at, s, line.from, line.to);
      EXPECT_EQ(line.writes, counted.writes);
      EXPECT_EQ(line.last, counted.last);
      std::map<std::string, u32> writers;
      for (const LineWriter* w : line.writersIn(HeatStretch::Walk)) writers[english(w->function)] = w->writes.walk;
      EXPECT_EQ(writers, counted.writers);
    }
    EXPECT_EQ(covered, s.size);
    EXPECT_EQ(heat.writes, countedIn(at, s, 0, s.size).writes);
  }
}

TEST_F(TellHeat, OfASocketSomeLinesAreHotAndOthersAreNeverWrittenAgain) {
  const Heat heat = readHeat(at, subject("tcp_sock #1"));
  EXPECT_GT(heat.hottest(HeatStretch::Walk), 10u);
  EXPECT_LE(heat.hottest(HeatStretch::Here), heat.hottest(HeatStretch::Walk));
  EXPECT_LE(heat.hottest(HeatStretch::Call), heat.hottest(HeatStretch::Here));
}

TEST_F(TellHeat, MembersStandInTheLineInWhichTheyBegin) {
  const StructureSubject s = subject("tcp_sock #1");
  const Heat heat = readHeat(at, s);
  const StructureRows rows(s);
  size_t placed = 0;
  for (const LineHeat& line : heat.lines)
    for (const std::string& member : line.members) {
      bool found = false;
      for (u32 offset = line.from; offset < line.to && !found; ++offset)
        for (const StructureRow* row : rows.wayTo(offset))
          found |= row->member.name == member && row->offset >= line.from && row->offset < line.to;
      placed += found; // of a union, only its first is on the way
    }
  EXPECT_GT(placed, 200u);
}

TEST_F(TellHeat, GrowsWithTheRecordAsIfItWereReadAtOnce) {
  auto walk = scenario::Session::openFile(SOCKWALK_SOURCE_ROOT "/assets/walks/tcp-on-loopback.pkt");
  ASSERT_TRUE(walk);
  (*walk)->runAll();
  Playhead there((*walk)->journal());
  there.seek(there.journal().size());
  const auto s = structureNamed(there, "tcp_prot");
  ASSERT_TRUE(s);
  HeatReader reader;
  int pieces = 0;
  for (; !reader.update((*walk)->journal(), *s, 1000); ++pieces) EXPECT_LT(pieces, 10000);
  const Heat before = reader.at(there);
  EXPECT_EQ(json(before), json(readHeat(there, *s)));
  EXPECT_TRUE(reader.update((*walk)->journal(), *s, 1000)) << "nothing more";
  EXPECT_EQ(reader.at(there).writes, before.writes);
  const auto other = structureNamed(there, "udp_prot");
  ASSERT_TRUE(other);
  reader.update((*walk)->journal(), *other, 1 << 30); // another object begins anew
  EXPECT_EQ(json(reader.at(there)), json(readHeat(there, *other)));
}

TEST_F(TellHeat, TheLinesNameWhoWroteMost) {
  const Heat heat = readHeat(at, subject("tcp_sock #1"));
  const auto said = lines(heat);
  ASSERT_EQ(said.size(), heat.lines.size() + 3);
  EXPECT_EQ(said[0], "tcp_sock #1: struct tcp_sock");
  const auto hottest = std::ranges::max_element(heat.lines, {}, [](const LineHeat& l) { return l.writes.walk; });
  const auto& line = said[3 + size_t(hottest - heat.lines.begin())];
  EXPECT_NE(line.find(english(hottest->writersIn(HeatStretch::Walk).front()->function)), std::string::npos) << line;
}

} // namespace
