// Numbers of the pcapng format, for its reader and its writer. Source: draft-ietf-opsawg-pcapng.
#pragma once
#include <cstdint>

namespace sockwalk::pcapng {

constexpr std::uint32_t ByteOrderMagic = 0x1a2b3c4d;

enum Block : std::uint32_t {
  SectionHeader = 0x0a0d0d0a,
  InterfaceDescription = 1,
  Packet = 2, // obsolete, but there
  SimplePacket = 3,
  NameResolution = 4,
  InterfaceStatistics = 5,
  EnhancedPacket = 6,
};

// Codes mean different things in different blocks; these two the same in all.
constexpr std::uint16_t EndOfOptions = 0, Comment = 1;
namespace interface {
constexpr std::uint16_t Name = 2, Description = 3, TimeResolution = 9, CheckLength = 13, TimeOffset = 14;
}
namespace statistics {
constexpr std::uint16_t Received = 4, Dropped = 5, LostBySystem = 7;
}
constexpr std::uint16_t PacketFlags = 2; // of a packet block; its two lowest bits: 1 in, 2 out

} // namespace sockwalk::pcapng
