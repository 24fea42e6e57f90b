// Of which flow a packet is, read from its bytes, and a number that all packets of a flow share.
// Source: include/net/flow_dissector.h, include/linux/skbuff.h.
#pragma once
#include "engine/kernel/include/linux/skbuff.h"

namespace sockwalk::kernel {

// Fills what `keys` is to have: where the transport header begins (control.thoff, from skb->data) and, `withPorts`, protocol,
// addresses and ports. False: it is of a kind that is not looked into.
bool __skb_flow_dissect(const sk_buff* skb, const flow_keys* keys, bool withPorts);

void __skb_get_hash_net(const net* net, const sk_buff* skb); // into skb->hash
inline u32 skb_get_hash_net(const net* net, const sk_buff* skb) {
  if (!skb->l4_hash && !skb->sw_hash) __skb_get_hash_net(net, skb);
  return skb->hash;
}

u32 __skb_get_hash_symmetric(const sk_buff* skb); // without writing it down: both directions have the same

} // namespace sockwalk::kernel
