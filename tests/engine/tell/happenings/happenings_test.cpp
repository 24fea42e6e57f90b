// What is told of records whose story is known: the kinds, the kernel's reasons, and where walking there leads.
#include "engine/journal/queries.h"
#include "engine/tell/happenings/happenings.h"
#include "engine/tell/packets/packet_rows.h"
#include "tests/support/stop_machine.h"
#include "tests/support/walks.h"
#include <nlohmann/json.hpp>
#include <set>

using namespace sockwalk;
using namespace sockwalk::tell;

namespace {

const std::string Root = SOCKWALK_SOURCE_ROOT "/";

struct Told {
  std::unique_ptr<scenario::Session> session;
  Happenings happenings;
  explicit Told(std::unique_ptr<scenario::Session> played) : session(std::move(played)) {
    happenings.update(session->journal());
  }
  const Journal& journal() const { return session->journal(); }
  std::string said() const {
    std::string out;
    for (const std::string& line : lines(happenings)) out += line + "\n";
    return out;
  }
  const Happening* of(HappeningKind kind) const {
    for (const Happening& h : happenings.all())
      if (h.kind == kind) return &h;
    return nullptr;
  }
  std::string words(HappeningKind kind) const {
    const Happening* h = of(kind);
    return h ? english(h->words) : "nothing of " + std::string(happeningName(kind));
  }
};

Told walk(const std::string& file) { return Told(tests::walkOf(Root + file)); }
Told script(const std::string& text) { return Told(tests::walkOfScript(text)); }
Told relived(const std::string& capture, const std::string& host) {
  scenario::OpenOptions options;
  options.host = host;
  return Told(tests::played(scenario::Session::openFile(Root + "tests/engine/scenario/captures/" + capture, options)));
}

const std::string Accepted = "//@link tun\n"
                             "0 socket(AF_INET, SOCK_STREAM, 0) = 3\n"
                             "+0 bind(3, ..., ...) = 0\n"
                             "+0 listen(3, 1) = 0\n"
                             "+0 < S 0:0(0) win 32792 <mss 1000,sackOK,nop,nop,nop,wscale 7>\n"
                             "+0 > S. 0:0(0) ack 1 <mss 1460,nop,nop,sackOK,nop,wscale 7>\n"
                             "+.1 < . 1:1(0) ack 1 win 257\n"
                             "+.2 accept(3, ..., ...) = 4\n";

} // namespace

// ---- connections
TEST(Happenings, AConnectionWaitsForAccept) {
  const Told t = script(Accepted);
  const Happening* h = t.of(HappeningKind::Accepted);
  ASSERT_TRUE(h) << t.said();
  EXPECT_EQ(english(h->words), "accepted after 200.0 ms in the accept queue, 300.0 ms after its SYN");
  EXPECT_EQ(h->level, HappeningLevel::Good);
  EXPECT_EQ(h->function, "inet_csk_accept");
  EXPECT_EQ(h->packet, 2); // the segment that ended the handshake
}

TEST(Happenings, NobodyListensHereOrThere) {
  const Told there = relived("refused.pcap", "10.8.0.1"), here = relived("refused.pcap", "10.8.0.2");
  EXPECT_EQ(there.words(HappeningKind::Refused),
            "refused: the peer answers the SYN by a RST, and the program gets ECONNREFUSED");
  EXPECT_EQ(here.words(HappeningKind::Refused), "refused: nobody listens on port 9 (NO_SOCKET), so a RST goes back");
  EXPECT_EQ(here.of(HappeningKind::Refused)->function, "tcp_v4_send_reset");
  EXPECT_FALSE(here.of(HappeningKind::Dropped)) << "told once: " << here.said();
}

// It still waits for the address of somebody who is not there: the timer fires, and there is nothing to send again.
TEST(Happenings, ASynThatHasNotLeftDoesNotGoAgain) {
  const Told t = script("//@link wire\n//@task client\n0 socket(AF_INET, SOCK_STREAM, 0) = 4\n+0...3 connect(4, "
                        "{sa_family = AF_INET, sin_port = htons(80), sin_addr = inet_addr(\"10.1.0.9\")}, 16) = "
                        "-1 EHOSTUNREACH (No route to host)\n");
  const std::string words = t.words(HappeningKind::SynUnanswered);
  EXPECT_EQ(words.find("sent"), words.npos) << words;
  EXPECT_NE(words.find("it does not go again: the one before has not left this host"), words.npos) << words;
  EXPECT_EQ(t.of(HappeningKind::SynUnanswered)->packet, -1) << t.said();
}

TEST(Happenings, ASynWithoutAnAnswerGoesAgain) {
  const Told t = relived("loss-syn-a.pcap", "10.8.0.1");
  EXPECT_EQ(t.words(HappeningKind::SynUnanswered),
            "the SYN got no answer and goes again; the next timeout is in 2.00 s");
  EXPECT_EQ(t.of(HappeningKind::SynUnanswered)->packet, 1) << t.said(); // the second SYN
}

TEST(Happenings, TheAcceptQueueIsFull) {
  const Told t = walk("tests/scenarios/tcp_open.pkt");
  EXPECT_TRUE(
      t.words(HappeningKind::AcceptQueueFull).starts_with("the accept queue is full, 2 wait where 1 may: 2 times"))
      << t.said();
  EXPECT_EQ(t.of(HappeningKind::AcceptQueueFull)->count, 2);
}

TEST(Happenings, ASynAckWithoutAnAnswer) {
  Told t = script("//@link tun\n"
                  "0 socket(AF_INET, SOCK_STREAM, 0) = 3\n"
                  "+0 bind(3, ..., ...) = 0\n"
                  "+0 listen(3, 1) = 0\n"
                  "+0 < S 0:0(0) win 32792 <mss 1000>\n"
                  "+0 > S. 0:0(0) ack 1 <...>\n");
  const auto pass = [&](s64 seconds) {
    t.session->passTime(t.session->machine().now() + seconds * 1'000'000'000);
    t.happenings.update(t.journal());
  };
  pass(2);
  EXPECT_EQ(t.words(HappeningKind::SynAckUnanswered), "the SYN-ACK got no answer and goes again") << t.said();
  EXPECT_EQ(t.of(HappeningKind::SynAckUnanswered)->packet, 2);
  pass(200);
  EXPECT_TRUE(
      t.words(HappeningKind::SynAckUnanswered).starts_with("the SYN-ACK got no answer and was sent 5 times more"))
      << t.said();
  EXPECT_EQ(t.words(HappeningKind::GaveUp),
            "the handshake is given up: the SYN-ACK was due 5 times more, and nothing came");
}

TEST(Happenings, AConnectionIsAnswered) {
  const Told t = relived("loss-syn-a.pcap", "10.8.0.1");
  EXPECT_EQ(t.words(HappeningKind::Connected), "connected: the SYN was answered after 2.04 s");
}

TEST(Happenings, TooManyRequestsGetCookies) {
  std::string many = "//@link tun\n"
                     "0 socket(AF_INET, SOCK_STREAM, 0) = 3\n"
                     "+0 bind(3, ..., ...) = 0\n"
                     "+0 listen(3, 1) = 0\n";
  for (int port = 40000; port < 40004; ++port)
    many += "+0 < " + std::to_string(port) + " > 8080 S 0:0(0) win 32792 <mss 1000>\n";
  const Told t = script(many);
  EXPECT_TRUE(t.words(HappeningKind::SynQueueFull).starts_with("2 requests wait, as many as may")) << t.said();
}

// ---- loss
TEST(Happenings, ALostSegmentIsRepairedByFastRetransmit) {
  const Told t = walk("assets/walks/tcp-lost-segment.pkt");
  EXPECT_EQ(t.words(HappeningKind::FastRetransmit),
            "1 segment lost: fast retransmit, cwnd 10 → 7, recovered after 100.0 ms, 1 round trip");
  EXPECT_EQ(t.of(HappeningKind::FastRetransmit)->function, "tcp_enter_recovery");
  EXPECT_EQ(t.of(HappeningKind::DuplicateAcks)->count, 3);
}

TEST(Happenings, TheRetransmissionTimerFires) {
  const Told t = walk("tests/scenarios/tcp_wire.pkt");
  EXPECT_EQ(t.words(HappeningKind::Timeout),
            "no ACK came in time: the retransmission timer fires 4 times within 6.21 s, "
            "cwnd 2 → 1; recovered after 2.59 s");
}

TEST(Happenings, ReorderingWasNoLoss) {
  const Told t = relived("reorder-b.pcap", "10.8.0.2");
  EXPECT_EQ(t.words(HappeningKind::Needless),
            "nothing was lost after all: the retransmission was needless, cwnd is 14 again");
}

TEST(Happenings, ATailIsProbed) {
  EXPECT_TRUE(relived("loss-tail-b.pcap", "10.8.0.2").of(HappeningKind::LossProbe));
  EXPECT_EQ(walk("tests/scenarios/tcp_sizes_lo.pkt").words(HappeningKind::ReportedTwice),
            "the peer reports by D-SACK that it got 4464 bytes twice");
}

// Each timeout is twice as long; then the program hears of it.
TEST(Happenings, APeerThatNeverAnswersIsGivenUp) {
  const Told t = script(Accepted + "+0 setsockopt(4, SOL_TCP, TCP_USER_TIMEOUT, [3000], 4) = 0\n"
                                   "+0 write(4, ..., 1000) = 1000\n"
                                   "+0 > P. 1:1001(1000) ack 1\n"
                                   "+10 read(4, ..., 1000) = -1 ETIMEDOUT (Connection timed out)\n");
  EXPECT_EQ(t.words(HappeningKind::GaveUp), "the peer is given up: the program gets ETIMEDOUT") << t.said();
  ASSERT_TRUE(t.of(HappeningKind::Timeout)) << t.said();
  EXPECT_GT(t.of(HappeningKind::Timeout)->count, 1);
}

// ---- receiving
TEST(Happenings, SegmentsOutOfOrderWait) {
  const Told t = walk("assets/walks/tcp-out-of-order.pkt");
  EXPECT_TRUE(t.words(HappeningKind::OutOfOrder).starts_with("3 segments within ")) << t.said();
  EXPECT_EQ(t.of(HappeningKind::OutOfOrder)->function, "tcp_data_queue_ofo");
}

TEST(Happenings, BothSeeTheReaderStop) {
  const Told t = walk("tests/scenarios/tcp_close.pkt");
  EXPECT_EQ(t.words(HappeningKind::WindowClosed), "the reader stopped: window 0 for 252.2 ms");
  EXPECT_EQ(t.words(HappeningKind::WindowShut), "the peer's window is 0 for 252.2 ms; 1 probe was sent");
  EXPECT_EQ(t.words(HappeningKind::ProbeReceived),
            "the peer asks whether there is room again (window probe): an ACK answers");
}

TEST(Happenings, WhatIsStillShutIsSaidSo) {
  const Told t = walk("tests/scenarios/tcp_calls_lo.pkt");
  EXPECT_EQ(t.words(HappeningKind::WindowShut),
            "the peer's window is 0: the persist timer waits until it opens; 3 probes were sent");
}

TEST(Happenings, SegmentsThatDoNotFit) {
  const Told t = walk("tests/scenarios/tcp_wire.pkt");
  EXPECT_EQ(t.words(HappeningKind::BeyondWindow),
            "a segment is refused: it starts 10000000 bytes after what is expected, "
            "and the window is 64128 bytes");
  EXPECT_EQ(t.of(HappeningKind::CameTwice)->count, 2);
  EXPECT_EQ(t.of(HappeningKind::ChallengeAck)->count, 3);
  EXPECT_EQ(t.of(HappeningKind::KeepaliveSent)->packet, 90);
}

TEST(Happenings, ATimestampFromThePast) {
  const Told t = script("//@link tun\n"
                        "0 socket(AF_INET, SOCK_STREAM, 0) = 3\n"
                        "+0 bind(3, ..., ...) = 0\n"
                        "+0 listen(3, 1) = 0\n"
                        "+0 < S 0:0(0) win 32792 <mss 1000,sackOK,TS val 2000000 ecr 0>\n"
                        "+0 > S. 0:0(0) ack 1 <...>\n"
                        "+.1 < . 1:1(0) ack 1 win 257 <nop,nop,TS val 2000100 ecr 1>\n"
                        "+0 accept(3, ..., ...) = 4\n"
                        "+.1 < P. 1:101(100) ack 1 win 257 <nop,nop,TS val 1000000 ecr 1>\n");
  EXPECT_EQ(t.words(HappeningKind::FromThePast), "a segment is refused: its timestamp is from the past (PAWS)")
      << t.said();
}

// ---- endings
TEST(Happenings, AResetAndWhoHearsOfIt) {
  const Told t = relived("reset-unread.pcap", "10.8.0.1");
  EXPECT_EQ(t.words(HappeningKind::ResetReceived), "the peer resets the connection: the program gets ECONNRESET; "
                                                   "recv(3, ..., 262144, MSG_DONTWAIT) gets it");
  EXPECT_EQ(t.of(HappeningKind::ResetReceived)->function, "tcp_reset");
}

TEST(Happenings, WhyAResetIsSent) {
  EXPECT_EQ(walk("tests/scenarios/tcp_eth_more.pkt").words(HappeningKind::ResetSent),
            "a RST is sent: the program closes with 10 bytes unread, and a FIN would hide that");
  EXPECT_EQ(relived("reset-linger.pcap", "10.8.0.1").words(HappeningKind::ResetSent),
            "a RST is sent: the program closes and does not want to wait (SO_LINGER of 0)");
  EXPECT_EQ(relived("reset-late.pcap", "10.8.0.2").words(HappeningKind::ResetSent),
            "the socket cannot take a segment (PSH,ACK): a RST answers");
  EXPECT_EQ(walk("tests/scenarios/tcp_open.pkt").words(HappeningKind::ResetSent),
            "a RST is sent: the listener closes, and no program had accepted it");
}

// ---- the network
TEST(Happenings, ARouterSaysWhatThePathTakes) {
  const Told t = script(Accepted + "+0 write(4, ..., 1000) = 1000\n"
                                   "+0 > P. 1:1001(1000) ack 1\n"
                                   "+.1 < icmp unreachable frag_needed mtu 700 [1:1001(1000)]\n");
  const std::string words = t.words(HappeningKind::PathMtu);
  EXPECT_TRUE(words.starts_with("a router cannot pass on what is so large: path MTU 1500 → 700")) << t.said();
  EXPECT_FALSE(t.of(HappeningKind::IcmpReceived)) << "told once: " << t.said();
  EXPECT_TRUE(t.of(HappeningKind::PathMtu)->flow.ends_with(":8080")) << t.said();
}

TEST(Happenings, ErrorsThatIcmpBrings) {
  const Told t = script(Accepted + "+0 write(4, ..., 1000) = 1000\n"
                                   "+0 > P. 1:1001(1000) ack 1\n"
                                   "+.1 < icmp unreachable host_unreachable [1:1001(1000)]\n");
  const std::string words = t.words(HappeningKind::IcmpReceived);
  EXPECT_NE(words.find("for the connection that is EHOSTUNREACH"), std::string::npos) << t.said();
}

TEST(Happenings, ARouterSaysWhatItDoesNotPassOn) {
  const Told t = walk("assets/walks/udp-through-a-router.pkt");
  EXPECT_EQ(t.words(HappeningKind::IcmpSent),
            "a packet goes no further: the sender is told by ICMP, Fragmentation needed");
  EXPECT_EQ(t.words(HappeningKind::PathMtu),
            "a router says that the way to 10.9.2.2 takes 1000 bytes at most: it is kept "
            "as an exception of the route");
}

TEST(Happenings, NobodyAnswersArp) {
  const Told t = walk("tests/scenarios/tcp_eth_calls.pkt");
  EXPECT_EQ(t.words(HappeningKind::NoNeighbour),
            "nobody on the link answers for 10.0.2.99 (ARP): 1 packet that waited for it is lost");
}

TEST(Happenings, ADatagramForNobody) {
  const Told t = relived("udp.pcap", "10.8.0.2");
  EXPECT_EQ(t.words(HappeningKind::PortUnreachable),
            "a datagram for UDP port 5301, which nobody has: the sender is told by ICMP, Port unreachable");
  EXPECT_EQ(relived("udp.pcap", "10.8.0.1").words(HappeningKind::IcmpReceived),
            "an ICMP error comes from 10.8.0.2: Port unreachable");
}

TEST(Happenings, WhatTheDeviceAndTheStackDoNotTake) {
  const Told t = walk("tests/scenarios/udp_receive_eth.pkt");
  EXPECT_EQ(t.words(HappeningKind::RefusedByDevice),
            "a frame is not taken by the device: it is addressed to another card");
  EXPECT_TRUE(t.words(HappeningKind::BadChecksum)
                  .starts_with("2 frames within 200.0 ms have a wrong checksum and are dropped: UDP_CSUM"))
      << t.said();
  EXPECT_EQ(t.of(HappeningKind::BadChecksum)->function, "__udp4_lib_rcv");
  EXPECT_TRUE(
      t.words(HappeningKind::ReceiveBufferFull).starts_with("1 datagram is dropped: the receive buffer is full"));
  std::set<std::string> drops;
  for (const Happening& h : t.happenings.all()) {
    if (h.kind != HappeningKind::Dropped) continue;
    EXPECT_TRUE(drops.insert(english(h.words)).second) << "one line a reason";
  }
  EXPECT_GT(drops.size(), 2u) << t.said();
}

// The half of a datagram whose rest never comes.
TEST(Happenings, FragmentsThatAreMissing) {
  Told t = walk("tests/scenarios/icmp_echo_eth.pkt");
  const Journal& j = t.journal();
  std::vector<u8> frame;
  for (EventIndex i = 0; i < j.size() && frame.empty(); ++i) {
    const ByteView bytes = j[i].type == EventType::PacketIn ? j.frame(j[i]) : ByteView();
    const FrameHeaders h = parseHeaders(bytes);
    if (h.icmp && h.icmp->type == 8 && h.problem.empty() && !h.ipv4->isFragment())
      frame.assign(bytes.begin(), bytes.end());
  }
  ASSERT_GT(frame.size(), 34u);
  frame[20] = 0x20; // more fragments; the sum changes by as much
  const u32 sum = u32(frame[24] << 8 | frame[25]) + 0x10000 - 0x2000;
  frame[24] = u8((sum & 0xffff) >> 8);
  frame[25] = u8(sum);
  t.session->frame(frame, t.session->machine().now());
  t.session->passTime(t.session->machine().now() + 60'000'000'000);
  t.happenings.update(j);
  EXPECT_TRUE(t.of(HappeningKind::FragmentsMissing)) << t.said();
}

TEST(Happenings, ACableThatLosesAndDoubles) {
  const std::string datagram = "+.1 sendto(3, \"a\", 1, 0, {sa_family=AF_INET, sin_port=htons(7001), "
                               "sin_addr=inet_addr(\"10.1.0.2\")}, 16) = 1\n";
  std::string text = "//@link wire\n//@wire delay 10ms loss 40% duplicate 40%\n0 socket(AF_INET, SOCK_DGRAM, 0) = 3\n";
  for (int i = 0; i < 20; ++i) text += datagram;
  const Told t = script(text);
  const auto cables = std::ranges::count(t.happenings.all(), HappeningKind::Cable, &Happening::kind);
  EXPECT_EQ(cables, 2) << t.said();
  EXPECT_TRUE(t.words(HappeningKind::Cable).starts_with("the cable ")) << t.said();
}

TEST(Happenings, ChecksumsOfTheCardAreNoError) {
  const Told t = relived("exchange.pcap", "10.8.0.1");
  const Happening* h = t.of(HappeningKind::ChecksumsOfDevice);
  ASSERT_TRUE(h);
  EXPECT_GT(h->count, 1);
  EXPECT_EQ(h->level, HappeningLevel::Notice);
  EXPECT_TRUE(english(h->words).ends_with("are left to the card: not an error"));
}

TEST(Happenings, QueuesArePruned) {
  const Told t = walk("tests/scenarios/tcp_poll_more.pkt");
  EXPECT_TRUE(t.words(HappeningKind::MemoryShort).starts_with("the receive queues are pruned 3 times within"))
      << t.said();
}

TEST(Happenings, ProbesOfASilentPeerAreAnswered) {
  const Told t = walk("tests/scenarios/tcp_options_more.pkt");
  EXPECT_EQ(t.words(HappeningKind::KeepaliveReceived),
            "the peer asks for a sign of life (keepalive, or a window probe): an ACK answers");
}

TEST(Happenings, TheKernelStops) {
  Told t = script("//@link lo\n0 socket(AF_INET, SOCK_DGRAM, 0) = 3\n");
  kernel::stopWithNextFrame(t.session->machine());
  ASSERT_TRUE(t.session->console(
      "sendto(3, \"x\", 1, 0, {sa_family = AF_INET, sin_port = htons(9), sin_addr = inet_addr(\"127.0.0.1\")}, 16)"));
  t.happenings.update(t.journal());
  EXPECT_EQ(t.words(HappeningKind::Panic).find("the kernel stops: this kernel does not simulate unsimulated_tap()"), 0u)
      << t.said();
}

// ---- all of them
struct EachWalk : ::testing::TestWithParam<std::string> {};

TEST_P(EachWalk, EveryLineLeadsToItsPlace) {
  const Told t(tests::walkOf(GetParam()));
  PacketList packets;
  packets.update(t.journal());
  EventIndex before = 0;
  for (const Happening& h : t.happenings.all()) {
    EXPECT_GE(h.event, before) << "in the order of their events: " << t.said();
    before = h.event;
    EXPECT_GE(h.last, h.event);
    EXPECT_EQ(h.last == h.event, h.count == 1) << t.said();
    EXPECT_EQ(h.time, t.journal().timeAt(h.event));
    EXPECT_FALSE(h.words.empty());
    ASSERT_LT(h.packet, packets.size());
    EXPECT_EQ(h.frame, h.packet < 0 ? NoEvent : packets.eventOf(h.packet));
    const EventIndex call = t.journal().callAround(h.event);
    EXPECT_EQ(h.function.empty(), call == NoEvent) << t.said();
  }
}

// As it grows, whatever the pieces: nothing is read twice, nothing is told otherwise.
TEST_P(EachWalk, PiecesGiveTheSameAsTheWhole) {
  const Told t(tests::walkOf(GetParam()));
  Happenings pieces;
  for (const EventIndex until : tests::someMoments(t.journal(), 17)) pieces.update(t.journal(), until);
  EXPECT_EQ(json(pieces), json(t.happenings));
  EXPECT_EQ(pieces.seen(), t.journal().size());
}

INSTANTIATE_TEST_SUITE_P(
    Happenings, EachWalk,
    ::testing::Values(Root + "tests/scenarios/tcp_wire.pkt", Root + "tests/scenarios/tcp_sizes_lo.pkt",
                      Root + "tests/scenarios/udp_receive_eth.pkt", Root + "tests/scenarios/tcp_eth_calls.pkt",
                      Root + "assets/walks/tcp-between-two-hosts.pkt", Root + "assets/walks/udp-through-a-router.pkt"));

// A frame's number is that of the packet list, and its ends are those of the line.
TEST(Happenings, AFrameIsOfItsFlow) {
  for (const char* host : {"10.8.0.1", "10.8.0.2"}) {
    const Told t = relived("loss-a.pcap", host);
    PacketRows packets;
    packets.open(t.journal());
    packets.update();
    for (const Happening& h : t.happenings.all()) {
      if (h.packet < 0 || h.flow.empty()) continue;
      const PacketRow row = packets.row(h.packet);
      const bool same =
          h.flow == row.source + " - " + row.destination || h.flow == row.destination + " - " + row.source;
      EXPECT_TRUE(same) << h.flow << ": " << row.info;
    }
  }
}

TEST(Happenings, TheHeadingCounts) {
  const Told t = walk("assets/walks/tcp-lost-segment.pkt");
  EXPECT_EQ(english(heading(t.happenings)), std::to_string(t.happenings.all().size()) + " notices in 1 connection");
  EXPECT_EQ(english(heading(Happenings())), "0 notices");
}
