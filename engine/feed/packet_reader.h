// The two formats of packet files, read record by record: pcap (draft-ietf-opsawg-pcap) and pcapng
// (draft-ietf-opsawg-pcapng), of either byte order. What a file says besides its packets is kept: interfaces with their
// options, comments, names of addresses, counts of what the capture lost.
#pragma once
#include "engine/feed/byte_source.h"
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace sockwalk {

enum class FrameDirection : std::uint8_t { Unknown, In, Out }; ///< seen from the host that captured

struct FileOption { ///< of pcapng, as it stands in the file
  std::uint16_t code;
  std::string value;
};

struct CaptureInterface {
  std::uint32_t linkType = 0; ///< LINKTYPE_, as in the file
  std::uint32_t snapLength = 0;
  std::string name, description; ///< "" where the file does not say
  std::vector<FileOption> options;
  std::uint64_t ticksPerSecond = 1'000'000;
  std::int64_t offsetSeconds = 0;
  std::uint32_t checkLength = 0;                        ///< bytes of the frame check sequence behind each frame
  std::optional<std::uint64_t> received, dropped, lost; ///< interface statistics: by the interface, and by the system
};

struct PacketRecord {
  std::uint32_t interface = 0;
  std::int64_t epochNs = 0;
  std::uint32_t originalLength = 0;
  ByteView bytes; ///< until the next one is read
  FrameDirection direction = FrameDirection::Unknown;
  std::string comment; ///< several stand in lines
};

class PacketReader {
public:
  static constexpr std::uint32_t LargestRecord = 16u << 20; ///< more is damage

  virtual ~PacketReader() = default;
  /// False: there are no more. Then problem() is empty if the file ended well, and cut() if it ended in a record.
  virtual bool next(PacketRecord& packet) = 0;
  const std::string& problem() const { return m_problem; }
  bool cut() const { return m_cut; }

  const std::vector<CaptureInterface>& interfaces() const { return m_interfaces; }
  const std::vector<std::string>& comments() const { return m_comments; }       ///< of the file as a whole
  const std::map<std::uint32_t, std::string>& names() const { return m_names; } ///< of IPv4 addresses
  std::uint64_t position() const { return m_source.position(); }

protected:
  explicit PacketReader(ByteSource source) : m_source(std::move(source)) {}
  /// All of `size` bytes at the end of m_record, or false and a problem. Nothing at all is no problem, if `mayEnd`.
  bool readMore(std::size_t size, bool mayEnd = false);
  bool damaged(std::string why) { return m_problem = std::move(why), false; }

  ByteSource m_source;
  std::vector<std::uint8_t> m_record;
  std::vector<CaptureInterface> m_interfaces;
  std::vector<std::string> m_comments;
  std::map<std::uint32_t, std::string> m_names;
  std::string m_problem;
  bool m_cut = false;
};

/// Looks at the first bytes to see which format it is. The error does not name the file.
Result<std::unique_ptr<PacketReader>> readPackets(ByteSource source);
/// Is that how a packet file begins, packed or not?
bool beginsPacketFile(ByteView head);

/// Numbers of a file of either byte order.
struct OrderedBytes {
  ByteView bytes;
  bool bigEndian;
  std::uint16_t u16(std::size_t at) const {
    const unsigned a = bytes[at], b = bytes[at + 1];
    return static_cast<std::uint16_t>(bigEndian ? a << 8 | b : b << 8 | a);
  }
  std::uint32_t u32(std::size_t at) const {
    const std::uint32_t a = u16(at), b = u16(at + 2);
    return bigEndian ? a << 16 | b : b << 16 | a;
  }
};

/// Ticks since 1970 as nanoseconds; what is centuries away is brought near.
std::int64_t nanoseconds(std::uint64_t ticks, std::uint64_t ticksPerSecond, std::int64_t offsetSeconds);

std::unique_ptr<PacketReader> pcapReader(ByteSource source, ByteView magic);
std::unique_ptr<PacketReader> pcapngReader(ByteSource source, ByteView magic);
bool isPcapMagic(ByteView magic);

} // namespace sockwalk
