#include "engine/feed/summary.h"
#include <arpa/inet.h>
#include <cstdio>

namespace sockwalk {

namespace {

std::string hex16(unsigned value) {
  char text[8];
  std::snprintf(text, sizeof text, "0x%04x", value & 0xffff);
  return text;
}

std::string arpInfo(const ArpHeader& arp) {
  const std::string sender = ipv4Text(arp.sender), target = ipv4Text(arp.target);
  if (arp.sender == arp.target) return "Announcement: " + sender + " is at " + macText(arp.senderMac);
  if (arp.operation == 1 && arp.sender == 0) return "Who has " + target + "? (probe)";
  if (arp.operation == 1) return "Who has " + target + "? Tell " + sender;
  if (arp.operation == 2) return sender + " is at " + macText(arp.senderMac);
  return "operation " + std::to_string(arp.operation);
}

bool isIcmpError(std::uint8_t type) { return type == 3 || type == 4 || type == 5 || type == 11 || type == 12; }

/// The packet an ICMP error is about: "UDP 10.0.0.1:4242 → 10.0.0.2:9".
std::string quotedPacket(ByteView frame, const FrameHeaders& headers) {
  FrameHeaders quoted;
  parseIpv4(frame.first(headers.payloadOffset + headers.payloadLength), headers.payloadOffset, quoted);
  if (!quoted.ipv4) return "";
  auto end = [](Ipv4Address address, std::optional<std::uint16_t> port) {
    return ipv4Text(address) + (port ? ":" + std::to_string(*port) : "");
  };
  std::optional<std::uint16_t> from, to;
  if (quoted.udp) from = quoted.udp->source, to = quoted.udp->destination;
  else if (quoted.tcp) from = quoted.tcp->source, to = quoted.tcp->destination;
  return ipProtocolName(quoted.ipv4->protocol) + " " + end(quoted.ipv4->source, from) + " → " +
         end(quoted.ipv4->destination, to);
}

std::string icmpInfo(ByteView frame, const FrameHeaders& headers) {
  const IcmpHeader& icmp = *headers.icmp;
  std::string info = icmpName(icmp.type, icmp.code);
  if (icmp.type == 8 || icmp.type == 0)
    return info + " id=" + std::to_string(icmp.rest >> 16) + " seq=" + std::to_string(icmp.rest & 0xffff);
  if (icmp.type == 3 && icmp.code == 4) info += " mtu=" + std::to_string(icmp.rest & 0xffff);
  if (isIcmpError(icmp.type))
    if (std::string about = quotedPacket(frame, headers); !about.empty()) info += " (" + about + ")";
  return info;
}

std::string udpInfo(const UdpHeader& udp) {
  return "UDP " + std::to_string(udp.source) + " → " + std::to_string(udp.destination) + " len " +
         std::to_string(udp.length >= 8 ? udp.length - 8 : 0);
}

std::string tcpInfo(const FrameHeaders& headers, TcpBases* bases) {
  const TcpHeader& tcp = *headers.tcp;
  TcpBases::Relative shown{tcp.sequence, tcp.acknowledgement};
  if (bases) shown = bases->relative(*headers.ipv4, tcp);
  std::string info = "TCP " + tcpFlagNames(tcp.flags) + " " + std::to_string(tcp.source) + " → " +
                     std::to_string(tcp.destination) + " seq=" + std::to_string(shown.sequence);
  if (tcp.flags & TcpAck) info += " ack=" + std::to_string(shown.acknowledgement);
  info += " win=" + std::to_string(tcp.window);
  if (headers.wirePayloadLength) info += " len " + std::to_string(headers.wirePayloadLength);
  return info;
}

std::string fragmentInfo(const Ipv4Header& ip) {
  const unsigned first = ip.fragmentOffset, count = ip.totalLength - static_cast<unsigned>(ip.length);
  return "Fragment of " + ipProtocolName(ip.protocol) + " id=" + hex16(ip.id) + " offset=" + std::to_string(first) +
         " len " + std::to_string(count) + (ip.moreFragments ? "" : " (last)");
}

void summarizeIpv4(ByteView frame, const FrameHeaders& headers, TcpBases* bases, FrameSummary& summary) {
  const Ipv4Header& ip = *headers.ipv4;
  summary.source = ipv4Text(ip.source);
  summary.destination = ipv4Text(ip.destination);
  summary.protocol = "IPv4";
  if (headers.icmp) {
    summary.protocol = "ICMP";
    summary.info = icmpInfo(frame, headers);
  } else if (headers.udp) {
    summary.protocol = "UDP";
    summary.sourcePort = headers.udp->source;
    summary.destinationPort = headers.udp->destination;
    summary.info = udpInfo(*headers.udp);
  } else if (headers.tcp) {
    summary.protocol = "TCP";
    summary.sourcePort = headers.tcp->source;
    summary.destinationPort = headers.tcp->destination;
    summary.info = tcpInfo(headers, bases);
  } else if (ip.fragmentOffset) {
    summary.info = fragmentInfo(ip);
  } else {
    summary.info = ipProtocolName(ip.protocol) + " len " + std::to_string(headers.wirePayloadLength);
  }
  if (ip.moreFragments && !ip.fragmentOffset) summary.info += ", first fragment id=" + hex16(ip.id);
}

/// IPv6 is only named, not looked into.
void summarizeIpv6(ByteView frame, std::size_t offset, FrameSummary& summary) {
  summary.protocol = "IPv6";
  if (!holds(frame, offset, 40)) {
    summary.info = "IPv6 header is cut short";
    summary.malformed = true;
    return;
  }
  char text[INET6_ADDRSTRLEN];
  summary.source = inet_ntop(AF_INET6, frame.data() + offset + 8, text, sizeof text);
  summary.destination = inet_ntop(AF_INET6, frame.data() + offset + 24, text, sizeof text);
  summary.info =
      "next header " + std::to_string(frame[offset + 6]) + " len " + std::to_string(loadBe16(frame, offset + 4));
}

} // namespace

std::string ipProtocolName(std::uint8_t protocol) {
  switch (protocol) {
  case 1: return "ICMP";
  case 2: return "IGMP";
  case 6: return "TCP";
  case 17: return "UDP";
  case 47: return "GRE";
  case 132: return "SCTP";
  default: return "protocol " + std::to_string(protocol);
  }
}

std::string icmpName(std::uint8_t type, std::uint8_t code) {
  static constexpr const char* unreachable[] = {"Network unreachable",
                                                "Host unreachable",
                                                "Protocol unreachable",
                                                "Port unreachable",
                                                "Fragmentation needed",
                                                "Source route failed",
                                                "Network unknown",
                                                "Host unknown",
                                                "Source host isolated",
                                                "Network administratively prohibited",
                                                "Host administratively prohibited",
                                                "Network unreachable for TOS",
                                                "Host unreachable for TOS",
                                                "Communication administratively prohibited",
                                                "Host precedence violation",
                                                "Precedence cutoff"};
  switch (type) {
  case 0: return "Echo reply";
  case 3:
    return code < std::size(unreachable) ? unreachable[code] : "Destination unreachable code " + std::to_string(code);
  case 4: return "Source quench";
  case 5: return "Redirect";
  case 8: return "Echo request";
  case 11: return code == 1 ? "Fragment reassembly time exceeded" : "Time to live exceeded";
  case 12: return "Parameter problem";
  case 13: return "Timestamp request";
  case 14: return "Timestamp reply";
  default: return "type " + std::to_string(type) + " code " + std::to_string(code);
  }
}

std::string tcpFlagNames(std::uint8_t flags) {
  static constexpr std::pair<std::uint8_t, const char*> names[] = {{TcpSyn, "SYN"}, {TcpFin, "FIN"}, {TcpRst, "RST"},
                                                                   {TcpPsh, "PSH"}, {TcpAck, "ACK"}, {TcpUrg, "URG"},
                                                                   {TcpEce, "ECE"}, {TcpCwr, "CWR"}};
  std::string text;
  for (auto [flag, name] : names)
    if (flags & flag) text += (text.empty() ? "" : ",") + std::string(name);
  return text.empty() ? "none" : text;
}

TcpBases::Relative TcpBases::relative(const Ipv4Header& ip, const TcpHeader& tcp) {
  const Direction forth{ip.source, tcp.source, ip.destination, tcp.destination};
  const Direction back{ip.destination, tcp.destination, ip.source, tcp.source};
  if (tcp.flags & TcpSyn) // a new connection on the same ports counts anew
    m_first[forth] = tcp.sequence;
  // A direction whose SYN was not captured starts at 1, as if it had been; an RST's 0 is no start.
  auto firstOf = [this](const Direction& direction, std::uint32_t number, bool known) {
    if (auto found = m_first.find(direction); found != m_first.end()) return found->second;
    return known ? m_first[direction] = number - 1 : number;
  };
  Relative shown{tcp.sequence - firstOf(forth, tcp.sequence, !(tcp.flags & TcpRst)), 0};
  if (tcp.flags & TcpAck) shown.acknowledgement = tcp.acknowledgement - firstOf(back, tcp.acknowledgement, true);
  return shown;
}

FrameSummary summarize(ByteView frame, std::uint32_t originalLength, TcpBases* bases) {
  const FrameHeaders headers = parseHeaders(frame);
  FrameSummary summary;
  summary.length = originalLength;
  summary.protocol = "Ethernet";
  if (headers.ethernet) {
    summary.source = macText(headers.ethernet->source);
    summary.destination = macText(headers.ethernet->destination);
  }
  if (headers.arp) {
    summary.protocol = "ARP";
    summary.info = arpInfo(*headers.arp);
  } else if (headers.ipv4) {
    summarizeIpv4(frame, headers, bases, summary);
  } else if (headers.ethernet && headers.ethernet->type == EtherIpv6) {
    summarizeIpv6(frame, headers.ethernet->length, summary);
  } else if (headers.ethernet) {
    const unsigned type = headers.ethernet->type;
    summary.info = type < 0x0600 ? "802.3 length " + std::to_string(type) : "EtherType " + hex16(type);
  }
  if (!headers.problem.empty()) {
    summary.malformed = true;
    summary.info += (summary.info.empty() ? "[" : " [") + headers.problem + "]";
  }
  return summary;
}

} // namespace sockwalk
