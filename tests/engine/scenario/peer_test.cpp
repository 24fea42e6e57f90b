// The far end of the wire: what it answers, byte for byte where that matters.
#include "engine/feed/decode.h"
#include "engine/feed/headers.h"
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
  peer.echoUdp(7777);
  EXPECT_TRUE(peer.answer(toPeer(17, datagram(5, 9))).empty());
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
  peer.echoUdp(7777);
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
  peer.echoUdp(7777);
  const Bytes good = toPeer(17, datagram(100));
  for (size_t n = 0; n < good.size(); ++n) peer.answer(ByteView(good).first(n));
  Bytes lying = good;
  lying[16] = 0xff; // total length beyond the frame
  EXPECT_TRUE(peer.answer(lying).empty());
}

} // namespace sockwalk::scenario
