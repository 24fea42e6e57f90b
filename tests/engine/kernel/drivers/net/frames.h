// Ethernet frames that carry one UDP datagram to a card of a test's machine, and a listener on its wire.
#pragma once
#include "engine/kernel/drivers/net/wire.h"
#include "tests/engine/kernel/net/networks.h"
#include <algorithm>
#include <array>

namespace sockwalk::kernel {

using Frame = std::vector<u8>;
constexpr u32 Eth0 = 2, Here = ip4(10, 0, 2, 15), There = ip4(10, 0, 2, 2);

inline void append(Frame& f, std::initializer_list<u32> bytes) {
  for (const u32 b : bytes) f.push_back(static_cast<u8>(b));
}
inline u16 sumOf(const u8* bytes, size_t size) { // in the order in which it stands in the header
  u32 sum = 0;
  for (size_t i = 0; i < size; i += 2) sum += u32(bytes[i]) << 8 | bytes[i + 1];
  while (sum >> 16) sum = (sum & 0xffff) + (sum >> 16);
  return static_cast<u16>(~sum);
}
// An IPv4 packet of this protocol from There to Here.
inline Frame packet(u8 protocol, const Frame& payload, u32 to = Here) {
  Frame p;
  const u32 size = 20 + static_cast<u32>(payload.size());
  append(p, {0x45, 0, size >> 8,   size,        0,          1,     0,        0,        64,      protocol,
             0,    0, There >> 24, There >> 16, There >> 8, There, to >> 24, to >> 16, to >> 8, to});
  const u16 sum = sumOf(p.data(), 20);
  p[10] = static_cast<u8>(sum >> 8), p[11] = static_cast<u8>(sum);
  p.insert(p.end(), payload.begin(), payload.end());
  return p;
}
inline Frame datagram(u16 port, const std::string& text) { // without a checksum, which UDP allows
  Frame u;
  const u32 size = 8 + static_cast<u32>(text.size());
  append(u, {0x30, 0x39, u32(port) >> 8, port, size >> 8, size, 0, 0});
  u.insert(u.end(), text.begin(), text.end());
  return packet(17, u);
}
inline Frame onEthernet(const Frame& ip, const std::array<u8, 6>& to = {0x52, 0x54, 0x00, 0x12, 0x34, 0x56}) {
  Frame f(to.begin(), to.end());
  append(f, {0x52, 0x55, 0x0a, 0x00, 0x02, 0x02, 0x08, 0x00});
  f.insert(f.end(), ip.begin(), ip.end());
  return f;
}

// How often the kernel has said so.
inline int notesOf(const Journal& j, std::string_view name) {
  int n = 0;
  for (EventIndex i = 0; i < j.size(); ++i)
    n += j[i].type == EventType::Note && Symbols::get().notes()[j[i].b]->name == name;
  return n;
}

// A machine with eth0 at Here, what leaves it, and a socket on port 7000.
struct OnTheWire : testing::Test {
  KernelMachine m;
  std::vector<Frame> sent;
  int socket = -1;
  void SetUp() override {
    m.machine.onTransmit = [this](u32, const u8* bytes, u32 size) { sent.emplace_back(bytes, bytes + size); };
    socket = m.socket(2, 2, 0);
    const u64 a = m.address(0, 7000);
    ASSERT_EQ(m.call([&] { return __x64_sys_bind(socket, a, 16); }), 0);
  }
  void arrives(const Frame& frame) { receiveFrame(m.machine, Eth0, frame, "a frame"); }
  // The datagrams that wait on the socket, as "one two".
  std::string received() {
    std::string all;
    for (const u64 room = m.userRoom(2000);;) {
      const s64 n = m.call([=, this] { return __x64_sys_recvfrom(socket, room, 2000, 0x40, 0, 0); });
      if (n < 0) return all;
      all += (all.empty() ? "" : " ") +
             std::string(reinterpret_cast<const char*>(m.machine.recorder().arena().at(static_cast<u32>(room))),
                         static_cast<size_t>(n));
    }
  }
  // ICMP errors among what was sent.
  size_t errorsSent() const {
    return static_cast<size_t>(std::ranges::count_if(
        sent, [](const Frame& f) { return f.size() > 34 && f[12] == 8 && f[13] == 0 && f[23] == 1 && f[34] == 3; }));
  }
  const net_device* eth0() {
    EnterMachine enter(m.machine);
    return __dev_get_by_name(init_net, "eth0");
  }
  int notes(std::string_view name) const { return notesOf(m.machine.journal(), name); }
};

} // namespace sockwalk::kernel
