#include "engine/scenario/prepared_call.h"
#include "engine/base/bytes.h"
#include "engine/memory/constants/files.h"
#include "engine/memory/constants/socket.h"
#include "engine/scenario/constants.h"
#include "engine/scenario/describe.h"
#include "engine/scenario/netlink_words.h"
#include "engine/scenario/packet_structs.h"
#include <algorithm>
#include <cstring>

namespace sockwalk::scenario {

namespace {

constexpr size_t LargestBuffer = 8u << 20; // half of what a task has
constexpr u16 AfInet = 2;
constexpr u32 RoomForAddress = 128; // struct sockaddr_storage

void put(std::vector<u8>& to, size_t at, u64 value, size_t bytes) {
  for (size_t i = 0; i < bytes; ++i) to[at + i] = static_cast<u8>(value >> 8 * i);
}

} // namespace

PreparedCall::PreparedCall(const CallShape& shape, const std::vector<Expression>& arguments, Position at,
                           const CallContext& context)
    : m_shape(&shape), m_context(context) {
  const size_t n = shape.arguments.size();
  if (arguments.size() > n || arguments.size() < shape.required)
    throw PlayError{at, std::string(shape.name) + "() takes " + std::to_string(shape.required) + " arguments, found " +
                            std::to_string(arguments.size())};
  for (size_t i = 0; i < arguments.size(); ++i) m_arguments.push_back(prepare(shape.arguments[i], arguments, i));
  m_arguments.resize(n);
  // select() counts to the highest number: the kernel's may be higher than the script's.
  if (m_highestFd >= 0) m_arguments[0] = std::max(m_arguments[0], static_cast<u64>(m_highestFd + 1));
}

u64 PreparedCall::prepare(char kind, const std::vector<Expression>& all, size_t i) {
  const Expression& e = all[i];
  const Expression* next = i + 1 < all.size() ? &all[i + 1] : nullptr;
  switch (kind) {
  case 'f': return static_cast<u64>(m_context.kernelFd(number(e), e.position));
  case 'D': return descriptorOut(e);
  case 'n': return isEllipsis(e) && m_messageLength ? m_messageLength : size(e);
  case 'l': return isEllipsis(e) ? m_lastLength : static_cast<u64>(number(e));
  case 'd': return data(e, next);
  case 'w': return received(e, next);
  case 'a': return addressIn(e);
  case 'A': return addressOut(e);
  case 'L': return lengthInOut(e);
  case 'v': return attachesFilter() && isFilter(e) ? filterIn(e) : optionIn(e);
  case 'V': return optionOut(e, next);
  case 'F': return isEllipsis(e) ? AfInet : static_cast<u64>(number(e));
  case 'r': return vectors(e, false);
  case 'W': return vectors(e, true);
  case 'p': return pollFds(e);
  case 'e': return epollEventIn(e);
  case 'E': return epollEventsOut(e, next);
  case 'S': return descriptorSet(e);
  case 't': return timeIn(e, 1);
  case 'T': return timeIn(e, 1000);
  case 'o': return offsetInOut(e);
  case 'P': return path(e);
  case 'g': return numberOut(e, i ? m_arguments[i - 1] : 0);
  case 's': return descriptorsOut(e);
  case 'm': return message(e, true);
  case 'M': return message(e, false);
  default: return static_cast<u64>(number(e));
  }
}

// ---- user memory

const u8* PreparedCall::host(u64 address) const {
  return m_context.machine.recorder().arena().at(static_cast<u32>(address));
}

size_t PreparedCall::size(const Expression& e, bool mayBeNegative) const {
  const s64 n = number(e);
  if (n < 0 && mayBeNegative) return 0; // a wrong length, for the kernel to refuse
  if (n < 0 || static_cast<u64>(n) > LargestBuffer)
    throw PlayError{e.position, "a size of " + std::to_string(n) + " is more than a simulated program has (8 MiB)"};
  return static_cast<size_t>(n);
}

u64 PreparedCall::room(size_t size) {
  return Arena::address(m_context.machine.userMemory(m_context.task, static_cast<u32>(std::max<size_t>(size, 1))));
}

u64 PreparedCall::filled(std::vector<u8> bytes) {
  const u64 at = room(bytes.size());
  // Fresh memory is zero already; what is there need not be written.
  if (!bytes.empty() && std::memcmp(host(at), bytes.data(), bytes.size()) != 0)
    m_fills.push_back({host(at), std::move(bytes)});
  return at;
}

void PreparedCall::expectInt(u64 address, s64 expected, Position at, const char* what) {
  m_checks.push_back([=, this](s64) {
    s32 found;
    std::memcpy(&found, host(address), sizeof found);
    if (found != static_cast<s32>(expected))
      throw PlayError{at, std::string("expected ") + what + " " + std::to_string(expected) + ", got " +
                              std::to_string(found)};
  });
}

// ---- bytes

u64 PreparedCall::data(const Expression& e, const Expression* count) {
  if (isNull(e, m_context.variables)) return 0;
  std::vector<u8> bytes;
  if (auto* text = std::get_if<Text>(&e.value)) {
    bytes.assign(text->bytes.begin(), text->bytes.end());
    m_hasText = true;
  } else if (isNetlinkMessage(e)) {
    bytes = netlinkMessage(e, m_context.variables);
    m_messageLength = bytes.size();
    m_hasText = true;
  } else if (!isEllipsis(e)) {
    throw PlayError{e.position, "expected the bytes to send as \"text\", or ... for zeros; found " + describe(e)};
  }
  if (count && !isEllipsis(*count) && bytes.size() < size(*count)) bytes.resize(size(*count));
  return filled(std::move(bytes));
}

u64 PreparedCall::received(const Expression& e, const Expression* count) {
  if (isNull(e, m_context.variables)) return 0;
  const u64 at = room(count ? size(*count) : 1);
  if (auto* text = std::get_if<Text>(&e.value)) {
    m_checks.push_back([this, at, expected = text->bytes, more = text->andMore, where = e.position](s64 result) {
      const std::string got(reinterpret_cast<const char*>(host(at)), static_cast<size_t>(std::max<s64>(result, 0)));
      if (more ? got.compare(0, expected.size(), expected) != 0 : got != expected)
        throw PlayError{where, "expected other bytes: the call left " +
                                   describe(Expression{where, Text{got.substr(0, 80), got.size() > 80}})};
    });
  } else if (isNetlinkMessage(e)) {
    m_checks.push_back([this, at, expected = e](s64 result) {
      compareNetlink(expected, ByteView(host(at), static_cast<size_t>(result)), m_context.variables);
    });
  } else if (!isEllipsis(e)) {
    throw PlayError{e.position, "expected ... for a buffer, or the \"text\" that will come; found " + describe(e)};
  }
  return at;
}

// ---- addresses

std::vector<u8> PreparedCall::sockaddr(u16 family, const Endpoint& e) const {
  std::vector<u8> bytes(16);
  put(bytes, 0, family, 2);
  put(bytes, 2, __builtin_bswap16(e.port), 2);
  put(bytes, 4, __builtin_bswap32(e.address), 4);
  return bytes;
}

Endpoint PreparedCall::endpointOf(const Struct& s, Position at, u16& family) const {
  if (s.kind != StructKind::Sockaddr) throw PlayError{at, "expected an address: {sa_family = AF_INET, sin_port = ..."};
  Endpoint e;
  family = AfInet;
  if (const Expression* f = s.field("sa_family"); f && !isEllipsis(*f)) family = static_cast<u16>(number(*f));
  if (const Expression* port = s.field("sin_port")) e.port = __builtin_bswap16(static_cast<u16>(number(*port)));
  if (const Expression* a = s.field("sin_addr")) e.address = __builtin_bswap32(static_cast<u32>(number(*a)));
  return e;
}

u64 PreparedCall::addressIn(const Expression& e) {
  m_lastLength = 0;
  if (isNull(e, m_context.variables)) return 0;
  if (isPacketStruct(e)) {
    std::vector<u8> bytes = packetBytes(std::get<Struct>(e.value), m_context);
    m_lastLength = static_cast<u32>(bytes.size());
    return filled(std::move(bytes));
  }
  if (auto* s = std::get_if<Struct>(&e.value); s && s->kind == StructKind::SockaddrUn) return localAddressIn(*s);
  m_lastLength = 16;
  if (auto* s = std::get_if<Struct>(&e.value); s && (s->field("nl_pid") || s->field("nl_groups")))
    return netlinkAddress(*s);
  u16 family = AfInet;
  if (isEllipsis(e)) m_address = m_shape->name == "bind" ? m_context.local : m_context.remote;
  else if (auto* s = std::get_if<Struct>(&e.value)) m_address = endpointOf(*s, e.position, family);
  else
    throw PlayError{e.position, "expected an address: ... or {sa_family = AF_INET, sin_port = htons(N), sin_addr = "
                                "inet_addr(\"A\")}; found " +
                                    describe(e)};
  return filled(sockaddr(family, *m_address));
}

// struct sockaddr_nl: a port, and groups as bits.
std::vector<u8> PreparedCall::netlinkName(const Struct& s) const {
  std::vector<u8> bytes(12);
  const auto given = [&](const char* field) {
    const Expression* e = s.field(field);
    return e && !isEllipsis(*e) ? static_cast<u64>(number(*e)) : 0;
  };
  put(bytes, 0, given("sa_family"), 2);
  put(bytes, 4, given("nl_pid"), 4);
  put(bytes, 8, given("nl_groups"), 4);
  return bytes;
}
u64 PreparedCall::netlinkAddress(const Struct& s) {
  m_lastLength = 12;
  return filled(netlinkName(s));
}
void PreparedCall::expectNetlinkName(u64 at, const Struct& s, Position where) {
  const bool anyPort = s.field("nl_pid") && isEllipsis(*s.field("nl_pid"));
  m_checks.push_back([this, at, anyPort, wanted = netlinkName(s), where](s64) {
    const auto word = [](const u8* from) {
      u32 value;
      std::memcpy(&value, from, sizeof value);
      return value;
    };
    const u8* found = host(at);
    const bool family = wanted[0] == found[0], port = anyPort || word(&wanted[4]) == word(found + 4);
    if (!family || !port || word(&wanted[8]) != word(found + 8))
      throw PlayError{where, "expected another address: got port " + std::to_string(word(found + 4)) + ", groups " +
                                 std::to_string(word(found + 8))};
  });
}

u64 PreparedCall::addressOut(const Expression& e) {
  m_lastLength = 0;
  if (isNull(e, m_context.variables)) return 0;
  m_lastLength = RoomForAddress;
  auto* s = std::get_if<Struct>(&e.value);
  if (s && s->kind == StructKind::SockaddrUn) return localAddressOut(*s, e.position);
  const u64 at = room(RoomForAddress);
  if (isEllipsis(e)) return at;
  if (isPacketStruct(e)) {
    m_checks.push_back([this, at, expected = *s](s64) {
      comparePacketStruct(expected, ByteView(host(at), packetStructSize(expected.kind)), m_context);
    });
    return at;
  }
  if (!s) throw PlayError{e.position, "expected ... or the address that will come; found " + describe(e)};
  if (s->field("nl_pid") || s->field("nl_groups")) return expectNetlinkName(at, *s, e.position), at;
  u16 family;
  const Endpoint expected = endpointOf(*s, e.position, family);
  m_checks.push_back([=, this, where = e.position](s64) {
    const ByteView got(host(at), 16);
    const Endpoint found{loadBe32(got, 4), loadBe16(got, 2)};
    if (got[0] != (family & 255) || !(found == expected))
      throw PlayError{where, "expected the address " + endpointText(expected) + ", got " + endpointText(found)};
  });
  return at;
}

u64 PreparedCall::lengthInOut(const Expression& e) {
  if (isNull(e, m_context.variables)) return 0;
  s64 length = m_lastLength;
  auto* list = std::get_if<List>(&e.value);
  const bool both = list && list->items.size() == 2; // what it is before, and after
  if (list && (list->items.size() == 1 || both)) length = number(list->items[0]);
  else if (!isEllipsis(e))
    throw PlayError{e.position, "expected ..., [LENGTH] or [BEFORE, AFTER]; found " + describe(e)};
  if (!m_lastLength && isEllipsis(e)) return 0;
  std::vector<u8> bytes(4);
  put(bytes, 0, static_cast<u64>(length), 4);
  const u64 at = filled(std::move(bytes));
  if (both && isEllipsis(list->items[1])) return at;
  if (both) length = number(list->items[1]);
  if (list) expectInt(at, length, e.position, "the length");
  return at;
}

// ---- options and descriptors

// int; two longs (a timeval, for SO_RCVTIMEO); text; struct linger.
u64 PreparedCall::optionIn(const Expression& e) {
  if (isNull(e, m_context.variables)) return 0;
  std::vector<u8> bytes(4);
  if (auto* list = std::get_if<List>(&e.value); list && list->items.size() == 1) {
    put(bytes, 0, static_cast<u64>(number(list->items[0])), 4);
  } else if (list && list->items.size() == 2) {
    bytes.resize(16);
    put(bytes, 0, static_cast<u64>(number(list->items[0])), 8);
    put(bytes, 8, static_cast<u64>(number(list->items[1])), 8);
  } else if (auto* text = std::get_if<Text>(&e.value)) {
    bytes.assign(text->bytes.begin(), text->bytes.end());
    bytes.push_back(0);
  } else if (isPacketStruct(e)) {
    bytes = packetBytes(std::get<Struct>(e.value), m_context);
  } else if (auto* s = std::get_if<Struct>(&e.value); s && s->kind == StructKind::Linger) {
    bytes.resize(8);
    put(bytes, 0, static_cast<u64>(number(*s->field("onoff"))), 4);
    put(bytes, 4, static_cast<u64>(number(*s->field("linger"))), 4);
  } else {
    throw PlayError{e.position,
                    "expected an option's value: [1], \"text\" or {onoff=1, linger=1}; found " + describe(e)};
  }
  m_lastLength = static_cast<u32>(bytes.size());
  return filled(std::move(bytes));
}

// Of setsockopt(fd, level, option, ...): what stands before the value.
bool PreparedCall::attachesFilter() const {
  return m_arguments.size() == 3 && m_arguments[1] == u64{kernel::SOL_SOCKET} &&
         m_arguments[2] == u64{kernel::SO_ATTACH_FILTER};
}
u64 PreparedCall::filterIn(const Expression& e) {
  if (isNull(e, m_context.variables)) return 0;
  const auto instructions = filterInstructions(e, static_cast<s64>(m_arguments[0]), m_context);
  std::vector<u8> code(sizeof(FilterInstruction) * instructions.size()), program(16);
  if (!code.empty()) std::memcpy(code.data(), instructions.data(), code.size());
  put(program, 0, instructions.size(), 2);
  put(program, 8, filled(std::move(code)), 8);
  m_lastLength = static_cast<u32>(program.size());
  return filled(std::move(program));
}

u64 PreparedCall::optionOut(const Expression& e, const Expression* length) {
  if (isNull(e, m_context.variables)) return 0;
  m_lastLength = 4;
  size_t size = RoomForAddress;
  if (auto* given = length ? std::get_if<List>(&length->value) : nullptr; given && !given->items.empty())
    size = std::max(size, this->size(given->items[0], true));
  const u64 at = room(size);
  if (auto* list = std::get_if<List>(&e.value); list && list->items.size() == 1) {
    expectInt(at, number(list->items[0]), list->items[0].position, "the option's value");
  } else if (isPacketStruct(e)) {
    const auto& expected = std::get<Struct>(e.value);
    m_lastLength = packetStructSize(expected.kind);
    m_checks.push_back([this, at, expected](s64) {
      comparePacketStruct(expected, ByteView(host(at), packetStructSize(expected.kind)), m_context);
    });
  } else if (auto* s = std::get_if<Struct>(&e.value); s && s->kind == StructKind::Linger) {
    m_lastLength = 8;
    expectInt(at, number(*s->field("onoff")), e.position, "onoff");
    expectInt(at + 4, number(*s->field("linger")), e.position, "linger");
  } else if (s && s->kind == StructKind::Ucred) {
    expectCredentials(*s, at);
  } else if (auto* text = std::get_if<Text>(&e.value)) {
    m_lastLength = RoomForAddress;
    m_checks.push_back([this, at, expected = text->bytes, where = e.position](s64) {
      const char* found = reinterpret_cast<const char*>(host(at));
      if (expected != std::string(found, strnlen(found, RoomForAddress)))
        throw PlayError{where, "expected \"" + expected + "\", got \"" + std::string(found, strnlen(found, 40)) + "\""};
    });
  } else if (!isEllipsis(e)) {
    throw PlayError{e.position, "expected ..., [VALUE], \"text\" or {onoff=1, linger=1}; found " + describe(e)};
  }
  return at;
}

u64 PreparedCall::descriptorOut(const Expression& e) {
  try {
    return static_cast<u64>(m_context.kernelFd(number(e), e.position));
  } catch (const PlayError&) { // another task has that number: here it is free
    return static_cast<u64>(number(e));
  }
}

u64 PreparedCall::numberOut(const Expression& e, u64 command) {
  auto* list = std::get_if<List>(&e.value);
  if (!list) return isEllipsis(e) ? room(RoomForAddress) : static_cast<u64>(number(e));
  constexpr u64 Reading[] = {kernel::FIONBIO, kernel::FIOASYNC, kernel::FIOSETOWN, kernel::SIOCSPGRP};
  if (std::count(std::begin(Reading), std::end(Reading), command) && list->items.size() == 1) {
    std::vector<u8> bytes(4);
    put(bytes, 0, static_cast<u64>(number(list->items[0])), 4);
    return filled(std::move(bytes));
  }
  const u64 at = room(4);
  if (list->items.size() == 1) expectInt(at, number(list->items[0]), list->items[0].position, "the value");
  return at;
}

// ---- the call

u32 PreparedCall::make(kernel::Machine& machine, kernel::TaskId task, std::string text, std::string caseName) {
  auto body = [call = m_shape->call, arguments = m_arguments, fills = std::move(m_fills)] {
    for (const Fill& f : fills) setBytes(f.at, f.bytes.data(), static_cast<u32>(f.bytes.size()), 0);
    return call(arguments.data());
  };
  return machine.systemCall(task, std::move(text), std::move(body), std::move(caseName));
}

void PreparedCall::compareMemory(const kernel::Machine&, s64 result) const {
  if (result < 0) return;
  for (const Check& check : m_checks) check(result);
}

} // namespace sockwalk::scenario
