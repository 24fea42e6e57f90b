// What the parts of neighbour.c share.
#pragma once
#include "engine/kernel/include/linux/skbuff.h"
#include "engine/kernel/include/net/arp.h"
#include "engine/kernel/include/net/neighbour.h"

namespace sockwalk::kernel {

void neigh_timer_handler(const timer_list* t);
const neighbour* ___neigh_create(const neigh_table* tbl, const void* pkey, const net_device* dev, bool want_ref);
void neigh_update_notify(const neighbour* neigh, u32 nlmsg_pid);

int neigh_blackhole(const neighbour* neigh, const sk_buff* skb);

} // namespace sockwalk::kernel
