// veth, forwarding and path MTU, held against the recordings of the real kernel (tests/kernel_truth/cases/veth_udp.c,
// forward_udp.c, forward_pmtu.c): three namespaces on a line, the second link takes 1000 bytes.
#include "tests/engine/kernel/net/networks.h"

namespace sockwalk::kernel {
namespace {

constexpr u32 Client = ip4(10, 9, 1, 1), Router = ip4(10, 9, 1, 2), RouterOut = ip4(10, 9, 2, 1),
              Server = ip4(10, 9, 2, 2), Nowhere = ip4(10, 9, 9, 9);

struct Recorded : Network {
  Host client, router, server;
  int c = 0, r = 0, s = 0;
  Recorded() {
    client = {"", m.task};
    router = host("router");
    server = host("server");
    EXPECT_EQ(does("veth", [&] { return rtnl_add_veth(init_net, "cl0", "veth0"); }), 0);
    move("veth0", router);
    EXPECT_EQ(does("veth", [&] { return rtnl_add_veth(net("router"), "rt1", "veth1"); }), 0);
    EXPECT_EQ(
        does("move",
             [&] { return dev_change_net_namespace(__dev_get_by_name(net("router"), "veth1"), net("server"), ""); }),
        0);
    up(client, "cl0", Client, 24);
    up(router, "veth0", Router, 24);
    up(router, "rt1", RouterOut, 24, 1000);
    up(server, "veth1", Server, 24, 1000);
    route(server, 0, 0, RouterOut);
    does("ip_forward", [&] { return inet_forward_change(net("router"), true), 0; });
    route(client, ip4(10, 9, 2, 0), 24, Router);
    route(client, ip4(10, 9, 9, 0), 24, Router);
    ping();
    pass(500'000'000);
    r = udp(router, Router, 7000);
    s = udp(server, Server, 7000);
    c = udp(client);
  }
  void ping() { // so that everybody knows his neighbours
    const int raw = static_cast<int>(call(client, [] { return __x64_sys_socket(2, 3, 1); }));
    u8 echo[64] = {8, 0, 0xf7, 0xfe, 0, 1};
    const u64 b = m.user(echo, sizeof echo), to = m.address(Server, 0);
    EXPECT_EQ(call(client, [=] { return __x64_sys_sendto(raw, b, 64, 0, to, 16); }), 64);
    call(client, [=] { return __x64_sys_close(static_cast<u32>(raw)); });
  }
  void send(const std::string& name, u32 size, u32 to, s64 result = INT64_MAX) {
    const std::string text(size, 'x');
    const u64 a = m.address(to, 7000), b = m.user(text.data(), size);
    const int fd = c;
    const s64 n = m.callOf(
        client.task, [=] { return __x64_sys_sendto(fd, b, size, 0, a, 16); }, name);
    EXPECT_EQ(n, result == INT64_MAX ? size : result) << name;
    pass(30'000'000);
  }
  void holds(double least) {
    ASSERT_FALSE(m.machine.panicked()) << m.machine.panicText();
    for (const char* kind : {"calls", "geometry"})
      for (const auto& [name, score] : scores(m, kind)) {
        std::printf("%-8s %-45s %.3f\n", kind, name.c_str(), score);
        EXPECT_GE(score, least) << kind << " " << name;
      }
  }
};

TEST(ForwardTruth, DatagramsOverVeth) {
  Recorded n;
  n.send("veth_udp_sendto_5", 5, Router);
  const u64 room = n.m.userRoom(70000);
  const int fd = n.r;
  EXPECT_EQ(n.m.callOf(
                n.router.task, [=] { return __x64_sys_recvfrom(fd, room, 70000, 0, 0, 0); }, "veth_udp_recv_5"),
            5);
  n.pass(30'000'000);
  n.send("veth_udp_sendto_1400", 1400, Router);
  n.send("veth_udp_sendto_3000_fragments", 3000, Router);
  n.holds(0.94);
}

TEST(ForwardTruth, ARouter) {
  Recorded n;
  n.send("fwd_udp_sendto_5", 5, Server);
  n.send("fwd_udp_sendto_900", 900, Server);
  n.send("fwd_udp_sendto_no_route", 5, Nowhere);
  n.pass(1'000'000'000);
  EXPECT_EQ(n.option(n.client, n.c, 0, 2 /* IP_TTL */, 1), 0);
  n.send("fwd_udp_sendto_ttl_1", 5, Server);
  n.holds(0.94);
}

TEST(ForwardTruth, PathMtu) {
  Recorded n;
  const auto discover = [&](int how) { EXPECT_EQ(n.option(n.client, n.c, 0, 10 /* IP_MTU_DISCOVER */, how), 0); };
  discover(IP_PMTUDISC_DONT);
  n.send("fwd_udp_sendto_1400_router_fragments", 1400, Server);
  discover(IP_PMTUDISC_DO);
  n.send("fwd_udp_sendto_1400_frag_needed", 1400, Server);
  n.send("fwd_udp_sendto_1400_emsgsize", 1400, Server, -EMSGSIZE);
  discover(IP_PMTUDISC_WANT);
  n.send("fwd_udp_sendto_1400_after_pmtu", 1400, Server);
  n.holds(0.94);
}

} // namespace
} // namespace sockwalk::kernel
