// What the host had been told before, as its SYNs and headers show it: sysctls, addresses, neighbours, who listens.
#include "engine/scenario/capture_loopback.h"
#include "engine/scenario/relive_plan.h"
#include <algorithm>
#include <bit>
#include <set>

namespace sockwalk::scenario {

namespace {

using Role = RelivedConnection::Role;

constexpr u32 LoopbackMtu = 65536, LongestPacket = 65535;

std::string sysctl(const std::string& name, const std::string& value) {
  return "sysctl net.ipv4." + name + "=\"" + value + "\"";
}

// The settings that SYNs depend on; a command changes one where a connection shows another value than the one before.
class Settings {
public:
  explicit Settings(RelivePlan& plan) : m_plan(plan) {}
  void of(RelivedConnection& c);

private:
  void want(u32 frame, const std::string& name, const std::string& value) {
    const auto known = m_values.find(name);
    if (known != m_values.end() && known->second == value) return;
    m_values[name] = value;
    m_plan.act(frame, {Act::Command, 0, 0, {}, sysctl(name, value)});
  }
  void window(RelivedConnection& c, const CapturedSegment& own);

  RelivePlan& m_plan;
  std::map<std::string, std::string> m_values{{"tcp_timestamps", "1"},
                                              {"tcp_sack", "1"},
                                              {"tcp_window_scaling", "1"},
                                              {"tcp_ecn", "2"},
                                              {"tcp_rmem", "4096 131072 6291456"}};
};

// tcp_select_initial_window() backwards: which buffers give this window and this scale?
void Settings::window(RelivedConnection& c, const CapturedSegment& own) {
  const u32 window = own.tcp().window,
            mss = std::max<u32>(own.options.mss.value_or(1460), 88) - (own.options.stamps ? 12 : 0);
  u32 initial = 131072, most = 6291456;
  // A program that asks for little gets a small scale; the sysctl has two powers of two less than its own, at least.
  constexpr u8 LeastOfSysctl = 2;
  if (own.options.windowScale && *own.options.windowScale < LeastOfSysctl) {
    const u32 power = std::bit_ceil(std::max(window, 1u)); // what a program asks for likely
    const u32 asked = power < window + mss ? power : window + mss / 2;
    c.buffer = window < 65535 ? asked : 1u << (15 + *own.options.windowScale);
    return;
  }
  const bool usual = window <= 65536 && (window == 65536 / mss * mss || window == 65536 / (mss + 12) * (mss + 12));
  if (!usual && window) initial = 2 * (window == 65535 ? (65535 / mss + 1) * mss : window);
  if (own.options.windowScale) {
    const u32 bits = own.options.windowShift();
    if (bits != 7) most = bits > 2 ? 1u << std::min(bits + 15, 30u) : 174760;
  }
  want(c.firstFrame, "tcp_rmem", "4096 " + std::to_string(initial) + " " + std::to_string(std::max(most, initial)));
}

void Settings::of(RelivedConnection& c) {
  const CapturedSegment *own = nullptr, *peer = nullptr;
  std::vector<CapturedSegment> syns;
  for (const CapturedSegment& s : segmentsOf(m_plan, c))
    if (s.has(TcpSyn) && !s.has(TcpRst)) syns.push_back(s);
  for (const auto& s : syns) (s.out ? own : peer) = (s.out ? own : peer) ? (s.out ? own : peer) : &s;
  if (!own) return;
  const bool server = c.role == Role::Server;
  const auto offered = [&](auto&& has) { return !server || (peer && has(peer->options)); };
  const auto stamps = [](const TcpOptions& o) { return o.stamps.has_value(); };
  const auto sack = [](const TcpOptions& o) { return o.sackPermitted; };
  const auto scale = [](const TcpOptions& o) { return o.windowScale.has_value(); };
  const auto yes = [&](auto&& has) { return std::string(has(own->options) ? "1" : "0"); };
  if (offered(stamps)) want(c.firstFrame, "tcp_timestamps", yes(stamps));
  if (offered(sack)) want(c.firstFrame, "tcp_sack", yes(sack));
  if (offered(scale)) want(c.firstFrame, "tcp_window_scaling", yes(scale));
  const bool peerAsks = server && peer && peer->has(TcpEce | TcpCwr);
  if (!server) want(c.firstFrame, "tcp_ecn", own->has(TcpEce | TcpCwr) ? "1" : "2");
  if (peerAsks) want(c.firstFrame, "tcp_ecn", own->has(TcpEce) ? "2" : "0");
  window(c, *own);
  const u16 mss = own->options.mss.value_or(536);
  if (mss < std::min(m_plan.mtu, LongestPacket) - 40) c.mss = mss;
}

// A port has a listener from the first SYN on that is answered; none once a SYN is refused.
void planListeners(RelivePlan& plan) {
  std::set<u16> listening;
  for (u32 i = 0; i < plan.connections.size(); ++i) {
    const RelivedConnection& c = plan.connections[i];
    const bool there = listening.count(c.ends.localPort);
    const bool syn = plan.frames[c.firstFrame].headers.tcp->flags & TcpSyn;
    if (c.role == Role::Server && !there) {
      listening.insert(c.ends.localPort);
      plan.act(c.firstFrame, {Act::Listen, i, c.ends.localPort});
    } else if (c.role == Role::Refused && there && syn) {
      listening.erase(c.ends.localPort);
      plan.act(c.firstFrame, {Act::Unlisten, i, c.ends.localPort});
    } else if (c.role == Role::Ignored) {
      plan.act(c.firstFrame, {Act::Command,
                              i,
                              0,
                              {},
                              "iptables -A INPUT -p tcp -s " + ipv4Text(c.ends.remote) + " --sport " +
                                  std::to_string(c.ends.remotePort) + " -d " + ipv4Text(c.ends.local) + " --dport " +
                                  std::to_string(c.ends.localPort) + " -j DROP"});
    }
  }
}

// The time to live that most of the host's packets have, and the fragment bit of its TCP.
void planHeaders(RelivePlan& plan) {
  constexpr u8 LeastDefault = 32; // fewer are what one program asks for
  std::map<u8, u32> ttls;
  u32 whole = 0, free = 0;
  for (const HostFrame& f : plan.frames) {
    if (f.way != Way::Out || !f.headers.ipv4 || isGroup(f.headers.ethernet->destination)) continue;
    ++ttls[f.headers.ipv4->ttl];
    if (f.headers.tcp && !(f.headers.tcp->flags & TcpRst)) ++(f.headers.ipv4->dontFragment ? whole : free);
  }
  for (auto it = ttls.begin(); it != ttls.end();) it = it->first < LeastDefault ? ttls.erase(it) : std::next(it);
  const auto most = std::max_element(ttls.begin(), ttls.end(), [](auto& a, auto& b) { return a.second < b.second; });
  if (most != ttls.end() && most->first != plan.ttl) {
    plan.ttl = most->first;
    plan.before.push_back({Act::Command, 0, 0, {}, sysctl("ip_default_ttl", std::to_string(plan.ttl))});
  }
  if (free > whole) plan.before.push_back({Act::Command, 0, 0, {}, sysctl("ip_no_pmtu_disc", "1")});
}

// A SYN offers what the device takes, less two headers; so do the largest frames.
void planMtu(RelivePlan& plan) {
  plan.mtu = plan.capture.mtu;
  for (const HostFrame& f : plan.frames)
    if (f.way == Way::Out && f.headers.tcp && f.headers.tcp->flags & TcpSyn)
      plan.mtu = std::max<u32>(plan.mtu, segmentOf(f).options.mss.value_or(0) + 40u);
  plan.mtu = plan.capture.host.loopback ? LoopbackMtu : std::min(plan.mtu, CapturePlan::LargestMtu);
  if (plan.mtu > EthernetMtu && !plan.capture.host.loopback)
    plan.before.push_back({Act::Command, 0, 0, {}, "ip link set dev eth0 mtu " + std::to_string(plan.mtu)});
}

void planAddresses(RelivePlan& plan) {
  if (plan.capture.host.loopback) return;
  for (const HostAddress& a : plan.capture.host.addresses)
    if (a.address != plan.capture.options.address && isOwn(plan, a.address))
      plan.before.push_back({Act::Command, 0, 0, {}, "ip addr add " + ipv4Text(a.address) + "/24 dev eth0"});
}

// Where the host sent something is how it is reached: a router's MAC makes a gateway of its own, unless it is the one that
// the machine has already.
void planRoutes(RelivePlan& plan) {
  if (plan.capture.host.loopback) return;
  constexpr u32 Mask = 0xffffff00;
  const u32 own = plan.capture.options.address, gateway = plan.capture.options.gateway;
  std::map<MacAddress, u32> gateways;
  std::set<u32> known;
  u32 next = (own & Mask) | 253;
  const auto free = [&](u32 a) { return a != own && a != gateway && !plan.capture.neighbours.count(a); };
  for (const HostFrame& f : plan.frames) {
    if (f.way != Way::Out || !f.headers.ipv4 || isGroup(f.headers.ethernet->destination)) continue;
    const u32 to = f.headers.ipv4->destination;
    const MacAddress mac = f.headers.ethernet->destination;
    if (!known.insert(to).second) continue;
    if ((to & Mask) == (own & Mask)) {
      plan.capture.neighbours[to] = mac;
    } else if (const auto usual = plan.capture.neighbours.find(gateway);
               !gateway || usual == plan.capture.neighbours.end() || usual->second != mac) {
      while (!free(next)) --next;
      const u32 via = gateways.try_emplace(mac, next).first->second;
      plan.capture.neighbours[via] = mac;
      plan.before.push_back(
          {Act::Command, 0, 0, {}, "ip route add " + ipv4Text(to) + " via " + ipv4Text(via) + " dev eth0"});
    }
  }
}

} // namespace

bool isOwn(const RelivePlan& plan, u32 address) {
  const CaptureHost& host = plan.capture.host;
  if (host.loopback) return hasAddress(address, plan.capture.options.address);
  if (address == plan.capture.options.address) return true;
  return !host.looksLikeRouter() && std::ranges::any_of(host.addresses, [&](const HostAddress& a) {
    return a.address == address && a.evidence <= AddressEvidence::IpSource;
  });
}

void planSettings(RelivePlan& plan) {
  planAddresses(plan);
  planHeaders(plan);
  planMtu(plan);
  planRoutes(plan);
  Settings settings(plan);
  for (RelivedConnection& c : plan.connections)
    if (c.role == Role::Server || c.role == Role::Client) settings.of(c);
  for (u32 i = 0; i < plan.connections.size(); ++i) plan.act(plan.connections[i].firstFrame, {Act::Wish, i});
  planListeners(plan);
}

} // namespace sockwalk::scenario
