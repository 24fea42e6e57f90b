// The answer to our SYN, and the moment from which a connection may carry data.
#include "engine/kernel/include/linux/security.h"
#include "engine/kernel/include/net/inet_timewait_sock.h"
#include "engine/kernel/include/net/tcp_segments.h"
#include "engine/kernel/net/ipv4/tcp_input_internal.h"

namespace sockwalk::kernel {

static u32 firstWindow(const sock* sk) { // packets
  const tcp_sock* tp = tcp_sk(sk);
  const bool synWasLost = tp->undo_marker && tp->total_retrans > 1; // that bodes ill
  if (synWasLost) return 1;
  const dst_entry* route = __sk_dst_get(sk);
  const u32 byRoute = route ? dst_metric_raw(route, RTAX_INITCWND) : 0;
  return std::min<u32>(tp->snd_cwnd_clamp, byRoute ? byRoute : TCP_INIT_CWND);
}

void tcp_init_transfer(const sock* sk, int bpf_op, const sk_buff* skb) {
  KFUNC(tcp_init_transfer, sk, bpf_op, skb);
  const tcp_sock* tp = tcp_sk(sk);
  tcp_mtup_init(sk);
  inet_csk(sk)->icsk_af_ops->rebuild_header(sk);
  tcp_init_metrics(sk);
  tcp_snd_cwnd_set(tp, firstWindow(sk));
  set(tp->snd_cwnd_stamp, tcp_jiffies32());
  const bool prepared = inet_csk(sk)->icsk_ca_initialized;
  if (!prepared) tcp_init_congestion_control(sk);
  tcp_init_buffer_space(sk);
}

static void learnFrom(const sock* sk, const sk_buff* synAck) { // by which way it came
  inet_csk(sk)->icsk_af_ops->sk_rx_dst_set(sk, synAck);
  security_inet_conn_established(sk, synAck);
  set(sk->sk_napi_id, synAck->napi_id);
}

void tcp_finish_connect(const sock* sk, const sk_buff* skb) {
  KFUNC(tcp_finish_connect, sk, skb);
  constexpr int ActiveEstablished = 4; // BPF_SOCK_OPS_ACTIVE_ESTABLISHED_CB
  const tcp_sock* tp = tcp_sk(sk);
  tcp_set_state(sk, TCP_ESTABLISHED);
  set(inet_csk(sk)->icsk_ack.lrcvtime, tcp_jiffies32());
  if (skb) learnFrom(sk, skb);
  tcp_init_transfer(sk, ActiveEstablished, skb);
  set(tp->lsndtime, tcp_jiffies32());
  const bool keptAlive = sock_flag(sk, SOCK_KEEPOPEN);
  if (keptAlive) inet_csk_reset_keepalive_timer(sk, keepalive_time_when(tp));
  const bool scaled = tp->rx_opt.snd_wscale > 0; // the SYN-ACK's window was not: no other header will look like it
  if (scaled) set(tp->pred_flags, 0);
  else __tcp_fast_path_on(tp, tp->snd_wnd);
}

// Options as if the segment had not been.
static void forgetOptions(const tcp_sock* tp, u16 saved_clamp) {
  using bit = tcp_options_received::bit;
  const tcp_options_received* o = &tp->rx_opt;
  set(o, bit::tstamp_ok, 0);
  set(o, bit::sack_ok, 0);
  set(o, bit::wscale_ok, 0);
  set(o, bit::snd_wscale, 0);
  set(o->mss_clamp, saved_clamp);
}

static void timestampsAgreed(const sock* sk, bool shorten) {
  const tcp_sock* tp = tcp_sk(sk);
  if (!tp->rx_opt.saw_tstamp) {
    set(tp->tcp_header_len, sizeof(tcphdr));
    return;
  }
  set(&tp->rx_opt, tcp_options_received::bit::tstamp_ok, 1);
  set(tp->tcp_header_len, sizeof(tcphdr) + TCPOLEN_TSTAMP_ALIGNED);
  if (shorten) set(tp->advmss, tp->advmss - TCPOLEN_TSTAMP_ALIGNED);
  tcp_store_ts_recent(tp);
}

// The SYN-ACK that we wait for.
static void connected(const sock* sk, const sk_buff* skb, const tcphdr* th) {
  const tcp_sock* tp = tcp_sk(sk);
  if (tp->ecn_flags & TCP_ECN_OK && (!th->ece || th->cwr)) set(tp->ecn_flags, tp->ecn_flags & ~TCP_ECN_OK);
  tcp_init_wl(tp, seqOf(skb));
  tcp_try_undo_spurious_syn(sk);
  tcp_ack(sk, skb, FLAG_SLOWPATH);
  set(tp->rcv_nxt, seqOf(skb) + 1);
  set(tp->rcv_wup, seqOf(skb) + 1);
  set(tp->snd_wnd, ntohs(th->window)); // in a SYN it is never scaled
  if (!tp->rx_opt.wscale_ok) {
    set(&tp->rx_opt, tcp_options_received::bit::snd_wscale, 0);
    set(&tp->rx_opt, tcp_options_received::bit::rcv_wscale, 0);
    set(tp->window_clamp, std::min<u32>(tp->window_clamp, 65535));
  }
  timestampsAgreed(sk, true);
  tcp_sync_mss(sk, inet_csk(sk)->icsk_pmtu_cookie);
  initializeRcvMss(sk);
  set(tp->copied_seq, tp->rcv_nxt);
  tcp_finish_connect(sk, skb);
  if (!sock_flag(sk, SOCK_DEAD)) sk->sk_state_change(sk);
}

// Two SYNs crossed: both sides opened at the same time. Ours is answered like a listener would, and sent again with it.
static void crossedSyn(const sock* sk, const sk_buff* skb, const tcphdr* th) {
  const tcp_sock* tp = tcp_sk(sk);
  tcp_set_state(sk, TCP_SYN_RECV);
  timestampsAgreed(sk, false);
  set(tp->rcv_nxt, seqOf(skb) + 1);
  set(tp->copied_seq, tp->rcv_nxt);
  set(tp->rcv_wup, seqOf(skb) + 1);
  set(tp->snd_wnd, ntohs(th->window));
  set(tp->snd_wl1, seqOf(skb));
  set(tp->max_window, tp->snd_wnd);
  if (tp->ecn_flags & TCP_ECN_OK && (!th->ece || !th->cwr)) set(tp->ecn_flags, tp->ecn_flags & ~TCP_ECN_OK);
  tcp_mtup_init(sk);
  tcp_sync_mss(sk, inet_csk(sk)->icsk_pmtu_cookie);
  initializeRcvMss(sk);
  tcp_send_synack(sk);
}

static bool acceptableAck(const sock* sk, const sk_buff* skb) {
  const tcp_sock* tp = tcp_sk(sk);
  const u32 ack = TCP_SKB_CB(skb)->ack_seq;
  if (!after(ack, tp->snd_una) || after(ack, tp->snd_nxt)) { // of an older connection: its end is near, try again soon
    if (!inet_csk(sk)->icsk_retransmits)
      inet_csk_reset_xmit_timer(sk, ICSK_TIME_RETRANS, TCP_TIMEOUT_MIN(), TCP_RTO_MAX());
    return false;
  }
  const tcp_options_received* o = &tp->rx_opt;
  return !o->saw_tstamp || !o->rcv_tsecr || between(o->rcv_tsecr, tp->retrans_stamp, tcp_time_stamp(tp));
}

// Our side may have data at once, or wants to read first: the third segment of the handshake waits for it.
static bool mayWaitWithAck(const sock* sk) {
  const inet_connection_sock* icsk = inet_csk(sk);
  return sk->sk_write_pending || icsk->icsk_accept_queue.rskq_defer_accept || inet_csk_in_pingpong_mode(sk);
}

namespace {
struct Answer { // a segment that came for our SYN
  const sock* sk;
  const sk_buff* skb;
  u16 clampBefore;
  int refuse(skb_drop_reason reason) const {
    forgetOptions(tcp_sk(sk), clampBefore);
    tcp_drop_reason(sk, skb, reason);
    return 0;
  }
};
} // namespace

// It acknowledges nothing: only a SYN of the peer's own is of use.
static int withoutAck(const Answer& a, const tcphdr* th) {
  if (th->rst) return a.refuse(SKB_DROP_REASON_TCP_RESET);
  const tcp_options_received* options = &tcp_sk(a.sk)->rx_opt;
  const bool stamped = options->saw_tstamp && options->ts_recent_stamp;
  if (stamped && tcp_paws_reject(options, 0)) return a.refuse(SKB_DROP_REASON_TCP_RFC7323_PAWS);
  if (!th->syn) return a.refuse(SKB_DROP_REASON_NOT_SPECIFIED);
  crossedSyn(a.sk, a.skb, th);
  __kfree_skb(a.skb);
  return 0;
}

static void acknowledgeLater(const sock* sk) {
  inet_csk_schedule_ack(sk);
  tcp_enter_quickack_mode(sk, TCP_MAX_QUICKACKS);
  inet_csk_reset_xmit_timer(sk, ICSK_TIME_DACK, TCP_DELACK_MAX(), TCP_RTO_MAX());
}

// -1: the connection stands, and the segment may hold urgent data. 0: the buffer is taken. 1: answer with a RST.
int tcp_rcv_synsent_state_process(const sock* sk, const sk_buff* skb, const tcphdr* th) {
  KFUNC(tcp_rcv_synsent_state_process, sk, skb, th);
  INLINED();
  const tcp_sock* tp = tcp_sk(sk);
  const Answer a{sk, skb, tp->rx_opt.mss_clamp};
  OnStack<tcp_fastopen_cookie> cookie;
  set(cookie->len, -1);
  tcp_parse_options(sock_net(sk), skb, &tp->rx_opt, 0, cookie);
  if (tp->rx_opt.saw_tstamp && tp->rx_opt.rcv_tsecr) set(tp->rx_opt.rcv_tsecr, tp->rx_opt.rcv_tsecr - tp->tsoffset);

  if (!th->ack) return call.result(withoutAck(a, th));
  if (!acceptableAck(sk, skb)) {
    forgetOptions(tp, a.clampBefore);
    return call.result(1);
  }
  if (th->rst) { // nobody listens there
    tcp_reset(sk, skb);
    __kfree_skb(skb);
    return call.result(0);
  }
  if (!th->syn) return call.result(a.refuse(SKB_DROP_REASON_TCP_FLAGS));
  connected(sk, skb, th);
  if (!mayWaitWithAck(sk)) {
    tcp_send_ack(sk);
    return call.result(-1);
  }
  acknowledgeLater(sk);
  __kfree_skb(skb);
  return call.result(0);
}

} // namespace sockwalk::kernel
