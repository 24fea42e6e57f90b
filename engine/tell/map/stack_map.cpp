#include "engine/tell/map/stack_map.h"
#include "engine/journal/queries.h"
#include "engine/tell/in_words.h"
#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <unordered_map>

namespace sockwalk::tell {

namespace {

using enum Layer;
const std::vector<MapPart> Parts = {
    {"calls", Words("System calls"), Socket, 0, 0, 5, {"net/socket"}, "call-path"},
    {"files", Words("Files: descriptors, sockfs, splice"), Vfs, 5.4, 0, 3.4, {"fs/"}, "objects"},
    {"poll", Words("poll and epoll"), Vfs, 9.2, 0, 2.8, {"fs/select", "fs/eventpoll"}, "objects"},
    {"sock",
     Words("struct sock: life, queues, memory, options"),
     Socket,
     0,
     1.2,
     5,
     {"net/core/sock", "include/net/sock", "net/core/stream", "net/core/datagram", "net/core/scm",
      "net/core/request_sock", "net/core/filter"},
     "structure"},
    {"inet",
     Words("AF_INET"),
     Inet,
     5.4,
     1.2,
     3.4,
     {"net/ipv4/af_inet", "net/ipv4/protocol", "net/ipv4/inet_net_init", "net/ipv4/datagram"},
     "tables"},
    {"families",
     Words("Other families: unix, netlink, packet"),
     Inet,
     9.2,
     1.2,
     2.8,
     {"net/unix/", "net/netlink/", "net/packet/", "net/l2tp/", "net/core/rtnetlink", "net/ipv4/inet_diag",
      "net/core/sock_diag"},
     "tables"},
    {"tcp_send",
     Words("TCP: sending"),
     Transport,
     0,
     2.6,
     2.9,
     {"net/ipv4/tcp_output", "net/ipv4/tcp_send", "net/ipv4/tcp_gso", "net/ipv4/tcp_rate"},
     "ladder"},
    {"tcp_state",
     Words("TCP: connections and states"),
     Transport,
     3.2,
     2.6,
     3.2,
     {"net/ipv4/tcp", "net/ipv4/inet_connection_sock", "net/ipv4/inet_csk", "net/ipv4/inet_timewait_sock",
      "net/ipv4/syncookies"},
     "states"},
    {"tcp_receive",
     Words("TCP: receiving"),
     Transport,
     6.7,
     2.6,
     2.6,
     {"net/ipv4/tcp_input", "net/ipv4/tcp_recv", "net/ipv4/tcp_ipv4_rcv", "net/ipv4/tcp_ipv4_backlog"},
     "ladder"},
    {"udp",
     Words("UDP, ping, raw"),
     Transport,
     9.6,
     2.6,
     2.4,
     {"net/ipv4/udp", "net/ipv4/ping", "net/ipv4/raw"},
     "buffer"},
    {"congestion",
     Words("Loss and congestion"),
     Transport,
     0,
     3.8,
     2.9,
     {"net/ipv4/tcp_cong", "net/ipv4/tcp_cubic", "net/ipv4/tcp_recovery", "net/ipv4/tcp_metrics",
      "net/ipv4/tcp_input_recovery", "net/ipv4/tcp_input_prr", "net/ipv4/tcp_input_enter", "net/ipv4/tcp_input_undo",
      "net/ipv4/tcp_input_sack"},
     "plots"},
    {"timers", Words("TCP: timers"), Transport, 3.2, 3.8, 3.2, {"net/ipv4/tcp_timer"}, "timeline"},
    {"lookup",
     Words("Sockets by address: hash tables"),
     Transport,
     6.7,
     3.8,
     5.3,
     {"net/ipv4/inet_ehash", "net/ipv4/inet_hash", "net/core/sock_reuseport", "net/core/secure_seq"},
     "tables"},
    {"ip_out",
     Words("IP: output, fragmentation"),
     Ip,
     0,
     5.2,
     2.9,
     {"net/ipv4/ip_output", "net/ipv4/ip_append", "net/ipv4/ip_queue", "net/ipv4/ip_fragment_output",
      "net/ipv4/ip_options_send"},
     "buffer"},
    {"routes",
     Words("Routes"),
     Ip,
     3.2,
     5.2,
     3.2,
     {"net/ipv4/route", "net/ipv4/fib", "net/core/dst", "net/ipv4/devinet", "net/ipv6/addrconf", "net/ipv4/inetpeer",
      "net/ipv4/ipmr", "net/xfrm/", "net/l3mdev/"},
     "tables"},
    {"ip_in",
     Words("IP: input, reassembly, forwarding"),
     Ip,
     6.7,
     5.2,
     2.6,
     {"net/ipv4/ip", "net/ipv4/inet_fragment", "net/ipv4/cipso", "net/ipv4/xfrm4_input"},
     "packets"},
    {"icmp", Words("ICMP, IGMP"), Ip, 9.6, 5.2, 2.4, {"net/ipv4/icmp", "net/ipv4/igmp"}, "packets"},
    {"netfilter", Words("Netfilter"), Ip, 3.2, 6.4, 3.2, {"net/netfilter/", "net/ipv4/netfilter"}, "tables"},
    {"neighbours", Words("Neighbours: ARP"), Link, 0, 7.4, 2.9, {"net/core/neighbour", "net/ipv4/arp"}, "tables"},
    {"qdisc", Words("Queueing: qdisc"), Link, 3.2, 7.6, 3.2, {"net/sched/"}, "tables"},
    {"dev",
     Words("Devices: send, receive, GRO, NAPI"),
     Link,
     6.7,
     7.4,
     5.3,
     {"net/core/dev", "net/core/gro", "net/core/gso", "net/core/flow_dissector", "net/core/utils", "net/ethernet/",
      "net/8021q/", "net/core/net_namespace"},
     "packets"},
    {"buffers", Words("sk_buff: allocate, copy, share, free"), Link, 0, 8.6, 2.9, {"net/core/skbuff"}, "buffer"},
    {"loopback",
     Words("Loopback, veth, tun"),
     Device,
     3.2,
     8.8,
     3.2,
     {"drivers/net/loopback", "drivers/net/veth", "drivers/net/tun"},
     "packets"},
    {"nic",
     Words("Network card: e1000, rings, wire"),
     Device,
     6.7,
     8.8,
     5.3,
     {"drivers/net/", "drivers/net/ethernet/"},
     "tables"},
};

constexpr MapEdge Edges[] = {
    {"calls", "sock"},
    {"calls", "files"},
    {"files", "poll"},
    {"sock", "inet"},
    {"inet", "tcp_state"},
    {"inet", "udp"},
    {"tcp_state", "tcp_send"},
    {"tcp_receive", "tcp_state"},
    {"tcp_send", "ip_out"},
    {"udp", "ip_out"},
    {"tcp_receive", "congestion"},
    {"congestion", "tcp_send"},
    {"timers", "tcp_send"},
    {"lookup", "tcp_receive"},
    {"ip_in", "lookup"},
    {"ip_in", "icmp"},
    {"ip_out", "routes"},
    {"ip_in", "routes"},
    {"ip_out", "netfilter"},
    {"ip_in", "netfilter"},
    {"ip_out", "neighbours"},
    {"neighbours", "qdisc"},
    {"qdisc", "loopback"},
    {"qdisc", "nic"},
    {"nic", "dev"},
    {"loopback", "dev"},
    {"dev", "ip_in"},
};

} // namespace

const std::vector<MapPart>& stackMap() { return Parts; }
std::span<const MapEdge> stackMapEdges() { return Edges; }

// The longest beginning that fits, so that tcp_input is not tcp.
static int partOfFile(std::string_view file) {
  constexpr std::string_view Root = "engine/kernel/";
  if (const auto at = file.find(Root); at != file.npos) file.remove_prefix(at + Root.size());
  int best = -1;
  size_t longest = 0;
  for (size_t i = 0; i < stackMap().size(); ++i)
    for (const std::string_view begin : stackMap()[i].files)
      if (file.starts_with(begin) && begin.size() > longest) longest = begin.size(), best = static_cast<int>(i);
  return best;
}

int mapPartOf(const FunctionInfo& function) {
  static std::unordered_map<u16, int> known;
  const auto [place, isNew] = known.try_emplace(function.id, -1);
  if (isNew) place->second = partOfFile(function.file);
  return place->second;
}

MapMoment MapReader::at(const Playhead& playhead) {
  const Journal& j = playhead.journal();
  const int stimulus = playhead.position() ? j.stimulusAt(playhead.position() - 1) : -1;
  const auto& stimuli = j.stimuli();
  const EventIndex begin = stimulus < 0 ? 0 : stimuli[size_t(stimulus)].event;
  const EventIndex end =
      stimulus + 1 < static_cast<int>(stimuli.size()) ? stimuli[size_t(stimulus) + 1].event : j.size();
  if (stimulus != m_counted) m_calls.clear(), m_until = begin;
  m_counted = stimulus;
  std::unordered_map<EventIndex, int> partOf;
  for (; m_until < end; ++m_until) {
    const Event& e = j[m_until];
    if (e.type != EventType::Call) continue;
    const int part = mapPartOf(j.function(e));
    const EventIndex caller = j.callerOf(m_until);
    m_calls.push_back({m_until, part, caller == NoEvent ? -1 : mapPartOf(j.function(j[caller]))});
  }
  MapMoment out;
  out.parts.resize(stackMap().size());
  if (stimulus >= 0) out.stimulus = stimulusText(stimuli[size_t(stimulus)].text);
  std::set<std::pair<int, int>> crossings;
  for (const Call& call : m_calls) {
    if (call.part < 0) continue;
    PartPassed& passed = out.parts[size_t(call.part)];
    if (call.event >= playhead.position()) {
      ++passed.ahead;
      if (passed.next == NoEvent) passed.next = call.event;
      continue;
    }
    ++passed.calls;
    passed.last = call.event;
    if (call.caller >= 0 && call.caller != call.part) crossings.insert({call.caller, call.part});
  }
  out.crossings.assign(crossings.begin(), crossings.end());
  const std::vector<EventIndex> open = playhead.callStack();
  for (const EventIndex call : open)
    if (const int part = mapPartOf(j.function(j[call])); part >= 0) out.parts[size_t(part)].open = true;
  for (auto call = open.rbegin(); call != open.rend(); ++call)
    if (const int part = mapPartOf(j.function(j[*call])); part >= 0) {
      out.parts[size_t(part)].running = true;
      break;
    }
  return out;
}

std::vector<std::string> lines(const MapAt& at) {
  std::vector<std::string> out = {spoken(at.moment.stimulus)};
  for (size_t i = 0; i < stackMap().size(); ++i) {
    const PartPassed& p = at.moment.parts[i];
    if (!p.calls && !p.ahead) continue;
    out.push_back(std::string(p.running ? "▶ "
                              : p.open  ? "● "
                              : p.calls ? "✓ "
                                        : "  ") +
                  spoken(stackMap()[i].name()) + "  " + spoken(say("%1 calls, %2 to come", p.calls, p.ahead)));
  }
  return out;
}

nlohmann::json json(const MapAt& at) {
  nlohmann::json parts = nlohmann::json::array(), crossings = nlohmann::json::array();
  for (size_t i = 0; i < stackMap().size(); ++i) {
    const PartPassed& p = at.moment.parts[i];
    parts.push_back(
        {{"id", stackMap()[i].id}, {"calls", p.calls}, {"to_come", p.ahead}, {"open", p.open}, {"running", p.running}});
  }
  for (const auto& [from, to] : at.moment.crossings)
    crossings.push_back({stackMap()[size_t(from)].id, stackMap()[size_t(to)].id});
  return {{"stimulus", english(at.moment.stimulus)}, {"parts", parts}, {"crossings", crossings}};
}

} // namespace sockwalk::tell
