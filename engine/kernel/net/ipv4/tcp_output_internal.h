// What the files of tcp_output share and nobody else calls.
#pragma once
#include "engine/kernel/include/linux/kernel.h"

namespace sockwalk::kernel {

// ---- tcp_output.cpp
bool tcp_write_xmit(const sock* sk, u32 mss_now, int nonagle, int push_one, u32 gfp);
void refreshClock(const tcp_sock* tp); // tcp_mstamp_refresh() where the compiler inlined it
bool tcp_snd_wnd_test(const tcp_sock* tp, const sk_buff* skb, u32 cur_mss);
inline bool tcp_urg_mode(const tcp_sock* tp) { return tp->snd_una != tp->snd_up; }
bool tcp_small_queue_check(const sock* sk, const sk_buff* skb, u32 factor);
bool tcp_pacing_check(const sock* sk);
void startChrono(const sock* sk, u32 type);
void tcp_event_new_data_sent(const sock* sk, const sk_buff* skb);

// ---- tcp_output_transmit.cpp
int __tcp_transmit_skb(const sock* sk, const sk_buff* skb, int clone_it, u32 gfp_mask, u32 rcv_nxt);
int tcp_transmit_skb(const sock* sk, const sk_buff* skb, int clone_it, u32 gfp_mask);
u16 tcp_advertise_mss(const sock* sk);
u32 tcp_acceptable_seq(const sock* sk);
void tcp_init_nondata_skb(const sk_buff* skb, u32 seq, u8 flags);

// ---- tcp_output_retransmit.cpp
bool scheduleLossProbe(const sock* sk, bool advancing_rto); // the body of tcp_schedule_loss_probe()

// ---- tcp_output_window.cpp
u16 tcp_select_window(const sock* sk);

// ---- tcp_output_options.cpp
u32 tcp_syn_options(const sock* sk, const sk_buff* skb, const tcp_out_options* opts);
u32 tcp_synack_options(const sock* sk, const request_sock* req, u32 mss, const sk_buff* skb,
                       const tcp_out_options* opts, const tcp_fastopen_cookie* foc);
u32 tcp_established_options(const sock* sk, const sk_buff* skb, const tcp_out_options* opts);
void tcp_options_write(const tcphdr* th, const tcp_sock* tp, const tcp_out_options* opts);

// ---- tcp_output_fragment.cpp
void tcp_set_skb_tso_segs(const sk_buff* skb, u32 mss_now);
int tcp_init_tso_segs(const sk_buff* skb, u32 mss_now);
void tcp_adjust_pcount(const sock* sk, const sk_buff* skb, int decr);
int tso_fragment(const sock* sk, const sk_buff* skb, u32 len, u32 mss_now, u32 gfp);

// ---- tcp_output_tso.cpp: how much goes at once
u32 tcp_tso_segs(const sock* sk, u32 mss_now);
u32 tcp_mss_split_point(const sock* sk, const sk_buff* skb, u32 mss_now, u32 max_segs, int nonagle);
bool tcp_nagle_test(const tcp_sock* tp, const sk_buff* skb, u32 cur_mss, int nonagle);
bool tcp_tso_should_defer(const sock* sk, const sk_buff* skb, bool* is_cwnd_limited, bool* is_rwnd_limited,
                          u32 max_segs);

// ---- tcp_output_mss.cpp
int tcp_mtu_probe(const sock* sk);
void setMtuProbeSize(const inet_connection_sock* icsk, u32 size);
void enableMtuProbing(const inet_connection_sock* icsk);

u32 __pskb_trim_head(const sk_buff* skb, u32 len);
bool skb_still_in_host_queue(const sock* sk, const sk_buff* skb);

} // namespace sockwalk::kernel
