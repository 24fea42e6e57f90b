// Routing decisions for IPv4: which rtable (a dst_entry and what IPv4 adds) a packet gets.
// Addresses and ports are in network byte order. Source: include/net/route.h, net/ipv4/route.c.
#pragma once
#include "engine/kernel/include/net/dst.h"
#include "engine/kernel/include/net/ip_fib.h"
#include "engine/memory/constants/inet.h"

namespace sockwalk::kernel {

extern Global<dst_ops> ipv4_dst_ops;
int ip_rt_init();

// Decides where a packet that arrived goes and gives `skb` its destination, borrowed if the decision is cached.
// 0, or -EINVAL, -EHOSTUNREACH, -EXDEV... and then the caller drops it.
int ip_route_input_noref(const sk_buff* skb, u32 daddr, u32 saddr, u8 tos, const net_device* dev);
// The packet before it in the list (`hint`) went to the same address: take its decision, after checking the source.
int ip_route_use_hint(const sk_buff* skb, u32 daddr, u32 saddr, u8 tos, const net_device* dev, const sk_buff* hint);

const rtable* rt_dst_clone(const net_device* dev, const rtable* rt); // a copy that belongs to another device
const rtable* rt_dst_alloc(const net_device* dev, u32 flags, u16 type, bool noxfrm);
// The rtable for a flow, counted; an ERR_PTR when there is no way (-ENETUNREACH, -EINVAL ...). Fills in fl4->saddr
// and fl4->flowi4_oif if they were open.
const rtable* ip_route_output_key_hash(const net* net, const flowi4* fl4, const sk_buff* skb);
const rtable* ip_route_output_key_hash_rcu(const net* net, const flowi4* fl4, const fib_result* res,
                                           const sk_buff* skb);
const rtable* ip_route_output_flow(const net* net, const flowi4* fl4, const sock* sk);
const rtable* ip_route_output_ports(const net* net, const flowi4* fl4, const sock* sk, u32 daddr, u32 saddr, u16 dport,
                                    u16 sport, u8 proto, u8 tos, int oif); // net/ipv4/ip_queue.cpp
const rtable* __ip_route_output_key(const net* net, const flowi4* fl4);
const rtable* ip_route_output_key(const net* net, const flowi4* fl4);

void rt_cache_flush(const net* net);
void ip_rt_get_source(const u8* addr, const sk_buff* skb, const rtable* rt);

inline void ip_rt_put(const rtable* rt) { dst_release(rt ? &rt->dst : nullptr); }
inline bool rt_is_input_route(const rtable* rt) { return rt->rt_is_input != 0; }
inline bool rt_is_output_route(const rtable* rt) { return rt->rt_is_input == 0; }
inline u32 rt_nexthop(const rtable* rt, u32 daddr) { return rt->rt_gw_family == 2 ? rt->rt_gw4 : daddr; }
int ip4_dst_hoplimit(const dst_entry* dst);

// The neighbour behind an address, made if unknown; no reference. An ERR_PTR when there is no memory.
const neighbour* ip_neigh_gw4(const net_device* dev, u32 daddr);
void rt_add_uncached_list(const rtable* rt);

// ---- fib_frontend
u32 inet_addr_type_table(const net* net, u32 addr, u32 tb_id);
u32 inet_addr_type(const net* net, u32 addr);
u32 inet_dev_addr_type(const net* net, const net_device* dev, u32 addr);
u32 inet_addr_type_dev_table(const net* net, const net_device* dev, u32 addr);
void fib_add_ifaddr(const in_ifaddr* ifa);

// ---- forwarding, and what routers tell of a path
void ip_rt_send_redirect(const sk_buff* skb); // "there is a shorter way": rationed for each host

// ---- exceptions: what is known of one host behind a next hop
// An ICMP "fragmentation needed" said that only `mtu` bytes pass; `oif` and `protocol` as in the packet it is about.
void ipv4_update_pmtu(const sk_buff* skb, const net* net, u32 mtu, int oif, u8 protocol);
void ipv4_sk_update_pmtu(const sk_buff* skb, const sock* sk, u32 mtu);
void ipv4_redirect(const sk_buff* skb, const net* net, int oif, u8 protocol);
void ipv4_sk_redirect(const sk_buff* skb, const sock* sk);

// The type of service as a queue's priority: 0 best effort, 2 bulk, 4 and 6 interactive.
inline u8 rt_tos2priority(u8 tos) {
  constexpr u8 ip_tos2prio[16] = {0, 0, 0, 0, 2, 2, 2, 2, 6, 6, 6, 6, 4, 4, 4, 4};
  return ip_tos2prio[(tos & IPTOS_TOS_MASK) >> 1];
}

// Whether the interface is in a group (network order) for packets from `src_addr`.
int ip_mc_validate_source(const sk_buff* skb, u32 daddr, u32 saddr, u8 tos, const net_device* dev,
                          const in_device* in_dev); // 0: a packet to a group may come from there

} // namespace sockwalk::kernel
