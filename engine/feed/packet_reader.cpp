#include "engine/feed/packet_reader.h"

#include <algorithm>
#include <array>

namespace sockwalk {

namespace {

constexpr std::array<std::uint8_t, 4> PcapngMagic{0x0a, 0x0d, 0x0d, 0x0a};

bool begins(ByteView head, std::initializer_list<std::uint8_t> with) {
  return head.size() >= with.size() && std::equal(with.begin(), with.end(), head.begin());
}

} // namespace

bool beginsPacketFile(ByteView head) {
  if (head.size() < 4) return false;
  return isPcapMagic(head.first(4)) || std::ranges::equal(head.first(4), PcapngMagic) || begins(head, {0x1f, 0x8b}) ||
         begins(head, {0x28, 0xb5, 0x2f, 0xfd}) || begins(head, {0xfd, '7', 'z', 'X', 'Z', 0});
}

bool PacketReader::readMore(std::size_t size, bool mayEnd) {
  const std::size_t before = m_record.size();
  m_record.resize(before + size);
  const std::size_t got = m_source.read(std::span(m_record).subspan(before));
  if (got == size) return true;
  m_record.resize(before + got);
  if (!m_source.problem().empty()) return damaged(m_source.problem());
  if (got == 0 && mayEnd) return false;
  m_cut = true;
  return damaged("truncated: " + std::to_string(size) + " bytes were to follow, " + std::to_string(got) + " are there");
}

std::int64_t nanoseconds(std::uint64_t ticks, std::uint64_t ticksPerSecond, std::int64_t offsetSeconds) {
  constexpr std::uint64_t Nano = 1'000'000'000;
  constexpr std::int64_t Far = 8'000'000'000; // seconds: so that the nanoseconds of any two can be subtracted
  std::uint64_t rest = ticks % ticksPerSecond, per = ticksPerSecond;
  while (per > 10 * Nano && per % 10 == 0) per /= 10, rest /= 10;
  while (per > 10 * Nano) per >>= 1, rest >>= 1; // loses less than a nanosecond
  const auto whole = static_cast<std::int64_t>(std::min<std::uint64_t>(ticks / ticksPerSecond, Far));
  const std::int64_t seconds = std::clamp(whole + std::clamp(offsetSeconds, -Far, Far), std::int64_t{0}, Far);
  return seconds * static_cast<std::int64_t>(Nano) + static_cast<std::int64_t>(rest * Nano / per);
}

Result<std::unique_ptr<PacketReader>> readPackets(ByteSource source) {
  std::array<std::uint8_t, 4> magic{};
  const std::size_t got = source.read(magic);
  if (!source.problem().empty()) return Error{"cannot be unpacked (" + source.problem() + ")"};
  if (got == 0) return Error{"the file is empty; expected a pcap or pcapng file with at least its header"};
  const ByteView head = ByteView(magic).first(got);
  std::unique_ptr<PacketReader> reader;
  if (got == 4 && isPcapMagic(head)) reader = pcapReader(std::move(source), head);
  else if (got == 4 && magic == PcapngMagic) reader = pcapngReader(std::move(source), head);
  else
    return Error{"not a capture file (it begins with " + toHex(head, ' ') +
                 "); expected pcap or pcapng, as tcpdump -w writes, packed with gzip, zstd or xz or not"};
  if (reader->problem().empty()) return reader;
  if (reader->cut())
    return Error{"ends inside its file header (" + reader->problem() + "); expected a whole pcap or pcapng file"};
  return Error{"not a capture file (" + reader->problem() + "); expected pcap or pcapng, as tcpdump -w writes"};
}

} // namespace sockwalk
