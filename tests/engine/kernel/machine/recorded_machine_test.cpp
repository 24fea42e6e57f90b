// What differs between a plain machine and the one that was recorded, and that nothing else does.
#include "engine/kernel/kernel/softirq.h"
#include "engine/kernel/syscalls.h"
#include <gtest/gtest.h>

namespace sockwalk::kernel {
namespace {

constexpr u32 Receive = 1u << NET_RX_SOFTIRQ, Transmit = 1u << NET_TX_SOFTIRQ;

MachineOptions withOddities(bool recorded) {
  MachineOptions options;
  if (recorded) options.recorded = RecordedMachine::asRecorded();
  return options;
}

TEST(RecordedMachine, APlainOneHasNoOddities) {
  EXPECT_TRUE(MachineOptions().recorded.plain());
  EXPECT_FALSE(RecordedMachine::asRecorded().plain());
}

TEST(RecordedMachine, OnAPlainOneTenRoundsOfSoftirqsAreTooMany) {
  Machine machine;
  EnterMachine enter(machine);
  beginSoftirqLoad();
  addSoftirqWork(300);
  EXPECT_FALSE(tookLong(1, Receive | Transmit)) << "packets are not counted";
  EXPECT_FALSE(tookLong(9, Receive));
  EXPECT_TRUE(tookLong(10, Receive));
  EXPECT_FALSE(tookLong(10, 0)) << "nothing is left to do";
}

TEST(RecordedMachine, OnTheRecordedOneFivePacketsAreTooMany) {
  Machine machine(withOddities(true));
  EnterMachine enter(machine);
  beginSoftirqLoad();
  addSoftirqWork(4);
  EXPECT_FALSE(tookLong(10, Receive));
  EXPECT_TRUE(tookLong(1, Transmit)) << "what is left to send is for ksoftirqd";
  setCallWork(16384);
  EXPECT_TRUE(tookLong(1, Receive)) << "much data counts as one more";
  setCallWork(0);
  addSoftirqWork(1);
  EXPECT_TRUE(tookLong(1, Receive));
}

// ns that a datagram to this machine's own address takes, and how many events it has.
std::pair<s64, u64> datagramOverLoopback(bool recorded) {
  Machine machine(withOddities(recorded));
  machine.boot();
  const TaskId task = machine.createTask("test");
  const auto call = [&](const std::function<s64()>& body) {
    return machine.journal().stimuli()[machine.systemCall(task, "call", body)].result;
  };
  const u32 fd = static_cast<u32>(call([] { return __x64_sys_socket(2, 2, 0); }));
  const void* room = machine.userMemory(task, 16);
  const u8 address[16] = {2, 0, 0x1f, 0x90, 127, 0, 0, 1};
  const s64 begin = machine.now();
  const u64 events = machine.journal().size();
  EXPECT_EQ(call([&] {
              setBytes(room, address, 16);
              return __x64_sys_sendto(static_cast<int>(fd), Arena::address(room), 5, 0, Arena::address(room), 16);
            }),
            5);
  return {machine.now() - begin, machine.journal().size() - events};
}

TEST(RecordedMachine, OnlyThereAPacketOverLoopbackTakesTime) {
  const auto [plain, events] = datagramOverLoopback(false);
  EXPECT_LE(plain, static_cast<s64>(events) * 10) << "nothing but the ten nanoseconds of each event";
  EXPECT_GE(datagramOverLoopback(true).first, plain + 500'000);
}

TEST(RecordedMachine, OnlyThereLargeBuffersBeginInTheMiddleOfAPage) {
  for (const bool recorded : {false, true}) {
    Machine machine(withOddities(recorded));
    machine.boot();
    const TaskId task = machine.createTask("test");
    EXPECT_EQ(Arena::address(machine.userMemory(task, 16)) & 0xfff, 0u);
    EXPECT_EQ(Arena::address(machine.userMemory(task, 1000)) & 0xfff, recorded ? 0xc20u : 0x10u);
  }
}

} // namespace
} // namespace sockwalk::kernel
