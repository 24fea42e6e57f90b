#pragma once
// Frames and capture files written by hand, for tests.
#include "engine/base/bytes.h"
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>
#include <unistd.h>
#include <vector>

namespace sockwalk::testing {

using Bytes = std::vector<std::uint8_t>;

inline Bytes operator+(Bytes left, const Bytes& right) {
  left.insert(left.end(), right.begin(), right.end());
  return left;
}

inline Bytes fromHex(const std::string& text) {
  Bytes bytes;
  std::string digits;
  for (char c : text)
    if (c != ' ') digits += c;
  for (std::size_t i = 0; i + 1 < digits.size(); i += 2)
    bytes.push_back(static_cast<std::uint8_t>(std::stoi(digits.substr(i, 2), nullptr, 16)));
  return bytes;
}

inline Bytes be16(unsigned value) { return {static_cast<std::uint8_t>(value >> 8), static_cast<std::uint8_t>(value)}; }
inline Bytes be32(unsigned value) { return be16(value >> 16) + be16(value & 0xffff); }
inline Bytes le32(unsigned v) {
  return {static_cast<std::uint8_t>(v), static_cast<std::uint8_t>(v >> 8), static_cast<std::uint8_t>(v >> 16),
          static_cast<std::uint8_t>(v >> 24)};
}

inline Bytes mac(std::uint8_t last) { return {2, 0, 0, 0, 0, last}; }
inline Bytes ethernet(std::uint8_t to, std::uint8_t from, unsigned type) { return mac(to) + mac(from) + be16(type); }

/// IPv4 header from 10.0.0.`from` to 10.0.0.`to`; the checksum is left 0.
inline Bytes ipv4(std::uint8_t from, std::uint8_t to, unsigned protocol, const Bytes& payload, unsigned fragment = 0,
                  const Bytes& options = {}) {
  const std::size_t header = 20 + options.size();
  return Bytes{static_cast<std::uint8_t>(0x40 | header / 4), 0} + be16(static_cast<unsigned>(header + payload.size())) +
         be16(0x1234) + be16(fragment) + Bytes{64, static_cast<std::uint8_t>(protocol), 0, 0} + Bytes{10, 0, 0, from} +
         Bytes{10, 0, 0, to} + options + payload;
}

inline Bytes udp(unsigned from, unsigned to, const Bytes& payload) {
  return be16(from) + be16(to) + be16(static_cast<unsigned>(8 + payload.size())) + be16(0) + payload;
}

inline Bytes tcp(unsigned from, unsigned to, unsigned sequence, unsigned ack, std::uint8_t flags,
                 const Bytes& payload = {}) {
  return be16(from) + be16(to) + be32(sequence) + be32(ack) + Bytes{0x50, flags} + be16(64240) + be16(0) + be16(0) +
         payload;
}

/// The pcap file format (little-endian, microseconds): a 24 byte header, then 16 bytes before each frame.
inline Bytes pcapHeader(unsigned linkType = 1) {
  return le32(0xa1b2c3d4) + Bytes{2, 0, 4, 0} + le32(0) + le32(0) + le32(65535) + le32(linkType);
}
inline Bytes pcapFrame(unsigned seconds, unsigned microseconds, const Bytes& frame, unsigned original = 0) {
  const auto length = static_cast<unsigned>(frame.size());
  return le32(seconds) + le32(microseconds) + le32(length) + le32(original ? original : length) + frame;
}

inline Bytes readFile(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// A file of the given bytes that goes with the test.
class TemporaryFile {
public:
  explicit TemporaryFile(const Bytes& bytes) {
    char name[] = "/tmp/sockwalk-feed-XXXXXX";
    int fd = mkstemp(name);
    m_path = name;
    std::FILE* out = fdopen(fd, "wb");
    if (!bytes.empty()) std::fwrite(bytes.data(), 1, bytes.size(), out);
    std::fclose(out);
  }
  ~TemporaryFile() { std::filesystem::remove(m_path); }
  TemporaryFile(const TemporaryFile&) = delete;
  const std::string& path() const { return m_path; }

private:
  std::string m_path;
};

inline std::string asset(const std::string& name) { return std::string(SOCKWALK_CAPTURES) + "/" + name; }

} // namespace sockwalk::testing
