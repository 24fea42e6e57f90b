// Names of the numbers that the kernel keeps in plain integers; enums come from the layout tables.
#include "engine/journal/reflection.h"

namespace sockwalk {

namespace {
struct Constant {
  s64 value;
  const char* name;
};
constexpr Constant tcpStates[] = {{1, "TCP_ESTABLISHED"}, {2, "TCP_SYN_SENT"},   {3, "TCP_SYN_RECV"},
                                  {4, "TCP_FIN_WAIT1"},   {5, "TCP_FIN_WAIT2"},  {6, "TCP_TIME_WAIT"},
                                  {7, "TCP_CLOSE"},       {8, "TCP_CLOSE_WAIT"}, {9, "TCP_LAST_ACK"},
                                  {10, "TCP_LISTEN"},     {11, "TCP_CLOSING"},   {12, "TCP_NEW_SYN_RECV"}};
constexpr Constant families[] = {{0, "AF_UNSPEC"}, {1, "AF_UNIX"},     {2, "AF_INET"},
                                 {10, "AF_INET6"}, {16, "AF_NETLINK"}, {17, "AF_PACKET"}};
constexpr Constant types[] = {{1, "SOCK_STREAM"}, {2, "SOCK_DGRAM"},     {3, "SOCK_RAW"},
                              {4, "SOCK_RDM"},    {5, "SOCK_SEQPACKET"}, {10, "SOCK_PACKET"}};
constexpr Constant protocols[] = {{0, "IPPROTO_IP"},   {1, "IPPROTO_ICMP"}, {2, "IPPROTO_IGMP"},
                                  {6, "IPPROTO_TCP"},  {17, "IPPROTO_UDP"}, {136, "IPPROTO_UDPLITE"},
                                  {255, "IPPROTO_RAW"}};
constexpr Constant socketStates[] = {
    {0, "SS_FREE"}, {1, "SS_UNCONNECTED"}, {2, "SS_CONNECTING"}, {3, "SS_CONNECTED"}, {4, "SS_DISCONNECTING"}};
constexpr Constant packetTypes[] = {{0, "PACKET_HOST"},
                                    {1, "PACKET_BROADCAST"},
                                    {2, "PACKET_MULTICAST"},
                                    {3, "PACKET_OTHERHOST"},
                                    {4, "PACKET_OUTGOING"}};
constexpr Constant summed[] = {
    {0, "CHECKSUM_NONE"}, {1, "CHECKSUM_UNNECESSARY"}, {2, "CHECKSUM_COMPLETE"}, {3, "CHECKSUM_PARTIAL"}};
constexpr Constant clones[] = {{0, "SKB_FCLONE_UNAVAILABLE"}, {1, "SKB_FCLONE_ORIG"}, {2, "SKB_FCLONE_CLONE"}};
constexpr Constant etherTypes[] = {
    {0x0008, "ETH_P_IP"}, {0x0608, "ETH_P_ARP"}, {0xdd86, "ETH_P_IPV6"}}; // in network byte order
constexpr Constant neighbours[] = {{0, "NUD_NONE"},    {1, "NUD_INCOMPLETE"}, {2, "NUD_REACHABLE"},
                                   {4, "NUD_STALE"},   {8, "NUD_DELAY"},      {16, "NUD_PROBE"},
                                   {32, "NUD_FAILED"}, {64, "NUD_NOARP"},     {128, "NUD_PERMANENT"}};

struct Named {
  const char *structure, *member;
  std::span<const Constant> values;
};
const Named named[] = {
    {"sock_common", "skc_state", tcpStates},
    {"sock_common", "skc_family", families},
    {"sock", "sk_type", types},
    {"sock", "sk_protocol", protocols},
    {"socket", "state", socketStates},
    {"socket", "type", types},
    {"inet_protosw", "type", types},
    {"inet_protosw", "protocol", protocols},
    {"net_proto_family", "family", families},
    {"proto_ops", "family", families},
    {"sk_buff", "pkt_type", packetTypes},
    {"sk_buff", "ip_summed", summed},
    {"sk_buff", "fclone", clones},
    {"sk_buff", "protocol", etherTypes},
    {"iphdr", "protocol", protocols},
    {"ethhdr", "h_proto", etherTypes},
    {"neighbour", "nud_state", neighbours},
    {"sockaddr_in", "sin_family", families},
};
} // namespace

std::optional<std::string> constantName(std::string_view structure, std::string_view member, s64 value) {
  for (auto& n : named)
    if (structure == n.structure && member == n.member)
      for (auto& c : n.values)
        if (c.value == value) return c.name;
  return std::nullopt;
}

} // namespace sockwalk
