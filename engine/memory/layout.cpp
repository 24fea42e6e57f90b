#include "engine/memory/layout.h"
#include <algorithm>

namespace sockwalk {

const LayoutInfo* layoutNamed(std::string_view name) {
  const auto key = [](std::string_view structure) { return std::pair(eraOfStructure(structure), structure); };
  auto all = layouts();
  auto it = std::lower_bound(all.begin(), all.end(), name, [&](auto& l, auto n) { return key(l.name) < key(n); });
  return it != all.end() && it->name == name ? &*it : nullptr;
}

const LayoutInfo* layoutNamed(std::string_view plain, Era era) {
  return layoutNamed(era == Era::Linux61 ? std::string(plain) : std::string(Prefix26).append(plain));
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
