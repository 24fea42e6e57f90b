// What the parts of connection tracking share.
#pragma once
#include "engine/kernel/include/linux/list.h"
#include "engine/kernel/include/linux/netfilter.h"
#include "engine/kernel/include/net/netfilter/nf_conntrack.h"

namespace sockwalk::kernel {

int nf_conntrack_init_start();      // the table; 0 or -ENOMEM
int nf_conntrack_standalone_init(); // all of the module, unless it is there already
// One more in a list of hooks, which is made anew; 0 or -ENOMEM. core.cpp
int nf_hook_entries_insert_raw(const kptr<nf_hook_entries>& pp, const nf_hook_ops* reg);
void nf_ct_destroy(const nf_conntrack* nfct);
const nf_conntrack_tuple_hash* findHeld(const net* net, const nf_conntrack_tuple* tuple, u32 hash);
const hlist_nulls_head* bucketOf(u32 hash);
void nf_conntrack_attach(const sk_buff* nskb, const sk_buff* skb);
void nf_conntrack_set_closing(const nf_conntrack* nfct);
int answerTo(u8 type); // of ICMP: a question's answer, an answer's question; -1: it is neither
u32 ipv4_confirm(const void* priv, const sk_buff* skb, const nf_hook_state* state);

// Of NAT, where it is in use (nf_nat_core.cpp): the entry leaves the list of those by their source.
void nf_nat_cleanup(const nf_conn* ct);

} // namespace sockwalk::kernel
