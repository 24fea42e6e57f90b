// The rules: a packet at a hook is held against one after the other until one says what becomes of it. A rule that
// matches counts the packet; one without a verdict only counts. Behind the last rule of each chain stands its policy.
#include "engine/kernel/include/net/ip_tables.h"
#include "engine/kernel/include/linux/list.h"
#include "engine/kernel/include/linux/netfilter.h"
#include "engine/kernel/include/linux/netfilter/x_tables.h"
#include "engine/kernel/include/net/inet_sock.h"
#include "engine/kernel/include/net/ip.h"
#include "engine/kernel/include/net/net_namespace.h"
#include "engine/kernel/init/image.h"
#include "engine/memory/constants/netfilter.h"
#include <vector>

namespace sockwalk::kernel {

static constexpr u32 aligned(u32 size) { return (size + XT_ALIGN - 1) & ~(XT_ALIGN - 1); }
static constexpr u32 STANDARD = aligned(sizeof(xt_standard_target));
static constexpr u32 PLAIN_ENTRY = sizeof(ipt_entry) + STANDARD;
static Global<xt_match> udp_mt_reg{"tcpudp_mt_reg_udp"}, tcp_mt_reg{"tcpudp_mt_reg_tcp"};
static Global<xt_target> ipt_standard_target{"ipt_builtin_tg"};
static Global<list_head> xt_tables{"xt_tables"};

// ---- is the packet meant?
static bool ifname_matches(const u8* wanted, const net_device* dev) {
  if (!wanted[0]) return true;
  return dev && !std::strncmp(reinterpret_cast<const char*>(wanted), reinterpret_cast<const char*>(dev->name), 16);
}
static bool ip_packet_match(const iphdr* ip, const nf_hook_state* state, const ipt_ip* info) {
  const bool notSrc = info->invflags & IPT_INV_SRCIP, notDst = info->invflags & IPT_INV_DSTIP;
  if (((ip->saddr & info->smsk.s_addr) != info->src.s_addr) != notSrc) return false;
  if (((ip->daddr & info->dmsk.s_addr) != info->dst.s_addr) != notDst) return false;
  const auto* in = reinterpret_cast<const u8*>(info->iniface);
  const auto* out = reinterpret_cast<const u8*>(info->outiface);
  if (!ifname_matches(in, state->in) || !ifname_matches(out, state->out)) return false;
  return !info->proto || info->proto == ip->protocol;
}

// ---- the walk
static const u8* tableBase(const xt_table_info* info) { return info->entries; }
static const ipt_entry* get_entry(const u8* base, u32 offset) {
  return reinterpret_cast<const ipt_entry*>(base + offset);
}
static const ipt_entry* ipt_next_entry(const ipt_entry* e) {
  return reinterpret_cast<const ipt_entry*>(reinterpret_cast<const u8*>(e) + e->next_offset);
}
static const xt_standard_target* ipt_get_target(const ipt_entry* e) {
  return reinterpret_cast<const xt_standard_target*>(reinterpret_cast<const u8*>(e) + e->target_offset);
}

static bool isStandard(const ipt_entry* e) {
  return ipt_get_target(e)->target.u.kernel.target.get() == ipt_standard_target.get();
}

// Until one answers with something else than 0, which is the answer to all.
template <class Each> static int eachMatch(const ipt_entry* e, Each&& each) {
  for (u32 at = sizeof(ipt_entry); at < e->target_offset;) {
    const auto* m = reinterpret_cast<const xt_entry_match*>(reinterpret_cast<const u8*>(e) + at);
    if (const int stop = each(m)) return stop;
    at += m->u.match_size;
  }
  return 0;
}

static bool matchesAll(const sk_buff* skb, const ipt_entry* e, const xt_action_param* acpar) {
  return !eachMatch(e, [&](const xt_entry_match* m) {
    set(acpar->match, m->u.kernel.match.get());
    setAddress(&acpar->matchinfo, m->data);
    return !acpar->match->match(skb, acpar);
  });
}

// What a target that is no plain verdict makes of the packet: a verdict, or XT_CONTINUE. It may have changed the header.
static u32 askTarget(const sk_buff* skb, const xt_entry_target* t, const xt_action_param* acpar) {
  set(acpar->target, t->u.kernel.target.get());
  setAddress(&acpar->targinfo, t->data);
  return acpar->target->target(skb, acpar);
}

u32 ipt_do_table(const void* priv, const sk_buff* skb, const nf_hook_state* state) {
  KFUNC(ipt_do_table, priv, skb, state);
  SIMPLIFIED("no chains of one's own, and so no stack of calls between them");
  const auto* table = static_cast<const xt_table*>(priv);
  const iphdr* ip = ip_hdr(skb);
  OnStack<xt_action_param> packet;
  set(packet->fragoff, ntohs(ip->frag_off) & IP_OFFSET);
  set(packet->thoff, skb_network_offset(skb) + ip->ihl * 4);
  set(packet->state, state);
  const xt_table_info* info = table->private_;
  const u8* base = tableBase(info);
  const ipt_entry* rule = get_entry(base, info->hook_entry[state->hook]);
  while (!packet->hotdrop) {
    if (!ip_packet_match(ip, state, &rule->ip) || !matchesAll(skb, rule, packet)) {
      rule = ipt_next_entry(rule);
      continue;
    }
    add(rule->counters.bcnt, skb->len);
    add(rule->counters.pcnt, 1);
    const u32 offset = static_cast<u32>(reinterpret_cast<const u8*>(rule) - base);
    if (!isStandard(rule)) {
      const xt_entry_target* t = &ipt_get_target(rule)->target;
      NOTE("netfilter.rule_target", offset, rule->counters.pcnt, t->u.kernel.target->name);
      if (const u32 says = askTarget(skb, t, packet); says != XT_CONTINUE) return call.result(says);
      ip = ip_hdr(skb);
      rule = ipt_next_entry(rule);
      continue;
    }
    const int verdict = ipt_get_target(rule)->verdict;
    NOTE("netfilter.rule", offset, rule->counters.pcnt, verdict);
    if (verdict < 0) return call.result(static_cast<u32>(-verdict - 1));
    rule = get_entry(base, static_cast<u32>(verdict)); // goes on with the next rule
  }
  return call.result(u32(NF_DROP));
}

// ---- building. A table is replaced as a whole, as by iptables(8): the new block takes the old one's counters.
using Block = std::vector<u8>;

static u32 portMatchSize(const IptRule& r) {
  const u32 info = r.protocol == IPPROTO_TCP ? sizeof(xt_tcp) : r.protocol == IPPROTO_UDP ? sizeof(xt_udp) : 0;
  return info ? u32(sizeof(xt_entry_match)) + aligned(info) : 0u;
}
static u32 partSize(const IptPart& part) {
  return u32(sizeof(xt_entry_match)) + aligned(static_cast<u32>(part.info.size()));
}
static u32 targetSize(const IptRule& r) { return r.target ? partSize(*r.target) : STANDARD; }
static u32 entrySize(const IptRule& r) {
  u32 size = u32(sizeof(ipt_entry)) + portMatchSize(r) + targetSize(r);
  for (const IptPart& part : r.matches) size += partSize(part);
  return size;
}

static void putPortMatch(const xt_entry_match* m, const IptRule& r) {
  set(m->u.match_size, portMatchSize(r));
  set(m->u.kernel.match, r.protocol == IPPROTO_TCP ? tcp_mt_reg.get() : udp_mt_reg.get());
  const u16 ports[4] = {r.sports[0], r.sports[1], r.dports[0], r.dports[1]};
  setBytes(m->data, ports, sizeof ports); // xt_tcp and xt_udp both begin with them
}

static void putMatches(const ipt_entry* e, const IptRule& r) {
  const u8* at = e->elems;
  const auto entryAt = [&] { return reinterpret_cast<const xt_entry_match*>(at); };
  if (const u32 size = portMatchSize(r)) putPortMatch(entryAt(), r), at += size;
  for (const IptPart& part : r.matches) {
    set(entryAt()->u.match_size, partSize(part));
    set(entryAt()->u.kernel.match, xt_find_match(part.name, part.revision));
    setBytes(entryAt()->data, part.info.data(), static_cast<u32>(part.info.size()));
    at += partSize(part);
  }
}

static void putTarget(const xt_standard_target* t, const IptRule& r, int verdict) {
  set(t->target.u.target_size, targetSize(r));
  if (!r.target) {
    set(t->target.u.kernel.target, ipt_standard_target);
    set(t->verdict, verdict);
    return;
  }
  set(t->target.u.kernel.target, xt_find_target(r.target->name, r.target->revision));
  setBytes(t->target.data, r.target->info.data(), static_cast<u32>(r.target->info.size()));
}

static void putRule(const ipt_entry* e, const IptRule& r, int verdict) {
  const u32 size = entrySize(r);
  set(e->ip.src.s_addr, r.src & r.srcMask);
  set(e->ip.smsk.s_addr, r.srcMask);
  set(e->ip.dst.s_addr, r.dst & r.dstMask);
  set(e->ip.dmsk.s_addr, r.dstMask);
  setBytes(e->ip.iniface, r.in, std::min<u32>(15, static_cast<u32>(std::strlen(r.in))));
  setBytes(e->ip.outiface, r.out, std::min<u32>(15, static_cast<u32>(std::strlen(r.out))));
  set(e->ip.proto, r.protocol);
  set(e->ip.invflags, (r.notSrc ? IPT_INV_SRCIP : 0) | (r.notDst ? IPT_INV_DSTIP : 0));
  set(e->target_offset, size - targetSize(r));
  set(e->next_offset, size);
  putMatches(e, r);
  putTarget(ipt_get_target(e), r, verdict);
}

// ---- may it be so?
static int find_check_match(const xt_entry_match* m, const net* net, const xt_table* table, u32 hook, u16 protocol) {
  OnStack<xt_mtchk_param> par;
  set(par->net, net);
  setAddress(&par->table, table->name);
  set(par->match, m->u.kernel.match.get());
  setAddress(&par->matchinfo, m->data);
  set(par->hook_mask, 1u << hook);
  set(par->family, NFPROTO_IPV4);
  return xt_check_match(par, protocol);
}
static int check_target(const ipt_entry* e, const net* net, const xt_table* table, u32 hook) {
  const xt_entry_target* t = &ipt_get_target(e)->target;
  OnStack<xt_tgchk_param> par;
  set(par->net, net);
  setAddress(&par->table, table->name);
  setAddress(&par->entryinfo, e);
  set(par->target, t->u.kernel.target.get());
  setAddress(&par->targinfo, t->data);
  set(par->hook_mask, 1u << hook);
  set(par->family, NFPROTO_IPV4);
  return xt_check_target(par, e->ip.proto);
}
static int find_check_entry(const ipt_entry* e, const net* net, const xt_table* table, u32 hook) {
  KFUNC(find_check_entry, e, net, table, hook);
  const int bad =
      eachMatch(e, [&](const xt_entry_match* m) { return find_check_match(m, net, table, hook, e->ip.proto); });
  return call.result(bad || isStandard(e) ? bad : check_target(e, net, table, hook));
}

// A rule that only counts goes on with the one behind it, wherever that is now.
static void mendCounting(const xt_table_info* info) {
  const u8* base = tableBase(info);
  for (u32 at = 0; at < info->size;) {
    const ipt_entry* e = get_entry(base, at);
    at += e->next_offset;
    if (isStandard(e) && ipt_get_target(e)->verdict >= 0) set(ipt_get_target(e)->verdict, at);
  }
}

// The table with `size` more (or, negative, fewer) bytes at `at`; chains behind are moved.
static const xt_table_info* resized(const xt_table* table, u32 at, int size, u32 chain) {
  const xt_table_info* old = table->private_;
  const xt_table_info* info = xt_alloc_table_info(static_cast<u32>(int(old->size) + size));
  if (!info) return nullptr;
  const u32 kept = size < 0 ? at + static_cast<u32>(-size) : at; // where the old block goes on
  setBytes(info->entries, old->entries, at);
  setBytes(info->entries + at + std::max(size, 0), old->entries + kept, old->size - kept);
  for (u32 hook = 0; hook < 5; ++hook) {
    const bool has = table->valid_hooks & 1u << hook, behind = old->hook_entry[hook] > old->hook_entry[chain];
    set(info->hook_entry[hook], old->hook_entry[hook] + static_cast<u32>(has && behind ? size : 0));
    set(info->underflow[hook], old->underflow[hook] + static_cast<u32>(has && old->underflow[hook] >= at ? size : 0));
  }
  set(info->number, old->number);
  set(info->initial_entries, old->initial_entries);
  return info;
}

// Whose table it is; the kernel has a list for each namespace.
static const net* netOf(const xt_table* table) { return reinterpret_cast<const net*>(table->me.get()); }

int ipt_append_rule(const xt_table* table, u32 hook, const IptRule& rule) {
  KFUNC(ipt_append_rule, table, hook);
  SIMPLIFIED("asked directly; iptables(8) hands over the whole table by setsockopt(IPT_SO_SET_REPLACE)");
  if (hook > 4 || !(table->valid_hooks & 1u << hook)) return call.result(-EINVAL);
  const u32 at = table->private_->underflow[hook]; // before the policy
  const xt_table_info* info = resized(table, at, static_cast<int>(entrySize(rule)), hook);
  if (!info) return call.result(-ENOMEM);
  putRule(get_entry(info->entries, at), rule, rule.verdict);
  if (const int bad = find_check_entry(get_entry(info->entries, at), netOf(table), table, hook)) {
    kfree(info);
    return call.result(bad);
  }
  add(info->number, 1);
  mendCounting(info);
  xt_replace_table(table, info);
  NOTE("netfilter.rule_added", hook, at);
  return call.result(0);
}

int ipt_set_policy(const xt_table* table, u32 hook, int verdict) {
  KFUNC(ipt_set_policy, table, hook, verdict);
  if (hook > 4 || !(table->valid_hooks & 1u << hook) || verdict >= 0) return call.result(-EINVAL);
  set(ipt_get_target(get_entry(table->private_->entries, table->private_->underflow[hook]))->verdict, verdict);
  return call.result(0);
}

// A rule goes: what it asked for may be no longer needed.
static void cleanup_entry(const ipt_entry* e, const net* net) {
  KFUNC(cleanup_entry, e, net);
  eachMatch(e, [&](const xt_entry_match* m) {
    OnStack<xt_mtdtor_param> par;
    set(par->net, net);
    set(par->match, m->u.kernel.match.get());
    setAddress(&par->matchinfo, m->data);
    set(par->family, NFPROTO_IPV4);
    if (par->match->destroy) par->match->destroy(par);
    return 0;
  });
  if (isStandard(e)) return;
  const xt_entry_target* t = &ipt_get_target(e)->target;
  OnStack<xt_tgdtor_param> par;
  set(par->net, net);
  set(par->target, t->u.kernel.target.get());
  setAddress(&par->targinfo, t->data);
  set(par->family, NFPROTO_IPV4);
  if (par->target->destroy) par->target->destroy(par);
}

int ipt_flush(const xt_table* table, int wanted) {
  KFUNC(ipt_flush, table, wanted);
  for (u32 hook = 0; hook < 5; ++hook) {
    if (!(table->valid_hooks & 1u << hook) || (wanted >= 0 && static_cast<u32>(wanted) != hook)) continue;
    const u32 first = table->private_->hook_entry[hook], last = table->private_->underflow[hook];
    if (first == last) continue;
    const u8* base = tableBase(table->private_);
    for (u32 at = first; at < last; at += get_entry(base, at)->next_offset)
      cleanup_entry(get_entry(base, at), netOf(table));
    const xt_table_info* info = resized(table, first, int(first) - int(last), hook);
    if (!info) return call.result(-ENOMEM);
    mendCounting(info);
    xt_replace_table(table, info);
  }
  return call.result(0);
}

// ---- tables
static const xt_table_info* emptyTable(u32 valid_hooks) {
  const u32 chains = static_cast<u32>(__builtin_popcount(valid_hooks));
  const xt_table_info* info = xt_alloc_table_info(chains * PLAIN_ENTRY);
  if (!info) return nullptr;
  u32 at = 0;
  for (u32 hook = 0; hook < 5; ++hook) {
    const bool has = valid_hooks & 1u << hook;
    set(info->hook_entry[hook], has ? at : 0xffffffffu);
    set(info->underflow[hook], has ? at : 0xffffffffu);
    if (!has) continue;
    putRule(get_entry(info->entries, at), IptRule{}, IptAccept);
    at += PLAIN_ENTRY;
  }
  set(info->number, chains);
  set(info->initial_entries, chains);
  return info;
}

// The table's hooks: one for each of its chains, all leading to ipt_do_table() with the table as their own.
static int hookIn(const net* net, const xt_table* table, int priority) {
  const u32 n = static_cast<u32>(__builtin_popcount(table->valid_hooks));
  const nf_hook_ops* ops = allocateHooks(n);
  if (!ops) return -ENOMEM;
  for (u32 hook = 0, i = 0; hook < 5; ++hook) {
    if (!(table->valid_hooks & 1u << hook)) continue;
    setAddress(&ops[i].priv, table);
    layHook(&ops[i++], fn<ipt_do_table>.address(), hook, priority);
  }
  set(table->ops, ops);
  return nf_register_net_hooks(net, ops, n);
}

const xt_table* ipt_register_table(const net* net, const char* name, u32 valid_hooks, int priority) {
  KFUNC(ipt_register_table, net, valid_hooks, priority);
  const auto* table = kzalloc<xt_table>(GFP_KERNEL);
  const xt_table_info* info = table ? emptyTable(valid_hooks) : nullptr;
  if (!info) return kfree(table), call.result<const xt_table*>(nullptr);
  set(table->valid_hooks, valid_hooks);
  set(table->private_, info);
  set(table->af, NFPROTO_IPV4);
  set(table->priority, priority);
  setBytes(table->name, name, static_cast<u32>(std::strlen(name)));
  setAddress(&table->me, net); // whose table it is; the kernel has a list for each namespace
  list_add(&table->list, xt_tables);
  return call.result(table);
}
static const xt_table* hookedTable(const net* net, const char* name, u32 valid_hooks, int priority) {
  const xt_table* table = ipt_register_table(net, name, valid_hooks, priority);
  return table && !hookIn(net, table, priority) ? table : nullptr;
}

const xt_table* ipt_find_table(const net* net, const char* name) {
  if (!xt_tables->next.value) INIT_LIST_HEAD(xt_tables);
  for (const xt_table* t : list_for_each_entry(xt_table, list, xt_tables.get()))
    if (t->me.value == Arena::address(net) && !std::strcmp(reinterpret_cast<const char*>(t->name), name)) return t;
  constexpr u32 all = 0x1f, filter = 1u << NF_INET_LOCAL_IN | 1u << NF_INET_FORWARD | 1u << NF_INET_LOCAL_OUT;
  if (!std::strcmp(name, "filter")) return hookedTable(net, name, filter, NF_IP_PRI_FILTER);
  if (!std::strcmp(name, "mangle")) return hookedTable(net, name, all, NF_IP_PRI_MANGLE);
  if (!std::strcmp(name, "nat")) return iptable_nat_table_init(net);
  return nullptr;
}

void image_ip_tables() {
  xt_register_match(udp_mt_reg, "udp", 0, sizeof(xt_udp));
  xt_register_match(tcp_mt_reg, "tcp", 0, sizeof(xt_tcp));
  set(udp_mt_reg->proto, IPPROTO_UDP);
  set(tcp_mt_reg->proto, IPPROTO_TCP);
  set(udp_mt_reg->match, fn<udp_mt>);
  set(tcp_mt_reg->match, fn<tcp_mt>);
  set(ipt_standard_target->family, NFPROTO_IPV4);
}

} // namespace sockwalk::kernel
