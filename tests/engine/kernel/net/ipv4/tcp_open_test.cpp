// Opening connections over lo: the tables, the queues, the states, and the calls' own answers.
#include "engine/kernel/include/linux/tcp.h"
#include "engine/kernel/include/net/inet_hashtables.h"
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
  const u64 a = k.address(Loopback, Port), one = k.user("\1\0\0\0", 4), peer = k.userRoom(16),
            len = k.user("\20\0\0\0", 4);
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
  for (const char* name :
       {"listen_tcp", "connect_tcp_econnrefused", "connect_tcp_lo", "accept_tcp", "close_tcp_listener"})
    EXPECT_GE(calls.count(name) ? calls.at(name) : 0, 0.95) << name;
  for (const char* name : {"connect_tcp_econnrefused", "connect_tcp_lo"})
    EXPECT_GE(geometry.count(name) ? geometry.at(name) : 0, 0.95) << name;
}

// Whatever way a connection goes, nothing of it is left in the end.
class TcpLeavesNothing : public TcpOpen {
protected:
  std::map<std::string, u32> settled() {
    k.machine.runUntil(k.machine.now() + 200 * 1000000000ll);
    auto census = k.census();
    for (const char* filled : {"kmalloc-192", "dentry", "inode_cache"}) census.erase(filled); // metrics of peers stay
    return census;
  }
  void roundTrip(int l) {
    const int c = tcp();
    ASSERT_EQ(connect(c), 0);
    const int s = static_cast<int>(accept(l));
    ASSERT_GE(s, 0);
    k.close(c);
    k.close(s);
  }
};

TEST_F(TcpLeavesNothing, AfterAConnectionThatEndedInOrder) {
  const int l = listener();
  roundTrip(l); // what the first one leaves for good: routes, a neighbour, metrics
  const auto before = settled();
  for (int i = 0; i < 3; ++i) roundTrip(l);
  EXPECT_EQ(settled(), before);
}

TEST_F(TcpLeavesNothing, AfterRefusalsAndResets) {
  const int l = listener(1);
  roundTrip(l);
  const int warm = tcp();
  connect(warm, Loopback, 9);
  k.close(warm);
  const auto before = settled();
  for (int i = 0; i < 3; ++i) {
    const int c = tcp();
    EXPECT_EQ(connect(c, Loopback, 9), -ECONNREFUSED);
    EXPECT_EQ(connect(c, Loopback, 9), -ECONNREFUSED) << "and once more with the same socket";
    k.close(c);
  }
  const int waiting = tcp();
  EXPECT_EQ(connect(waiting), 0);
  k.close(l); // nobody took it
  k.close(waiting);
  auto after = settled();
  const int again = listener(1); // what closing the listener gave back
  EXPECT_GE(again, 0);
  after = settled();
  EXPECT_EQ(after, before);
}

TEST_F(TcpLeavesNothing, AfterAQueueThatWasFull) {
  const int l = listener(0);
  roundTrip(l);
  const auto before = settled();
  std::vector<int> clients;
  for (int i = 0; i < 4; ++i) {
    clients.push_back(tcp(SOCK_NONBLOCK));
    EXPECT_EQ(connect(clients.back()), -EINPROGRESS);
  }
  EXPECT_EQ(sk(l)->sk_ack_backlog, 1u);
  for (const int c : clients) k.close(c);
  const int s = static_cast<int>(accept(l));
  k.close(s);
  EXPECT_EQ(settled(), before);
}

TEST_F(TcpLeavesNothing, AfterASocketThatConnectedToItself) {
  const int l = listener();
  roundTrip(l);
  const auto before = settled();
  const int self = tcp();
  const u64 a = k.address(Loopback, 8087);
  EXPECT_EQ(k.call([=] { return __x64_sys_bind(self, a, 16); }), 0);
  EXPECT_EQ(connect(self, Loopback, 8087), 0) << "both ends send a SYN";
  EXPECT_EQ(sk(self)->sk_state, TCP_ESTABLISHED);
  k.close(self);
  EXPECT_EQ(settled(), before);
}

// ---- ports
TEST_F(TcpOpen, ConnectionsShareALocalPortIfTheirOtherEndsDiffer) {
  const int first = listener(5, Loopback, 8080), second = listener(5, Loopback, 8081);
  set(init_net->ipv4.ip_local_ports.range[0], 40000);
  set(init_net->ipv4.ip_local_ports.range[1], 40001);
  std::vector<int> a(3), b(3);
  for (int& c : a) c = tcp();
  for (int& c : b) c = tcp();
  EXPECT_EQ(connect(a[0], Loopback, 8080), 0);
  EXPECT_EQ(connect(a[1], Loopback, 8080), 0);
  EXPECT_EQ(connect(a[2], Loopback, 8080), -EADDRNOTAVAIL) << "two ports, two connections to one place";
  EXPECT_EQ(sk(a[2])->sk_state, TCP_CLOSE);
  EXPECT_EQ(connect(b[0], Loopback, 8081), 0) << "to another place the same ports serve again";
  EXPECT_EQ(connect(b[1], Loopback, 8081), 0);
  EXPECT_GE(accept(first), 0);
  EXPECT_GE(accept(second), 0);
}

TEST_F(TcpOpen, ListenersThatShareAPortShareTheConnections) {
  std::vector<int> listeners;
  const u64 a = k.address(Loopback, 9000), one = k.user("\1\0\0\0", 4);
  for (int i = 0; i < 2; ++i) {
    const int l = tcp();
    k.call([=] { return __x64_sys_setsockopt(l, SOL_SOCKET, SO_REUSEPORT, one, 4); });
    EXPECT_EQ(k.call([=] { return __x64_sys_bind(l, a, 16); }), 0);
    EXPECT_EQ(k.call([=] { return __x64_sys_listen(l, 64); }), 0);
    listeners.push_back(l);
  }
  for (int i = 0; i < 16; ++i) EXPECT_EQ(connect(tcp(), Loopback, 9000), 0);
  const u32 m = sk(listeners[0])->sk_ack_backlog, n = sk(listeners[1])->sk_ack_backlog;
  EXPECT_EQ(m + n, 16u);
  EXPECT_GT(m, 2u);
  EXPECT_GT(n, 2u);
  k.close(listeners[0]);
  for (int i = 0; i < 4; ++i) EXPECT_EQ(connect(tcp(), Loopback, 9000), 0);
  EXPECT_EQ(sk(listeners[1])->sk_ack_backlog, n + 4) << "the one that is left gets all";
}

TEST_F(TcpOpen, TheStatesOfAListenerAndItsWaitingQueue) {
  const int l = listener(2);
  EXPECT_EQ(sk(l)->sk_max_ack_backlog, 2u);
  EXPECT_EQ(k.call([=] { return __x64_sys_listen(l, 7); }), 0) << "a listener may change its backlog";
  EXPECT_EQ(sk(l)->sk_max_ack_backlog, 7u);
  EXPECT_EQ(connect(l), -EISCONN);
  const int c = tcp();
  EXPECT_EQ(accept(c), -EINVAL);
  EXPECT_EQ(connect(c), 0);
  EXPECT_EQ(connect(c), -EISCONN);
  EXPECT_EQ(k.call([=] { return __x64_sys_listen(c, 7); }), -EINVAL);
}

TEST_F(TcpOpen, SequenceNumbersAndPortsDependOnTheSeed) {
  const auto open = [](u64 seed) {
    MachineOptions options;
    options.seed = seed;
    KernelMachine m(options);
    EnterMachine enter(m.machine);
    const int l = m.socket(2, 1, 0), c = m.socket(2, 1, 0);
    const u64 a = m.address(Loopback, Port);
    m.call([=] { return __x64_sys_bind(l, a, 16); });
    m.call([=] { return __x64_sys_listen(l, 5); });
    m.call([=] { return __x64_sys_connect(c, a, 16); });
    const auto* f = static_cast<const file*>(m.machine.task(m.task).task->files->fdt->fd.get()[c].get());
    const sock* sk = static_cast<const socket*>(f->private_data.get())->sk;
    return std::pair{u32(tcp_sk(sk)->snd_nxt), u16(sk->sk_num)};
  };
  EXPECT_EQ(open(1), open(1));
  EXPECT_NE(open(1), open(2));
}

} // namespace
} // namespace sockwalk::kernel
