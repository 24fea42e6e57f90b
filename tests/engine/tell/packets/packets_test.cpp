// What becomes of packets: followed from the device through clones, copies and fragments to where it is decided.
#include "engine/tell/packets/packet_rows.h"
#include "tests/support/walks.h"
#include <algorithm>
#include <nlohmann/json.hpp>

using namespace sockwalk;
using namespace sockwalk::tell;

namespace {

struct Walked {
  std::unique_ptr<scenario::Session> session;
  Packets packets;
  explicit Walked(const std::string& path) : session(tests::walkOf(SOCKWALK_SOURCE_ROOT "/" + path)) { read(); }
  void read() {
    Playhead end(journal());
    end.seek(journal().size());
    packets = readPackets(end);
  }
  const Journal& journal() const { return session->journal(); }
  std::string fate(size_t packet) const { return english(packets.all[packet].row.fate); }
  std::string said() const {
    std::string out;
    for (const std::string& line : lines(packets)) out += line + "\n";
    return out;
  }
  // Fates of those whose line has all of these words, in order.
  std::vector<std::string> fates(std::initializer_list<std::string_view> words) const {
    std::vector<std::string> out;
    const auto all = lines(packets);
    for (size_t i = 0; i < all.size(); ++i)
      if (std::all_of(words.begin(), words.end(), [&](auto w) { return all[i].find(w) != std::string::npos; }))
        out.push_back(fate(i));
    return out;
  }
};

bool begins(const std::string& s, std::string_view with) { return s.starts_with(with); }

TEST(PacketFates, OfACaptureEveryArrivalIsAccountedFor) {
  const Walked w("assets/captures/hello-udp.pcap");
  ASSERT_FALSE(w.packets.all.empty());
  int delivered = 0;
  for (size_t i = 0; i < w.packets.all.size(); ++i) {
    EXPECT_NE(w.fate(i), "under way") << w.said();
    delivered += begins(w.fate(i), "delivered to UDP port");
  }
  EXPECT_GT(delivered, 0) << w.said();
}

// The same sk_buff arrives at the router and at the server: each arrival has its own fate.
TEST(PacketFates, ADatagramIsFollowedThroughARouter) {
  const Walked w("assets/walks/udp-through-a-router.pkt");
  const auto fates = w.fates({"UDP", "10.9.2.2:7000", "47 bytes"});
  ASSERT_EQ(fates.size(), 4u) << w.said();
  EXPECT_TRUE(begins(fates[0], "sent by send(4")) << fates[0];
  EXPECT_EQ(fates[1], "forwarded");
  EXPECT_TRUE(begins(fates[2], "forwarded, it came as packet ")) << fates[2];
  EXPECT_EQ(fates[3], "delivered to UDP port 7000");
}

TEST(PacketFates, WhatIsTooLongForTheNextLinkIsDroppedAndItsSenderTold) {
  const Walked w("assets/walks/udp-through-a-router.pkt");
  const auto dropped = w.fates({"↓ in", "router veth0", "dropped"});
  ASSERT_EQ(dropped.size(), 1u) << w.said();
  EXPECT_EQ(dropped[0], "dropped: SKB_DROP_REASON_PKT_TOO_BIG, and its sender is told");
  const auto because = w.fates({"↑ out", "router veth0", "ICMP"});
  ASSERT_EQ(because.size(), 1u) << w.said();
  EXPECT_TRUE(begins(because[0], "caused by packet ")) << because[0];
}

TEST(PacketFates, FragmentsShareTheFateOfTheirDatagram) {
  const Walked w("tests/scenarios/udp_fragments_eth.pkt");
  int together = 0;
  for (size_t i = 0; i < w.packets.all.size(); ++i) {
    if (w.packets.all[i].fate.kind != PacketFate::Reassembled) continue;
    ++together;
    EXPECT_TRUE(w.fate(i).ends_with(": delivered to UDP port 5353")) << w.fate(i);
  }
  EXPECT_GT(together, 1) << w.said();
}

// The socket is closed and only its TIME_WAIT is left: that makes use of the FIN, though the kernel names no reason.
TEST(PacketFates, AFinInTimeWaitIsNoLoss) {
  const Walked w("lessons/26-where-data-waits/scenario.pkt");
  for (const std::string& fate : w.fates({"FIN,ACK"})) EXPECT_TRUE(begins(fate, "delivered to TCP port ")) << w.said();
  EXPECT_TRUE(w.fates({"unread"}).empty()) << w.said();
}

// The answer waits until ARP has found the asker, and is an answer still.
TEST(PacketFates, AnAnswerThatWaitsKnowsItsQuestion) {
  const Walked w("tests/scenarios/udp_fragments_eth.pkt");
  EXPECT_EQ(w.fates({"Echo reply"}), std::vector<std::string>{"caused by packet 1"}) << w.said();
}

TEST(PacketFates, EchoRequestsAreAnswered) {
  const Walked w("tests/scenarios/icmp_echo_eth.pkt");
  const auto fates = w.fates({"↓ in", "Echo request"});
  EXPECT_GT(std::count(fates.begin(), fates.end(), "answered by the kernel"), 3) << w.said();
}

// Over lo nothing leaves: what is sent arrives.
TEST(PacketFates, AnAnswerOverLoopbackIsOne) {
  const Walked w("assets/walks/tcp-on-loopback.pkt");
  const auto syn = w.fates({"↓↑", "SYN"});
  ASSERT_FALSE(syn.empty());
  EXPECT_TRUE(begins(syn[0], "delivered to TCP port ")) << syn[0];
  EXPECT_TRUE(syn[0].ends_with(", answered")) << syn[0];
}

TEST(PacketFates, AFrameForAnotherCardGetsNoBufferAndItsFollowerGetsItsOwn) {
  Walked w("assets/captures/hello-udp.pcap");
  const size_t before = w.packets.all.size();
  const auto arrived = std::ranges::find_if(w.packets.all, [](const auto& packet) { return packet.in; });
  ASSERT_NE(arrived, w.packets.all.end());
  const ByteView known = w.journal().frame(w.journal()[arrived->event]);
  std::vector<u8> ours(known.begin(), known.end()), other = ours;
  other[5] ^= 0x55;
  const s64 now = w.session->machine().now();
  w.session->frame(other, now + 1'000'000);
  w.session->frame(ours, now + 2'000'000);
  w.session->runAll();
  w.read();
  ASSERT_GE(w.packets.all.size(), before + 2);
  EXPECT_EQ(w.fate(before), "not taken by the device: it is addressed to another card") << w.said();
  EXPECT_NE(w.packets.all[before + 1].fate.kind, PacketFate::Unknown) << w.said();
  EXPECT_NE(w.packets.all[before + 1].fate.kind, PacketFate::Refused) << w.said();
}

// Whatever the kernel does with it: a frame is under way only as long as some sk_buff has it, or its device.
struct EveryPacket : ::testing::TestWithParam<const char*> {};
TEST_P(EveryPacket, IsFollowedToItsEnd) {
  const Walked w(GetParam());
  PacketList list;
  list.update(w.journal());
  ASSERT_GT(list.size(), 0);
  for (int p = 0; p < list.size(); ++p) {
    EXPECT_TRUE(list.cameIn(p) || list.lifeOf(p) >= 0) << "packet " << p + 1 << " is made of nothing";
    if (list.fate(p).kind != PacketFate::Unknown || list.lifeOf(p) < 0) continue;
    EXPECT_TRUE(list.lives().life(list.lifeOf(p)).aliveAt(w.journal().size())) << lines(w.packets)[size_t(p)];
  }
}
INSTANTIATE_TEST_SUITE_P(Walks, EveryPacket,
                         ::testing::Values("assets/walks/tcp-between-two-hosts.pkt",
                                           "assets/walks/tcp-lost-segment.pkt", "assets/walks/tcp-on-loopback.pkt",
                                           "assets/walks/tcp-out-of-order.pkt", "assets/walks/udp-through-a-router.pkt",
                                           "tests/scenarios/raw_ping_more.pkt", "tests/scenarios/forward_pmtu.pkt",
                                           "tests/scenarios/udp_fragments_eth.pkt", "tests/scenarios/zerocopy.pkt",
                                           "tests/scenarios/tcp_eth_more.pkt", "tests/scenarios/udp_sizes_eth.pkt"));

TEST(PacketList, ReadsAJournalThatGrowsAsOneThatIsThere) {
  const Walked w("assets/walks/tcp-out-of-order.pkt");
  const Journal& j = w.journal();
  PacketList pieces, whole;
  whole.update(j);
  for (EventIndex until = 0; until < j.size() + 997; until += 997) pieces.update(j, until);
  ASSERT_EQ(pieces.size(), whole.size());
  for (int p = 0; p < whole.size(); ++p) {
    EXPECT_EQ(pieces.fate(p).kind, whole.fate(p).kind) << p;
    EXPECT_EQ(pieces.fate(p).event, whole.fate(p).event) << p;
    EXPECT_EQ(pieces.lifeOf(p), whole.lifeOf(p)) << p;
    EXPECT_GE(whole.lifeOf(p), 0) << p;
  }
}

TEST(PacketList, KnowsNoMoreThanTheMoment) {
  const Walked w("assets/walks/udp-through-a-router.pkt");
  const auto found = std::find_if(w.packets.all.begin(), w.packets.all.end(),
                                  [](const auto& one) { return one.fate.kind == PacketFate::Delivered; });
  ASSERT_NE(found, w.packets.all.end());
  Playhead at(w.journal());
  at.seek(found->event + 1);
  const Packets then = readPackets(at);
  ASSERT_EQ(then.all.size(), size_t(found - w.packets.all.begin()) + 1);
  EXPECT_EQ(english(then.all.back().row.fate), "under way");
}

TEST(PacketList, AProgramCanReadIt) {
  const Walked w("assets/walks/udp-through-a-router.pkt");
  const nlohmann::json told = json(w.packets);
  ASSERT_EQ(told.size(), w.packets.all.size());
  for (size_t i = 0; i < told.size(); ++i) {
    EXPECT_EQ(told[i]["fate"]["text"], w.fate(i));
    EXPECT_EQ(told[i]["number"], int(i) + 1);
  }
}

} // namespace
