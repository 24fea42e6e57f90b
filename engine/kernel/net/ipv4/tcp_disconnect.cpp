// Ending a connection at once: RFC 793's ABORT. A socket that was disconnected is as good as new, but for its options.
#include "engine/kernel/include/net/inet_hashtables.h"
#include "engine/kernel/include/net/tcp_segments.h"
#include "engine/kernel/kernel/softirq.h"
#include "engine/kernel/net/ipv4/tcp_internal.h"

namespace sockwalk::kernel {

// In these states the peer believes in the connection, and must be told by a RST.
static bool tcp_need_reset(int state) {
  constexpr int BelievedIn = TCPF_SYN_RECV | TCPF_ESTABLISHED | TCPF_FIN_WAIT1 | TCPF_FIN_WAIT2 | TCPF_CLOSE_WAIT;
  return BelievedIn >> state & 1;
}

static void tcp_rtx_queue_purge(const sock* sk) {
  set(tcp_sk(sk)->highest_sack, nullptr);
  while (const sk_buff* oldest = tcp_rtx_queue_head(sk)) {
    tcp_rtx_queue_unlink(oldest, sk);
    tcp_wmem_free_skb(sk, oldest);
  }
}

// Everything that was to be sent, and all that was sent and not acknowledged, is forgotten.
void tcp_write_queue_purge(const sock* sk) {
  KFUNC(tcp_write_queue_purge, sk);
  const tcp_sock* tp = tcp_sk(sk);
  tcp_chrono_stop(sk, TCP_CHRONO_BUSY);
  while (const sk_buff* skb = __skb_dequeue(&sk->sk_write_queue)) {
    tcp_skb_tsorted_anchor_cleanup(skb);
    tcp_wmem_free_skb(sk, skb);
  }
  tcp_rtx_queue_purge(sk);
  INIT_LIST_HEAD(&tp->tsorted_sent_queue);
  tcp_clear_all_retrans_hints(tp);
  set(tp->packets_out, 0);
  set(inet_csk(sk)->icsk_backoff, 0);
}

namespace {
void forgetRoundTrips(const sock* sk) {
  const tcp_sock* tp = tcp_sk(sk);
  const inet_connection_sock* icsk = inet_csk(sk);
  set(tp->srtt_us, 0);
  set(tp->mdev_us, 1000000);
  set(tp->rcv_rtt_last_tsecr, 0);
  const u32 seq = tp->write_seq + tp->max_window + 2; // far from all that may still be under way
  set(tp->write_seq, seq ? seq : 1);
  set(icsk->icsk_backoff, 0);
  set(icsk->icsk_probes_out, 0);
  set(icsk->icsk_probes_tstamp, 0);
  set(icsk->icsk_rto, TCP_TIMEOUT_INIT());
  set(icsk->icsk_rto_min, TCP_RTO_MIN());
  set(icsk->icsk_delack_max, TCP_DELACK_MAX());
}

void forgetCongestion(const sock* sk) {
  const tcp_sock* tp = tcp_sk(sk);
  const inet_connection_sock* icsk = inet_csk(sk);
  set(tp->snd_ssthresh, TCP_INFINITE_SSTHRESH);
  tcp_snd_cwnd_set(tp, TCP_INIT_CWND);
  set(tp->snd_cwnd_cnt, 0);
  set(tp, tcp_sock::bit::is_cwnd_limited, 0);
  set(tp->max_packets_out, 0);
  set(tp->window_clamp, 0);
  set(tp->delivered, 0);
  set(tp->delivered_ce, 0);
  if (icsk->icsk_ca_ops->release) icsk->icsk_ca_ops->release(sk);
  fillBytes(icsk->icsk_ca_priv, 0, sizeof icsk->icsk_ca_priv);
  set(icsk, inet_connection_sock::bit::icsk_ca_initialized, 0);
  tcp_set_ca_state(sk, TCP_CA_Open);
  set(tp, tcp_sock::bit::is_sack_reneg, 0);
  tcp_clear_retrans(tp);
  set(tp->total_retrans, 0);
  inet_csk_delack_init(sk);
  set(icsk->icsk_ack.rcv_mss, TCP_MIN_MSS);
  fillBytes(&tp->rx_opt, 0, sizeof tp->rx_opt);
}

void forgetCounts(const tcp_sock* tp) {
  for (const u32* count :
       {&tp->segs_in, &tp->segs_out, &tp->data_segs_in, &tp->data_segs_out, &tp->dsack_dups, &tp->reord_seen,
        &tp->retrans_out, &tp->sacked_out, &tp->tlp_high_seq, &tp->last_oow_ack_time, &tp->rcv_ooopack})
    set(*count, 0);
  for (const u64* count : {&tp->bytes_sent, &tp->bytes_acked, &tp->bytes_received, &tp->bytes_retrans}) set(*count, 0);
  set(tp->compressed_ack, 0);
  set(tp->duplicate_sack[0].start_seq, 0);
  set(tp->duplicate_sack[0].end_seq, 0);
  set(tp->app_limited, ~0u);
  set(tp, tcp_sock::bit::rate_app_limited, 1);
  fillBytes(&tp->rack, 0, sizeof tp->rack);
  set(tp->rack.reo_wnd_steps, 1);
  set(tp, tcp_sock::bit::syn_data_acked, 0);
  set(tp, tcp_sock::bit::fastopen_client_fail, 0);
}
} // namespace

// What the peer and the owner hear of it, by the state that was left.
static void breakOff(const sock* sk, int left) {
  const tcp_sock* tp = tcp_sk(sk);
  if (left == TCP_LISTEN) return inet_csk_listen_stop(sk);
  if (tp->repair) { // a connection that moves to another machine ends without a word here
    set(sk->sk_err, ECONNABORTED);
    return;
  }
  // Both FINs are on their way, but behind data of ours that never left: the peer would wait for it.
  const bool finStuck = 1 << left & (TCPF_CLOSING | TCPF_LAST_ACK) && tp->write_seq != tp->snd_nxt;
  const bool tellPeer = tcp_need_reset(left) || finStuck;
  if (tellPeer) tcp_send_active_reset(sk, GFP_KERNEL);
  if (tellPeer || left == TCP_SYN_SENT) set(sk->sk_err, ECONNRESET);
}

static void forgetQueues(const sock* sk) {
  const tcp_sock* tp = tcp_sk(sk);
  tcp_clear_xmit_timers(sk);
  while (const sk_buff* unread = __skb_dequeue(&sk->sk_receive_queue)) kfree_skb(unread);
  set(tp->copied_seq, tp->rcv_nxt);
  set(tp->urg_data, 0);
  tcp_write_queue_purge(sk);
  tcp_fastopen_active_disable_ofo_check(sk);
  skb_rbtree_purge(&tp->out_of_order_queue);
}

static void forgetPeer(const sock* sk) {
  set(inet_sk(sk)->inet_dport, 0);
  inet_bhash2_reset_saddr(sk);
  set(sk->sk_shutdown, 0);
  sock_reset_flag(sk, SOCK_DONE);
}

static void forgetRoutes(const sock* sk) {
  sk_dst_reset(sk);
  const dst_entry* arrivedBy = sk->sk_rx_dst;
  set(sk->sk_rx_dst, nullptr);
  dst_release(arrivedBy);
}

static void forgetPage(const page_frag* frag) {
  if (!frag->page) return;
  put_page(frag->page);
  set(frag->page, nullptr);
  set(frag->offset, 0);
}

int tcp_disconnect(const sock* sk, int flags) {
  KFUNC(tcp_disconnect, sk, flags);
  const tcp_sock* tp = tcp_sk(sk);
  const int left = sk->sk_state;
  if (left != TCP_CLOSE) tcp_set_state(sk, TCP_CLOSE);
  breakOff(sk, left);
  forgetQueues(sk);
  forgetPeer(sk);
  forgetRoundTrips(sk);
  forgetCongestion(sk);
  forgetRoutes(sk);
  tcp_saved_syn_free(tp);
  forgetCounts(tp);
  set(inet_sk(sk), inet_sock::bit::defer_connect, 0);
  forgetPage(&sk->sk_frag);
  sk_error_report(sk);
  return call.result(0);
}

// The socket is locked: it ends with `err`. -ENOENT: it had ended before.
static int abortLocked(const sock* sk, int err) {
  const auto state = [sk] { return static_cast<int>(sk->sk_state); };
  if (state() == TCP_CLOSE) return -ENOENT;
  if (state() == TCP_LISTEN) {
    tcp_set_state(sk, TCP_CLOSE);
    inet_csk_listen_stop(sk);
  }
  const BottomHalvesOff locked;
  if (tcp_need_reset(state())) tcp_send_active_reset(sk, GFP_ATOMIC);
  tcp_done_with_error(sk, err);
  return 0;
}

// What an administrator's `ss --kill` does.
int tcp_abort(const sock* sk, int err) {
  KFUNC(tcp_abort, sk, err);
  lock_sock(sk);
  const int refused = abortLocked(sk, err);
  release_sock(sk);
  return call.result(refused);
}

} // namespace sockwalk::kernel
