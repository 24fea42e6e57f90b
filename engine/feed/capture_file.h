#pragma once
// A packet file (pcap or pcapng, as tcpdump and Wireshark write them), read whole into memory.
//
// Only Ethernet captures are taken, since the frames are to climb through eth0. A file that ends in the
// middle of a frame, or turns to nonsense there, still gives the frames before it, and a warning that says
// where.
#include "engine/base/bytes.h"
#include "engine/base/result.h"
#include <cstdint>
#include <cstdio>
#include <string>
#include <vector>

namespace sockwalk {

/// One frame as it was on the wire, beginning with the destination MAC and without the frame check sequence.
struct CapturedFrame {
  std::int64_t timeNs;          ///< since the first frame of the file; negative where a file is out of order
  std::int64_t epochNs;         ///< since 1970-01-01 UTC
  std::uint32_t originalLength; ///< bytes on the wire; more than bytes.size() if the capture cut it ("snapped")
  ByteView bytes;               ///< lives as long as its CaptureFile

  bool snapped() const { return bytes.size() < originalLength; }
};

class CaptureFile {
public:
  static constexpr std::size_t MaxBytes = std::size_t{1} << 30;
  /// Error messages begin with the path. Nothing is read past `maxBytes` of frames (a warning says so).
  static Result<CaptureFile> open(const std::string& path, std::size_t maxBytes = MaxBytes);
  /// The same for a file whose contents are here already; `name` is what messages call it.
  static Result<CaptureFile> read(const std::string& name, const std::string& contents,
                                  std::size_t maxBytes = MaxBytes);

  CaptureFile(CaptureFile&&) = default;
  CaptureFile& operator=(CaptureFile&&) = default;
  CaptureFile(const CaptureFile&) = delete; // frames point into it
  CaptureFile& operator=(const CaptureFile&) = delete;

  const std::string& path() const { return m_path; }
  std::size_t size() const { return m_slots.size(); }
  CapturedFrame frame(std::size_t index) const;
  std::vector<CapturedFrame> frames() const;

  std::size_t snappedCount() const { return m_snapped; }
  std::size_t outOfOrderCount() const { return m_outOfOrder; } ///< frames older than the one before them
  /// What a person should know about a file that was opened nevertheless: truncated, snapped, out of order.
  const std::vector<std::string>& warnings() const { return m_warnings; }

private:
  struct Slot {
    std::int64_t epochNs;
    std::uint32_t originalLength;
    std::uint32_t length;
    std::size_t offset; // into m_bytes
  };
  CaptureFile() = default;
  static Result<CaptureFile> readFrom(std::FILE* stream, const std::string& name, std::size_t maxBytes);
  void append(std::int64_t epochNs, std::uint32_t originalLength, ByteView bytes);
  void warnAboutFrames();

  std::string m_path;
  std::vector<std::uint8_t> m_bytes; // all frames, one behind the other
  std::vector<Slot> m_slots;
  std::size_t m_snapped = 0;
  std::size_t m_outOfOrder = 0;
  std::vector<std::string> m_warnings;
};

} // namespace sockwalk
