#include "engine/feed/hosts.h"
#include "tests/engine/feed/packet_files.h"
#include <gtest/gtest.h>

using namespace sockwalk;
using namespace sockwalk::testing;

namespace {

CaptureHosts hostsOf(const std::vector<Bytes>& frames) {
  return findHosts(std::vector<ByteView>(frames.begin(), frames.end()));
}

std::string portsText(const std::vector<HostPort>& ports) {
  std::string text;
  for (const HostPort& port : ports) text += std::to_string(port.port) + (port.closed() ? "(closed) " : " ");
  return text;
}

TEST(Hosts, OfTheAsset) {
  Result<CaptureFile> file = CaptureFile::open(asset("two-hosts.pcap"));
  ASSERT_TRUE(file);
  CaptureHosts found = findHosts(*file);
  ASSERT_EQ(found.hosts.size(), 2u);
  ASSERT_TRUE(found.proposed);
  const CaptureHost& server = found.hosts[*found.proposed];
  const CaptureHost& client = found.hosts[1 - *found.proposed];

  EXPECT_EQ(macText(server.mac), "02:00:0a:09:00:02");
  ASSERT_EQ(server.addresses.size(), 1u);
  EXPECT_EQ(ipv4Text(server.addresses[0].address), "10.9.0.2");
  EXPECT_EQ(server.addresses[0].evidence, AddressEvidence::ArpSender);
  EXPECT_EQ(portsText(server.udpPorts),
            "9(closed) 53 123 514 4242 7777 9999 33434(closed) 33435(closed) 33436(closed) 40001 ");
  EXPECT_EQ(portsText(server.tcpPorts), "80 81(closed) 9000 ");
  EXPECT_EQ(server.udpPorts[1].received, 210u);

  EXPECT_EQ(macText(client.mac), "02:00:0a:09:00:01");
  EXPECT_EQ(portsText(client.tcpPorts), "");
  EXPECT_EQ(client.framesReceived, server.framesSent);
  // The client asks by broadcast who has an address: sent, and received by nobody's own MAC.
  EXPECT_EQ(client.framesSent, server.framesReceived + 3);
}

TEST(Hosts, ARefusedPortIsMarkedByThePortUnreachable) {
  Bytes question = ipv4(1, 2, IpUdp, udp(5000, 9, {1}));
  Bytes refusal = ipv4(2, 1, IpIcmp, Bytes{3, 3} + Bytes(6) + question);
  CaptureHosts found = hostsOf({ethernet(2, 1, EtherIpv4) + question, ethernet(1, 2, EtherIpv4) + refusal});
  ASSERT_EQ(found.hosts.size(), 2u);
  const CaptureHost& second = found.hosts[1];
  EXPECT_EQ(macText(second.mac), "02:00:00:00:00:02");
  EXPECT_EQ(portsText(second.udpPorts), "9(closed) ");
}

TEST(Hosts, OneThatOnlyListensIsKnownByWhatItIsSent) {
  CaptureHosts found = hostsOf({ethernet(2, 1, EtherIpv4) + ipv4(1, 2, IpUdp, udp(1, 7777, {}))});
  ASSERT_TRUE(found.proposed);
  const CaptureHost& host = found.hosts[*found.proposed];
  EXPECT_EQ(macText(host.mac), "02:00:00:00:00:02");
  ASSERT_EQ(host.addresses.size(), 1u);
  EXPECT_EQ(host.addresses[0].evidence, AddressEvidence::IpDestination);
}

TEST(Hosts, ARouterIsNotProposed) {
  std::vector<Bytes> frames;
  for (std::uint8_t far = 100; far < 120; ++far) { // host 1 asks twenty far hosts through router 9, each twice
    frames.push_back(ethernet(9, 1, EtherIpv4) + ipv4(1, far, IpUdp, udp(4000, 53, {1})));
    frames.push_back(ethernet(9, 1, EtherIpv4) + ipv4(1, far, IpUdp, udp(4000, 53, {1})));
    frames.push_back(ethernet(1, 9, EtherIpv4) + ipv4(far, 1, IpUdp, udp(53, 4000, {2})));
  }
  CaptureHosts found = hostsOf(frames);
  ASSERT_EQ(found.hosts.size(), 2u);
  EXPECT_TRUE(found.hosts[1].looksLikeRouter());
  ASSERT_TRUE(found.proposed);
  EXPECT_EQ(macText(found.hosts[*found.proposed].mac), "02:00:00:00:00:01");
}

TEST(Hosts, NothingIsProposedWithoutIpv4) {
  CaptureHosts found = hostsOf({ethernet(2, 1, 0x88cc) + Bytes(46), Bytes(5)});
  EXPECT_EQ(found.hosts.size(), 2u);
  EXPECT_FALSE(found.proposed);
  EXPECT_FALSE(hostsOf({}).proposed);
}

TEST(Hosts, ProbesAndGroupAddressesBelongToNobody) {
  Bytes probe = be16(1) + be16(EtherIpv4) + Bytes{6, 4} + be16(1) + mac(1) + be32(0) + Bytes(6) + Bytes{10, 0, 0, 1};
  CaptureHosts found = hostsOf({ethernet(2, 1, EtherArp) + probe});
  ASSERT_EQ(found.hosts.size(), 2u);
  EXPECT_TRUE(found.hosts[0].addresses.empty());
}

TEST(Hosts, WhatTwoEndpointsSaidIsAFlowOfWhoBegan) {
  const auto segment = [](bool back, std::uint8_t flags, const Bytes& data = {}) {
    return back ? ethernet(1, 2, EtherIpv4) + ipv4(2, 1, IpTcp, tcp(80, 4000, 1, 1, flags, data))
                : ethernet(2, 1, EtherIpv4) + ipv4(1, 2, IpTcp, tcp(4000, 80, 1, 1, flags, data));
  };
  const Bytes middle = ethernet(1, 2, EtherIpv4) + ipv4(2, 1, IpTcp, tcp(443, 5000, 1, 1, TcpAck, Bytes(9)));
  CaptureHosts found =
      hostsOf({segment(false, TcpSyn), segment(true, TcpSyn | TcpAck), segment(false, TcpAck, Bytes(5)),
               segment(true, TcpFin | TcpAck), segment(false, TcpFin | TcpAck), middle, segment(false, TcpSyn)});
  ASSERT_EQ(found.flows.size(), 3u);
  const CaptureFlow& whole = found.flows[0];
  EXPECT_TRUE(whole.complete());
  EXPECT_EQ(ipv4Text(whole.client.address), "10.0.0.1");
  EXPECT_EQ(whole.server.port, 80);
  EXPECT_EQ(whole.client.frames, 3u);
  EXPECT_EQ(whole.client.bytes, 5u);
  EXPECT_EQ(whole.firstFrame, 1u);
  EXPECT_EQ(whole.lastFrame, 5u);
  const CaptureFlow& partly = found.flows[1]; // its beginning is not in the capture
  EXPECT_EQ(partly.server.port, 443);
  EXPECT_EQ(partly.server.bytes, 9u);
  EXPECT_FALSE(partly.complete());
  EXPECT_FALSE(found.flows[2].complete()); // the same ports, once more
  EXPECT_EQ(found.hosts[0].flowsBegun + found.hosts[1].flowsBegun, 3u);
  const CaptureHost& server = macText(found.hosts[0].mac) == "02:00:00:00:00:02" ? found.hosts[0] : found.hosts[1];
  EXPECT_EQ(server.flowsServed, 3u);
  EXPECT_EQ(server.flowsBegun, 0u);
}

TEST(Hosts, TheOneThatCapturedIsProposed) {
  const Order o;
  const auto frame = [&](std::uint8_t to, std::uint8_t from, unsigned direction) {
    return enhancedPacket(o, 0, 1, ethernet(to, from, EtherIpv4) + ipv4(from, to, IpUdp, udp(1, 2, {})),
                          option(o, 2, o.u32(direction)));
  };
  const Bytes file = sectionHeader(o) + interfaceBlock(o, 1) + frame(2, 1, 2) + frame(2, 1, 2) + frame(1, 2, 1);
  const auto opened = CaptureFile::read("made", {file.begin(), file.end()});
  ASSERT_TRUE(opened) << opened.error().message;
  const CaptureHosts found = findHosts(*opened);
  ASSERT_TRUE(found.proposed);
  EXPECT_EQ(macText(found.hosts[*found.proposed].mac), "02:00:00:00:00:01"); // though the other received more
  EXPECT_EQ(found.hosts[*found.proposed].framesHere, 3u);
}

TEST(Hosts, WithoutAReceiverThereIsABystander) {
  const Bytes hello = Bytes{1, 0, 0x5e, 0, 0, 5} + mac(1) + be16(EtherIpv4) + ipv4(1, 2, 89, Bytes(24));
  const CaptureHosts found = hostsOf({hello, hello});
  ASSERT_TRUE(found.proposed);
  EXPECT_TRUE(found.hosts[*found.proposed].bystander);
  EXPECT_EQ(ipv4Text(found.hosts[*found.proposed].addresses[0].address), "10.0.0.77");
}

} // namespace
