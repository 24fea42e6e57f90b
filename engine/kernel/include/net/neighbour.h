// Neighbours: who is on this link, by which hardware address, and how fresh that knowledge is (NUD states).
//   INCOMPLETE asks and queues -> REACHABLE while confirmed -> STALE -> (used) DELAY -> PROBE -> REACHABLE or FAILED
// Source: include/net/neighbour.h, net/core/neighbour.c, net/ipv4/arp.c.
#pragma once
#include "engine/kernel/include/linux/kernel.h"
#include "engine/kernel/include/linux/netdevice.h"

namespace sockwalk::kernel {

extern Global<neigh_table> arp_tbl;

void neigh_table_init(int index, const neigh_table* tbl);
void neigh_parms_release(const neigh_table* tbl, const neigh_parms* parms);
const neigh_parms* neigh_parms_alloc(const net_device* dev, const neigh_table* tbl);
// Counted; nullptr if the table does not know the address. `pkey`: the address as it is on the wire.
const neighbour* neigh_lookup(const neigh_table* tbl, const void* pkey, const net_device* dev);
const neighbour* __neigh_create(const neigh_table* tbl, const void* pkey, const net_device* dev, bool want_ref);
const neighbour* neigh_event_ns(const neigh_table* tbl, const u8* lladdr, const void* saddr, const net_device* dev);
int neigh_update(const neighbour* neigh, const u8* lladdr, u8 nud, u32 flags, u32 nlmsg_pid);
int __neigh_event_send(const neighbour* neigh, const sk_buff* skb, bool immediate_ok);
int neigh_resolve_output(const neighbour* neigh, const sk_buff* skb);
int neigh_connected_output(const neighbour* neigh, const sk_buff* skb);
int neigh_direct_output(const neighbour* neigh, const sk_buff* skb);
void neigh_destroy(const neighbour* neigh);
int neigh_output(const neighbour* n, const sk_buff* skb, bool skip_cache);

inline int NEIGH_VAR(const neigh_parms* p, int attr) { return p->data[attr]; }
inline void neigh_hold(const neighbour* n) { refcount_inc(&n->refcnt); }
inline const neighbour* neigh_clone(const neighbour* n) { return n ? (neigh_hold(n), n) : n; }
inline void neigh_release(const neighbour* n) {
  if (refcount_dec_and_test(&n->refcnt)) neigh_destroy(n);
}
int neigh_event_send_probe(const neighbour* neigh, const sk_buff* skb, bool immediate_ok);
inline int neigh_event_send(const neighbour* neigh, const sk_buff* skb) {
  return neigh_event_send_probe(neigh, skb, true);
}

// Somebody above heard from it: ARP need not ask again. Within one tick it is written once, not for each segment.
inline void neigh_confirm(const neighbour* n) {
  const u64 now = machine().jiffies();
  if (n && n->confirmed != now) set(n->confirmed, now);
}

u32 neigh_rand_reach_time(u32 base);

} // namespace sockwalk::kernel
