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
  Chosen, ///< nobody in the capture has it: given to a bystander, or to a host that was sent damaged packets only
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

/// What two endpoints said to each other: a TCP connection, or the datagrams between two ports; of other protocols all
/// that passed between two addresses (ports are 0).
struct CaptureFlow {
  struct End {
    Ipv4Address address = 0;
    std::uint16_t port = 0;
    MacAddress mac{};                    ///< of the first frame
    std::uint64_t frames = 0, bytes = 0; ///< that it sent; bytes of payload
    bool finished = false;               ///< TCP: sent FIN
    auto operator<=>(const End&) const = default;
  };
  std::uint8_t protocol = 0;
  End client, server;                          ///< who began, and the other
  std::uint64_t firstFrame = 0, lastFrame = 0; ///< numbers in the file, from 1
  bool opened = false, answered = false;       ///< TCP: its SYN, and the SYN,ACK, are in the capture
  bool reset = false;

  /// TCP: all of it is in the capture, from its first SYN to its end. Of others it cannot be said: true.
  bool complete() const;
};

struct CaptureHost {
  MacAddress mac;
  std::vector<HostAddress> addresses; ///< best evidence first, then most frames
  std::uint64_t framesSent = 0;
  std::uint64_t framesReceived = 0; ///< to its own MAC only, no broadcast or multicast
  std::vector<HostPort> udpPorts;   ///< ascending
  std::vector<HostPort> tcpPorts;   ///< ascending
  std::string name;                 ///< as the capture has it; "": it has none
  std::uint64_t framesHeard = 0;    ///< of others, to everybody or to a group
  std::uint64_t framesHere = 0;     ///< of those sent and received, that the capture says were its own: it captured
  std::uint64_t flowsBegun = 0, flowsServed = 0; ///< as client, as server
  bool loopback = false;                         ///< the host that captured, with itself at both ends: lo
  bool bystander = false; ///< no host of the capture, but one that hears what they say to everybody

  /// Sends for more than 8 addresses that it did not claim by ARP.
  bool looksLikeRouter() const;
};

struct CaptureHosts {
  std::vector<CaptureHost> hosts; ///< busiest (sent + received) first, then by MAC
  std::vector<CaptureFlow> flows; ///< most frames first
  /// Index of the host to be: with an IPv4 address; the one that captured, if the file tells; that receives the most
  /// unicast frames; routers only if there is nobody else; a bystander if nobody else receives anything. None if there is
  /// nothing of IPv4 to receive.
  std::optional<std::size_t> proposed;
};

CaptureHosts findHosts(const CaptureFile& file);
CaptureHosts findHosts(const std::vector<ByteView>& frames);

} // namespace sockwalk
