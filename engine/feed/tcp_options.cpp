#include "engine/feed/tcp_options.h"
#include <algorithm>

namespace sockwalk {

namespace {

enum OptionKind : std::uint8_t { End = 0, Nop = 1, Mss = 2, WindowScale = 3, SackPermitted = 4, Sack = 5, Stamps = 8 };

void takeOption(ByteView body, std::uint8_t kind, TcpOptions& options) {
  options.order.push_back(kind);
  if (kind == Mss && body.size() == 2) options.mss = loadBe16(body, 0);
  if (kind == WindowScale && body.size() == 1) options.windowScale = body[0];
  if (kind == SackPermitted) options.sackPermitted = true;
  if (kind == Stamps && body.size() == 8) options.stamps = {loadBe32(body, 0), loadBe32(body, 4)};
  if (kind == Sack)
    for (std::size_t i = 0; i + 8 <= body.size(); i += 8)
      options.sacks.emplace_back(loadBe32(body, i), loadBe32(body, i + 4));
}

} // namespace

TcpOptions tcpOptionsOf(ByteView frame, const TcpHeader& header) {
  TcpOptions options;
  std::size_t at = header.offset + 20;
  const std::size_t end = std::min(frame.size(), header.offset + header.length);
  while (at < end && frame[at] != End) {
    const std::uint8_t kind = frame[at];
    if (kind == Nop) {
      ++at;
      continue;
    }
    const std::size_t length = at + 1 < end ? frame[at + 1] : 0;
    if (length < 2 || at + length > end) break;
    takeOption(frame.subspan(at + 2, length - 2), kind, options);
    at += length;
  }
  return options;
}

} // namespace sockwalk
