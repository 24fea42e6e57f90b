// A segment for a connection that is being opened or closed: RFC 9293's procedure for all states but ESTABLISHED and
// TIME_WAIT, which have their own.
#include "engine/kernel/include/net/inet_timewait_sock.h"
#include "engine/kernel/include/net/tcp_segments.h"
#include "engine/kernel/kernel/softirq.h"
#include "engine/kernel/net/ipv4/tcp_input_internal.h"

namespace sockwalk::kernel {

void tcp_done_with_error(const sock* sk, int err) {
  KFUNC(tcp_done_with_error, sk, err);
  set(sk->sk_err, err);
  tcp_write_queue_purge(sk);
  tcp_done(sk);
  if (!sock_flag(sk, SOCK_DEAD)) sk_error_report(sk);
}

// The peer says that this connection does not exist.
// Who ends the connection here? Data that nobody will read makes this kernel do it; a RST comes from the peer.
static void noteEnd(const sock* sk, const sk_buff* skb, int err) {
  const bool held = !sock_flag(sk, SOCK_DEAD);
  if (!(TCP_SKB_CB(skb)->tcp_flags & TCPHDR_RST)) NOTE("tcp.data_unread", sk, err, held);
  else if (sk->sk_state == TCP_SYN_SENT) NOTE("tcp.refused", sk, err);
  else NOTE("tcp.reset", sk, err, held);
}
void tcp_reset(const sock* sk, const sk_buff* skb) {
  KFUNC(tcp_reset, sk, skb);
  int err = ECONNRESET;
  if (sk->sk_state == TCP_SYN_SENT) err = ECONNREFUSED;
  if (sk->sk_state == TCP_CLOSE_WAIT) err = EPIPE;
  if (sk->sk_state == TCP_CLOSE) return;
  noteEnd(sk, skb, err);
  tcp_done_with_error(sk, err);
}

static void finMovesState(const sock* sk) {
  switch (sk->sk_state) {
  case TCP_SYN_RECV:
  case TCP_ESTABLISHED:
    tcp_set_state(sk, TCP_CLOSE_WAIT);
    inet_csk_enter_pingpong_mode(sk); // our own data or FIN may follow soon: acknowledge with it
    break;
  case TCP_FIN_WAIT1: // both closed at the same time
    tcp_send_ack(sk);
    tcp_set_state(sk, TCP_CLOSING);
    break;
  case TCP_FIN_WAIT2:
    tcp_send_ack(sk);
    tcp_time_wait(sk, TCP_TIME_WAIT, 0);
    break;
  default: break; // a FIN that came before
  }
}

static void endReceiving(const sock* sk) {
  inet_csk_schedule_ack(sk);
  set(sk->sk_shutdown, RCV_SHUTDOWN | sk->sk_shutdown);
  sock_set_flag(sk, SOCK_DONE); // a reader who finds the queue empty gets 0, the end of the stream
}

static void forgetOutOfOrder(const tcp_sock* tp) { // it lies beyond the end, so it cannot be meant
  skb_rbtree_purge(&tp->out_of_order_queue);
  if (tcp_is_sack(tp)) tcp_sack_reset(&tp->rx_opt);
}

// The peer's FIN is in sequence: it sends nothing more.
void tcp_fin(const sock* sk) {
  KFUNC(tcp_fin, sk);
  SIMPLIFIED("SIGIO is not sent to who asked for it with O_ASYNC");
  endReceiving(sk);
  finMovesState(sk);
  forgetOutOfOrder(tcp_sk(sk));
  const bool hasOwner = !sock_flag(sk, SOCK_DEAD);
  if (hasOwner) sk->sk_state_change(sk);
}

// Bytes that we do not have yet.
static bool bringsData(const tcp_sock* tp, const sk_buff* skb, const tcphdr* th) {
  return endSeqOf(skb) != seqOf(skb) && after(endSeqOf(skb) - th->fin, tp->rcv_nxt);
}

// ---- FIN_WAIT1 and our FIN is acknowledged. False: the segment is settled, `ret` says how.
static bool finAcknowledged(const sock* sk, const sk_buff* skb, const tcphdr* th, int* ret) {
  const tcp_sock* tp = tcp_sk(sk);
  if (tp->snd_una != tp->write_seq) return true;
  tcp_set_state(sk, TCP_FIN_WAIT2);
  set(sk->sk_shutdown, sk->sk_shutdown | SEND_SHUTDOWN);
  if (!sk->sk_dst_pending_confirm) set(sk->sk_dst_pending_confirm, 1);
  if (!sock_flag(sk, SOCK_DEAD)) {
    sk->sk_state_change(sk); // a close() that lingers
    return true;
  }
  const bool data = bringsData(tp, skb, th);
  if (tp->linger2 < 0 || data) { // nobody is there to read it
    if (data) NOTE("tcp.data_unread", sk, 0, false);
    else NOTE("tcp.linger_over", sk);
    tcp_done(sk);
    *ret = 1;
    return false;
  }
  const int tmo = static_cast<int>(tcp_fin_time(sk));
  if (tmo > static_cast<int>(TCP_TIMEWAIT_LEN())) {
    inet_csk_reset_keepalive_timer(sk, static_cast<u64>(tmo) - TCP_TIMEWAIT_LEN());
  } else if (th->fin || sock_owned_by_user(sk)) {
    inet_csk_reset_keepalive_timer(sk, static_cast<u64>(tmo));
  } else { // the small socket of TIME_WAIT waits for the peer's FIN in place of this one
    tcp_time_wait(sk, TCP_FIN_WAIT2, tmo);
    __kfree_skb(skb);
    *ret = 0;
    return false;
  }
  return true;
}

// ---- SYN_RECV and our SYN-ACK is acknowledged: the connection stands
static void handshakeDone(const sock* sk, const sk_buff* skb, const tcphdr* th) {
  const tcp_sock* tp = tcp_sk(sk);
  add(tp->delivered, 1u);
  if (!tp->srtt_us) tcp_synack_rtt_meas(sk, nullptr);
  if (tp->rx_opt.tstamp_ok) set(tp->advmss, tp->advmss - TCPOLEN_TSTAMP_ALIGNED);
  tcp_try_undo_spurious_syn(sk);
  set(tp->retrans_stamp, 0);
  tcp_init_transfer(sk, 5 /* BPF_SOCK_OPS_PASSIVE_ESTABLISHED_CB */, skb);
  set(tp->copied_seq, tp->rcv_nxt);
  tcp_set_state(sk, TCP_ESTABLISHED);
  sk->sk_state_change(sk);
  set(tp->snd_una, TCP_SKB_CB(skb)->ack_seq);
  set(tp->snd_wnd, static_cast<u32>(ntohs(th->window)) << tp->rx_opt.snd_wscale);
  tcp_init_wl(tp, seqOf(skb));
  if (!inet_csk(sk)->icsk_ca_ops->cong_control) tcp_update_pacing_rate(sk);
  set(tp->lsndtime, tcp_jiffies32());
  initializeRcvMss(sk);
  tcp_fast_path_on(tp);
  if (sk->sk_shutdown & SEND_SHUTDOWN) tcp_shutdown(sk, SEND_SHUTDOWN);
}

// The acknowledgement moves the state. False: the segment is settled, `ret` says how.
static bool ackMovesState(const sock* sk, const sk_buff* skb, const tcphdr* th, int* ret) {
  const tcp_sock* tp = tcp_sk(sk);
  const bool all_acked = tp->snd_una == tp->write_seq;
  switch (sk->sk_state) {
  case TCP_SYN_RECV: handshakeDone(sk, skb, th); return true;
  case TCP_FIN_WAIT1: return finAcknowledged(sk, skb, th, ret);
  case TCP_CLOSING:
    if (!all_acked) return true;
    tcp_time_wait(sk, TCP_TIME_WAIT, 0);
    break;
  case TCP_LAST_ACK:
    if (!all_acked) return true;
    tcp_update_metrics(sk);
    tcp_done(sk);
    break;
  default: return true;
  }
  __kfree_skb(skb);
  *ret = 0;
  return false;
}

// ---- the segment's data
namespace {
enum class Text { Queued, Unused, Reset };
}
static Text segmentText(const sock* sk, const sk_buff* skb, const tcphdr* th) {
  const tcp_sock* tp = tcp_sk(sk);
  const int bit = 1 << sk->sk_state;
  if (bit & (TCPF_CLOSE_WAIT | TCPF_CLOSING | TCPF_LAST_ACK) && !before(seqOf(skb), tp->rcv_nxt)) return Text::Unused;
  const int ended = TCPF_CLOSE_WAIT | TCPF_CLOSING | TCPF_LAST_ACK | TCPF_FIN_WAIT1 | TCPF_FIN_WAIT2;
  if (!(bit & (ended | TCPF_ESTABLISHED))) return Text::Unused;
  const bool data = bringsData(tp, skb, th);
  if (bit & ended && sk->sk_shutdown & RCV_SHUTDOWN && data) { // data that nobody will read: RFC 1122 demands a RST
    tcp_reset(sk, skb);
    return Text::Reset;
  }
  tcp_data_queue(sk, skb);
  return Text::Queued;
}

static int discard(const sock* sk, const sk_buff* skb, skb_drop_reason reason) {
  tcp_drop_reason(sk, skb, reason);
  return 0;
}

static int refuseFlags(const sock* sk, const sk_buff* skb) {
  NOTE("tcp.flags_refused", skb, TCP_SKB_CB(skb)->tcp_flags);
  return discard(sk, skb, SKB_DROP_REASON_TCP_FLAGS);
}

static int listenState(const sock* sk, const sk_buff* skb, const tcphdr* th) {
  if (th->ack) return 1;
  if (th->rst) return discard(sk, skb, SKB_DROP_REASON_TCP_RESET);
  if (!th->syn || th->fin) return refuseFlags(sk, skb);
  const BottomHalvesOff locked; // a SYN from the backlog is worked on by a task
  if (inet_csk(sk)->icsk_af_ops->conn_request(sk, skb) < 0) return 1;
  consume_skb(skb);
  return 0;
}

static int synSentState(const sock* sk, const sk_buff* skb, const tcphdr* th) {
  set(&tcp_sk(sk)->rx_opt, tcp_options_received::bit::saw_tstamp, 0);
  tcp_mstamp_refresh(tcp_sk(sk));
  const int queued = tcp_rcv_synsent_state_process(sk, skb, th);
  if (queued >= 0) return queued;
  tcp_urg(sk, skb, th);
  __kfree_skb(skb);
  tcp_data_snd_check(sk);
  return 0;
}

int tcp_rcv_state_process(const sock* sk, const sk_buff* skb) {
  KFUNC(tcp_rcv_state_process, sk, skb);
  SIMPLIFIED("no TCP Fast Open: data in a SYN is not taken");
  mark(BufferMark::Handled, skb, sk);
  const tcp_sock* tp = tcp_sk(sk);
  const tcphdr* th = tcp_hdr(skb);
  if (sk->sk_state == TCP_CLOSE) return call.result(discard(sk, skb, SKB_DROP_REASON_TCP_CLOSE));
  if (sk->sk_state == TCP_LISTEN) return call.result(listenState(sk, skb, th));
  if (sk->sk_state == TCP_SYN_SENT) return call.result(synSentState(sk, skb, th));
  tcp_mstamp_refresh(tp);
  set(&tp->rx_opt, tcp_options_received::bit::saw_tstamp, 0);
  if (!th->ack && !th->rst && !th->syn) return call.result(refuseFlags(sk, skb));
  if (!tcp_validate_incoming(sk, skb, th, 0)) return call.result(0);
  const int acked = tcp_ack(sk, skb, FLAG_SLOWPATH | FLAG_UPDATE_TS_RECENT | FLAG_NO_CHALLENGE_ACK);
  if (acked <= 0 && sk->sk_state == TCP_SYN_RECV) return call.result(1); // acknowledges what we did not send: RST
  if (acked < 0) {
    tcp_send_challenge_ack(sk);
    return call.result(discard(sk, skb, static_cast<skb_drop_reason>(-acked)));
  }
  int ret = 0;
  if (!ackMovesState(sk, skb, th, &ret)) return call.result(ret);
  tcp_urg(sk, skb, th);
  const Text text = segmentText(sk, skb, th);
  if (text == Text::Reset) return call.result(1);
  if (sk->sk_state != TCP_CLOSE) { // a FIN may have moved it to TIME_WAIT, and this socket is done
    tcp_data_snd_check(sk);
    tcp_ack_snd_check(sk);
  }
  if (text == Text::Unused) {
    NOTE("tcp.segment_done", skb, !bringsData(tp, skb, th));
    tcp_drop_reason(sk, skb, SKB_DROP_REASON_NOT_SPECIFIED);
  }
  return call.result(0);
}

} // namespace sockwalk::kernel
