// Two hosts in one machine: each in a network namespace of its own, joined by a veth pair or by a cable.
#include "tests/engine/kernel/net/networks.h"

namespace sockwalk::kernel {
namespace {

constexpr u32 Client = ip4(10, 1, 0, 1), Server = ip4(10, 1, 0, 2), Lo = ip4(127, 0, 0, 1);

struct Pair : Network {
  Host client, server;
  explicit Pair(bool onCable, u64 seed = 1) : Network(onCable ? 2 : 0, seed) {
    client = host("client");
    server = host("server");
    if (onCable) {
      move("eth0", client);
      move("eth1", server, "eth0");
    } else {
      veth(client, "eth0", server, "veth1");
    }
    up(client, "eth0", Client, 24);
    up(server, onCable ? "eth0" : "veth1", Server, 24);
  }
};

TEST(TwoHosts, TalkOverVeth) {
  Pair p(false);
  const int s = p.udp(p.server, Server, 7000), c = p.udp(p.client);
  EXPECT_EQ(p.sendTo(p.client, c, "hello", Server, 7000), 5);
  EXPECT_EQ(p.receive(p.server, s), "hello");
  EXPECT_EQ(p.sendTo(p.client, c, std::string(3000, 'f'), Server, 7000), 3000);
  EXPECT_EQ(p.receive(p.server, s), std::string(3000, 'f'));
  const net_device *one = p.device(p.client, "eth0"), *other = p.device(p.server, "veth1");
  EXPECT_GE(one->stats.tx_packets, 4u);
  EXPECT_EQ(one->stats.tx_packets, other->stats.rx_packets);
  EXPECT_EQ(one->stats.tx_bytes, other->stats.rx_bytes);
}

TEST(TwoHosts, HaveEachTheirOwnLoopbackAndPorts) {
  Pair p(false);
  const int c = p.udp(p.client, Lo, 5000), s = p.udp(p.server, Lo, 5000); // the same address and port twice
  const int from = p.udp(p.client);
  EXPECT_EQ(p.sendTo(p.client, from, "mine", Lo, 5000), 4);
  EXPECT_EQ(p.receive(p.client, c), "mine");
  EXPECT_EQ(p.receive(p.server, s), "-11");
  EnterMachine enter(p.m.machine);
  EXPECT_NE(p.net("client")->loopback_dev.get(), p.net("server")->loopback_dev.get());
  EXPECT_NE(p.net("client")->loopback_dev.get(), init_net->loopback_dev.get());
}

TEST(TwoHosts, AreStrangersToTheFirstNamespace) {
  Pair p(false);
  const Host first{"", p.m.task};
  const int u = p.udp(first);
  EXPECT_EQ(p.sendTo(first, u, "x", Server, 7000), -ENETUNREACH);
}

TEST(TwoHosts, TalkOverACableThatTakesItsTime) {
  Pair p(true);
  CableConditions slow;
  slow.delay = 5'000'000;
  Cable cable(p.m.machine, 2, 3, slow);
  const int s = p.udp(p.server, Server, 7000), c = p.udp(p.client);
  const s64 began = p.m.machine.now();
  EXPECT_EQ(p.sendTo(p.client, c, "hello", Server, 7000), 5);
  EXPECT_EQ(p.receive(p.server, s), "-11"); // ARP first: there and back, then the datagram
  p.pass(14'000'000);
  EXPECT_EQ(p.receive(p.server, s), "-11");
  p.pass(4'000'000);
  EXPECT_EQ(p.receive(p.server, s), "hello");
  EXPECT_GT(p.m.machine.now() - began, 15'000'000);
  EXPECT_EQ(cable.counts().sent, 3u);
}

// Sends `count` datagrams over a bad cable; gives what arrived, in order of arrival.
std::vector<int> overABadCable(u64 seed, int count, u64* hash, Cable::Counts* counts) {
  Pair p(true);
  CableConditions c;
  Cable cable(p.m.machine, 2, 3, c);
  const int s = p.udp(p.server, Server, 7000), u = p.udp(p.client);
  p.sendTo(p.client, u, "warm", Server, 7000);
  p.pass(1'000'000);
  p.receive(p.server, s);
  c.loss = 100'000, c.reorder = 100'000, c.duplicate = 100'000, c.seed = seed;
  cable.set(c);
  std::vector<int> got;
  for (int i = 0; i < count; ++i) {
    p.sendTo(p.client, u, std::to_string(i), Server, 7000);
    p.pass(200'000);
    for (std::string r = p.receive(p.server, s); r != "-11"; r = p.receive(p.server, s)) got.push_back(std::stoi(r));
  }
  p.pass(5'000'000);
  for (std::string r = p.receive(p.server, s); r != "-11"; r = p.receive(p.server, s)) got.push_back(std::stoi(r));
  *hash = p.m.machine.journal().hash();
  *counts = cable.counts();
  return got;
}

TEST(TwoHosts, ABadCableLosesReordersAndDoublesTheSameFramesForTheSameSeed) {
  u64 a, b, other;
  Cable::Counts x, y, z;
  const auto first = overABadCable(7, 300, &a, &x), again = overABadCable(7, 300, &b, &y),
             different = overABadCable(8, 300, &other, &z);
  EXPECT_EQ(first, again);
  EXPECT_EQ(a, b);
  EXPECT_NE(first, different);
  EXPECT_NE(a, other);
  EXPECT_GT(x.lost, 10u);
  EXPECT_GT(x.reordered, 10u);
  EXPECT_GT(x.duplicated, 10u);
  EXPECT_FALSE(std::is_sorted(first.begin(), first.end()));
  EXPECT_EQ(x.delivered, x.sent - x.lost + x.duplicated);
}

} // namespace
} // namespace sockwalk::kernel
