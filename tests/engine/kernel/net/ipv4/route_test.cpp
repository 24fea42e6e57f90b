#include "engine/kernel/include/linux/etherdevice.h"
#include "engine/kernel/include/net/flow.h"
#include "engine/kernel/include/net/ip.h"
#include "engine/kernel/net/ipv4/devinet_internal.h"
#include <gtest/gtest.h>

namespace sockwalk::kernel {
namespace {

// A booted machine without an e1000, and a plain Ethernet device in its place: 10.0.2.15/24 behind 10.0.2.2.
class Route : public testing::Test {
protected:
  Route()
      : m_machine([] {
          MachineOptions o;
          o.ethernet = false;
          return o;
        }()) {
    m_machine.boot();
    in([] {
      const net_device* dev = alloc_etherdev_mqs(0, 1, 1);
      set(dev->netdev_ops, kzalloc<net_device_ops>(GFP_KERNEL));
      register_netdev(dev);
      dev_open(dev);
      inet_set_ifa(dev, 0x0a00020f, 24);
      ip_rt_add(init_net, 0, 0, htonl(0x0a000202), 0);
    });
  }
  void in(std::function<void()> body) {
    m_machine.interrupt("test", std::move(body));
    ASSERT_FALSE(m_machine.panicked()) << m_machine.panicText();
  }
  struct Answer {
    long error;
    std::string device;
    u32 source, gateway;
    u16 type;
    const rtable* rt;
  };
  Answer output(u32 daddr, u32 saddr = 0) {
    Answer a{};
    in([&] {
      OnStack<flowi4> fl4;
      flowi4_init_output(fl4, 0, 0, 0, 0, IPPROTO_UDP, 0, htonl(daddr), htonl(saddr), 0, 0, 0);
      const rtable* rt = ip_route_output_flow(init_net, fl4, nullptr);
      if (IS_ERR(rt)) {
        a.error = PTR_ERR(rt);
        return;
      }
      a = {0, reinterpret_cast<const char*>(rt->dst.dev->name), ntohl(fl4->saddr), ntohl(rt->rt_gw4), rt->rt_type, rt};
      ip_rt_put(rt);
    });
    return a;
  }
  u32 type(u32 address) {
    u32 t = 0;
    in([&] { t = inet_addr_type(init_net, htonl(address)); });
    return t;
  }
  Machine m_machine;
};

TEST_F(Route, FindsTheMostSpecificPrefix) {
  EXPECT_EQ(type(0x7f000001), u32(RTN_LOCAL));
  EXPECT_EQ(type(0x7f123456), u32(RTN_LOCAL));
  EXPECT_EQ(type(0x7fffffff), u32(RTN_BROADCAST));
  EXPECT_EQ(type(0x0a00020f), u32(RTN_LOCAL));
  EXPECT_EQ(type(0x0a0002ff), u32(RTN_BROADCAST));
  EXPECT_EQ(type(0x0a000203), u32(RTN_UNICAST));
  EXPECT_EQ(type(0x08080808), u32(RTN_UNICAST));
  EXPECT_EQ(type(0xe0000001), u32(RTN_MULTICAST));
}

TEST_F(Route, ChoosesDeviceGatewayAndSource) {
  const Answer link = output(0x0a000203), far = output(0x08080808), own = output(0x0a00020f), lo = output(0x7f000001);
  EXPECT_EQ(link.device, "eth0");
  EXPECT_EQ(link.source, 0x0a00020fu);
  EXPECT_EQ(link.gateway, 0u);
  EXPECT_EQ(far.device, "eth0");
  EXPECT_EQ(far.source, 0x0a00020fu);
  EXPECT_EQ(far.gateway, 0x0a000202u);
  EXPECT_EQ(own.device, "lo");
  EXPECT_EQ(own.source, 0x0a00020fu);
  EXPECT_EQ(lo.device, "lo");
  EXPECT_EQ(lo.source, 0x7f000001u);
}

TEST_F(Route, KeepsTheAnswerInTheNextHopUntilAddressesChange) {
  const Answer first = output(0x08080808), second = output(0x08080404);
  EXPECT_EQ(first.rt, second.rt);
  in([] { inet_set_ifa(__dev_get_by_name(init_net, "eth0"), 0x0a000310, 24); });
  EXPECT_NE(output(0x08080808).rt, first.rt);
}

TEST_F(Route, RefusesWhatCannotBe) {
  EXPECT_EQ(output(0x08080808, 0x01020304).error, -ENETUNREACH); // not our address
  EXPECT_EQ(output(0x08080808, 0x7f000001).error, -EINVAL);      // 127.0.0.1 must not leave
}

TEST(RouteWithoutGateway, IsUnreachable) {
  MachineOptions o;
  o.ethernet = false;
  Machine m(o);
  m.boot();
  long error = 0;
  m.interrupt("test", [&] {
    OnStack<flowi4> fl4;
    flowi4_init_output(fl4, 0, 0, 0, 0, IPPROTO_UDP, 0, htonl(0x08080808), 0, 0, 0, 0);
    error = PTR_ERR(ip_route_output_flow(init_net, fl4, nullptr));
  });
  EXPECT_EQ(error, -ENETUNREACH);
}

} // namespace
} // namespace sockwalk::kernel
