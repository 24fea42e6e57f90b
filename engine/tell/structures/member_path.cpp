#include "engine/tell/structures/member_path.h"
#include "engine/base/whole_number.h"
#include "engine/memory/macro_names.h"

namespace sockwalk::tell {

namespace {

// "name[3]" in its parts.
struct Step {
  std::string_view name;
  std::optional<u32> element;
};
std::optional<Step> stepOf(std::string_view word) {
  const size_t bracket = word.find('[');
  if (bracket == word.npos) return Step{word, {}};
  const auto element = wholeNumber<u32>(word.substr(bracket + 1, word.size() - bracket - 2));
  if (!word.ends_with(']') || !element) return {};
  return Step{word.substr(0, bracket), element};
}

MemberPlace find(const LayoutInfo& layout, std::string_view name, u32 base) {
  for (const MemberInfo& m : layout.members)
    if (m.name == name) return {&layout, m, base};
  for (const MemberInfo& m : layout.members) {
    const LayoutInfo* inner = m.kind == MemberKind::Struct && !m.array ? layoutNamed(m.target) : nullptr;
    if (!inner) continue;
    std::string_view wanted = name;
    for (const MacroName& macro : macroNames())
      if (macro.holder == m.name && macro.macro == name) wanted = macro.member;
    if (const MemberPlace found = find(*inner, wanted, base + m.offset)) return found;
  }
  return {};
}

MemberPlace elementOf(MemberPlace place, u32 element) {
  MemberInfo& m = place.member;
  if (!m.array || element >= m.count) return {};
  m.offset += element * m.each;
  m.size = m.each;
  m.count = 1;
  m.array = false;
  return place;
}

bool lies(const MemberInfo& m, const MemberInfo& inside) {
  return m.depth > inside.depth && m.offset >= inside.offset && m.offset + m.size <= inside.offset + inside.size;
}

// Of a structure that stands in the same table as what holds it.
MemberPlace findInside(const MemberPlace& holder, std::string_view name) {
  for (const MemberInfo& m : holder.layout->members)
    if (m.name == name && lies(m, holder.member)) return {holder.layout, m, holder.base};
  return {};
}

MemberPlace findBelow(const MemberPlace& holder, std::string_view name) {
  if (holder.member.array) return {};
  if (holder.member.kind != MemberKind::Struct) return findInside(holder, name);
  const LayoutInfo* inner = layoutNamed(holder.member.target);
  return inner ? find(*inner, name, holder.offset()) : MemberPlace{};
}

} // namespace

MemberPlace memberNamed(const LayoutInfo& layout, std::string_view path, u32 base) {
  MemberPlace place;
  for (bool first = true, more = true; more; first = false) {
    const size_t dot = path.find('.');
    const auto step = stepOf(path.substr(0, dot));
    if (!step || step->name.empty()) return {};
    place = first ? find(layout, step->name, base) : findBelow(place, step->name);
    if (place && step->element) place = elementOf(place, *step->element);
    if (!place) return {};
    more = dot != path.npos;
    if (more) path.remove_prefix(dot + 1);
  }
  return place;
}

MemberPlace numberIn(const MemberPlace& place) {
  if (place.member.kind != MemberKind::Aggregate || place.member.array) return place;
  MemberPlace only;
  for (const MemberInfo& m : place.layout->members) {
    if (!lies(m, place.member)) continue;
    if (only || m.size != place.member.size) return place;
    only = {place.layout, m, place.base};
  }
  return only ? only : place;
}

std::vector<u32> placesOf(const LayoutInfo& wanted, const LayoutInfo& in) {
  if (&wanted == &in) return {0};
  std::vector<u32> out;
  for (const MemberInfo& m : in.members) {
    const LayoutInfo* inner = m.kind == MemberKind::Struct && m.size >= wanted.size ? layoutNamed(m.target) : nullptr;
    if (!inner) continue;
    for (const u32 place : placesOf(wanted, *inner))
      for (u32 i = 0; i < (m.array ? m.count : 1); ++i) out.push_back(m.offset + i * m.each + place);
  }
  return out;
}

} // namespace sockwalk::tell
