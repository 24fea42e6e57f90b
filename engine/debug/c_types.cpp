#include "engine/debug/c_types.h"
#include <algorithm>

namespace sockwalk::debug {

namespace {

struct BaseType {
  std::string_view name;
  u32 size;
  Encoding encoding;
};
constexpr BaseType baseTypes[] = {
    {"char", 1, Encoding::SignedChar},
    {"signed char", 1, Encoding::SignedChar},
    {"unsigned char", 1, Encoding::UnsignedChar},
    {"_Bool", 1, Encoding::Boolean},
    {"short int", 2, Encoding::Signed},
    {"short unsigned int", 2, Encoding::Unsigned},
    {"int", 4, Encoding::Signed},
    {"unsigned int", 4, Encoding::Unsigned},
    {"long int", 8, Encoding::Signed},
    {"long unsigned int", 8, Encoding::Unsigned},
    {"long long int", 8, Encoding::Signed},
    {"long long unsigned int", 8, Encoding::Unsigned},
};
constexpr std::string_view Unnamed = "{...}", Anonymous = "(anonymous)";

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}
bool take(std::string_view& text, std::string_view word) {
  if (!text.starts_with(word)) return false;
  text.remove_prefix(word.size());
  return true;
}
// "struct xfrm_policy *[2]" without its dimensions.
std::string_view elementOf(std::string_view type) {
  while (type.ends_with(']')) type = type.substr(0, type.rfind('['));
  return trimmed(type);
}
bool isUnnamed(std::string_view type) { return type.ends_with(Unnamed) && !type.starts_with("enum"); }
// A member's row and the rows of its own members, which follow it, deeper.
std::span<const MemberInfo> partAt(std::span<const MemberInfo> rows) {
  size_t count = 1;
  while (count < rows.size() && rows[count].depth > rows[0].depth) ++count;
  return rows.first(count);
}
Tag tagOf(std::string_view type) { return type.starts_with("union") ? Tag::UnionType : Tag::StructureType; }

std::vector<std::string_view> argumentsIn(std::string_view list) {
  std::vector<std::string_view> out;
  int depth = 0;
  size_t from = 0;
  for (size_t i = 0; i <= list.size(); ++i) {
    if (i < list.size() && list[i] != ',') depth += (list[i] == '(') - (list[i] == ')');
    else if (depth == 0 || i == list.size()) out.push_back(trimmed(list.substr(from, i - from))), from = i + 1;
  }
  return out;
}
bool is61(const LayoutInfo& layout) { return eraOfStructure(layout.name) == Era::Linux61; }

} // namespace

CTypes::CTypes(DwarfTree& tree) : m_tree(tree) {
  for (const BaseType& base : baseTypes) {
    const Die die = m_known[std::string(base.name)] = m_tree.add(UnitDie, Tag::BaseType, base.name);
    m_tree.number(die, At::ByteSize, base.size);
    m_tree.number(die, At::Encoding, static_cast<u64>(base.encoding));
  }
  m_known["void"] = VoidType;
  collectParts();
  for (const LayoutInfo& layout : layouts())
    if (is61(layout)) declare(layout);
  for (const LayoutInfo& layout : layouts())
    if (is61(layout)) fill(m_structures[layout.name], layout.members, 0);
  for (const TypedefInfo& info : typedefs()) named(info.name);
  for (const EnumInfo& info : enums())
    if (info.name != "" && info.name != "-") named("enum " + std::string(info.name));
  writeConstants();
}

// What is nowhere but in the members that have it: how large it is, and what it consists of.
void CTypes::collectParts() {
  for (const LayoutInfo& layout : layouts()) {
    if (!is61(layout)) continue;
    for (size_t i = 0; i < layout.members.size(); ++i) {
      const auto part = partAt(layout.members.subspan(i));
      const std::string_view type = elementOf(part[0].type);
      if (part.size() > 1 && !isUnnamed(type)) m_parts.try_emplace(type, part);
      if (isUnnamed(type) || (part[0].array && !part[0].each))
        continue; // of those behind a structure nobody knows the size
      m_sizes.try_emplace(type, part[0].each);
    }
  }
}

// ---- structures

// A structure is known by its name; one that the kernel knows by a typedef alone has its entry without a name.
void CTypes::declare(const LayoutInfo& layout) {
  const bool typedefed = layout.title.starts_with("# typedef");
  const Tag tag = layout.isUnion ? Tag::UnionType : Tag::StructureType;
  const Die die = typedefed ? m_tree.add(UnitDie, tag) : m_tree.add(UnitDie, tag, layout.name);
  m_tree.number(die, At::ByteSize, layout.size);
  m_structures[layout.name] = die;
  if (!typedefed) m_known.emplace((layout.isUnion ? "union " : "struct ") + std::string(layout.name), die);
}

void CTypes::fill(Die structure, std::span<const MemberInfo> members, u32 base) {
  for (size_t i = 0; i < members.size();) {
    const auto part = partAt(members.subspan(i));
    const MemberInfo& m = part[0];
    const Die member =
        m.name == Anonymous ? m_tree.add(structure, Tag::Member) : m_tree.add(structure, Tag::Member, m.name);
    m_tree.type(member, typeOf(part));
    if (m.bits) {
      m_tree.number(member, At::BitSize, m.bits);
      m_tree.number(member, At::DataBitOffset, (m.offset - base) * 8 + m.bit);
    } else {
      m_tree.number(member, At::MemberLocation, m.offset - base);
    }
    i += part.size();
  }
}

Die CTypes::typeOf(Part part) {
  const MemberInfo& m = part[0];
  const std::string_view element = elementOf(m.type);
  if (!isUnnamed(element)) return named(m.type);
  const Die die = aggregate(part);
  return m.array ? array(die, m.count) : die;
}

Die CTypes::aggregate(Part part) {
  const MemberInfo& whole = part[0];
  const Die die = m_tree.add(UnitDie, whole.kind == MemberKind::Union ? Tag::UnionType : Tag::StructureType);
  m_tree.number(die, At::ByteSize, whole.each);
  fill(die, part.subspan(1), whole.offset);
  return die;
}

// ---- types by what C calls them

Die CTypes::named(std::string_view type) {
  type = trimmed(type);
  if (const auto known = m_known.find(type); known != m_known.end()) return known->second;
  const Die die = made(type);
  m_known.insert_or_assign(std::string(type), die);
  return die;
}

Die CTypes::made(std::string_view type) {
  if (type.ends_with(']')) {
    const size_t open = type.find('[', elementOf(type).size());
    const size_t first = type.find(']', open) + 1; // the outermost dimension; the others are its elements'
    const std::string element = std::string(elementOf(type)).append(type.substr(first));
    const std::string count(type.substr(open + 1, first - open - 2));
    return array(named(element), count.empty() ? 0 : static_cast<u32>(std::stoul(count)));
  }
  if (type.ends_with('*')) return derived(Tag::PointerType, named(type.substr(0, type.size() - 1)));
  if (type.ends_with(')')) return function(type);
  std::string_view rest = type;
  if (take(rest, "const ")) return derived(Tag::ConstType, named(rest));
  if (take(rest, "volatile ")) return derived(Tag::VolatileType, named(rest));
  if (type == Unnamed) return VoidType;
  if (take(rest, "enum ")) return enumeration(rest);
  if (type.starts_with("struct ") || type.starts_with("union ")) return tagged(type);
  return typeDefinition(type);
}

Die CTypes::derived(Tag tag, Die from) {
  const Die die = m_tree.add(UnitDie, tag);
  if (tag == Tag::PointerType) m_tree.number(die, At::ByteSize, 8);
  m_tree.type(die, from);
  return die;
}

Die CTypes::array(Die of, u32 count) {
  const Die die = m_tree.add(UnitDie, Tag::ArrayType);
  m_tree.type(die, of);
  const Die range = m_tree.add(die, Tag::SubrangeType);
  m_tree.type(range, named("long unsigned int"));
  m_tree.number(range, At::Count, count);
  return die;
}

Die CTypes::plain(u32 size) {
  switch (size) {
  case 1: return named("unsigned char");
  case 2: return named("short unsigned int");
  case 4: return named("unsigned int");
  case 8: return named("long unsigned int");
  default: return named("unsigned char[" + std::to_string(size) + "]");
  }
}

Die CTypes::function(std::string_view type) {
  size_t open = type.size() - 1;
  for (int depth = 1; depth; depth += (type[open] == ')') - (type[open] == '(')) --open;
  const Die die = m_tree.add(UnitDie, Tag::SubroutineType);
  m_tree.flag(die, At::Prototyped);
  m_tree.type(die, named(type.substr(0, open)));
  for (const std::string_view argument : argumentsIn(type.substr(open + 1, type.size() - open - 2))) {
    if (argument == "void" || argument.empty()) continue;
    if (argument == "...") m_tree.add(die, Tag::UnspecifiedParameters);
    else m_tree.type(m_tree.add(die, Tag::FormalParameter), named(argument));
  }
  return die;
}

// A structure without a table: it is as large as the members that are one, and what is in it nobody says.
Die CTypes::tagged(std::string_view type) {
  const std::string_view name = type.substr(type.find(' ') + 1);
  if (name == Unnamed) return m_tree.add(UnitDie, tagOf(type));
  const Die die = m_tree.add(UnitDie, tagOf(type), name);
  if (const auto size = m_sizes.find(type); size != m_sizes.end()) fillWithBytes(die, size->second);
  else m_tree.flag(die, At::Declaration);
  return die;
}
void CTypes::fillWithBytes(Die structure, u32 size) {
  m_tree.number(structure, At::ByteSize, size);
  if (!size) return;
  const Die bytes = m_tree.add(structure, Tag::Member, "bytes");
  m_tree.type(bytes, array(named("unsigned char"), size));
  m_tree.number(bytes, At::MemberLocation, 0);
}

// What a typedef stands for. A structure that has no other name is known by a table, or by the members that are one.
Die CTypes::behind(const TypedefInfo& info) {
  if (!isUnnamed(info.type)) return named(info.type);
  if (const auto part = m_parts.find(info.name); part != m_parts.end()) return aggregate(part->second);
  const Die die = m_tree.add(UnitDie, tagOf(info.type));
  fillWithBytes(die, info.size);
  return die;
}
Die CTypes::typeDefinition(std::string_view name) {
  const auto all = typedefs();
  const auto info = std::ranges::lower_bound(all, name, {}, &TypedefInfo::name);
  Die under = VoidType;
  if (const auto structure = m_structures.find(name); structure != m_structures.end()) under = structure->second;
  else if (info != all.end() && info->name == name) under = behind(*info);
  else if (const auto size = m_sizes.find(name); size != m_sizes.end()) under = plain(size->second);
  else under = named("struct " + std::string(name));
  const Die die = m_tree.add(UnitDie, Tag::Typedef, name);
  m_tree.type(die, under);
  return die;
}

// ---- enumerations and constants

Die CTypes::enumeration(std::string_view name) {
  const Die die = m_tree.add(UnitDie, Tag::EnumerationType);
  if (name != Unnamed) m_tree.text(die, At::Name, name);
  const auto size = m_sizes.find("enum " + std::string(name));
  m_tree.number(die, At::ByteSize, size != m_sizes.end() && size->second ? size->second : 4);
  if (const EnumInfo* info = enumNamed(name)) writeEnumerators(die, info->values);
  return die;
}

void CTypes::writeEnumerators(Die parent, std::span<const EnumValue> values) {
  for (const EnumValue& value : values) {
    if (!m_enumerators.insert(value.name).second) continue;
    m_tree.signedNumber(m_tree.add(parent, Tag::Enumerator, value.name), At::ConstValue, value.value);
  }
}

// What headers #define, and enumerations without a name: an expression may use it. Of one enumeration is what belongs
// together, for a debugger shows a number by the first name in it.
void CTypes::writeConstants() {
  for (const ConstantGroup& group : constantGroups()) writeEnumerators(constants(), group.values);
  if (const EnumInfo* unnamed = enumNamed("-"))
    for (const EnumValue& value : unnamed->values) writeEnumerators(constants(), {&value, 1});
}
Die CTypes::constants() {
  const Die die = m_tree.add(UnitDie, Tag::EnumerationType);
  m_tree.number(die, At::ByteSize, 8);
  return die;
}

} // namespace sockwalk::debug
