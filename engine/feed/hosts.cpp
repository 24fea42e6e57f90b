#include "engine/feed/hosts.h"

#include "engine/feed/link_types.h"
#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace sockwalk {

namespace {

/// Gathers by key while frames pass; turned into the sorted lists at the end.
struct Gathered {
  std::uint64_t sent = 0, received = 0, here = 0, toGroups = 0, loopback = 0, oursReceived = 0;
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
  host.framesHere = gathered.here;
  host.loopback = gathered.loopback > 0;
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
  const auto better = [](const CaptureHost& a, const CaptureHost& b) {
    if ((a.framesHere > 0) != (b.framesHere > 0)) return a.framesHere > 0;
    if (a.looksLikeRouter() != b.looksLikeRouter()) return b.looksLikeRouter();
    if (a.framesReceived != b.framesReceived) return a.framesReceived > b.framesReceived;
    return a.framesHeard > b.framesHeard;
  };
  for (std::size_t i = 0; i < hosts.size(); ++i) {
    const bool hears = !hosts[i].addresses.empty() && hosts[i].framesReceived + hosts[i].framesHeard > 0;
    if (hears && (!best || better(hosts[i], hosts[*best]))) best = i;
  }
  return best;
}

// The flows, as frames pass.
class Flows {
public:
  void see(const FrameHeaders& h, std::uint64_t number) {
    if (!h.ipv4 || h.ipv4->fragmentOffset || !h.ethernet) return; // only the first fragment says whose it is
    const std::uint16_t from = h.tcp ? h.tcp->source : h.udp ? h.udp->source : std::uint16_t{0};
    const std::uint16_t to = h.tcp ? h.tcp->destination : h.udp ? h.udp->destination : std::uint16_t{0};
    const Key there{h.ipv4->protocol, h.ipv4->source, from, h.ipv4->destination, to};
    const Key back{h.ipv4->protocol, h.ipv4->destination, to, h.ipv4->source, from};
    const bool syn = h.tcp && (h.tcp->flags & (TcpSyn | TcpAck)) == TcpSyn;
    auto found = m_open.find(there);
    bool byClient = true;
    if (found == m_open.end() && (found = m_open.find(back)) != m_open.end()) byClient = false;
    if (found == m_open.end() || (syn && beginsAnew(m_flows[found->second]))) {
      found = m_open.insert_or_assign(begins(h, from, to) ? there : back, m_flows.size()).first;
      byClient = found->first == there;
      m_flows.push_back(begun(found->first, h, byClient, number));
    }
    note(m_flows[found->second], h, byClient, number);
  }
  std::vector<CaptureFlow> take() {
    std::stable_sort(m_flows.begin(), m_flows.end(), [](const CaptureFlow& a, const CaptureFlow& b) {
      return a.client.frames + a.server.frames > b.client.frames + b.server.frames;
    });
    return std::move(m_flows);
  }

private:
  using Key = std::tuple<std::uint8_t, Ipv4Address, std::uint16_t, Ipv4Address, std::uint16_t>; // from client to server

  // A SYN after the end of the connection is another one between the same ports.
  static bool beginsAnew(const CaptureFlow& f) { return f.reset || f.client.finished || f.server.finished; }
  // Who sends the first frame began; but in the middle of a TCP connection the higher port is the client's.
  static bool begins(const FrameHeaders& h, std::uint16_t from, std::uint16_t to) {
    if (!h.tcp) return true;
    if (h.tcp->flags & TcpSyn) return !(h.tcp->flags & TcpAck);
    return from >= to;
  }
  static CaptureFlow begun(const Key& key, const FrameHeaders& h, bool byClient, std::uint64_t number) {
    CaptureFlow flow;
    CaptureFlow::End &client = flow.client, &server = flow.server;
    std::tie(flow.protocol, client.address, client.port, server.address, server.port) = key;
    (byClient ? client : server).mac = h.ethernet->source;
    (byClient ? server : client).mac = h.ethernet->destination;
    flow.firstFrame = number;
    return flow;
  }
  static void note(CaptureFlow& flow, const FrameHeaders& h, bool byClient, std::uint64_t number) {
    CaptureFlow::End& sender = byClient ? flow.client : flow.server;
    ++sender.frames;
    sender.bytes += h.wirePayloadLength;
    flow.lastFrame = number;
    if (!h.tcp) return;
    if (h.tcp->flags & TcpSyn) (byClient ? flow.opened : flow.answered) = true;
    if (h.tcp->flags & TcpFin) sender.finished = true;
    if (h.tcp->flags & TcpRst) flow.reset = true;
  }

  std::vector<CaptureFlow> m_flows;
  std::map<Key, std::size_t> m_open;
};

// Everything that is gathered while the frames pass, and what comes of it.
class Finder {
public:
  void see(ByteView frame, FrameDirection direction, bool loopback, std::uint64_t number) {
    const FrameHeaders headers = parseHeaders(frame);
    if (!headers.ethernet) return;
    const MacAddress &from = headers.ethernet->source, &to = headers.ethernet->destination;
    const bool ours = headers.ethernet->type == EtherIpv4 || headers.ethernet->type == EtherArp;
    if (!isGroup(from)) {
      Gathered& sender = m_byMac[from];
      noteSender(frame, headers, sender);
      sender.here += direction == FrameDirection::Out;
      sender.toGroups += ours && isGroup(to);
      sender.loopback += loopback;
    }
    if (!isGroup(to)) {
      Gathered& receiver = m_byMac[to];
      noteReceiver(headers, receiver);
      receiver.here += direction == FrameDirection::In;
      receiver.oursReceived += ours;
    }
    m_toGroups += ours && isGroup(to);
    for (const Ipv4Address a : {headers.ipv4 ? headers.ipv4->source : 0, headers.arp ? headers.arp->sender : 0,
                                headers.arp ? headers.arp->target : 0})
      if (a && a >> 28 < 14) m_addresses.insert(a);
    m_flows.see(headers, number);
  }

  CaptureHosts found() {
    CaptureHosts found;
    for (const auto& [mac, gathered] : m_byMac) {
      found.hosts.push_back(finish(mac, gathered));
      found.hosts.back().framesHeard = m_toGroups - gathered.toGroups;
    }
    std::stable_sort(found.hosts.begin(), found.hosts.end(), [](const CaptureHost& a, const CaptureHost& b) {
      return a.framesSent + a.framesReceived > b.framesSent + b.framesReceived;
    });
    found.flows = m_flows.take();
    std::map<MacAddress, std::pair<std::uint64_t, std::uint64_t>> roles; // flows begun, and served
    for (const CaptureFlow& flow : found.flows) ++roles[flow.client.mac].first, ++roles[flow.server.mac].second;
    for (CaptureHost& host : found.hosts) std::tie(host.flowsBegun, host.flowsServed) = roles[host.mac];
    found.proposed = propose(found.hosts);
    if (!found.proposed) proposeAddress(found);
    return found;
  }

private:
  // Nobody with an address receives anything: whoever was sent what calls itself IPv4 or ARP gets an address; if only
  // groups were sent any, a bystander hears it.
  void proposeAddress(CaptureHosts& found) const {
    const auto received = [&](const CaptureHost& h) { return m_byMac.at(h.mac).oursReceived; };
    const auto most = std::ranges::max_element(found.hosts, {}, received);
    if (most != found.hosts.end() && received(*most)) {
      if (most->addresses.empty()) most->addresses.push_back({freeAddress(), AddressEvidence::Chosen, 0});
      found.proposed = static_cast<std::size_t>(most - found.hosts.begin());
    } else if (m_toGroups) {
      found.proposed = found.hosts.size();
      found.hosts.push_back(bystander());
    }
  }

  // Of the net of those who are there, one that nobody has.
  Ipv4Address freeAddress() const {
    const Ipv4Address net = (m_addresses.empty() ? 0x0a000200 : *m_addresses.begin()) & 0xffffff00;
    Ipv4Address free = net | 77;
    while (m_addresses.count(free) && (free & 0xff) < 254) ++free;
    return free;
  }
  CaptureHost bystander() const {
    CaptureHost host;
    host.mac = madeMac(freeAddress());
    host.addresses.push_back({freeAddress(), AddressEvidence::Chosen, 0});
    host.framesHeard = m_toGroups;
    host.bystander = true;
    return host;
  }

  ByMac m_byMac;
  Flows m_flows;
  std::set<Ipv4Address> m_addresses; // that somebody has, or is asked for
  std::uint64_t m_toGroups = 0;
};

} // namespace

bool CaptureFlow::complete() const {
  return protocol != IpTcp || (opened && answered && (reset || (client.finished && server.finished))) ||
         (opened && reset);
}

bool CaptureHost::looksLikeRouter() const {
  return !loopback && std::count_if(addresses.begin(), addresses.end(), [](const HostAddress& address) {
                        return address.evidence == AddressEvidence::IpSource;
                      }) > 8;
}

CaptureHosts findHosts(const std::vector<ByteView>& frames) {
  Finder finder;
  for (std::size_t i = 0; i < frames.size(); ++i) finder.see(frames[i], FrameDirection::Unknown, false, i + 1);
  return finder.found();
}

CaptureHosts findHosts(const CaptureFile& file) {
  Finder finder;
  for (std::size_t i = 0; i < file.size(); ++i) {
    const CapturedFrame frame = file.frame(i);
    if (!frame.bytes.empty()) finder.see(frame.bytes, frame.direction, frame.facts.loopback, frame.number);
  }
  CaptureHosts found = finder.found();
  for (CaptureHost& host : found.hosts)
    for (const HostAddress& address : host.addresses)
      if (const auto name = file.names().find(address.address); host.name.empty() && name != file.names().end())
        host.name = name->second;
  return found;
}

} // namespace sockwalk
