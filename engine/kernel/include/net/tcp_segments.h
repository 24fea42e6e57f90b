// Small functions on TCP's queues, windows, segments and clocks, the part of include/net/tcp.h that is inline. Sequence
// numbers in host order; windows and space in bytes; stamps in microseconds unless said. Source: include/net/tcp.h.
#pragma once
#include "engine/kernel/include/linux/jiffies.h"
#include "engine/kernel/include/linux/kernel.h"
#include "engine/kernel/include/linux/list.h"
#include "engine/kernel/include/linux/rbtree.h"
#include "engine/kernel/include/linux/skbuff.h"
#include "engine/kernel/include/linux/tcp.h"
#include "engine/kernel/include/linux/win_minmax.h"
#include "engine/kernel/include/net/inet_connection_sock.h"
#include "engine/kernel/include/net/sock.h"
#include "engine/kernel/include/net/tcp.h"
#include "engine/memory/constants/process.h"
#include "engine/memory/constants/tcp.h"

namespace sockwalk::kernel {

// ---- the third word of the header: length, flags and window, as header prediction compares it (network order)
inline u8 tcp_flag_byte(const tcphdr* th) { return reinterpret_cast<const u8*>(th)[13]; }

// ---- clocks
inline u64 tcp_clock_ns() { return ktime_get_ns(); }
inline u64 tcp_clock_us() { return tcp_clock_ns() / NSEC_PER_USEC; }
inline u32 tcp_time_stamp(const tcp_sock* tp) { return static_cast<u32>(tp->tcp_mstamp / (USEC_PER_SEC / TCP_TS_HZ)); }
inline u64 tcp_ns_to_ts(u64 ns) { return ns / (NSEC_PER_SEC / TCP_TS_HZ); }
inline u32 tcp_time_stamp_raw() { return static_cast<u32>(tcp_ns_to_ts(tcp_clock_ns())); }
inline u32 tcp_stamp_us_delta(u64 t1, u64 t0) { return t1 > t0 ? static_cast<u32>(t1 - t0) : 0; }
inline u32 tcp_skb_timestamp(const sk_buff* skb) { return static_cast<u32>(tcp_ns_to_ts(skb->skb_mstamp_ns)); }
inline u64 tcp_skb_timestamp_us(const sk_buff* skb) { return skb->skb_mstamp_ns / NSEC_PER_USEC; }
inline bool tcp_skb_sent_after(u64 t1, u64 t2, u32 seq1, u32 seq2) {
  return t1 > t2 || (t1 == t2 && after(seq1, seq2));
}

// ---- a segment in the write queue
inline void tcp_skb_pcount_set(const sk_buff* skb, int segs) { set(TCP_SKB_CB(skb)->tcp_gso_segs, segs); }
inline void tcp_skb_pcount_add(const sk_buff* skb, int segs) {
  set(TCP_SKB_CB(skb)->tcp_gso_segs, TCP_SKB_CB(skb)->tcp_gso_segs + segs);
}
inline bool tcp_skb_can_collapse_to(const sk_buff* skb) { return !TCP_SKB_CB(skb)->eor; }
inline bool tcp_skb_can_collapse(const sk_buff* to, const sk_buff* from) {
  return tcp_skb_can_collapse_to(to) && skb_pure_zcopy_same(to, from);
}
inline bool tcp_rtx_and_write_queues_empty(const sock* sk) {
  return tcp_rtx_queue_empty(sk) && tcp_write_queue_empty(sk);
}
inline bool tcp_skb_is_last(const sock* sk, const sk_buff* skb) { return skb->next == queueHead(&sk->sk_write_queue); }
inline void tcp_add_write_queue_tail(const sock* sk, const sk_buff* skb) {
  __skb_queue_tail(&sk->sk_write_queue, skb);
  if (sk->sk_write_queue.next == skb) tcp_chrono_start(sk, TCP_CHRONO_BUSY);
}
inline void tcp_insert_write_queue_before(const sk_buff* fresh, const sk_buff* skb, const sock* sk) {
  __skb_insert(fresh, skb->prev, skb, &sk->sk_write_queue);
}
// The anchor in the order of sending shares its place with the destructor and the route.
inline void tcp_skb_tsorted_anchor_cleanup(const sk_buff* skb) {
  set(skb->destructor, nullptr);
  set(skb->_skb_refdst, 0);
}
inline void tcp_unlink_write_queue(const sk_buff* skb, const sock* sk) {
  tcp_skb_tsorted_anchor_cleanup(skb);
  __skb_unlink(skb, &sk->sk_write_queue);
}
inline void tcp_wmem_free_skb(const sock* sk, const sk_buff* skb) {
  sk_wmem_queued_add(sk, -s32(skb->truesize));
  sk_mem_uncharge(sk, s32(skb_zcopy_pure(skb) ? SKB_TRUESIZE(skb_end_offset(skb)) : skb->truesize));
  __kfree_skb(skb);
}
inline void tcp_rtx_queue_unlink(const sk_buff* skb, const sock* sk) {
  tcp_skb_tsorted_anchor_cleanup(skb);
  rb_erase(&skb->rbnode, &sk->tcp_rtx_queue);
}
inline void tcp_rtx_queue_unlink_and_free(const sk_buff* skb, const sock* sk) {
  list_del(&skb->tcp_tsorted_anchor);
  tcp_rtx_queue_unlink(skb, sk);
  tcp_wmem_free_skb(sk, skb);
}
inline bool tcp_stream_is_thin(const tcp_sock* tp) {
  return tp->packets_out < 4 && tp->snd_ssthresh < TCP_INFINITE_SSTHRESH;
}

// ---- the segment behind the highest that was reported by SACK
inline u32 tcp_highest_sack_seq(const tcp_sock* tp) {
  if (!tp->sacked_out) return tp->snd_una;
  return tp->highest_sack.value ? TCP_SKB_CB(tp->highest_sack)->seq : tp->snd_nxt;
}
inline const sk_buff* tcp_highest_sack(const sock* sk) { return tcp_sk(sk)->highest_sack; }
inline void tcp_advance_highest_sack(const sock* sk, const sk_buff* skb) {
  set(tcp_sk(sk)->highest_sack, skb_rb_next(skb));
}
inline void tcp_highest_sack_reset(const sock* sk) { set(tcp_sk(sk)->highest_sack, tcp_rtx_queue_head(sk)); }
inline void tcp_highest_sack_replace(const sock* sk, const sk_buff* old, const sk_buff* by) {
  if (old == tcp_highest_sack(sk)) set(tcp_sk(sk)->highest_sack, by);
}
inline bool tcp_is_reno(const tcp_sock* tp) { return !tcp_is_sack(tp); }
inline void tcp_sack_reset(const tcp_options_received* rx_opt) {
  set(rx_opt, tcp_options_received::bit::dsack, 0);
  set(rx_opt->num_sacks, 0);
}
inline void tcp_clear_retrans_hints_partial(const tcp_sock* tp) { set(tp->lost_skb_hint, nullptr); }
inline void tcp_clear_all_retrans_hints(const tcp_sock* tp) {
  tcp_clear_retrans_hints_partial(tp);
  set(tp->retransmit_skb_hint, nullptr);
}

// ---- congestion window
inline u32 tcp_snd_cwnd(const tcp_sock* tp) { return tp->snd_cwnd; }
inline void tcp_snd_cwnd_set(const tcp_sock* tp, u32 val, int line = __builtin_LINE()) { set(tp->snd_cwnd, val, line); }
inline bool tcp_in_initial_slowstart(const tcp_sock* tp) { return tp->snd_ssthresh >= TCP_INFINITE_SSTHRESH; }
inline bool tcp_in_cwnd_reduction(const sock* sk) {
  return 1 << inet_csk(sk)->icsk_ca_state & (TCPF_CA_CWR | TCPF_CA_Recovery);
}
inline u32 tcp_current_ssthresh(const sock* sk) {
  const tcp_sock* tp = tcp_sk(sk);
  if (tcp_in_cwnd_reduction(sk)) return tp->snd_ssthresh;
  return std::max(tp->snd_ssthresh, (tp->snd_cwnd >> 1) + (tp->snd_cwnd >> 2));
}
inline bool tcp_is_cwnd_limited(const sock* sk) {
  const tcp_sock* tp = tcp_sk(sk);
  if (tp->is_cwnd_limited) return true;
  return tcp_in_slow_start(tp) && tp->snd_cwnd < 2 * tp->max_packets_out;
}
inline bool tcp_ca_needs_ecn(const sock* sk) { return inet_csk(sk)->icsk_ca_ops->flags & 2; }
inline void tcp_ca_event(const sock* sk, int event) {
  const tcp_congestion_ops* ops = inet_csk(sk)->icsk_ca_ops;
  if (ops->cwnd_event) ops->cwnd_event(sk, event);
}

// ---- windows and receive space
// Of a buffer's bytes so many count as window; the rest is for the overhead of the buffers that carry them.
inline int tcp_win_from_space(const sock* sk, int space) {
  const int scale = sock_net(sk)->ipv4.sysctl_tcp_adv_win_scale;
  return scale <= 0 ? space >> -scale : space - (space >> scale);
}
inline int tcp_space(const sock* sk) { // may be negative
  return tcp_win_from_space(sk, sk->sk_rcvbuf - sk->sk_backlog.len - sk_rmem_alloc_get(sk));
}
inline int tcp_full_space(const sock* sk) { return tcp_win_from_space(sk, sk->sk_rcvbuf); }
inline void __tcp_adjust_rcv_ssthresh(const sock* sk, u32 most) {
  const tcp_sock* tp = tcp_sk(sk);
  const int unused = sk_unused_reserved_mem(sk);
  u32 value = std::min(tp->rcv_ssthresh, most);
  if (unused) value = std::max(value, static_cast<u32>(tcp_win_from_space(sk, unused)));
  set(tp->rcv_ssthresh, value);
}
inline void tcp_adjust_rcv_ssthresh(const sock* sk) { __tcp_adjust_rcv_ssthresh(sk, 4u * tcp_sk(sk)->advmss); }
inline bool tcp_rmem_pressure(const sock* sk) {
  if (tcp_under_memory_pressure(sk)) return true;
  return sk_rmem_alloc_get(sk) > sk->sk_rcvbuf - (sk->sk_rcvbuf >> 3);
}
// Is there so much to read as the reader wants, or as much as there will be because no more finds room?
inline bool tcp_epollin_ready(const sock* sk, int target) {
  const int unread = static_cast<int>(tcp_sk(sk)->rcv_nxt - tcp_sk(sk)->copied_seq);
  if (unread >= target) return unread > 0;
  return unread > 0 && (tcp_rmem_pressure(sk) || tcp_receive_window(tcp_sk(sk)) <= inet_csk(sk)->icsk_ack.rcv_mss);
}
inline void tcp_init_wl(const tcp_sock* tp, u32 seq) { set(tp->snd_wl1, seq); }
inline void tcp_update_wl(const tcp_sock* tp, u32 seq) { set(tp->snd_wl1, seq); }

// ---- header prediction: what the third word of the next segment should be
inline void __tcp_fast_path_on(const tcp_sock* tp, u32 snd_wnd) {
  set(tp->pred_flags, htonl(u32(tp->tcp_header_len) << 26 | TCP_FLAG_ACK | snd_wnd));
}
inline void tcp_fast_path_on(const tcp_sock* tp) { __tcp_fast_path_on(tp, tp->snd_wnd >> tp->rx_opt.snd_wscale); }
inline void tcp_fast_path_check(const sock* sk) {
  const tcp_sock* tp = tcp_sk(sk);
  const bool quiet = !tp->out_of_order_queue.rb_node.value && tp->rcv_wnd && sk_rmem_alloc_get(sk) < sk->sk_rcvbuf;
  if (quiet && !tp->urg_data) tcp_fast_path_on(tp);
}

// ---- round trips
inline u32 tcp_min_rtt(const tcp_sock* tp) { return minmax_get(&tp->rtt_min); } // us; ~0: none measured yet
inline u32 tcp_rto_min(const sock* sk) { return inet_csk(sk)->icsk_rto_min; }   // jiffies
inline u32 tcp_rto_min_us(const sock* sk) { return jiffies_to_usecs(tcp_rto_min(sk)); }
inline u32 __tcp_set_rto(const tcp_sock* tp) {
  return static_cast<u32>(usecs_to_jiffies((tp->srtt_us >> 3) + tp->rttvar_us));
}
inline s64 tcp_rto_delta_us(const sock* sk) { // until the oldest segment's time is over; may be negative
  const sk_buff* head = tcp_rtx_queue_head(sk);
  const u32 timeout = jiffies_to_usecs(inet_csk(sk)->icsk_rto);
  return head ? static_cast<s64>(tcp_skb_timestamp_us(head) + timeout - tcp_sk(sk)->tcp_mstamp) : timeout;
}
inline void tcp_bound_rto(const sock* sk) {
  if (inet_csk(sk)->icsk_rto > TCP_RTO_MAX()) set(inet_csk(sk)->icsk_rto, TCP_RTO_MAX());
}

} // namespace sockwalk::kernel
