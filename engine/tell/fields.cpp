#include "engine/tell/fields.h"

namespace sockwalk::tell {

namespace {

// The member `name` among those from `inside` on that are deeper than it; anonymous groups are seen through.
const MemberInfo* memberNamed(const LayoutInfo& layout, std::string_view name, const MemberInfo* inside) {
  auto it = inside ? layout.members.begin() + (inside - layout.members.data()) + 1 : layout.members.begin();
  for (; it != layout.members.end(); ++it) {
    if (inside && it->depth <= inside->depth) return nullptr;
    if (it->name == name) return &*it;
  }
  return nullptr;
}

} // namespace

Field fieldAt(std::string_view structure, std::string_view path) {
  Field f{layoutNamed(structure), nullptr, 0};
  while (f.layout && !path.empty()) {
    const auto dot = path.find('.');
    const std::string_view name = path.substr(0, dot);
    path = dot == path.npos ? "" : path.substr(dot + 1);
    const MemberInfo* next = memberNamed(*f.layout, name, f.member);
    if (!next && f.member) { // not laid out in line: the member's own table has it
      f.base += f.member->offset;
      f.layout = layoutNamed(f.member->target);
      next = f.layout ? memberNamed(*f.layout, name, nullptr) : nullptr;
    }
    if (!next) return {};
    f.member = next;
  }
  return f;
}

u32 offsetIn(std::string_view structure, std::string_view path) {
  const Field f = fieldAt(structure, path);
  return f ? f.offset() : 0;
}

bool beginsWith(const LayoutInfo& layout, std::string_view type) {
  const LayoutInfo* at = &layout;
  for (int depth = 0; at && depth < 8; ++depth) {
    if (at->name == type) return true;
    if (at->members.empty()) return false;
    const MemberInfo& first = at->members.front();
    at = first.kind == MemberKind::Struct && !first.offset ? layoutNamed(first.target) : nullptr;
  }
  return false;
}

} // namespace sockwalk::tell
