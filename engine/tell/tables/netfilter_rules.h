// A rule of an xt_table in words: as iptables(8) writes it.
#pragma once
#include "engine/memory/structures.h"
#include "engine/tell/text.h"

namespace sockwalk::tell::tables {

Text ruleText(
    const kernel::ipt_entry& e); // "-s 10.0.0.1 -p udp --dport 7 -j REJECT --reject-with icmp-port-unreachable"

} // namespace sockwalk::tell::tables
