// Behind constants.h: the tables of names and values.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace sockwalk::scenario {

struct Constant {
  std::string_view name;
  std::int64_t value;
};

std::span<const std::span<const Constant>> constantTables(); ///< all but the error numbers
std::span<const Constant> errnoTable();

} // namespace sockwalk::scenario
