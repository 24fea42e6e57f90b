// What the files of tcp_input.c's simulation share among themselves: in Linux all of it is static in one file.
#pragma once
#include "engine/kernel/include/linux/kernel.h"
#include "engine/kernel/include/linux/skbuff.h"
#include "engine/kernel/include/net/inet_connection_sock.h"
#include "engine/kernel/include/net/sock.h"
#include "engine/kernel/include/net/tcp.h"
#include "engine/memory/constants/skbuff.h"
#include "engine/memory/constants/tcp.h"

namespace sockwalk::kernel {

inline u8 sackedOf(const sk_buff* skb) { return TCP_SKB_CB(skb)->sacked; }
inline u32 seqOf(const sk_buff* skb) { return TCP_SKB_CB(skb)->seq; }
inline u32 endSeqOf(const sk_buff* skb) { return TCP_SKB_CB(skb)->end_seq; }
inline u32 gsoSegs(const sk_buff* skb) { return std::max<u32>(1, skb_shinfo(skb)->gso_segs); }
inline u32 be32At(const void* p) {
  u32 v;
  std::memcpy(&v, p, 4);
  return ntohl(v);
}
inline u16 be16At(const void* p) {
  u16 v;
  std::memcpy(&v, p, 2);
  return ntohs(v);
}
inline bool tcp_is_rack(const sock* sk) { return sock_net(sk)->ipv4.sysctl_tcp_recovery & TCP_RACK_LOSS_DETECTION; }
inline void tcp_drop_reason(const sock* sk, const sk_buff* skb, skb_drop_reason reason) {
  set(sk->sk_drops.counter, sk->sk_drops.counter + static_cast<s32>(gsoSegs(skb)));
  kfree_skb_reason(skb, reason);
}

// ---- tcp_input_options.cpp
bool tcp_parse_aligned_timestamp(const tcp_sock* tp, const tcphdr* th);
bool tcp_fast_parse_options(const net* net, const sk_buff* skb, const tcphdr* th, const tcp_sock* tp);
void tcp_store_ts_recent(const tcp_sock* tp);
void tcp_replace_ts_recent(const tcp_sock* tp, u32 seq);

// ---- tcp_input_validate.cpp
bool tcp_validate_incoming(const sock* sk, const sk_buff* skb, const tcphdr* th, int syn_inerr);
void tcp_send_challenge_ack(const sock* sk);

// ---- tcp_input_window.cpp
void tcp_sndbuf_expand(const sock* sk);
void tcp_grow_window(const sock* sk, const sk_buff* skb, bool adjust);
void tcp_init_buffer_space(const sock* sk);
void initializeRcvMss(const sock* sk); // tcp_initialize_rcv_mss(), inlined
void tcp_clamp_window(const sock* sk);
void tcp_rcv_rtt_measure(const tcp_sock* tp);
void tcp_rcv_rtt_measure_ts(const sock* sk, const sk_buff* skb);

// ---- tcp_input_delack.cpp
void tcp_enter_quickack_mode(const sock* sk, u32 max_quickacks);
void tcp_event_data_recv(const sock* sk, const sk_buff* skb);
void tcp_ecn_queue_cwr(const tcp_sock* tp);
void tcp_ecn_accept_cwr(const sock* sk, const sk_buff* skb);
void tcp_ecn_withdraw_cwr(const tcp_sock* tp);
void tcp_ecn_check_ce(const sock* sk, const sk_buff* skb);
void tcp_send_dupack(const sock* sk, const sk_buff* skb);
void __tcp_ack_snd_check(const sock* sk, int ofo_possible);
inline void tcp_ack_snd_check(const sock* sk) { // unless a data segment took the acknowledgement along
  if (inet_csk_ack_scheduled(sk)) __tcp_ack_snd_check(sk, 1);
}
inline void tcp_data_snd_check(const sock* sk) {
  tcp_push_pending_frames(sk);
  tcp_check_space(sk);
}

// ---- tcp_input_rtt.cpp
bool tcp_ack_update_rtt(const sock* sk, int flag, s64 seq_rtt_us, s64 sack_rtt_us, s64 ca_rtt_us,
                        const rate_sample* rs);
void tcp_update_pacing_rate(const sock* sk);
void tcp_set_xmit_timer(const sock* sk);

// ---- tcp_input_sack.cpp, tcp_input_shift.cpp
struct SackRange {
  u32 start, end;
};
int tcp_sacktag_write_queue(const sock* sk, const sk_buff* ack_skb, u32 prior_snd_una, const tcp_sacktag_state* state);
void tcp_check_sack_reordering(const sock* sk, u32 low_seq, int ts);
int tcp_match_skb_to_sack(const sock* sk, const sk_buff* skb, u32 start_seq, u32 end_seq);
u8 tcp_sacktag_one(const sock* sk, const tcp_sacktag_state* state, u8 sacked, u32 start_seq, u32 end_seq, int dup_sack,
                   int pcount, u64 xmit_time);
const sk_buff* tcp_shift_skb_data(const sock* sk, const sk_buff* skb, const tcp_sacktag_state* state, u32 start_seq,
                                  u32 end_seq, bool dup_sack);
u32 tcp_skb_seglen(const sk_buff* skb);

// ---- tcp_input_undo.cpp: the window that was cut for nothing is given back
bool tcp_any_retrans_done(const sock* sk);
bool tcp_packet_delayed(const tcp_sock* tp);
bool tcp_skb_spurious_retrans(const tcp_sock* tp, const sk_buff* skb);
bool tcp_try_undo_recovery(const sock* sk);
bool tcp_try_undo_dsack(const sock* sk);
bool tcp_try_undo_loss(const sock* sk, bool frto_undo);
void tcp_undo_cwnd_reduction(const sock* sk, bool unmark_loss);
void tcp_try_undo_spurious_syn(const sock* sk);

// ---- tcp_input_recovery.cpp, tcp_input_prr.cpp, tcp_input_enter.cpp
void tcp_count_delivered(const tcp_sock* tp, u32 delivered, bool ece_ack);
void tcp_remove_reno_sacks(const sock* sk, int acked, bool ece_ack);
void tcp_mtup_probe_success(const sock* sk);
void tcp_init_cwnd_reduction(const sock* sk);
void tcp_end_cwnd_reduction(const sock* sk);
void tcp_try_keep_open(const sock* sk);
void tcp_fastretrans_alert(const sock* sk, u32 prior_snd_una, int num_dupack, int* ack_flag, int* rexmit);

// ---- tcp_input_ack.cpp, tcp_input_clean.cpp
bool tcp_may_update_window(const tcp_sock* tp, u32 ack, u32 ack_seq, u32 nwin);
int tcp_ack(const sock* sk, const sk_buff* skb, int flag); // 1: new, 0: old, below 0: a drop reason, negated
int tcp_clean_rtx_queue(const sock* sk, const sk_buff* ack_skb, u32 prior_fack, u32 prior_snd_una,
                        const tcp_sacktag_state* sack, bool ece_ack);
void tcp_rcv_nxt_update(const tcp_sock* tp, u32 seq);

// ---- tcp_input_queue.cpp, tcp_input_ofo.cpp, tcp_input_prune.cpp
void tcp_data_queue(const sock* sk, const sk_buff* skb);
int tcp_queue_rcv(const sock* sk, const sk_buff* skb, bool* fragstolen);
bool tcp_try_coalesce(const sock* sk, const sk_buff* to, const sk_buff* from, bool* fragstolen);
int tcp_try_rmem_schedule(const sock* sk, const sk_buff* skb, u32 size);
void tcp_data_queue_ofo(const sock* sk, const sk_buff* skb);
void tcp_ofo_queue(const sock* sk);
void tcp_dsack_set(const sock* sk, u32 seq, u32 end_seq);
void tcp_rcv_spurious_retrans(const sock* sk, const sk_buff* skb);
void tcp_sack_remove(const tcp_sock* tp);

// ---- tcp_input_connect.cpp
int tcp_rcv_synsent_state_process(const sock* sk, const sk_buff* skb, const tcphdr* th);

// ---- tcp_input_urg.cpp
void tcp_urg(const sock* sk, const sk_buff* skb, const tcphdr* th);

} // namespace sockwalk::kernel
