// Netfilter: the functions at the five places of a packet's way, and the rules of the tables that some of them walk.
#include "engine/journal/reflection.h"
#include "engine/memory/constants/netfilter.h"
#include "engine/tell/tables/netfilter_rules.h"
#include "engine/tell/tables/reader.h"
#include <algorithm>

namespace sockwalk::tell::tables {

using namespace sockwalk::kernel;

namespace {

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

template <class T> const T* privateAs(const Reader& r, u64 address, std::string_view type) {
  const ObjectRef object = address ? objectAt(r.at, address) : ObjectRef{};
  const LayoutInfo* layout = object ? layoutOf(object.type) : nullptr;
  return layout && layout->name == type ? r.at.object<T>(address) : nullptr;
}
// The table whose rules a hook walks; nullptr for hooks that are plain functions.
const xt_table* ruleTable(const Reader& r, u64 address) { return privateAs<xt_table>(r, address, "xt_table"); }

// Behind the hooks stand pointers to what they were registered with.
Text priorityOf(const nf_hook_entries& entries, u32 index) {
  const auto* registered = reinterpret_cast<const kptr<nf_hook_ops>*>(&entries.hooks[entries.num_hook_entries]);
  const nf_hook_ops* ops = registered[index];
  return ops ? say("priority %1", constantName("hook_priorities", u64(s64(ops->priority)))) : Text();
}

TableRow hookRow(const Reader& r, const nf_hook_entries& entries, std::string place, u32 index) {
  const nf_hook_entry& entry = entries.hooks[index];
  TableRow row;
  row.address = Arena::address(&entries);
  row.within = Arena::address(&entry);
  row.place = Text::list("/", {index + 1, entries.num_hook_entries});
  row.key = std::move(place);
  row.object = r.name(entry.hook.value);
  if (entry.priv.value) row.state = r.name(entry.priv.value);
  row.detail = priorityOf(entries, index);
  return row;
}

// The tables that NAT asks have no hooks of their own: they are asked by its hooks, and their rules stand behind those.
void appendAsked(const Reader& r, KernelTable& t, u64 priv, u32 hook, const std::string& space) {
  if (const xt_table* table = ruleTable(r, priv)) return appendRules(r, t, *table, hook, space);
  const auto* asks = privateAs<nf_nat_lookup_hook_priv>(r, priv, "nf_nat_lookup_hook_priv");
  const nf_hook_entries* tables = asks ? asks->entries.get() : nullptr;
  for (u32 i = 0; tables && i < std::min<u32>(tables->num_hook_entries, 64); ++i)
    if (const xt_table* table = ruleTable(r, tables->hooks[i].priv.value)) appendRules(r, t, *table, hook, space);
}

// The functions at one place, and what they walk. How many there are.
int appendHooks(const Reader& r, KernelTable& t, const kptr<nf_hook_entries>& slot, std::string place, u32 hook,
                const std::string& space) {
  const nf_hook_entries* entries = slot;
  const u32 count = entries ? std::min<u32>(entries->num_hook_entries, 64) : 0;
  for (u32 i = 0; i < count; ++i) {
    TableRow row = hookRow(r, *entries, place, i);
    row.space = space;
    row.mark =
        r.mark(r.step.born(entries), r.step.wrote(&entries->hooks[i], sizeof(nf_hook_entry)) || r.step.wrote(&slot, 8));
    append(t, std::move(row));
    appendAsked(r, t, entries->hooks[i].priv.value, hook, space);
  }
  return static_cast<int>(count);
}

// Besides IPv4: ARP has three places, a bridge five, a device one on the way in and one on the way out.
int appendOtherFamilies(const Reader& r, KernelTable& t, const struct net& net, const std::string& space) {
  static constexpr const char *Arp[] = {"ARP IN", "ARP OUT", "ARP FORWARD"},
                              *Bridge[] = {"PRE_ROUTING", "LOCAL_IN", "FORWARD", "LOCAL_OUT", "POST_ROUTING"};
  int hooks = 0;
  for (u32 i = 0; i < std::size(Arp); ++i) hooks += appendHooks(r, t, net.nf.hooks_arp[i], Arp[i], i, space);
  for (u32 i = 0; i < std::size(Bridge); ++i)
    hooks += appendHooks(r, t, net.nf.hooks_bridge[i], std::string("bridge ") + Bridge[i], i, space);
  return hooks;
}
int appendDevices(const Reader& r, KernelTable& t) {
  int hooks = 0;
  r.eachDevice([&](const net_device& dev) {
    const std::string name = r.device(&dev), space = r.space(dev.nd_net.net.get());
    hooks += appendHooks(r, t, dev.nf_hooks_ingress, name + " ingress", 0, space);
    hooks += appendHooks(r, t, dev.nf_hooks_egress, name + " egress", 0, space);
  });
  return hooks;
}

} // namespace

KernelTable netfilterHooks(const Reader& r) {
  KernelTable t =
      tableOf("netfilter", say("Netfilter hooks"), "net.nf.hooks_ipv4",
              say("At five places of a packet's way: the functions that may look at it, drop it or keep it, "
                  "in the order of their priorities."));
  int hooks = 0, others = 0;
  for (u64 space : r.namespaces()) {
    const auto* net = r.at.object<struct net>(space);
    for (u32 hook = 0; hook < std::size(net->nf.hooks_ipv4); ++hook)
      hooks += appendHooks(r, t, net->nf.hooks_ipv4[hook], constantName("hooks", hook), hook, r.space(space));
    others += appendOtherFamilies(r, t, *net, r.space(space));
  }
  others += appendDevices(r, t);
  const s64 rules = s64(t.rows.size()) + t.more - hooks - others;
  if (!hooks && !others) {
    t.summary = say("empty: packets pass five places where nobody looks at them");
    return t;
  }
  t.summary = Text::list(", ", {counted("1 hook", "%1 hooks", hooks + others),
                                rules ? counted("1 rule", "%1 rules", rules) : Text(),
                                others ? Text() : say("all of IPv4: nobody looks at ARP, bridges or devices")});
  return t;
}

} // namespace sockwalk::tell::tables
