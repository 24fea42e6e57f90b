// What packets are asked for by, over real captures and a walk in which segments are lost.
#include "engine/tell/packets/packet_filter.h"
#include "tests/engine/tell/packets/played_packets.h"
#include <gtest/gtest.h>

using namespace sockwalk;
using namespace sockwalk::tell;

namespace {

struct Played : PlayedPackets {
  using PlayedPackets::PlayedPackets;
  std::vector<int> fitting(const std::string& text) const {
    const auto parsed = expression::parse(text, PacketVocabulary());
    if (parsed.problem) throw std::runtime_error(text + ": " + spoken(*parsed.problem, text));
    return packetsThatFit(rows, parsed.expression);
  }
  size_t count(const std::string& text) const { return fitting(text).size(); }
  // That an expression says the same of each packet as something that looks at the bytes itself.
  template <class Truth> void agrees(const std::string& text, Truth truth) const {
    std::vector<int> expected;
    for (int p = 0; p < list.size(); ++p)
      if (truth(list, journal(), p, parseHeaders(journal().frame(journal()[list.eventOf(p)])))) expected.push_back(p);
    EXPECT_EQ(fitting(text), expected) << text;
    EXPECT_FALSE(expected.empty()) << text << " shows nothing here";
    EXPECT_LT(expected.size(), size_t(list.size())) << text << " tells nothing apart here";
  }
};

const Played& twoHosts() {
  static const Played played("captures/two-hosts.pcap");
  return played;
}

TEST(PacketNames, ReadTheHeaders) {
  const Played& w = twoHosts();
  using L = const PacketList&;
  using J = const Journal&;
  using H = const FrameHeaders&;
  w.agrees("udp", [](L, J, int, H h) { return h.udp.has_value(); });
  w.agrees("tcp.port == 80 || udp.port == 53", [](L, J, int, H h) {
    return (h.tcp && (h.tcp->source == 80 || h.tcp->destination == 80)) ||
           (h.udp && (h.udp->source == 53 || h.udp->destination == 53));
  });
  w.agrees("ip.src == 10.9.0.1", [](L, J, int, H h) { return h.ipv4 && h.ipv4->source == 0x0a090001; });
  w.agrees("eth.src == 02:00:0a:09:00:01",
           [](L, J, int, H h) { return h.ethernet->source == MacAddress{2, 0, 10, 9, 0, 1}; });
  w.agrees("frame.number > 100 and frame.len < 70",
           [](L l, J j, int p, H) { return p >= 100 && j.frame(j[l.eventOf(p)]).size() < 70; });
  w.agrees("ip.frag_offset > 0 || ip.flags.mf == 1", [](L, J, int, H h) { return h.ipv4 && h.ipv4->isFragment(); });
  w.agrees("tcp.flags.syn == 1 && tcp.flags.ack == 0",
           [](L, J, int, H h) { return h.tcp && (h.tcp->flags & (TcpSyn | TcpAck)) == TcpSyn; });
  w.agrees("tcp.flags & RST", [](L, J, int, H h) { return h.tcp && h.tcp->flags & TcpRst; });
  w.agrees("icmp.type == 8 && ip.ttl >= 1", [](L, J, int, H h) { return h.icmp && h.icmp->type == 8; });
  w.agrees("arp.opcode == 1", [](L, J, int, H h) { return h.arp && h.arp->operation == 1; });
  w.agrees("tcp.len > 0", [](L, J, int, H h) { return h.tcp && h.payloadLength; });
  w.agrees("way == out", [](L l, J, int p, H) { return !l.cameIn(p); });
  w.agrees("frame.time_relative < 10ms",
           [](L l, J j, int p, H) { return j.timeAt(l.eventOf(p)) - j.timeAt(l.eventOf(0)) < 10'000'000; });
  EXPECT_EQ(w.count("device == eth0"), size_t(w.list.size()));
  EXPECT_EQ(w.count("tcp.seq == 0 and tcp.flags.syn == 1 and way == in"), w.count("tcp.flags.syn == 1 and way == in"))
      << "a connection's numbers count from its SYN";
}

TEST(PacketNames, KnowWhatBecameOfAPacketAndWhy) {
  const Played& w = twoHosts();
  using L = const PacketList&;
  using J = const Journal&;
  using H = const FrameHeaders&;
  const auto fate = [](L l, int p) { return l.fate(p).kind; };
  w.agrees("outcome == dropped", [&](L l, J, int p, H) { return fate(l, p) == PacketFate::Dropped; });
  w.agrees("outcome == sent", [&](L l, J, int p, H) { return !l.cameIn(p); });
  EXPECT_GT(w.count("outcome == handled"), 0u);
  EXPECT_EQ(w.count("outcome == handled && outcome == delivered"), w.count("outcome == handled"))
      << "its row says that it was delivered";
  EXPECT_GT(w.count("drop.reason == \"NO_SOCKET\""), 0u);
  EXPECT_EQ(w.count("drop.reason == NO_SOCKET"), w.count("drop.reason == SKB_DROP_REASON_NO_SOCKET"));
  EXPECT_EQ(w.count("drop.reason"), w.count("outcome == dropped"));
  EXPECT_EQ(w.count("drop.reason contains \"SOCKET\" && !(drop.reason == NO_SOCKET)"), 0u);
}

TEST(PacketNames, KnowWhichFunctionsHadIt) {
  const Played& w = twoHosts();
  EXPECT_EQ(w.count("func == tcp_v4_rcv"), w.count("tcp && way == in && func == ip_local_deliver_finish"));
  EXPECT_GT(w.count("func == tcp_v4_rcv"), 0u);
  EXPECT_EQ(w.count("func == udp_rcv && tcp"), 0u);
  EXPECT_EQ(w.count("func == arp_rcv"), w.count("arp && way == in"));
  EXPECT_GT(w.count("way == out && func matches \"xmit\""), 0u);
  const auto wrong = expression::parse("func == tcp_v4_recv", PacketVocabulary());
  ASSERT_TRUE(wrong.problem);
  EXPECT_EQ(english(wrong.problem->sentence), "func is never tcp_v4_recv; the nearest is tcp_v4_rcv");
}

TEST(PacketNames, CountStepsAsThePersonDoes) {
  const Played& w = twoHosts();
  const auto last = w.list.size() - 1;
  const EventIndex event = w.list.eventOf(last);
  const int stimulus = w.journal().stimulusAt(event);
  const int step = stepsOf(w.journal(), stimulus, Unit::Call).before(event + 1);
  EXPECT_EQ(w.fitting("event == " + std::to_string(event)), std::vector<int>{last});
  const auto there = w.fitting("stimulus == " + std::to_string(stimulus) + " && step == " + std::to_string(step));
  EXPECT_NE(std::find(there.begin(), there.end(), last), there.end());
}

// A retransmission is what tcp_retransmit_skb was handed: the record knows it, and nothing has to be guessed.
TEST(PacketNames, FindTheRetransmissionOfALostSegment) {
  const Played w("walks/tcp-lost-segment.pkt");
  const auto again = w.fitting("func == tcp_retransmit_skb && way == out");
  ASSERT_FALSE(again.empty());
  for (const int p : again) {
    const std::string sequence = std::to_string(w.list.tcpNumbers(p).sequence);
    const auto sent = w.fitting("way == out && tcp.len > 0 && tcp.seq == " + sequence);
    ASSERT_GE(sent.size(), 2u);
    EXPECT_LT(sent[0], p) << "the segment that was lost is no retransmission";
  }
}

// ---- as it is typed
std::vector<int> filtered(const Played& w, PacketFilter& filter, const std::string& text) {
  filter.set(text);
  while (!filter.advance(w.rows, 7, 1000)) {}
  return filter.matches();
}

TEST(PacketFilter, TakesExpressionsPlainWordsAndSaysWhatIsNeither) {
  const Played& w = twoHosts();
  PacketFilter filter;
  const auto kind = [&](const std::string& text) { return filter.set(text), filter.kind(); };
  EXPECT_EQ(kind("  "), PacketFilter::Kind::All);
  EXPECT_EQ(kind("udp"), PacketFilter::Kind::Expression);
  EXPECT_EQ(kind("tcp.port == 80"), PacketFilter::Kind::Expression);
  for (const char* words : {"udp 7777", "10.9.0.1", "in", "udp in dropped", "10.9", "echo", "02:00", "tc"})
    EXPECT_EQ(kind(words), PacketFilter::Kind::Words) << words;
  for (const char* wrong : {"tcp.prt", "tcp.", "tcp.port ==", "udp &&", "a = b", "not", "\"x", "tcp.port == ten"}) {
    EXPECT_EQ(kind(wrong), PacketFilter::Kind::Wrong) << wrong;
    EXPECT_TRUE(filter.problem()) << wrong;
  }
  filter = {};
  EXPECT_EQ(filtered(w, filter, "tcp.prt == 1").size(), size_t(w.list.size())) << "what is wrong hides nothing";
  const auto arps = filtered(w, filter, "arp");
  EXPECT_EQ(filtered(w, filter, "arp &&"), arps) << "nor does it disturb what is listed";
  EXPECT_EQ(filtered(w, filter, "").size(), size_t(w.list.size()));
}

TEST(PacketFilter, InPiecesGivesTheSame) {
  const Played& w = twoHosts();
  PacketFilter filter;
  for (const char* text : {"udp.port == 53", "func == tcp_v4_rcv", "outcome == dropped || arp"})
    EXPECT_EQ(filtered(w, filter, text), w.fitting(text)) << text;
  EXPECT_EQ(filtered(w, filter, "dropped"), w.fitting("outcome == dropped"));
  EXPECT_EQ(filtered(w, filter, "in arp"), w.fitting("way == in && arp"));
}

// What a key waits for is one piece, and no piece is larger than was asked for.
TEST(PacketFilter, APieceIsNoLargerThanIsAskedFor) {
  const Played& w = twoHosts();
  PacketFilter filter;
  for (const char* text : {"udp.port == 53", "udp 7777", "func == tcp_v4_rcv", ""}) {
    filter.set(text);
    size_t pieces = 0, packets = 0;
    for (bool done = false; !done; ++pieces) {
      const int before = filter.lookedAt();
      done = filter.advance(w.rows, 32, 20'000);
      EXPECT_LE(filter.lookedAt() - before, 32) << text;
      packets += filter.lookedAt() > before;
    }
    EXPECT_EQ(filter.lookedAt(), w.list.size());
    EXPECT_GE(packets, size_t(w.list.size()) / 32) << text;
    const bool functions = std::string(text).starts_with("func"); // first the calls of the record are read
    EXPECT_GE(pieces - packets, functions ? w.list.seen() / 20'000 - 1 : 0) << text;
  }
}

TEST(PacketFilter, KnowsWhatMayStillChange) {
  PacketFilter filter;
  const auto mayChange = [&](const std::string& text) { return filter.set(text), filter.mayChange(); };
  EXPECT_TRUE(mayChange("outcome == delivered && tcp"));
  EXPECT_TRUE(mayChange("udp dropped"));
  EXPECT_FALSE(mayChange("tcp.port == 80"));
}

} // namespace
