// TCP options between the language and the bytes of a header. Source: RFC 9293, 7323, 2018, 7413, 2385.
#pragma once
#include "engine/base/bytes.h"
#include "engine/scenario/script.h"
#include <string>
#include <vector>

namespace sockwalk::scenario {

void appendOption(std::vector<std::uint8_t>& to, const TcpOption& option);
// The options of a header, from behind its first 20 bytes. `unknown`: "option 99", if there is one that has no name.
std::vector<TcpOption> readOptions(ByteView bytes, std::string& unknown);

} // namespace sockwalk::scenario
