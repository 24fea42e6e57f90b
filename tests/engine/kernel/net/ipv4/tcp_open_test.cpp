// Opening connections over lo: the tables, the queues, the states, and the calls' own answers.
#include "engine/kernel/include/net/inet_hashtables.h"
#include "engine/kernel/include/net/tcp_handshake.h"
#include "tests/engine/kernel/kernel_machine.h"
#include <gtest/gtest.h>

namespace sockwalk::kernel {
namespace {

constexpr u32 Loopback = 0x7f000001;
constexpr u16 Port = 8080;

class TcpOpen : public testing::Test {
protected:
  KernelMachine k;
  EnterMachine m_enter{k.machine};
  TaskId m_other = k.machine.createTask("client");

  int tcp(int flags = 0) { return k.socket(AF_INET, SOCK_STREAM | flags, 0); }
  int listener(int backlog = 5, u32 address = Loopback, u16 port = Port) {
    const int fd = tcp();
    const u64 a = k.address(address, port), one = k.user("\1\0\0\0", 4);
    EXPECT_EQ(k.call([=] { return __x64_sys_setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, one, 4); }), 0);
    EXPECT_EQ(k.call([=] { return __x64_sys_bind(fd, a, 16); }), 0);
    EXPECT_EQ(k.call([=] { return __x64_sys_listen(fd, backlog); }), 0);
    return fd;
  }
  s64 connect(int fd, u32 address = Loopback, u16 port = Port, const std::string& name = "") {
    const u64 a = k.address(address, port);
    return k.call([=] { return __x64_sys_connect(fd, a, 16); }, name);
  }
  s64 accept(int fd, const std::string& name = "") {
    return k.call([=] { return __x64_sys_accept(fd, 0, 0); }, name);
  }
  const sock* sk(int fd) {
    const task_struct* task = k.machine.task(k.task).task;
    const auto* f = static_cast<const file*>(task->files->fdt->fd.get()[fd].get());
    return static_cast<const socket*>(f->private_data.get())->sk;
  }
  std::string user(u64 at, u32 n) {
    return {reinterpret_cast<const char*>(k.machine.recorder().arena().at(static_cast<u32>(at))), n};
  }
};

TEST_F(TcpOpen, ThreeSegmentsMakeAConnection) {
  const int l = listener(), c = tcp();
  EXPECT_EQ(sk(l)->sk_state, TCP_LISTEN);
  ASSERT_EQ(connect(c), 0);
  EXPECT_EQ(sk(c)->sk_state, TCP_ESTABLISHED);
  EXPECT_EQ(sk(l)->sk_ack_backlog, 1u);
  const s64 s = accept(l);
  ASSERT_GE(s, 0);
  EXPECT_EQ(sk(l)->sk_ack_backlog, 0u);
  const sock *a = sk(c), *b = sk(static_cast<int>(s));
  EXPECT_EQ(b->sk_state, TCP_ESTABLISHED);
  EXPECT_EQ(a->sk_num, ntohs(b->sk_dport));
  EXPECT_EQ(b->sk_num, Port);
  EXPECT_EQ(tcp_sk(a)->snd_nxt, tcp_sk(b)->rcv_nxt);
  EXPECT_EQ(tcp_sk(b)->snd_nxt, tcp_sk(a)->rcv_nxt);
  EXPECT_EQ(a->sk_num % 2, 0) << "connect() takes the even ports first";
}

TEST_F(TcpOpen, CallsAreThoseOfTheRealKernel) {
  const int l = tcp();
  const u64 a = k.address(Loopback, Port), one = k.user("\1\0\0\0", 4), peer = k.userRoom(16), len = k.user("\20\0\0\0", 4);
  k.call([=] { return __x64_sys_setsockopt(l, SOL_SOCKET, SO_REUSEADDR, one, 4); });
  k.call([=] { return __x64_sys_bind(l, a, 16); });
  EXPECT_EQ(k.call([=] { return __x64_sys_listen(l, 5); }, "listen_tcp"), 0);
  const int x = tcp();
  EXPECT_EQ(connect(x, Loopback, 9, "connect_tcp_econnrefused"), -ECONNREFUSED);
  k.close(x);
  const int c = tcp();
  EXPECT_EQ(connect(c, Loopback, Port, "connect_tcp_lo"), 0);
  EXPECT_GE(k.call([=] { return __x64_sys_accept(l, peer, len); }, "accept_tcp"), 0);
  const int idle = listener(5, Loopback, 9999);
  EXPECT_EQ(k.close(idle, "close_tcp_listener"), 0);
  const auto calls = scores(k), geometry = scores(k, "geometry");
  for (const char* name : {"listen_tcp", "connect_tcp_econnrefused", "connect_tcp_lo", "accept_tcp", "close_tcp_listener"})
    EXPECT_GE(calls.count(name) ? calls.at(name) : 0, 0.95) << name;
  for (const char* name : {"connect_tcp_econnrefused", "connect_tcp_lo"})
    EXPECT_GE(geometry.count(name) ? geometry.at(name) : 0, 0.95) << name;
}

} // namespace
} // namespace sockwalk::kernel
