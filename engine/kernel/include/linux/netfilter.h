// The netfilter: at five places of a packet's way a list of hooks may look at it, change, keep or drop it.
// Source: include/linux/netfilter.h, net/netfilter/core.c.
#pragma once
#include "engine/kernel/include/linux/kernel.h"

namespace sockwalk::kernel {

using okfn_t = TypedSymbol<s32(const struct net*, const struct sock*, const struct sk_buff*)>;
// A hook of IPv4 is laid down, or room for so many of them taken (nullptr: no memory). core.cpp
void layHook(const nf_hook_ops* ops, u64 function, u32 hook, int priority, int line = __builtin_LINE());
const nf_hook_ops* allocateHooks(u32 n, int line = __builtin_LINE());
int nf_register_net_hook(const net* net, const nf_hook_ops* reg);
int nf_register_net_hooks(const net* net, const nf_hook_ops* reg, u32 n);
// For a list of packets: those that pass stay on it.
void NF_HOOK_LIST(u8 pf, u32 hook, const net* net, const sock* sk, const list_head* head, const net_device* indev,
                  const net_device* outdev, const okfn_t& okfn);
int nf_hook_slow(const sk_buff* skb, const nf_hook_state* state, const nf_hook_entries* e, u32 s);
// 1: go on with okfn; 0 or negative: a hook took or dropped the packet.
int nf_hook(u8 pf, u32 hook, const net* net, const sock* sk, const sk_buff* skb, const net_device* indev,
            const net_device* outdev, const okfn_t& okfn);
void nf_unregister_net_hooks(const net* net, const nf_hook_ops* reg, u32 n);
// `to` is a packet about `skb`: it belongs to the same connection. Nothing happens where none is tracked.
void nf_ct_attach(const sk_buff* to, const sk_buff* skb);
void nf_ct_set_closing(const sk_buff* skb); // the connection of `skb` is over

// The checksum of what stands behind the IP header, `dataoff` bytes from skb->data: 0 if it is right or was not to be looked
// at. net/netfilter/utils.cpp
u16 nf_checksum(const sk_buff* skb, u32 hook, u32 dataoff, u8 protocol, u8 family);
u16 nf_ip_checksum(const sk_buff* skb, u32 hook, u32 dataoff, u8 protocol);
// A new route for a packet whose header was changed or made here; `addr_type` of its source address, RTN_UNSPEC to look it
// up. 0 or a negative errno. net/ipv4/netfilter.cpp
int ip_route_me_harder(const net* net, const sock* sk, const sk_buff* skb, u32 addr_type);

} // namespace sockwalk::kernel
