// TCP: constants and what its files share. Source: include/net/tcp.h.
#pragma once
#include "engine/kernel/include/linux/jiffies.h"
#include "engine/kernel/include/linux/rbtree.h"
#include "engine/kernel/include/linux/skbuff.h"
#include "engine/kernel/include/linux/tcp.h"
#include "engine/kernel/include/net/checksum.h"
#include "engine/kernel/include/net/dst.h"
#include "engine/kernel/include/net/inet_connection_sock.h"
#include "engine/kernel/include/net/inet_sock.h"
#include "engine/kernel/include/net/sock.h"
#include "engine/kernel/machine/machine.h"
#include "engine/memory/constants/skbuff.h"
#include "engine/memory/constants/socket.h"
#include "engine/memory/constants/tcp.h"

namespace sockwalk::kernel {

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

// What waits to be sent the first time is a list; what was sent and not acknowledged, a red-black tree by sequence number.
inline const sk_buff* tcp_send_head(const sock* sk) { return skb_peek(&sk->sk_write_queue); }
inline bool tcp_write_queue_empty(const sock* sk) { return tcp_sk(sk)->write_seq == tcp_sk(sk)->snd_nxt; }
inline bool tcp_rtx_queue_empty(const sock* sk) { return !sk->tcp_rtx_queue.rb_node.value; }
inline const sk_buff* tcp_rtx_queue_head(const sock* sk) { return skb_rb_first(&sk->tcp_rtx_queue); }
inline const sk_buff* tcp_rtx_queue_tail(const sock* sk) { return skb_rb_last(&sk->tcp_rtx_queue); }
inline const sk_buff* tcp_write_queue_tail(const sock* sk) { return skb_peek_tail(&sk->sk_write_queue); }

inline u32 tcp_left_out(const tcp_sock* tp) { return tp->sacked_out + tp->lost_out; }
inline u32 tcp_packets_in_flight(const tcp_sock* tp) { return tp->packets_out - tcp_left_out(tp) + tp->retrans_out; }
inline bool tcp_in_slow_start(const tcp_sock* tp) { return tp->snd_cwnd < tp->snd_ssthresh; }
inline bool tcp_is_sack(const tcp_sock* tp) { return tp->rx_opt.sack_ok; }
inline u32 tcp_wnd_end(const tcp_sock* tp) { return tp->snd_una + tp->snd_wnd; }
inline u32 tcp_receive_window(const tcp_sock* tp) { // bytes still offered to the peer
  const u32 rightEdge = tp->rcv_wup + tp->rcv_wnd;
  return before(tp->rcv_nxt, rightEdge) ? rightEdge - tp->rcv_nxt : 0;
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
void tcp_assign_congestion_control(const sock* sk);
void tcp_cleanup_congestion_control(const sock* sk);

// ---- tcp_ulp.cpp, tcp_fastopen.cpp
void tcp_cleanup_ulp(const sock* sk);
int tcp_set_ulp(const sock* sk, const char* name); // -ENOENT: no such protocol
void tcp_fastopen_active_disable_ofo_check(const sock* sk);
void tcp_fastopen_destroy_cipher(const sock* sk);
int tcp_fastopen_reset_cipher(const net* net, const sock* sk, const u8* keys, u32 size); // one key, or two
u32 tcp_fastopen_get_cipher(const sock* sk, u8* keys);                                   // how many bytes they are

// ---- segmentation
const sk_buff* tcp_gso_segment(const sk_buff* skb, u64 features);

// ---- listening, accepting, ending
void tcp_done(const sock* sk); // net/ipv4/tcp_state.cpp: no more packets come or go

extern Global<proto> tcp_prot;

// ---- TCP's own account: net/ipv4/tcp_mem.cpp (in Linux, tcp.c)
extern Global<s64> tcp_memory_allocated; // pages
extern Global<u64> tcp_memory_pressure;  // 0, or jiffies since when memory is short
extern Global<s64[3]> sysctl_tcp_mem;    // pages: fine, pressure, never more
void tcp_enter_memory_pressure(const sock* sk);
void tcp_leave_memory_pressure(const sock* sk);
inline bool tcp_under_memory_pressure(const sock*) { return *tcp_memory_pressure != 0; }
inline bool tcp_out_of_memory(const sock* sk) {
  return sk->sk_wmem_queued > SOCK_MIN_SNDBUF && sk_memory_allocated(sk) > sk_prot_mem_limits(sk, 2);
}

// ---- tcp.cpp, tcp_send.cpp, tcp_recv.cpp, tcp_close.cpp, tcp_opt.cpp, tcp_info.cpp
extern Global<u32> sysctl_tcp_max_orphans;
const sk_buff* tcp_stream_alloc_skb(const sock* sk, int size, u32 gfp, bool force_schedule);
void tcp_skb_entail(const sock* sk, const sk_buff* skb);
void tcp_mark_push(const tcp_sock* tp, const sk_buff* skb);
void tcp_push(const sock* sk, int flags, int mss_now, int nonagle, int size_goal);
int tcp_send_mss(const sock* sk, int* size_goal, int flags);
void tcp_remove_empty_skb(const sock* sk);
int tcp_sendmsg_locked(const sock* sk, const msghdr* msg, u64 size);
int tcp_sendmsg(const sock* sk, const msghdr* msg, u64 size);
int tcp_sendpage(const sock* sk, const page* page, int offset, u64 size, int flags);
int tcp_recvmsg(const sock* sk, const msghdr* msg, u64 len, s32 flags, s32* addr_len);
void tcp_cleanup_rbuf(const sock* sk, int copied); // data was read: may the peer be told of the room?
void __tcp_cleanup_rbuf(const sock* sk, int copied);
u32 tcp_poll(const file* file, const socket* sock, const poll_table_struct* wait);
bool tcp_stream_memory_free(const sock* sk, int wake); // room to write, as poll() and the writer see it
void tcp_shutdown(const sock* sk, int how);
void __tcp_close(const sock* sk, s64 timeout);
int tcp_disconnect(const sock* sk, int flags);
bool tcp_check_oom(const sock* sk, int shift); // too many orphans, or too much memory
int tcp_abort(const sock* sk, int err);
int tcp_set_rcvlowat(const sock* sk, int val);
int tcp_set_window_clamp(const sock* sk, int val);
int tcp_setsockopt(const sock* sk, int level, int optname, const sockptr_t& optval, u32 optlen);
int tcp_getsockopt(const sock* sk, int level, int optname, u8* optval, s32* optlen);
void tcp_get_info(const sock* sk, const tcp_info* info);
int tcp_peek_len(const socket* sock);
// Idle connections are probed after so many jiffies, again after so many, so many times.
inline u32 keepalive_intvl_when(const tcp_sock* tp) {
  return tp->keepalive_intvl ? u32(tp->keepalive_intvl)
                             : u32(sock_net(reinterpret_cast<const sock*>(tp))->ipv4.sysctl_tcp_keepalive_intvl);
}
inline u32 keepalive_time_when(const tcp_sock* tp) {
  return tp->keepalive_time ? u32(tp->keepalive_time)
                            : u32(sock_net(reinterpret_cast<const sock*>(tp))->ipv4.sysctl_tcp_keepalive_time);
}
inline int keepalive_probes(const tcp_sock* tp) {
  return tp->keepalive_probes ? tp->keepalive_probes
                              : sock_net(reinterpret_cast<const sock*>(tp))->ipv4.sysctl_tcp_keepalive_probes;
}
inline u32 keepalive_time_elapsed(const tcp_sock* tp) {
  return std::min(tcp_jiffies32() - tp->inet_conn.icsk_ack.lrcvtime, tcp_jiffies32() - tp->rcv_tstamp);
}
inline u32 tcp_fin_time(const sock* sk) { // how long FIN_WAIT2 lasts without an owner, jiffies
  const int wish = int(tcp_sk(sk)->linger2), usual = int(sock_net(sk)->ipv4.sysctl_tcp_fin_timeout);
  // A FIN of the peer that was lost must have had the time to come once more, and again.
  const int timeout = static_cast<int>(inet_csk(sk)->icsk_rto);
  return static_cast<u32>(std::max(wish ? wish : usual, 4 * timeout - timeout / 2));
}

void sk_forced_mem_schedule(const sock* sk, int size); // memory that is granted whatever the limits say

// ---- congestion control
// What an acknowledgement tells the algorithm; made on the host's stack.
struct ack_sample {
  u32 pkts_acked;
  s32 rtt_us;
  u32 in_flight;
};
void tcp_congestion_default();
int tcp_register_congestion_control(const tcp_congestion_ops* ca);
void tcp_init_congestion_control(const sock* sk);
const tcp_congestion_ops* tcp_ca_find(const char* name); // host string
int tcp_set_congestion_control(const sock* sk, const char* name, bool load, bool cap_net_admin);
void tcp_set_ca_state(const sock* sk, u8 ca_state);
u32 tcp_slow_start(const tcp_sock* tp, u32 acked);
void tcp_cong_avoid_ai(const tcp_sock* tp, u32 w, u32 acked);
void tcp_reno_cong_avoid(const sock* sk, u32 ack, u32 acked);
u32 tcp_reno_ssthresh(const sock* sk);
u32 tcp_reno_undo_cwnd(const sock* sk);

// ---- opening and ending connections
extern Global<request_sock_ops> tcp_request_sock_ops;
extern Global<struct tcp_request_sock_ops> tcp_request_sock_ipv4_ops;
extern Global<timewait_sock_ops> tcp_timewait_sock_ops;

// ---- tcp_ipv4*.cpp
int tcp_v4_connect(const sock* sk, const sockaddr* uaddr, s32 addr_len);
int tcp_v4_do_rcv(const sock* sk, const sk_buff* skb);
bool tcp_add_backlog(const sock* sk, const sk_buff* skb, skb_drop_reason* reason);
int tcp_filter(const sock* sk, const sk_buff* skb);
void tcp_v4_send_check(const sock* sk, const sk_buff* skb);
void __tcp_v4_send_check(const sk_buff* skb, u32 saddr, u32 daddr);
int tcp_v4_conn_request(const sock* sk, const sk_buff* skb);
const sock* tcp_v4_syn_recv_sock(const sock* sk, const sk_buff* skb, const request_sock* req, const dst_entry* dst,
                                 const request_sock* req_unhash, bool* own_req);
void tcp_v4_mtu_reduced(const sock* sk);
void tcp_req_err(const sock* sk, u32 seq, bool abort);
void tcp_ld_RTO_revert(const sock* sk, u32 seq);
void inet_sk_rx_dst_set(const sock* sk, const sk_buff* skb);
const tcp_md5sig_key* tcp_v4_md5_lookup(const sock* sk, const sock* addr_sk);
inline u16 tcp_v4_check(int len, u32 saddr, u32 daddr, u32 base) {
  return csum_tcpudp_magic(saddr, daddr, static_cast<u32>(len), 6, base);
}

// ---- tcp_conn_request.cpp, tcp_minisocks.cpp
int tcp_conn_request(const request_sock_ops* rsk_ops, const struct tcp_request_sock_ops* af_ops, const sock* sk,
                     const sk_buff* skb);
// What arrived for a request: the child it became, the listener or nullptr. *req_stolen: another CPU was quicker.
const sock* tcp_check_req(const sock* sk, const sk_buff* skb, const request_sock* req, bool fastopen, bool* req_stolen);
int tcp_child_process(const sock* parent, const sock* child, const sk_buff* skb);
const sock* tcp_create_openreq_child(const sock* sk, const request_sock* req, const sk_buff* skb);
void tcp_ca_openreq_child(const sock* sk, const dst_entry* dst);
void tcp_openreq_init_rwin(const request_sock* req, const sock* sk_listener, const dst_entry* dst);
void tcp_time_wait(const sock* sk, int state, int timeo);
tcp_tw_status tcp_timewait_state_process(const inet_timewait_sock* tw, const sk_buff* skb, const tcphdr* th);
int tcp_twsk_unique(const sock* sk, const sock* sktw, const void* twp);

// ---- syncookies.cpp: a listener whose queue is full keeps nothing, and writes what it must remember into the
// sequence number of its SYN-ACK
u32 __cookie_v4_init_sequence(const iphdr* iph, const tcphdr* th, u16* mssp);
u32 cookie_v4_init_sequence(const sk_buff* skb, u16* mssp);
int __cookie_v4_check(const iphdr* iph, const tcphdr* th, u32 cookie); // the MSS, or 0: not ours
const sock* cookie_v4_check(const sock* sk, const sk_buff* skb);
const sock* tcp_get_cookie_sock(const sock* sk, const sk_buff* skb, const request_sock* req, const dst_entry* dst,
                                u32 tsoff);
u64 cookie_init_timestamp(const request_sock* req, u64 now); // ns
bool cookie_timestamp_decode(const net* net, const tcp_options_received* tcp_opt);
bool cookie_ecn_ok(const tcp_options_received* tcp_opt, const net* net, const dst_entry* dst);

// ---- tcp_metrics.cpp: what is remembered of a peer from one connection to the next
void tcp_init_metrics(const sock* sk);
void tcp_update_metrics(const sock* sk);
bool tcp_peer_is_proven(const request_sock* req, const dst_entry* dst);

// ---- tcp_input.cpp
// A segment for a connection in ESTABLISHED; takes the buffer.
void tcp_rcv_established(const sock* sk, const sk_buff* skb);
// A segment in any other state but TIME_WAIT. 0: the buffer is taken; 1: the caller answers with a RST and frees it.
int tcp_rcv_state_process(const sock* sk, const sk_buff* skb);
void tcp_finish_connect(const sock* sk, const sk_buff* skb);
void tcp_init_transfer(const sock* sk, int bpf_op, const sk_buff* skb);
void tcp_reset(const sock* sk, const sk_buff* skb);
void tcp_done_with_error(const sock* sk, int err);
void tcp_fin(const sock* sk);

// ---- tcp_input_options.cpp
void tcp_parse_options(const net* net, const sk_buff* skb, const tcp_options_received* opt_rx, int estab,
                       const tcp_fastopen_cookie* foc);
const u8* tcp_parse_md5sig_option(const tcphdr* th); // nullptr: none
u16 tcp_parse_mss_option(const tcphdr* th, u16 user_mss);
// Whether the timestamp is acceptable: not older than what we have (by more than paws_win), or ours is too old itself.
inline bool tcp_paws_check(const tcp_options_received* rx_opt, int paws_win) {
  if (static_cast<s32>(rx_opt->ts_recent - rx_opt->rcv_tsval) <= paws_win) return true;
  if (static_cast<u32>(static_cast<s32>(ktime_get_seconds()) - rx_opt->ts_recent_stamp) >= TCP_PAWS_24DAYS) return true;
  return !rx_opt->ts_recent; // a peer that sends 0 once is forgiven
}
inline bool tcp_paws_reject(const tcp_options_received* rx_opt, int rst) {
  if (tcp_paws_check(rx_opt, 0)) return false;
  return !(rst && static_cast<u32>(static_cast<s32>(ktime_get_seconds()) - rx_opt->ts_recent_stamp) >= TCP_PAWS_MSL);
}

// ---- tcp_input_validate.cpp
bool tcp_oow_rate_limited(const net* net, const sk_buff* skb, int mib_idx, const u32* last_oow_ack_time);

// ---- tcp_input_window.cpp
void tcp_initialize_rcv_mss(const sock* sk);
void tcp_rcv_space_adjust(const sock* sk);
u32 tcp_init_cwnd(const tcp_sock* tp, const dst_entry* dst);

// ---- tcp_input_queue.cpp
void tcp_rbtree_insert(const rb_root* root, const sk_buff* skb);
int tcp_send_rcvq(const sock* sk, const msghdr* msg, u64 size);
void tcp_data_ready(const sock* sk);
void tcp_check_space(const sock* sk);
void tcp_sack_compress_send_ack(const sock* sk);

// ---- tcp_input_ack.cpp
void tcp_synack_rtt_meas(const sock* sk, const request_sock* req);
void tcp_rearm_rto(const sock* sk);

// ---- tcp_input_recovery.cpp, tcp_input_prr.cpp, tcp_input_enter.cpp
void tcp_enter_loss(const sock* sk);
void tcp_enter_cwr(const sock* sk);
void tcp_enter_recovery(const sock* sk, bool ece_ack);
void tcp_cwnd_reduction(const sock* sk, int newly_acked_sacked, int newly_lost, int flag);
void tcp_clear_retrans(const tcp_sock* tp);
void tcp_simple_retransmit(const sock* sk);
void tcp_mark_skb_lost(const sock* sk, const sk_buff* skb);

// ---- tcp_recovery.cpp: RACK
s32 tcp_rack_skb_timeout(const tcp_sock* tp, const sk_buff* skb, u32 reo_wnd); // us left until it counts as lost
bool tcp_rack_mark_lost(const sock* sk);
void tcp_rack_advance(const tcp_sock* tp, u8 sacked, u32 end_seq, u64 xmit_time);
void tcp_rack_reo_timeout(const sock* sk);
void tcp_rack_update_reo_wnd(const sock* sk, const rate_sample* rs);
void tcp_newreno_mark_lost(const sock* sk, bool snd_una_advanced);

// ---- tcp_output*.cpp
void tcp_mstamp_refresh(const tcp_sock* tp);
void tcp_cwnd_restart(const sock* sk, s32 delta);
// The window to offer at first: quantized to segments; *rcv_wnd and *window_clamp lie in simulated memory.
void tcp_select_initial_window(const sock* sk, int space, u32 mss, const u32* rcv_wnd, const u32* window_clamp,
                               int wscale_ok, u8* rcv_wscale, u32 init_rcv_wnd);
u32 __tcp_select_window(const sock* sk);
int tcp_connect(const sock* sk);
const sk_buff* tcp_make_synack(const sock* sk, const dst_entry* dst, const request_sock* req,
                               const tcp_fastopen_cookie* foc, u32 synack_type, const sk_buff* syn_skb);
void tcp_wfree(const sk_buff* skb);
void tcp_tasklet_init();
u32 tcp_pace_kick(const hrtimer* timer);
int tcp_fragment(const sock* sk, tcp_queue queue, const sk_buff* skb, u32 len, u32 mss_now, u32 gfp);
int tcp_trim_head(const sock* sk, const sk_buff* skb, u32 len);
int tcp_mtu_to_mss(const sock* sk, int pmtu);
int tcp_mss_to_mtu(const sock* sk, int mss);
void tcp_mtup_init(const sock* sk);
u32 tcp_sync_mss(const sock* sk, u32 pmtu);
u32 tcp_current_mss(const sock* sk);
void tcp_chrono_start(const sock* sk, u32 type);
bool tcp_schedule_loss_probe(const sock* sk, bool advancing_rto);
void tcp_send_loss_probe(const sock* sk);
void __tcp_push_pending_frames(const sock* sk, u32 cur_mss, int nonagle);
void tcp_push_one(const sock* sk, u32 mss_now);
void tcp_skb_collapse_tstamp(const sk_buff* skb, const sk_buff* next_skb);
int __tcp_retransmit_skb(const sock* sk, const sk_buff* skb, int segs);
int tcp_retransmit_skb(const sock* sk, const sk_buff* skb, int segs);
void tcp_xmit_retransmit_queue(const sock* sk);
void tcp_send_fin(const sock* sk);
void tcp_send_active_reset(const sock* sk, u32 priority);
int tcp_send_synack(const sock* sk);
void tcp_send_delayed_ack(const sock* sk);
void __tcp_send_ack(const sock* sk, u32 rcv_nxt);
void tcp_send_ack(const sock* sk);
void tcp_send_window_probe(const sock* sk);
int tcp_write_wakeup(const sock* sk, int mib);
void tcp_send_probe0(const sock* sk);
int tcp_rtx_synack(const sock* sk, const request_sock* req);

// ---- tcp_timer.cpp
u32 tcp_clamp_probe0_to_user_timeout(const sock* sk, u32 when);
void tcp_delack_timer_handler(const sock* sk);
void tcp_retransmit_timer(const sock* sk);
void tcp_write_timer_handler(const sock* sk);
void tcp_syn_ack_timeout(const request_sock* req);
void tcp_set_keepalive(const sock* sk, int val);

// ---- tcp_rate.cpp
void tcp_rate_skb_sent(const sock* sk, const sk_buff* skb);
void tcp_rate_skb_delivered(const sock* sk, const sk_buff* skb, const rate_sample* rs);
void tcp_rate_gen(const sock* sk, u32 delivered, u32 lost, bool is_sack_reneg, const rate_sample* rs);
void tcp_rate_check_app_limited(const sock* sk);

// ---- the queues and the clocks
inline void tcp_push_pending_frames(const sock* sk) {
  if (tcp_send_head(sk)) __tcp_push_pending_frames(sk, tcp_current_mss(sk), tcp_sk(sk)->nonagle);
}
inline u32 tcp_dst_advmss(const dst_entry* dst) { return std::max(dst_metric_advmss(dst), TCP_MIN_MSS); }
inline int tcp_bound_to_half_wnd(const tcp_sock* tp,
                                 int pktsize) { // no segment is larger than half of the peer's window
  const int most = static_cast<int>(tp->max_window > TCP_MSS_DEFAULT ? tp->max_window >> 1 : u32(tp->max_window));
  return most && pktsize > most ? std::max<int>(most, static_cast<int>(68u - tp->tcp_header_len)) : pktsize;
}
inline bool tcp_needs_internal_pacing(const sock* sk) { return sk->sk_pacing_status == SK_PACING_NEEDED; }
inline u64 tcp_pacing_delay(const sock* sk) { // jiffies until the next segment may leave
  const u64 now = tcp_sk(sk)->tcp_clock_cache, mayLeave = tcp_sk(sk)->tcp_wstamp_ns;
  return mayLeave > now ? nsecs_to_jiffies(mayLeave - now) : 0;
}
inline u64 tcp_probe0_base(const sock* sk) { return std::max<u64>(inet_csk(sk)->icsk_rto, TCP_RTO_MIN()); }
u64 tcp_probe0_when(const sock* sk, u64 max_when);
void tcp_reset_xmit_timer(const sock* sk, int what, u64 when, u64 max_when);
inline void tcp_check_probe_timer(const sock* sk) {
  if (!tcp_sk(sk)->packets_out && !inet_csk(sk)->icsk_pending)
    tcp_reset_xmit_timer(sk, ICSK_TIME_PROBE0, tcp_probe0_base(sk), TCP_RTO_MAX());
}
void tcp_clear_xmit_timers(const sock* sk);
// Who was silent for longer than a retransmission timeout knows no more what the path can take: it begins small again
// (RFC 2861), unless the congestion control decides by itself.
inline void tcp_slow_start_after_idle_check(const sock* sk) {
  const tcp_sock* tp = tcp_sk(sk);
  const s32 silence = static_cast<s32>(tcp_jiffies32() - tp->lsndtime);
  const bool forgets = sock_net(sk)->ipv4.sysctl_tcp_slow_start_after_idle && !inet_csk(sk)->icsk_ca_ops->cong_control;
  const bool wasIdle = !tp->packets_out && silence > static_cast<s32>(inet_csk(sk)->icsk_rto);
  if (forgets && wasIdle) tcp_cwnd_restart(sk, silence);
}

// true: the SYN waits for the first data. *err: why it cannot be sent at all.
bool tcp_fastopen_defer_connect(const sock* sk, int* err);
void tcp_fastopen_active_detect_blackhole(const sock* sk, bool expired);
// The child that the data of this SYN may already be given to; nullptr: only a usual handshake.
const sock* tcp_try_fastopen(const sock* sk, const sk_buff* skb, const request_sock* req,
                             const tcp_fastopen_cookie* foc, const dst_entry* dst);
void tcp_v4_init();      // the socket from which these answers go
void tcp_metrics_init(); // a step of tcp_init()

inline void tcp_cleanup_skb(const sk_buff* skb) { skb_dst_drop(skb); }

// ---- parts of inet_init()
void tcp_init();

// ---- reception
int tcp_v4_rcv(const sk_buff* skb);
int tcp_v4_err(const sk_buff* skb, u32 info);
int tcp_v4_early_demux(const sk_buff* skb);

// ---- congestion control
int tcp_set_default_congestion_control(const net* net, const char* name); // of a namespace; -ENOENT: no such one

} // namespace sockwalk::kernel
