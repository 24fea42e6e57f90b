// What a packet knows of its connection: skb->_nfct is the address of the connection's entry and, in the low three bits,
// what the packet is to it. Source: include/linux/netfilter/nf_conntrack_common.h, include/linux/skbuff.h.
#pragma once
#include "engine/kernel/include/linux/skbuff.h"
#include "engine/memory/constants/netfilter.h"

namespace sockwalk::kernel {

constexpr u64 NFCT_INFOMASK = 7;

void nf_conntrack_destroy(const nf_conntrack* nfct); // nobody holds the entry any more; net/netfilter/core.cpp

inline const nf_conntrack* skb_nfct(const sk_buff* skb) {
  return t_arena->object<nf_conntrack>(skb->_nfct & ~NFCT_INFOMASK);
}
inline void nf_conntrack_get(const nf_conntrack* nfct) {
  if (nfct) refcount_inc(&nfct->use);
}
inline void nf_conntrack_put(const nf_conntrack* nfct) {
  if (nfct && refcount_dec_and_test(&nfct->use)) nf_conntrack_destroy(nfct);
}
// The packet is where no rule asks for its connection any more.
inline void nf_reset_ct(const sk_buff* skb) {
  if (!skb->_nfct) return;
  nf_conntrack_put(skb_nfct(skb));
  set(skb->_nfct, 0);
}

} // namespace sockwalk::kernel
