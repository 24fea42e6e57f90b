// Which Linux a machine runs: 6.1, or the one of 2.6 that engine/kernel26 has.
#pragma once
#include "engine/base/types.h"
#include <optional>
#include <string_view>

namespace sockwalk {

enum class Era : u8 { Linux61, Linux26 };
constexpr std::string_view EraNames[] = {"6.1", "2.6"}; // as //@era has them
constexpr std::string_view nameOf(Era era) { return EraNames[static_cast<u8>(era)]; }
constexpr std::optional<Era> eraNamed(std::string_view name) {
  for (std::size_t i = 0; i < std::size(EraNames); ++i)
    if (EraNames[i] == name) return static_cast<Era>(i);
  return std::nullopt;
}

// Structures of 2.6 have a prefix in the tables of layouts, so that "2.6/sock" and "sock" are two; whoever shows one
// leaves it out.
constexpr std::string_view Prefix26 = "2.6/";
constexpr Era eraOfStructure(std::string_view name) { return name.starts_with(Prefix26) ? Era::Linux26 : Era::Linux61; }
constexpr std::string_view plainName(std::string_view structure) {
  return structure.starts_with(Prefix26) ? structure.substr(Prefix26.size()) : structure;
}

// Of a function, by the file that it stands in.
constexpr Era eraOfFile(std::string_view path) {
  return path.find("engine/kernel26/") != path.npos ? Era::Linux26 : Era::Linux61;
}

} // namespace sockwalk
