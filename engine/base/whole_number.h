// Numbers as a person writes them, and nothing besides.
#pragma once
#include <charconv>
#include <concepts>
#include <optional>
#include <string_view>

namespace sockwalk {

// All of the text; nothing where it is empty, has anything else in it, or says more than the type holds.
template <std::integral Number> std::optional<Number> wholeNumber(std::string_view text, int base = 10) {
  Number value = 0;
  const char* const end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, value, base);
  return read.ec == std::errc() && read.ptr == end ? std::optional(value) : std::nullopt;
}

} // namespace sockwalk
