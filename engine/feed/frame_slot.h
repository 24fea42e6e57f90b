// What is kept of each frame of a capture file beside its bytes, and the two looks at the file as a whole that a frame
// alone does not answer: which MAC addresses stand for which host, and what offload left in it.
#pragma once
#include "engine/feed/packet_reader.h"
#include <span>

namespace sockwalk {

struct FrameFacts {
  bool madeLink = false; ///< its Ethernet header is ours, or the addresses in it are
  bool loopback = false; ///< it never left its host: both ends are there
  bool partialChecksum =
      false; ///< its TCP or UDP checksum holds the pseudo-header's sum only: the card was to do the rest
  bool lengthRepaired = false; ///< its IP length was 0, as in a buffer that the card was to cut; it is as captured now
  bool jumbo = false;          ///< larger than 1500 bytes of IP, and was so on the wire
  /// The frame is a buffer of several segments: joined by the receiver's GRO, or not yet cut by the sender's card. So many
  /// bytes of payload had each segment on the wire; 0: it is one frame.
  std::uint16_t segmentSize = 0;
};

struct FrameSlot {
  std::int64_t epochNs = 0;
  std::size_t offset = 0; // of its bytes among those of all frames
  std::uint32_t originalLength = 0;
  std::uint32_t length = 0;
  std::uint32_t interface = 0;
  FrameDirection direction = FrameDirection::Unknown;
  bool senderKnown = false; // of a made header: the link told the sender's address
  FrameFacts facts;

  std::span<std::uint8_t> in(std::span<std::uint8_t> all) const { return all.subspan(offset, length); }
};

struct OffloadCounts {
  std::size_t buffers = 0;          ///< frames of several segments
  std::size_t partialChecksums = 0; ///< frames
  std::size_t jumbo = 0;
};

/// Where headers were made: each IPv4 address gets the MAC that its host was seen to have, if it was. Where frames bear the
/// same MAC on both sides (anonymised captures do): each IPv4 address gets one of its own. Gives how many of the latter.
std::size_t settleAddresses(std::vector<FrameSlot>& slots, std::span<std::uint8_t> bytes);
/// Finds the buffers of several segments, the jumbo frames and the checksums that were left to a card; IP lengths of 0
/// are repaired.
OffloadCounts findOffload(std::vector<FrameSlot>& slots, std::span<std::uint8_t> bytes);

} // namespace sockwalk
