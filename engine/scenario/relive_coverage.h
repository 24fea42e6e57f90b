// Which bytes of one direction of a TCP connection the frames of a capture show, counted from a sequence number.
#pragma once
#include "engine/base/types.h"
#include <algorithm>
#include <map>
#include <utility>
#include <vector>

namespace sockwalk::scenario {

class Coverage {
public:
  explicit Coverage(u32 start = 0) : m_start(start) {}

  // What lies before the start does not count.
  void add(u32 from, u32 to) {
    if (static_cast<s32>(from - m_start) < 0) from = m_start;
    if (static_cast<s32>(to - from) <= 0) return;
    u32 begin = from - m_start, end = to - m_start;
    auto at = m_pieces.upper_bound(begin);
    if (at != m_pieces.begin() && std::prev(at)->second >= begin) --at;
    while (at != m_pieces.end() && at->first <= end) {
      begin = std::min(begin, at->first);
      end = std::max(end, at->second);
      at = m_pieces.erase(at);
    }
    m_pieces.emplace(begin, end);
  }
  u32 end() const { return m_start + (m_pieces.empty() ? 0 : m_pieces.rbegin()->second); }
  bool has(u32 seq) const { return touches(seq, seq + 1); }
  bool touches(u32 from, u32 to) const { // any of these
    if (static_cast<s32>(to - m_start) <= 0) return false;
    const auto at = m_pieces.lower_bound(to - m_start);
    return at != m_pieces.begin() && static_cast<s32>(m_start + std::prev(at)->second - from) > 0;
  }
  // What is not shown, up to a number.
  std::vector<std::pair<u32, u32>> gaps(u32 limit) const {
    std::vector<std::pair<u32, u32>> all;
    const u32 last = static_cast<s32>(limit - m_start) < 0 ? 0 : limit - m_start;
    u32 at = 0;
    for (const auto& [from, to] : m_pieces) {
      if (at >= last) break;
      if (from > at) all.emplace_back(m_start + at, m_start + std::min(from, last));
      at = to;
    }
    if (at < last) all.emplace_back(m_start + at, limit);
    return all;
  }

private:
  u32 m_start;
  std::map<u32, u32> m_pieces; // apart from one another
};

} // namespace sockwalk::scenario
