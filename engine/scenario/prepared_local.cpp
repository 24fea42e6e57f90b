// What only calls on local sockets (AF_UNIX) take: their addresses, descriptors and credentials in control messages.
// Layouts: include/uapi/linux/un.h, struct ucred of include/linux/socket.h.
#include "engine/base/bytes.h"
#include "engine/memory/constants/socket.h"
#include "engine/scenario/describe.h"
#include "engine/scenario/prepared_call.h"
#include <cstring>

namespace sockwalk::scenario {

namespace {

constexpr size_t PathAt = 2, RoomForAddress = 128, CmsgHeader = 16;
constexpr const char* CredentialFields[] = {"pid", "uid", "gid"};

void append(std::vector<u8>& to, u64 value, size_t bytes) {
  for (size_t i = 0; i < bytes; ++i) to.push_back(static_cast<u8>(value >> 8 * i));
}
u32 word(const u8* from) {
  u32 value;
  std::memcpy(&value, from, sizeof value);
  return value;
}
std::string quoted(std::string bytes) { return describe(Expression{{}, Text{std::move(bytes), false}}); }

} // namespace

// ---- addresses
// A file's name ends with a zero byte; an abstract one begins with it and has none at its end; who has no name has only
// the family.
std::vector<u8> PreparedCall::localAddress(const Struct& s, Position where) const {
  std::vector<u8> bytes;
  append(bytes, static_cast<u64>(number(*s.field("sun_family"))), 2);
  const Expression* path = s.field("sun_path");
  if (!path) return bytes;
  const auto* text = std::get_if<Text>(&path->value);
  if (!text || text->bytes.empty())
    throw PlayError{where, "expected a name: \"/tmp/name\", or for an abstract one \"\\x00name\""};
  if (text->bytes.size() >= RoomForAddress - PathAt)
    throw PlayError{path->position, "a name of a local socket has at most 108 bytes"};
  bytes.insert(bytes.end(), text->bytes.begin(), text->bytes.end());
  if (text->bytes[0]) bytes.push_back(0);
  return bytes;
}

u64 PreparedCall::localAddressIn(const Struct& s) {
  m_local = true;
  std::vector<u8> bytes = localAddress(s, s.fields[0].position);
  m_lastLength = static_cast<u32>(bytes.size());
  bytes.resize(RoomForAddress);
  return filled(std::move(bytes));
}

u64 PreparedCall::localAddressOut(const Struct& s, Position where) {
  const u64 at = room(RoomForAddress);
  m_checks.push_back([this, at, where, expected = localAddress(s, where)](s64) {
    const auto nameAt = [](const u8* bytes) { // of an abstract one all that is not zero
      const auto* from = reinterpret_cast<const char*>(bytes) + PathAt;
      const size_t begin = *from ? 0 : 1;
      return std::string(from, begin + strnlen(from + begin, RoomForAddress - PathAt - begin));
    };
    std::vector<u8> wanted = expected;
    wanted.resize(RoomForAddress);
    const u8* found = host(at);
    if (std::memcmp(found, wanted.data(), PathAt) != 0)
      throw PlayError{where, "expected an address of the family " + std::to_string(wanted[0]) + ", got one of " +
                                 std::to_string(found[0])};
    if (nameAt(found) != nameAt(wanted.data()))
      throw PlayError{where, "expected the name " + quoted(nameAt(wanted.data())) + ", got " + quoted(nameAt(found))};
  });
  return at;
}

// ---- control messages
std::vector<u8> PreparedCall::controlBytes(const Expression& value, u32 type) const {
  std::vector<u8> bytes;
  const auto* list = std::get_if<List>(&value.value);
  const auto* who = std::get_if<Struct>(&value.value);
  if (const auto* text = std::get_if<Text>(&value.value)) { // "\x01\x00": just these bytes
    bytes.assign(text->bytes.begin(), text->bytes.end());
  } else if (list && type == kernel::SCM_RIGHTS) {
    for (const Expression& fd : list->items)
      append(bytes, static_cast<u64>(m_context.kernelFd(number(fd), fd.position)), 4);
  } else if (who && who->kind == StructKind::Ucred) {
    for (const char* name : CredentialFields) {
      const Expression& one = *who->field(name);
      append(bytes, isEllipsis(one) ? m_context.task : static_cast<u64>(number(one)), 4);
    }
  } else {
    append(bytes, static_cast<u64>(number(value)), 4);
  }
  return bytes;
}

// The numbers that the script gives to descriptors that came, and the kernel's.
std::vector<std::pair<s64, s64>> PreparedCall::passedDescriptors() const {
  std::vector<std::pair<s64, s64>> passed;
  const auto* messages = m_controlExpected ? std::get_if<List>(&m_controlExpected->value) : nullptr;
  if (!messages) return passed;
  const ByteView came = controlCame();
  size_t at = 0;
  for (const Expression& item : messages->items) {
    if (at + CmsgHeader > came.size()) break;
    const size_t length = word(came.data() + at);
    const auto* message = std::get_if<Struct>(&item.value);
    const Expression* data = message ? message->field("cmsg_data") : nullptr;
    const auto* names = data ? std::get_if<List>(&data->value) : nullptr;
    const bool rights = word(came.data() + at + 12) == kernel::SCM_RIGHTS && length <= came.size() - at;
    for (size_t i = 0; rights && names && i < names->items.size() && CmsgHeader + 4 * (i + 1) <= length; ++i)
      passed.emplace_back(number(names->items[i]), static_cast<s32>(word(came.data() + at + CmsgHeader + 4 * i)));
    at += (std::max(length, CmsgHeader) + 7) & ~size_t(7);
  }
  return passed;
}

// ---- credentials: `...` is not compared
void PreparedCall::compareCredentials(const Struct& expected, Position where, const u8* at) const {
  for (const char* name : CredentialFields) {
    const Expression& wanted = *expected.field(name);
    const u32 found = word(at);
    at += sizeof found;
    if (isEllipsis(wanted) || static_cast<u32>(number(wanted)) == found) continue;
    throw PlayError{where, std::string("expected ") + name + " " + std::to_string(number(wanted)) + ", got " +
                               std::to_string(static_cast<s32>(found))};
  }
}
void PreparedCall::expectCredentials(const Struct& s, u64 at) {
  m_lastLength = 12;
  m_checks.push_back(
      [this, at, expected = s](s64) { compareCredentials(expected, expected.fields[0].position, host(at)); });
}

} // namespace sockwalk::scenario
