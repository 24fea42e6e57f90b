// Modules: who asks for one, how it comes, who holds it, and when it may go.
#include "engine/kernel/kernel/module/files.h"
#include "tests/engine/kernel/kernel_machine.h"
#include <algorithm>
#include <cstring>
#include <gtest/gtest.h>

namespace sockwalk::kernel {
namespace {

enum { Inet = 2, Alg = 38, Rds = 21, Stream = 1, Dgram = 2, Seqpacket = 5, L2tp = 115, SockPacket = 10 };
constexpr u32 Nonblock = 04000;

class Modules : public testing::Test {
protected:
  int calls(std::string_view function) const {
    const Journal& j = m.machine.journal();
    int n = 0;
    for (EventIndex i = 0; i < j.size(); ++i) n += j[i].type == EventType::Call && j.function(j[i]).name == function;
    return n;
  }
  int notes(std::string_view id) const {
    const Journal& j = m.machine.journal();
    int n = 0;
    for (EventIndex i = 0; i < j.size(); ++i)
      n += j[i].type == EventType::Note && Symbols::get().notes()[j[i].b]->name == id;
    return n;
  }
  // The count of a loaded module, or -1.
  int users(std::string_view name) const {
    EnterMachine enter(m.machine);
    for (const struct module* mod : loadedModules())
      if (reinterpret_cast<const char*>(mod->name) == name) return mod->refcnt.counter;
    return -1;
  }
  s64 remove(const char* name) {
    const u64 at = m.user(name, static_cast<u32>(std::strlen(name) + 1));
    return m.call([=] { return __x64_sys_delete_module(at, Nonblock); });
  }
  void tell(const std::function<void()>& body) { m.machine.interrupt("a setting", body); }

  KernelMachine m;
};

TEST_F(Modules, AFamilyThatIsNotOnTheDiskIsAskedForEachTimeAndLeavesNothingBehind) {
  m.socket(Rds, Seqpacket, 0);
  const auto before = m.census();
  EXPECT_EQ(m.socket(Rds, Seqpacket, 0), -EAFNOSUPPORT);
  EXPECT_EQ(m.census(), before);
  EXPECT_EQ(calls("__request_module"), 2);
  EXPECT_EQ(calls("call_usermodehelper_exec_async"), 2);
  EXPECT_EQ(calls("load_module"), 0);
  EXPECT_FALSE(m.machine.panicked()) << m.machine.panicText();
}

TEST_F(Modules, AFamilysModuleComesWhenItIsAskedForAndIsHeldByItsSockets) {
  EXPECT_EQ(users("af_alg"), -1);
  const int fd = m.socket(Alg, Seqpacket, 0);
  ASSERT_EQ(fd, 3) << m.machine.panicText();
  EXPECT_EQ(users("af_alg"), 3); // its own, that of the socket's calls, that of the sock's protocol
  EXPECT_EQ(remove("af_alg"), -EAGAIN);
  EXPECT_EQ(m.close(fd), 0);
  EXPECT_EQ(users("af_alg"), 1);
  EXPECT_EQ(m.socket(Alg, Stream, 0), -ESOCKTNOSUPPORT); // create() refuses: what it held for the time is given back
  EXPECT_EQ(users("af_alg"), 1);
  EXPECT_EQ(calls("load_module"), 1);
}

TEST_F(Modules, AModuleThatNobodyUsesGoesAndCanComeBack) {
  m.close(m.socket(Alg, Seqpacket, 0));
  EXPECT_EQ(remove("af_alg"), 0);
  EXPECT_EQ(users("af_alg"), -1);
  EXPECT_EQ(remove("af_alg"), -ENOENT);
  const int fd = m.socket(Alg, Seqpacket, 0);
  EXPECT_EQ(fd, 3) << m.machine.panicText();
  EXPECT_EQ(calls("af_alg_init"), 2);
  EXPECT_EQ(calls("af_alg_exit"), 1);
}

TEST_F(Modules, AProtocolIsAskedForByTypeAndThenAlone) {
  EXPECT_EQ(m.socket(Inet, Stream, 132), -EPROTONOSUPPORT);
  EXPECT_EQ(calls("__request_module"), 2);
  const int fd = m.socket(Inet, Dgram, L2tp);
  ASSERT_EQ(fd, 3) << m.machine.panicText();
  EXPECT_EQ(calls("__request_module"), 3); // the first name is one of the module's
  EXPECT_EQ(users("l2tp_ip"), 3);
  EXPECT_EQ(m.close(fd), 0);
  EXPECT_EQ(remove("l2tp_ip"), 0);
  EXPECT_FALSE(m.machine.panicked()) << m.machine.panicText();
}

TEST_F(Modules, WhoeverSetUpTheMachineCanForbidIt) {
  tell([] { setBytes(modprobe_path.get(), "", 1); });
  EXPECT_EQ(m.socket(Alg, Seqpacket, 0), -EAFNOSUPPORT);
  EXPECT_EQ(calls("call_usermodehelper_setup"), 0);
  tell([] { setBytes(modprobe_path.get(), "/bin/false", 11); });
  EXPECT_EQ(m.socket(Alg, Seqpacket, 0), -EAFNOSUPPORT);
  EXPECT_EQ(notes("helper.missing"), 1);
  tell([] {
    setBytes(modprobe_path.get(), "/sbin/modprobe", 15);
    set(*modules_disabled, 1);
  });
  EXPECT_EQ(m.socket(Alg, Seqpacket, 0), -EAFNOSUPPORT);
  EXPECT_EQ(calls("__x64_sys_finit_module"), 1);
  EXPECT_EQ(calls("load_module"), 0);
}

TEST_F(Modules, WithoutMemoryTheAskerLearnsOnlyThatThereIsNoSuchFamily) {
  const auto before = m.census();
  for (const char* function : {"load_module", "call_usermodehelper_setup", "kstrdup"}) {
    m.machine.failAllocation(function);
    EXPECT_EQ(m.socket(Alg, Seqpacket, 0), -EAFNOSUPPORT) << function;
    EXPECT_EQ(users("af_alg"), -1) << function;
  }
  EXPECT_EQ(m.census(), before);
  EXPECT_EQ(m.socket(Alg, Seqpacket, 0), 3) << m.machine.panicText();
}

// What a program writes to itself over protocol 115 is a control message: it comes back with its 4 zero bytes gone.
TEST_F(Modules, AControlMessageOfL2tpReachesTheSocketOfItsConnection) {
  const int fd = m.socket(Inet, Dgram, L2tp);
  ASSERT_EQ(fd, 3) << m.machine.panicText();
  const u64 own = m.address(0x7f000001, 0);
  EXPECT_EQ(m.call([=] { return __x64_sys_bind(fd, own, 16); }), 0);
  const u8 message[12] = {0xc8, 0x03, 0, 12};
  const u64 bytes = m.user(message, sizeof message);
  EXPECT_EQ(m.call([=] { return __x64_sys_sendto(fd, bytes, 12, 0, own, 16); }), 12) << m.machine.panicText();
  const u64 room = m.userRoom(40);
  EXPECT_EQ(m.call([=] { return __x64_sys_recvfrom(fd, room, 40, 0, 0, 0); }), 12) << m.machine.panicText();
  EXPECT_EQ(m.at<u8>(room), 0xc8);
  EXPECT_EQ(m.close(fd), 0);
}

TEST_F(Modules, SockPacketOfAfInetIsAPacketSocketAndTheLogSaysSoOnce) {
  EXPECT_EQ(m.socket(Inet, SockPacket, 0), 3);
  EXPECT_EQ(m.socket(Inet, SockPacket, 0), 4);
  EXPECT_EQ(notes("socket.packet_in_inet"), 2);
  EXPECT_EQ(calls("packet_create"), 2);
  EXPECT_EQ(calls("_printk"), 1);
}

// A function that the compiler inlined is a call by its name, and no line where calls are held against the real kernel.
TEST_F(Modules, WhatTheCompilerInlinedIsSeenHereAndNotInARecording) {
  for (const char* name : {"sock_create", "sock_map_fd", "alloc_skb", "kfree_skb", "dev_kfree_skb"})
    EXPECT_TRUE(Symbols::get().inlined(name)) << name;
  EXPECT_FALSE(Symbols::get().inlined("skb_copy"));
  m.socket(Inet, Dgram, 0);
  EXPECT_EQ(calls("sock_create"), 1);
  EXPECT_EQ(calls("sock_map_fd"), 1);
}

} // namespace
} // namespace sockwalk::kernel
