#include "engine/tell/buffers/netlink_fields.h"
#include "engine/base/bytes.h"
#include "engine/memory/constants.h"
#include "engine/memory/constants/netlink.h"
#include "engine/memory/structures.h"
#include "engine/scenario/constants.h"
#include "engine/scenario/netlink_form.h"
#include <algorithm>

namespace sockwalk::tell {

using namespace scenario;

namespace {

constexpr u16 AfNetlink = 16;

u64 number(std::span<const u8> bytes, size_t at, size_t size) {
  u64 value = 0;
  for (size_t i = 0; i < size && at + i < bytes.size(); ++i) value |= static_cast<u64>(bytes[at + i]) << 8 * i;
  return value;
}
std::string address(std::span<const u8> b) {
  std::string text;
  for (size_t i = 0; i < 4 && i < b.size(); ++i) text += (i ? "." : "") + std::to_string(b[i]);
  return text;
}

std::string named(const NetlinkMember& m, std::span<const u8> message) {
  const size_t at = NetlinkHeaderSize + m.offset;
  const u64 value = number(message, at, m.size);
  if (m.kinds == "ip") return address(message.subspan(std::min(at, message.size())));
  if (m.kinds == "port") return std::to_string((value >> 8 & 0xff) | (value & 0xff) << 8);
  if (m.kinds == "errno") {
    const auto error = static_cast<s32>(value);
    return error ? "-" + std::string(errnoName(error)) : "0";
  }
  const std::string text = m.kinds.empty() ? "" : constantText(m.kinds, value);
  return text.empty() ? std::to_string(value) : text;
}

std::string valueOf(std::span<const u8> value, const NetlinkAttribute& a) {
  switch (a.kind) {
  case AttributeKind::Number:
    if (value.size() <= 8) return std::to_string(number(value, 0, value.size()));
    break;
  case AttributeKind::Ip:
    if (value.size() == 4) return address(value);
    break;
  case AttributeKind::Text: {
    const auto end = std::ranges::find(value, u8{0});
    return "\"" + std::string(value.begin(), end) + "\"";
  }
  case AttributeKind::Mac: return toHex(value, ':');
  default: break;
  }
  if (value.size() > 8) return std::to_string(value.size()) + " bytes";
  return toHex(value, 0);
}

struct Walk {
  u32 from; // what offsets of `bytes` begin with
  std::span<const u8> bytes;
  NetlinkSide side;

  FrameField field(std::string name, std::string value, size_t at, size_t length) const {
    return {std::move(name), std::move(value), from + at, length, FrameLayer::Payload, {}};
  }

  void attributes(std::vector<FrameField>& into, size_t at, size_t end, std::string_view group) const {
    while (at + NetlinkAttributeSize <= end) {
      const size_t length = number(bytes, at, 2);
      if (length < NetlinkAttributeSize || at + length > end) return;
      const u16 type = static_cast<u16>(number(bytes, at + 2, 2) & 0x3fff);
      const NetlinkAttribute a = netlinkAttribute(group, type);
      const auto value = bytes.subspan(at + NetlinkAttributeSize, length - NetlinkAttributeSize);
      const std::string name = a.name.empty() ? std::to_string(type) : std::string(a.name);
      const bool nested = a.kind == AttributeKind::Nested && !a.inner.empty();
      FrameField f = field(name, nested ? "" : valueOf(value, a), at, length);
      if (nested) attributes(f.children, at + NetlinkAttributeSize, at + length, a.inner);
      into.push_back(std::move(f));
      at += netlinkAligned(static_cast<u32>(length));
    }
  }

  FrameField message(size_t at, size_t length) const {
    const auto whole = bytes.subspan(at, length);
    const u16 type = static_cast<u16>(number(whole, 4, 2)), flags = static_cast<u16>(number(whole, 6, 2));
    FrameField f =
        field(netlinkTypeName(type, side.sockDiag), netlinkFlagsText(flags, type, side.sockDiag), at, length);
    f.children.push_back(field("length", std::to_string(number(whole, 0, 4)), at, 4));
    f.children.push_back(field("type", f.name, at + 4, 2));
    f.children.push_back(field("flags", f.value, at + 6, 2));
    f.children.push_back(field("seq", std::to_string(number(whole, 8, 4)), at + 8, 4));
    f.children.push_back(field("pid", std::to_string(number(whole, 12, 4)), at + 12, 4));
    const NetlinkForm* form = netlinkForm(type, side.sockDiag, side.answer);
    if (!form || length <= NetlinkHeaderSize) return f;
    for (const NetlinkMember& m : form->members)
      if (NetlinkHeaderSize + m.offset + m.size <= length)
        f.children.push_back(field(std::string(m.name), named(m, whole), at + NetlinkHeaderSize + m.offset, m.size));
    const size_t head = NetlinkHeaderSize + netlinkAligned(form->size);
    const bool quotes = type == kernel::NLMSG_ERROR; // the request stands behind it, whole or not
    if (!quotes && head < length) attributes(f.children, at + head, at + length, form->attributes);
    return f;
  }
};

std::string text(const FrameField& f) {
  std::string inner;
  for (const FrameField& c : f.children) inner += (inner.empty() ? "" : ", ") + text(c);
  return f.name + "=" + (f.children.empty() ? f.value : "[" + inner + "]");
}

} // namespace

NetlinkSide netlinkSide(const Playhead& at, const BufferShape& shape) {
  NetlinkSide side;
  const auto* sk = at.object<kernel::sock>(shape.sk);
  if (!sk || sk->__sk_common.skc_family != AfNetlink) return side;
  const auto* nlk = reinterpret_cast<const kernel::netlink_sock*>(sk);
  side.netlink = true;
  side.sockDiag = sk->sk_protocol == kernel::NETLINK_SOCK_DIAG;
  side.answer = !(nlk->flags >> kernel::NETLINK_F_KERNEL_SOCKET & 1);
  const bool known = sk->sk_protocol == kernel::NETLINK_ROUTE || side.sockDiag;
  side.netlink = known; // what others say among themselves nobody else understands
  return side;
}

std::vector<FrameField> netlinkFields(std::span<const u8> bytes, u32 from, const NetlinkSide& side) {
  std::vector<FrameField> all;
  const Walk walk{from, bytes, side};
  for (size_t at = 0; at + NetlinkHeaderSize <= bytes.size();) {
    const size_t length = number(bytes, at, 4);
    if (length < NetlinkHeaderSize || at + length > bytes.size()) break;
    all.push_back(walk.message(at, length));
    at += netlinkAligned(static_cast<u32>(length));
  }
  return all;
}

std::vector<std::string> netlinkLines(std::span<const u8> bytes, const NetlinkSide& side) {
  constexpr size_t Header = 5; // fields of every message
  std::vector<std::string> out;
  for (const FrameField& m : netlinkFields(bytes, 0, side)) {
    std::string line = m.name + " " + m.value + " seq=" + m.children[3].value + " pid=" + m.children[4].value;
    for (size_t i = Header; i < m.children.size(); ++i) line += (i == Header ? " {" : ", ") + text(m.children[i]);
    out.push_back(line + (m.children.size() > Header ? "}" : ""));
  }
  return out;
}

} // namespace sockwalk::tell
