// The structures that calls take: iovecs, messages and their control data, poll and epoll, sets of descriptors.
// Layouts: include/uapi/linux/{uio,socket,poll,eventpoll,errqueue}.h on x86-64.
#include "engine/base/bytes.h"
#include "engine/memory/constants.h"
#include "engine/memory/constants/socket.h"
#include "engine/scenario/constants.h"
#include "engine/scenario/describe.h"
#include "engine/scenario/prepared_call.h"
#include <algorithm>
#include <cstring>

namespace sockwalk::scenario {

namespace {

constexpr size_t CmsgHeader = 16, RoomForControl = 1024;
constexpr size_t MessageBytes = 56; // struct user_msghdr: name, namelen, iov, iovlen, control, controllen, flags
constexpr size_t EpollEventBytes = 12;
constexpr size_t MostEvents = 4096;

void put(std::vector<u8>& to, size_t at, u64 value, size_t bytes) {
  for (size_t i = 0; i < bytes; ++i) to[at + i] = static_cast<u8>(value >> 8 * i);
}
u64 get(const u8* from, size_t bytes) {
  u64 value = 0;
  for (size_t i = 0; i < bytes; ++i) value |= static_cast<u64>(from[i]) << 8 * i;
  return value;
}
size_t aligned(size_t n) { return (n + 7) & ~size_t(7); }

const Struct* structOf(const Expression& e, StructKind kind) {
  auto* s = std::get_if<Struct>(&e.value);
  return s && s->kind == kind ? s : nullptr;
}

void hold(Position at, const char* what, s64 expected, s64 found) {
  if (expected == found) return;
  throw PlayError{at,
                  std::string("expected ") + what + " " + std::to_string(expected) + ", got " + std::to_string(found)};
}

std::string bitsText(std::string_view group, u64 bits) { // "POLLIN|POLLOUT"
  return bits ? constantText(group, bits) : "0";
}

} // namespace

// ---- descriptors that a call makes

u64 PreparedCall::descriptorsOut(const Expression& e) {
  if (isNull(e, m_context.variables)) return 0;
  if (auto* list = std::get_if<List>(&e.value))
    for (const Expression& item : list->items) m_newDescriptors.push_back(number(item));
  return m_descriptorsAt = room(8);
}

std::vector<std::pair<s64, s64>> PreparedCall::newDescriptors() const {
  std::vector<std::pair<s64, s64>> made;
  for (size_t i = 0; i < m_newDescriptors.size() && i < 2; ++i)
    made.emplace_back(m_newDescriptors[i], static_cast<s32>(get(host(m_descriptorsAt) + 4 * i, 4)));
  for (const auto& passed : passedDescriptors()) made.push_back(passed);
  return made;
}

// ---- buffers and messages

u64 PreparedCall::vectors(const Expression& e, bool toSend) {
  if (isNull(e, m_context.variables)) return 0;
  auto* list = std::get_if<List>(&e.value);
  if (!list) throw PlayError{e.position, "expected a list of {BYTES, LENGTH}"};
  std::vector<u8> iov(16 * list->items.size());
  for (size_t i = 0; i < list->items.size(); ++i) {
    auto* pair = std::get_if<Braces>(&list->items[i].value);
    if (!pair || pair->items.size() != 2) throw PlayError{list->items[i].position, "expected {BYTES, LENGTH}"};
    put(iov, 16 * i, toSend ? data(pair->items[0], &pair->items[1]) : received(pair->items[0], &pair->items[1]), 8);
    put(iov, 16 * i + 8, size(pair->items[1]), 8);
  }
  return filled(std::move(iov));
}

u64 PreparedCall::message(const Expression& e, bool toSend) {
  if (isNull(e, m_context.variables)) return 0;
  const Struct* s = structOf(e, StructKind::MsgHdr);
  if (!s) throw PlayError{e.position, "expected {msg_name(...)=..., msg_iov(1)=[{..., LENGTH}], msg_flags=0}"};
  std::vector<u8> header(MessageBytes);
  const Expression& name = *s->field("msg_name");
  put(header, 0, toSend ? addressIn(name) : addressOut(name), 8);
  put(header, 8, m_lastLength, 4);
  const Expression& buffers = *s->field("msg_iov");
  put(header, 16, vectors(buffers, toSend), 8);
  auto* list = std::get_if<List>(&buffers.value);
  put(header, 24, list ? list->items.size() : 0, 8);
  const s64 flags = number(*s->field("msg_flags"));
  const u64 at = room(header.size());
  size_t controlLength = RoomForControl;
  if (const Expression* control = s->field("msg_control")) {
    for (const Field& f : s->fields)
      if (f.name == "msg_control" && f.length) controlLength = size(*f.length);
    const u64 where = toSend ? controlIn(*control, controlLength) : controlOut(*control, at, controlLength);
    put(header, 32, where, 8);
    put(header, 40, controlLength, 8);
  }
  m_fills.push_back({host(at), std::move(header)});
  if (!toSend) expectInt(at + 48, flags, s->field("msg_flags")->position, "msg_flags");
  return at;
}

u64 PreparedCall::controlIn(const Expression& e, size_t& length) {
  auto* list = std::get_if<List>(&e.value);
  if (!list) throw PlayError{e.position, "expected a list of {cmsg_level=..., cmsg_type=..., cmsg_data=...}"};
  std::vector<u8> bytes;
  for (const Expression& item : list->items) {
    const Struct* c = structOf(item, StructKind::CmsgHdr);
    if (!c) throw PlayError{item.position, "expected {cmsg_level=..., cmsg_type=..., cmsg_data=...}"};
    const size_t at = bytes.size();
    const auto type = static_cast<u32>(number(*c->field("cmsg_type")));
    const std::vector<u8> payload = controlBytes(*c->field("cmsg_data"), type);
    bytes.resize(at + CmsgHeader + aligned(payload.size()));
    put(bytes, at, CmsgHeader + payload.size(), 8);
    put(bytes, at + 8, static_cast<u64>(number(*c->field("cmsg_level"))), 4);
    put(bytes, at + 12, type, 4);
    std::copy(payload.begin(), payload.end(), bytes.begin() + static_cast<std::ptrdiff_t>(at + CmsgHeader));
  }
  length = bytes.size();
  return filled(std::move(bytes));
}

u64 PreparedCall::controlOut(const Expression& e, u64 header, size_t& length) {
  const u64 at = room(std::max(length, RoomForControl));
  if (isEllipsis(e)) return at;
  if (!std::holds_alternative<List>(e.value)) throw PlayError{e.position, "expected ... or a list of control messages"};
  m_controlExpected = &e;
  m_controlAt = at;
  m_controlHeader = header;
  m_checks.push_back([this, expected = e](s64) {
    const ByteView came = controlCame();
    compareControl(expected, came.data(), came.size());
  });
  return at;
}

ByteView PreparedCall::controlCame() const {
  const size_t size = get(host(m_controlHeader + 40), 8);
  return {host(m_controlAt), std::min(size, RoomForControl)};
}

void PreparedCall::compareControl(const Expression& expected, const u8* at, size_t size) const {
  const auto& items = std::get<List>(expected.value).items;
  size_t offset = 0;
  for (const Expression& item : items) {
    const Struct* c = structOf(item, StructKind::CmsgHdr);
    if (!c) throw PlayError{item.position, "expected {cmsg_level=..., cmsg_type=..., cmsg_data=...}"};
    if (offset + CmsgHeader > size) throw PlayError{item.position, "the call gave no such control message"};
    const size_t length = get(at + offset, 8);
    if (length < CmsgHeader || offset + length > size) throw PlayError{item.position, "the control message is damaged"};
    hold(item.position, "cmsg_level", number(*c->field("cmsg_level")), static_cast<s32>(get(at + offset + 8, 4)));
    hold(item.position, "cmsg_type", number(*c->field("cmsg_type")), static_cast<s32>(get(at + offset + 12, 4)));
    compareCmsg(*c, item.position, ByteView(at + offset + CmsgHeader, length - CmsgHeader));
    offset += aligned(length);
  }
  if (offset < size)
    throw PlayError{expected.position, "the call gave more control messages than the " + std::to_string(items.size()) +
                                           " that the script names"};
}

// An int; a time (struct scm_timestamping's first that is set, counted from the script's beginning); a
// struct sock_extended_err; who sent it. Lists of statistics are not looked into; of descriptors they are the numbers that
// the script gives to what came.
void PreparedCall::compareCmsg(const Struct& expected, Position where, ByteView data) const {
  const Expression& e = *expected.field("cmsg_data");
  const bool descriptors = number(*expected.field("cmsg_type")) == kernel::SCM_RIGHTS;
  const auto need = [&](size_t n) {
    if (data.size() < n)
      throw PlayError{where, "the control message has " + std::to_string(data.size()) + " bytes of data only"};
  };
  if (const Struct* stamp = structOf(e, StructKind::Timestamp)) {
    need(16);
    size_t at = 0;
    while (at + 32 <= data.size() && !get(data.data() + at, 8) && !get(data.data() + at + 8, 8)) at += 16;
    const s64 found = static_cast<s64>(get(data.data() + at, 8)) * 1'000'000'000 +
                      static_cast<s64>(get(data.data() + at + 8, 8)) - m_context.start;
    const s64 wanted = number(*stamp->field("scm_sec")) * 1'000'000'000 + number(*stamp->field("scm_nsec"));
    if (std::abs(found - wanted) > m_context.tolerance) hold(where, "the time stamp (ns)", wanted, found);
  } else if (const Struct* error = structOf(e, StructKind::ExtendedError)) {
    need(16);
    static constexpr struct {
      const char* name;
      size_t at, bytes;
    } Fields[] = {{"ee_errno", 0, 4}, {"ee_origin", 4, 1}, {"ee_type", 5, 1},
                  {"ee_code", 6, 1},  {"ee_info", 8, 4},   {"ee_data", 12, 4}};
    for (const auto& f : Fields)
      hold(where, f.name, number(*error->field(f.name)) & 0xffffffff,
           static_cast<s64>(get(data.data() + f.at, f.bytes)));
  } else if (const Struct* who = structOf(e, StructKind::Ucred)) {
    need(12);
    compareCredentials(*who, where, data.data());
  } else if (auto* list = std::get_if<List>(&e.value)) {
    if (descriptors) hold(where, "so many descriptors:", static_cast<s64>(list->items.size()), s64(data.size() / 4));
  } else if (!isEllipsis(e)) {
    need(1);
    const size_t bytes = std::min<size_t>(data.size(), 4);
    const s64 found = bytes == 4 ? static_cast<s32>(get(data.data(), 4)) : static_cast<s64>(get(data.data(), bytes));
    hold(where, "cmsg_data", number(e), found);
  }
}

// ---- poll, epoll, select

u64 PreparedCall::pollFds(const Expression& e) {
  if (isNull(e, m_context.variables)) return 0;
  auto* list = std::get_if<List>(&e.value);
  if (!list) throw PlayError{e.position, "expected [{fd=3, events=POLLIN, revents=POLLIN}]; found " + describe(e)};
  std::vector<u8> bytes(8 * list->items.size());
  const u64 at = room(bytes.size());
  for (size_t i = 0; i < list->items.size(); ++i) {
    const Expression& item = list->items[i];
    const Struct* p = structOf(item, StructKind::PollFd);
    if (!p) throw PlayError{item.position, "expected {fd=3, events=POLLIN, revents=POLLIN}; found " + describe(item)};
    const s64 fd = number(*p->field("fd"));
    put(bytes, 8 * i, static_cast<u64>(fd < 0 ? fd : m_context.kernelFd(fd, item.position)), 4);
    put(bytes, 8 * i + 4, static_cast<u64>(number(*p->field("events"))), 2);
    const Expression* revents = p->field("revents");
    if (!revents) continue;
    m_checks.push_back([this, where = at + 8 * i + 6, wanted = number(*revents), place = revents->position](s64) {
      const u64 found = get(host(where), 2);
      if (found != static_cast<u64>(wanted))
        throw PlayError{place, "expected revents " + bitsText("poll_events", static_cast<u64>(wanted)) + ", got " +
                                   bitsText("poll_events", found)};
    });
  }
  m_fills.push_back({host(at), std::move(bytes)});
  return at;
}

// What the program wants back with the event: a script's number stays what the script wrote.
u64 PreparedCall::epollEventIn(const Expression& e) {
  if (isNull(e, m_context.variables)) return 0;
  const Struct* event = structOf(e, StructKind::EpollEvent);
  if (!event) throw PlayError{e.position, "expected {events=EPOLLIN, fd=3}; found " + describe(e)};
  std::vector<u8> bytes(EpollEventBytes);
  put(bytes, 0, static_cast<u64>(number(*event->field("events"))), 4);
  put(bytes, 4, static_cast<u64>(number(event->fields[1].value)), 8);
  return filled(std::move(bytes));
}

u64 PreparedCall::epollEventsOut(const Expression& e, const Expression* count) {
  if (isNull(e, m_context.variables)) return 0;
  const size_t most = count ? std::min(static_cast<size_t>(std::max<s64>(number(*count), 1)), MostEvents) : 1;
  const u64 at = room(EpollEventBytes * most);
  if (isEllipsis(e)) return at;
  std::vector<Expression> expected{e};
  if (auto* list = std::get_if<List>(&e.value)) expected = list->items;
  for (size_t i = 0; i < expected.size() && i < most; ++i) {
    const Struct* event = structOf(expected[i], StructKind::EpollEvent);
    if (!event)
      throw PlayError{expected[i].position, "expected {events=EPOLLIN, fd=3}; found " + describe(expected[i])};
    m_checks.push_back([this, i, where = at + EpollEventBytes * i, events = number(*event->field("events")),
                        data = number(event->fields[1].value), name = event->fields[1].name,
                        place = expected[i].position](s64 result) {
      if (static_cast<s64>(i) >= result) return;
      const u64 found = get(host(where), 4);
      if (found != static_cast<u32>(events))
        throw PlayError{place, "expected events " + bitsText("epoll_events", static_cast<u32>(events)) + ", got " +
                                   bitsText("epoll_events", found)};
      hold(place, name.c_str(), data, static_cast<s64>(get(host(where + 4), 8)));
    });
  }
  return at;
}

std::vector<u8> PreparedCall::setOf(const Expression& e) {
  auto* list = std::get_if<List>(&e.value);
  if (!list) throw PlayError{e.position, "expected a set of descriptors: [3, 4]; found " + describe(e)};
  std::vector<u8> bits(128); // fd_set: 1024 of them
  for (const Expression& item : list->items) {
    const s64 fd = m_context.kernelFd(number(item), item.position);
    if (fd < 0 || fd >= 1024) throw PlayError{item.position, "a set holds descriptors from 0 to 1023"};
    bits[static_cast<size_t>(fd) / 8] |= static_cast<u8>(1 << fd % 8);
    m_highestFd = std::max(m_highestFd, fd);
  }
  return bits;
}

u64 PreparedCall::descriptorSet(const Expression& e) {
  if (isNull(e, m_context.variables)) return 0;
  auto* both = std::get_if<Braces>(&e.value);
  if (both && both->items.size() != 2) throw PlayError{e.position, "expected {[ASKED], [ANSWERED]}"};
  const u64 at = filled(setOf(both ? both->items[0] : e));
  if (both)
    m_checks.push_back([this, at, expected = setOf(both->items[1]), place = e.position](s64) {
      for (size_t fd = 0; fd < 8 * expected.size(); ++fd) {
        const bool wanted = expected[fd / 8] >> fd % 8 & 1, found = host(at)[fd / 8] >> fd % 8 & 1;
        if (wanted != found)
          throw PlayError{place, "descriptor " + std::to_string(fd) + (found ? " is" : " is not") +
                                     " in the set that came back"};
      }
    });
  return at;
}

u64 PreparedCall::timeIn(const Expression& e, s64 fraction) {
  if (isNull(e, m_context.variables)) return 0;
  auto* list = std::get_if<List>(&e.value);
  if (!list || list->items.size() != 2) throw PlayError{e.position, "expected NULL or a time: [SECONDS, FRACTION]"};
  std::vector<u8> bytes(16);
  put(bytes, 0, static_cast<u64>(number(list->items[0])), 8);
  put(bytes, 8, static_cast<u64>(number(list->items[1]) * fraction), 8);
  return filled(std::move(bytes));
}

u64 PreparedCall::offsetInOut(const Expression& e) {
  if (isNull(e, m_context.variables)) return 0;
  auto* list = std::get_if<List>(&e.value);
  if (!list || list->items.size() != 1) throw PlayError{e.position, "expected NULL or an offset: [0]"};
  std::vector<u8> bytes(8);
  put(bytes, 0, static_cast<u64>(number(list->items[0])), 8);
  return filled(std::move(bytes));
}

u64 PreparedCall::path(const Expression& e) {
  auto* text = std::get_if<Text>(&e.value);
  if (!text) throw PlayError{e.position, "expected a path: \"/tmp/file\"; found " + describe(e)};
  std::vector<u8> bytes(text->bytes.begin(), text->bytes.end());
  bytes.push_back(0);
  return filled(std::move(bytes));
}

} // namespace sockwalk::scenario
