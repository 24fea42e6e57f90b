// The netfilter: at five places of a packet's way a list of hooks may look at it, change, keep or drop it.
// Source: include/linux/netfilter.h, net/netfilter/core.c.
#pragma once
#include "engine/kernel/include/linux/kernel.h"

namespace sockwalk::kernel {

using okfn_t = TypedSymbol<s32(const struct net*, const struct sock*, const struct sk_buff*)>;
int nf_register_net_hook(const net* net, const nf_hook_ops* reg);
int nf_register_net_hooks(const net* net, const nf_hook_ops* reg, u32 n);
// For a list of packets: those that pass stay on it.
void NF_HOOK_LIST(u8 pf, u32 hook, const net* net, const sock* sk, const list_head* head, const net_device* indev,
                  const net_device* outdev, const okfn_t& okfn);
int nf_hook_slow(const sk_buff* skb, const nf_hook_state* state, const nf_hook_entries* e, u32 s);
// 1: go on with okfn; 0 or negative: a hook took or dropped the packet.
int nf_hook(u8 pf, u32 hook, const net* net, const sock* sk, const sk_buff* skb, const net_device* indev,
            const net_device* outdev, const okfn_t& okfn);
void nf_ct_attach(const sk_buff* to, const sk_buff* skb);

} // namespace sockwalk::kernel
