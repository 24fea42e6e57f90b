// The far end of the wire: what it answers, byte for byte where that matters.
#include "engine/feed/decode.h"
#include "engine/feed/headers.h"
#include "engine/scenario/describe.h"
#include "engine/scenario/frame_builder.h"
#include "engine/scenario/peer.h"
#include <gtest/gtest.h>

namespace sockwalk::scenario {

namespace {

constexpr Mac Machine{0x52, 0x54, 0, 0x12, 0x34, 0x56};
constexpr u32 MachineAddress = 0x0a00020f, PeerAddress = 0x0a000202;

Bytes arpRequest(u32 target) {
  Bytes arp{0, 1, 8, 0, 6, 4, 0, 1};
  arp.insert(arp.end(), Machine.begin(), Machine.end());
  putBe32(arp, MachineAddress);
  arp.resize(arp.size() + 6);
  putBe32(arp, target);
  return ethernetFrame({255, 255, 255, 255, 255, 255}, Machine, 0x0806, arp);
}
Bytes arpReply() {
  Bytes arp{0, 1, 8, 0, 6, 4, 0, 2};
  arp.insert(arp.end(), Machine.begin(), Machine.end());
  putBe32(arp, MachineAddress);
  arp.insert(arp.end(), Peer::DefaultMac.begin(), Peer::DefaultMac.end());
  putBe32(arp, PeerAddress);
  return ethernetFrame(Peer::DefaultMac, Machine, 0x0806, arp);
}
Bytes toPeer(u8 protocol, ByteView payload, u16 id = 1, u16 fragment = 0) {
  Ipv4Fields f{MachineAddress, PeerAddress, protocol};
  f.id = id;
  f.fragment = fragment;
  return ethernetFrame(Peer::DefaultMac, Machine, 0x0800, ipv4Packet(f, payload));
}
Bytes datagram(size_t size, u16 port = 7777) {
  Bytes payload(size);
  for (size_t i = 0; i < size; ++i) payload[i] = static_cast<u8>(i * 7);
  return udpDatagram({MachineAddress, 5000}, {PeerAddress, port}, payload);
}

} // namespace

TEST(Peer, AnswersArpForAllButTheMachine) {
  Peer peer(Peer::DefaultMac, MachineAddress);
  const auto answers = peer.answer(arpRequest(PeerAddress));
  ASSERT_EQ(answers.size(), 1u);
  const FrameHeaders h = parseHeaders(answers[0]);
  ASSERT_TRUE(h.arp);
  EXPECT_EQ(h.arp->operation, 2);
  EXPECT_EQ(h.arp->sender, PeerAddress);
  EXPECT_EQ(h.arp->senderMac, Peer::DefaultMac);
  EXPECT_EQ(h.arp->targetMac, Machine);
  EXPECT_TRUE(peer.answer(arpRequest(MachineAddress)).empty());
  const Mac other{2, 0, 0, 0, 0, 9};
  peer.claims(0x0a000209, other);
  EXPECT_EQ(parseHeaders(peer.answer(arpRequest(0x0a000209)).at(0)).arp->senderMac, other);
}

TEST(Peer, EchoesUdpOnItsPortsOnly) {
  Peer peer(Peer::DefaultMac, MachineAddress);
  EXPECT_TRUE(peer.answer(toPeer(17, datagram(5))).empty());
  peer.echo(7777);
  const auto answers = peer.answer(toPeer(17, datagram(5)));
  ASSERT_EQ(answers.size(), 1u);
  EXPECT_EQ(answers[0].size(), 60u) << "Ethernet's least";
  const FrameHeaders h = parseHeaders(answers[0]);
  ASSERT_TRUE(h.udp);
  EXPECT_EQ(h.udp->source, 7777);
  EXPECT_EQ(h.udp->destination, 5000);
  EXPECT_EQ(h.payloadLength, 5u);
  EXPECT_EQ(transportChecksum(ByteView(answers[0]).subspan(34, 13), PeerAddress, MachineAddress, 17), 0)
      << "a sum over right data comes out as zero";
}

TEST(Peer, SaysThatNobodyTakesADatagram) {
  Peer peer(Peer::DefaultMac, MachineAddress);
  peer.echo(7777);
  EXPECT_TRUE(peer.answer(toPeer(17, datagram(5, 9))).empty());
  const auto toAll = [](size_t size) {
    Bytes frame = toPeer(17, datagram(size, 9));
    std::fill_n(frame.begin(), 6, u8{0xff});
    return frame;
  };
  const auto first = peer.answer(toAll(5));
  ASSERT_EQ(first.size(), 1u);
  EXPECT_EQ(parseHeaders(first[0]).arp->target, MachineAddress) << "it does not know yet whom to tell";
  const auto told = peer.answer(arpReply());
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(told[0][34], 3) << "destination unreachable";
  EXPECT_EQ(told[0][35], 3) << "port unreachable";
  EXPECT_EQ(loadBe16(told[0], 44), 33) << "the length of the packet that it is about";
  EXPECT_EQ(loadBe16(told[0], 16), 20 + 8 + 33);
  EXPECT_EQ(peer.answer(toAll(3000)).at(0).size(), 14u + 576) << "now at once, and not all of it";
}

TEST(Peer, AnswersPing) {
  Peer peer(Peer::DefaultMac, MachineAddress);
  const Bytes echo{8, 0, 0xf7, 0xfa, 0, 1, 0, 4};
  const auto answers = peer.answer(toPeer(1, echo));
  ASSERT_EQ(answers.size(), 1u);
  const FrameHeaders h = parseHeaders(answers[0]);
  ASSERT_TRUE(h.icmp);
  EXPECT_EQ(h.icmp->type, 0);
  EXPECT_EQ(internetChecksum(ByteView(answers[0]).subspan(34, 8)), 0);
  peer.setAnswersPing(false);
  EXPECT_TRUE(peer.answer(toPeer(1, echo)).empty());
}

TEST(Peer, PutsFragmentsTogetherAndSendsFragmentsBack) {
  Peer peer(Peer::DefaultMac, MachineAddress);
  peer.echo(7777);
  const Bytes whole = datagram(3000);
  const ByteView bytes(whole);
  EXPECT_TRUE(peer.answer(toPeer(17, bytes.subspan(1480, 1480), 9, 0x2000 | 185)).empty());
  EXPECT_TRUE(peer.answer(toPeer(17, bytes.first(1480), 9, 0x2000)).empty());
  const auto answers = peer.answer(toPeer(17, bytes.subspan(2960), 9, 370));
  ASSERT_EQ(answers.size(), 3u);
  EXPECT_EQ(parseHeaders(answers[1]).ipv4->fragmentOffset, 1480);
  EXPECT_TRUE(parseHeaders(answers[1]).ipv4->moreFragments);
  EXPECT_FALSE(parseHeaders(answers[2]).ipv4->moreFragments);
}

TEST(Peer, IsNotConfusedByDamagedFrames) {
  Peer peer(Peer::DefaultMac, MachineAddress);
  peer.echo(7777);
  const Bytes good = toPeer(17, datagram(100));
  for (size_t n = 0; n < good.size(); ++n) peer.answer(ByteView(good).first(n));
  Bytes lying = good;
  lying[16] = 0xff; // total length beyond the frame
  EXPECT_TRUE(peer.answer(lying).empty());
}

namespace {

Bytes segment(u32 seq, u32 ack, u8 flags, size_t payload, u16 port = 7777) {
  Bytes t;
  putBe16(t, 40000), putBe16(t, port), putBe32(t, seq), putBe32(t, ack);
  t.push_back(0x50), t.push_back(flags);
  putBe16(t, 64240), putBe16(t, 0), putBe16(t, 0);
  for (size_t i = 0; i < payload; ++i) t.push_back(static_cast<u8>(i));
  return toPeer(6, t);
}
// "SYN,ACK 10>20+5": flags, sequence and acknowledgement, payload.
std::string told(const Bytes& frame, u32 seq, u32 ack) {
  const FrameHeaders h = parseHeaders(frame);
  EXPECT_TRUE(h.tcp && h.ipv4);
  const size_t payload = h.ipv4->totalLength - h.ipv4->length - h.tcp->length;
  EXPECT_EQ(transportChecksum(ByteView(frame).subspan(34, h.ipv4->totalLength - 20u), PeerAddress, MachineAddress, 6),
            0);
  return describeFlags(h.tcp->flags) + " " + std::to_string(h.tcp->sequence - seq) + ">" +
         std::to_string(h.tcp->acknowledgement - ack) + "+" + std::to_string(payload);
}
std::vector<std::string> all(const std::vector<Bytes>& frames, u32 seq, u32 ack) {
  std::vector<std::string> texts;
  for (const Bytes& f : frames) texts.push_back(told(f, seq, ack));
  return texts;
}
using Texts = std::vector<std::string>;

} // namespace

std::vector<Bytes> answerAndServe(Peer& peer, ByteView frame) {
  std::vector<Bytes> frames = peer.answer(frame);
  for (Bytes& served : peer.serve()) frames.push_back(std::move(served));
  return frames;
}

TEST(Peer, EchoesTcpAndClosesWhenAsked) {
  Peer peer(Peer::DefaultMac, MachineAddress);
  peer.echo(7777);
  const auto synAck = peer.answer(segment(1000, 0, 0x02, 0));
  ASSERT_EQ(synAck.size(), 1u);
  const FrameHeaders h = parseHeaders(synAck[0]);
  const u32 start = h.tcp->sequence;
  const auto said = [&](const Bytes& frame) { return all(answerAndServe(peer, frame), start, 1000); };
  EXPECT_EQ(told(synAck[0], start, 1000), "S. 0>1+0");
  EXPECT_EQ(h.tcp->length, 24) << "an MSS is all that it offers";
  EXPECT_TRUE(said(segment(1001, start + 1, 0x10, 0)).empty()) << "an acknowledgement is not answered";
  EXPECT_EQ(said(segment(1001, start + 1, 0x18, 5)), (Texts{". 1>6+0", "P. 1>6+5"}));
  EXPECT_TRUE(said(segment(1006, start + 6, 0x10, 0)).empty());
  EXPECT_EQ(said(segment(1006, start + 6, 0x10, 1460)), (Texts{". 6>1466+0", ". 6>1466+1440", "P. 1446>1466+20"}));
  EXPECT_EQ(said(segment(9000, start + 1466, 0x10, 10)), (Texts{". 1466>1466+0"})) << "out of order";
  EXPECT_EQ(said(segment(1466 + 1000, start + 1466, 0x11, 0)), (Texts{". 1466>1467+0", "F. 1466>1467+0"}));
  EXPECT_TRUE(said(segment(1467 + 1000, start + 1467, 0x10, 0)).empty());
  EXPECT_EQ(all(peer.answer(segment(2467, start + 1467, 0x10, 0)), start + 1467, 0), (Texts{"R 0>0+0"}))
      << "the connection is gone";
}

TEST(Peer, AnswersTheBytesOfABurstTogetherAndTheFirstSegmentAgainAfterThreeDuplicates) {
  Peer peer(Peer::DefaultMac, MachineAddress);
  peer.echo(7777);
  const u32 start = parseHeaders(peer.answer(segment(1000, 0, 0x02, 0))[0]).tcp->sequence;
  const auto said = [&](const Bytes& frame) { return all(peer.answer(frame), start, 1000); };
  EXPECT_TRUE(said(segment(1001, start + 1, 0x10, 0)).empty());
  EXPECT_EQ(said(segment(1001, start + 1, 0x10, 1460)), (Texts{". 1>1461+0"}));
  EXPECT_EQ(said(segment(2461, start + 1, 0x18, 40)), (Texts{". 1>1501+0"}));
  EXPECT_EQ(all(peer.serve(), start, 1000), (Texts{". 1>1501+1440", "P. 1441>1501+60"}));
  EXPECT_TRUE(said(segment(2501, start + 1, 0x10, 0)).empty());
  EXPECT_TRUE(said(segment(2501, start + 1, 0x10, 0)).empty());
  EXPECT_EQ(said(segment(2501, start + 1, 0x10, 0)), (Texts{". 1>1501+1440"}));
}

TEST(Peer, RefusesTcpWhereNobodyListens) {
  Peer peer(Peer::DefaultMac, MachineAddress);
  EXPECT_TRUE(peer.answer(segment(1000, 0, 0x02, 0, 9)).empty()) << "a host without services is silent";
  peer.echo(7777);
  EXPECT_EQ(all(peer.answer(segment(1000, 0, 0x02, 0, 9)), 0, 1000), (Texts{"R. 0>1+0"}));
}

} // namespace sockwalk::scenario
