// What the parts of tcp_ipv4.c share.
#pragma once
#include "engine/kernel/include/net/tcp_handshake.h"
#include "engine/kernel/include/net/tcp_queue.h"

namespace sockwalk::kernel {

// Answers without a socket of their own. `sk`: nullptr, or whatever was found for the segment.
void tcp_v4_send_reset(const sock* sk, const sk_buff* skb);
void tcp_v4_timewait_ack(const sock* sk, const sk_buff* skb); // gives back the caller's reference
void tcp_v4_reqsk_send_ack(const sock* sk, const sk_buff* skb, const request_sock* req);
void tcp_v4_init();        // the socket from which these answers go
void image_tcp_requests(); // .data: the tables of connection requests
void image_tcp_timewait(); // .data: tcp_timewait_sock_ops

} // namespace sockwalk::kernel
