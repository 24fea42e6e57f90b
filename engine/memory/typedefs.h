// The typedefs that the layout tables of 6.1 name.
#pragma once
#include "engine/base/types.h"
#include <span>
#include <string_view>

namespace sockwalk {

struct TypedefInfo {
  std::string_view name;
  u32 size;              // bytes; 0 of a function or of nothing
  std::string_view type; // what it stands for, as C writes it; "struct {...}": a structure without a name
};
std::span<const TypedefInfo> typedefs(); // by name

} // namespace sockwalk
