#include "engine/feed/capture_file.h"
#include "engine/feed/headers.h"
#include "engine/feed/tcp_options.h"
#include "tests/engine/feed/frames.h"
#include <gtest/gtest.h>
#include <map>
#include <sstream>

using namespace sockwalk;
using namespace sockwalk::testing;

namespace {

// RFC 7323 2.3: whatever a SYN says, windows are shifted by 14 bits at most.
TEST(TcpOptions, ShiftWindowsByFourteenBitsAtMost) {
  TcpOptions options;
  EXPECT_EQ(options.windowShift(), 0);
  options.windowScale = 7;
  EXPECT_EQ(options.windowShift(), 7);
  options.windowScale = 128;
  EXPECT_EQ(options.windowShift(), 14);
}

TEST(Headers, LooksThroughTwoVlanTags) {
  FrameHeaders headers = parseHeaders(mac(2) + mac(1) + be16(EtherQinQ) + be16(7) + be16(EtherVlan) + be16(0x2005) +
                                      be16(EtherIpv4) + ipv4(1, 2, IpUdp, udp(5, 6, {1, 2, 3})));
  ASSERT_TRUE(headers.udp);
  EXPECT_EQ(headers.ethernet->vlanCount, 2);
  EXPECT_EQ(headers.ethernet->vlanTci[1], 0x2005);
  EXPECT_EQ(headers.ethernet->length, 22u);
  EXPECT_EQ(headers.udp->destination, 6);
  EXPECT_EQ(headers.payloadOffset, 22u + 20 + 8);
  EXPECT_EQ(headers.payloadLength, 3u);
}

TEST(Headers, PaddingIsNoPayload) {
  Bytes frame = ethernet(2, 1, EtherIpv4) + ipv4(1, 2, IpUdp, udp(5, 6, {9}));
  frame.resize(60);
  FrameHeaders headers = parseHeaders(frame);
  EXPECT_EQ(headers.payloadLength, 1u);
}

TEST(Headers, OnlyTheFirstFragmentHasPorts) {
  Bytes data = udp(5, 6, Bytes(1472 + 500));
  Bytes first(data.begin(), data.begin() + 1480), second(data.begin() + 1480, data.end());
  FrameHeaders one = parseHeaders(ethernet(2, 1, EtherIpv4) + ipv4(1, 2, IpUdp, first, 0x2000));
  FrameHeaders two = parseHeaders(ethernet(2, 1, EtherIpv4) + ipv4(1, 2, IpUdp, second, 1480 / 8));
  ASSERT_TRUE(one.udp);
  EXPECT_EQ(one.problem, "");
  EXPECT_EQ(one.payloadLength, 1472u);
  EXPECT_FALSE(two.udp);
  ASSERT_TRUE(two.ipv4);
  EXPECT_EQ(two.ipv4->fragmentOffset, 1480);
  EXPECT_EQ(two.payloadLength, 500u);
}

TEST(Headers, SaysWhyItStopped) {
  auto problem = [](const Bytes& bytes) { return parseHeaders(bytes).problem; };
  const Bytes eth = ethernet(2, 1, EtherIpv4);
  EXPECT_EQ(problem(Bytes(13)), "Ethernet header is cut short");
  EXPECT_EQ(problem(eth + Bytes(19, 0x45)), "IPv4 header is cut short");
  EXPECT_EQ(problem(eth + Bytes(20, 0x42)), "IPv4 header length 8 is less than 20");
  EXPECT_EQ(problem(eth + Bytes(20, 0x65)), "IP version 6 under EtherType IPv4");
  EXPECT_EQ(problem(eth + Bytes{0x45, 0, 0, 19} + Bytes(16)), "IPv4 total length 19 is less than its header");
  EXPECT_EQ(problem(eth + ipv4(1, 2, IpUdp, Bytes(7))), "UDP header is cut short");
  EXPECT_EQ(problem(eth + ipv4(1, 2, IpUdp, be16(1) + be16(2) + be16(50) + be16(0))),
            "UDP length 50 does not fit the 8 bytes that IPv4 carries");
  EXPECT_EQ(problem(eth + ipv4(1, 2, IpTcp, Bytes(20, 0x10))), "TCP header length 4 is impossible");
  EXPECT_EQ(problem(eth + ipv4(1, 2, IpIcmp, Bytes(4))), "ICMP header is cut short");
  EXPECT_EQ(problem(ethernet(2, 1, EtherArp) + Bytes(27)), "ARP packet is cut short");
  EXPECT_EQ(problem(ethernet(2, 1, EtherArp) + Bytes(28)), "ARP packet is not for Ethernet and IPv4");
}

/// Puts IPv4 fragments together, far enough for a capture in which they all arrive, in order.
class Reassembly {
public:
  /// The datagram that `frame` completes, with its UDP header.
  std::optional<Bytes> add(ByteView frame, const FrameHeaders& headers) {
    const Ipv4Header& ip = *headers.ipv4;
    const std::size_t begin = ip.offset + ip.length, length = ip.totalLength - ip.length;
    Bytes part(frame.begin() + static_cast<std::ptrdiff_t>(begin),
               frame.begin() + static_cast<std::ptrdiff_t>(begin + length));
    Bytes& sofar = m_parts[ip.id];
    if (sofar.size() != ip.fragmentOffset) return std::nullopt;
    sofar = sofar + part;
    if (ip.moreFragments) return std::nullopt;
    return std::move(m_parts.extract(ip.id).mapped());
  }

private:
  std::map<std::uint16_t, Bytes> m_parts;
};

/// The .tsv beside a capture comes from tshark and the real kernel's recvfrom: our offsets must find the
/// same.
TEST(Headers, FindsEveryDatagramThatTheRealKernelReceived) {
  for (const char* name : {"hello-udp", "two-hosts"}) {
    Result<CaptureFile> file = CaptureFile::open(asset(std::string(name) + ".pcap"));
    ASSERT_TRUE(file);
    std::ifstream tsv(asset(std::string(name) + ".udp.tsv"));
    std::string line;
    std::getline(tsv, line);
    ASSERT_EQ(line, "frame\tdst_port\tsrc\tlength\tstate\tpayload");
    Reassembly reassembly;
    int datagrams = 0;
    for (std::size_t i = 0; i < file->size(); ++i) {
      ByteView frame = file->frame(i).bytes;
      FrameHeaders headers = parseHeaders(frame);
      ASSERT_EQ(headers.problem, "") << "frame " << i + 1;
      if (!headers.ipv4 || headers.ipv4->protocol != IpUdp || headers.ipv4->destination != 0x0a090002) continue;
      std::optional<Bytes> datagram = reassembly.add(frame, headers);
      if (!datagram) continue;
      ASSERT_TRUE(std::getline(tsv, line));
      std::istringstream columns(line);
      std::string number, port, source, length, state, payload;
      columns >> number >> port >> source >> length >> state >> payload;
      EXPECT_EQ(number, std::to_string(i + 1));
      EXPECT_EQ(port, std::to_string(loadBe16(*datagram, 2)));
      EXPECT_EQ(source, ipv4Text(headers.ipv4->source) + ":" + std::to_string(loadBe16(*datagram, 0)));
      EXPECT_EQ(length, std::to_string(datagram->size() - 8));
      EXPECT_EQ(payload, toHex(ByteView(*datagram).subspan(8)));
      ++datagrams;
    }
    EXPECT_FALSE(std::getline(tsv, line)) << "the capture lacks: " << line;
    EXPECT_GE(datagrams, 6);
  }
}

} // namespace
