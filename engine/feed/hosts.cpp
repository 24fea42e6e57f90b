#include "engine/feed/hosts.h"
#include <algorithm>
#include <map>

namespace sockwalk {

namespace {

/// Gathers by key while frames pass; turned into the sorted lists at the end.
struct Gathered {
  std::uint64_t sent = 0, received = 0;
  std::map<Ipv4Address, HostAddress> claimed;      // ArpSender, IpSource
  std::map<Ipv4Address, HostAddress> destinations; // IpDestination
  std::map<std::uint16_t, HostPort> udp, tcp;
};
using ByMac = std::map<MacAddress, Gathered>;

void witness(std::map<Ipv4Address, HostAddress>& addresses, Ipv4Address address, AddressEvidence evidence) {
  // 0.0.0.0 (ARP probes, DHCP) and group addresses belong to nobody.
  if (address == 0 || address >> 28 >= 14) return;
  HostAddress& entry = addresses.try_emplace(address, HostAddress{address, evidence, 0}).first->second;
  entry.evidence = std::min(entry.evidence, evidence);
  ++entry.frames;
}

HostPort& portOf(std::map<std::uint16_t, HostPort>& ports, std::uint16_t port) {
  return ports.try_emplace(port, HostPort{port, 0, 0}).first->second;
}

/// Refusals that `sender` sent: they tell which of its ports had nobody behind them.
void noteRefusals(ByteView frame, const FrameHeaders& headers, Gathered& sender) {
  constexpr std::uint8_t Unreachable = 3, PortUnreachable = 3;
  if (headers.icmp && headers.icmp->type == Unreachable && headers.icmp->code == PortUnreachable) {
    FrameHeaders quoted;
    parseIpv4(frame.first(headers.payloadOffset + headers.payloadLength), headers.payloadOffset, quoted);
    if (quoted.udp && quoted.ipv4->destination == headers.ipv4->source)
      ++portOf(sender.udp, quoted.udp->destination).refused;
  }
  if (headers.tcp && (headers.tcp->flags & (TcpRst | TcpAck)) == (TcpRst | TcpAck) && headers.tcp->sequence == 0)
    ++portOf(sender.tcp, headers.tcp->source).refused; // RFC 9293 3.10.7.1: the answer to a SYN nobody wants
}

void noteSender(ByteView frame, const FrameHeaders& headers, Gathered& sender) {
  ++sender.sent;
  if (headers.arp && headers.arp->senderMac == headers.ethernet->source)
    witness(sender.claimed, headers.arp->sender, AddressEvidence::ArpSender);
  if (headers.ipv4) witness(sender.claimed, headers.ipv4->source, AddressEvidence::IpSource);
  noteRefusals(frame, headers, sender);
}

void noteReceiver(const FrameHeaders& headers, Gathered& receiver) {
  ++receiver.received;
  if (headers.ipv4) witness(receiver.destinations, headers.ipv4->destination, AddressEvidence::IpDestination);
  if (headers.udp) ++portOf(receiver.udp, headers.udp->destination).received;
  if (headers.tcp && (headers.tcp->flags & (TcpSyn | TcpAck)) == TcpSyn)
    ++portOf(receiver.tcp, headers.tcp->destination).received;
}

/// A refusal alone (its cause not in the capture) makes no port one "received on".
std::vector<HostPort> portList(const std::map<std::uint16_t, HostPort>& ports) {
  std::vector<HostPort> list;
  for (const auto& [number, port] : ports)
    if (port.received) list.push_back(port);
  return list;
}

CaptureHost finish(const MacAddress& mac, const Gathered& gathered) {
  CaptureHost host;
  host.mac = mac;
  host.framesSent = gathered.sent;
  host.framesReceived = gathered.received;
  host.udpPorts = portList(gathered.udp);
  host.tcpPorts = portList(gathered.tcp);
  for (const auto& [address, entry] : gathered.claimed.empty() ? gathered.destinations : gathered.claimed)
    host.addresses.push_back(entry);
  std::stable_sort(host.addresses.begin(), host.addresses.end(), [](const HostAddress& a, const HostAddress& b) {
    return a.evidence != b.evidence ? a.evidence < b.evidence : a.frames > b.frames;
  });
  return host;
}

std::optional<std::size_t> propose(const std::vector<CaptureHost>& hosts) {
  std::optional<std::size_t> best;
  auto better = [&](const CaptureHost& a, const CaptureHost& b) {
    if (a.looksLikeRouter() != b.looksLikeRouter()) return b.looksLikeRouter();
    return a.framesReceived > b.framesReceived;
  };
  for (std::size_t i = 0; i < hosts.size(); ++i)
    if (!hosts[i].addresses.empty() && (!best || better(hosts[i], hosts[*best]))) best = i;
  return best;
}

} // namespace

bool CaptureHost::looksLikeRouter() const {
  return std::count_if(addresses.begin(), addresses.end(),
                       [](const HostAddress& address) { return address.evidence == AddressEvidence::IpSource; }) > 8;
}

CaptureHosts findHosts(const std::vector<ByteView>& frames) {
  ByMac byMac;
  for (ByteView frame : frames) {
    FrameHeaders headers = parseHeaders(frame);
    if (!headers.ethernet) continue;
    if (!isGroup(headers.ethernet->source)) noteSender(frame, headers, byMac[headers.ethernet->source]);
    if (!isGroup(headers.ethernet->destination)) noteReceiver(headers, byMac[headers.ethernet->destination]);
  }
  CaptureHosts found;
  for (const auto& [mac, gathered] : byMac) found.hosts.push_back(finish(mac, gathered));
  std::stable_sort(found.hosts.begin(), found.hosts.end(), [](const CaptureHost& a, const CaptureHost& b) {
    return a.framesSent + a.framesReceived > b.framesSent + b.framesReceived;
  });
  found.proposed = propose(found.hosts);
  return found;
}

CaptureHosts findHosts(const CaptureFile& file) {
  std::vector<ByteView> frames;
  frames.reserve(file.size());
  for (std::size_t i = 0; i < file.size(); ++i) frames.push_back(file.frame(i).bytes);
  return findHosts(frames);
}

} // namespace sockwalk
