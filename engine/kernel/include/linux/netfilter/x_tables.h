// Matches and targets: what the rules of all families are made of. A match looks at the packet and says yes or no; a target
// does something with it and gives a verdict, or XT_CONTINUE. Both are found by name and checked when a rule is made.
// Source: include/linux/netfilter/x_tables.h, net/netfilter/{x_tables,xt_tcpudp}.c.
#pragma once
#include "engine/kernel/include/linux/kernel.h"
#include <string_view>

namespace sockwalk::kernel {

// In the order in which they are found; nullptr: there is none of that name and revision.
const xt_match* xt_find_match(std::string_view name, u8 revision);
const xt_target* xt_find_target(std::string_view name, u8 revision);
void xt_register_match(const xt_match* match, std::string_view name, u8 revision, u32 size);
void xt_register_target(const xt_target* target, std::string_view name, u8 revision, u32 size);

// May it stand in this table, at these hooks, for this protocol? 0 or -EINVAL, or what its own check says.
int xt_check_match(const xt_mtchk_param* par, u16 proto);
int xt_check_target(const xt_tgchk_param* par, u16 proto);

const xt_table_info* xt_alloc_table_info(u32 size); // nullptr: no memory
void xt_replace_table(const xt_table* table, const xt_table_info* info);

bool udp_mt(const sk_buff* skb, const xt_action_param* par);
bool tcp_mt(const sk_buff* skb, const xt_action_param* par);

} // namespace sockwalk::kernel
