// Refusing a packet with an answer: an ICMP error, or for TCP a RST.
// Source: include/net/netfilter/ipv4/nf_reject.h, net/ipv4/netfilter/{nf_reject_ipv4,ipt_REJECT}.c.
#pragma once
#include "engine/kernel/include/linux/kernel.h"

namespace sockwalk::kernel {

void nf_send_unreach(const sk_buff* skb_in, int code, int hook);
void nf_send_reset(const net* net, const sock* sk, const sk_buff* oldskb, int hook);

} // namespace sockwalk::kernel
