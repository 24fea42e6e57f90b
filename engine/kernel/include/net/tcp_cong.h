// Congestion control: how much may be in flight. The algorithm is a table of functions that a socket points at.
// Windows count packets. Source: include/net/tcp.h, net/ipv4/tcp_{cong,cubic}.c.
#pragma once
#include "engine/kernel/include/net/tcp.h"
#include "engine/memory/constants/tcp.h"

namespace sockwalk::kernel {

// What an acknowledgement tells the algorithm; made on the host's stack.
struct ack_sample {
  u32 pkts_acked;
  s32 rtt_us;
  u32 in_flight;
};

void image_tcp_cubic();
int cubictcp_register(); // boot
void tcp_congestion_default();
int tcp_register_congestion_control(const tcp_congestion_ops* ca);
void tcp_init_congestion_control(const sock* sk);
const tcp_congestion_ops* tcp_ca_find(const char* name); // host string
int tcp_set_congestion_control(const sock* sk, const char* name, bool load, bool cap_net_admin);
int tcp_set_default_congestion_control(const net* net, const char* name); // of a namespace; -ENOENT: no such one
void tcp_set_ca_state(const sock* sk, u8 ca_state);
u32 tcp_slow_start(const tcp_sock* tp, u32 acked);
void tcp_cong_avoid_ai(const tcp_sock* tp, u32 w, u32 acked);
void tcp_reno_cong_avoid(const sock* sk, u32 ack, u32 acked);
u32 tcp_reno_ssthresh(const sock* sk);
u32 tcp_reno_undo_cwnd(const sock* sk);

} // namespace sockwalk::kernel
