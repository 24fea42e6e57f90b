#pragma once
// One line about a frame, for the packets list. Protocol vocabulary only, as tcpdump and the RFCs write it.
#include "engine/feed/headers.h"
#include <map>
#include <string>
#include <tuple>

namespace sockwalk {

struct FrameSummary {
  std::string protocol; ///< innermost understood: "ARP", "ICMP", "UDP", "TCP", "IPv4", "IPv6", "Ethernet"
  std::string source;   ///< IPv4 or IPv6 address; else the MAC
  std::string destination;
  std::optional<std::uint16_t> sourcePort, destinationPort;
  std::uint32_t length = 0; ///< of the frame on the wire
  std::string info;         ///< "TCP SYN 1234 → 80 seq=0 win=64240" (UTF-8)
  bool malformed = false;   ///< info ends with what is wrong, in brackets
};

/// TCP numbers counted from the first one seen of each direction, so that a SYN has seq=0. Feed it the frames
/// of a list in order, each once.
class TcpBases {
public:
  struct Relative {
    std::uint32_t sequence, acknowledgement;
  };
  Relative relative(const Ipv4Header& ip, const TcpHeader& tcp);

private:
  using Direction = std::tuple<Ipv4Address, std::uint16_t, Ipv4Address, std::uint16_t>;
  std::map<Direction, std::uint32_t> m_first; // sequence number that counts as 0
};

/// `bases` null: TCP numbers are shown as they are in the frame.
FrameSummary summarize(ByteView frame, std::uint32_t originalLength, TcpBases* bases = nullptr);

/// "UDP", "ICMP", ... or "protocol 89".
std::string ipProtocolName(std::uint8_t protocol);
/// "Echo request", "Port unreachable", ... or "type 42 code 1".
std::string icmpName(std::uint8_t type, std::uint8_t code);
/// "SYN,ACK"; "none" if there is no flag.
std::string tcpFlagNames(std::uint8_t flags);

} // namespace sockwalk
