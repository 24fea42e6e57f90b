#include "engine/scenario/capture_loopback.h"
#include "engine/memory/constants/inet.h"
#include <algorithm>
#include <map>
#include <set>

namespace sockwalk::scenario {

namespace {

// Ports to which the host itself answered "nobody is there".
std::set<u16> refusedPorts(const CapturePlan& plan) {
  std::set<u16> refused;
  for (const HostPort& p : plan.host.udpPorts)
    if (p.closed()) refused.insert(p.port);
  return refused;
}

std::string nameOf(const FrameHeaders& h) {
  if (h.tcp) return "TCP segments of addresses that the machine does not have";
  if (h.icmp) return "ICMP messages";
  if (h.ipv4 && h.ipv4->isFragment()) return "fragments";
  if (h.udp) return "UDP datagrams of addresses that the machine does not have";
  return h.ipv4 ? "packets of IP protocol " + std::to_string(h.ipv4->protocol) : "frames without IPv4";
}

} // namespace

bool hasAddress(u32 address, u32 ours) { return address >> 24 == 127 || (ours && address == ours); }

std::optional<LoopbackDatagram> loopbackDatagram(const CapturedFrame& frame, u32 address) {
  if (!frame.facts.loopback) return {};
  const FrameHeaders h = parseHeaders(frame.bytes);
  if (!h.udp || h.ipv4->isFragment()) return {};
  if (!hasAddress(h.ipv4->source, address) || !hasAddress(h.ipv4->destination, address)) return {};
  return LoopbackDatagram{{h.ipv4->source, h.udp->source},
                          {h.ipv4->destination, h.udp->destination},
                          frame.bytes.subspan(h.payloadOffset, h.payloadLength),
                          h.wirePayloadLength};
}

std::vector<Endpoint> loopbackEnds(const CapturePlan& plan) {
  const std::set<u16> refused = refusedPorts(plan);
  std::vector<Endpoint> ends;
  std::set<std::pair<u32, u16>> known;
  const auto add = [&](const Endpoint& end) {
    if (end.port && known.emplace(end.address, end.port).second) ends.push_back(end);
  };
  for (size_t i = 0; i < plan.file.size(); ++i) {
    const auto datagram = loopbackDatagram(plan.file.frame(i), plan.options.address);
    if (!datagram) continue;
    add(datagram->from);
    if (!refused.count(datagram->to.port)) add(datagram->to);
  }
  return ends;
}

std::string loopbackLeftOut(const CapturePlan& plan) {
  if (!plan.host.loopback) return {};
  std::map<std::string, size_t> kinds;
  size_t left = 0, all = 0;
  for (size_t i = 0; i < plan.file.size(); ++i) {
    const CapturedFrame frame = plan.file.frame(i);
    if (!plan.arrives(frame)) continue;
    const FrameHeaders h = parseHeaders(frame.bytes);
    ++all;
    // The kernel's own answer to a datagram comes by itself.
    if (all > 1 && h.icmp && h.icmp->type == kernel::ICMP_DEST_UNREACH) continue;
    const u32 eth0 = plan.options.address;
    if (loopbackDatagram(frame, eth0)) continue;
    if (h.tcp && hasAddress(h.ipv4->source, eth0) && hasAddress(h.ipv4->destination, eth0)) continue;
    ++kinds[nameOf(h)];
    ++left;
  }
  if (!left) return {};
  std::string list;
  for (const auto& [kind, count] : kinds) list += (list.empty() ? "" : ", ") + std::to_string(count) + " " + kind;
  return plan.file.path() +
         ": it is a capture of loopback, where both ends are programs of the host; their TCP and UDP is played, " +
         list + (left == all ? " are not: nothing happens in this walk" : " are not") +
         ". Captured between two hosts (tcpdump -i eth0), the same exchange arrives at eth0";
}

} // namespace sockwalk::scenario
