#include "engine/base/digits.h"
#include <charconv>
#include <cstdio>

namespace sockwalk {

std::string hexText(u64 value, int digits) {
  char text[24];
  std::snprintf(text, sizeof text, "0x%0*llx", digits, static_cast<unsigned long long>(value));
  return text;
}

std::string ipv4Text(u32 address) {
  char text[16], *end = text;
  for (int shift = 24; shift >= 0; shift -= 8) {
    end = std::to_chars(end, text + sizeof text, address >> shift & 255).ptr;
    if (shift) *end++ = '.';
  }
  return {text, end};
}

} // namespace sockwalk
