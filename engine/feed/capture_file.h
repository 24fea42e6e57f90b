#pragma once
// A packet file (pcap or pcapng, as tcpdump and Wireshark write them, packed or not), read whole into memory.
//
// Each frame is here as the simulated card receives it: an Ethernet frame. Where the link of the capture has no such
// header, one is made (link_types.h); a frame that cannot be played is here, too, without bytes, so that frames keep the
// file's own numbers. A file that ends in the middle of a frame, or turns to nonsense there, still gives the frames before
// it, and a warning that says where.
#include "engine/base/bytes.h"
#include "engine/base/result.h"
#include "engine/feed/frame_filter.h"
#include "engine/feed/frame_slot.h"
#include "engine/feed/packet_reader.h"
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace sockwalk {

/// One frame, beginning with the destination MAC and without the frame check sequence.
struct CapturedFrame {
  std::int64_t timeNs;          ///< since the first frame of the file; negative where a file is out of order
  std::int64_t epochNs;         ///< since 1970-01-01 UTC
  std::uint32_t originalLength; ///< bytes on the wire; more than bytes.size() if the capture cut it ("snapped")
  ByteView bytes;               ///< lives as long as its CaptureFile; empty: it cannot be played
  std::uint64_t number;         ///< in the file, from 1
  std::uint32_t interface;      ///< index in the file's interfaces()
  std::uint32_t linkType;       ///< LINKTYPE_ of that interface
  FrameDirection direction;     ///< seen from the host that captured
  FrameFacts facts;
  std::string_view comment; ///< of a pcapng file; "": none

  bool snapped() const { return bytes.size() < originalLength; }
};

class CaptureFile {
public:
  static constexpr std::size_t MaxBytes = std::size_t{1} << 30;
  /// Error messages begin with the path. Nothing is read past `maxBytes` of frames (a warning says so). Frames that do
  /// not fit `filter`, in libpcap's words, keep their numbers, but have no bytes.
  static Result<CaptureFile> open(const std::string& path, std::size_t maxBytes = MaxBytes,
                                  const std::string& filter = {});
  /// The same for a file whose contents are here already; `name` is what messages call it.
  static Result<CaptureFile> read(const std::string& name, const std::string& contents, std::size_t maxBytes = MaxBytes,
                                  const std::string& filter = {});

  CaptureFile(CaptureFile&&) = default;
  CaptureFile& operator=(CaptureFile&&) = default;
  CaptureFile(const CaptureFile&) = delete; // frames point into it
  CaptureFile& operator=(const CaptureFile&) = delete;

  const std::string& path() const { return m_path; }
  std::size_t size() const { return m_slots.size(); }
  CapturedFrame frame(std::size_t index) const;
  std::vector<CapturedFrame> frames() const;

  const std::vector<CaptureInterface>& interfaces() const { return m_interfaces; }
  const std::vector<std::string>& comments() const { return m_comments; } ///< of the file as a whole
  /// All of them, a line each, as they can be shown: no control characters, and not without end.
  std::string comment() const;
  const std::map<std::uint32_t, std::string>& names() const { return m_names; } ///< of IPv4 addresses
  const OffloadCounts& offload() const { return m_offload; }
  std::size_t snappedCount() const { return m_snapped; }
  std::size_t outOfOrderCount() const { return m_outOfOrder; } ///< frames older than the one before them
  /// What a person should know about a file that was opened nevertheless: truncated, snapped, out of order.
  const std::vector<std::string>& warnings() const { return m_warnings; }

private:
  CaptureFile() = default;
  static Result<CaptureFile> readFrom(Result<ByteSource> source, const std::string& name, std::size_t maxBytes,
                                      const std::string& filter);
  bool append(const PacketRecord& packet, const CaptureInterface& from, std::size_t maxBytes);
  bool keep(FrameSlot& slot, const std::vector<std::uint8_t>& frame, std::size_t maxBytes);
  Result<void> checkFilter(const std::string& filter);
  Result<void> ended(const PacketReader& reader);
  Result<void> checkPlayable();
  void warnAboutFrames();
  void warn(const std::string& text) { m_warnings.push_back(m_path + ": " + text); }
  std::string ofFrames(std::size_t count) const; ///< "3 of 10 frames "

  std::string m_path;
  std::vector<std::uint8_t> m_bytes; // all frames, one behind the other
  std::vector<FrameSlot> m_slots;
  std::vector<CaptureInterface> m_interfaces;
  std::map<std::size_t, std::string> m_frameComments; // by index of the frame
  std::size_t m_commentBytes = 0;
  std::vector<std::string> m_comments;
  std::map<std::uint32_t, std::string> m_names;
  std::map<std::uint32_t, std::size_t> m_unplayed; // frames, by link type
  OffloadCounts m_offload;
  std::optional<FrameFilter> m_filter;
  std::size_t m_filtered = 0;                                // frames that do not fit it
  std::size_t m_snapped = 0, m_outOfOrder = 0, m_retold = 0; // retold: their MACs told nobody apart
  std::vector<std::string> m_warnings;
};

} // namespace sockwalk
