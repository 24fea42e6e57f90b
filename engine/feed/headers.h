#pragma once
// Where the headers of a frame lie and what they say, found without trusting a single byte of it.
//
// This is the feed's own view, for lists and for finding hosts; the simulated kernel reads frames its own
// way. Numbers are in host byte order, offsets count from the first byte of the frame. A header is present
// only if all its fixed fields are inside the captured bytes; `problem` says why parsing stopped early. What begins with
// an IPv4 header of just its own length has no link header: it comes from a layer-3 device.
#include "engine/base/bytes.h"
#include "engine/base/digits.h"
#include <array>
#include <optional>
#include <string>

namespace sockwalk {

using MacAddress = std::array<std::uint8_t, 6>;
using Ipv4Address = std::uint32_t; ///< 10.0.0.1 is 0x0a000001

std::string macText(const MacAddress& mac);
inline bool isGroup(const MacAddress& mac) { return mac[0] & 1; } ///< multicast or broadcast

constexpr std::uint32_t EthernetMtu = 1500; ///< bytes of IP in a frame, unless somebody set it otherwise

enum EtherType : std::uint16_t {
  EtherIpv4 = 0x0800,
  EtherArp = 0x0806,
  EtherVlan = 0x8100,
  EtherQinQ = 0x88a8,
  EtherIpv6 = 0x86dd
};
enum IpProtocol : std::uint8_t { IpIcmp = 1, IpTcp = 6, IpUdp = 17 };
enum TcpFlag : std::uint8_t {
  TcpFin = 1,
  TcpSyn = 2,
  TcpRst = 4,
  TcpPsh = 8,
  TcpAck = 16,
  TcpUrg = 32,
  TcpEce = 64,
  TcpCwr = 128
};

struct EthernetHeader {
  MacAddress destination, source;
  std::uint16_t type;     ///< the innermost one, after VLAN tags; below 0x0600 it is an 802.3 length
  std::uint8_t vlanCount; ///< at most 2 tags are looked through
  std::array<std::uint16_t, 2> vlanTci;
  std::size_t length; ///< 14, and 4 for each VLAN tag
};

struct ArpHeader { // RFC 826, for Ethernet and IPv4 only
  std::size_t offset;
  std::uint16_t operation; ///< 1 request, 2 reply
  MacAddress senderMac, targetMac;
  Ipv4Address sender, target;
};

struct Ipv4Header {           // RFC 791
  std::size_t offset, length; ///< length: header with options
  std::uint8_t tos, ttl, protocol;
  std::uint16_t totalLength, id, checksum;
  bool dontFragment, moreFragments;
  std::uint16_t fragmentOffset; ///< in bytes
  Ipv4Address source, destination;

  bool isFragment() const { return moreFragments || fragmentOffset; }
};

struct IcmpHeader { // RFC 792
  std::size_t offset;
  std::uint8_t type, code;
  std::uint16_t checksum;
  std::uint32_t rest; ///< echo: id << 16 | sequence; "fragmentation needed": the MTU below
};

struct UdpHeader { // RFC 768
  std::size_t offset;
  std::uint16_t source, destination, length, checksum; ///< length with the 8 of the header
};

struct TcpHeader {            // RFC 9293
  std::size_t offset, length; ///< length: header with options
  std::uint16_t source, destination;
  std::uint32_t sequence, acknowledgement;
  std::uint8_t flags; ///< TcpFlag
  std::uint16_t window, checksum, urgent;
};

struct FrameHeaders {
  std::optional<EthernetHeader> ethernet;
  std::optional<ArpHeader> arp;
  std::optional<Ipv4Header> ipv4;
  std::optional<IcmpHeader> icmp;
  std::optional<UdpHeader> udp;
  std::optional<TcpHeader> tcp;
  std::size_t payloadOffset = 0;     ///< what follows the innermost header that was understood
  std::size_t payloadLength = 0;     ///< without Ethernet padding, and only as much as was captured
  std::size_t wirePayloadLength = 0; ///< as the headers tell it; more than payloadLength if snapped
  std::string problem;
};

FrameHeaders parseHeaders(ByteView frame);

/// An IPv4 packet without its Ethernet header, such as ICMP errors quote; offsets count from `offset` 0 of
/// `bytes`.
void parseIpv4(ByteView bytes, std::size_t offset, FrameHeaders& headers);

} // namespace sockwalk
