// The layout tables as data: what the views and `sockwalk layout` know about a structure.
#pragma once
#include "engine/base/era.h"
#include "engine/memory/constants.h"
#include <span>
#include <string>
#include <string_view>

namespace sockwalk {

enum class MemberKind : u8 { Uint, Int, Enum, Pointer, Function, Struct, Union, Aggregate, Bytes };

struct MemberInfo {
  std::string_view name; // "(anonymous)" for an unnamed union or struct, whose members follow, one deeper
  std::string_view type; // as the kernel writes it
  u32 offset, size;      // bytes; a bit-field's are those of its storage unit
  u8 bit, bits;          // bit-fields only: lowest bit in the unit, width; bits is 0 otherwise
  u8 depth;              // nesting in anonymous and inline aggregates
  bool array;
  MemberKind kind;         // of one element
  std::string_view target; // structure pointed to or contained, enum name; "" if neither
  u32 count, each;         // elements, bytes of one
};
struct LayoutInfo {
  std::string_view name, title; // title: the first line of its table
  u32 size;
  bool isUnion;
  std::span<const MemberInfo> members;
};
struct EnumInfo {
  std::string_view name;
  std::span<const EnumValue> values;
};

std::span<const LayoutInfo> layouts(); // those of 6.1 by name, then those of 2.6; a TypeId is an index in it
std::span<const EnumInfo> enums();
const LayoutInfo* layoutNamed(std::string_view name);           // "sock", "2.6/sock"
const LayoutInfo* layoutNamed(std::string_view plain, Era era); // "sock" of either kernel
const EnumInfo* enumNamed(std::string_view name);

using TypeId = u16;
constexpr TypeId TypeNone = 0xffff;   // an object whose type nobody said
constexpr TypeId TypeBuffer = 0xfffe; // plain bytes: packet data
inline const LayoutInfo* layoutOf(TypeId t) { return t < layouts().size() ? &layouts()[t] : nullptr; }

// The table in the very format of assets/layout: what `sockwalk layout` prints.
std::string layoutTable(const LayoutInfo& layout);

} // namespace sockwalk
