// The classic format: a header of 24 bytes, then records. Its magic number tells the byte order and the unit of time; some
// programs write a variant of their own, which has more in its records.
#include "engine/feed/packet_reader.h"

#include <algorithm>

namespace sockwalk {

namespace {

struct Variant {
  std::uint32_t magic;
  std::uint64_t ticksPerSecond;
  std::size_t headerRest;   // of the file's header, behind the magic number
  std::size_t recordHeader; // before each packet
};

constexpr Variant Variants[] = {
    {0xa1b2c3d4, 1'000'000, 20, 16},     // as everybody writes it
    {0xa1b23c4d, 1'000'000'000, 20, 16}, // with nanoseconds
    {0xa1b2cd34, 1'000'000, 20, 24},     // "modified": interface, protocol and direction of each packet
    {0x1c0001ab, 1'000'000, 24, 16},     // of IXIA's hardware: the file's length behind the header
    {0x1c0001ac, 1'000'000'000, 24, 16},
};

const Variant* variantOf(ByteView magic, bool& bigEndian) {
  for (const bool big : {false, true})
    for (const Variant& v : Variants)
      if (OrderedBytes{magic, big}.u32(0) == v.magic) return bigEndian = big, &v;
  return nullptr;
}

class PcapReader final : public PacketReader {
public:
  PcapReader(ByteSource source, ByteView magic) : PacketReader(std::move(source)) {
    m_variant = variantOf(magic, m_bigEndian);
    m_record.assign(magic.begin(), magic.end());
    if (readMore(m_variant->headerRest)) readHeader({m_record, m_bigEndian});
  }

  bool next(PacketRecord& packet) override {
    m_record.clear();
    if (!problem().empty() || !readMore(m_variant->recordHeader, true)) return false;
    const OrderedBytes head{m_record, m_bigEndian};
    std::uint32_t here = head.u32(8), wire = head.u32(12);
    if (m_swapped == Swapped::Always || (m_swapped == Swapped::Perhaps && here > wire)) std::swap(here, wire);
    if (here > LargestRecord) return damaged("its length is said to be " + std::to_string(here));
    const CaptureInterface& from = m_interfaces[0];
    // A part of a second that is more than one is damage; it must not carry a frame hours away from its neighbours.
    const std::uint64_t part = std::min<std::uint64_t>(head.u32(4), from.ticksPerSecond - 1);
    const std::uint64_t ticks = head.u32(0) * from.ticksPerSecond + part;
    packet = {0, nanoseconds(ticks, from.ticksPerSecond, 0), std::max(here, wire), {}, FrameDirection::Unknown, {}};
    if (m_variant->recordHeader == 24) packet.direction = m_record[22] == 4 ? FrameDirection::Out : FrameDirection::In;
    if (!readMore(here)) return false;
    packet.bytes = ByteView(m_record).subspan(m_variant->recordHeader);
    return true;
  }

private:
  enum class Swapped : std::uint8_t { Never, Perhaps, Always }; // the two lengths of a record, in old versions

  void readHeader(const OrderedBytes& header) {
    const unsigned major = header.u16(4), minor = header.u16(6);
    const bool old = major == 2 && minor <= 3;
    m_swapped = major == 543 || (old && minor < 3) ? Swapped::Always : old ? Swapped::Perhaps : Swapped::Never;
    const std::uint32_t link = header.u32(20);
    CaptureInterface all;
    all.snapLength = header.u32(16);
    all.linkType = link & 0x03ffffff;
    if (link & 0x04000000) all.checkLength = 2 * (link >> 28);
    all.ticksPerSecond = m_variant->ticksPerSecond;
    m_interfaces.push_back(all);
  }

  const Variant* m_variant = nullptr;
  bool m_bigEndian = false;
  Swapped m_swapped = Swapped::Never;
};

} // namespace

bool isPcapMagic(ByteView magic) {
  bool ignored = false;
  return variantOf(magic, ignored) != nullptr;
}

std::unique_ptr<PacketReader> pcapReader(ByteSource source, ByteView magic) {
  return std::make_unique<PcapReader>(std::move(source), magic);
}

} // namespace sockwalk
