#include "engine/tell/structures/memory_search.h"
#include "engine/journal/queries.h"
#include "engine/tell/values.h"
#include <algorithm>
#include <cctype>

namespace sockwalk::tell {

namespace {

constexpr size_t MostInOne = 4; // places of one object: a buffer of zeros holds zeros everywhere

// "47 45 54 20 2f": what surrounds a find, its first bytes.
std::string hexOf(const u8* bytes, size_t count) {
  constexpr char Digits[] = "0123456789abcdef";
  std::string out;
  for (size_t i = 0; i < count; ++i) {
    if (i) out += ' ';
    out += Digits[bytes[i] >> 4];
    out += Digits[bytes[i] & 15];
  }
  return out;
}

FoundMember foundIn(const Playhead& at, const Allocation& a, u32 inside, const BytePattern& pattern) {
  constexpr size_t Shown = 16;
  const LayoutInfo* layout = layoutOf(a.type);
  FoundMember out;
  out.address = Arena::addressOf(a.offset + inside);
  const StructureSubject subject = layout ? subjectAt(at, out.address) : StructureSubject();
  out.object = subject ? subjectName(at, subject) : objectOf(a).name;
  out.type = layout ? std::string(layout->name) : std::string();
  out.member = layout ? memberPath(*layout, inside, 1) : std::string();
  const Text place = say("byte %1", inside);
  out.how = Text::list(", ", {place, pattern.how});
  const u32 rest = a.size - inside;
  out.value = hexOf(at.memory().at(a.offset + inside), std::min<size_t>({Shown, rest, pattern.bytes.size() + 8}));
  return out;
}

} // namespace

std::vector<u8> bytesIn(std::string_view wish) {
  if (wish.size() >= 3 && wish.front() == '"' && wish.back() == '"')
    return {wish.begin() + 1, wish.end() - 1};
  std::vector<u8> out;
  int digits = 0;
  u32 value = 0;
  for (const char c : wish) {
    if (c == ' ' || c == ':') {
      if (digits != 2) return {};
      out.push_back(static_cast<u8>(value));
      digits = 0, value = 0;
    } else if (!std::isxdigit(static_cast<unsigned char>(c)) || ++digits > 2) {
      return {};
    } else {
      value = value * 16 + static_cast<u32>(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
    }
  }
  if (digits != 2) return {};
  out.push_back(static_cast<u8>(value));
  return out.size() > 1 ? out : std::vector<u8>(); // two digits alone are a number
}

std::vector<BytePattern> inPackets(std::optional<s64> number, std::optional<s64> address) {
  const auto bigEndian = [](u64 value, int size) {
    std::vector<u8> out;
    for (int i = size; i-- > 0;) out.push_back(static_cast<u8>(value >> (8 * i)));
    return out;
  };
  // The tokens have an address as a number whose highest byte is its first.
  if (address) return {{bigEndian(static_cast<u64>(*address), 4), say("in network byte order")}};
  if (!number || *number < 256 || *number > 0xffff'ffff) return {};
  return {{bigEndian(static_cast<u64>(*number), *number > 0xffff ? 4 : 2), say("in network byte order")}};
}

std::vector<FoundMember> findBytes(const Playhead& at, const std::vector<BytePattern>& patterns, bool onlyPlain,
                                   size_t limit) {
  std::vector<FoundMember> out;
  for (const Allocation* a : liveAt(at.journal(), at.position())) {
    if (out.size() >= limit) break;
    if (onlyPlain && layoutOf(a->type)) continue;
    const u8 *begin = at.memory().at(a->offset), *end = begin + a->size;
    for (const BytePattern& pattern : patterns) {
      const u8* from = begin;
      for (size_t times = 0; times < MostInOne && out.size() < limit; ++times) {
        const u8* found = std::search(from, end, pattern.bytes.begin(), pattern.bytes.end());
        if (found == end) break;
        out.push_back(foundIn(at, *a, static_cast<u32>(found - begin), pattern));
        from = found + 1;
      }
    }
  }
  return out;
}

} // namespace sockwalk::tell
