// Captures of every kind, played: what reaches the programs of the simulated host, and what a person is told.
#include "engine/journal/queries.h"
#include "engine/journal/reflection.h"
#include "engine/memory/structures.h"
#include "engine/scenario/capture_frames.h"
#include "engine/scenario/capture_player.h"
#include "engine/scenario/frame_builder.h"
#include "engine/scenario/played_session.h"
#include "tests/captures/capture_survey.h"
#include "tests/captures/tcp_survey.h"
#include "tests/engine/feed/packet_files.h"
#include <algorithm>
#include <cstring>
#include <filesystem>
#include <gtest/gtest.h>
#include <map>

namespace sockwalk::testing {

namespace {

std::string caseNamed(const std::string& name) { return std::string(SOCKWALK_CASES "/") + name; }
CaptureOutcome playFile(const std::string& name, const std::string& host = {}) {
  return playCapture(name, contentsOf(caseNamed(name)), host);
}
CaptureOutcome playFrames(const std::vector<Bytes>& frames, const std::string& host = {}, unsigned link = 1) {
  Bytes file = pcapHeader(link);
  for (const Bytes& f : frames) file = file + pcapFrame(1, 0, f);
  return playCapture("made", {file.begin(), file.end()}, host);
}
CapturedFrame onlyFrame(const Bytes& file) {
  static std::vector<CaptureFile> kept;
  auto opened = CaptureFile::read("made", {file.begin(), file.end()});
  EXPECT_TRUE(opened) << opened.error().message;
  kept.push_back(*std::move(opened));
  return kept.back().frame(kept.back().size() - 1);
}

// By programs, of TCP.
long bytesRead(const CaptureOutcome& o) {
  long read = 0;
  for (const std::string& call : o.calls)
    if (call.starts_with("recv(")) read += std::max(0L, std::stol(call.substr(call.rfind('=') + 1)));
  return read;
}

const Bytes hello = udp(5000, 53, {'h', 'i'});

Bytes withChecksum(Bytes packet) { // of its IPv4 header
  scenario::completeIpChecksum(packet, 0, 20);
  return packet;
}
const Bytes datagram = withChecksum(ipv4(1, 2, IpUdp, hello));

TEST(Captures, EveryKindOfCaseOpensAndPlays) {
  for (const char* name :
       {"c17-ref-eth.pcap", "c17-sll2.pcap", "c17-sll2.pcapng", "c17c-raw.pcap", "c18b-gro-big.pcap"}) {
    const CaptureOutcome o = playFile(name);
    EXPECT_EQ(o.error + o.panic, "") << name;
    EXPECT_EQ(o.frames, 10u) << name;
    EXPECT_GE(o.stimuli, 5u) << name;
  }
}

TEST(Captures, BothHostsOfACookedCaptureCanBeChosen) {
  for (const char* host : {"192.0.2.10", "192.0.2.20"}) EXPECT_EQ(playFile("c17-sll2.pcap", host).error, "");
}

TEST(Captures, AConnectionOverLoIsRelivedWithBothEnds) {
  const CaptureOutcome o = playFile("c17g-lo.pcap");
  EXPECT_EQ(o.error + o.panic, "");
  EXPECT_TRUE(o.notices.empty()) << o.notices[0];
  const std::vector<std::string> expected{"accept4(3, NULL, NULL, SOCK_NONBLOCK) = 4",
                                          "connect(3, {sa_family = AF_INET, sin_port = htons(80), sin_addr = "
                                          "inet_addr(\"127.0.0.1\")}, 16) = -115", // EINPROGRESS
                                          "send(3, ..., 18, MSG_DONTWAIT|MSG_NOSIGNAL) = 18",
                                          "recv(4, ..., 262144, MSG_DONTWAIT) = 18",
                                          "send(4, ..., 21, MSG_DONTWAIT|MSG_NOSIGNAL) = 21",
                                          "recv(3, ..., 262144, MSG_DONTWAIT) = 21",
                                          "recv(3, ..., 262144, MSG_DONTWAIT) = 0",
                                          "close(3) = 0",
                                          "close(4) = 0"};
  for (const std::string& call : expected)
    EXPECT_NE(std::ranges::find(o.calls, call), o.calls.end()) << call << " of " << ::testing::PrintToString(o.calls);
}

TEST(Captures, AConnectionOverLoThatBeganBeforeIsAdoptedAndOneThatWasResetIsReset) {
  const auto segment = [](bool back, unsigned seq, unsigned ack, std::uint8_t flags, const Bytes& data = {}) {
    const Bytes t = back ? tcp(80, 4000, seq, ack, flags, data) : tcp(4000, 80, seq, ack, flags, data);
    Bytes packet = ipv4(1, 1, IpTcp, t);
    for (const std::size_t at : {12u, 16u}) packet[at] = 127, packet[at + 1] = packet[at + 2] = 0;
    return Bytes(12) + be16(EtherIpv4) + packet;
  };
  const CaptureOutcome o =
      playFrames({segment(false, 500, 900, TcpAck, Bytes(5)), segment(true, 900, 505, TcpAck, Bytes(7)),
                  segment(false, 500, 907, TcpAck, Bytes(5)), // again: it sends nothing new
                  segment(true, 907, 505, TcpRst | TcpAck)});
  const auto made = [&](const std::string& call) { return std::ranges::count(o.calls, call); };
  EXPECT_EQ(made("recv(3, ..., 262144, MSG_DONTWAIT) = 5"), 1);
  EXPECT_EQ(made("recv(3, ..., 262144, MSG_DONTWAIT) = 7"), 1);
  EXPECT_EQ(made("setsockopt(3, SOL_SOCKET, SO_LINGER, {onoff=1, linger=0}, 8) = 0"), 1);
  EXPECT_EQ(made("recv(3, ..., 262144, MSG_DONTWAIT) = -104"), 1) << ::testing::PrintToString(o.calls); // ECONNRESET
}

TEST(Captures, AllBytesOfACapturedGroBufferAreRead) {
  const CaptureOutcome o = playFile("c18b-gro-big.pcap", "192.0.2.10");
  EXPECT_EQ(bytesRead(o), 2880) << ::testing::PrintToString(o.calls);
}

TEST(Captures, JumboFramesRaiseTheMtuAndAreRead) {
  const Bytes packet = withChecksum(ipv4(1, 2, IpUdp, udp(5000, 53, Bytes(8000, 'j'))));
  const CaptureOutcome o = playFrames({ethernet(2, 1, EtherIpv4) + packet});
  EXPECT_EQ(o.error, "");
  EXPECT_EQ(o.received, 8000u);
  EXPECT_NE(o.notices.at(0).find("frames of up to 8028 bytes of IP (jumbo frames)"), std::string::npos);
}

TEST(Captures, DatagramsOfLoopbackAreSentAndReadByBothEnds) {
  for (const char* name : {"udp-lo.pcap", "udp-lo.pcap.gz", "udp-lo.pcap.xz", "udp-lo.pcap.zst"}) {
    const CaptureOutcome o = playFile(name);
    EXPECT_EQ(o.error + o.panic, "") << name;
    EXPECT_TRUE(o.failures.empty()) << o.failures[0];
    EXPECT_EQ(o.received, 5u + 5 + 3000 + 3000) << name;
  }
}

// One socket sends to one host, to all and to a group (to which this host has no route): what the later ones need is asked
// for then.
TEST(Captures, ASocketSendsToOneToAllAndToAGroup) {
  const auto to = [](Bytes address, const Bytes& link) {
    Bytes packet = ipv4(1, 2, IpUdp, hello);
    std::ranges::copy(address, packet.begin() + 16);
    return link + mac(1) + be16(EtherIpv4) + withChecksum(packet);
  };
  const Bytes answer = ethernet(1, 2, EtherIpv4) + withChecksum(ipv4(2, 1, IpUdp, udp(53, 5000, {'h', 'o'})));
  const CaptureOutcome o = playFrames({to({10, 0, 0, 2}, mac(2)), answer, to({10, 0, 0, 255}, Bytes(6, 0xff)),
                                       to({224, 0, 0, 5}, {1, 0, 0x5e, 0, 0, 5})},
                                      "10.0.0.1");
  const auto made = [&](const std::string& begins, const std::string& result) {
    return std::ranges::count_if(o.calls,
                                 [&](const auto& c) { return c.starts_with(begins) && c.ends_with(" = " + result); });
  };
  EXPECT_EQ(made("sendto(", "2"), 2) << ::testing::PrintToString(o.calls);
  EXPECT_EQ(made("setsockopt(3, SOL_SOCKET, SO_BROADCAST", "0"), 1) << ::testing::PrintToString(o.calls);
  EXPECT_EQ(made("setsockopt(3, IPPROTO_IP, IP_TTL", "0"), 1) << ::testing::PrintToString(o.calls);
  EXPECT_EQ(made("setsockopt(3, IPPROTO_IP, IP_MULTICAST_TTL", "0"), 1) << ::testing::PrintToString(o.calls);
}

TEST(Captures, AVlanTagIsTakenOffAndTheDatagramRead) {
  const Bytes tagged = mac(2) + mac(1) + be16(EtherVlan) + be16(10) + be16(EtherIpv4) + datagram;
  const Bytes twice =
      mac(2) + mac(1) + be16(EtherQinQ) + be16(7) + be16(EtherVlan) + be16(10) + be16(EtherIpv4) + datagram;
  const CaptureOutcome o = playFrames({tagged, twice});
  EXPECT_EQ(o.error, "");
  EXPECT_EQ(o.received, 4u);
  EXPECT_NE(o.notices.at(0).find("2 frames bear a VLAN tag"), std::string::npos);
}

TEST(Captures, NothingToPlayIsSaidWithWhatWouldWork) {
  const Bytes ipv6 = ethernet(2, 1, EtherIpv6) + Bytes{0x60} + Bytes(39);
  EXPECT_NE(playFrames({ipv6}).error.find("make the same traffic over IPv4 (curl -4, ping -4)"), std::string::npos);
  const CaptureOutcome lldp = playFrames({ethernet(2, 1, 0x88cc) + Bytes(46)});
  EXPECT_NE(lldp.error.find("Its frames: 1 of LLDP. Capture where IPv4 packets travel"), std::string::npos)
      << lldp.error;
  const CaptureOutcome pppoe = playFrames({ethernet(2, 1, 0x8864) + Bytes(46)});
  EXPECT_NE(pppoe.error.find("PPP over Ethernet (a tunnel)"), std::string::npos) << pppoe.error;
  const Bytes oneWay = ethernet(2, 1, EtherIpv4) + datagram;
  EXPECT_NE(playFrames({oneWay}, "10.0.0.1")
                .error.find("host 02:00:00:00:00:01 (10.0.0.1) received no frame in it, it "
                            "only sent 1; choose one that received some, such as "
                            "02:00:00:00:00:02 (10.0.0.2)"),
            std::string::npos);
  EXPECT_EQ(playFrames({oneWay}).error, "");
}

TEST(Captures, WhereNobodyReceivesABystanderHears) {
  const Bytes toGroup = Bytes{1, 0, 0x5e, 0, 0, 2} + mac(1) + be16(EtherIpv4) + datagram;
  const CaptureOutcome o = playFrames({toGroup});
  EXPECT_EQ(o.error, "");
  EXPECT_GE(o.stimuli, 1u);
  ASSERT_EQ(o.notices.size(), 1u);
  EXPECT_EQ(o.notices[0],
            "made: no host in it receives anything; the machine is a bystander, 10.0.0.77, and hears what "
            "goes to everybody");
}

// The samples, as whoever was captured: its programs do what they did.
TEST(Captures, SamplesArePlayedAsTheHostThatWasCaptured) {
  std::map<std::string, CaptureOutcome> played;
  for (const char* name : {"page-load", "lost-segment", "full-window", "refused-port", "lost-fragment"}) {
    const CaptureOutcome& o = played[name] =
        playCapture(name, contentsOf(std::string(SOCKWALK_CAPTURES "/") + name + ".pcapng"));
    EXPECT_EQ(o.error + o.panic, "") << name;
    EXPECT_TRUE(o.failures.empty()) << name << ": " << o.failures[0];
    EXPECT_TRUE(o.notices.empty()) << name << ": " << o.notices[0];
  }
  const auto calls = [&](const char* name, const std::string& begins) {
    return std::ranges::count_if(played[name].calls, [&](const auto& call) { return call.starts_with(begins); });
  };
  EXPECT_EQ(calls("page-load", "accept4("), 2);
  EXPECT_EQ(calls("page-load", "send("), 4); // a page and three objects
  EXPECT_EQ(calls("lost-segment", "send(4, ..., 36000, MSG_DONTWAIT|MSG_NOSIGNAL) = 36000"), 1);
  EXPECT_EQ(calls("refused-port", "socket("), 0);
  EXPECT_EQ(bytesRead(played["full-window"]), 30000) << ::testing::PrintToString(played["full-window"].calls);
  EXPECT_EQ(played["lost-fragment"].received, 4000u); // of two datagrams the one that came whole
}

TEST(Captures, DamagedPacketsArriveAtWhoeverTheyWereSentTo) {
  const CaptureOutcome o = playFrames({ethernet(2, 1, EtherIpv4) + Bytes(40, 0x41)});
  EXPECT_EQ(o.error, "");
  EXPECT_GE(o.stimuli, 1u);
  EXPECT_EQ(o.notices.size(), 1u);
}

TEST(Captures, APauseOfYearsIsOneOfADay) {
  Bytes file = pcapHeader();
  for (unsigned year = 0; year < 40; ++year)
    file = file + pcapFrame(year * 31'000'000, 0, ethernet(2, 1, EtherIpv4) + datagram);
  const CaptureOutcome o = playCapture("made", {file.begin(), file.end()});
  EXPECT_EQ(o.error + o.panic, "");
  EXPECT_EQ(o.received, 80u);
}

// ---- frames as they were on the wire

TEST(CaptureFrames, ABufferOfSeveralSegmentsIsCutAsTheCardWould) {
  Bytes payload(2500);
  for (std::size_t i = 0; i < payload.size(); ++i) payload[i] = static_cast<std::uint8_t>(i * 7);
  const Bytes big =
      ethernet(2, 1, EtherIpv4) + ipv4(1, 2, IpTcp, tcp(4000, 80, 1000, 1, TcpAck | TcpPsh | TcpFin | TcpCwr, payload));
  const auto cut = scenario::arrivalsOf(onlyFrame(pcapHeader() + pcapFrame(1, 0, big)));
  ASSERT_EQ(cut.size(), 2u);
  Bytes joined;
  for (std::size_t i = 0; i < cut.size(); ++i) {
    const FrameHeaders h = parseHeaders(cut[i]);
    ASSERT_TRUE(h.tcp);
    EXPECT_EQ(h.ipv4->totalLength, cut[i].size() - 14);
    EXPECT_EQ(h.ipv4->id, 0x1234 + i);
    EXPECT_EQ(h.tcp->sequence, 1000 + joined.size());
    const bool last = i == 1;
    EXPECT_EQ(h.tcp->flags, last ? TcpAck | TcpPsh | TcpFin : TcpAck | TcpCwr);
    joined.insert(joined.end(), cut[i].begin() + 54, cut[i].end());
  }
  EXPECT_EQ(joined, payload);
}

TEST(CaptureFrames, WhatWasCutOffIsZerosAndTheChecksumFits) {
  const Bytes whole = ethernet(2, 1, EtherIpv4) + ipv4(1, 2, IpTcp, tcp(4000, 80, 1, 1, TcpAck, Bytes(500, 'x')));
  const Bytes part(whole.begin(), whole.begin() + 96);
  const auto frames = scenario::arrivalsOf(onlyFrame(pcapHeader() + pcapFrame(1, 0, part, 554)));
  ASSERT_EQ(frames.size(), 1u);
  EXPECT_EQ(frames[0].size(), whole.size());
  EXPECT_EQ(frames[0].back(), 0);
}

// A connection from 10.0.2.2 into a listener on the simulated host, by hand.
class Connection {
public:
  Connection() : m_session({}, {}, {}) {
    m_session.onTransmit = [this](std::span<const u8> frame) {
      const FrameHeaders h = parseHeaders(frame);
      if (h.tcp && h.tcp->flags & TcpSyn) m_theirs = h.tcp->sequence + 1;
    };
    call("fd = socket(AF_INET, SOCK_STREAM, 0)");
    call("bind(fd, {sa_family = AF_INET, sin_port = htons(80), sin_addr = inet_addr(\"0.0.0.0\")}, 16)");
    call("listen(fd, 5)");
    arrive({us + them + be16(EtherArp) + Bytes{0, 1, 8, 0, 6, 4, 0, 1} + them + Bytes{10, 0, 2, 2} + Bytes(6) +
            Bytes{10, 0, 2, 15}});
    arrive(wire(segment(999, TcpSyn, {2, 4, 5, 0xb4})));
    arrive(wire(segment(1000, TcpAck)));
  }
  s64 call(const std::string& line) {
    const auto done = m_session.console(line);
    EXPECT_TRUE(done) << done.error().message;
    return done ? m_session.journal().stimuli()[*done].result : -1;
  }
  void arrive(const std::vector<scenario::Bytes>& frames) { m_session.stage().wire.inject(frames); }
  // As a capture would have it, and with the checksums that a card completes.
  std::vector<scenario::Bytes> wire(const Bytes& frame) { return scenario::arrivalsOf(captured(frame)); }
  CapturedFrame captured(const Bytes& frame) {
    CapturedFrame c = onlyFrame(pcapHeader() + pcapFrame(1, 0, frame));
    c.facts.partialChecksum = true;
    return c;
  }
  Bytes segment(unsigned sequence, std::uint8_t flags, const Bytes& options = {}, const Bytes& payload = {}) {
    Bytes t = tcp(4000, 80, sequence, flags & TcpSyn ? 0 : m_theirs, flags);
    t[12] = static_cast<std::uint8_t>((20 + options.size()) << 2);
    Bytes packet = ipv4(2, 15, IpTcp, t + options + payload, 0x4000);
    packet[14] = packet[18] = 2; // of 10.0.2.0
    return us + them + be16(EtherIpv4) + withChecksum(packet);
  }
  // How often the kernel was handed a TCP packet.
  std::size_t handed() const {
    const Journal& j = m_session.journal();
    std::size_t n = 0;
    for (EventIndex i = 0; i < j.size(); ++i)
      n += j[i].type == EventType::Call && j.function(j[i]).name == std::string_view("tcp_v4_rcv");
    return n;
  }

private:
  const Bytes us{0x52, 0x54, 0, 0x12, 0x34, 0x56}, them{0x52, 0x55, 10, 0, 2, 2};
  scenario::PlayedSession m_session;
  unsigned m_theirs = 0;
};

TEST(CaptureFrames, AllBytesOfAGroBufferReachTheReader) {
  Connection c;
  const s64 fd = c.call("c = accept(fd, ..., ...)");
  ASSERT_GE(fd, 0);
  const std::size_t before = c.handed();
  c.arrive(c.wire(c.segment(1000, TcpAck | TcpPsh, {}, Bytes(2880, 'g'))));
  EXPECT_EQ(c.handed(), before + 1); // GRO made one buffer of the two segments again
  EXPECT_EQ(c.call("recv(c, ..., 4000, 0)"), 2880);
}

// ---- connections as strangers have them, made by make_tcp.py

struct Strangers : ::testing::TestWithParam<std::string> {};

std::vector<std::string> strangersFiles() {
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(SOCKWALK_CASES))
    if (entry.path().filename().string().starts_with("tcp-")) files.push_back(entry.path().filename());
  std::ranges::sort(files);
  return files;
}

// Whatever the capture missed, has twice or began behind: nobody is refused whom the captured host had not refused.
TEST_P(Strangers, ConnectionsLive) {
  // Two SYNs that crossed elsewhere than where they were captured; the option of Fast Open.
  const std::map<std::string, unsigned> mayDiffer{{"tcp-both-open.pcap", 2}, {"tcp-fast-open.pcap", 1}};
  const auto floor = mayDiffer.find(GetParam());
  for (const TcpSurvey& s : surveyTcp(GetParam(), contentsOf(caseNamed(GetParam())))) {
    if (s.error.find("received no frame in it") != std::string::npos) continue; // captured one way only
    const std::string all = s.host + ": " + s.error + ::testing::PrintToString(s.wrong);
    EXPECT_EQ(s.error, "") << all;
    EXPECT_GT(s.connections, 0u) << all;
    EXPECT_EQ(s.noSocket + s.resets + s.missed, 0u) << all;
    EXPECT_LE(s.different, floor == mayDiffer.end() ? 0 : floor->second) << all;
  }
}
INSTANTIATE_TEST_SUITE_P(Captures, Strangers, ::testing::ValuesIn(strangersFiles()));

TEST(Captures, SegmentsOfCompleteConnectionsReachASocket) {
  TcpSurvey total;
  for (const std::string& file : strangersFiles())
    for (const TcpSurvey& s : surveyTcp(file, contentsOf(caseNamed(file)))) total += s;
  EXPECT_GE(total.complete, 60u);
  EXPECT_GE(total.segments, 500u);
  EXPECT_GE(total.reached * 100, total.segments * 99);
}

// What is told: TCP that is not whole in the file, and what became of that.
TEST(Captures, WhatIsNotWholeIsSaid) {
  const auto says = [](const char* file, const char* host, const char* what) {
    const CaptureOutcome o = playFile(file, host);
    EXPECT_TRUE(std::ranges::any_of(o.notices, [&](const auto& n) { return n.find(what) != std::string::npos; }))
        << file << ": " << ::testing::PrintToString(o.notices);
  };
  says("tcp-twice.pcap", "10.8.1.2", "frames that show a packet again, further on its way: 16");
  says("tcp-router-any.pcap", "10.8.1.2", "frames that show a packet again, further on its way: ");
  says("tcp-snapped-headers.pcap", "10.8.0.1", "programs send and get zeros in its place");
  says("tcp-holes.pcap", "10.8.0.1", "bytes that were acknowledged, but are in no frame of it: ");
  says("tcp-fast-open.pcap", "10.8.1.2", "was TCP Fast Open's, which is not simulated: 1. They are adopted behind");
  says("tcp-late.pcap", "10.8.0.1", "were open before it begins: 1. They are adopted where it first shows them");
}

TEST(Captures, BytesThatTheCaptureMissedArriveAsZeros) {
  const CaptureOutcome o = playFile("tcp-holes.pcap", "10.8.0.1");
  EXPECT_EQ(bytesRead(o), 30203) << ::testing::PrintToString(o.calls);
}

// What the peer acknowledges and ours holds back leaves; the card may tell then that what went before is sent, and the
// socket must not go on sending in the middle of that.
TEST(Captures, WhatIsHeldBackLeavesUndisturbed) {
  Bytes file = pcapHeader();
  unsigned time = 0, next = 1001;
  const auto segment = [&](unsigned after, bool back, unsigned seq, unsigned ack, std::uint8_t flags,
                           std::size_t data = 0) {
    const Bytes options = flags & TcpSyn ? Bytes{2, 4, 5, 0xb4} : Bytes{};
    Bytes t = back ? tcp(80, 4000, seq, ack, flags) : tcp(4000, 80, seq, ack, flags);
    t[12] = static_cast<std::uint8_t>((20 + options.size()) << 2);
    t = t + options + Bytes(data, 'x');
    scenario::setBe16(t, 16, scenario::transportChecksum(t, 0x0a000001, 0x0a000002, IpTcp)); // the same either way
    const Bytes packet = withChecksum(ipv4(back ? 2 : 1, back ? 1 : 2, IpTcp, t, 0x4000));
    file = file + pcapFrame(1, time += after, (back ? ethernet(1, 2, EtherIpv4) : ethernet(2, 1, EtherIpv4)) + packet);
  };
  segment(0, false, 1000, 0, TcpSyn);
  segment(100, true, 5000, 1001, TcpSyn | TcpAck);
  segment(100, false, 1001, 5001, TcpAck);
  for (const auto& [after, data] : {std::pair{300u, 12u}, {30u, 8u}, {30u, 1164u}, {10u, 1124u}}) {
    segment(after, false, next, 5001, TcpAck | TcpPsh, data);
    next += data;
    if (data == 8) segment(80, true, 5001, next, TcpAck);
  }
  segment(10, true, 5001, next, TcpAck);
  auto plan = scenario::capturePlan(CaptureFile::read("made", {file.begin(), file.end()}), "10.0.0.1");
  ASSERT_TRUE(plan);
  scenario::PlayedSession session(plan->options, {}, {});
  session.setPlayer(scenario::capturePlayer(std::move(*plan), session.stage(), {}));
  session.runAll();
  EXPECT_EQ(session.machine().panicText(), "");
  EXPECT_TRUE(session.failures().empty());
  const Journal& journal = session.journal();
  const auto sockets = liveAt(journal, journal.size(), typeNamed("tcp_sock"));
  ASSERT_FALSE(sockets.empty());
  const auto number = [](const std::vector<u8>& bytes) {
    u32 value = 0;
    std::memcpy(&value, bytes.data(), sizeof value);
    return value;
  };
  for (const Allocation* socket : sockets) {
    const u32 window = socket->offset + offsetof(kernel::tcp_sock, snd_cwnd);
    for (const FieldChange& change : fieldHistory(journal, window, sizeof(u32), socket->born + 1))
      EXPECT_GE(number(change.after), number(change.before)) << "nothing was lost, so nothing makes the window smaller";
  }
}

// ---- hostile files; `play_captures --mutants 1000 FILE...` has a thousand of each, best under ASan

TEST(Captures, MutantsDoNoHarm) {
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(SOCKWALK_CASES)) files.push_back(entry.path());
  std::ranges::sort(files);
  ASSERT_GE(files.size(), 30u);
  for (std::uint32_t seed = 0; seed < 5 * files.size(); ++seed) {
    const std::string& file = files[seed % files.size()];
    const CaptureOutcome o = playCapture(file, mutated(contentsOf(file), seed), "", seed % 8 == 0);
    EXPECT_EQ(o.panic, "") << file << ", seed " << seed;
    EXPECT_FALSE(o.silent()) << file << ", seed " << seed;
  }
}

} // namespace
} // namespace sockwalk::testing
