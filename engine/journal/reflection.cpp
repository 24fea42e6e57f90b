#include "engine/journal/reflection.h"
#include "engine/base/bytes.h"
#include "engine/base/digits.h"
#include "engine/journal/buffer_turns.h"
#include "engine/memory/constants/socket.h"
#include "engine/memory/pointer32.h"
#include "engine/memory/structures.h"
#include <algorithm>
#include <cstring>

namespace sockwalk {

std::string addressText(u64 address) { return hexText(address, 16); }

TypeId typeNamed(std::string_view name) {
  const LayoutInfo* l = layoutNamed(name);
  return l ? static_cast<TypeId>(l - layouts().data()) : TypeNone;
}
static std::string typeText(TypeId type) {
  if (const LayoutInfo* l = layoutOf(type)) return std::string(plainName(l->name));
  return type == TypeBuffer ? "buffer" : "object";
}

// A pair of sk_buffs is its first one to whoever speaks of it; the second is "skb2 of fclone #1".
ObjectRef objectOf(const Allocation& a) {
  static const TypeId pair = typeNamed("sk_buff_fclones");
  if (a.type == pair) return {a.offset, a.size, a.type, "fclone #" + std::to_string(a.ordinal)};
  return {a.offset, a.size, a.type, typeText(a.type) + " #" + std::to_string(a.ordinal)};
}

// Where the second sk_buff of a pair begins.
static u32 secondOfPair() {
  static const u32 size = layoutNamed("sk_buff")->size;
  return size;
}

// Which of the packets in this structure is meant: of the second half of a pair if the byte lies there.
static std::string turnAt(const Playhead& at, const ObjectRef& o, u32 inside) {
  static const TypeId pair = typeNamed("sk_buff_fclones"), single = typeNamed("sk_buff");
  if (o.type != single && o.type != pair) return {};
  const u32 half = o.type == pair && inside >= secondOfPair() ? secondOfPair() : 0;
  const EventIndex born = at.memory().recordOf(o.offset).birth - 1;
  return turnSuffix(bufferTurn(at.journal(), o.offset + half, born, at.position()));
}

// "skb2.len" of the third packet there is "skb2/3.len".
static std::string withTurn(std::string path, const Playhead& at, const ObjectRef& o, u32 inside) {
  constexpr std::string_view second = "skb2";
  if (path.starts_with(second)) path.insert(second.size(), turnAt(at, o, inside));
  return path;
}

ObjectRef objectAt(const Playhead& at, u64 address) {
  const u32 offset = static_cast<u32>(address);
  if (!address || Arena::addressOf(offset) != address) return {};
  if (const DataSymbol* d = Symbols::get().dataAt(offset)) {
    const u32 index = d->size ? (offset - d->offset) / d->size : 0;
    std::string name(d->name);
    if (d->count > 1) name += "[" + std::to_string(index) + "]";
    return {d->offset + index * d->size, d->size, typeNamed(d->type), name};
  }
  const u32 object = at.memory().objectAround(offset);
  if (!object) return {};
  const Allocation* a = at.journal().allocationBornAt(at.memory().recordOf(object).birth - 1);
  if (!a) return {};
  ObjectRef o = objectOf(*a);
  o.name += turnAt(at, o, 0);
  return o;
}

const MemberInfo* innermostMember(const LayoutInfo& layout, u32 offset, u32 size) {
  const MemberInfo* best = nullptr;
  for (const MemberInfo& m : layout.members) {
    const bool group = m.kind == MemberKind::Union || m.kind == MemberKind::Aggregate;
    if (group || !m.size || offset < m.offset || offset + size > m.offset + m.size) continue;
    if (!best || m.size < best->size) best = &m;
  }
  return best;
}

// Descends into named structures by their own tables.
std::string memberPath(const LayoutInfo& layout, u32 offset, u32 size) {
  const MemberInfo* best = innermostMember(layout, offset, size);
  if (!best) return "";
  std::string path(best->name);
  u32 inside = offset - best->offset;
  if (best->array && best->each) {
    path += "[" + std::to_string(inside / best->each) + "]";
    inside %= best->each;
  }
  const LayoutInfo* deeper = best->kind == MemberKind::Struct ? layoutNamed(best->target) : nullptr;
  if (!deeper || size >= best->each) return path;
  const std::string rest = memberPath(*deeper, inside, size);
  return rest.empty() ? path : path + "." + rest;
}

// A tcp_sock begins with an inet_connection_sock, that with an inet_sock, that with a sock: what begins at the same
// address is the same object for whoever speaks of it, so such names are left out of a path.
static const LayoutInfo* withoutBases(const LayoutInfo* layout, u32 inside, u32 size) {
  for (const MemberInfo* first = &layout->members[0]; inside && first->kind == MemberKind::Struct && !first->array;
       first = &layout->members[0]) {
    const LayoutInfo* base = layoutNamed(first->target);
    if (!base || first->offset || inside + size > base->size || base->members.empty()) break;
    layout = base;
  }
  return layout;
}

// The member that begins exactly here, as the outermost structure that does: what a pointer to it points at.
static std::string memberStartingAt(const LayoutInfo& layout, u32 inside) {
  for (const MemberInfo& m : layout.members) {
    if (m.kind == MemberKind::Union || m.kind == MemberKind::Aggregate || m.array || inside < m.offset) continue;
    if (inside == m.offset && m.size) return std::string(m.name);
    const LayoutInfo* deeper = m.kind == MemberKind::Struct ? layoutNamed(m.target) : nullptr;
    if (!deeper || inside >= m.offset + m.size) continue;
    const std::string rest = memberStartingAt(*deeper, inside - m.offset);
    if (!rest.empty()) return std::string(m.name) + "." + rest;
  }
  return "";
}

std::string describe(const Playhead& at, u64 address, u32 size) {
  const ObjectRef o = objectAt(at, address);
  if (!o) return addressText(address);
  const u32 inside = static_cast<u32>(address) - o.offset;
  const LayoutInfo* l = layoutOf(o.type);
  if (l && !l->members.empty()) l = withoutBases(l, inside, size);
  const std::string path = l && size < l->size ? withTurn(memberPath(*l, inside, size), at, o, inside) : "";
  if (!path.empty()) return path + " of " + o.name;
  return inside ? "byte " + std::to_string(inside) + " of " + o.name : o.name;
}

std::string pointerText(const Playhead& at, u64 address) {
  if (!address) return "NULL";
  if (const TextSymbol* t = Symbols::get().textAt(address)) return std::string(t->name);
  const ObjectRef o = objectAt(at, address);
  if (!o) return addressText(address);
  const u32 inside = static_cast<u32>(address) - o.offset;
  if (!inside) return o.name;
  const LayoutInfo* l = layoutOf(o.type);
  if (!l || l->members.empty()) return o.name + " + " + std::to_string(inside);
  const std::string member = memberStartingAt(*withoutBases(l, inside, 1), inside);
  return member.empty() ? describe(at, address) : withTurn(member, at, o, inside) + " of " + o.name;
}

u64 readUnsigned(const Playhead& at, const MemberInfo& m, u32 base) {
  u64 v = 0;
  std::memcpy(&v, at.memory().at(base + m.offset), std::min<u32>(m.bits ? m.size : m.each, 8));
  if (m.bits) v = v >> m.bit & ((1ull << m.bits) - 1);
  const bool points = m.kind == MemberKind::Pointer || m.kind == MemberKind::Function;
  return points && m.each == sizeof(u32) ? Address32::wide(static_cast<u32>(v)) : v;
}

bool isOneNumber(const LayoutInfo& l) { return l.members.size() == 1 && l.size <= 8; }

static std::string bytesText(const u8* p, u32 n) {
  constexpr u32 Most = 16;
  return toHex({p, std::min(n, Most)}, ' ') + (n > Most ? " ..." : "");
}

static bool isText(const MemberInfo& m) { return m.array && m.type.substr(0, 5) == "char["; }

// What stands in network byte order and is no address: sequence numbers, identifiers, times.
static bool isNetworkNumber(std::string_view member) {
  constexpr std::string_view names[] = {"seq", "ack_seq", "id", "times", "flowlabel", "sin6_flowinfo"};
  return std::ranges::find(names, member) != std::end(names);
}

std::string_view enumText(std::string_view enumeration, s64 value) {
  const EnumInfo* e = enumNamed(enumeration);
  if (!e) return {};
  const auto it = std::ranges::find(e->values, value, &EnumValue::value);
  return it == e->values.end() ? std::string_view() : it->name;
}

std::optional<std::string> numberName(const LayoutInfo& layout, const MemberInfo& m, s64 number) {
  if (m.kind == MemberKind::Enum)
    if (const std::string_view name = enumText(m.target, number); !name.empty()) return std::string(name);
  if (auto name = memberConstant(layout.name, m.name, number)) return name;
  // Of 2.6 as of 6.1, where nothing else is said: its numbers are those that programs know.
  if (auto name = memberConstant(plainName(layout.name), m.name, number)) return name;
  if (m.type == "__be16") return std::to_string(__builtin_bswap16(static_cast<u16>(number)));
  if (!m.type.starts_with("__be32") || m.name == "pred_flags") return std::nullopt;
  const u32 bytes = static_cast<u32>(number);
  return isNetworkNumber(m.name) ? std::to_string(__builtin_bswap32(bytes)) : ipv4Text(__builtin_bswap32(bytes));
}

std::optional<std::string> numberName(const Playhead& at, const LayoutInfo& layout, const MemberInfo& m, u32 base,
                                      s64 number) {
  if (layout.name != "sock" || m.name != "sk_protocol") return numberName(layout, m, number);
  const u16 family = at.object<kernel::sock>(Arena::addressOf(base))->__sk_common.skc_family;
  if (family == kernel::AF_INET || family == kernel::AF_UNSPEC) return numberName(layout, m, number);
  std::string text = family == kernel::AF_NETLINK ? constantText("netlink", static_cast<u64>(number)) : std::string();
  return text.empty() ? std::nullopt : std::optional(std::move(text));
}

std::string valueText(const Playhead& at, const LayoutInfo& layout, const MemberInfo& m, u32 base) {
  const u8* p = at.memory().at(base + m.offset);
  if (!m.size) return "";
  if (isText(m)) {
    const std::string s(reinterpret_cast<const char*>(p), strnlen(reinterpret_cast<const char*>(p), m.size));
    const bool readable = !s.empty() && std::all_of(s.begin(), s.end(), [](char c) { return c >= 32 && c < 127; });
    return readable ? "\"" + s + "\"" : bytesText(p, m.size);
  }
  switch (m.kind) {
  case MemberKind::Union:
  case MemberKind::Aggregate: return "";
  case MemberKind::Struct: {
    const LayoutInfo* l = layoutNamed(m.target);
    if (!m.array && l && isOneNumber(*l)) return valueText(at, *l, l->members[0], base + m.offset);
    return m.array ? "{" + std::to_string(m.count) + "}" : "{...}";
  }
  case MemberKind::Bytes: return bytesText(p, m.size);
  default: break;
  }
  if (m.array) return bytesText(p, m.size);
  const u64 v = readUnsigned(at, m, base);
  if (m.kind == MemberKind::Pointer || m.kind == MemberKind::Function) return pointerText(at, v);
  s64 number = static_cast<s64>(v);
  if (m.kind == MemberKind::Int && m.each < 8) number = static_cast<s64>(v << (64 - 8 * m.each)) >> (64 - 8 * m.each);
  if (auto name = numberName(at, layout, m, base, number)) return *name;
  if (m.kind == MemberKind::Int) return std::to_string(number);
  if (v >> 32 == 0xffff8880 || v >> 32 == 0xffffffff) return pointerText(at, v); // an address kept in a plain long
  return std::to_string(v);
}

} // namespace sockwalk
