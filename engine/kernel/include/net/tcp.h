// TCP: constants and what its files share. Source: include/net/tcp.h.
#pragma once
#include "engine/kernel/include/linux/rbtree.h"
#include "engine/kernel/include/linux/skbuff.h"
#include "engine/kernel/include/net/inet_sock.h"
#include "engine/memory/constants/tcp.h"

namespace sockwalk::kernel {

inline u32 HZ() { return machine().options().hz; }
inline u32 TCP_TIMEOUT_INIT() { return HZ(); } // 1 s, in jiffies
inline u32 TCP_TIMEOUT_MIN() { return 2; }
inline u32 TCP_TIMEOUT_FALLBACK() { return 3 * HZ(); }
inline u32 TCP_RTO_MIN() { return HZ() / 5; } // 200 ms
inline u32 TCP_RTO_MAX() { return 120 * HZ(); }
inline u32 TCP_DELACK_MAX() { return HZ() / 5; }  // 200 ms
inline u32 TCP_DELACK_MIN() { return HZ() / 25; } // 40 ms
inline u32 TCP_ATO_MIN() { return HZ() / 25; }
inline u32 TCP_RESOURCE_PROBE_INTERVAL() { return HZ() / 2; }
inline u32 TCP_TIMEWAIT_LEN() { return 60 * HZ(); }
inline u32 tcp_jiffies32() { return static_cast<u32>(machine().jiffies()); }

// Sequence numbers wrap: one is before another if it is less than half the circle behind it.
constexpr bool before(u32 a, u32 b) { return static_cast<s32>(a - b) < 0; }
constexpr bool after(u32 a, u32 b) { return before(b, a); }
constexpr bool between(u32 at, u32 low, u32 high) { return high - low >= at - low; }

inline const tcp_skb_cb* TCP_SKB_CB(const sk_buff* skb) { return reinterpret_cast<const tcp_skb_cb*>(skb->cb); }
inline u32 tcp_skb_pcount(const sk_buff* skb) { return TCP_SKB_CB(skb)->tcp_gso_segs; }
inline u32 tcp_skb_mss(const sk_buff* skb) { return TCP_SKB_CB(skb)->tcp_gso_size; }
inline const inet_timewait_sock* inet_twsk(const sock* sk) { return skCast<inet_timewait_sock>(sk); }
inline const tcp_timewait_sock* tcp_twsk(const sock* sk) { return skCast<tcp_timewait_sock>(sk); }
inline const request_sock* inet_reqsk(const sock* sk) { return skCast<request_sock>(sk); }
inline const inet_request_sock* inet_rsk(const request_sock* req) { return skCast<inet_request_sock>(req); }
inline const tcp_request_sock* tcp_rsk(const request_sock* req) { return skCast<tcp_request_sock>(req); }
inline const sock* req_to_sk(const request_sock* req) { return skCast<sock>(req); }
inline bool sk_fullsock(const sock* sk) { return !(1 << sk->sk_state & (TCPF_TIME_WAIT | TCPF_NEW_SYN_RECV)); }

// What waits to be sent the first time is a list; what was sent and not acknowledged, a red-black tree by sequence number.
inline const sk_buff* tcp_send_head(const sock* sk) { return skb_peek(&sk->sk_write_queue); }
inline bool tcp_write_queue_empty(const sock* sk) { return tcp_sk(sk)->write_seq == tcp_sk(sk)->snd_nxt; }
inline bool tcp_rtx_queue_empty(const sock* sk) { return !sk->tcp_rtx_queue.rb_node.value; }
inline const sk_buff* rb_to_skb(const rb_node* n) { return n ? container_of(n, sk_buff, rbnode) : nullptr; }
inline const sk_buff* skb_rb_first(const rb_root* root) { return rb_to_skb(rb_first(root)); }
inline const sk_buff* skb_rb_last(const rb_root* root) { return rb_to_skb(rb_last(root)); }
inline const sk_buff* skb_rb_next(const sk_buff* skb) { return rb_to_skb(rb_next(&skb->rbnode)); }
inline const sk_buff* skb_rb_prev(const sk_buff* skb) { return rb_to_skb(rb_prev(&skb->rbnode)); }
inline const sk_buff* tcp_rtx_queue_head(const sock* sk) { return skb_rb_first(&sk->tcp_rtx_queue); }
inline const sk_buff* tcp_rtx_queue_tail(const sock* sk) { return skb_rb_last(&sk->tcp_rtx_queue); }
inline const sk_buff* tcp_write_queue_tail(const sock* sk) { return skb_peek_tail(&sk->sk_write_queue); }

inline u32 tcp_left_out(const tcp_sock* tp) { return tp->sacked_out + tp->lost_out; }
inline u32 tcp_packets_in_flight(const tcp_sock* tp) { return tp->packets_out - tcp_left_out(tp) + tp->retrans_out; }
inline bool tcp_in_slow_start(const tcp_sock* tp) { return tp->snd_cwnd < tp->snd_ssthresh; }
inline bool tcp_is_sack(const tcp_sock* tp) { return tp->rx_opt.sack_ok; }
inline u32 tcp_wnd_end(const tcp_sock* tp) { return tp->snd_una + tp->snd_wnd; }
inline u32 tcp_receive_window(const tcp_sock* tp) { // bytes still offered to the peer
  const s32 win = static_cast<s32>(tp->rcv_wup + tp->rcv_wnd - tp->rcv_nxt);
  return win < 0 ? 0 : static_cast<u32>(win);
}

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
int tcp_set_ulp(const sock* sk, const char* name); // -ENOENT: no such protocol
void tcp_fastopen_active_disable_ofo_check(const sock* sk);
void tcp_fastopen_destroy_cipher(const sock* sk);

} // namespace sockwalk::kernel
