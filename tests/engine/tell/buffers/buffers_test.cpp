// Lives, families and journeys of buffers: packets whose numbers are known by heart, and what the real kernel does.
#include "engine/journal/queries.h"
#include "engine/tell/buffers/buffer_picture.h"
#include "engine/tell/marks.h"
#include "engine/tell/moments.h"
#include "tests/engine/tell/buffers/packet_session.h"
#include "tests/support/walks.h"
#include <nlohmann/json.hpp>

using namespace sockwalk;
using namespace sockwalk::tell;

namespace {

std::string joined(const std::vector<std::string>& lines) {
  std::string out;
  for (const std::string& line : lines) out += line + "\n";
  return out;
}

struct Known : ::testing::Test {
  PacketSession session;
  const Journal& journal = session.journal();
  Playhead at{journal};
  BufferLives lives;
  BufferJourneys journeys;
  void SetUp() override { lives.update(journal); }

  EventIndex into(const char* function, int nth = 1) {
    EventIndex position = 0;
    for (int i = 0; i < nth; ++i)
      position = nextCall(journal, position, Symbols::get().functionNamed(function)->id, true);
    return position;
  }
  EventIndex after(const char* function, int nth = 1) { return endOf(journal, into(function, nth) - 1); }
  // Of the youngest packet that lives there.
  BufferPicture picture(EventIndex position, EventIndex from = NoEvent) {
    at.seek(position);
    const auto alive = lives.aliveAt(position, 1);
    if (alive.empty()) return {};
    return pictureOf(at, lives, journeys.of(journal, lives, alive[0]), alive[0], from == NoEvent ? position : from);
  }
};

TEST_F(Known, ALifeBeginsWhereThePacketIsMadeAndEndsWhereItIsFreed) {
  ASSERT_GE(lives.all().size(), 3u);
  const BufferLife& first = lives.life(0);
  EXPECT_EQ(static_cast<BufferMark>(journal[first.born].a), BufferMark::Born);
  EXPECT_EQ(journal[first.born].where, first.offset);
  ASSERT_NE(first.released, NoEvent);
  ASSERT_NE(first.end, NoEvent);
  EXPECT_EQ(journal[first.end].type, EventType::Free);
  EXPECT_LT(first.born, first.released);
  EXPECT_LT(first.released, first.end);
  EXPECT_TRUE(first.aliveAt(first.born + 1));
  EXPECT_FALSE(first.aliveAt(first.released + 1));
}

TEST_F(Known, ACloneKnowsWhomItIsACloneOf) {
  int clone = -1;
  for (int l = 0; l < int(lives.all().size()); ++l)
    if (lives.life(l).origin == BufferMark::Cloned) clone = l;
  ASSERT_GE(clone, 0);
  const int original = lives.life(clone).from;
  ASSERT_GE(original, 0);
  EXPECT_EQ(lives.childrenOf(original), std::vector<int>{clone});
  EXPECT_EQ(lives.rootOf(clone), original);
  const BufferPicture p = picture(after("skb_clone"));
  EXPECT_NE(english(p.family).find("a clone of fclone #1"), std::string::npos) << english(p.family);
  EXPECT_NE(english(p.family).find("2 sk_buffs share"), std::string::npos) << english(p.family);
}

TEST_F(Known, EveryMarkIsASentence) {
  int marks = 0;
  for (EventIndex i = 0; i < journal.size(); ++i) {
    if (journal[i].type != EventType::Mark) continue;
    at.seek(i + 1);
    EXPECT_FALSE(mark(at, i).empty());
    EXPECT_EQ(event(at, i), mark(at, i));
    ++marks;
  }
  EXPECT_GT(marks, 5);
}

TEST_F(Known, ThePictureFollowsThePacketUpTheStack) {
  EXPECT_EQ(joined(lines(picture(1))), "no buffer\n");
  EXPECT_EQ(picture(after("skb_reserve")).shape.data, 64u);
  const BufferPicture p = picture(into("test_udp_rcv"));
  EXPECT_EQ(p.shape.data, 98u);
  EXPECT_EQ(p.shape.tail, 111u);
  EXPECT_EQ(p.shape.len, 13u);
  ASSERT_EQ(p.bands.size(), 4u) << joined(lines(p));
  EXPECT_EQ(english(p.bands[1].name), "IPv4");
  EXPECT_TRUE(p.bands[1].pulled);
  EXPECT_FALSE(p.bands[2].pulled);
  ASSERT_EQ(p.flags.size(), 3u);
  EXPECT_EQ(p.flags[2].member, "transport_header");
  EXPECT_EQ(p.flags[2].offset, 98u);
  ASSERT_GE(p.fields.size(), 3u);
  EXPECT_EQ(p.fields[2].name, "UDP");
  EXPECT_EQ(headerMember(p.fields[1].layer, 12, 4), "iphdr.saddr");
}

TEST_F(Known, ItTellsWhatTheStepDid) {
  const EventIndex pull = into("__skb_pull", 2);
  const BufferPicture p = picture(endOf(journal, pull - 1), pull);
  EXPECT_TRUE(p.fresh);
  EXPECT_EQ(p.label, "__skb_pull(20)");
  EXPECT_EQ(p.deed, BufferDeed::Pull);
  EXPECT_EQ(english(p.sentence),
            "test_ip_rcv() has pulled the 20-byte IPv4 header: data moved from 78 to 98, len from 33 to 13.");
}

TEST_F(Known, AMemberIsToldByItsValuesName) {
  const EventIndex inside = into("test_eth");
  const BufferPicture p = picture(into("skb_pull"), inside);
  EXPECT_NE(english(p.sentence).find("protocol is ETH_P_IP now"), std::string::npos) << english(p.sentence);
}

TEST_F(Known, ADropIsNamedWithTheKernelsReason) {
  const BufferLife& first = lives.life(0);
  at.seek(first.released + 1);
  const BufferPicture p = pictureOf(at, lives, journeys.of(journal, lives, 0), 0, at.position());
  EXPECT_TRUE(p.lost);
  EXPECT_NE(english(p.fate).find("by test_udp_rcv(): SKB_DROP_REASON_NO_SOCKET"), std::string::npos) << english(p.fate);
}

TEST_F(Known, AStepBackSaysWhatItTookBack) {
  const EventIndex pull = into("__skb_pull", 2);
  const BufferPicture p = picture(pull, endOf(journal, pull - 1));
  EXPECT_TRUE(english(p.sentence).starts_with("Taken back: ")) << english(p.sentence);
}

TEST_F(Known, WhatIsReadInPiecesIsWhatIsReadAtOnce) {
  BufferLives pieces;
  for (EventIndex until = 0; until < journal.size() + 37; until += 37) pieces.update(journal, until);
  ASSERT_EQ(pieces.all().size(), lives.all().size());
  for (size_t l = 0; l < lives.all().size(); ++l) {
    EXPECT_EQ(pieces.all()[l].born, lives.all()[l].born);
    EXPECT_EQ(pieces.all()[l].end, lives.all()[l].end);
    EXPECT_EQ(pieces.all()[l].from, lives.all()[l].from);
  }
}

TEST_F(Known, AProgramCanReadIt) {
  at.seek(after("skb_clone"));
  const Buffers buffers = readBuffers(at);
  ASSERT_EQ(buffers.alive.size(), 2u);
  const nlohmann::json told = json(buffers);
  EXPECT_EQ(told[0]["name"], buffers.alive[0].title);
  EXPECT_EQ(told[0]["data"], buffers.alive[0].shape.data);
  EXPECT_EQ(told[0]["story"].size(), buffers.alive[0].story.size());
  EXPECT_EQ(told[0]["address"].get<std::string>().substr(0, 2), "0x");
}

// ---- the real kernel
struct Walked {
  std::unique_ptr<scenario::Session> session;
  BufferLives lives;
  explicit Walked(const std::string& path) : session(tests::walkOf(SOCKWALK_SOURCE_ROOT "/" + path)) {
    lives.update(session->journal());
  }
  int count(BufferMark origin) const {
    int n = 0;
    for (const BufferLife& l : lives.all()) n += l.origin == origin && l.from >= 0;
    return n;
  }
};

TEST(BufferFamilies, TcpSendsClonesOfWhatItKeepsForRetransmission) {
  const Walked w("assets/walks/tcp-lost-segment.pkt");
  EXPECT_GT(w.count(BufferMark::Cloned), 2);
  for (const BufferLife& l : w.lives.all()) {
    if (l.from < 0) continue;
    EXPECT_LT(w.lives.life(l.from).born, l.born);
  }
}

TEST(BufferFamilies, FragmentsKnowTheirDatagram) {
  const Walked w("tests/scenarios/udp_fragments_eth.pkt");
  int reassembled = 0;
  for (const BufferLife& l : w.lives.all()) reassembled += l.joined == BufferMark::Reassembled && l.into >= 0;
  EXPECT_GT(w.count(BufferMark::Fragment) + reassembled, 0);
}

// Between its birth and its release every packet is one that lives in memory: marks leave nothing out.
TEST(BufferFamilies, EverySkBuffThatAFunctionIsHandedHasALife) {
  const Walked w("assets/walks/tcp-between-two-hosts.pkt");
  const Journal& j = w.session->journal();
  int seen = 0;
  for (EventIndex i = 0; i < j.size(); ++i) {
    if (j[i].type != EventType::Call) continue;
    const u64 buffer = bufferOf(j, j[i]);
    if (!buffer) continue;
    const int life = w.lives.at(buffer, i);
    EXPECT_GE(life, 0) << j.function(j[i]).name << " at " << i;
    if (life < 0) return;
    ++seen;
  }
  EXPECT_GT(seen, 1000);
}

} // namespace
