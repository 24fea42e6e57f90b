// Three hosts on a line: client, router, server; the second link takes 1000 bytes only. What becomes of packets on the
// way, and what their senders hear of it.
#include "engine/kernel/include/net/ip_tables.h"
#include "tests/engine/kernel/net/networks.h"

namespace sockwalk::kernel {
namespace {

constexpr u32 Client = ThreeHosts::Client, Router = ThreeHosts::Router, RouterOut = ThreeHosts::RouterOut,
              Server = ThreeHosts::Server;
constexpr int IP_MTU_DISCOVER_ = 10;

struct Line : ThreeHosts {
  using ThreeHosts::ThreeHosts;
  // Calls of this function since the beginning.
  int calls(std::string_view name) const {
    int n = 0;
    const Journal& j = m.machine.journal();
    for (EventIndex i = 0; i < j.size(); ++i) n += j[i].type == EventType::Call && j.function(j[i]).name == name;
    return n;
  }
};

TEST(Forward, APacketGoesThrough) {
  Line l;
  const int s = l.udp(l.server, Server, 7000), c = l.udp(l.client);
  EXPECT_EQ(l.sendTo(l.client, c, "over the hill", Server, 7000), 13);
  EXPECT_EQ(l.receive(l.server, s), "over the hill");
  EXPECT_EQ(l.calls("ip_forward_finish"), 1);
}

TEST(Forward, AHostThatIsNoRouterKeepsNothingForOthers) {
  Line l(false);
  const int s = l.udp(l.server, Server, 7000), c = l.udp(l.client);
  l.sendTo(l.client, c, "x", Server, 7000);
  EXPECT_EQ(l.receive(l.server, s), "-11");
  EXPECT_EQ(l.drops(SKB_DROP_REASON_IP_INADDRERRORS), 1);
}

TEST(Forward, TheLastHopTellsTheSender) {
  Line l;
  const int s = l.udp(l.server, Server, 7000), c = l.udp(l.client);
  EXPECT_EQ(l.option(l.client, c, 0, 2 /* IP_TTL */, 1), 0);
  l.sendTo(l.client, c, "x", Server, 7000);
  EXPECT_EQ(l.receive(l.server, s), "-11");
  EXPECT_EQ(l.calls("__icmp_send"), 1);
  EXPECT_EQ(l.calls("__udp4_lib_err"), 1);
  EXPECT_EQ(l.drops(SKB_DROP_REASON_IP_INHDR), 1);
}

TEST(Forward, ARouterWithoutARouteSaysSo) {
  Line l;
  const int c = l.udp(l.client);
  l.sendTo(l.client, c, "x", ip4(10, 9, 9, 9), 7000);
  EXPECT_EQ(l.calls("ip_error"), 1);
  EXPECT_EQ(l.calls("__udp4_lib_err"), 1);
}

TEST(Forward, ARouterCutsUpWhatMayBeCut) {
  Line l;
  const int s = l.udp(l.server, Server, 7000), c = l.udp(l.client);
  ASSERT_EQ(l.option(l.client, c, 0, IP_MTU_DISCOVER_, IP_PMTUDISC_DONT), 0);
  EXPECT_EQ(l.sendTo(l.client, c, std::string(1400, 'a'), Server, 7000), 1400);
  EXPECT_EQ(l.receive(l.server, s), std::string(1400, 'a'));
  EXPECT_EQ(l.calls("ip_do_fragment"), 1);
}

TEST(Forward, ASenderLearnsThePathsMtuAndForgetsItAgain) {
  Line l;
  const int s = l.udp(l.server, Server, 7000), c = l.udp(l.client);
  ASSERT_EQ(l.option(l.client, c, 0, IP_MTU_DISCOVER_, IP_PMTUDISC_DO), 0);
  const std::string large(1400, 'b');
  EXPECT_EQ(l.sendTo(l.client, c, large, Server, 7000), 1400); // lost at the router, which tells
  EXPECT_EQ(l.receive(l.server, s), "-11");
  EXPECT_EQ(l.drops(SKB_DROP_REASON_PKT_TOO_BIG), 1);
  EXPECT_EQ(l.calls("update_or_create_fnhe"), 1);
  EXPECT_EQ(l.sendTo(l.client, c, large, Server, 7000), -EMSGSIZE); // now it is known here
  ASSERT_EQ(l.option(l.client, c, 0, IP_MTU_DISCOVER_, IP_PMTUDISC_WANT), 0);
  EXPECT_EQ(l.sendTo(l.client, c, large, Server, 7000), 1400); // cut up by ourselves
  EXPECT_EQ(l.receive(l.server, s), large);
  l.pass(601'000'000'000); // ten minutes
  ASSERT_EQ(l.option(l.client, c, 0, IP_MTU_DISCOVER_, IP_PMTUDISC_DO), 0);
  EXPECT_EQ(l.sendTo(l.client, c, large, Server, 7000), 1400); // tried again
  EXPECT_EQ(l.sendTo(l.client, c, large, Server, 7000), -EMSGSIZE);
}

TEST(Forward, ASourceThatWouldNotBeAnsweredThatWayIsRefusedIfAsked) {
  Line l;
  const int s = l.udp(l.server, Server, 7000);
  // From an address of the server's net, but by the client's link.
  l.does("alias", [&] { return inet_set_ifa(__dev_get_by_name(l.net("client"), "c0"), ip4(10, 9, 2, 77), 32); });
  const int c = l.udp(l.client, ip4(10, 9, 2, 77), 6000);
  l.sendTo(l.client, c, "believed", Server, 7000);
  EXPECT_EQ(l.receive(l.server, s), "believed");
  l.does("rp_filter", [&] {
    set(l.net("router")->ipv4.devconf_all->data[IPV4_DEVCONF_RP_FILTER - 1], 1);
    return 0;
  });
  l.sendTo(l.client, c, "not believed", Server, 7000);
  EXPECT_EQ(l.receive(l.server, s), "-11");
  EXPECT_EQ(l.drops(SKB_DROP_REASON_IP_RPFILTER), 1);
}

// ---- rules
const ipt_entry* ruleAt(const xt_table* t, u32 hook) {
  return reinterpret_cast<const ipt_entry*>(t->private_->entries + t->private_->hook_entry[hook]);
}

TEST(Netfilter, DropsAcceptsAndCounts) {
  Line l;
  const int s = l.udp(l.server, Server, 7000), t = l.udp(l.server, Server, 7001), c = l.udp(l.client);
  const xt_table* filter = nullptr;
  IptRule drop;
  drop.protocol = IPPROTO_UDP, drop.dports[0] = drop.dports[1] = 7001, drop.verdict = IptDrop;
  IptRule count;
  count.src = htonl(Client), count.srcMask = 0xffffffff;
  EXPECT_EQ(l.does("rules",
                   [&] {
                     filter = ipt_find_table(l.net("router"), "filter");
                     return ipt_append_rule(filter, NF_INET_FORWARD, count) ||
                            ipt_append_rule(filter, NF_INET_FORWARD, drop);
                   }),
            0);
  for (int i = 0; i < 3; ++i) l.sendTo(l.client, c, "yes", Server, 7000);
  l.sendTo(l.client, c, "no", Server, 7001);
  EXPECT_EQ(l.receive(l.server, s), "yes");
  EXPECT_EQ(l.receive(l.server, t), "-11");
  EXPECT_EQ(l.drops(SKB_DROP_REASON_NETFILTER_DROP), 1);
  EnterMachine enter(l.m.machine);
  const ipt_entry* counting = ruleAt(filter, NF_INET_FORWARD);
  const auto* dropping =
      reinterpret_cast<const ipt_entry*>(reinterpret_cast<const u8*>(counting) + counting->next_offset);
  const auto* policy =
      reinterpret_cast<const ipt_entry*>(reinterpret_cast<const u8*>(dropping) + dropping->next_offset);
  EXPECT_EQ(counting->counters.pcnt, 4u);
  EXPECT_EQ(counting->counters.bcnt, 3 * 31u + 30u);
  EXPECT_EQ(dropping->counters.pcnt, 1u);
  EXPECT_EQ(policy->counters.pcnt, 3u);
  EXPECT_EQ(ipt_find_table(l.net("client"), "filter")->private_->number, 3u); // every namespace has its own
}

TEST(Netfilter, EveryHookIsPassed) {
  Line l;
  const int s = l.udp(l.server, Server, 7000), c = l.udp(l.client);
  for (const char* ns : {"client", "router", "server"})
    l.does("mangle", [&] { return ipt_find_table(l.net(ns), "mangle") ? 0 : -1; });
  l.sendTo(l.client, c, "x", Server, 7000);
  EXPECT_EQ(l.receive(l.server, s), "x");
  const auto counted = [&](const char* ns, u32 hook) {
    EnterMachine enter(l.m.machine);
    return ruleAt(ipt_find_table(l.net(ns), "mangle"), hook)->counters.pcnt;
  };
  EXPECT_EQ(counted("client", NF_INET_LOCAL_OUT), 1u);
  EXPECT_EQ(counted("client", NF_INET_POST_ROUTING), 1u);
  EXPECT_EQ(counted("router", NF_INET_PRE_ROUTING), 1u);
  EXPECT_EQ(counted("router", NF_INET_LOCAL_IN), 0u);
  EXPECT_EQ(counted("router", NF_INET_FORWARD), 1u);
  EXPECT_EQ(counted("router", NF_INET_POST_ROUTING), 1u);
  EXPECT_EQ(counted("server", NF_INET_PRE_ROUTING), 1u);
  EXPECT_EQ(counted("server", NF_INET_LOCAL_IN), 1u);
}

TEST(Netfilter, APolicyDropsWhatNoRuleTakesAndAFlushLeavesIt) {
  Line l;
  const int s = l.udp(l.server, Server, 7000), c = l.udp(l.client);
  IptRule accept;
  accept.protocol = IPPROTO_UDP, accept.sports[0] = accept.sports[1] = 4444, accept.verdict = IptAccept;
  const auto inFilter = [&](const std::function<int(const xt_table*)>& body) {
    EXPECT_EQ(l.does("filter", [&] { return body(ipt_find_table(l.net("server"), "filter")); }), 0);
  };
  inFilter([&](auto* t) { return ipt_append_rule(t, NF_INET_LOCAL_IN, accept); });
  inFilter([&](auto* t) { return ipt_set_policy(t, NF_INET_LOCAL_IN, IptDrop); });
  const int chosen = l.udp(l.client, Client, 4444);
  l.sendTo(l.client, c, "refused", Server, 7000);
  l.sendTo(l.client, chosen, "taken", Server, 7000);
  EXPECT_EQ(l.receive(l.server, s), "taken");
  inFilter([&](auto* t) { return ipt_flush(t, -1); });
  l.sendTo(l.client, chosen, "refused now", Server, 7000);
  EXPECT_EQ(l.receive(l.server, s), "-11");
  inFilter([&](auto* t) { return ipt_set_policy(t, NF_INET_LOCAL_IN, IptAccept); });
  l.sendTo(l.client, c, "taken again", Server, 7000);
  EXPECT_EQ(l.receive(l.server, s), "taken again");
}

} // namespace
} // namespace sockwalk::kernel
