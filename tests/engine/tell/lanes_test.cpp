// Bars from calls, lanes from contexts, marks where frames came and went.
#include "engine/tell/lanes.h"
#include "tests/support/walks.h"
#include "tests/views/sample/recorded_session.h"
#include <nlohmann/json.hpp>

using namespace sockwalk;
using namespace sockwalk::tell;

namespace {

const char* const Tree = "one\n  two\n    three\n  four\nfive\n";
const bool known = knowFunctions(Tree);

std::unique_ptr<RecordedSession> session() {
  auto s = std::make_unique<RecordedSession>();
  s->play("first()", Tree);
  s->play("second()", Tree, Context::Softirq);
  return s;
}

std::string dump(const Lanes& model) {
  std::string out;
  for (const Lane& lane : model.lanes()) {
    out += english(lane.name()) + "\n";
    for (const auto& row : lane.rows) {
      out += " ";
      for (const LaneBar& b : row) out += " " + std::string(Symbols::get().function(b.function).name);
      out += "\n";
    }
  }
  return out;
}

TEST(TellLanes, PutsCallsInRowsByDepthAndInLanesByContext) {
  const auto s = session();
  Lanes model;
  model.update(s->journal());
  EXPECT_EQ(dump(model), "task 100\n  one five\n  two four\n  three\nsoftirq\n  one five\n  two four\n  three\n");
}

TEST(TellLanes, GrowsToTheSameAsWhenBuiltAtOnce) {
  RecordedSession s;
  Lanes growing, whole;
  for (int i = 0; i < 5; ++i) {
    s.play("again()", Tree, i % 2 ? Context::Softirq : Context::Task);
    growing.update(s.journal());
  }
  whole.update(s.journal());
  EXPECT_EQ(dump(growing), dump(whole));
}

TEST(TellLanes, RowsAreSortedAndBarsOfARowApart) {
  const auto s = session();
  Lanes model;
  model.update(s->journal());
  for (const Lane& lane : model.lanes())
    for (const auto& row : lane.rows)
      for (size_t i = 1; i < row.size(); ++i) EXPECT_LT(row[i - 1].end, row[i].begin);
}

TEST(TellLanes, ACallThatSleepsKeepsItsRowWhileOthersRun) {
  RecordedSession s;
  Recorder& r = s.recorder();
  const FunctionInfo& f = *Symbols::get().functions()[0];
  r.context(Context::Task, 100, "task 100", 0, NoEvent);
  const EventIndex sleeps = r.call(f, nullptr, 0);
  s.play("other()", Tree, Context::Softirq);
  Lanes model;
  model.update(s.journal());
  EXPECT_EQ(model.lanes()[0].rows[0][0].end, NoEvent);
  r.context(Context::Task, 100, "task 100", 0, sleeps);
  r.call(f, nullptr, 0);
  r.leave(sleeps + 0, false, 0, 1);
  model.update(s.journal());
  EXPECT_EQ(model.lanes()[0].rows[0].back().end, s.journal().size() - 1);
  EXPECT_EQ(model.lanes()[0].rows.size(), 2u); // what it calls after its sleep is below it
}

TEST(TellLanes, FindsMarksAndBarsByEvent) {
  const auto s = session();
  const u8 frame[4] = {};
  s->recorder().packet(true, 2, 0, frame, sizeof frame);
  s->recorder().drop(0x1000000, 2);
  Lanes model;
  model.update(s->journal());
  ASSERT_EQ(model.marks().size(), 2u);
  EXPECT_EQ(model.marks()[0].kind, LaneMark::In);
  EXPECT_EQ(model.firstMarkFrom(model.marks()[1].event), 1u);
  const auto& row = model.lanes()[0].rows[0];
  EXPECT_EQ(Lanes::firstEndingAfter(row, row[0].end), 1u);
  EXPECT_TRUE(Lanes::touches(row, row[0].begin, row[0].begin + 1));
  EXPECT_FALSE(Lanes::touches(row, 0, row[0].begin));
}

TEST(TellLanes, InWordsEveryBarAndEveryMarkIsThere) {
  const auto walked = tests::walkOf(SOCKWALK_SOURCE_ROOT "/assets/walks/tcp-on-loopback.pkt");
  const Journal& j = walked->journal();
  Lanes lanes;
  lanes.update(j);
  size_t wanted = lanes.lanes().size() + lanes.marks().size();
  for (const Lane& lane : lanes.lanes()) wanted += lane.rows.empty() ? 0 : lane.rows[0].size();
  EXPECT_EQ(lines(lanes, j).size(), wanted);
  const nlohmann::json all = json(lanes, j);
  ASSERT_EQ(all["lanes"].size(), lanes.lanes().size());
  ASSERT_EQ(all["marks"].size(), lanes.marks().size());
  for (const auto& mark : all["marks"]) EXPECT_FALSE(std::string(mark["sentence"]).empty());
}

// The processor is in kernel mode there: nothing of the kernel's stands in the lane "user".
TEST(TellLanes, TheEntryOfASystemCallIsTheKernels) {
  const auto walk = tests::walkOf(SOCKWALK_SOURCE_ROOT "/assets/walks/tcp-on-loopback.pkt");
  Lanes lanes;
  lanes.update(walk->journal());
  int net = 0, fs = 0;
  for (const Lane& lane : lanes.lanes())
    for (const auto& row : lane.rows)
      for (const LaneBar& bar : row) {
        EXPECT_NE(bar.layer, Layer::User) << barName(bar);
        net += barName(bar) == "__x64_sys_socket" && bar.layer == Layer::Socket;
        fs += barName(bar) == "__x64_sys_close" && bar.layer == Layer::Vfs;
      }
  EXPECT_GT(net, 0);
  EXPECT_GT(fs, 0);
}

TEST(TellLanes, ABarTellsItsLayerAndWhetherItHasReturned) {
  const auto s = session();
  Lanes lanes;
  lanes.update(s->journal());
  LaneBar bar = lanes.lanes()[0].rows[0][0];
  EXPECT_TRUE(english(barText(s->journal(), bar)).starts_with("one()\n")) << english(barText(s->journal(), bar));
  EXPECT_EQ(english(barText(s->journal(), bar)).find("not returned"), std::string::npos);
  bar.end = NoEvent;
  EXPECT_TRUE(english(barText(s->journal(), bar)).ends_with("\nIt has not returned yet."));
}

} // namespace
