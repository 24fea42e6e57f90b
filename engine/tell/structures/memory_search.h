// Rows of bytes as they are sought in memory: as one writes them ("47 45 54 20", "\"GET /\""), or a number or IPv4 address
// as it stands in a packet.
#pragma once
#include "engine/base/types.h"
#include "engine/tell/text.h"
#include <optional>
#include <vector>

namespace sockwalk::tell {

struct BytePattern {
  std::vector<u8> bytes;
  Text how; // "in network byte order"; empty: as they were asked for
};
// As bytes or a text are written; nothing: it is neither.
std::vector<u8> bytesIn(std::string_view wish);
// A number, or an address whose highest byte is its first, as packets have it; nothing for a number that is too common.
std::vector<BytePattern> inPackets(std::optional<s64> number, std::optional<s64> address);

} // namespace sockwalk::tell
