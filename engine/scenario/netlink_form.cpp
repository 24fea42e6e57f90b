#include "engine/scenario/netlink_form.h"
#include "engine/memory/constants.h"
#include "engine/memory/constants/netlink.h"
#include <algorithm>

namespace sockwalk::scenario {

using namespace kernel;

namespace {

constexpr NetlinkMember LinkMembers[] = {{"family", 0, 1, "families"},
                                         {"device_type", 2, 2, "hardware"},
                                         {"index", 4, 4, ""},
                                         {"state", 8, 4, "device_flags"},
                                         {"change", 12, 4, "device_flags"}};
constexpr NetlinkMember AddressMembers[] = {{"family", 0, 1, "families"},
                                            {"prefixlen", 1, 1, ""},
                                            {"address_flags", 2, 1, "ifa"},
                                            {"scope", 3, 1, "route_scopes"},
                                            {"index", 4, 4, ""}};
constexpr NetlinkMember RouteMembers[] = {{"family", 0, 1, "families"},
                                          {"dst_len", 1, 1, ""},
                                          {"src_len", 2, 1, ""},
                                          {"tos", 3, 1, ""},
                                          {"table", 4, 1, "route_tables"},
                                          {"protocol", 5, 1, "route_protocols"},
                                          {"scope", 6, 1, "route_scopes"},
                                          {"kind", 7, 1, "route_types"},
                                          {"route_flags", 8, 4, "route_message_flags|nexthop_flags"}};
constexpr NetlinkMember NeighbourMembers[] = {{"family", 0, 1, "families"},
                                              {"index", 4, 4, ""},
                                              {"state", 8, 2, "neighbour_states"},
                                              {"neighbour_flags", 10, 1, "neighbour_message_flags"},
                                              {"kind", 11, 1, "route_types"}};
constexpr NetlinkMember ErrorMembers[] = {{"error", 0, 4, "errno"}};
constexpr NetlinkMember DoneMembers[] = {{"error", 0, 4, "errno"}};
constexpr NetlinkMember FamilyMembers[] = {{"family", 0, 1, "families"}};
constexpr NetlinkMember DiagQuestion[] = {{"family", 0, 1, "families"},
                                          {"protocol", 1, 1, "protocols"},
                                          {"ext", 2, 1, ""},
                                          {"states", 4, 4, ""},
                                          {"sport", 8, 2, "port"},
                                          {"dport", 10, 2, "port"},
                                          {"src", 12, 4, "ip"},
                                          {"dst", 28, 4, "ip"},
                                          {"index", 44, 4, ""},
                                          {"cookie", 48, 8, ""}};
constexpr NetlinkMember DiagAnswer[] = {{"family", 0, 1, "families"}, {"state", 1, 1, "tcp_states"},
                                        {"timer", 2, 1, ""},          {"retrans", 3, 1, ""},
                                        {"sport", 4, 2, "port"},      {"dport", 6, 2, "port"},
                                        {"src", 8, 4, "ip"},          {"dst", 24, 4, "ip"},
                                        {"index", 40, 4, ""},         {"cookie", 44, 8, ""},
                                        {"expires", 52, 4, ""},       {"rqueue", 56, 4, ""},
                                        {"wqueue", 60, 4, ""},        {"uid", 64, 4, ""},
                                        {"inode", 68, 4, ""}};

constexpr NetlinkForm Interface{"ifinfomsg", 16, LinkMembers, "link_attributes"};
constexpr NetlinkForm Address{"ifaddrmsg", 8, AddressMembers, "address_attributes"};
constexpr NetlinkForm Route{"rtmsg", 12, RouteMembers, "route_attributes"};
constexpr NetlinkForm Neighbour{"ndmsg", 12, NeighbourMembers, "neighbour_attributes"};
constexpr NetlinkForm Error{"nlmsgerr", 20, ErrorMembers, "nlmsgerr_attributes"};
constexpr NetlinkForm Done{"", 4, DoneMembers, "nlmsgerr_attributes"};
constexpr NetlinkForm Other{"rtgenmsg", 1, FamilyMembers, ""};
constexpr NetlinkForm Question{"inet_diag_req_v2", 56, DiagQuestion, ""};
constexpr NetlinkForm Answer{"inet_diag_msg", 72, DiagAnswer, "inet_diag_attributes"};

// Attributes that are no number of four bytes.
struct Exception {
  std::string_view group;
  u16 type;
  AttributeKind kind;
  u8 size = 0;
};
constexpr Exception Exceptions[] = {{"link_attributes", IFLA_IFNAME, AttributeKind::Text},
                                    {"link_attributes", IFLA_QDISC, AttributeKind::Text},
                                    {"link_attributes", IFLA_IFALIAS, AttributeKind::Text},
                                    {"link_attributes", IFLA_ALT_IFNAME, AttributeKind::Text},
                                    {"link_attributes", IFLA_PARENT_DEV_NAME, AttributeKind::Text},
                                    {"link_attributes", IFLA_PARENT_DEV_BUS_NAME, AttributeKind::Text},
                                    {"link_attributes", IFLA_ADDRESS, AttributeKind::Mac},
                                    {"link_attributes", IFLA_BROADCAST, AttributeKind::Mac},
                                    {"link_attributes", IFLA_PERM_ADDRESS, AttributeKind::Mac},
                                    {"link_attributes", IFLA_OPERSTATE, AttributeKind::Number, 1},
                                    {"link_attributes", IFLA_LINKMODE, AttributeKind::Number, 1},
                                    {"link_attributes", IFLA_CARRIER, AttributeKind::Number, 1},
                                    {"link_attributes", IFLA_PROTO_DOWN, AttributeKind::Number, 1},
                                    {"link_attributes", IFLA_MAP, AttributeKind::Bytes},
                                    {"link_attributes", IFLA_STATS, AttributeKind::Bytes},
                                    {"link_attributes", IFLA_STATS64, AttributeKind::Bytes},
                                    {"link_attributes", IFLA_AF_SPEC, AttributeKind::Nested},
                                    {"link_attributes", IFLA_LINKINFO, AttributeKind::Nested},
                                    {"link_attributes", IFLA_XDP, AttributeKind::Nested},
                                    {"link_info_attributes", IFLA_INFO_KIND, AttributeKind::Text},
                                    {"link_info_attributes", IFLA_INFO_DATA, AttributeKind::Nested},
                                    {"xdp_attributes", IFLA_XDP_ATTACHED, AttributeKind::Number, 1},
                                    {"families", 0, AttributeKind::Nested},
                                    {"link_inet_attributes", IFLA_INET_CONF, AttributeKind::Bytes},
                                    {"address_attributes", IFA_ADDRESS, AttributeKind::Ip},
                                    {"address_attributes", IFA_LOCAL, AttributeKind::Ip},
                                    {"address_attributes", IFA_BROADCAST, AttributeKind::Ip},
                                    {"address_attributes", IFA_LABEL, AttributeKind::Text},
                                    {"address_attributes", IFA_CACHEINFO, AttributeKind::Bytes},
                                    {"address_attributes", IFA_PROTO, AttributeKind::Number, 1},
                                    {"route_attributes", RTA_DST, AttributeKind::Ip},
                                    {"route_attributes", RTA_SRC, AttributeKind::Ip},
                                    {"route_attributes", RTA_GATEWAY, AttributeKind::Ip},
                                    {"route_attributes", RTA_PREFSRC, AttributeKind::Ip},
                                    {"route_attributes", RTA_METRICS, AttributeKind::Nested},
                                    {"route_attributes", RTA_CACHEINFO, AttributeKind::Bytes},
                                    {"neighbour_attributes", NDA_DST, AttributeKind::Ip},
                                    {"neighbour_attributes", NDA_LLADDR, AttributeKind::Mac},
                                    {"neighbour_attributes", NDA_CACHEINFO, AttributeKind::Bytes},
                                    {"nlmsgerr_attributes", NLMSGERR_ATTR_MSG, AttributeKind::Text},
                                    {"inet_diag_attributes", INET_DIAG_CONG, AttributeKind::Text},
                                    {"inet_diag_attributes", INET_DIAG_TOS, AttributeKind::Number, 1},
                                    {"inet_diag_attributes", INET_DIAG_SHUTDOWN, AttributeKind::Number, 1},
                                    {"inet_diag_attributes", INET_DIAG_CGROUP_ID, AttributeKind::Number, 8},
                                    {"inet_diag_attributes", INET_DIAG_MEMINFO, AttributeKind::Bytes},
                                    {"inet_diag_attributes", INET_DIAG_INFO, AttributeKind::Bytes},
                                    {"inet_diag_attributes", INET_DIAG_SKMEMINFO, AttributeKind::Bytes},
                                    {"inet_diag_attributes", INET_DIAG_SOCKOPT, AttributeKind::Bytes}};

// 0 new, 1 delete, 2 get, 3 set
u32 verbOf(u16 type) { return type & 3u; }

} // namespace

const NetlinkForm* netlinkForm(u16 type, bool sockDiag, bool answer) {
  if (type == NLMSG_ERROR) return &Error;
  if (type == NLMSG_DONE) return &Done;
  if (type < RTM_BASE) return nullptr;
  if (sockDiag && type > SOCK_DIAG_BY_FAMILY + 1) return nullptr;
  if (sockDiag) return answer ? &Answer : &Question;
  switch (type & ~3u) {
  case RTM_NEWLINK: return &Interface;
  case RTM_NEWADDR: return &Address;
  case RTM_NEWROUTE: return &Route;
  case RTM_NEWNEIGH: return &Neighbour;
  default: return &Other;
  }
}

NetlinkAttribute netlinkAttribute(std::string_view group, u16 type) {
  const ConstantGroup* names = group.empty() ? nullptr : constantGroup(group);
  NetlinkAttribute a{"", type, group.empty() ? AttributeKind::Bytes : AttributeKind::Number, 4};
  if (names)
    for (const EnumValue& v : names->values)
      if (v.value == type && a.name.empty()) a.name = v.name;
  if (group == "families") a.kind = AttributeKind::Nested;
  if (group == "link_inet6_attributes" || group == "link_inet_attributes") a.kind = AttributeKind::Bytes;
  for (const Exception& e : Exceptions)
    if (e.group == group && e.type == type) a.kind = e.kind, a.size = e.size;
  return a;
}

std::string_view nestedGroup(std::string_view group, u16 type) {
  if (group == "families") return type == 2 ? "link_inet_attributes" : "link_inet6_attributes";
  if (group != "link_attributes") return {};
  return type == IFLA_LINKINFO  ? "link_info_attributes"
         : type == IFLA_XDP     ? "xdp_attributes"
         : type == IFLA_AF_SPEC ? "families"
                                : std::string_view();
}

std::string netlinkTypeName(u16 type, bool sockDiag) {
  if (sockDiag && type == SOCK_DIAG_BY_FAMILY + 1) return "SOCK_DESTROY"; // a flag in sockets has the name as well
  const std::string name = constantText(type < RTM_BASE ? "netlink_control"
                                        : sockDiag      ? "sock_diag"
                                                        : "rtnetlink",
                                        type);
  return name.empty() ? std::to_string(type) : name;
}

// Some bits mean one thing in a request that asks, another in one that makes something, and another in an answer.
std::string netlinkFlagsText(u16 flags, u16 type, bool sockDiag) {
  constexpr u16 Common = 0xff;
  std::string text = flags & Common ? constantText("netlink_message_flags", flags & Common) : "";
  const u16 special = flags & static_cast<u16>(~Common);
  if (!special) return text.empty() ? "0" : text;
  const bool asks = sockDiag || verbOf(type) == 2;
  std::string more;
  if (type == NLMSG_ERROR || type == NLMSG_DONE) more = constantText("netlink_answer_flags", special);
  else if (asks && (special & NLM_F_DUMP) == NLM_F_DUMP) more = "NLM_F_DUMP";
  else
    more = constantText(asks                ? "netlink_get_flags"
                        : verbOf(type) == 1 ? "netlink_delete_flags"
                                            : "netlink_new_flags",
                        special);
  return text.empty() ? more : text + "|" + more;
}

} // namespace sockwalk::scenario
