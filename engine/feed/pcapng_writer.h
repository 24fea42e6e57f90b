// Writes a pcapng file: interfaces, and frames with comments, nanosecond times and directions. tshark and Wireshark read
// it; so does PacketReader.
#pragma once
#include "engine/feed/packet_reader.h"

namespace sockwalk {

class PcapngWriter {
public:
  /// `program` and `comment` stand in the file's head; "" is left out.
  explicit PcapngWriter(const std::string& program, const std::string& comment = {});
  /// Gives the number by which frames name it. Name, description, link type and snap length are written.
  std::uint32_t interface(const CaptureInterface& described);
  void frame(const PacketRecord& packet);
  /// The file so far; what is taken is gone from here, so that a long file can be written in pieces.
  std::string take() { return std::exchange(m_bytes, {}); }

private:
  void begin(std::uint32_t type);
  void end();
  void u16(std::uint32_t value);
  void u32(std::uint32_t value);
  void bytes(const void* data, std::size_t size); // and zeros up to the next multiple of 4
  void option(std::uint16_t code, const std::string& value);

  std::string m_bytes;
  std::size_t m_block = 0; // where the block that is written begins
  std::uint32_t m_interfaces = 0;
};

} // namespace sockwalk
