#include "engine/memory/layout.h"
#include <algorithm>

namespace sockwalk {

const LayoutInfo* layoutNamed(std::string_view name) {
  auto all = layouts();
  auto it = std::lower_bound(all.begin(), all.end(), name, [](auto& l, auto n) { return l.name < n; });
  return it != all.end() && it->name == name ? &*it : nullptr;
}

const EnumInfo* enumNamed(std::string_view name) {
  for (auto& e : enums())
    if (e.name == name) return &e;
  return nullptr;
}

std::string layoutTable(const LayoutInfo& layout) {
  std::string out{layout.title};
  out += "\noffset\tbit\tbits\tsize\tmember\ttype\n";
  for (auto& m : layout.members) {
    out += std::to_string(m.offset) + '\t';
    if (m.bits) out += std::to_string(m.bit) + '\t' + std::to_string(m.bits) + '\t';
    else out += "\t\t";
    out += std::to_string(m.size) + '\t' + std::string(2 * m.depth, ' ');
    out.append(m.name).append("\t").append(m.type).append("\n");
  }
  return out;
}

} // namespace sockwalk
