// The buffer stage over a packet whose numbers are known: what it says at each moment, and that it never says
// more than the journal does.
#include "tests/engine/tell/buffers/packet_session.h"
#include "views/buffer/buffer_parts.h"
#include "views/buffer/buffer_strip.h"
#include "views/buffer/buffer_view.h"
#include "views/buffer/bytes_pane.h"
#include "views/buffer/journey_model.h"
#include "views/buffer/label_rows.h"
#include "views/buffer/offset_scale.h"
#include "views/theme/motion.h"
#include "views/walk/text.h"
#include <gtest/gtest.h>
#include <QAbstractItemModelTester>
#include <QLabel>
#include <QTest>

using namespace sockwalk;

namespace {

struct BufferTest : ::testing::Test {
  Walk walk;
  PacketSession* session = nullptr;
  BufferView view{walk};
  void SetUp() override {
    auto s = std::make_unique<PacketSession>();
    session = s.get();
    walk.open(std::move(s));
  }
  // After the first return of `function` from the start of the walk.
  EventIndex after(const char* function, int nth = 1) {
    const FunctionInfo* f = Symbols::get().functionNamed(function);
    EventIndex at = 0;
    for (int i = 0; i < nth; ++i) at = nextCall(walk.journal(), at, f->id, true);
    return endOf(walk.journal(), at - 1);
  }
  EventIndex into(const char* function) {
    return nextCall(walk.journal(), 0, Symbols::get().functionNamed(function)->id, true);
  }
  std::string said() {
    std::string all;
    for (const std::string& line : tell::lines(view.picture())) all += (all.empty() ? "" : "\n") + line;
    return all;
  }
};

TEST_F(BufferTest, SaysThatThereIsNoneBeforeTheFirst) {
  walk.seek(0);
  EXPECT_EQ(said(), "no buffer");
}

TEST_F(BufferTest, FollowsThePacketUpTheStack) {
  walk.seek(after("skb_reserve"));
  EXPECT_EQ(view.picture().shape.data, 64u);
  EXPECT_TRUE(view.picture().bands.empty());
  walk.seek(into("test_udp_rcv"));
  const tell::BufferPicture& p = view.picture();
  EXPECT_EQ(p.shape.data, 98u);
  EXPECT_EQ(p.shape.tail, 111u);
  EXPECT_EQ(p.shape.len, 13u);
  ASSERT_EQ(p.bands.size(), 4u) << said();
  EXPECT_EQ(english(p.bands[0].name), "Ethernet");
  EXPECT_TRUE(p.bands[0].pulled);
  EXPECT_EQ(english(p.bands[1].name), "IPv4");
  EXPECT_TRUE(p.bands[1].pulled);
  EXPECT_EQ(english(p.bands[2].name), "UDP");
  EXPECT_FALSE(p.bands[2].pulled);
  EXPECT_EQ(p.bands[3].from, 106u);
  EXPECT_EQ(p.bands[3].to, 111u);
}

TEST_F(BufferTest, TellsWhatTheStepDid) {
  walk.seek(into("test_ip_rcv"));
  walk.toNextCall("__skb_pull");
  walk.stepOver();
  EXPECT_TRUE(view.picture().fresh);
  EXPECT_EQ(view.picture().label, "__skb_pull(20)");
  EXPECT_EQ(view.picture().deed, tell::BufferDeed::Pull);
  EXPECT_EQ(english(view.picture().sentence),
            "test_ip_rcv() has pulled the 20-byte IPv4 header: data moved from 78 to 98, len from 33 to 13.");
}

TEST_F(BufferTest, MarksAreShownOnlyOnceTheyAreSetButBandsAreKnownEarlier) {
  walk.seek(into("test_eth"));
  EXPECT_EQ(view.picture().shape.mac, tell::BufferShape::Unset);
  ASSERT_FALSE(view.picture().bands.empty());
  EXPECT_EQ(english(view.picture().bands[0].name), "Ethernet");
  EXPECT_EQ(english(view.picture().bands.back().name), "padding")
      << said() << "60 bytes on the wire, 47 of them the packet's";
}

TEST_F(BufferTest, FieldsKnowTheirBytes) {
  walk.seek(into("test_udp_rcv"));
  const auto& fields = view.picture().fields;
  ASSERT_GE(fields.size(), 3u);
  EXPECT_EQ(fields[2].name, "UDP");
  EXPECT_EQ(fields[2].offset, 98u);
  EXPECT_EQ(fields[2].children.at(1).offset, 100u);
  EXPECT_TRUE(view.bytesPane()->rowsText().contains("68 65 6c 6c 6f"));
}

TEST_F(BufferTest, ADropIsNamedWithTheKernelsReason) {
  walk.seek(after("kfree_skb_reason"));
  EXPECT_TRUE(view.picture().lost);
  EXPECT_TRUE(english(view.picture().fate).find("SKB_DROP_REASON_NO_SOCKET") != std::string::npos) << said();
  walk.seek(into("test_udp_rcv"));
  EXPECT_FALSE(view.picture().lost);
}

TEST_F(BufferTest, TheJourneyListsEachFunctionThatWasHandedIt) {
  QAbstractItemModelTester tester(view.journeyModel(), QAbstractItemModelTester::FailureReportingMode::Fatal);
  walk.seek(into("test_ip_rcv"));
  JourneyModel* stops = view.journeyModel();
  QStringList names;
  for (int i = 0; i < stops->rowCount(); ++i) names << stops->index(i).data().toString();
  EXPECT_TRUE(names.contains("test_eth") && names.contains("test_udp_rcv") && names.contains("kfree_skb_reason"))
      << names.join(" ").toStdString();
  EXPECT_EQ(stops->index(stops->current()).data().toString(), "test_ip_rcv");
  walk.seek(stops->index(int(names.indexOf("test_udp_rcv"))).data(JourneyModel::EventRole).toUInt() + 1);
  EXPECT_EQ(stops->index(stops->current()).data().toString(), "test_udp_rcv");
  EXPECT_EQ(stops->index(stops->current()).data(JourneyModel::ShapeRole).toString().toStdString(), "98…111");
}

// Each small picture is what the large one shows where a click on it leads; where the packet is, what it shows now.
TEST_F(BufferTest, SmallPicturesAgreeWithTheLargeOne) {
  for (const char* begin : {"test_eth", "test_udp_rcv", "kfree_skb_reason"}) { // whoever looks first, and wherever from
    walk.seek(into(begin));
    JourneyModel* stops = view.journeyModel();
    std::vector<JourneyModel::Small> small;
    for (int i = 0; i < stops->rowCount(); ++i) small.push_back(stops->small(i));
    ASSERT_GT(small.size(), 3u);
    for (int i = 0; i < int(small.size()); ++i) {
      walk.seek(stops->index(i).data(JourneyModel::EventRole).toUInt() + 1);
      const tell::BufferPicture& large = view.picture();
      ASSERT_EQ(large.stop, i);
      EXPECT_EQ(small[size_t(i)].data, large.shape.data) << begin << ", stop " << i;
      EXPECT_EQ(small[size_t(i)].tail, large.shape.tail) << begin << ", stop " << i;
      EXPECT_EQ(small[size_t(i)].from, large.rangeFrom) << begin << ", stop " << i;
      EXPECT_EQ(small[size_t(i)].to, large.rangeTo) << begin << ", stop " << i;
      ASSERT_EQ(small[size_t(i)].bands.size(), large.bands.size()) << begin << ", stop " << i;
      for (size_t b = 0; b < large.bands.size(); ++b) {
        EXPECT_EQ(small[size_t(i)].bands[b].from, large.bands[b].from);
        EXPECT_EQ(english(small[size_t(i)].bands[b].name), english(large.bands[b].name));
        EXPECT_EQ(small[size_t(i)].bands[b].pulled, large.bands[b].pulled);
      }
    }
  }
  walk.seek(into("test_ip_rcv"));
  for (int i = 0; i < 12; ++i) { // within a function the buffer changes, and its stop with it
    walk.stepInto();
    JourneyModel* stops = view.journeyModel();
    if (stops->current() < 0) continue;
    EXPECT_EQ(stops->small(stops->current()).data, view.picture().shape.data);
    EXPECT_EQ(stops->small(stops->current()).tail, view.picture().shape.tail);
  }
}

TEST_F(BufferTest, ClonesSayWithHowManyTheyShare) {
  walk.seek(after("skb_clone"));
  EXPECT_TRUE(english(view.picture().family).find("2 sk_buffs share") != std::string::npos) << said();
  walk.seek(into("consume_skb"));
  EXPECT_TRUE(english(view.picture().family).find("second of an fclone pair") != std::string::npos) << said();
}

TEST_F(BufferTest, WhoSharesTheBytesIsDrawnAndAClickShowsIt) {
  view.resize(900, 800);
  walk.seek(after("skb_clone"));
  const auto& boxes = view.parts()->boxes();
  const auto sharer = std::ranges::find(boxes, BufferParts::Kind::Sharer, &BufferParts::Box::kind);
  ASSERT_NE(sharer, boxes.end()) << said();
  EXPECT_EQ(boxes.front().kind, BufferParts::Kind::SharedInfo);
  EXPECT_TRUE(boxes.front().words.contains("dataref 2")) << boxes.front().words.toStdString();
  const u64 other = sharer->address;
  EXPECT_NE(other, view.picture().address);
  QTest::mouseClick(view.parts(), Qt::LeftButton, {}, sharer->place.center().toPoint());
  EXPECT_EQ(view.picture().address, other);
}

TEST_F(BufferTest, AFocusedBufferIsKept) {
  walk.seek(after("skb_clone"));
  const u64 shown = view.picture().address;
  walk.setFocus(shown - 232 == 0 ? shown : shown); // the one that is shown stays
  EXPECT_EQ(view.picture().address, shown);
}

TEST_F(BufferTest, TheLabelsSayWhatIsTold) {
  walk.seek(after("skb_clone"));
  QStringList said;
  for (const QLabel* label : view.findChildren<QLabel*>()) said << label->text();
  const tell::BufferPicture& p = view.picture();
  for (const tell::Text& told : {p.subtitle, p.family, p.sentence, p.times}) {
    EXPECT_FALSE(told.empty());
    EXPECT_TRUE(said.contains(shown(told))) << english(told);
  }
}

// Whatever the position, what is shown equals the sk_buff in the playhead's memory.
TEST_F(BufferTest, AtEveryMomentTheShapeIsWhatMemorySays) {
  int seen = 0;
  for (EventIndex p = 1; p <= walk.journal().size(); ++p) {
    walk.seek(p);
    const tell::BufferPicture& picture = view.picture();
    if (!picture.present || !picture.shape.head || !picture.fate.empty()) continue;
    tell::BufferShape truth = tell::readShape(walk.playhead().memory().at(static_cast<u32>(picture.address)));
    ASSERT_TRUE(truth.same(picture.shape)) << "at " << p << "\n" << said();
    ++seen;
  }
  EXPECT_GT(seen, 60);
}

TEST_F(BufferTest, StepsBackShowWhatWasTakenBack) {
  walk.seek(after("__skb_pull", 2));
  EXPECT_EQ(view.picture().shape.data, 98u);
  walk.stepBackOver();
  EXPECT_EQ(view.picture().shape.data, 78u);
  EXPECT_TRUE(english(view.picture().sentence).starts_with("Taken back: ")) << said();
}

TEST_F(BufferTest, FlagsStandWhereTheyBelongWithoutMotion) {
  Motion::setReduced(true);
  walk.setUnit(Unit::Call);
  walk.seek(after("skb_reserve"));
  for (int i = 0; i < 30; ++i) {
    walk.stepInto();
    if (!view.picture().present) break;
    EXPECT_EQ(view.strip()->drawnData(), view.picture().shape.data);
    EXPECT_EQ(view.strip()->drawnTail(), view.picture().shape.tail);
  }
  Motion::setReduced(false);
}

TEST(OffsetScaleTest, WidensWhatIsTooNarrowAndStaysInOrder) {
  const OffsetScale s({{0, 14, 60}, {14, 34, 60}, {34, 42, 60}, {42, 1442, 60}}, 10, 800);
  EXPECT_FALSE(s.inProportion());
  EXPECT_NEAR(s.x(14) - s.x(0), 60, 0.5);
  EXPECT_NEAR(s.x(1442), 810, 0.5);
  for (u32 o = 1; o <= 1442; ++o) EXPECT_GT(s.x(o), s.x(o - 1));
  EXPECT_NEAR(s.offset(s.x(700)), 700, 0.5);
}

// ---- words beside their lines
TEST(LabelRowsTest, NoneLiesOnAnotherAndEachIsNearItsLine) {
  LabelRows rows(0, 400, 2, 8, 40);
  struct Put {
    double at, width;
  };
  std::vector<std::pair<LabelRows::Place, double>> placed;
  for (const Put& p : {Put{100, 120}, {110, 120}, {120, 120}, {130, 120}, {5, 60}, {399, 60}})
    if (const auto place = rows.put(p.at, p.width)) placed.emplace_back(*place, p.width);
  EXPECT_EQ(placed.size(), 6u);
  for (size_t i = 0; i < placed.size(); ++i) {
    const auto& [a, wide] = placed[i];
    EXPECT_GE(a.left, 0);
    EXPECT_LE(a.left + wide, 400);
    for (size_t j = 0; j < i; ++j) {
      const auto& [b, other] = placed[j];
      EXPECT_TRUE(a.row != b.row || a.left + wide + 7.9 <= b.left || b.left + other + 7.9 <= a.left) << i << " " << j;
    }
  }
  EXPECT_EQ(placed[0].first.left, 40) << "in the middle over its line";
  EXPECT_EQ(placed[1].first.row, 1) << "the row below is nearer than the next place in the first";
}

TEST(LabelRowsTest, WhatFindsNoPlaceIsLeftOut) {
  LabelRows rows(0, 100, 1, 8, 40);
  EXPECT_FALSE(rows.put(50, 101));
  rows.take(0, 40);
  ASSERT_TRUE(rows.put(10, 50));
  EXPECT_FALSE(rows.put(10, 10));
}

} // namespace
