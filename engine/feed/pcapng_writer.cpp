#include "engine/feed/pcapng_writer.h"
#include "engine/feed/pcapng.h"

namespace sockwalk {

namespace {

constexpr std::uint16_t Application = 4; // option of a section: what wrote it
constexpr char Nanoseconds = 9;          // a tick is 10^-9 s

} // namespace

PcapngWriter::PcapngWriter(const std::string& program, const std::string& comment) {
  begin(pcapng::SectionHeader);
  u32(pcapng::ByteOrderMagic);
  u16(1), u16(0);                   // the version
  u32(0xffffffff), u32(0xffffffff); // how long the section is, is not said
  option(pcapng::Comment, comment);
  option(Application, program);
  option(pcapng::EndOfOptions, "");
  end();
}

std::uint32_t PcapngWriter::interface(const CaptureInterface& described) {
  begin(pcapng::InterfaceDescription);
  u16(described.linkType), u16(0);
  u32(described.snapLength);
  option(pcapng::interface::Name, described.name);
  option(pcapng::interface::Description, described.description);
  option(pcapng::interface::TimeResolution, std::string(1, Nanoseconds));
  option(pcapng::EndOfOptions, "");
  end();
  return m_interfaces++;
}

void PcapngWriter::frame(const PacketRecord& packet) {
  const auto time = static_cast<std::uint64_t>(packet.epochNs);
  begin(pcapng::EnhancedPacket);
  u32(packet.interface);
  u32(static_cast<std::uint32_t>(time >> 32)), u32(static_cast<std::uint32_t>(time));
  u32(static_cast<std::uint32_t>(packet.bytes.size()));
  u32(packet.originalLength);
  bytes(packet.bytes.data(), packet.bytes.size());
  option(pcapng::Comment, packet.comment);
  if (packet.direction != FrameDirection::Unknown)
    option(pcapng::PacketFlags, {packet.direction == FrameDirection::In ? '\1' : '\2', '\0', '\0', '\0'});
  option(pcapng::EndOfOptions, "");
  end();
}

void PcapngWriter::begin(std::uint32_t type) {
  m_block = m_bytes.size();
  u32(type);
  u32(0); // its length, once it is known
}

// Both lengths, the one in front and the one behind.
void PcapngWriter::end() {
  const auto length = static_cast<std::uint32_t>(m_bytes.size() - m_block + 4);
  u32(length);
  m_bytes.replace(m_block + 4, 4, m_bytes, m_bytes.size() - 4, 4);
}

void PcapngWriter::u16(std::uint32_t value) {
  for (const unsigned shift : {0u, 8u}) m_bytes += static_cast<char>(value >> shift);
}
void PcapngWriter::u32(std::uint32_t value) { u16(value), u16(value >> 16); }

void PcapngWriter::bytes(const void* data, std::size_t size) {
  m_bytes.append(static_cast<const char*>(data), size);
  m_bytes.append((4 - size % 4) % 4, '\0');
}

// An option without a value is left out, but for the one that ends the list. Longer than 64 KiB cannot be said.
void PcapngWriter::option(std::uint16_t code, const std::string& value) {
  if (value.empty() && code != pcapng::EndOfOptions) return;
  const std::size_t size = std::min<std::size_t>(value.size(), 0xffff);
  u16(code), u16(static_cast<std::uint32_t>(size));
  bytes(value.data(), size);
}

} // namespace sockwalk
