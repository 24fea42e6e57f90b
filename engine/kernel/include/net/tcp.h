// TCP: constants and what its files share. Source: include/net/tcp.h.
#pragma once
#include "engine/kernel/include/linux/rbtree.h"
#include "engine/kernel/include/linux/skbuff.h"
#include "engine/kernel/include/net/inet_sock.h"

namespace sockwalk::kernel {

constexpr u32 TCP_INIT_CWND = 10, TCP_INFINITE_SSTHRESH = 0x7fffffff, TCP_MSS_DEFAULT = 536, TCP_MIN_MSS = 88,
              TCP_MIN_SND_MSS = 48, TCP_BASE_MSS = 1024, TCP_MIN_GSO_SIZE = TCP_MIN_SND_MSS - 40,
              MAX_TCP_WINDOW = 32767, TCP_MAX_WSCALE = 14, TCP_FASTRETRANS_THRESH = 3, TCP_MAX_QUICKACKS = 16,
              TCP_SACK_SEEN = 1, TCP_RACK_RECOVERY_THRESH = 16, TCP_NUM_SACKS = 4, TCP_MAX_REORDERING_DEFAULT = 300;
enum {
  TCPF_ESTABLISHED = 1 << 1,
  TCPF_SYN_SENT = 1 << 2,
  TCPF_SYN_RECV = 1 << 3,
  TCPF_FIN_WAIT1 = 1 << 4,
  TCPF_FIN_WAIT2 = 1 << 5,
  TCPF_TIME_WAIT = 1 << 6,
  TCPF_CLOSE = 1 << 7,
  TCPF_CLOSE_WAIT = 1 << 8,
  TCPF_LAST_ACK = 1 << 9,
  TCPF_LISTEN = 1 << 10,
  TCPF_CLOSING = 1 << 11,
  TCPF_NEW_SYN_RECV = 1 << 12
};
enum : u8 {
  TCPHDR_FIN = 1,
  TCPHDR_SYN = 2,
  TCPHDR_RST = 4,
  TCPHDR_PSH = 8,
  TCPHDR_ACK = 0x10,
  TCPHDR_URG = 0x20,
  TCPHDR_ECE = 0x40,
  TCPHDR_CWR = 0x80,
  TCPHDR_SYN_ECN = TCPHDR_SYN | TCPHDR_ECE | TCPHDR_CWR
};
enum {
  TCPOPT_NOP = 1,
  TCPOPT_EOL = 0,
  TCPOPT_MSS = 2,
  TCPOPT_WINDOW = 3,
  TCPOPT_SACK_PERM = 4,
  TCPOPT_SACK = 5,
  TCPOPT_TIMESTAMP = 8,
  TCPOPT_MD5SIG = 19,
  TCPOPT_FASTOPEN = 34,
  TCPOPT_EXP = 254
};
constexpr u32 TCPOLEN_MSS = 4, TCPOLEN_WINDOW = 3, TCPOLEN_SACK_PERM = 2, TCPOLEN_TIMESTAMP = 10,
              TCPOLEN_TSTAMP_ALIGNED = 12, TCPOLEN_WSCALE_ALIGNED = 4, TCPOLEN_SACKPERM_ALIGNED = 4,
              TCPOLEN_SACK_BASE = 2, TCPOLEN_SACK_BASE_ALIGNED = 4, TCPOLEN_SACK_PERBLOCK = 8, TCPOLEN_MSS_ALIGNED = 4,
              MAX_TCP_OPTION_SPACE = 40;
enum { TCP_NAGLE_OFF = 1, TCP_NAGLE_CORK = 2, TCP_NAGLE_PUSH = 4 };              // tp->nonagle
enum { TCP_CA_Open, TCP_CA_Disorder, TCP_CA_CWR, TCP_CA_Recovery, TCP_CA_Loss }; // icsk_ca_state
enum {
  CA_EVENT_TX_START,
  CA_EVENT_CWND_RESTART,
  CA_EVENT_COMPLETE_CWR,
  CA_EVENT_LOSS,
  CA_EVENT_ECN_NO_CE,
  CA_EVENT_ECN_IS_CE
};
// TCP_SKB_CB(skb)->sacked: what is known of a segment that was sent
enum : u8 {
  TCPCB_SACKED_ACKED = 1,
  TCPCB_SACKED_RETRANS = 2,
  TCPCB_LOST = 4,
  TCPCB_TAGBITS = 7,
  TCPCB_REPAIRED = 0x10,
  TCPCB_EVER_RETRANS = 0x80,
  TCPCB_RETRANS = TCPCB_SACKED_RETRANS | TCPCB_EVER_RETRANS | TCPCB_REPAIRED
};
enum { ICSK_TIME_RETRANS = 1, ICSK_TIME_DACK, ICSK_TIME_PROBE0, ICSK_TIME_LOSS_PROBE, ICSK_TIME_REO_TIMEOUT };
enum {
  ICSK_ACK_SCHED = 1,
  ICSK_ACK_TIMER = 2,
  ICSK_ACK_PUSHED = 4,
  ICSK_ACK_PUSHED2 = 8,
  ICSK_ACK_NOW = 16,
  ICSK_ACK_NOMEM = 32
};
// What softirqs leave for the owner of the socket (sk->sk_tsq_flags): bit numbers.
enum tsq_enum {
  TSQ_THROTTLED,
  TSQ_QUEUED,
  TCP_TSQ_DEFERRED,
  TCP_WRITE_TIMER_DEFERRED,
  TCP_DELACK_TIMER_DEFERRED,
  TCP_MTU_REDUCED_DEFERRED,
  TCP_ACK_DEFERRED
};
enum { TCP_ECN_OK = 1, TCP_ECN_QUEUE_CWR = 2, TCP_ECN_DEMAND_CWR = 4, TCP_ECN_SEEN = 8 };
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
enum { TCP_CHRONO_UNSPEC, TCP_CHRONO_BUSY, TCP_CHRONO_RWND_LIMITED, TCP_CHRONO_SNDBUF_LIMITED };

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
