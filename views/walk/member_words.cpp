#include "views/walk/member_words.h"
#include "engine/scenario/constants.h"
#include "views/walk/text.h"
#include <algorithm>
#include <cstring>

namespace sockwalk {
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
QString variable(const LayoutInfo& layout) {
  for (const Usual& u : usual)
    if (u.structure == layout.name) return text(u.variable);
  return text(layout.name);
}

// The smallest member that covers the bytes; groups have no value of their own.
const MemberInfo* innermost(const LayoutInfo& layout, u32 offset, u32 size) {
  const MemberInfo* best = nullptr;
  for (const MemberInfo& m : layout.members) {
    const bool group = m.kind == MemberKind::Union || m.kind == MemberKind::Aggregate;
    if (group || !m.size || offset < m.offset || offset + size > m.offset + m.size) continue;
    if (!best || m.size < best->size) best = &m;
  }
  return best;
}

bool oneNumber(const LayoutInfo& l) { return l.members.size() == 1 && l.size <= 8; } // refcount_t, atomic_t

} // namespace

NamedMember memberAt(const Playhead& at, u64 address, u32 size) {
  const ObjectRef o = objectAt(at, address);
  const LayoutInfo* layout = o ? layoutOf(o.type) : nullptr;
  NamedMember out;
  if (!layout) {
    out.text = text(describe(at, address, size));
    return out;
  }
  const bool global = Symbols::get().dataAt(o.offset) != nullptr;
  QString path = global ? text(o.name) + '.' : variable(*layout) + QStringLiteral("->");
  u32 offset = u32(address) - o.offset;
  if (size >= layout->size) return {global ? text(o.name) : text(o.name), layout, nullptr};
  for (;;) {
    const MemberInfo* m = innermost(*layout, offset, size);
    if (!m) break;
    offset -= m->offset;
    const LayoutInfo* deeper = m->kind == MemberKind::Struct && !m->array ? layoutNamed(m->target) : nullptr;
    // A socket is one structure within another; source code names the part that it speaks of: sk->sk_state.
    const bool embedded = deeper && !global &&
                          (layout->name == "socket_alloc" || deeper->name == "sock" || deeper->name == "inet_sock" ||
                           deeper->name == "inet_connection_sock" || deeper->name == "sock_common" ||
                           deeper->name == "inet_bind_hashbucket");
    if (embedded && size < deeper->size) {
      path = variable(*deeper) + QStringLiteral("->");
      layout = deeper;
      continue;
    }
    QString name = text(m->name);
    if (layout->name == "sock_common" && name.startsWith(QLatin1String("skc_")))
      name.replace(0, 4, QStringLiteral("sk_"));
    path += name;
    if (m->array && m->each) {
      path += QStringLiteral("[%1]").arg(offset / m->each);
      offset %= m->each;
      deeper = m->kind == MemberKind::Struct ? layoutNamed(m->target) : nullptr;
    }
    out.layout = layout;
    out.member = m;
    if (!deeper || oneNumber(*deeper) || size >= deeper->size) break;
    layout = deeper;
    path += '.';
  }
  out.text = path.endsWith('.') || path.endsWith(QLatin1String("->")) ? text(describe(at, address, size)) : path;
  return out;
}

QString memberValue(const Playhead& at, const NamedMember& in, const u8* bytes, u32 size) {
  u64 v = 0;
  std::memcpy(&v, bytes, std::min<u32>(size, 8));
  const MemberInfo* m = in.member;
  if (!m || size > 8) {
    QString hex;
    for (u32 i = 0; i < std::min<u32>(size, 12); ++i)
      hex += QStringLiteral("%1 ").arg(bytes[i], 2, 16, QLatin1Char('0'));
    return size > 12 ? hex + QStringLiteral("...") : hex.trimmed();
  }
  if (m->kind == MemberKind::Pointer || m->kind == MemberKind::Function) return addressWords(at, v);
  s64 number = s64(v);
  const bool isSigned = m->kind == MemberKind::Int || m->kind == MemberKind::Struct;
  if (isSigned && size < 8) number = s64(v << (64 - 8 * size)) >> (64 - 8 * size);
  if (m->kind == MemberKind::Enum)
    if (const EnumInfo* e = enumNamed(m->target))
      for (auto& value : e->values)
        if (value.value == number) return text(value.name);
  if (in.layout)
    if (auto name = memberConstant(in.layout->name, m->name, number)) return text(*name);
  if (m->type == "__be16") return QString::number(__builtin_bswap16(u16(v)));
  if (m->type == "__be32" && m->name.find("addr") != m->name.npos)
    return QStringLiteral("%1.%2.%3.%4").arg(v & 255).arg(v >> 8 & 255).arg(v >> 16 & 255).arg(v >> 24 & 255);
  if (!isSigned && v >> 32 >= 0xffff8880) return addressWords(at, v);
  return QString::number(isSigned ? number : s64(v));
}

QString constantWords(std::string_view prefix, s64 value) {
  const std::string_view name = scenario::constantName(prefix, value);
  return name.empty() ? QString::number(value) : text(name);
}

QString memberText(const Playhead& at, u64 address, u32 size) { return memberAt(at, address, size).text; }

// A socket and its inode are born as one struct socket_alloc; people speak of the two.
QString addressWords(const Playhead& at, u64 address) {
  const QString name = text(pointerText(at, address));
  const QLatin1String inode("vfs_inode of socket_alloc "), both("socket_alloc ");
  if (name.startsWith(inode)) return QStringLiteral("inode ") + name.mid(inode.size());
  return name.startsWith(both) ? QStringLiteral("socket ") + name.mid(both.size()) : name;
}

} // namespace sockwalk
