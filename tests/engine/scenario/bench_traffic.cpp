#include "tests/engine/scenario/bench_traffic.h"
#include "tests/engine/feed/frames.h"
#include <fstream>
#include <random>

namespace sockwalk {

namespace {

using testing::be16;
using testing::be32;
using testing::Bytes;
using testing::operator+;

unsigned sum(const Bytes& bytes, unsigned start = 0) {
  unsigned total = start;
  for (size_t i = 0; i < bytes.size(); i += 2) total += bytes[i] << 8 | (i + 1 < bytes.size() ? bytes[i + 1] : 0);
  while (total >> 16) total = (total & 0xffff) + (total >> 16);
  return total;
}
void put(Bytes& bytes, size_t at, unsigned value) {
  bytes[at] = static_cast<uint8_t>(value >> 8);
  bytes[at + 1] = static_cast<uint8_t>(value);
}

const Bytes here{10, 0, 2, 15}, there{10, 0, 2, 2};

Bytes frame(unsigned protocol, Bytes segment, unsigned number, int checksumAt) {
  if (checksumAt >= 0) {
    const Bytes pseudo = there + here + be16(protocol) + be16(static_cast<unsigned>(segment.size()));
    const unsigned c = ~sum(segment, protocol == 1 ? 0 : sum(pseudo)) & 0xffff;
    put(segment, static_cast<size_t>(checksumAt), protocol == 17 && !c ? 0xffff : c);
  }
  Bytes head = Bytes{0x45, 0} + be16(static_cast<unsigned>(20 + segment.size())) + be16(number) + be16(0) +
               Bytes{64, static_cast<uint8_t>(protocol), 0, 0} + there + here;
  put(head, 10, ~sum(head) & 0xffff);
  Bytes all =
      Bytes{0x52, 0x54, 0x00, 0x12, 0x34, 0x56, 0x52, 0x55, 0x0a, 0x00, 0x02, 0x02, 0x08, 0x00} + head + segment;
  if (all.size() < 60) all.resize(60);
  return all;
}

} // namespace

void writeBenchTraffic(const std::string& path, int frames, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  constexpr unsigned sizes[] = {0, 18, 64, 200, 512, 1000, 1472};
  std::ofstream out(path, std::ios::binary);
  const auto write = [&](const Bytes& bytes) {
    out.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
  };
  write(testing::pcapHeader());
  for (int i = 0; i < frames; ++i) {
    const auto kind = random() % 10;
    const unsigned source = 20000 + static_cast<unsigned>(random() % 1000), size = sizes[random() % std::size(sizes)];
    Bytes data(size);
    for (auto& b : data) b = static_cast<uint8_t>(random());
    Bytes made;
    const unsigned number = static_cast<unsigned>(i & 0xffff);
    if (kind < 5) made = frame(17, testing::udp(source, 5000 + random() % 8, data), number, 6);
    else if (kind < 8) {
      if (data.size() > 1460) data.resize(1460);
      made = frame(
          6, testing::tcp(source, 80, static_cast<unsigned>(random()), static_cast<unsigned>(random()), 0x18, data),
          number, 16);
    } else made = frame(1, Bytes{8, 0, 0, 0} + be16(7) + be16(number) + data, number, 2);
    write(testing::pcapFrame(static_cast<unsigned>(i / 10000), static_cast<unsigned>(i % 10000 * 100), made));
  }
}

} // namespace sockwalk
