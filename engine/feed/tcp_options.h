// The options of a TCP header (RFC 9293 3.2), as far as they were captured and are whole.
#pragma once
#include "engine/feed/headers.h"
#include <utility>
#include <vector>

namespace sockwalk {

struct TcpOptions {
  std::optional<std::uint16_t> mss;
  std::optional<std::uint8_t> windowScale;
  bool sackPermitted = false;
  std::optional<std::pair<std::uint32_t, std::uint32_t>> stamps; // TSval, TSecr
  std::vector<std::pair<std::uint32_t, std::uint32_t>> sacks;
  std::vector<std::uint8_t> order; // the kinds, as they stand there, padding left out
};
TcpOptions tcpOptionsOf(ByteView frame, const TcpHeader& header);

} // namespace sockwalk
