#pragma once
// Packet files of every variant, made by hand.
#include "tests/engine/feed/frames.h"

namespace sockwalk::testing {

/// Numbers in the byte order of a file.
struct Order {
  bool big = false;
  Bytes u16(unsigned v) const {
    return big ? be16(v) : Bytes{static_cast<std::uint8_t>(v), static_cast<std::uint8_t>(v >> 8)};
  }
  Bytes u32(unsigned v) const { return big ? be32(v) : le32(v); }
};

inline Bytes padded(Bytes bytes) {
  bytes.resize((bytes.size() + 3) / 4 * 4);
  return bytes;
}
inline Bytes text(const std::string& s) { return {s.begin(), s.end()}; }

// ---- pcap
inline Bytes pcapHeaderOf(Order o, unsigned magic, unsigned link, unsigned minor = 4) {
  return o.u32(magic) + o.u16(2) + o.u16(minor) + o.u32(0) + o.u32(0) + o.u32(65535) + o.u32(link);
}
inline Bytes pcapRecord(Order o, unsigned seconds, unsigned fraction, const Bytes& frame, const Bytes& more = {}) {
  const auto size = static_cast<unsigned>(frame.size());
  return o.u32(seconds) + o.u32(fraction) + o.u32(size) + o.u32(size) + more + frame;
}

// ---- pcapng
inline Bytes block(Order o, unsigned type, const Bytes& body) {
  const Bytes whole = padded(body);
  const auto length = static_cast<unsigned>(whole.size() + 12);
  return o.u32(type) + o.u32(length) + whole + o.u32(length);
}
inline Bytes option(Order o, unsigned code, const Bytes& value) {
  return o.u16(code) + o.u16(static_cast<unsigned>(value.size())) + padded(value);
}
inline Bytes sectionHeader(Order o, const Bytes& options = {}) {
  return block(o, 0x0a0d0d0a, o.u32(0x1a2b3c4d) + o.u16(1) + o.u16(0) + o.u32(~0u) + o.u32(~0u) + options);
}
inline Bytes interfaceBlock(Order o, unsigned link, const Bytes& options = {}, unsigned snapLength = 0) {
  return block(o, 1, o.u16(link) + o.u16(0) + o.u32(snapLength) + options);
}
inline Bytes enhancedPacket(Order o, unsigned interface, std::uint64_t ticks, const Bytes& frame,
                            const Bytes& options = {}) {
  const auto size = static_cast<unsigned>(frame.size());
  return block(o, 6,
               o.u32(interface) + o.u32(static_cast<unsigned>(ticks >> 32)) + o.u32(static_cast<unsigned>(ticks)) +
                   o.u32(size) + o.u32(size) + padded(frame) + options);
}

} // namespace sockwalk::testing
