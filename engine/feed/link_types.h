// The kinds of links that a capture may come from, and how a packet of each becomes the Ethernet frame that the simulated
// card receives. One table: files and live capture ask here. Source: libpcap's DLT_ values (pcap-linktype(7)).
#pragma once
#include <cstdint>
#include <span>
#include <string>

namespace sockwalk {

struct LinkType {
  int value; // libpcap's DLT_
  // The frame within a captured packet; empty if the packet is too short for its link's header.
  std::span<const std::uint8_t> (*frame)(std::span<const std::uint8_t> packet);
};

// nullptr: packets of this kind cannot be played.
const LinkType* linkType(int value);
// "LINUX_SLL (Linux cooked v1)", or the number where libpcap knows no name.
std::string linkTypeName(int value);
// The kinds that can be played, for a sentence: "Ethernet (EN10MB)".
std::string playableLinkTypes();

} // namespace sockwalk
