// tun0: packets without a link header, between the kernel and the program that holds /dev/net/tun.
#include "engine/kernel/drivers/net/tun.h"
#include "tests/engine/kernel/drivers/net/frames.h"

namespace sockwalk::kernel {
namespace {

struct Tun : testing::Test {
  static MachineOptions options() {
    MachineOptions o;
    o.ethernet = false;
    o.tun = true;
    return o;
  }
  KernelMachine m{options()};
  std::vector<Frame> read; // by the program
  int socket = -1;
  void SetUp() override {
    m.machine.onTransmit = [this](u32, const u8* bytes, u32 size) { read.emplace_back(bytes, bytes + size); };
    socket = m.socket(2, 2, 0);
    const u64 a = m.address(0, 7000);
    ASSERT_EQ(m.call([&] { return __x64_sys_bind(socket, a, 16); }), 0);
  }
  void write(const Frame& packet) {
    m.machine.interrupt("write(tun)", [&] { tun_write(__dev_get_by_name(init_net, "tun0"), packet); });
  }
  s64 receive() {
    const u64 room = m.userRoom(100);
    const int fd = socket;
    return m.call([=] { return __x64_sys_recvfrom(fd, room, 100, 0x40, 0, 0); });
  }
};

TEST_F(Tun, WhatTheProgramWritesComesIn) {
  write(datagram(7000, "hello"));
  EXPECT_EQ(receive(), 5);
  EXPECT_EQ(receive(), -EAGAIN);
}

TEST_F(Tun, WhatTheKernelSendsIsReadAtOnceWithoutALinkHeader) {
  const u64 to = m.address(There, 9), text = m.user("hello", 5);
  const int fd = socket;
  EXPECT_EQ(m.call([=] { return __x64_sys_sendto(fd, text, 5, 0, to, 16); }), 5);
  ASSERT_EQ(read.size(), 1u) << "no neighbour is asked first";
  EXPECT_EQ(read[0].size(), 20u + 8 + 5);
  EXPECT_EQ(read[0][0], 0x45);
  EXPECT_EQ(std::string(read[0].end() - 5, read[0].end()), "hello");
}

TEST_F(Tun, NothingWrittenIsNothing) {
  const EventIndex before = m.machine.journal().size();
  write({});
  const Journal& j = m.machine.journal();
  for (EventIndex i = before; i < j.size(); ++i) EXPECT_NE(j[i].type, EventType::PacketIn);
}

TEST_F(Tun, APacketOfAnotherVersionFindsNoTaker) {
  Frame six = datagram(7000, "x");
  six[0] = 0x60;
  write(six);
  EXPECT_EQ(receive(), -EAGAIN);
  EXPECT_FALSE(m.machine.panicked()) << m.machine.panicText();
}

} // namespace
} // namespace sockwalk::kernel
