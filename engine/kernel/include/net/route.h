// Routing decisions for IPv4: which rtable (a dst_entry and what IPv4 adds) a packet gets.
// Addresses and ports are in network byte order. Source: include/net/route.h, net/ipv4/route.c.
#pragma once
#include "engine/kernel/include/net/ip_fib.h"
#include "engine/memory/constants/inet.h"

namespace sockwalk::kernel {

extern Global<dst_ops> ipv4_dst_ops;
void image_ipv4_dst_ops();
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
const rtable* __ip_route_output_key(const net* net, const flowi4* fl4);
const rtable* ip_route_output_key(const net* net, const flowi4* fl4);

const dst_entry* ipv4_dst_check(const dst_entry* dst, u32 cookie);
u32 ipv4_mtu(const dst_entry* dst);
u32 ipv4_default_advmss(const dst_entry* dst);
void ipv4_negative_advice(const sock* sk, const dst_entry* dst);
const neighbour* ipv4_neigh_lookup(const dst_entry* dst, const sk_buff* skb, const void* daddr);
void rt_cache_flush(const net* net);
int ip_error(const sk_buff* skb);
int ip_rt_bug(const net* net, const sock* sk, const sk_buff* skb);
void ip_rt_get_source(const u8* addr, const sk_buff* skb, const rtable* rt);

inline const rtable* skb_rtable(const sk_buff* skb) { return reinterpret_cast<const rtable*>(skb_dst(skb)); }
inline void ip_rt_put(const rtable* rt) { dst_release(rt ? &rt->dst : nullptr); }
inline bool rt_is_input_route(const rtable* rt) { return rt->rt_is_input != 0; }
inline bool rt_is_output_route(const rtable* rt) { return rt->rt_is_input == 0; }
inline u32 rt_nexthop(const rtable* rt, u32 daddr) { return rt->rt_gw_family == 2 ? rt->rt_gw4 : daddr; }
int ip4_dst_hoplimit(const dst_entry* dst);

// Fills a flow that a sender asks a route for.
void flowi4_init_output(const flowi4* fl4, int oif, u32 mark, u8 tos, u8 scope, u8 proto, u8 flags, u32 daddr,
                        u32 saddr, u16 dport, u16 sport, u32 uid);
void flowi4_update_output(const flowi4* fl4, int oif, u8 tos, u32 daddr, u32 saddr);

} // namespace sockwalk::kernel
