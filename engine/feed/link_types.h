// The kinds of links that a capture may come from, and how a packet of each becomes the Ethernet frame that the simulated
// card receives. One table: files and live capture ask here. Numbers and layouts: https://www.tcpdump.org/linktypes.html.
//
// Many links have no Ethernet header (a tunnel, PPP, `tcpdump -i any`): then one is made. Its addresses are honest about
// that: 02:00 and the four bytes of the IPv4 address that they stand for, so that each host has one and can be told.
#pragma once
#include "engine/feed/headers.h"
#include "engine/feed/packet_reader.h"
#include <optional>
#include <vector>

namespace sockwalk {

/// What a captured packet holds, without what its link put before it.
struct LinkPacket {
  std::uint16_t etherType = 0; ///< of the payload; 0: the payload is an Ethernet frame with its own header
  ByteView payload;
  FrameDirection direction = FrameDirection::Unknown;
  bool loopback = false;            ///< it never left its host
  bool toAll = false;               ///< the link says that it went to everybody
  std::optional<MacAddress> sender; ///< who sent it, where the link tells only that
  std::uint32_t device = 0;         ///< number of the interface in the host that captured; 0: the link does not say
};

struct LinkType {
  std::uint32_t value; ///< LINKTYPE_ of files, or DLT_ of libpcap
  const char* name;    ///< without LINKTYPE_
  const char* described;
  std::optional<LinkPacket> (*open)(ByteView packet); ///< nothing: too short, or it carries what Ethernet does not
};

/// nullptr: packets of this kind cannot be played.
const LinkType* linkType(std::uint32_t value);
/// "IEEE802_11 (802.11)", or the number where nobody knows a name.
std::string linkTypeName(std::uint32_t value);
/// The kinds that can be played, for a sentence: "Ethernet (EN10MB), ...".
std::string playableLinkTypes();
/// What to do instead, for a kind that cannot be played: a clause that follows a ";".
std::string linkTypeAdvice(std::uint32_t value);

/// The address that stands for a host of which only the IPv4 address is known; for groups the one that they have.
MacAddress madeMac(Ipv4Address address);
/// Is that the address of a loopback exchange: both ends on the same host?
bool isLoopbackPair(Ipv4Address source, Ipv4Address destination);
/// The frame that the card receives; the sender's address is that of the link if it told one, others are made.
std::vector<std::uint8_t> ethernetFrame(const LinkPacket& packet);

} // namespace sockwalk
