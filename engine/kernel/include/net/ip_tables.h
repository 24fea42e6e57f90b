// iptables, small enough to teach: for each namespace a "filter" and a "mangle" table, each one block of memory with its
// rules one after the other (ipt_entry, its matches, its target), just as Linux lays them out; the chains are the hooks.
// Source: net/ipv4/netfilter/{ip_tables,iptable_filter,iptable_mangle}.c.
#pragma once
#include "engine/kernel/include/linux/kernel.h"
#include "engine/memory/constants/netfilter.h"
#include <optional>
#include <string_view>
#include <vector>

namespace sockwalk::kernel {

// What to look for, addresses in network byte order, and what then: -NF_ACCEPT-1, -NF_DROP-1, or IptContinue: only count.
constexpr int IptContinue = 0;
// A match or a target by its name and revision, and what it is to know: the bytes of its own structure.
struct IptPart {
  std::string_view name;
  u8 revision;
  std::vector<u8> info;
};
struct IptRule {
  u32 src = 0, srcMask = 0, dst = 0, dstMask = 0;
  bool notSrc = false, notDst = false;
  const char* in = ""; // devices, "" for any
  const char* out = "";
  u16 protocol = 0;                                   // 0: any
  u16 sports[2] = {0, 65535}, dports[2] = {0, 65535}; // of TCP and UDP, from and to
  std::vector<IptPart> matches;                       // besides that of the protocol
  int verdict = IptContinue;
  std::optional<IptPart> target; // instead of the verdict
};
constexpr int IptDrop = -NF_DROP - 1, IptAccept = -NF_ACCEPT - 1;

// `table`: "filter" (INPUT, FORWARD, OUTPUT), "mangle" (all five) or "nat" (all but FORWARD). Made, and hooked in, when first used in a namespace.
const xt_table* ipt_find_table(const net* net, const char* table); // nullptr: there is none of that name, or no memory
// -EINVAL: the table has no such chain, or a match or the target may not stand there.
int ipt_append_rule(const xt_table* table, u32 hook, const IptRule& rule);
int ipt_set_policy(const xt_table* table, u32 hook, int verdict);
int ipt_flush(const xt_table* table, int hook); // -1: all chains; the policies stay

// A table without rules, not hooked in yet; nullptr: no memory.
const xt_table* ipt_register_table(const net* net, const char* name, u32 valid_hooks, int priority);
const xt_table* iptable_nat_table_init(const net* net); // "nat", asked by NAT's own hooks: iptable_nat.cpp

u32 ipt_do_table(const void* priv, const sk_buff* skb, const nf_hook_state* state);

} // namespace sockwalk::kernel
