#include "engine/memory/constants.h"
#include "engine/base/digits.h"
#include "engine/memory/constants/files.h"
#include <algorithm>
#include <bit>

namespace sockwalk {

namespace {

std::string_view nameOf(const ConstantGroup& group, u64 value) {
  const auto it = std::ranges::find(group.values, static_cast<s64>(value), &EnumValue::value);
  return it == group.values.end() ? std::string_view() : it->name;
}

void append(std::string& text, std::string_view name) {
  if (!text.empty()) text += '|';
  text += name;
}

// First the names of several bits with which a group begins (GFP_KERNEL), then bit by bit, the lowest first; a bit
// without a name is told as a number.
std::string flagsText(const ConstantGroup& group, u64 value, const ConstantGroup* more = nullptr) {
  std::string text;
  for (const EnumValue& v : group.values) {
    const u64 bits = static_cast<u64>(v.value);
    if (std::popcount(bits) == 1) break;
    if (!bits || (value & bits) != bits) continue;
    append(text, v.name);
    value &= ~bits;
  }
  for (; value; value &= value - 1) {
    const u64 bit = u64(1) << std::countr_zero(value);
    std::string_view name = nameOf(group, bit);
    if (name.empty() && more) name = nameOf(*more, bit);
    append(text, name.empty() ? hexText(bit) : std::string(name));
  }
  return text;
}

// A set of which the constants are the numbers of the bits.
std::string bitsText(const ConstantGroup& group, u64 value) {
  std::string text;
  for (; value; value &= value - 1) {
    const int bit = std::countr_zero(value);
    const std::string_view name = nameOf(group, static_cast<u64>(bit));
    append(text, name.empty() ? hexText(u64(1) << bit) : std::string(name));
  }
  return text;
}

const ConstantGroup* groupOf(std::string_view structure, std::string_view member) {
  for (const ConstantGroup& group : constantGroups())
    for (std::string_view m : group.members)
      if (m.size() == structure.size() + 1 + member.size() && m.starts_with(structure) && m.ends_with(member))
        return &group;
  return nullptr;
}

} // namespace

const ConstantGroup* constantGroup(std::string_view name) {
  const auto all = constantGroups();
  const auto it = std::ranges::find(all, name, &ConstantGroup::name);
  return it == all.end() ? nullptr : &*it;
}

std::string constantText(const ConstantGroup& group, u64 value) {
  const std::string_view whole = nameOf(group, value);
  return group.flags && whole.empty() ? flagsText(group, value) : std::string(whole);
}

// Of two groups, "a|b": what the first has no name for, the second may have.
std::string constantText(std::string_view groups, u64 value) {
  const size_t bar = std::min(groups.find('|'), groups.size());
  const ConstantGroup* first = constantGroup(groups.substr(0, bar));
  const ConstantGroup* more = bar < groups.size() ? constantGroup(groups.substr(bar + 1)) : nullptr;
  if (!first) return {};
  const std::string_view whole = nameOf(*first, value);
  if (first->flags && whole.empty()) return flagsText(*first, value, more);
  return whole.empty() && more ? constantText(*more, value) : std::string(whole);
}
std::string openFlagsText(u64 flags) {
  constexpr u64 mode = kernel::O_ACCMODE;
  const std::string rest = constantText("open", flags & ~mode);
  return constantText("open", flags & mode) + (flags & ~mode ? "|" + rest : "");
}

std::optional<std::string> memberConstant(std::string_view structure, std::string_view member, s64 value) {
  const ConstantGroup* group = groupOf(structure, member);
  if (!group) return std::nullopt;
  if (group->network) value = __builtin_bswap16(static_cast<u16>(value));
  const u64 bits = static_cast<u64>(value);
  std::string text = group->bits ? bitsText(*group, bits) : constantText(*group, bits);
  return text.empty() ? std::nullopt : std::optional(std::move(text));
}

} // namespace sockwalk
