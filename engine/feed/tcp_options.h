// The options of a TCP header (RFC 9293 3.2), as far as they were captured and are whole.
#pragma once
#include "engine/feed/headers.h"
#include <algorithm>
#include <utility>
#include <vector>

namespace sockwalk {

struct TcpOptions {
  std::optional<std::uint16_t> mss;
  std::optional<std::uint8_t> windowScale;
  bool sackPermitted = false;
  std::optional<std::pair<std::uint32_t, std::uint32_t>> stamps; // TSval, TSecr
  std::vector<std::pair<std::uint32_t, std::uint32_t>> sacks;
  // By how many bits windows are shifted: RFC 7323 2.3 takes a greater number than 14 for 14.
  std::uint8_t windowShift() const { return std::min<std::uint8_t>(windowScale.value_or(0), 14); }
  std::vector<std::uint8_t> order; // the kinds, as they stand there, padding left out
};
TcpOptions tcpOptionsOf(ByteView frame, const TcpHeader& header);

} // namespace sockwalk
