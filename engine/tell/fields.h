// Where the members of structures lie, by the names that the layout tables have for them.
#pragma once
#include "engine/memory/layout.h"

namespace sockwalk::tell {

// A member found by its path: its layout, itself, and where it lies from the beginning of the structure.
struct Field {
  const LayoutInfo* layout = nullptr;
  const MemberInfo* member = nullptr;
  u32 base = 0; // offset of `layout` in the outer structure
  u32 offset() const { return base + member->offset; }
  explicit operator bool() const { return member != nullptr; }
};
// `path`: members from the structure on, by dots, "fdtab.fd"; anonymous groups are seen through.
Field fieldAt(std::string_view structure, std::string_view path);
// The offset alone; 0 if there is no such member.
u32 offsetIn(std::string_view structure, std::string_view path);

// Whether a structure begins with another, as a tcp_sock begins with an inet_connection_sock and with a sock.
bool beginsWith(const LayoutInfo& layout, std::string_view type);

} // namespace sockwalk::tell
