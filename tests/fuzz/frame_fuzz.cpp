#include "tests/fuzz/frame_fuzz.h"
#include "engine/kernel/drivers/net/wire.h"
#include "engine/scenario/call_table.h"
#include "tests/support/census.h"
#include <algorithm>
#include <array>
#include <cstring>

namespace sockwalk {

namespace {

using kernel::Machine;
using kernel::TaskId;
using Bytes = std::vector<u8>;

constexpr u32 Eth0 = 2;
constexpr size_t MostFrame = 2000, MostRecords = 200;
constexpr int MostCallsAtOnce = 20; // that a program makes before it is another's turn
constexpr u8 ours[4] = {10, 0, 2, 15};

s64 make(const char* name, std::array<u64, 6> arguments) {
  const scenario::CallShape* shape = scenario::callNamed(name);
  return shape ? shape->call(arguments.data()) : -38; // ENOSYS
}

// A program that lives on its sockets: a TCP server of one connection after the other, or one that reads datagrams.
struct Program {
  TaskId task = 0;
  s64 socket = -1, connection = -1;
  bool tcp = false, accepting = false;
  u32 stimulus = 0;
  const u8* buffer = nullptr;
};

class HostileWire {
public:
  explicit HostileWire(bool recording) : m_machine(optionsFor(recording)) {
    m_machine.onTransmit = [this](u32, const u8* bytes, u32 size) { sent({bytes, size}); };
    m_machine.boot();
    m_boot = testing::censusOf(m_machine.journal(), m_machine.journal().size());
    start("server", 1, 0, 80);
    start("datagrams", 2, 0, 53);
    start("raw", 3, 1, 0);
    start("ping", 2, 1, 0);
  }

  void record(u8 how, ByteView bytes) {
    if (how & 8) {
      const s64 ms = bytes.size() < 2 ? 1 : bytes[0] | bytes[1] << 8;
      m_machine.runUntil(m_machine.now() + ms * 1'000'000);
    } else {
      Bytes frame;
      if (!(how & 1)) frame = {0x52, 0x54, 0, 0x12, 0x34, 0x56, 0x52, 0x55, 0x0a, 0, 2, 2, 8, 0};
      frame.insert(frame.end(), bytes.begin(), bytes.begin() + static_cast<long>(std::min(bytes.size(), MostFrame)));
      if (how & 6) repair(frame, how);
      if (!frame.empty()) kernel::receiveFrame(m_machine, Eth0, frame, "frame", "");
    }
    for (Program& p : m_programs) goOn(p);
  }

  std::vector<std::string> finish(bool recording) {
    if (m_machine.panicked()) return {m_machine.panicText()};
    if (!recording) return {};
    return testing::leaks(m_machine, m_boot);
  }
  bool panicked() const { return m_machine.panicked(); }

private:
  static kernel::MachineOptions optionsFor(bool recording) {
    kernel::MachineOptions options;
    options.recording = recording;
    return options;
  }

  s64 call(Program& p, const char* name, std::array<u64, 6> arguments) {
    p.stimulus = m_machine.systemCall(p.task, name, [=] { return make(name, arguments); });
    return m_machine.journal().stimuli()[p.stimulus].result;
  }

  void start(const char* name, int type, int protocol, u16 port) {
    Program p;
    p.task = m_machine.createTask(name);
    p.tcp = type == 1;
    p.socket = call(p, "socket", {2, static_cast<u64>(type), static_cast<u64>(protocol)});
    p.buffer = static_cast<const u8*>(m_machine.userMemory(p.task, 4096));
    if (p.socket < 0) return;
    if (port) {
      const u8 address[16] = {2, 0, static_cast<u8>(port >> 8), static_cast<u8>(port)};
      kernel::EnterMachine enter(m_machine);
      setBytes(p.buffer, address, 16);
      call(p, "bind", {static_cast<u64>(p.socket), Arena::address(p.buffer), 16});
    }
    if (p.tcp && call(p, "listen", {static_cast<u64>(p.socket), 2}) < 0) return; // this kernel has no TCP
    m_programs.push_back(p);
    begin(m_programs.back());
  }

  void begin(Program& p) { // the next call that may sleep
    p.accepting = p.tcp && p.connection < 0;
    if (p.accepting) call(p, "accept", {static_cast<u64>(p.socket), 0, 0});
    else
      call(p, "recvfrom", {static_cast<u64>(p.tcp ? p.connection : p.socket), Arena::address(p.buffer), 4096, 0, 0, 0});
  }

  void goOn(Program& p) {
    for (int n = 0; n < MostCallsAtOnce && !m_machine.busy(p.task) && !m_machine.panicked(); ++n) {
      const s64 result = m_machine.journal().stimuli()[p.stimulus].result;
      if (p.accepting && result >= 0) {
        p.connection = result;
      } else if (p.tcp && p.connection >= 0 && result > 0) { // an echo server, that does not wait for room
        call(p, "sendto",
             {static_cast<u64>(p.connection), Arena::address(p.buffer), static_cast<u64>(result), 0x4040, 0, 0});
      } else if (p.tcp && p.connection >= 0) {
        call(p, "close", {static_cast<u64>(p.connection)});
        p.connection = -1;
      }
      begin(p);
    }
  }

  // ---- making hostile packets look right, so that they get further

  void sent(ByteView frame) {
    if (frame.size() < 54 || frame[12] != 8 || frame[13] || frame[23] != 6) return;
    const size_t at = 14 + (frame[14] & 15) * 4u;
    if (frame.size() < at + 20) return;
    const u32 length = loadBe16(frame, 16), head = (frame[14] & 15) * 4u + (frame[at + 12] >> 4) * 4u;
    m_theirNext = loadBe32(frame, at + 4) + (length > head ? length - head : 0) + (frame[at + 13] & 2 ? 1 : 0) +
                  (frame[at + 13] & 1);
    m_expected = loadBe32(frame, at + 8);
  }

  static u32 sum(const u8* bytes, size_t size, u32 total = 0) {
    for (size_t i = 0; i < size; i += 2) total += bytes[i] << 8 | (i + 1 < size ? bytes[i + 1] : 0);
    while (total >> 16) total = (total & 0xffff) + (total >> 16);
    return total;
  }
  static void put16(u8* at, u32 value) { at[0] = static_cast<u8>(value >> 8), at[1] = static_cast<u8>(value); }
  static void addTo32(u8* at, u32 by) {
    const u32 value = (u32(at[0]) << 24 | at[1] << 16 | at[2] << 8 | at[3]) + by;
    put16(at, value >> 16), put16(at + 2, value & 0xffff);
  }

  void repair(Bytes& frame, u8 how) {
    if (frame.size() < 34) return;
    u8* ip = frame.data() + 14;
    const size_t size = frame.size() - 14, head = (ip[0] & 15) * 4u;
    if (head < 20 || head > size) return;
    u8* segment = ip + head;
    const size_t rest = size - head;
    if (how & 4 && ip[9] == 6 && rest >= 20) addTo32(segment + 4, m_expected), addTo32(segment + 8, m_theirNext);
    if (!(how & 2)) return;
    ip[0] = static_cast<u8>(0x40 | (ip[0] & 15));
    put16(ip + 2, static_cast<u32>(size));
    std::memcpy(ip + 16, ours, 4);
    put16(ip + 10, 0);
    put16(ip + 10, ~sum(ip, head) & 0xffff);
    const bool fragment = (ip[6] & 0x3f) || ip[7];
    const size_t at = ip[9] == 17 ? 6 : ip[9] == 6 ? 16 : ip[9] == 1 ? 2 : 0;
    if (fragment || !at || rest < at + 2) return;
    if (ip[9] == 17) put16(segment + 4, static_cast<u32>(rest));
    put16(segment + at, 0);
    u32 pseudo = 0;
    if (ip[9] != 1) pseudo = sum(ip + 12, 8, ip[9] + static_cast<u32>(rest));
    const u32 c = ~sum(segment, rest, pseudo) & 0xffff;
    put16(segment + at, ip[9] == 17 && !c ? 0xffff : c);
  }

  Machine m_machine;
  testing::Census m_boot;
  std::vector<Program> m_programs;
  u32 m_theirNext = 0, m_expected = 0; // what the machine will send next, and what it waits for, on TCP
};

} // namespace

std::vector<std::string> playHostileFrames(ByteView input) {
  if (input.empty()) return {};
  const bool recording = input[0] & 1;
  input = input.subspan(1);
  HostileWire wire(recording);
  for (size_t n = 0; n < MostRecords && input.size() > 3 && !wire.panicked(); ++n) {
    const u8 how = input[0];
    const size_t length = std::min<size_t>(input[1] | input[2] << 8, input.size() - 3);
    wire.record(how, input.subspan(3, length));
    input = input.subspan(3 + length);
  }
  return wire.finish(recording);
}

} // namespace sockwalk
