// Networks for tests: namespaces on a line, joined by veth pairs or by a cable, each with a task of its own.
#pragma once
#include "engine/kernel/drivers/net/cable.h"
#include "engine/kernel/include/linux/inetdevice.h"
#include "engine/kernel/include/net/ip.h"
#include "engine/kernel/include/net/net_namespace.h"
#include "engine/kernel/include/net/rtnetlink.h"
#include "engine/kernel/net/ipv4/devinet_internal.h"
#include "tests/engine/kernel/kernel_machine.h"
#include <gtest/gtest.h>

namespace sockwalk::kernel {

struct Host {
  std::string name;
  TaskId task = 0;
};

class Network {
public:
  static MachineOptions options(u32 nics) {
    MachineOptions o;
    o.nics = nics;
    o.ethernet = nics > 0;
    o.address = 0;
    return o;
  }
  explicit Network(u32 nics = 0, u64 seed = 1) : m(withSeed(options(nics), seed)) {}

  // What an administrator does; below zero is a failure of the test.
  int does(const std::string& what, const std::function<int()>& body) {
    int result = 0;
    m.machine.interrupt(what, [&] { result = body(); });
    EXPECT_FALSE(m.machine.panicked()) << m.machine.panicText();
    return result;
  }
  Host host(const std::string& name) {
    EXPECT_EQ(does("ip netns add " + name, [&] { return netns_add(name.c_str()); }), 0);
    Host h{name, m.machine.createTask(name)};
    const task_struct* t = m.machine.task(h.task).task;
    EXPECT_EQ(does("enter " + name, [&] { return netns_enter(t, net(name)); }), 0);
    EXPECT_EQ(does("lo up", [&] { return dev_open(net(name)->loopback_dev); }), 0);
    return h;
  }
  static const struct net* net(const std::string& name) { return netns_get(name.c_str()); }
  const net_device* device(const Host& h, const char* name) {
    EnterMachine enter(m.machine);
    return __dev_get_by_name(net(h.name), name);
  }
  void veth(const Host& one, const char* name, const Host& other, const char* peer) {
    EXPECT_EQ(does("veth", [&] { return rtnl_add_veth(init_net, name, peer); }), 0);
    move(name, one);
    move(peer, other);
  }
  void move(const char* name, const Host& to, const char* as = "") {
    EXPECT_EQ(
        does("move", [&] { return dev_change_net_namespace(__dev_get_by_name(init_net, name), net(to.name), as); }), 0);
  }
  void up(const Host& h, const char* dev, u32 address, u8 prefix, u32 mtu = 0) {
    EXPECT_EQ(does("up",
                   [&] {
                     const net_device* d = __dev_get_by_name(net(h.name), dev);
                     if (mtu) dev_set_mtu(d, mtu);
                     const int err = dev_open(d);
                     return err ? err : inet_set_ifa(d, address, prefix);
                   }),
              0);
  }
  void route(const Host& h, u32 to, u8 prefix, u32 via) {
    EXPECT_EQ(does("route", [&] { return ip_rt_add(net(h.name), htonl(to), prefix, htonl(via), 0); }), 0);
  }
  // ---- sockets
  s64 call(const Host& h, std::function<s64()> body) { return m.callOf(h.task, std::move(body)); }
  int udp(const Host& h, u32 host = 0, u16 port = 0) {
    const s64 fd = call(h, [] { return __x64_sys_socket(2, 2, 0); });
    EXPECT_GE(fd, 0);
    if (port) {
      const u64 a = m.address(host, port);
      EXPECT_EQ(call(h, [=] { return __x64_sys_bind(static_cast<int>(fd), a, 16); }), 0);
    }
    return static_cast<int>(fd);
  }
  s64 sendTo(const Host& h, int fd, const std::string& text, u32 to, u16 port) {
    const u64 a = m.address(to, port), b = m.user(text.data(), static_cast<u32>(text.size()));
    const u64 n = text.size();
    return call(h, [=] { return __x64_sys_sendto(fd, b, n, 0, a, 16); });
  }
  // What recv() gives at once, or the error as "-11".
  std::string receive(const Host& h, int fd, u32 room = 70000) {
    const u64 b = m.userRoom(room);
    const s64 n = call(h, [=] { return __x64_sys_recvfrom(fd, b, room, 0x40, 0, 0); });
    if (n < 0) return std::to_string(n);
    return std::string(reinterpret_cast<const char*>(m.machine.recorder().arena().at(static_cast<u32>(b))),
                       static_cast<size_t>(n));
  }
  s64 option(const Host& h, int fd, int level, int name, int value) {
    const u64 v = m.user(&value, 4);
    return call(h, [=] { return __x64_sys_setsockopt(fd, level, name, v, 4); });
  }
  void pass(s64 ns) { m.machine.runUntil(m.machine.now() + ns); }

  mutable KernelMachine m;

private:
  static MachineOptions withSeed(MachineOptions o, u64 seed) {
    o.seed = seed;
    return o;
  }
};

constexpr u32 ip4(u32 a, u32 b, u32 c, u32 d) { return a << 24 | b << 16 | c << 8 | d; }

// Three on a line: client, router, server; the second link takes 1000 bytes.
struct ThreeHosts : Network {
  static constexpr u32 Client = ip4(10, 9, 1, 1), Router = ip4(10, 9, 1, 2), RouterOut = ip4(10, 9, 2, 1),
                       Server = ip4(10, 9, 2, 2);
  Host client, router, server;
  explicit ThreeHosts(bool forwards = true) {
    client = host("client");
    router = host("router");
    server = host("server");
    veth(client, "c0", router, "r0");
    veth(router, "r1", server, "s0");
    up(client, "c0", Client, 24);
    up(router, "r0", Router, 24);
    up(router, "r1", RouterOut, 24, 1000);
    up(server, "s0", Server, 24, 1000);
    route(client, ip4(10, 9, 2, 0), 24, Router);
    route(client, ip4(10, 9, 9, 0), 24, Router);
    route(server, 0, 0, RouterOut);
    if (forwards) does("ip_forward", [&] { return inet_forward_change(net("router"), true), 0; });
  }
  // Drops of this reason since the beginning.
  int drops(u16 reason) const {
    int n = 0;
    const Journal& j = m.machine.journal();
    for (EventIndex i = 0; i < j.size(); ++i) n += j[i].type == EventType::Drop && j[i].b == reason;
    return n;
  }
};

} // namespace sockwalk::kernel
