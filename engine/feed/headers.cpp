#include "engine/feed/headers.h"
#include <algorithm>

namespace sockwalk {

namespace {

MacAddress loadMac(ByteView bytes, std::size_t offset) {
  MacAddress mac;
  std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(offset), mac.size(), mac.begin());
  return mac;
}

/// What is left after a header: `claimed` bytes by the headers' telling, as many of them as are here.
void setPayload(ByteView bytes, std::size_t offset, std::size_t claimed, FrameHeaders& headers) {
  headers.payloadOffset = std::min(offset, bytes.size());
  headers.wirePayloadLength = claimed;
  headers.payloadLength = std::min(claimed, bytes.size() - headers.payloadOffset);
}

void parseArp(ByteView bytes, std::size_t offset, FrameHeaders& headers) {
  if (!holds(bytes, offset, 28)) {
    headers.problem = "ARP packet is cut short";
    return;
  }
  // Hardware Ethernet (1), protocol IPv4, address lengths 6 and 4: anything else we do not look into.
  if (loadBe16(bytes, offset) != 1 || loadBe16(bytes, offset + 2) != EtherIpv4 || bytes[offset + 4] != 6 ||
      bytes[offset + 5] != 4) {
    headers.problem = "ARP packet is not for Ethernet and IPv4";
    return;
  }
  headers.arp = ArpHeader{.offset = offset,
                          .operation = loadBe16(bytes, offset + 6),
                          .senderMac = loadMac(bytes, offset + 8),
                          .targetMac = loadMac(bytes, offset + 18),
                          .sender = loadBe32(bytes, offset + 14),
                          .target = loadBe32(bytes, offset + 24)};
  setPayload(bytes, offset + 28, 0, headers);
}

void parseIcmp(ByteView bytes, std::size_t offset, std::size_t length, FrameHeaders& headers) {
  if (length < 8 || !holds(bytes, offset, 8)) {
    headers.problem = "ICMP header is cut short";
    return;
  }
  headers.icmp = IcmpHeader{.offset = offset,
                            .type = bytes[offset],
                            .code = bytes[offset + 1],
                            .checksum = loadBe16(bytes, offset + 2),
                            .rest = loadBe32(bytes, offset + 4)};
  setPayload(bytes, offset + 8, length - 8, headers);
}

void parseUdp(ByteView bytes, std::size_t offset, std::size_t length, FrameHeaders& headers) {
  if (length < 8 || !holds(bytes, offset, 8)) {
    headers.problem = "UDP header is cut short";
    return;
  }
  headers.udp = UdpHeader{.offset = offset,
                          .source = loadBe16(bytes, offset),
                          .destination = loadBe16(bytes, offset + 2),
                          .length = loadBe16(bytes, offset + 4),
                          .checksum = loadBe16(bytes, offset + 6)};
  std::size_t claimed = headers.udp->length;
  if (claimed < 8 || (claimed > length && !headers.ipv4->moreFragments)) {
    headers.problem = "UDP length " + std::to_string(claimed) + " does not fit the " + std::to_string(length) +
                      " bytes that IPv4 carries";
    claimed = length;
  }
  setPayload(bytes, offset + 8, std::min(claimed, length) - 8, headers);
}

void parseTcp(ByteView bytes, std::size_t offset, std::size_t length, FrameHeaders& headers) {
  if (length < 20 || !holds(bytes, offset, 20)) {
    headers.problem = "TCP header is cut short";
    return;
  }
  std::size_t headerLength = (bytes[offset + 12] >> 4) * std::size_t{4};
  if (headerLength < 20 || headerLength > length) {
    headers.problem = "TCP header length " + std::to_string(headerLength) + " is impossible";
    return;
  }
  headers.tcp = TcpHeader{.offset = offset,
                          .length = headerLength,
                          .source = loadBe16(bytes, offset),
                          .destination = loadBe16(bytes, offset + 2),
                          .sequence = loadBe32(bytes, offset + 4),
                          .acknowledgement = loadBe32(bytes, offset + 8),
                          .flags = bytes[offset + 13],
                          .window = loadBe16(bytes, offset + 14),
                          .checksum = loadBe16(bytes, offset + 16),
                          .urgent = loadBe16(bytes, offset + 18)};
  setPayload(bytes, offset + headerLength, length - headerLength, headers);
}

/// Checks the lengths an IPv4 header claims; says what is wrong with them, or "".
std::string ipv4Problem(ByteView bytes, std::size_t offset) {
  if (!holds(bytes, offset, 20)) return "IPv4 header is cut short";
  if (bytes[offset] >> 4 != 4) return "IP version " + std::to_string(bytes[offset] >> 4) + " under EtherType IPv4";
  std::size_t headerLength = (bytes[offset] & 15) * std::size_t{4};
  if (headerLength < 20) return "IPv4 header length " + std::to_string(headerLength) + " is less than 20";
  if (loadBe16(bytes, offset + 2) < headerLength)
    return "IPv4 total length " + std::to_string(loadBe16(bytes, offset + 2)) + " is less than its header";
  return "";
}

} // namespace

std::string macText(const MacAddress& mac) { return toHex(mac, ':'); }

void parseIpv4(ByteView bytes, std::size_t offset, FrameHeaders& headers) {
  headers.problem = ipv4Problem(bytes, offset);
  if (!headers.problem.empty()) return;
  std::uint16_t fragment = loadBe16(bytes, offset + 6);
  const Ipv4Header& ip =
      headers.ipv4.emplace(Ipv4Header{.offset = offset,
                                      .length = (bytes[offset] & 15) * std::size_t{4},
                                      .tos = bytes[offset + 1],
                                      .ttl = bytes[offset + 8],
                                      .protocol = bytes[offset + 9],
                                      .totalLength = loadBe16(bytes, offset + 2),
                                      .id = loadBe16(bytes, offset + 4),
                                      .checksum = loadBe16(bytes, offset + 10),
                                      .dontFragment = (fragment & 0x4000) != 0,
                                      .moreFragments = (fragment & 0x2000) != 0,
                                      .fragmentOffset = static_cast<std::uint16_t>((fragment & 0x1fff) * 8),
                                      .source = loadBe32(bytes, offset + 12),
                                      .destination = loadBe32(bytes, offset + 16)});
  const std::size_t next = offset + ip.length, length = ip.totalLength - ip.length;
  setPayload(bytes, next, length, headers);
  if (ip.fragmentOffset) // only the first fragment has the header of what it carries
    return;
  if (ip.protocol == IpIcmp) parseIcmp(bytes, next, length, headers);
  else if (ip.protocol == IpUdp) parseUdp(bytes, next, length, headers);
  else if (ip.protocol == IpTcp) parseTcp(bytes, next, length, headers);
}

// A packet without a link header, as tun0 carries it: IPv4 without options, whose length says that it is all there is.
// No Ethernet frame looks like that but by a rare chance of its destination address.
static bool isBareIpv4(ByteView frame) {
  return frame.size() >= 20 && frame[0] == 0x45 && loadBe16(frame, 2) == frame.size();
}

FrameHeaders parseHeaders(ByteView frame) {
  FrameHeaders headers;
  if (isBareIpv4(frame)) {
    parseIpv4(frame, 0, headers);
    return headers;
  }
  if (frame.size() < 14) {
    headers.problem = "Ethernet header is cut short";
    setPayload(frame, 0, frame.size(), headers);
    return headers;
  }
  EthernetHeader eth{.destination = loadMac(frame, 0),
                     .source = loadMac(frame, 6),
                     .type = loadBe16(frame, 12),
                     .vlanCount = 0,
                     .vlanTci = {},
                     .length = 14};
  while ((eth.type == EtherVlan || eth.type == EtherQinQ) && eth.vlanCount < 2 && holds(frame, eth.length, 4)) {
    eth.vlanTci[eth.vlanCount++] = loadBe16(frame, eth.length);
    eth.type = loadBe16(frame, eth.length + 2);
    eth.length += 4;
  }
  headers.ethernet = eth;
  setPayload(frame, eth.length, frame.size() - eth.length, headers);
  if (eth.type == EtherArp) parseArp(frame, eth.length, headers);
  else if (eth.type == EtherIpv4) parseIpv4(frame, eth.length, headers);
  return headers;
}

} // namespace sockwalk
