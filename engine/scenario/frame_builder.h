// Ethernet frames made from nothing: what scripts inject and what the peer answers.
#pragma once
#include "engine/scenario/peer.h"
#include "engine/scenario/tcp_flow.h"
#include "engine/scenario/values.h"
#include <optional>

namespace sockwalk::scenario {

void putBe16(Bytes& to, u16 v);
void putBe32(Bytes& to, u32 v);
void setBe16(Bytes& bytes, size_t at, u32 v); // in place of what stands there
void setBe32(Bytes& bytes, size_t at, u32 v);
void completeIpChecksum(Bytes& bytes, size_t at, size_t length); // of the header that stands there
u16 transportChecksum(ByteView segment, u32 source, u32 destination, u8 protocol);

struct Ipv4Fields {
  u32 source, destination;
  u8 protocol;
  u16 id = 0;
  u8 ttl = 64, tos = 0;
  u16 fragment = 0; // the flags and offset field as it stands in the header
};
Bytes ipv4Packet(const Ipv4Fields& fields, ByteView payload);
Bytes ethernetFrame(const Mac& to, const Mac& from, u16 type, ByteView payload); // padded to 60 bytes
Bytes udpDatagram(const Endpoint& from, const Endpoint& to, ByteView payload);

// Both ends of the connection that a script is about.
struct Ends {
  Mac localMac, remoteMac;
  Endpoint local, remote;
};
// The IPv4 packet of an inbound packet line; `flow`: the connection of a TCP line, or that an ICMP error is about.
// Throws PlayError (without a place) for what is not played.
Bytes packetOf(const Packet& line, const Ends& ends, TcpFlow* flow);
// What differs between an outbound packet line and an IPv4 packet that was sent; nothing if they agree. Not for TCP.
std::optional<std::string> difference(const Packet& expected, ByteView packet, const Ends& ends, bool zeroPayload);
std::optional<std::string> ipDifference(const IpInfo& expected, ByteView packet); // of the IP header's fields

} // namespace sockwalk::scenario
