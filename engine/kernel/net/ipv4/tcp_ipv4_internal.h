// What the parts of tcp_ipv4.c share.
#pragma once
#include "engine/kernel/include/linux/kernel.h"

namespace sockwalk::kernel {

// Answers without a socket of their own. `sk`: nullptr, or whatever was found for the segment.
void tcp_v4_send_reset(const sock* sk, const sk_buff* skb);
void tcp_v4_timewait_ack(const sock* sk, const sk_buff* skb); // gives back the caller's reference
void tcp_v4_reqsk_send_ack(const sock* sk, const sk_buff* skb, const request_sock* req);

// ---- tcp_ipv4*.cpp
int tcp_v4_pre_connect(const sock* sk, const sockaddr* uaddr, s32 addr_len);

int tcp_sk_init(const net* net); // the sysctls of TCP and the control socket of one network namespace

} // namespace sockwalk::kernel
