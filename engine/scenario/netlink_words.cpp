#include "engine/scenario/netlink_words.h"
#include "engine/memory/constants.h"
#include "engine/memory/constants/netlink.h"
#include "engine/scenario/constants.h"
#include "engine/scenario/describe.h"
#include "engine/scenario/netlink_form.h"
#include <algorithm>
#include <cstring>
#include <optional>

namespace sockwalk::scenario {

namespace {

using Bytes = std::vector<u8>;

void put(Bytes& to, size_t at, u64 value, size_t bytes) {
  if (to.size() < at + bytes) to.resize(at + bytes);
  for (size_t i = 0; i < bytes; ++i) to[at + i] = static_cast<u8>(value >> 8 * i);
}
u64 get(ByteView from, size_t at, size_t bytes) {
  u64 value = 0;
  for (size_t i = 0; i < bytes && at + i < from.size(); ++i) value |= static_cast<u64>(from[at + i]) << 8 * i;
  return value;
}
void align(Bytes& b) { b.resize(netlinkAligned(static_cast<u32>(b.size()))); }

const Assignment* named(const Expression& e) { return std::get_if<Assignment>(&e.value); }
const std::vector<Expression>* fieldsOf(const Expression& e) {
  const auto* braces = std::get_if<Braces>(&e.value);
  const Assignment* first = braces && !braces->items.empty() ? named(braces->items[0]) : nullptr;
  return first && first->name == "type" ? &braces->items : nullptr;
}
const Assignment& nameOf(const Expression& e) {
  if (const Assignment* a = named(e)) return *a;
  throw PlayError{e.position, "expected NAME=VALUE; found " + describe(e)};
}

// Types of sock_diag have numbers of rtnetlink's: the name says which is meant.
bool isSockDiag(const Expression& type) {
  const auto* word = std::get_if<Word>(&type.value);
  return word && (word->name == "SOCK_DIAG_BY_FAMILY" || word->name == "SOCK_DESTROY");
}
u16 typeOf(const Expression& type, const Variables* variables) {
  const auto* word = std::get_if<Word>(&type.value);
  if (word && word->name == "SOCK_DESTROY") return SockDestroy;
  return static_cast<u16>(integerOf(type, variables));
}

// ---- attributes
u16 attributeType(const Assignment& a, std::string_view group, Position where) {
  if (!group.empty())
    for (const EnumValue& v : constantGroup(group)->values)
      if (v.name == a.name) return static_cast<u16>(v.value);
  if (const auto value = constantValue(a.name)) return static_cast<u16>(*value);
  throw PlayError{where, "there is no attribute " + a.name};
}

Bytes attributesOf(const Expression& list, std::string_view group, const Variables* variables);

Bytes valueOf(const Expression& e, const NetlinkAttribute& a, const Variables* variables) {
  Bytes value;
  if (std::holds_alternative<List>(e.value)) return attributesOf(e, a.inner, variables);
  if (const auto* text = std::get_if<Text>(&e.value)) {
    const auto mac = a.kind == AttributeKind::Mac ? hardwareAddress(text->bytes) : std::nullopt;
    if (mac) return Bytes(mac->begin(), mac->end());
    value.assign(text->bytes.begin(), text->bytes.end());
    if (a.kind == AttributeKind::Text) value.push_back(0);
    return value;
  }
  const size_t size = a.kind == AttributeKind::Number && a.size ? a.size : 4;
  put(value, 0, static_cast<u64>(integerOf(e, variables)), size);
  return value;
}

Bytes attributesOf(const Expression& list, std::string_view group, const Variables* variables) {
  const auto* items = std::get_if<List>(&list.value);
  if (!items) throw PlayError{list.position, "expected attributes: [NAME=VALUE, ...]; found " + describe(list)};
  Bytes all;
  for (const Expression& item : items->items) {
    const Assignment& a = nameOf(item);
    const u16 type = attributeType(a, group, item.position);
    const Bytes value = valueOf(a.value[0], netlinkAttribute(group, type), variables);
    align(all);
    const size_t at = all.size();
    put(all, at, NetlinkAttributeSize + value.size(), 2);
    put(all, at + 2, type, 2);
    all.insert(all.end(), value.begin(), value.end());
  }
  return all;
}

// ---- messages
constexpr NetlinkMember Header[] = {
    {"length", 0, 4, ""}, {"type", 4, 2, ""}, {"flags", 6, 2, ""}, {"seq", 8, 4, ""}, {"pid", 12, 4, ""}};

// A number of the message: where it stands in it, and in how many bytes.
struct Place {
  size_t at;
  u8 size;
  bool inHeader, isErrno;
};
std::optional<Place> placeOf(const NetlinkForm* form, std::string_view name) {
  for (const NetlinkMember& m : Header)
    if (m.name == name) return Place{m.offset, m.size, true, false};
  for (const NetlinkMember& m : form ? form->members : std::span<const NetlinkMember>())
    if (m.name == name) return Place{size_t(NetlinkHeaderSize) + m.offset, m.size, false, m.kinds == "errno"};
  return std::nullopt;
}

[[noreturn]] void noSuchMember(const NetlinkForm* form, const Assignment& a, Position where) {
  std::string known = "flags, seq, pid, body, length, attributes";
  for (const NetlinkMember& m : form ? form->members : std::span<const NetlinkMember>())
    known += ", " + std::string(m.name);
  throw PlayError{where, "this message has no '" + a.name + "'; it has " + known};
}

Bytes oneMessage(const std::vector<Expression>& fields, const Variables* variables) {
  const Expression& typeField = nameOf(fields[0]).value[0];
  const u16 type = typeOf(typeField, variables);
  const NetlinkForm* form = netlinkForm(type, isSockDiag(typeField), false);
  Bytes message(NetlinkHeaderSize), attributes;
  put(message, 4, type, 2);
  put(message, 8, 1, 4);
  std::optional<u64> length;
  bool raw = false;
  for (size_t i = 1; i < fields.size(); ++i) {
    const Assignment& a = nameOf(fields[i]);
    const Expression& value = a.value[0];
    const auto place = placeOf(form, a.name);
    const auto number = [&] { return static_cast<u64>(integerOf(value, variables)); };
    if (a.name == "length") length = number();
    else if (place && place->inHeader) put(message, place->at, number(), place->size);
    else if (a.name == "attributes") attributes = attributesOf(value, form ? form->attributes : "", variables);
    else if (const auto* text = std::get_if<Text>(&value.value); text && a.name == "body")
      raw = true, message.insert(message.end(), text->bytes.begin(), text->bytes.end());
    else if (place && !raw) {
      if (message.size() < NetlinkHeaderSize + form->size) message.resize(NetlinkHeaderSize + form->size);
      put(message, place->at, number(), place->size);
    } else noSuchMember(form, a, fields[i].position);
  }
  if (!attributes.empty()) {
    if (!raw && form && message.size() < NetlinkHeaderSize + form->size) message.resize(NetlinkHeaderSize + form->size);
    align(message);
    message.insert(message.end(), attributes.begin(), attributes.end());
  }
  put(message, 0, length ? *length : message.size(), 4);
  return message;
}

std::vector<const Expression*> messagesIn(const Expression& e) {
  std::vector<const Expression*> all;
  if (fieldsOf(e)) return {&e};
  if (const auto* list = std::get_if<List>(&e.value))
    for (const Expression& item : list->items) all.push_back(&item);
  return all;
}

// ---- what came
std::optional<ByteView> findAttribute(ByteView in, u16 type) {
  for (size_t at = 0; at + NetlinkAttributeSize <= in.size();) {
    const size_t length = get(in, at, 2);
    if (length < NetlinkAttributeSize || at + length > in.size()) break;
    if ((get(in, at + 2, 2) & 0x3fff) == type)
      return in.subspan(at + NetlinkAttributeSize, length - NetlinkAttributeSize);
    at += netlinkAligned(static_cast<u32>(length));
  }
  return std::nullopt;
}

std::string hex(ByteView bytes) { return toHex(bytes.first(std::min<size_t>(bytes.size(), 32))); }

void compareAttributes(const Expression& expected, std::string_view group, ByteView came, const Variables* variables) {
  const auto* items = std::get_if<List>(&expected.value);
  if (!items) throw PlayError{expected.position, "expected attributes: [NAME=VALUE, ...]; found " + describe(expected)};
  for (const Expression& item : items->items) {
    if (isEllipsis(item)) continue;
    const Assignment& a = nameOf(item);
    const u16 type = attributeType(a, group, item.position);
    const auto found = findAttribute(came, type);
    if (!found) throw PlayError{item.position, "the message that came has no attribute " + a.name};
    const Expression& value = a.value[0];
    const NetlinkAttribute form = netlinkAttribute(group, type);
    if (isEllipsis(value)) continue;
    if (std::holds_alternative<List>(value.value)) {
      compareAttributes(value, form.inner, *found, variables);
      continue;
    }
    const Bytes wanted = valueOf(value, form, variables);
    if (!std::ranges::equal(wanted, *found))
      throw PlayError{item.position, "expected " + a.name + " of the bytes " + hex(wanted) + ", got " + hex(*found)};
  }
}

void hold(Position where, const std::string& what, u64 wanted, u64 found) {
  if (wanted == found) return;
  throw PlayError{where, "expected " + what + " " + std::to_string(static_cast<s64>(wanted)) + ", got " +
                             std::to_string(static_cast<s64>(found))};
}

void compareOne(const std::vector<Expression>& fields, ByteView came, const Variables* variables) {
  const Expression& typeField = nameOf(fields[0]).value[0];
  const bool diag = isSockDiag(typeField);
  const u16 wanted = typeOf(typeField, variables), type = static_cast<u16>(get(came, 4, 2));
  if (wanted != type)
    throw PlayError{fields[0].position, "expected a message of type " + netlinkTypeName(wanted, diag) + ", got " +
                                            netlinkTypeName(type, diag)};
  const NetlinkForm* form = netlinkForm(type, diag, true);
  const u32 head = NetlinkHeaderSize + (form ? netlinkAligned(form->size) : 0);
  for (size_t i = 1; i < fields.size(); ++i) {
    const Assignment& a = nameOf(fields[i]);
    const Expression& value = a.value[0];
    if (isEllipsis(value)) continue;
    if (a.name == "attributes") {
      compareAttributes(value, form ? form->attributes : "", came.size() > head ? came.subspan(head) : ByteView(),
                        variables);
      continue;
    }
    const auto place = placeOf(form, a.name);
    if (!place) noSuchMember(form, a, fields[i].position);
    s64 number = integerOf(value, variables);
    if (place->isErrno && number > 0) number = -number; // as the kernel has them
    const u64 mask = place->size == 8 ? ~0ull : (1ull << 8 * place->size) - 1;
    hold(fields[i].position, a.name, static_cast<u64>(number) & mask, get(came, place->at, place->size));
  }
}

} // namespace

bool isNetlinkMessage(const Expression& e) {
  const auto* list = std::get_if<List>(&e.value);
  return fieldsOf(e) || (list && !list->items.empty() && fieldsOf(list->items[0]));
}

std::vector<u8> netlinkMessage(const Expression& e, const Variables* variables) {
  Bytes all;
  for (const Expression* one : messagesIn(e)) {
    const auto* fields = fieldsOf(*one);
    if (!fields) throw PlayError{one->position, "expected a message: {type=RTM_GETLINK, flags=NLM_F_REQUEST, ...}"};
    align(all);
    const Bytes message = oneMessage(*fields, variables);
    all.insert(all.end(), message.begin(), message.end());
  }
  return all;
}

void compareNetlink(const Expression& expected, ByteView came, const Variables* variables) {
  size_t at = 0;
  for (const Expression* one : messagesIn(expected)) {
    if (isEllipsis(*one)) return; // and more
    const auto* fields = fieldsOf(*one);
    if (!fields) throw PlayError{one->position, "expected a message: {type=NLMSG_DONE}; found " + describe(*one)};
    const size_t length = get(came, at, 4);
    if (at + NetlinkHeaderSize > came.size() || length < NetlinkHeaderSize || at + length > came.size())
      throw PlayError{one->position, "the call gave no such message"};
    compareOne(*fields, came.subspan(at, length), variables);
    at += netlinkAligned(static_cast<u32>(length));
  }
  if (at < came.size())
    throw PlayError{expected.position, "the call gave more messages than the script names; write ... behind the last"};
}

} // namespace sockwalk::scenario
