// The types of C that the kernel's structures are made of, as entries of DWARF: from the layout tables, so that a debugger
// sees each member where the engine has it. Of the Linux of 6.1.
#pragma once
#include "engine/debug/dwarf_tree.h"
#include "engine/memory/layout.h"
#include "engine/memory/typedefs.h"
#include <map>
#include <set>
#include <span>

namespace sockwalk::debug {

class CTypes {
public:
  explicit CTypes(DwarfTree& tree); // writes all structures, enumerations and constants

  // As C writes it: "struct sk_buff *", "__be32", "int (struct sock *, int) *", "char[16]".
  Die named(std::string_view type);
  Die structure(std::string_view layout) const { return m_structures.at(layout); }
  Die array(Die of, u32 count);
  // What has so many bytes and no better name: a number, or bytes.
  Die plain(u32 size);

private:
  using Part = std::span<const MemberInfo>; // the row of a member, and behind it those of what it consists of
  void collectParts();
  void writeEnumerators(Die parent, std::span<const EnumValue> values);
  void writeConstants();
  Die constants();
  void declare(const LayoutInfo& layout);
  void fill(Die structure, std::span<const MemberInfo> members, u32 base);
  Die typeOf(Part part);
  Die aggregate(Part part);
  Die made(std::string_view type);
  Die derived(Tag tag, Die from);
  Die function(std::string_view type);
  Die tagged(std::string_view type);
  Die enumeration(std::string_view name);
  void fillWithBytes(Die structure, u32 size);
  Die behind(const TypedefInfo& info);
  Die typeDefinition(std::string_view name);

  DwarfTree& m_tree;
  std::map<std::string, Die, std::less<>> m_known;
  std::map<std::string_view, Die> m_structures; // of the layouts
  std::map<std::string_view, Part> m_parts;     // of structures that have only a typedef, and no table: socket_lock_t
  std::map<std::string_view, u32> m_sizes;      // of what members are
  std::set<std::string_view> m_enumerators;     // that have been written
};

} // namespace sockwalk::debug
