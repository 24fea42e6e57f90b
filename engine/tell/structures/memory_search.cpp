#include "engine/tell/structures/memory_search.h"
#include <cctype>

namespace sockwalk::tell {

static u32 digitOf(char c) { return static_cast<u32>(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10); }

std::vector<u8> bytesIn(std::string_view wish) {
  if (wish.size() >= 3 && wish.front() == '"' && wish.back() == '"') return {wish.begin() + 1, wish.end() - 1};
  std::vector<u8> out;
  // Pairs of digits with a blank or a colon between.
  for (size_t i = 0; i + 1 < wish.size(); i += 3) {
    const bool pair =
        std::isxdigit(static_cast<unsigned char>(wish[i])) && std::isxdigit(static_cast<unsigned char>(wish[i + 1]));
    const bool parted = i + 2 == wish.size() || (i + 3 < wish.size() && (wish[i + 2] == ' ' || wish[i + 2] == ':'));
    if (!pair || !parted) return {};
    out.push_back(static_cast<u8>(digitOf(wish[i]) << 4 | digitOf(wish[i + 1])));
  }
  const bool whole = wish.size() % 3 == 2;
  return whole && out.size() > 1 ? out : std::vector<u8>(); // two digits alone are a number
}

std::vector<BytePattern> inPackets(std::optional<s64> number, std::optional<s64> address) {
  const auto bigEndian = [](u64 value, int size) {
    std::vector<u8> out;
    for (int i = size; i-- > 0;) out.push_back(static_cast<u8>(value >> (8 * i)));
    return out;
  };
  if (address) return {{bigEndian(static_cast<u64>(*address), 4), say("in network byte order")}};
  constexpr s64 TooCommon = 0xff, TwoBytes = 0xffff, FourBytes = 0xffff'ffff;
  if (!number || *number <= TooCommon || *number > FourBytes) return {};
  return {{bigEndian(static_cast<u64>(*number), *number > TwoBytes ? 4 : 2), say("in network byte order")}};
}

} // namespace sockwalk::tell
