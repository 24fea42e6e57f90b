// Bytes wherever they lie in memory at a moment: in packets' data, in arrays, across members. What is sought is a row of
// bytes ("47 45 54 20"), a text ("\"GET /\""), or a number or IPv4 address as it stands in a packet.
#pragma once
#include "engine/tell/structures/member_search.h"

namespace sockwalk::tell {

struct BytePattern {
  std::vector<u8> bytes;
  Text how; // "in network byte order"; empty: as they were asked for
};
// As bytes or a text are written; nothing: it is neither.
std::vector<u8> bytesIn(std::string_view wish);
// A number, or an address in network byte order, as packets have it: nothing for a number that is too common.
std::vector<BytePattern> inPackets(std::optional<s64> number, std::optional<s64> address);

// In all objects, or only in those that have no members (packets' data), at most so many.
std::vector<FoundMember> findBytes(const Playhead& at, const std::vector<BytePattern>& patterns, bool onlyPlain,
                                   size_t limit);

} // namespace sockwalk::tell
