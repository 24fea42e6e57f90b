#include "engine/tell/members.h"
#include "engine/base/bytes.h"
#include "engine/memory/pointer32.h"
#include "engine/tell/values.h"
#include <algorithm>
#include <cstring>

namespace sockwalk::tell {
namespace {

// What a variable of this type is usually called in the kernel's source.
struct Usual {
  std::string_view structure, variable;
};
constexpr Usual usual[] = {
    {"socket", "sock"},
    {"sock", "sk"},
    {"sk_buff", "skb"},
    {"tcp_sock", "tp"},
    {"udp_sock", "up"},
    {"inet_sock", "inet"},
    {"inet_connection_sock", "icsk"},
    {"raw_sock", "rp"},
    {"sock_common", "sk"},
    {"net_device", "dev"},
    {"task_struct", "task"},
    {"files_struct", "files"},
    {"neighbour", "n"},
    {"dst_entry", "dst"},
    {"rtable", "rt"},
    {"skb_shared_info", "shinfo"},
    {"napi_struct", "napi"},
    {"socket_wq", "wq"},
    {"socket_alloc", "ei"},
    {"fdtable", "fdt"},
    {"inode", "inode"},
};
std::string variable(const LayoutInfo& layout) {
  for (const Usual& u : usual)
    if (u.structure == plainName(layout.name)) return std::string(u.variable);
  return std::string(plainName(layout.name));
}

// A socket is one structure within another; source code names the part that it speaks of: sk->sk_state.
bool speaksOfPart(const LayoutInfo& whole, const LayoutInfo& part) {
  constexpr std::string_view parts[] = {"sock", "inet_sock", "inet_connection_sock", "sock_common",
                                        "inet_bind_hashbucket"};
  return plainName(whole.name) == "socket_alloc" ||
         std::find(std::begin(parts), std::end(parts), plainName(part.name)) != std::end(parts);
}

// sock_common's skc_state is sk_state to whoever writes code (include/net/sock.h).
std::string written(const LayoutInfo& layout, const MemberInfo& m) {
  const bool common = plainName(layout.name) == "sock_common" && m.name.starts_with("skc_");
  return common ? "sk_" + std::string(m.name.substr(4)) : std::string(m.name);
}

} // namespace

NamedMember memberAt(const Playhead& at, u64 address, u32 size) {
  const ObjectRef o = objectAt(at, address);
  const LayoutInfo* layout = o ? layoutOf(o.type) : nullptr;
  if (!layout) return {describe(at, address, size)};
  if (size >= layout->size) return {o.name, layout, nullptr};
  NamedMember out;
  const bool global = Symbols::get().dataAt(o.offset) != nullptr;
  std::string path = global ? o.name + '.' : variable(*layout) + "->";
  u32 offset = u32(address) - o.offset;
  while (const MemberInfo* m = innermostMember(*layout, offset, size)) {
    const u32 begins = u32(address) - offset;
    offset -= m->offset;
    const LayoutInfo* deeper = m->kind == MemberKind::Struct && !m->array ? layoutNamed(m->target) : nullptr;
    if (deeper && !global && speaksOfPart(*layout, *deeper) && size < deeper->size) {
      path = variable(*deeper) + "->";
      layout = deeper;
      continue;
    }
    path += written(*layout, *m);
    if (m->array && m->each) {
      path += '[' + std::to_string(offset / m->each) + ']';
      offset %= m->each;
      deeper = m->kind == MemberKind::Struct ? layoutNamed(m->target) : nullptr;
    }
    out.layout = layout;
    out.member = m;
    out.inside = offset;
    out.owner = begins;
    if (!deeper || isOneNumber(*deeper) || size >= deeper->size) break;
    layout = deeper;
    path += '.';
  }
  out.text = path.ends_with('.') || path.ends_with("->") ? describe(at, address, size) : path;
  return out;
}

NamedMember memberWritten(const Playhead& at, u64 address, u32 size, const u8* before, const u8* after) {
  NamedMember in = memberAt(at, address, size);
  if (!in.member || !in.member->bits || size > 8) return in;
  u64 was = 0, is = 0;
  std::memcpy(&was, before, size);
  std::memcpy(&is, after, size);
  const u64 changed = (was ^ is) << (8 * in.inside);
  const MemberInfo* found = nullptr;
  for (const MemberInfo& m : in.layout->members) {
    const bool beside = m.bits && m.offset == in.member->offset && m.size == in.member->size;
    if (!beside || !(changed & ((1ull << m.bits) - 1) << m.bit)) continue;
    if (found) return in; // several at once
    found = &m;
  }
  if (!found) return in;
  const size_t stem = in.text.size() - written(*in.layout, *in.member).size();
  in.text.replace(stem, in.text.npos, written(*in.layout, *found));
  in.member = found;
  return in;
}

std::string memberName(const Playhead& at, u64 address, u32 size) { return memberAt(at, address, size).text; }

std::string memberValue(const Playhead& at, const NamedMember& in, const u8* bytes, u32 size) {
  const MemberInfo* m = in.member;
  if (!m || size > 8) return toHex({bytes, size}, ' ');
  u64 v = 0;
  std::memcpy(&v, bytes, size);
  if (m->bits) v = v << (8 * in.inside) >> m->bit & ((1ull << m->bits) - 1);
  if (m->kind == MemberKind::Pointer || m->kind == MemberKind::Function)
    return addressName(at, size == sizeof(u32) ? Address32::wide(static_cast<u32>(v)) : v);
  s64 number = s64(v);
  const bool isSigned = m->kind == MemberKind::Int || m->kind == MemberKind::Struct;
  if (isSigned && size < 8) number = s64(v << (64 - 8 * size)) >> (64 - 8 * size);
  if (in.layout)
    if (auto name = numberName(at, *in.layout, *m, in.owner, number)) return *name;
  if (!isSigned && v >> 32 >= 0xffff8880) return addressName(at, v);
  return std::to_string(number);
}

} // namespace sockwalk::tell
