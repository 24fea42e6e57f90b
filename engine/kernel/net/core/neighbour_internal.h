// What the parts of neighbour.c share.
#pragma once
#include "engine/kernel/include/linux/skbuff.h"
#include "engine/kernel/include/net/arp.h"
#include "engine/kernel/include/net/neighbour.h"

namespace sockwalk::kernel {

void neigh_timer_handler(const timer_list* t);
const neighbour* ___neigh_create(const neigh_table* tbl, const void* pkey, const net_device* dev, bool want_ref);
void neigh_update_notify(const neighbour* neigh, u32 nlmsg_pid);
int __neigh_update(const neighbour* neigh, const u8* lladdr, u8 state, u32 flags, u32 nlmsg_pid);
bool neigh_remove_one(const neighbour* ndel); // out of its table; false: somebody still uses it

void neigh_stop(const neighbour* n);
int neigh_ifdown(const neigh_table* tbl, const net_device* dev); // all that stand behind the device

// ---- the hash table, for who goes through all of it
u32 neigh_buckets(const neigh_table* tbl);
const neighbour* neigh_bucket(const neigh_table* tbl, u32 nr);

// ---- over netlink
constexpr u32 NeighbourMessage = 144; // what the largest message about a neighbour may need
int neigh_fill_info(const sk_buff* skb, const neighbour* n, u32 pid, u32 seq, int type, u32 flags);
void neigh_gone_notify(const neighbour* n);
void neigh_init();

int neigh_blackhole(const neighbour* neigh, const sk_buff* skb);

} // namespace sockwalk::kernel
