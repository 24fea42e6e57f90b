#include "engine/scenario/frame_builder.h"
#include "engine/feed/decode.h"
#include "engine/scenario/constants.h"
#include <algorithm>

namespace sockwalk::scenario {

void putBe16(Bytes& to, u16 v) {
  to.push_back(static_cast<u8>(v >> 8));
  to.push_back(static_cast<u8>(v));
}
void putBe32(Bytes& to, u32 v) {
  putBe16(to, static_cast<u16>(v >> 16));
  putBe16(to, static_cast<u16>(v));
}

void setBe16(Bytes& bytes, size_t at, u32 v) {
  bytes[at] = static_cast<u8>(v >> 8);
  bytes[at + 1] = static_cast<u8>(v);
}
void setBe32(Bytes& bytes, size_t at, u32 v) { setBe16(bytes, at, v >> 16), setBe16(bytes, at + 2, v); }

void completeIpChecksum(Bytes& bytes, size_t at, size_t length) {
  setBe16(bytes, at + 10, 0);
  setBe16(bytes, at + 10, internetChecksum(ByteView(bytes).subspan(at, length)));
}

u16 transportChecksum(ByteView segment, u32 source, u32 destination, u8 protocol) {
  return internetChecksum(segment, pseudoHeaderSum(source, destination, protocol, segment.size()));
}

Bytes ipv4Packet(const Ipv4Fields& f, ByteView payload) {
  Bytes p{0x45, f.tos};
  putBe16(p, static_cast<u16>(20 + payload.size()));
  putBe16(p, f.id);
  putBe16(p, f.fragment);
  p.push_back(f.ttl);
  p.push_back(f.protocol);
  putBe16(p, 0);
  putBe32(p, f.source);
  putBe32(p, f.destination);
  const u16 sum = internetChecksum(p);
  p[10] = static_cast<u8>(sum >> 8);
  p[11] = static_cast<u8>(sum);
  p.insert(p.end(), payload.begin(), payload.end());
  return p;
}

Bytes ethernetFrame(const Mac& to, const Mac& from, u16 type, ByteView payload) {
  Bytes f(to.begin(), to.end());
  f.insert(f.end(), from.begin(), from.end());
  putBe16(f, type);
  f.insert(f.end(), payload.begin(), payload.end());
  if (f.size() < 60) f.resize(60);
  return f;
}

Bytes udpDatagram(const Endpoint& from, const Endpoint& to, ByteView payload) {
  Bytes u;
  putBe16(u, from.port);
  putBe16(u, to.port);
  putBe16(u, static_cast<u16>(8 + payload.size()));
  putBe16(u, 0);
  u.insert(u.end(), payload.begin(), payload.end());
  u16 sum = transportChecksum(u, from.address, to.address, 17);
  if (!sum) sum = 0xffff; // 0 means "no checksum"
  u[6] = static_cast<u8>(sum >> 8);
  u[7] = static_cast<u8>(sum);
  return u;
}

namespace {

Ends withPorts(Ends ends, const std::optional<Ports>& ports, Direction direction) {
  if (!ports) return ends;
  const bool in = direction == Direction::Inbound;
  ends.remote.port = in ? ports->source : ports->destination;
  ends.local.port = in ? ports->destination : ports->source;
  return ends;
}

// The packet that an ICMP error is about, as much of it as the error quotes: one that the machine sent.
Bytes quotedPacket(const IcmpPacket& icmp, const Ends& ends, const TcpFlow* flow) {
  Ipv4Fields f{ends.local.address, ends.remote.address, 17};
  if (auto* tcp = std::get_if<SequenceRange>(&icmp.quoted)) {
    if (!flow) throw PlayError{{}, "there is no connection yet that this ICMP error could be about"};
    f = {flow->local().address, flow->remote().address, 6};
    Bytes whole = ipv4Packet(f, flow->quoted(*tcp)); // RFC 792: the header and 8 bytes
    setBe16(whole, 2, 40u + tcp->length);
    completeIpChecksum(whole, 0, 20);
    return whole;
  }
  if (auto* udp = std::get_if<QuotedUdp>(&icmp.quoted)) {
    Bytes datagram = udpDatagram(ends.local, ends.remote, Bytes(udp->payload));
    Bytes whole = ipv4Packet(f, datagram);
    whole.resize(28);
    return whole;
  }
  if (auto* raw = std::get_if<QuotedRaw>(&icmp.quoted)) {
    f.protocol = 255;
    return ipv4Packet(f, Bytes(raw->payload));
  }
  return {};
}

Bytes icmpMessage(const IcmpPacket& icmp, const Ends& ends, const TcpFlow* flow) {
  if (icmp.version6) throw PlayError{{}, "ICMPv6 is not played: this kernel has IPv4 only"};
  Bytes m{icmp.type, icmp.code, 0, 0};
  putBe16(m, icmp.id.value_or(0));
  putBe16(m, static_cast<u16>(icmp.mtu.value_or(0)));
  if (!std::holds_alternative<std::monostate>(icmp.quoted)) {
    const Bytes quoted = quotedPacket(icmp, ends, flow);
    m.insert(m.end(), quoted.begin(), quoted.end());
  }
  const u16 sum = internetChecksum(m);
  m[2] = static_cast<u8>(sum >> 8);
  m[3] = static_cast<u8>(sum);
  return m;
}

std::string differs(const char* what, u64 expected, u64 found) {
  return std::string(what) + " is " + std::to_string(found) + ", expected " + std::to_string(expected);
}

std::optional<std::string> udpDifference(const UdpPacket& udp, ByteView segment, const Ends& ends, bool zeroPayload) {
  if (segment.size() < 8) return "it is too short for a UDP header";
  if (loadBe16(segment, 0) != ends.local.port) return differs("source port", ends.local.port, loadBe16(segment, 0));
  if (loadBe16(segment, 2) != ends.remote.port)
    return differs("destination port", ends.remote.port, loadBe16(segment, 2));
  if (segment.size() - 8 != udp.payload) return differs("UDP payload", udp.payload, segment.size() - 8);
  const auto payload = segment.subspan(8);
  if (zeroPayload && std::any_of(payload.begin(), payload.end(), [](u8 b) { return b != 0; }))
    return "the payload is not all zeros";
  return std::nullopt;
}

std::optional<std::string> icmpDifference(const IcmpPacket& icmp, ByteView message) {
  if (message.size() < 8) return "it is too short for an ICMP header";
  if (message[0] != icmp.type) return differs("ICMP type", icmp.type, message[0]);
  if (message[1] != icmp.code) return differs("ICMP code", icmp.code, message[1]);
  if (icmp.id && loadBe16(message, 4) != *icmp.id) return differs("ICMP id", *icmp.id, loadBe16(message, 4));
  if (icmp.mtu && loadBe16(message, 6) != *icmp.mtu) return differs("MTU", *icmp.mtu, loadBe16(message, 6));
  return std::nullopt;
}

} // namespace

std::optional<std::string> ipDifference(const IpInfo& ip, ByteView packet) {
  const u8 tos = packet[1], ecn = tos & 3;
  if (ip.ttl && packet[8] != *ip.ttl) return differs("TTL", *ip.ttl, packet[8]);
  if (ip.tos && tos != *ip.tos) return differs("TOS", *ip.tos, tos);
  if (!ip.ecn) return std::nullopt;
  if (*ip.ecn == Ecn::AnyEct) {
    if (ecn != int(Ecn::Ect0) && ecn != int(Ecn::Ect1))
      return "ECN is " + std::to_string(ecn) + ", expected ECT(0) or ECT(1)";
  } else if (ecn != int(*ip.ecn)) {
    return differs("ECN", int(*ip.ecn), ecn);
  }
  return std::nullopt;
}

Bytes packetOf(const Packet& packet, const Ends& standing, TcpFlow* flow) {
  Ends ends = standing;
  Bytes payload;
  u8 protocol = 6;
  if (auto* udp = std::get_if<UdpPacket>(&packet.body)) {
    ends = withPorts(standing, udp->ports, Direction::Inbound);
    payload = udpDatagram(ends.remote, ends.local, Bytes(udp->payload));
    protocol = 17;
  } else if (auto* icmp = std::get_if<IcmpPacket>(&packet.body)) {
    payload = icmpMessage(*icmp, ends, flow);
    protocol = 1;
  } else {
    payload = flow->segment(std::get<TcpPacket>(packet.body));
    ends.local = flow->local();
    ends.remote = flow->remote();
  }
  Ipv4Fields f{ends.remote.address, ends.local.address, protocol};
  f.ttl = packet.ip.ttl.value_or(255);
  f.tos = packet.ip.tos.value_or(0);
  if (packet.ip.ecn && *packet.ip.ecn != Ecn::AnyEct) f.tos = static_cast<u8>((f.tos & ~3) | int(*packet.ip.ecn));
  return ipv4Packet(f, payload);
}

std::optional<std::string> difference(const Packet& expected, ByteView packet, const Ends& standing, bool zeroPayload) {
  if (packet.size() < 20) return "it is too short for an IPv4 header";
  const size_t header = (packet[0] & 15) * 4u, total = loadBe16(packet, 2);
  if (header < 20 || total < header || total > packet.size()) return "its IPv4 header is damaged";
  packet = packet.first(total);
  const u8 protocol = std::holds_alternative<UdpPacket>(expected.body)    ? 17
                      : std::holds_alternative<IcmpPacket>(expected.body) ? 1
                                                                          : 6;
  if (packet[9] != protocol) return differs("protocol", protocol, packet[9]);
  if (loadBe32(packet, 12) != standing.local.address) return "its source address is not the machine's";
  if (loadBe32(packet, 16) != standing.remote.address) return "its destination is not the script's remote address";
  if (auto d = ipDifference(expected.ip, packet)) return d;
  const ByteView segment = packet.subspan(header);
  if (auto* udp = std::get_if<UdpPacket>(&expected.body))
    return udpDifference(*udp, segment, withPorts(standing, udp->ports, Direction::Outbound), zeroPayload);
  return icmpDifference(std::get<IcmpPacket>(expected.body), segment);
}

} // namespace sockwalk::scenario
