// Frames nobody sane would send: whatever the bytes, parsing stays inside them (the asan preset checks that
// it does) and every field shown lies inside the frame.
#include "engine/feed/decode.h"
#include "engine/feed/hosts.h"
#include "engine/feed/summary.h"
#include "tests/engine/feed/frames.h"
#include <gtest/gtest.h>
#include <random>

using namespace sockwalk;
using namespace sockwalk::testing;

namespace {

void checkFields(const std::vector<FrameField>& fields, std::size_t size, const std::string& frame) {
  for (const FrameField& field : fields) {
    ASSERT_TRUE(field.offset <= size && field.length <= size - field.offset) << field.name << " of " << frame;
    checkFields(field.children, size, frame);
  }
}

/// Reads the frame in every way there is. A copy of just its size lets the sanitizer see a byte too many.
void readAll(const Bytes& frame, TcpBases& bases) {
  Bytes exact(frame.begin(), frame.end());
  exact.shrink_to_fit();
  FrameHeaders headers = parseHeaders(exact);
  ASSERT_LE(headers.payloadOffset + headers.payloadLength, exact.size()) << toHex(exact);
  FrameSummary summary = summarize(exact, static_cast<std::uint32_t>(exact.size()), &bases);
  ASSERT_FALSE(summary.info.empty()) << toHex(exact);
  checkFields(decodeFrame(exact), exact.size(), toHex(exact));
  CaptureHosts hosts = findHosts(std::vector<ByteView>{exact});
  ASSERT_LE(hosts.hosts.size(), 2u);
}

TEST(HostileFrames, RandomBytes) {
  std::mt19937 random(1);
  TcpBases bases;
  for (int i = 0; i < 20'000; ++i) {
    Bytes frame(random() % 120);
    for (std::uint8_t& byte : frame) byte = static_cast<std::uint8_t>(random());
    readAll(frame, bases);
  }
}

/// Random bytes seldom get past Ethernet; here they stand behind headers that lead deeper.
TEST(HostileFrames, RandomBytesBehindGoodHeaders) {
  std::mt19937 random(2);
  TcpBases bases;
  for (int i = 0; i < 40'000; ++i) {
    Bytes rest(random() % 100);
    for (std::uint8_t& byte : rest) byte = static_cast<std::uint8_t>(random());
    const unsigned protocols[] = {IpIcmp, IpUdp, IpTcp, 99};
    Bytes frame = random() % 8 == 0 ? ethernet(2, 1, EtherArp) + rest
                                    : ethernet(2, 1, EtherIpv4) + ipv4(1, 2, protocols[random() % 4], rest);
    if (frame.size() > 15 && random() % 4 == 0)
      frame[14] = static_cast<std::uint8_t>(0x40 | (random() & 15)); // any header length
    if (frame.size() > 35 && random() % 2 == 0) frame[34] = 3;       // an ICMP error, which quotes a packet
    if (frame.size() > 42 && random() % 2 == 0) frame[42] = 0x45;
    readAll(frame, bases);
  }
}

TEST(HostileFrames, EveryPrefixAndEverySpoiltByteOfRealFrames) {
  Result<CaptureFile> file = CaptureFile::open(asset("two-hosts.pcap"));
  ASSERT_TRUE(file);
  std::mt19937 random(3);
  TcpBases bases;
  for (std::size_t i = 0; i < file->size(); i += 5) {
    ByteView whole = file->frame(i).bytes;
    Bytes frame(whole.begin(), whole.end());
    for (std::size_t at = 0; at < std::min<std::size_t>(frame.size(), 80); ++at) {
      readAll(Bytes(frame.begin(), frame.begin() + static_cast<std::ptrdiff_t>(at)), bases);
      Bytes spoilt = frame;
      spoilt[at] = static_cast<std::uint8_t>(random());
      readAll(spoilt, bases);
    }
  }
}

} // namespace
