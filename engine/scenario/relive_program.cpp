#include "engine/scenario/relive_program.h"
#include "engine/feed/headers.h"
#include "engine/kernel/include/linux/fs.h"
#include "engine/kernel/include/net/sock.h"
#include "engine/memory/constants/inet.h"
#include "engine/scenario/call_table.h"
#include "engine/scenario/frame_builder.h"
#include "engine/scenario/new_task.h"

namespace sockwalk::scenario {

namespace {

constexpr u32 OutgoingRoom = 4 << 20, IncomingRoom = 256 << 10, SmallRoom = 64;
constexpr u32 LongestDatagram = 65535, AddressSize = 16;
constexpr u64 OutOfBand = 1, DontWait = 0x40, NoSignal = 0x4000; // MSG_
constexpr u64 NonBlocking = 04000;                               // SOCK_NONBLOCK

u64 unsignedOf(s64 fd) { return static_cast<u64>(fd); }

std::vector<u8> socketAddress(const Endpoint& e) { // struct sockaddr_in
  Bytes bytes{2, 0};
  putBe16(bytes, e.port);
  putBe32(bytes, e.address);
  bytes.resize(16);
  return bytes;
}

std::string addressWords(const Endpoint& e) {
  return "{sa_family = AF_INET, sin_port = htons(" + std::to_string(e.port) + "), sin_addr = inet_addr(\"" +
         ipv4Text(e.address) + "\")}, 16";
}

} // namespace

Program::Program(Stage& stage, const std::string& name, kernel::TaskId of)
    : m_stage(&stage),
      m_task(newTask(stage.machine, name, of, of ? kernel::Descriptors::Shared : kernel::Descriptors::Own)) {
  const auto room = [&](u32 size) { return static_cast<const u8*>(stage.machine.userMemory(m_task, size)); };
  m_outgoing = room(OutgoingRoom);
  m_incoming = room(IncomingRoom);
  m_small = room(SmallRoom);
}

u32 Program::begin(const char* name, std::string text, std::array<u64, 6> arguments, const void* to,
                   std::vector<u8> bytes) {
  const CallShape* shape = callNamed(name);
  return m_stage->machine.systemCall(m_task, told() ? std::move(text) : "", [=, bytes = std::move(bytes)] {
    if (to && !bytes.empty()) setBytes(to, bytes.data(), static_cast<u32>(bytes.size()), 0);
    return shape->call(arguments.data());
  });
}

s64 Program::call(const char* name, std::string text, std::array<u64, 6> arguments, const void* to,
                  std::vector<u8> bytes) {
  const u32 stimulus = begin(name, std::move(text), arguments, to, std::move(bytes));
  return m_stage->machine.journal().stimuli()[stimulus].result;
}

s64 Program::socket(int type, int protocol) {
  const char* const types[] = {"", "SOCK_STREAM", "SOCK_DGRAM", "SOCK_RAW"};
  return call("socket",
              std::string("socket(AF_INET, ") + types[type] + ", " +
                  (protocol == kernel::IPPROTO_ICMP ? "IPPROTO_ICMP" : std::to_string(protocol)) + ")",
              {2, static_cast<u64>(type), static_cast<u64>(protocol)});
}

s64 Program::withAddress(const char* name, s64 fd, Endpoint to) {
  // A connect() that waits would hold up all that its program has to do besides.
  if (std::string_view(name) == "connect" && fd != m_blocking)
    call("fcntl", "fcntl(" + std::to_string(fd) + ", F_SETFL, O_RDWR|O_NONBLOCK)",
         {unsignedOf(fd), 4, 2 | NonBlocking});
  return call(name, std::string(name) + "(" + std::to_string(fd) + ", " + addressWords(to) + ")",
              {unsignedOf(fd), Arena::address(m_small), 16}, m_small, socketAddress(to));
}

s64 Program::listen(s64 fd, int backlog) {
  return call("listen", "listen(" + std::to_string(fd) + ", " + std::to_string(backlog) + ")",
              {unsignedOf(fd), static_cast<u64>(backlog)});
}

s64 Program::accept(s64 fd) {
  return call("accept4", "accept4(" + std::to_string(fd) + ", NULL, NULL, SOCK_NONBLOCK)",
              {unsignedOf(fd), 0, 0, NonBlocking});
}

s64 Program::send(s64 fd, ByteView bytes, bool urgent) {
  bytes = bytes.first(std::min<size_t>(bytes.size(), OutgoingRoom));
  return call(
      "send",
      "send(" + std::to_string(fd) + ", ..., " + std::to_string(bytes.size()) + ", " + (urgent ? "MSG_OOB|" : "") +
          "MSG_DONTWAIT|MSG_NOSIGNAL)",
      {unsignedOf(fd), Arena::address(m_outgoing), bytes.size(), (urgent ? OutOfBand : 0) | DontWait | NoSignal},
      m_outgoing, {bytes.begin(), bytes.end()});
}

s64 Program::sendTo(s64 fd, ByteView bytes, Endpoint to) {
  std::vector<u8> filled = socketAddress(to);
  filled.insert(filled.end(), bytes.begin(), bytes.end());
  return call("sendto",
              "sendto(" + std::to_string(fd) + ", ..., " + std::to_string(bytes.size()) + ", 0, " + addressWords(to) +
                  ")",
              {unsignedOf(fd), Arena::address(m_outgoing) + 16, bytes.size(), 0, Arena::address(m_outgoing), 16},
              m_outgoing, std::move(filled));
}

s64 Program::receive(s64 fd) {
  return call("recv", "recv(" + std::to_string(fd) + ", ..., " + std::to_string(IncomingRoom) + ", MSG_DONTWAIT)",
              {unsignedOf(fd), Arena::address(m_incoming), IncomingRoom, DontWait});
}

u32 Program::receiveFrom(s64 fd) {
  const u8* const length = m_small + AddressSize;
  return begin(
      "recvfrom", "recvfrom(" + std::to_string(fd) + ", ..., 65535, 0, ..., ...)",
      {unsignedOf(fd), Arena::address(m_incoming), LongestDatagram, 0, Arena::address(m_small), Arena::address(length)},
      length, {AddressSize, 0, 0, 0});
}

s64 Program::shutdown(s64 fd) {
  return call("shutdown", "shutdown(" + std::to_string(fd) + ", SHUT_WR)", {unsignedOf(fd), 1});
}

s64 Program::close(s64 fd) { return call("close", "close(" + std::to_string(fd) + ")", {unsignedOf(fd)}); }

s64 Program::option(s64 fd, int level, int name, const std::string& words, std::vector<s32> value) {
  std::vector<u8> bytes(value.size() * 4);
  for (size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<u8>(static_cast<u32>(value[i / 4]) >> (i % 4 * 8));
  const u64 size = bytes.size();
  return call("setsockopt", "setsockopt(" + std::to_string(fd) + ", " + words + ", " + std::to_string(size) + ")",
              {unsignedOf(fd), static_cast<u64>(level), static_cast<u64>(name), Arena::address(m_small), size}, m_small,
              std::move(bytes));
}

const kernel::sock* Program::sockOf(s64 fd) const {
  const auto enter = kernel::EnterMachine(m_stage->machine);
  const auto* files = m_stage->machine.task(m_task).task->files.get();
  const auto* file = fd < 0 ? nullptr : kernel::files_lookup_fd(files, static_cast<u32>(fd));
  const auto* socket = file ? kernel::sock_from_file(file) : nullptr;
  return socket ? static_cast<const kernel::sock*>(socket->sk) : nullptr;
}

} // namespace sockwalk::scenario
