// Netfilter: the functions at the five places of a packet's way, and the rules of the tables that some of them walk.
#include "engine/journal/reflection.h"
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

const xt_standard_target& targetOf(const ipt_entry& e) {
  return *reinterpret_cast<const xt_standard_target*>(reinterpret_cast<const u8*>(&e) + e.target_offset);
}

// A rule as iptables(8) writes it.
Text ruleText(const ipt_entry& e) {
  const ipt_ip& ip = e.ip;
  std::vector<Text> out{network(ip.src, ip.smsk, "-s", ip.invflags & IPT_INV_SRCIP),
                        network(ip.dst, ip.dmsk, "-d", ip.invflags & IPT_INV_DSTIP), deviceOption("-i", ip.iniface),
                        deviceOption("-o", ip.outiface)};
  if (ip.proto) out.push_back("-p " + plainWord("protocols", "IPPROTO_", ip.proto));
  const bool hasPorts = ip.proto == IPPROTO_TCP || ip.proto == IPPROTO_UDP;
  if (hasPorts && e.target_offset > sizeof(ipt_entry)) { // the match of TCP and that of UDP begin with the ports
    const auto* match = reinterpret_cast<const xt_entry_match*>(e.elems);
    const auto* wanted = reinterpret_cast<const xt_udp*>(match->data);
    out.push_back(ports("--sport", wanted->spts[0], wanted->spts[1]));
    out.push_back(ports("--dport", wanted->dpts[0], wanted->dpts[1]));
  }
  out.push_back(verdictOf(targetOf(e).verdict));
  return Text::list(" ", std::move(out));
}

// The rules of one chain of an xt_table, behind the hook that walks them; the last one is the chain's policy.
void appendRules(const Reader& r, KernelTable& t, const xt_table& table, u32 hook, const std::string& space) {
  const xt_table_info* info = table.private_;
  if (!info) return;
  int number = 0;
  for (u32 at = info->hook_entry[hook]; at <= info->underflow[hook] && at < info->size;) {
    const auto& entry = *reinterpret_cast<const ipt_entry*>(info->entries + at);
    TableRow row;
    row.address = Arena::address(info);
    row.within = Arena::address(&entry);
    row.indent = 1;
    row.place = at == info->underflow[hook] ? say("policy") : say("rule %1", ++number);
    row.key = ruleText(entry);
    row.detail = Text::list(
        ", ", {counted("1 packet", "%1 packets", s64(entry.counters.pcnt)), bytes(s64(entry.counters.bcnt))});
    row.space = space;
    row.mark = r.mark(r.step.born(info), r.step.wrote(&entry, sizeof entry));
    append(t, std::move(row));
    if (!entry.next_offset) break;
    at += entry.next_offset;
  }
}

// The table whose rules a hook walks; nullptr for hooks that are plain functions.
const xt_table* ruleTable(const Reader& r, u64 address) {
  const ObjectRef object = address ? objectAt(r.at, address) : ObjectRef{};
  const LayoutInfo* layout = object ? layoutOf(object.type) : nullptr;
  return layout && layout->name == "xt_table" ? r.at.object<xt_table>(address) : nullptr;
}

// Behind the hooks stand pointers to what they were registered with.
Text priorityOf(const nf_hook_entries& entries, u32 index) {
  const auto* registered = reinterpret_cast<const kptr<nf_hook_ops>*>(&entries.hooks[entries.num_hook_entries]);
  const nf_hook_ops* ops = registered[index];
  return ops ? say("priority %1", constantName("hook_priorities", u64(s64(ops->priority)))) : Text();
}

TableRow hookRow(const Reader& r, const nf_hook_entries& entries, u32 hook, u32 index) {
  const nf_hook_entry& entry = entries.hooks[index];
  TableRow row;
  row.address = Arena::address(&entries);
  row.within = Arena::address(&entry);
  row.place = say("%1 of %2", index + 1, entries.num_hook_entries);
  row.key = constantName("hooks", hook);
  row.object = r.name(entry.hook.value);
  if (entry.priv.value) row.state = r.name(entry.priv.value);
  row.detail = priorityOf(entries, index);
  return row;
}

} // namespace

KernelTable netfilterHooks(const Reader& r) {
  KernelTable t =
      tableOf("netfilter", say("Netfilter hooks"), "net.nf.hooks_ipv4",
              say("At five places of a packet's way: the functions that may look at it, drop it or keep it, "
                  "in the order of their priorities."));
  int hooks = 0;
  for (u64 space : r.namespaces()) {
    const auto* net = r.at.object<struct net>(space);
    for (u32 hook = 0; hook < std::size(net->nf.hooks_ipv4); ++hook) {
      const nf_hook_entries* entries = net->nf.hooks_ipv4[hook];
      for (u32 i = 0; entries && i < std::min<u32>(entries->num_hook_entries, 64); ++i) {
        TableRow row = hookRow(r, *entries, hook, i);
        row.space = r.space(space);
        row.mark = r.mark(r.step.born(entries), r.step.wrote(&entries->hooks[i], sizeof(nf_hook_entry)) ||
                                                    r.step.wrote(&net->nf.hooks_ipv4[hook], 8));
        append(t, std::move(row));
        ++hooks;
        if (const xt_table* table = ruleTable(r, entries->hooks[i].priv.value))
          appendRules(r, t, *table, hook, r.space(space));
      }
    }
  }
  const s64 rules = s64(t.rows.size()) + t.more - hooks;
  t.summary = !hooks ? say("empty: packets pass five places where nobody looks at them")
                     : Text::list(", ", {counted("1 hook", "%1 hooks", hooks),
                                         rules ? counted("1 rule", "%1 rules", rules) : Text()});
  return t;
}

} // namespace sockwalk::tell::tables
