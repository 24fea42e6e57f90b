// tcp.analysis.* against what tshark says of the same segments, and rule by rule.
#include "engine/feed/packet_reader.h"
#include "engine/tell/packets/packet_names.h"
#include "engine/tell/packets/tcp_analysis.h"
#include <algorithm>
#include <fstream>
#include <gtest/gtest.h>
#include <sstream>

namespace sockwalk::tell {

namespace {

const std::string Root = SOCKWALK_SOURCE_ROOT "/";

constexpr const char* Names[] = { // of the bits, in their order
    "retransmission",   "fast_retransmission", "spurious_retransmission",
    "duplicate_ack",    "out_of_order",        "lost_segment",
    "ack_lost_segment", "keep_alive",          "keep_alive_ack",
    "zero_window",      "zero_window_probe",   "zero_window_probe_ack",
    "window_update",    "window_full",         "reused_ports"};
static_assert(1u << (std::size(Names) - 1) == TcpReusedPorts);

std::string namesOf(u32 bits) {
  std::string out;
  for (size_t i = 0; i < std::size(Names); ++i)
    if (bits >> i & 1) out += (out.empty() ? "" : ",") + std::string(Names[i]);
  return out;
}

// tshark calls the special retransmissions retransmissions too.
u32 bitsOf(const std::string& names) {
  u32 bits = 0;
  std::istringstream all(names);
  for (std::string name; std::getline(all, name, ',');)
    bits |= 1u << (std::ranges::find(Names, name) - std::begin(Names));
  const bool special = bits & (TcpFastRetransmission | TcpSpuriousRetransmission);
  return special ? bits & ~TcpRetransmission : bits;
}

// By frame, from 1.
std::vector<TcpAnalysed> analysed(const std::string& capture) {
  auto source = ByteSource::open(capture);
  EXPECT_TRUE(source) << capture;
  auto reader = readPackets(std::move(*source));
  EXPECT_TRUE(reader) << capture;
  std::vector<TcpAnalysed> out(1);
  TcpAnalysis analysis;
  for (PacketRecord record; (*reader)->next(record);)
    out.push_back(analysis.add(record.bytes, parseHeaders(record.bytes), record.epochNs));
  return out;
}

struct Golden {
  std::string capture;
  size_t frame;
  int stream;
  u32 window, bits;
};
std::vector<Golden> golden() {
  std::ifstream file(Root + "tests/engine/tell/packets/tcp_analysis/golden.tsv");
  std::vector<Golden> out;
  for (std::string line; std::getline(file, line);) {
    std::istringstream row(line);
    Golden g{};
    std::string names;
    row >> g.capture >> g.frame >> g.stream >> g.window >> names;
    g.bits = bitsOf(names);
    out.push_back(g);
  }
  return out;
}

// A segment of one of two ends; 1000 is the client's first number, 5000 the server's.
struct Conversation {
  TcpAnalysis analysis;
  s64 now = 1'000'000'000;

  TcpAnalysed segment(bool client, u32 seq, u32 ack, u8 flags, u32 length = 0, u16 window = 500) {
    std::vector<u8> frame(54 + length);
    const auto put16 = [&](size_t at, u32 v) { frame[at] = u8(v >> 8), frame[at + 1] = u8(v); };
    const auto put32 = [&](size_t at, u32 v) { put16(at, v >> 16), put16(at + 2, v); };
    put16(12, EtherIpv4);
    frame[14] = 0x45;
    put16(16, 40 + length);
    frame[22] = 64;
    frame[23] = IpTcp;
    put32(client ? 26 : 30, 0x0a000001);
    put32(client ? 30 : 26, 0x0a000002);
    put16(client ? 34 : 36, 40000);
    put16(client ? 36 : 34, 80);
    put32(38, seq);
    put32(42, ack);
    frame[46] = 0x50;
    frame[47] = flags;
    put16(48, window);
    now += 30'000'000;
    return analysis.add(frame, parseHeaders(frame), now);
  }
  u32 client(u32 seq, u32 length = 0, u32 ack = 5001, u16 window = 500) {
    return segment(true, seq, ack, TcpAck, length, window).bits;
  }
  u32 server(u32 ack, u16 window = 500, u32 seq = 5001) { return segment(false, seq, ack, TcpAck, 0, window).bits; }
  Conversation() {
    segment(true, 1000, 0, TcpSyn);
    segment(false, 5000, 1001, TcpSyn | TcpAck);
    segment(true, 1001, 5001, TcpAck);
  }
};

} // namespace

// Frames that the kernel sent, frames of real hosts, and frames at random: streams, windows and all names are tshark's. Only
// what acknowledges data that was not seen is judged otherwise now and then, once several holes are open at the same time.
TEST(TcpAnalysis, AgreesWithTshark) {
  const std::vector<Golden> all = golden();
  ASSERT_GT(all.size(), 2000u);
  std::string capture;
  std::vector<TcpAnalysed> ours;
  int different = 0;
  for (const Golden& g : all) {
    if (g.capture != capture) ours = analysed(Root + (capture = g.capture));
    ASSERT_LT(g.frame, ours.size()) << capture;
    const TcpAnalysed& one = ours[g.frame];
    EXPECT_EQ(one.stream, g.stream) << capture << " " << g.frame;
    EXPECT_EQ(one.window, g.window) << capture << " " << g.frame;
    different += (one.bits ^ g.bits) == TcpAckLostSegment;
    EXPECT_EQ(namesOf(one.bits & ~TcpAckLostSegment), namesOf(g.bits & ~TcpAckLostSegment))
        << capture << " " << g.frame;
  }
  EXPECT_LE(different, 4);
}

TEST(TcpAnalysis, EachNameOccursInWhatIsCompared) {
  u32 bits = 0;
  for (const Golden& g : golden()) bits |= g.bits;
  EXPECT_EQ(bits, (u32(TcpReusedPorts) << 1) - 1) << namesOf(bits);
  for (const char* name : Names) EXPECT_TRUE(PacketVocabulary().find(std::string("tcp.analysis.") + name)) << name;
}

TEST(TcpAnalysis, AShutWindowIsProbedAndOpens) {
  Conversation c;
  EXPECT_EQ(c.client(1001, 100), 0u);
  EXPECT_EQ(c.server(1101, 0), u32(TcpZeroWindow));
  EXPECT_EQ(c.client(1101, 1), u32(TcpZeroWindowProbe));
  EXPECT_EQ(c.server(1101, 0), u32(TcpZeroWindow | TcpZeroWindowProbeAck));
  EXPECT_EQ(c.server(1101, 400), u32(TcpWindowUpdate));
}

TEST(TcpAnalysis, KeepAlivesAreNoRetransmissions) {
  Conversation c;
  EXPECT_EQ(c.client(1001, 100), 0u);
  EXPECT_EQ(c.server(1101), 0u);
  EXPECT_EQ(c.client(1100, 1), u32(TcpKeepAlive));
  EXPECT_EQ(c.server(1101), u32(TcpKeepAliveAck));
}

TEST(TcpAnalysis, AHoleIsRepairedByFastRetransmission) {
  Conversation c;
  EXPECT_EQ(c.client(1001, 100), 0u);
  EXPECT_EQ(c.server(1101), 0u);
  EXPECT_EQ(c.client(1201, 100), u32(TcpLostSegment));
  EXPECT_EQ(c.server(1101), u32(TcpDuplicateAck));
  EXPECT_EQ(c.server(1101), u32(TcpDuplicateAck));
  c.now -= 25'000'000; // soon after
  EXPECT_EQ(c.client(1101, 100), u32(TcpFastRetransmission));
  EXPECT_EQ(c.client(1101, 100) & TcpRetransmission, u32(TcpRetransmission));
  EXPECT_EQ(c.server(1301), 0u);
  EXPECT_EQ(c.client(1101, 100), u32(TcpSpuriousRetransmission));
}

TEST(TcpAnalysis, TheSamePortsAgainAreAnotherStream) {
  Conversation c;
  EXPECT_EQ(c.segment(true, 9000, 0, TcpSyn).stream, 1);
  EXPECT_EQ(c.segment(true, 9000, 0, TcpSyn).bits, u32(TcpRetransmission));
  EXPECT_EQ(c.segment(false, 7000, 9001, TcpSyn | TcpAck).stream, 1);
}

TEST(TcpAnalysis, WhatIsNoTcpHasNoStream) {
  TcpAnalysis analysis;
  const std::vector<u8> frame(60);
  EXPECT_EQ(analysis.add(frame, parseHeaders(frame), 0).stream, -1);
}

} // namespace sockwalk::tell
