#pragma once
// A frame as a tree of fields, each tied to its bytes, for a packet view that lights bytes and fields
// together.
#include "engine/feed/headers.h"
#include <string>
#include <vector>

namespace sockwalk {

enum class FrameLayer : std::uint8_t { Ethernet, Arp, Ipv4, Icmp, Udp, Tcp, Payload, Padding };

struct FrameField {
  std::string name;   ///< "Source", "Total length" ...; on the top level the name of the layer, "IPv4"
  std::string value;  ///< for a person: "10.0.0.1", "0x1c46 (correct)", "SYN,ACK"
  std::size_t offset; ///< first byte in the frame
  std::size_t length; ///< bytes; fields that share a byte (version and header length) overlap; never past the end
  FrameLayer layer;
  std::vector<FrameField> children;
};

/// One field per layer in frame order, with its fields as children. Checksums are verified where all the
/// bytes they cover are in this frame.
std::vector<FrameField> decodeFrame(ByteView frame);

/// RFC 1071: the complement of the one's complement sum, started from `sum`; 0 over data that contains its
/// own right checksum.
std::uint16_t internetChecksum(ByteView bytes, std::uint32_t sum = 0);
/// What the checksums of UDP and TCP are started from (RFC 768, RFC 9293 3.1); `length`: of header and payload.
std::uint32_t pseudoHeaderSum(Ipv4Address source, Ipv4Address destination, std::uint8_t protocol, std::size_t length);

} // namespace sockwalk
