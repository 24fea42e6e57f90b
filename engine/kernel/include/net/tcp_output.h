// TCP's sending side: segments, windows, options, timers, rate samples; and the small questions about queues, clocks and
// windows that all of TCP asks. Sequence numbers are in host order; times are microseconds or nanoseconds of the
// socket's own clock (tcp_mstamp) where the name says so, jiffies elsewhere. Source: include/net/tcp.h,
// net/ipv4/tcp_{output,timer,rate}.c.
#pragma once
#include "engine/kernel/include/linux/hrtimer.h"
#include "engine/kernel/include/net/tcp_calls.h"
#include "engine/kernel/include/net/tcp_cong.h"
#include "engine/kernel/include/net/tcp_handshake.h"
#include "engine/kernel/include/net/tcp_queue.h"
#include "engine/memory/constants/socket.h"
#include "engine/memory/constants/tcp.h"

namespace sockwalk::kernel {

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

void skb_split(const sk_buff* skb, const sk_buff* skb1, u32 len); // net/core/skbuff_split.cpp: skb keeps `len` bytes

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

// ---- net/ipv4/ip_queue.cpp
int ip_queue_xmit(const sock* sk, const sk_buff* skb, const flowi* fl);
int __ip_queue_xmit(const sock* sk, const sk_buff* skb, const flowi* fl, u8 tos);
int ip_build_and_send_pkt(const sk_buff* skb, const sock* sk, u32 saddr, u32 daddr, const ip_options_rcu* opt, u8 tos);
int inet_sk_rebuild_header(const sock* sk);
void sk_setup_caps(const sock* sk, const dst_entry* dst);
const dst_entry* __sk_dst_check(const sock* sk, u32 cookie);
inline const dst_entry* __sk_dst_get(const sock* sk) { return sk->sk_dst_cache; }
u32 dst_metric_advmss(const dst_entry* dst);
inline bool sk_can_gso(const sock* sk) {
  return (sk->sk_route_caps >> 16 & u32(sk->sk_gso_type)) == u32(sk->sk_gso_type);
}

// ---- the queues and the clocks
inline void tcp_push_pending_frames(const sock* sk) {
  if (tcp_send_head(sk)) __tcp_push_pending_frames(sk, tcp_current_mss(sk), tcp_sk(sk)->nonagle);
}
inline u32 tcp_dst_advmss(const dst_entry* dst) { return std::max(dst_metric_advmss(dst), TCP_MIN_MSS); }
inline int tcp_bound_to_half_wnd(const tcp_sock* tp,
                                 int pktsize) { // no segment is larger than half of the peer's window
  const int cutoff = static_cast<int>(tp->max_window > TCP_MSS_DEFAULT ? tp->max_window >> 1 : u32(tp->max_window));
  return cutoff && pktsize > cutoff ? std::max<int>(cutoff, static_cast<int>(68u - tp->tcp_header_len)) : pktsize;
}
inline bool tcp_needs_internal_pacing(const sock* sk) { return sk->sk_pacing_status == SK_PACING_NEEDED; }
inline u64 tcp_pacing_delay(const sock* sk) {
  const s64 delay = static_cast<s64>(tcp_sk(sk)->tcp_wstamp_ns - tcp_sk(sk)->tcp_clock_cache);
  return delay > 0 ? nsecs_to_jiffies(static_cast<u64>(delay)) : 0;
}
inline u64 tcp_probe0_base(const sock* sk) { return std::max<u64>(inet_csk(sk)->icsk_rto, TCP_RTO_MIN()); }
u64 tcp_probe0_when(const sock* sk, u64 max_when);
void tcp_reset_xmit_timer(const sock* sk, int what, u64 when, u64 max_when);
inline void tcp_check_probe_timer(const sock* sk) {
  if (!tcp_sk(sk)->packets_out && !inet_csk(sk)->icsk_pending)
    tcp_reset_xmit_timer(sk, ICSK_TIME_PROBE0, tcp_probe0_base(sk), TCP_RTO_MAX());
}
void tcp_clear_xmit_timers(const sock* sk);
inline void tcp_slow_start_after_idle_check(const sock* sk) {
  const tcp_sock* tp = tcp_sk(sk);
  if (!sock_net(sk)->ipv4.sysctl_tcp_slow_start_after_idle || tp->packets_out ||
      inet_csk(sk)->icsk_ca_ops->cong_control)
    return;
  const s32 delta = static_cast<s32>(tcp_jiffies32() - tp->lsndtime);
  if (delta > static_cast<s32>(inet_csk(sk)->icsk_rto)) tcp_cwnd_restart(sk, delta);
}

} // namespace sockwalk::kernel
