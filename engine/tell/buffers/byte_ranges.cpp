#include "engine/tell/buffers/byte_ranges.h"
#include <algorithm>

namespace sockwalk::tell {

void ByteRanges::add(u32 from, u32 to) {
  if (from >= to) return;
  auto first = std::ranges::lower_bound(m_all, from, {}, &ByteRange::to); // the first that ends at `from` or behind it
  auto last = first;
  for (; last != m_all.end() && last->from <= to; ++last) {
    from = std::min(from, last->from);
    to = std::max(to, last->to);
  }
  m_all.insert(m_all.erase(first, last), {from, to});
}

void ByteRanges::remove(u32 from, u32 to) {
  std::vector<ByteRange> left;
  for (const ByteRange& r : m_all) {
    if (r.from < std::min(r.to, from)) left.push_back({r.from, std::min(r.to, from)});
    if (std::max(r.from, to) < r.to) left.push_back({std::max(r.from, to), r.to});
  }
  if (from < to) m_all = std::move(left);
}

void ByteRanges::keepOnly(const ByteRanges& others) {
  ByteRanges kept;
  for (const ByteRange& r : m_all)
    for (const ByteRange& o : others.m_all) kept.add(std::max(r.from, o.from), std::min(r.to, o.to));
  *this = std::move(kept);
}

ByteRanges ByteRanges::shifted(s64 by) const {
  ByteRanges out;
  for (const ByteRange& r : m_all)
    out.add(static_cast<u32>(std::max<s64>(0, r.from + by)), static_cast<u32>(std::max<s64>(0, r.to + by)));
  return out;
}

bool ByteRanges::contains(u32 offset) const { return count(offset, offset + 1) == 1; }
bool ByteRanges::containsAll(u32 from, u32 to) const { return from >= to || count(from, to) == to - from; }

u32 ByteRanges::count(u32 from, u32 to) const {
  u32 n = 0;
  for (auto r = std::ranges::upper_bound(m_all, from, {}, &ByteRange::to); r != m_all.end() && r->from < to; ++r)
    n += std::min(r->to, to) - std::max(r->from, from);
  return n;
}

} // namespace sockwalk::tell
