#include "engine/tell/until/member_values.h"
#include "engine/memory/constants.h"
#include <algorithm>
#include <cstring>

namespace sockwalk::tell {

using expression::Constant;
using expression::Type;

namespace {

bool isText(const MemberInfo& m) { return m.array && m.type.starts_with("char["); }

// refcount_t, atomic_t: the one number in it, which fills it.
MemberPlace numberIn(const MemberPlace& place) {
  const MemberInfo& m = place.member;
  const LayoutInfo* inner = m.kind == MemberKind::Struct && !m.array ? layoutNamed(m.target) : nullptr;
  const auto fills = [&](const MemberInfo& part) { return !part.offset && part.size == inner->size && !part.array; };
  if (!inner || inner->members.empty() || inner->size > 8 || !std::ranges::all_of(inner->members, fills)) return place;
  return numberIn({inner, inner->members.back(), place.offset()});
}

bool isOneValue(const MemberInfo& m) {
  return !m.array && m.size && m.kind != MemberKind::Struct && m.kind != MemberKind::Aggregate &&
         m.kind != MemberKind::Union && m.kind != MemberKind::Bytes;
}

const ConstantGroup* groupOf(const MemberPlace& place) {
  const std::string path = std::string(place.layout->name) + '.' + std::string(place.member.name);
  for (const ConstantGroup& group : constantGroups())
    for (const std::string_view member : group.members)
      if (member == path) return &group;
  return nullptr;
}

// As it stands in a header, and no address: what is asked for is the number that it means.
s64 inHostOrder(const MemberInfo& m, u64 value) {
  if (m.type == "__be16") return __builtin_bswap16(static_cast<u16>(value));
  if (m.type.starts_with("__be32")) return __builtin_bswap32(static_cast<u32>(value));
  return static_cast<s64>(value);
}

bool isAddressMember(const MemberPlace& place) {
  if (!place.member.type.starts_with("__be32")) return false;
  const auto shown = numberName(*place.layout, place.member, 0x0100007f);
  return shown && shown->find('.') != std::string::npos;
}

} // namespace

Type typeOf(const MemberPlace& member) {
  const MemberPlace place = numberIn(member);
  if (isText(place.member)) return Type::Text;
  if (!isOneValue(place.member)) return Type::Presence;
  return isAddressMember(place) ? Type::Address : Type::Number;
}

std::vector<Constant> constantsOf(const MemberPlace& member) {
  const MemberPlace place = numberIn(member);
  const MemberInfo& m = place.member;
  std::vector<Constant> out;
  if (m.kind == MemberKind::Pointer || m.kind == MemberKind::Function) out.push_back({"NULL", 0});
  if (const EnumInfo* all = m.kind == MemberKind::Enum ? enumNamed(m.target) : nullptr)
    for (const EnumValue& v : all->values) out.push_back({std::string(v.name), v.value});
  if (const ConstantGroup* group = groupOf(place))
    for (const EnumValue& v : group->values) out.push_back({std::string(v.name), v.value});
  return out;
}

expression::Value valueOf(const Playhead& memory, const MemberPlace& member, std::string& text) {
  const MemberPlace place = numberIn(member);
  const MemberInfo& m = place.member;
  if (isText(m)) {
    const char* chars = reinterpret_cast<const char*>(memory.memory().at(place.offset()));
    text.assign(chars, strnlen(chars, m.size));
    return {0, text};
  }
  if (!isOneValue(m)) return {};
  const u64 value = readUnsigned(memory, m, place.base);
  if (m.kind == MemberKind::Int && !m.bits && m.each < 8)
    return {static_cast<s64>(value << (64 - 8 * m.each)) >> (64 - 8 * m.each), {}};
  return {inHostOrder(m, value), {}};
}

} // namespace sockwalk::tell
