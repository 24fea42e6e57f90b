// Values of expressions while a script is played; whatever is wrong with one is a PlayError.
#pragma once
#include "engine/base/types.h"
#include "engine/scenario/evaluate.h"
#include "engine/scenario/play_error.h"

namespace sockwalk::scenario {

s64 integerOf(const Expression& e, const Variables* variables = nullptr);
inline bool isEllipsis(const Expression& e) { return std::holds_alternative<Ellipsis>(e.value); }
bool isNull(const Expression& e, const Variables* variables = nullptr); // 0 or NULL where a pointer stands

// An IPv4 address and port, both in host byte order.
struct Endpoint {
  u32 address = 0;
  u16 port = 0;
  bool operator==(const Endpoint&) const = default;
};
std::string endpointText(const Endpoint& e); // "10.0.2.2:7777"

} // namespace sockwalk::scenario
