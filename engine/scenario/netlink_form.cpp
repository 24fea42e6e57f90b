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
constexpr NetlinkForm Done{"", 4, ErrorMembers, "nlmsgerr_attributes"};
constexpr NetlinkForm Other{"rtgenmsg", 1, FamilyMembers, ""};
constexpr NetlinkForm Question{"inet_diag_req_v2", 56, DiagQuestion, ""};
constexpr NetlinkForm Answer{"inet_diag_msg", 72, DiagAnswer, "inet_diag_attributes"};

// The attributes of a group that are no number of four bytes.
using enum AttributeKind;
struct Exception {
  u16 type;
  AttributeKind kind;
  u8 size = 0;                 // of a number
  std::string_view inner = {}; // of attributes: their group
};
constexpr Exception OfLinks[] = {{IFLA_IFNAME, Text},
                                 {IFLA_QDISC, Text},
                                 {IFLA_IFALIAS, Text},
                                 {IFLA_ALT_IFNAME, Text},
                                 {IFLA_PARENT_DEV_NAME, Text},
                                 {IFLA_PARENT_DEV_BUS_NAME, Text},
                                 {IFLA_ADDRESS, Mac},
                                 {IFLA_BROADCAST, Mac},
                                 {IFLA_PERM_ADDRESS, Mac},
                                 {IFLA_OPERSTATE, Number, 1},
                                 {IFLA_LINKMODE, Number, 1},
                                 {IFLA_CARRIER, Number, 1},
                                 {IFLA_PROTO_DOWN, Number, 1},
                                 {IFLA_MAP, Bytes},
                                 {IFLA_STATS, Bytes},
                                 {IFLA_STATS64, Bytes},
                                 {IFLA_AF_SPEC, Nested, 0, "families"},
                                 {IFLA_LINKINFO, Nested, 0, "link_info_attributes"},
                                 {IFLA_XDP, Nested, 0, "xdp_attributes"}};
constexpr Exception OfKinds[] = {{IFLA_INFO_KIND, Text}, {IFLA_INFO_DATA, Nested}};
constexpr Exception OfXdp[] = {{IFLA_XDP_ATTACHED, Number, 1}};
constexpr Exception OfAddresses[] = {{IFA_ADDRESS, Ip}, {IFA_LOCAL, Ip},        {IFA_BROADCAST, Ip},
                                     {IFA_LABEL, Text}, {IFA_CACHEINFO, Bytes}, {IFA_PROTO, Number, 1}};
constexpr Exception OfRoutes[] = {{RTA_DST, Ip},     {RTA_SRC, Ip},         {RTA_GATEWAY, Ip},
                                  {RTA_PREFSRC, Ip}, {RTA_METRICS, Nested}, {RTA_CACHEINFO, Bytes}};
constexpr Exception OfNeighbours[] = {{NDA_DST, Ip}, {NDA_LLADDR, Mac}, {NDA_CACHEINFO, Bytes}};
constexpr Exception OfErrors[] = {{NLMSGERR_ATTR_MSG, Text}};
constexpr Exception OfSockets[] = {{INET_DIAG_CONG, Text},          {INET_DIAG_TOS, Number, 1},
                                   {INET_DIAG_SHUTDOWN, Number, 1}, {INET_DIAG_CGROUP_ID, Number, 8},
                                   {INET_DIAG_MEMINFO, Bytes},      {INET_DIAG_INFO, Bytes},
                                   {INET_DIAG_SKMEMINFO, Bytes},    {INET_DIAG_SOCKOPT, Bytes}};
constexpr Exception OfFamilies[] = {{2, Nested, 0, "link_inet_attributes"}}; // AF_INET
constexpr struct {
  std::string_view group;
  std::span<const Exception> exceptions;
  Exception others = {0, Number, 4};
} Groups[] = {{"link_attributes", OfLinks},
              {"link_info_attributes", OfKinds},
              {"xdp_attributes", OfXdp},
              {"address_attributes", OfAddresses},
              {"route_attributes", OfRoutes},
              {"neighbour_attributes", OfNeighbours},
              {"nlmsgerr_attributes", OfErrors},
              {"inet_diag_attributes", OfSockets},
              {"families", OfFamilies, {0, Nested, 0, "link_inet6_attributes"}},
              {"link_inet_attributes", {}, {0, Bytes}},
              {"link_inet6_attributes", {}, {0, Bytes}}};

std::string_view nameOf(std::string_view group, u16 type) {
  for (const EnumValue& v : constantGroup(group)->values)
    if (v.value == type) return v.name;
  return {};
}

static_assert(SockDestroy == SOCK_DIAG_BY_FAMILY + 1);

// 0 new, 1 delete, 2 get, 3 set
u32 verbOf(u16 type) { return type & 3u; }

} // namespace

const NetlinkForm* netlinkForm(u16 type, bool sockDiag, bool answer) {
  if (type == NLMSG_ERROR) return &Error;
  if (type == NLMSG_DONE) return &Done;
  if (type < RTM_BASE) return nullptr;
  if (sockDiag && type > SockDestroy) return nullptr;
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
  const auto known = std::ranges::find(Groups, group, [](const auto& g) { return g.group; });
  if (known == std::end(Groups)) return {"", type, Bytes, 0, ""};
  const auto special = std::ranges::find(known->exceptions, type, &Exception::type);
  const Exception& form = special == known->exceptions.end() ? known->others : *special;
  return {nameOf(group, type), type, form.kind, form.size, form.inner};
}

std::string netlinkTypeName(u16 type, bool sockDiag) {
  if (sockDiag && type == SockDestroy) return "SOCK_DESTROY";
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
