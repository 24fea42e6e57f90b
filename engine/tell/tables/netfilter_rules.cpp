#include "engine/tell/tables/netfilter_rules.h"
#include "engine/memory/constants/inet.h"
#include "engine/memory/constants/netfilter.h"
#include "engine/tell/tables/reader.h"
#include <algorithm>
#include <cstring>

namespace sockwalk::tell::tables {

using namespace sockwalk::kernel;

namespace {

// A standard target's verdict is one less than the negative of what the hook then says: DROP, ACCEPT. The packet that
// only is counted goes on to the next rule.
Text verdictOf(s32 verdict) {
  if (verdict >= 0) return say("only counts");
  const u32 said = u32(-verdict - 1);
  const std::string name = constantName("verdicts", said);
  return "-j " + (said == NF_REPEAT ? "RETURN" : name.starts_with("NF_") ? name.substr(3) : name);
}

std::string network(const in_addr& wanted, const in_addr& mask, const char* option, bool inverted) {
  if (!mask.s_addr) return {};
  const int length = __builtin_popcount(mask.s_addr);
  return (inverted ? "! " : "") + std::string(option) + ' ' + ipv4(wanted.s_addr) +
         (length == 32 ? std::string() : '/' + std::to_string(length));
}

std::string deviceOption(const char* option, const void* name) {
  const char* text = static_cast<const char*>(name);
  return *text ? std::string(option) + ' ' + std::string(text, strnlen(text, 16)) : std::string();
}

std::string ports(const char* option, u16 low, u16 high) {
  if (low == 0 && high == 0xffff) return {};
  return std::string(option) + ' ' + std::to_string(low) + (low == high ? "" : ':' + std::to_string(high));
}

// A value as iptables(8) calls it: "icmp-port-unreachable".
std::string toolsWord(std::string_view group, u64 value) {
  for (const EnumValue& word : constantGroup(group)->words)
    if (u64(word.value) == value) {
      std::string text(word.name);
      std::ranges::replace(text, '_', '-');
      return text;
    }
  return std::to_string(value);
}
std::string rejectOptions(const void* info) {
  return " --reject-with " + toolsWord("reject_kinds", static_cast<const ipt_reject_info*>(info)->with);
}

std::string statesOf(u16 mask) { // "NEW,ESTABLISHED"
  std::string list;
  for (const EnumValue& word : constantGroup("ct_states")->words)
    if (mask & word.value) list += (list.empty() ? "" : ",") + std::string(word.name);
  return list;
}

// " --to-source 10.0.0.1:80-89", " --to-ports 80-89".
std::string natOptions(u32 flags, u32 address, u16 low, u16 high, std::string_view option) {
  std::string to = flags & NF_NAT_RANGE_MAP_IPS ? ipv4(address) : std::string();
  if (flags & NF_NAT_RANGE_PROTO_SPECIFIED) {
    if (option != "--to-ports") to += ':';
    to += std::to_string(__builtin_bswap16(low));
    if (low != high) to += '-' + std::to_string(__builtin_bswap16(high));
  }
  return to.empty() ? to : " " + std::string(option) + ' ' + to;
}
std::string oldNatOptions(const void* info, const char* option) {
  const nf_nat_ipv4_range& range = static_cast<const nf_nat_ipv4_multi_range_compat*>(info)->range[0];
  return natOptions(range.flags, range.min_ip, range.min.all, range.max.all, option);
}
std::string targetOptions(std::string_view name, const void* info) {
  if (name == "REJECT") return rejectOptions(info);
  if (name == "SNAT") return oldNatOptions(info, "--to-source");
  if (name == "MASQUERADE" || name == "REDIRECT") return oldNatOptions(info, "--to-ports");
  if (name != "DNAT") return {};
  const auto& range = *static_cast<const nf_nat_range2*>(info);
  return natOptions(range.flags, range.min_addr.ip, range.min_proto.all, range.max_proto.all, "--to-destination");
}

const xt_standard_target& targetOf(const ipt_entry& e) {
  return *reinterpret_cast<const xt_standard_target*>(reinterpret_cast<const u8*>(&e) + e.target_offset);
}

// "-j REJECT --reject-with icmp-port-unreachable"; of a plain verdict, the verdict.
Text actionOf(const xt_standard_target& t) {
  const xt_target* named = t.target.u.kernel.target;
  if (!named || !named->target) return verdictOf(t.verdict);
  const std::string name(reinterpret_cast<const char*>(named->name));
  return "-j " + name + targetOptions(name, t.target.data);
}

void appendMatch(std::vector<Text>& out, const xt_entry_match& match) {
  const xt_match* named = match.u.kernel.match;
  const std::string_view name = named ? reinterpret_cast<const char*>(named->name) : "";
  if (name == "conntrack") {
    const auto* wanted = reinterpret_cast<const xt_conntrack_mtinfo3*>(match.data);
    out.push_back("-m conntrack --ctstate " + statesOf(wanted->state_mask));
  } else if (name == "udp" || name == "tcp") { // both begin with the ports
    const auto* wanted = reinterpret_cast<const xt_udp*>(match.data);
    out.push_back(ports("--sport", wanted->spts[0], wanted->spts[1]));
    out.push_back(ports("--dport", wanted->dpts[0], wanted->dpts[1]));
  }
}

} // namespace

Text ruleText(const ipt_entry& e) {
  const ipt_ip& ip = e.ip;
  std::vector<Text> out{network(ip.src, ip.smsk, "-s", ip.invflags & IPT_INV_SRCIP),
                        network(ip.dst, ip.dmsk, "-d", ip.invflags & IPT_INV_DSTIP), deviceOption("-i", ip.iniface),
                        deviceOption("-o", ip.outiface)};
  if (ip.proto) out.push_back("-p " + plainWord("protocols", "IPPROTO_", ip.proto));
  for (u32 at = sizeof(ipt_entry); at < e.target_offset;) {
    const auto* match = reinterpret_cast<const xt_entry_match*>(reinterpret_cast<const u8*>(&e) + at);
    appendMatch(out, *match);
    if (!match->u.match_size) break;
    at += match->u.match_size;
  }
  out.push_back(actionOf(targetOf(e)));
  return Text::list(" ", std::move(out));
}

} // namespace sockwalk::tell::tables
