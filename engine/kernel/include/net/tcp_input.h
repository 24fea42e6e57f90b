// TCP reception: what becomes of a segment that reached its socket. The state machine and the fast path, the queue of
// what came out of order, acknowledgements with all that follows from them (round-trip times, SACK, loss recovery), and
// the decision when to acknowledge. Sequence numbers in host order. Source: net/ipv4/tcp_input.c, tcp_recovery.c.
#pragma once
#include "engine/kernel/include/net/tcp_queue.h"
#include "engine/memory/constants/tcp.h"

namespace sockwalk::kernel {

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

// ---- tcp_input_sack.cpp
int tcp_skb_shift(const sk_buff* to, const sk_buff* from, int pcount, int shiftlen);

// ---- tcp_input_recovery.cpp
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

} // namespace sockwalk::kernel
