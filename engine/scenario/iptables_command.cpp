#include "engine/kernel/include/linux/inetdevice.h"
#include "engine/kernel/include/net/ip_tables.h"
#include "engine/memory/constants.h"
#include "engine/scenario/command_words.h"
#include <algorithm>

namespace sockwalk::scenario {

using namespace kernel;

namespace {

[[noreturn]] void refuseDropInNat() {
  wrong("iptables: the table 'nat' is not for filtering, and nothing is dropped there");
}
constexpr const char* Chains[5] = {"PREROUTING", "INPUT", "FORWARD", "OUTPUT", "POSTROUTING"};
u32 chainOf(const std::string& name) {
  for (u32 i = 0; i < 5; ++i)
    if (name == Chains[i]) return i;
  wrong("there is no chain '" + name + "'");
}

// ---- targets
int verdictOf(const std::string& name) { // IptContinue: it is none
  return name == "ACCEPT" ? IptAccept : name == "DROP" ? IptDrop : IptContinue;
}
template <class Info> std::vector<u8> bytesOf(const Info& info) {
  const u8* from = reinterpret_cast<const u8*>(&info);
  return {from, from + sizeof info};
}

// One of a group of constants by the tool's word for it, which may have hyphens.
const EnumValue* byWord(const char* group, std::string word) {
  std::ranges::replace(word, '-', '_');
  const auto words = constantGroup(group)->words;
  const auto known = std::ranges::find(words, word, &EnumValue::name);
  return known == words.end() ? nullptr : &*known;
}

IptPart rejectTarget(WordReader& r) {
  ipt_reject_info info{};
  info.with = IPT_ICMP_PORT_UNREACHABLE;
  if (r.accept("--reject-with")) {
    const std::string kind = r.next("what to reject with");
    const EnumValue* known = byWord("reject_kinds", kind);
    if (!known) wrong("iptables: '" + kind + "' is nothing that REJECT answers");
    info.with = static_cast<u32>(known->value);
  }
  return {"REJECT", 0, bytesOf(info)};
}

// What an end of a connection is to become.
struct NatEnd {
  u32 flags = 0, address = 0;
  u16 low = 0, high = 0; // all in network byte order
};
void readPorts(const std::string& text, NatEnd& end) { // "5000", "5000-5009"
  const size_t dash = text.find('-');
  end.low = htons(static_cast<u16>(numberOf(text.substr(0, dash), 1, 65535)));
  end.high = dash == std::string::npos ? end.low : htons(static_cast<u16>(numberOf(text.substr(dash + 1), 1, 65535)));
  if (ntohs(end.high) < ntohs(end.low)) wrong("iptables: of two ports the lower one first, not '" + text + "'");
  end.flags |= NF_NAT_RANGE_PROTO_SPECIFIED;
}
NatEnd natEnd(WordReader& r, const char* option) { // "10.0.0.1", "10.0.0.1:80", ":80"
  if (!r.accept(option)) wrong(std::string("iptables: expected ") + option);
  const std::string text = r.next("an address");
  const size_t colon = text.find(':');
  NatEnd end;
  if (const std::string address = text.substr(0, colon); !address.empty()) {
    if (address.find('-') != std::string::npos)
      wrong("iptables: one address is played, not a range such as '" + address + "'");
    end.address = htonl(prefixOf(address, 32).first);
    end.flags |= NF_NAT_RANGE_MAP_IPS;
  }
  if (colon != std::string::npos) readPorts(text.substr(colon + 1), end);
  return end;
}
NatEnd portsOnly(WordReader& r) {
  NatEnd end;
  if (r.accept("--to-ports")) readPorts(r.next("a port"), end);
  return end;
}

IptPart oldRange(std::string_view name, const NatEnd& end) {
  nf_nat_ipv4_multi_range_compat info{};
  info.rangesize = 1;
  info.range[0].flags = end.flags;
  info.range[0].min_ip = info.range[0].max_ip = end.address;
  info.range[0].min.all = end.low;
  info.range[0].max.all = end.high;
  return {name, 0, bytesOf(info)};
}
IptPart dnatTarget(const NatEnd& end) {
  nf_nat_range2 info{};
  info.flags = end.flags;
  info.min_addr.ip = info.max_addr.ip = end.address;
  info.min_proto.all = end.low;
  info.max_proto.all = end.high;
  return {"DNAT", 2, bytesOf(info)};
}

// Whether the rule names ports to translate to, which only TCP and UDP have.
bool readTarget(WordReader& r, IptRule& rule, bool inNat) {
  const std::string name = r.next("a target");
  NatEnd end;
  if (name == "REJECT") rule.target = rejectTarget(r);
  else if (name == "SNAT") rule.target = oldRange("SNAT", end = natEnd(r, "--to-source"));
  else if (name == "DNAT") rule.target = dnatTarget(end = natEnd(r, "--to-destination"));
  else if (name == "MASQUERADE") rule.target = oldRange("MASQUERADE", end = portsOnly(r));
  else if (name == "REDIRECT") rule.target = oldRange("REDIRECT", end = portsOnly(r));
  else if ((rule.verdict = verdictOf(name)) == IptContinue)
    wrong("the target '" + name + "' is not played; ACCEPT, DROP, REJECT, SNAT, DNAT, MASQUERADE and REDIRECT are");
  if (inNat && name == "DROP") refuseDropInNat();
  return end.flags & NF_NAT_RANGE_PROTO_SPECIFIED;
}

// ---- matches
// "-m conntrack --ctstate NEW,ESTABLISHED", "-m state --state NEW": the same match.
IptPart stateMatch(WordReader& r, const char* option) {
  if (!r.accept(option)) wrong("iptables: of this match " + std::string(option) + " is played, and must be there");
  xt_conntrack_mtinfo3 info{};
  info.match_flags = XT_CONNTRACK_STATE;
  std::string list = r.next("states");
  for (size_t from = 0; from <= list.size();) {
    const size_t comma = std::min(list.find(',', from), list.size());
    const std::string state = list.substr(from, comma - from);
    const EnumValue* known = byWord("ct_states", state);
    if (!known) wrong("iptables: '" + state + "' is no state of a connection");
    info.state_mask = static_cast<u16>(info.state_mask | known->value);
    from = comma + 1;
  }
  return {"conntrack", 3, bytesOf(info)};
}

// The protocols' own matches come with -p; others would look at what no rule here can.
void readMatch(WordReader& r, IptRule& rule) {
  const std::string name = r.next("a match");
  if (name == "conntrack") rule.matches.push_back(stateMatch(r, "--ctstate"));
  else if (name == "state") rule.matches.push_back(stateMatch(r, "--state"));
  else if (name != "tcp" && name != "udp" && name != "icmp") wrong("iptables: the match '" + name + "' is not played");
}

u16 protocolOf(const std::string& name) {
  if (name == "tcp") return IPPROTO_TCP;
  if (name == "udp") return IPPROTO_UDP;
  if (name == "icmp") return IPPROTO_ICMP;
  return static_cast<u16>(numberOf(name, 0, 255));
}
void portsOf(const std::string& text, u16 (&ports)[2]) {
  const size_t colon = text.find(':');
  ports[0] = static_cast<u16>(numberOf(text.substr(0, colon), 0, 65535));
  ports[1] = colon == std::string::npos ? ports[0] : static_cast<u16>(numberOf(text.substr(colon + 1), 0, 65535));
}

struct ParsedRule {
  IptRule rule;
  std::string in, out;
};
void readRule(WordReader& r, ParsedRule& p, bool inNat) {
  IptRule& rule = p.rule;
  bool toPorts = false;
  while (r.more()) {
    const bool no = r.accept("!");
    if (no && r.more() && r.peek() != "-s" && r.peek() != "-d") wrong("iptables: '!' is played before -s and -d only");
    if (r.accept("-p")) rule.protocol = protocolOf(r.next("a protocol"));
    else if (r.accept("-s")) {
      const auto [a, length] = prefixOf(r.next("an address"), 32);
      rule.src = htonl(a), rule.srcMask = inet_make_mask(length), rule.notSrc = no;
    } else if (r.accept("-d")) {
      const auto [a, length] = prefixOf(r.next("an address"), 32);
      rule.dst = htonl(a), rule.dstMask = inet_make_mask(length), rule.notDst = no;
    } else if (r.accept("-i")) p.in = r.next("a device");
    else if (r.accept("-o")) p.out = r.next("a device");
    else if (r.accept("-m")) readMatch(r, rule);
    else if (r.accept("--sport")) portsOf(r.next("a port"), rule.sports);
    else if (r.accept("--dport")) portsOf(r.next("a port"), rule.dports);
    else if (r.accept("-j")) toPorts = readTarget(r, rule, inNat);
    else wrong("iptables: '" + r.peek() + "' is not played");
  }
  const bool ports = rule.sports[0] || rule.sports[1] != 65535 || rule.dports[0] || rule.dports[1] != 65535;
  if ((ports || toPorts) && rule.protocol != IPPROTO_TCP && rule.protocol != IPPROTO_UDP)
    wrong("iptables: ports need -p udp or -p tcp");
}

} // namespace

void iptablesCommand(const Words& words, Stage& stage, const std::string& ns) {
  WordReader r(words, 1);
  const std::string name = r.accept("-t") ? r.next("a table") : "filter";
  if (name != "filter" && name != "mangle" && name != "nat")
    wrong("the table '" + name + "' is not played; filter, mangle and nat are");
  EnterMachine enter(stage.machine);
  const struct net* net = netNamed(ns);
  const auto inTable = [&](const std::function<int(const xt_table*)>& body) {
    change(stage, r.text(), [&] {
      const xt_table* table = ipt_find_table(net, name.c_str());
      return table ? body(table) : -ENOMEM;
    });
  };
  if (r.accept("-A")) {
    const u32 hook = chainOf(r.next("a chain"));
    ParsedRule p;
    readRule(r, p, name == "nat");
    p.rule.in = p.in.c_str();
    p.rule.out = p.out.c_str();
    inTable([&](const xt_table* t) { return ipt_append_rule(t, hook, p.rule); });
  } else if (r.accept("-P")) {
    const u32 hook = chainOf(r.next("a chain"));
    const std::string policy = r.next("ACCEPT or DROP");
    const int verdict = verdictOf(policy);
    if (verdict == IptContinue) wrong("the policy of a chain is ACCEPT or DROP, not '" + policy + "'");
    if (name == "nat" && verdict == IptDrop) refuseDropInNat();
    r.end();
    inTable([&](const xt_table* t) { return ipt_set_policy(t, hook, verdict); });
  } else if (r.accept("-F")) {
    const int hook = r.more() ? static_cast<int>(chainOf(r.next("a chain"))) : -1;
    r.end();
    inTable([&](const xt_table* t) { return ipt_flush(t, hook); });
  } else {
    wrong("iptables: expected -A, -P or -F");
  }
}

} // namespace sockwalk::scenario
