// A set of bytes, as stretches in order that do not touch.
#pragma once
#include "engine/base/types.h"
#include <vector>

namespace sockwalk::tell {

struct ByteRange {
  u32 from, to; // [from, to)
  bool operator==(const ByteRange&) const = default;
};

class ByteRanges {
public:
  void add(u32 from, u32 to);
  void remove(u32 from, u32 to);
  void keepOnly(const ByteRanges& others);
  ByteRanges shifted(s64 by) const; // what would fall below 0 is left out
  bool contains(u32 offset) const;
  bool containsAll(u32 from, u32 to) const; // true for no byte at all
  u32 count(u32 from, u32 to) const;        // how many of these are in it
  u32 end() const { return m_all.empty() ? 0 : m_all.back().to; }
  const std::vector<ByteRange>& all() const { return m_all; }
  bool operator==(const ByteRanges&) const = default;

private:
  std::vector<ByteRange> m_all;
};

} // namespace sockwalk::tell
