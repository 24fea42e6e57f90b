#pragma once
// Who talks in a capture, so that a person can choose which of its hosts the simulated kernel is to be.
#include "engine/feed/capture_file.h"
#include "engine/feed/headers.h"
#include <optional>
#include <vector>

namespace sockwalk {

/// How we know that an address belongs to a host, best first.
enum class AddressEvidence : std::uint8_t {
  ArpSender,     ///< the host said so itself
  IpSource,      ///< it sent packets from it (a router also sends packets of others)
  IpDestination, ///< it was sent packets to it; counts only for hosts that sent none
};

struct HostAddress {
  Ipv4Address address;
  AddressEvidence evidence;
  std::uint64_t frames; ///< frames that bear witness to it
};

/// A local port on which the host received something from the wire, addressed to its own MAC.
struct HostPort {
  std::uint16_t port;
  std::uint64_t received; ///< UDP datagrams (a fragmented one counts once); TCP connection requests (SYN)
  std::uint64_t refused;  ///< of those the host itself refused: ICMP port unreachable, TCP RST to a SYN
  /// Nobody was there in the real host (ICMP errors are rate limited, so one refusal is enough to tell).
  bool closed() const { return refused > 0; }
};

struct CaptureHost {
  MacAddress mac;
  std::vector<HostAddress> addresses; ///< best evidence first, then most frames
  std::uint64_t framesSent = 0;
  std::uint64_t framesReceived = 0; ///< to its own MAC only, no broadcast or multicast
  std::vector<HostPort> udpPorts;   ///< ascending
  std::vector<HostPort> tcpPorts;   ///< ascending

  /// Sends for more than 8 addresses that it did not claim by ARP.
  bool looksLikeRouter() const;
};

struct CaptureHosts {
  std::vector<CaptureHost> hosts; ///< busiest (sent + received) first, then by MAC
  /// Index of the host to be: the one with an IPv4 address that receives the most unicast frames; routers
  /// only if there is nobody else. None if no host has an IPv4 address.
  std::optional<std::size_t> proposed;
};

CaptureHosts findHosts(const CaptureFile& file);
CaptureHosts findHosts(const std::vector<ByteView>& frames);

} // namespace sockwalk
