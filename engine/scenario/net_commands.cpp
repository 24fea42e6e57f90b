#include "engine/scenario/net_commands.h"
#include "engine/kernel/drivers/net/cable.h"
#include "engine/kernel/include/linux/inetdevice.h"
#include "engine/kernel/include/net/ip_fib.h"
#include "engine/kernel/include/net/neighbour.h"
#include "engine/kernel/include/net/net_namespace.h"
#include "engine/kernel/include/net/rtnetlink.h"
#include "engine/kernel/net/core/dev.h"
#include "engine/kernel/net/ipv4/devinet_internal.h"
#include "engine/memory/constants/neighbour.h"
#include "engine/scenario/command_words.h"
#include "engine/scenario/commands.h"
#include "engine/scenario/constants.h"
#include "engine/scenario/sysctl_everywhere.h"
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace sockwalk::scenario {

using namespace kernel;

namespace {

// ---- ip
void linkSet(WordReader& r, Stage& stage, const std::string& ns) {
  r.accept("dev");
  EnterMachine enter(stage.machine);
  const net_device* dev = deviceNamed(netNamed(ns), r.next("a device"));
  std::string name;
  const struct net* to = nullptr;
  bool up = false, down = false;
  u32 mtu = 0;
  while (r.more()) {
    if (r.accept("up")) up = true, down = false;
    else if (r.accept("down")) down = true, up = false;
    else if (r.accept("mtu")) mtu = static_cast<u32>(numberOf(r.next("a number of bytes"), 68, 65535));
    else if (r.accept("netns")) to = netNamed(r.next("a namespace"));
    else if (r.accept("name")) name = r.next("a name");
    else wrong("ip link set: '" + r.peek() + "' is not played; up, down, mtu, netns and name are");
  }
  if (!to && !name.empty()) wrong("ip link set: a new name is given with 'netns' only");
  change(stage, r.text(), [&] {
    int err = to ? dev_change_net_namespace(dev, to, name.c_str()) : 0;
    if (!err && mtu) err = dev_set_mtu(dev, mtu);
    if (!err && up) err = dev_open(dev);
    if (!err && down) err = dev_change_flags(dev, dev->flags & ~u32(IFF_UP), nullptr);
    return err;
  });
}

void linkCommand(WordReader& r, Stage& stage, const std::string& ns) {
  if (r.accept("set")) return linkSet(r, stage, ns);
  r.expect("add");
  const std::string name = r.next("a name");
  r.expect("type");
  r.expect("veth");
  r.expect("peer");
  r.expect("name");
  const std::string peer = r.next("the peer's name");
  r.end();
  EnterMachine enter(stage.machine);
  const struct net* net = netNamed(ns);
  change(stage, r.text(), [&] { return rtnl_add_veth(net, name.c_str(), peer.c_str()); });
}

void addrCommand(WordReader& r, Stage& stage, const std::string& ns) {
  const bool remove = r.accept("del");
  if (!remove) r.expect("add");
  const std::string text = r.next("an address");
  const auto [address, length] = prefixOf(text, 32);
  r.expect("dev");
  EnterMachine enter(stage.machine);
  const net_device* dev = deviceNamed(netNamed(ns), r.next("a device"));
  r.end();
  const bool anySubnet = remove && text.find('/') == std::string::npos;
  change(stage, r.text(), [&, address = address, length = length] {
    return remove ? inet_unset_ifa(dev, address, anySubnet ? -1 : length) : inet_set_ifa(dev, address, length);
  });
}

void routeCommand(WordReader& r, Stage& stage, const std::string& ns) {
  const bool remove = r.accept("del");
  if (!remove) r.expect("add");
  const std::string to = r.next("a destination");
  const auto [address, length] = to == "default" ? std::pair<u32, u8>{0, 0} : prefixOf(to, 32);
  u32 gateway = 0;
  EnterMachine enter(stage.machine);
  const struct net* net = netNamed(ns);
  int oif = 0;
  while (r.more()) {
    if (r.accept("via")) gateway = prefixOf(r.next("a gateway"), 32).first;
    else if (r.accept("dev")) oif = deviceNamed(net, r.next("a device"))->ifindex;
    else wrong("ip route: '" + r.peek() + "' is not played; via and dev are");
  }
  change(stage, r.text(), [&, address = address, length = length] {
    const auto how = remove ? ip_rt_del : ip_rt_add;
    return how(net, htonl(address), length, htonl(gateway), oif);
  });
}

std::array<u8, 6> hardwareAddressOf(const std::string& text) {
  const auto mac = hardwareAddress(text);
  if (!mac) wrong("expected a hardware address such as 52:54:00:12:34:56, found '" + text + "'");
  return *mac;
}

void neighCommand(WordReader& r, Stage& stage, const std::string& ns) {
  const bool forget = r.accept("del"); // whoever sends there next asks again
  if (!forget) r.expect("add");
  const u32 address = htonl(prefixOf(r.next("an address"), 32).first);
  std::array<u8, 6> mac{};
  if (!forget) {
    r.expect("lladdr");
    mac = hardwareAddressOf(r.next("a hardware address"));
  }
  r.expect("dev");
  EnterMachine enter(stage.machine);
  const net_device* dev = deviceNamed(netNamed(ns), r.next("a device"));
  r.end();
  change(stage, r.text(), [&] {
    const neighbour* n = neigh_lookup(arp_tbl, &address, dev);
    if (!n && forget) return -ENOENT;
    if (!n) n = __neigh_create(arp_tbl, &address, dev, true);
    if (IS_ERR(n)) return static_cast<int>(PTR_ERR(n));
    const u8 state = forget ? NUD_FAILED : NUD_PERMANENT;
    const int err =
        neigh_update(n, forget ? nullptr : mac.data(), state, NEIGH_UPDATE_F_ADMIN | NEIGH_UPDATE_F_OVERRIDE, 0);
    neigh_release(n);
    return err;
  });
}

void ipCommand(const Words& words, Stage& stage, std::string ns) {
  WordReader r(words, 1);
  if (r.accept("-n") || r.accept("-netns")) ns = r.next("a namespace");
  if (r.accept("netns")) {
    if (r.accept("exec")) {
      const std::string inside = r.next("a namespace");
      const Words rest = r.rest();
      if (rest.empty()) wrong("ip netns exec: expected a command");
      if (rest[0] == "sysctl") return runSysctlIn(rest, stage, inside);
      if (!isNetCommand(rest)) wrong("ip netns exec: '" + rest[0] + "' is not played; ip, iptables and sysctl are");
      return runNetCommand(rest, stage, inside);
    }
    r.expect("add");
    const std::string name = r.next("a name");
    r.end();
    change(stage, r.text(), [&] { return netns_add(name.c_str()); });
    return setSysctlsOfNew(stage, name);
  }
  if (r.accept("link")) return linkCommand(r, stage, ns);
  if (r.accept("addr") || r.accept("address") || r.accept("a")) return addrCommand(r, stage, ns);
  if (r.accept("route") || r.accept("r")) return routeCommand(r, stage, ns);
  if (r.accept("neigh") || r.accept("neighbour")) return neighCommand(r, stage, ns);
  wrong("ip: expected netns, link, addr, route or neigh" + (r.more() ? ", found '" + r.peek() + "'" : std::string()));
}

// ---- wire
double amountOf(const std::string& text, std::string& unit) {
  double n = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), n);
  if (parsed.ec != std::errc() || n < 0) wrong("wire: expected a number with a unit, found '" + text + "'");
  unit.assign(parsed.ptr, text.data() + text.size());
  return n;
}
s64 durationOf(const std::string& text) { // ns
  std::string unit;
  const double n = amountOf(text, unit);
  const double each = unit == "s" ? 1e9 : unit == "ms" ? 1e6 : unit == "us" ? 1e3 : unit == "ns" ? 1 : 0;
  if (each == 0) wrong("wire: expected a time such as 5ms, found '" + text + "'");
  return std::llround(n * each);
}
u32 shareOf(const std::string& text) { // in a million
  std::string unit;
  const double n = amountOf(text, unit);
  if (unit != "%" || n > 100) wrong("wire: expected a share such as 1%, found '" + text + "'");
  return static_cast<u32>(std::llround(n * 1e4));
}
u64 rateOf(const std::string& text) { // bits per second
  std::string unit;
  const double n = amountOf(text, unit);
  const double each = unit == "gbit" ? 1e9 : unit == "mbit" ? 1e6 : unit == "kbit" ? 1e3 : unit == "bit" ? 1 : 0;
  if (each == 0) wrong("wire: expected a rate such as 100mbit, found '" + text + "'");
  return static_cast<u64>(std::llround(n * each));
}

void wireCommand(const Words& words, Stage& stage) {
  WordReader r(words, 1);
  if (!stage.cable) wrong("wire: there is no cable between two hosts; //@link wire lays one");
  CableConditions c = stage.cable->conditions();
  while (r.more()) {
    if (r.accept("delay")) c.delay = durationOf(r.next("a time"));
    else if (r.accept("loss")) c.loss = shareOf(r.next("a share"));
    else if (r.accept("reorder")) c.reorder = shareOf(r.next("a share"));
    else if (r.accept("duplicate")) c.duplicate = shareOf(r.next("a share"));
    else if (r.accept("held")) c.heldBack = durationOf(r.next("a time"));
    else if (r.accept("gather")) c.gather = durationOf(r.next("a time"));
    else if (r.accept("rate")) c.bitsPerSecond = rateOf(r.next("a rate"));
    else if (r.accept("seed")) c.seed = static_cast<u64>(numberOf(r.next("a number"), 0, INT64_MAX));
    else wrong("wire: '" + r.peek() + "' is not one of delay, loss, reorder, duplicate, held, gather, rate and seed");
  }
  stage.machine.interrupt(r.text(), [] {});
  stage.cable->set(c);
}

} // namespace

namespace {
std::string baseName(const std::string& path) { return path.substr(path.find_last_of('/') + 1); }
} // namespace

bool isNetCommand(const std::vector<std::string>& words) {
  if (words.empty()) return false;
  const std::string name = baseName(words[0]), what = words.size() > 1 ? words[1] : "",
                    how = words.size() > 2 ? words[2] : "";
  if (name == "iptables" || name == "wire") return true;
  if (name != "ip") return false;
  if (what == "-n" || what == "-netns" || what == "netns" || what == "neigh") return true;
  if (what == "link") return how == "add" || how == "set";
  const bool changeable = what == "addr" || what == "address" || what == "a" || what == "route" || what == "r";
  return changeable && (how == "add" || how == "del");
}

void runNetCommand(const std::vector<std::string>& words, Stage& stage, const std::string& ns) {
  const std::string name = baseName(words[0]);
  if (name == "ip") ipCommand(words, stage, ns);
  else if (name == "iptables") iptablesCommand(words, stage, ns);
  else wireCommand(words, stage);
}

// By the order of the IPV4_DEVCONF numbers, from 1. What stands in brackets nothing in this kernel asks for: to set it would
// have no effect.
static constexpr const char* DevConf[] = {
    "forwarding",           "(mc_forwarding)", "(proxy_arp)",    "accept_redirects",
    "secure_redirects",     "send_redirects",  "shared_media",   "rp_filter",
    "accept_source_route",  "(bootp_relay)",   "(log_martians)", "(tag)",
    "arp_filter",           "(medium_id)",     "(disable_xfrm)", "(disable_policy)",
    "(force_igmp_version)", "arp_announce",    "arp_ignore",     "(promote_secondaries)",
    "arp_accept",           "(arp_notify)",    "accept_local",   "(src_valid_mark)",
    "(proxy_arp_pvlan)",    "route_localnet"};

bool setDeviceSysctl(Stage& stage, const std::string& name, const std::string& value, const std::string& ns) {
  constexpr std::string_view conf = "net.ipv4.conf.";
  const bool forward = name == "net.ipv4.ip_forward";
  if (!forward && !name.starts_with(conf)) return false;
  const int number = static_cast<int>(numberOf(value, -1, INT32_MAX));
  EnterMachine enter(stage.machine);
  const struct net* net = netNamed(ns);
  const std::string text = "sysctl " + name + "=" + value;
  if (forward || name == "net.ipv4.conf.all.forwarding") {
    change(stage, text, [&] { return inet_forward_change(net, number != 0), 0; });
    return true;
  }
  const std::string rest = name.substr(conf.size());
  const size_t dot = rest.find_last_of('.');
  const std::string setting = rest.substr(dot == std::string::npos ? 0 : dot + 1);
  const auto known = std::ranges::find(DevConf, std::string_view(setting));
  if (std::ranges::find(DevConf, '(' + setting + ')') != std::end(DevConf)) refuseUnasked(name);
  if (dot == std::string::npos || known == std::end(DevConf))
    wrong("the sysctl " + name + " is not one that Sockwalk knows");
  const std::string device = rest.substr(0, dot);
  const ipv4_devconf* to = device == "all"       ? net->ipv4.devconf_all.get()
                           : device == "default" ? net->ipv4.devconf_dflt.get()
                                                 : nullptr;
  if (!to) {
    const in_device* in_dev = __in_dev_get_rtnl(deviceNamed(net, device));
    if (!in_dev) wrong("IPv4 does not run on " + device);
    to = &in_dev->cnf;
  }
  change(stage, text, [&] { return set(to->data[known - DevConf], number), 0; });
  return true;
}

void joinTwoHosts(Stage& stage, bool veth) {
  const auto run = [&](const std::string& line) { runCommand(line, stage); };
  run("ip netns add client; ip netns add server");
  u32 ends[2] = {};
  if (veth) run("ip link add veth0 type veth peer name veth1");
  const std::string one = veth ? "veth0" : "eth0", other = veth ? "veth1" : "eth1";
  if (!veth) {
    EnterMachine enter(stage.machine);
    ends[0] = static_cast<u32>(deviceNamed(init_net, one)->ifindex);
    ends[1] = static_cast<u32>(deviceNamed(init_net, other)->ifindex);
  }
  run("ip link set " + one + " netns client name eth0; ip link set " + other + " netns server name eth0");
  for (const std::string ns : {"client", "server"}) {
    run("ip -n " + ns + " link set lo up; ip -n " + ns + " addr add 10.1.0." + (ns == "client" ? "1" : "2") +
        "/24 dev eth0");
    run("ip -n " + ns + " link set eth0 up");
  }
  if (!veth) stage.cable = std::make_unique<Cable>(stage.machine, ends[0], ends[1]);
}

void placeTask(Stage& stage, TaskId task, const std::string& name, const std::string& home) {
  EnterMachine enter(stage.machine);
  const size_t at = name.find('@');
  std::string ns = at == std::string::npos ? home : name.substr(at + 1);
  if (at == std::string::npos && netns_get(name.c_str()) && !name.empty()) ns = name;
  if (ns.empty()) return;
  const struct net* net = netNamed(ns);
  const task_struct* t = stage.machine.task(task).task;
  change(stage, "ip netns exec " + ns + " " + name.substr(0, at), [&] { return netns_enter(t, net); });
}

std::string namespaceOf(Stage& stage, TaskId task) {
  EnterMachine enter(stage.machine);
  const task_struct* t = stage.machine.task(task).task;
  return t ? netns_name(t->nsproxy->net_ns) : "";
}

} // namespace sockwalk::scenario
