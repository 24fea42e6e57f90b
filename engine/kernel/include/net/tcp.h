// TCP: constants and what its files share. Source: include/net/tcp.h.
#pragma once
#include "engine/kernel/include/net/inet_sock.h"

namespace sockwalk::kernel {

constexpr u32 TCP_INIT_CWND = 10, TCP_INFINITE_SSTHRESH = 0x7fffffff, TCP_MSS_DEFAULT = 536;
inline u32 TCP_TIMEOUT_INIT() { return machine().options().hz; }    // 1 s, in jiffies
inline u32 TCP_RTO_MIN() { return machine().options().hz / 5; }     // 200 ms
inline u32 TCP_DELACK_MAX() { return machine().options().hz / 5; }  // 200 ms
enum { TCP_CHRONO_UNSPEC, TCP_CHRONO_BUSY, TCP_CHRONO_RWND_LIMITED, TCP_CHRONO_SNDBUF_LIMITED };

extern Global<tcp_congestion_ops> cubictcp, tcp_reno;
extern Global<inet_connection_sock_af_ops> ipv4_specific;
extern Global<u32> tcp_orphan_count;

// ---- tcp.cpp
void tcp_init_sock(const sock* sk);
void tcp_close(const sock* sk, s64 timeout);
void tcp_set_state(const sock* sk, int state);
void tcp_write_queue_purge(const sock* sk);
int tcp_ioctl(const sock* sk, int cmd, u64 arg);
// ---- tcp_output.cpp
void tcp_chrono_stop(const sock* sk, u32 type);
void tcp_release_cb(const sock* sk);
// ---- tcp_timer.cpp
void tcp_init_xmit_timers(const sock* sk);
// ---- tcp_cong.cpp
void image_tcp_cong();
void tcp_assign_congestion_control(const sock* sk);
void tcp_cleanup_congestion_control(const sock* sk);
// ---- net/core/skbuff_rbtree.cpp
u32 skb_rbtree_purge(const rb_root* root); // bytes of truesize that were freed
// ---- tcp_ulp.cpp, tcp_fastopen.cpp
void tcp_cleanup_ulp(const sock* sk);
void tcp_fastopen_active_disable_ofo_check(const sock* sk);
void tcp_fastopen_destroy_cipher(const sock* sk);

} // namespace sockwalk::kernel
