// The newer format: blocks of a type and a length, in sections of which each has its own byte order and interfaces. What
// a block is for that we do not know is skipped: that is how the format grows.
#include "engine/feed/packet_reader.h"
#include "engine/feed/pcapng.h"

#include <algorithm>

namespace sockwalk {

namespace {

constexpr std::size_t MostInterfaces = 100'000, MostNames = 100'000, MostComments = 10'000,
                      MostOptions = 16 << 20; // the last in bytes

std::size_t padded(std::size_t size) { return (size + 3) & ~std::size_t{3}; }

class PcapngReader final : public PacketReader {
public:
  PcapngReader(ByteSource source, ByteView magic) : PacketReader(std::move(source)) {
    m_record.assign(magic.begin(), magic.end());
    readBlock();
  }

  bool next(PacketRecord& packet) override {
    while (problem().empty()) {
      m_record.clear();
      if (!readMore(4, true) || !readBlock()) return false;
      const std::uint32_t type = m_block.u32(0);
      if (type == pcapng::EnhancedPacket || type == pcapng::Packet) return readPacket(type, packet);
      if (type == pcapng::SimplePacket) return readSimple(packet);
    }
    return false;
  }

private:
  // The block of which the type is here already, checked and whole; what it says of the file is taken in.
  bool readBlock() {
    if (!readMore(4)) return false;
    m_block.bytes = m_record;
    const bool section = m_block.u32(0) == pcapng::SectionHeader; // the same in either byte order
    if (section) {
      if (!readMore(4)) return false;
      m_block = {m_record, true};
      if (m_block.u32(8) != pcapng::ByteOrderMagic) m_block.bigEndian = false;
      if (m_block.u32(8) != pcapng::ByteOrderMagic) return damaged("a section has no byte-order magic");
    }
    const std::size_t length = m_block.u32(4), whole = padded(length);
    if (length < (section ? 28u : 12u) || length > LargestRecord)
      return damaged("a block's length is said to be " + std::to_string(length));
    if (!readMore(whole - m_record.size())) return false;
    m_block.bytes = ByteView(m_record).first(whole - 4);
    if (OrderedBytes{m_record, m_block.bigEndian}.u32(whole - 4) != length)
      return damaged("a block's two lengths differ");
    return takeIn();
  }

  bool takeIn() {
    switch (m_block.u32(0)) {
    case pcapng::SectionHeader:
      m_firstInterface = m_interfaces.size();
      for (FileOption& o : options(24))
        if (o.code == pcapng::Comment && m_comments.size() < MostComments) m_comments.push_back(std::move(o.value));
      return true;
    case pcapng::InterfaceDescription: return readInterface();
    case pcapng::NameResolution: return readNames(), true;
    case pcapng::InterfaceStatistics: return readStatistics(), true;
    default: return true;
    }
  }

  // Of what is in the block from `at` on; a list that is not well formed is read as far as it is.
  std::vector<FileOption> options(std::size_t at) const {
    std::vector<FileOption> list;
    while (holds(m_block.bytes, at, 4)) {
      const std::uint16_t code = m_block.u16(at), length = m_block.u16(at + 2);
      if (code == pcapng::EndOfOptions || !holds(m_block.bytes, at + 4, length)) break;
      const ByteView value = m_block.bytes.subspan(at + 4, length);
      list.push_back({code, std::string(value.begin(), value.end())});
      at += 4 + padded(length);
    }
    return list;
  }
  // A number of 4 or 8 bytes in an option, whose two halves stand in the order of the section.
  std::uint64_t number(const std::string& value) const {
    const std::vector<std::uint8_t> bytes(value.begin(), value.end());
    const OrderedBytes n{bytes, m_block.bigEndian};
    if (bytes.size() == 4) return n.u32(0);
    if (bytes.size() != 8) return 0;
    const std::uint64_t a = n.u32(0), b = n.u32(4);
    return m_block.bigEndian ? a << 32 | b : b << 32 | a;
  }

  bool readInterface() {
    if (!holds(m_block.bytes, 8, 8)) return damaged("an interface's block is too short");
    if (m_interfaces.size() >= MostInterfaces) return damaged("it has too many interfaces");
    CaptureInterface one;
    one.linkType = m_block.u16(8);
    one.snapLength = m_block.u32(12);
    one.options = options(16);
    for (const FileOption& o : one.options) {
      if (o.code == pcapng::interface::Name) one.name = o.value;
      if (o.code == pcapng::interface::Description) one.description = o.value;
      if (o.code == pcapng::interface::TimeOffset) one.offsetSeconds = static_cast<std::int64_t>(number(o.value));
      if (o.code == pcapng::interface::CheckLength && !o.value.empty())
        one.checkLength = static_cast<std::uint8_t>(o.value[0]);
      if (o.code != pcapng::interface::TimeResolution || o.value.empty()) continue;
      const auto unit = static_cast<std::uint8_t>(o.value[0]);
      const unsigned power = unit & 0x7f, most = unit & 0x80 ? 63 : 19;
      if (power > most) return damaged("an interface's unit of time is too small");
      one.ticksPerSecond = 1;
      for (unsigned i = 0; i < power; ++i) one.ticksPerSecond *= unit & 0x80 ? 2 : 10;
    }
    for (const FileOption& o : one.options) m_optionBytes += o.value.size();
    if (m_optionBytes > MostOptions) return damaged("its interfaces say too much");
    m_interfaces.push_back(std::move(one));
    return true;
  }

  void readStatistics() {
    if (!holds(m_block.bytes, 8, 12)) return;
    const std::size_t index = m_firstInterface + m_block.u32(8);
    if (index >= m_interfaces.size()) return;
    for (const FileOption& o : options(20)) {
      if (o.code == pcapng::statistics::Received) m_interfaces[index].received = number(o.value);
      if (o.code == pcapng::statistics::Dropped) m_interfaces[index].dropped = number(o.value);
      if (o.code == pcapng::statistics::LostBySystem) m_interfaces[index].lost = number(o.value);
    }
  }

  // Records of a type and a length: 1 is an IPv4 address with its names.
  void readNames() {
    for (std::size_t at = 8; holds(m_block.bytes, at, 4) && m_names.size() < MostNames;) {
      const std::uint16_t type = m_block.u16(at), length = m_block.u16(at + 2);
      if (type == 0 || !holds(m_block.bytes, at + 4, length)) return;
      if (type == 1 && length > 4) {
        const ByteView name = m_block.bytes.subspan(at + 8, length - 4u);
        m_names.try_emplace(loadBe32(m_block.bytes, at + 4), name.begin(), std::ranges::find(name, 0));
      }
      at += 4 + padded(length);
    }
  }

  bool readPacket(std::uint32_t type, PacketRecord& packet) {
    if (!holds(m_block.bytes, 8, 20)) return damaged("a packet's block is too short");
    const std::uint32_t id = type == pcapng::Packet ? m_block.u16(8) : m_block.u32(8), here = m_block.u32(20);
    if (id >= m_interfaces.size() - m_firstInterface)
      return damaged("its interface " + std::to_string(id) + " was not described");
    if (!holds(m_block.bytes, 28, here)) return damaged("its length is said to be " + std::to_string(here));
    const auto index = static_cast<std::uint32_t>(m_firstInterface + id);
    const CaptureInterface& from = m_interfaces[index];
    const std::uint64_t ticks = std::uint64_t{m_block.u32(12)} << 32 | m_block.u32(16);
    m_lastNs = nanoseconds(ticks, from.ticksPerSecond, from.offsetSeconds);
    packet = {
        index, m_lastNs, std::max(here, m_block.u32(24)), m_block.bytes.subspan(28, here), FrameDirection::Unknown, {}};
    for (const FileOption& o : options(28 + padded(here))) {
      if (o.code == pcapng::Comment) (packet.comment += packet.comment.empty() ? "" : "\n") += o.value;
      if (o.code != pcapng::PacketFlags) continue;
      const auto bits = number(o.value) & 3;
      packet.direction = bits == 1 ? FrameDirection::In : bits == 2 ? FrameDirection::Out : FrameDirection::Unknown;
    }
    return true;
  }

  // It has no time of its own, and is of the section's first interface.
  bool readSimple(PacketRecord& packet) {
    if (m_firstInterface >= m_interfaces.size()) return damaged("its interface 0 was not described");
    if (!holds(m_block.bytes, 8, 4)) return damaged("a packet's block is too short");
    const std::uint32_t wire = m_block.u32(8), snap = m_interfaces[m_firstInterface].snapLength;
    const std::size_t here = std::min<std::size_t>(snap ? std::min(wire, snap) : wire, m_block.bytes.size() - 12);
    packet = {static_cast<std::uint32_t>(m_firstInterface),
              m_lastNs,
              wire,
              m_block.bytes.subspan(12, here),
              FrameDirection::Unknown,
              {}};
    return true;
  }

  OrderedBytes m_block{{}, false};  // without its second length
  std::size_t m_firstInterface = 0; // of this section, in m_interfaces
  std::int64_t m_lastNs = 0;
  std::size_t m_optionBytes = 0; // of all interfaces
};

} // namespace

std::unique_ptr<PacketReader> pcapngReader(ByteSource source, ByteView magic) {
  return std::make_unique<PcapngReader>(std::move(source), magic);
}

} // namespace sockwalk
