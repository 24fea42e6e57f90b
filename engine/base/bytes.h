#pragma once
// Reading network byte order, and showing bytes. The load functions trust their caller to have checked the
// length (holds() does it without overflow).
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace sockwalk {

using ByteView = std::span<const std::uint8_t>;

/// Do `length` bytes from `offset` on lie inside?
constexpr bool holds(ByteView bytes, std::size_t offset, std::size_t length) {
  return offset <= bytes.size() && length <= bytes.size() - offset;
}

constexpr std::uint16_t loadBe16(ByteView bytes, std::size_t offset) {
  return static_cast<std::uint16_t>(bytes[offset] << 8 | bytes[offset + 1]);
}

constexpr std::uint32_t loadBe32(ByteView bytes, std::size_t offset) {
  return std::uint32_t{loadBe16(bytes, offset)} << 16 | loadBe16(bytes, offset + 2);
}

/// Lower-case hex digits, two a byte; `separator` stands between bytes unless it is 0.
inline std::string toHex(ByteView bytes, char separator = 0) {
  constexpr char digits[] = "0123456789abcdef";
  std::string text;
  text.reserve(bytes.size() * 3);
  for (std::uint8_t byte : bytes) {
    if (separator && !text.empty()) text += separator;
    text += digits[byte >> 4];
    text += digits[byte & 15];
  }
  return text;
}

} // namespace sockwalk
