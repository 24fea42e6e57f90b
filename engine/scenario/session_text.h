// The small encodings of session files.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sockwalk::scenario {

std::string toBase64(std::string_view bytes);
std::optional<std::string> fromBase64(std::string_view text); ///< strict: padded, nothing else in it

std::optional<std::vector<std::uint8_t>> fromHex(std::string_view text);

/// Bytes below 0x20, 0x7f, '%' and blanks at the edges become %XX; with `word`, every blank does.
std::string escaped(std::string_view text, bool word);
std::optional<std::string> unescaped(std::string_view text);

/// The CRC of Ethernet and zip: polynomial 0xedb88320 reflected, start and end inverted.
std::uint32_t crc32(std::string_view bytes);

} // namespace sockwalk::scenario
