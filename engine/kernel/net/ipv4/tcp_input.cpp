// A segment for an established connection. Most of them are what was expected: the next data, or an acknowledgement of
// ours, with the usual header. One comparison with `pred_flags` finds that out (Van Jacobson's header prediction), and
// they take the short way. All others take the way of RFC 9293, step by step.
#include "engine/kernel/include/net/tcp_segments.h"
#include "engine/kernel/net/ipv4/tcp_input_internal.h"
#include "engine/memory/constants/tcp.h"

namespace sockwalk::kernel {

constexpr u32 HeaderWithTimestamp = sizeof(tcphdr) + TCPOLEN_TSTAMP_ALIGNED;

static bool tcp_checksum_complete(const sk_buff* skb) {
  return !skb_csum_unnecessary(skb) && __skb_checksum_complete(skb);
}

static bool predicted(const tcp_sock* tp, const sk_buff* skb, const tcphdr* th) {
  if ((tcp_flag_word(th) & htonl(TCP_HP_BITS)) != tp->pred_flags || seqOf(skb) != tp->rcv_nxt) return false;
  if (!between(TCP_SKB_CB(skb)->ack_seq, tp->snd_una, tp->snd_nxt)) return false;
  if (tp->tcp_header_len != HeaderWithTimestamp) return true;
  if (!tcp_parse_aligned_timestamp(tp, th)) return false;
  return static_cast<s32>(tp->rx_opt.rcv_tsval - tp->rx_opt.ts_recent) >= 0;
}

static void rememberTimestamp(const tcp_sock* tp) {
  if (tp->tcp_header_len == HeaderWithTimestamp && tp->rcv_nxt == tp->rcv_wup) tcp_store_ts_recent(tp);
}

static void fastAck(const sock* sk, const sk_buff* skb) { // we send, the peer acknowledges
  const tcp_sock* tp = tcp_sk(sk);
  rememberTimestamp(tp);
  tcp_ack(sk, skb, 0);
  __kfree_skb(skb);
  tcp_data_snd_check(sk);
  set(tp->rcv_rtt_last_tsecr, tp->rx_opt.rcv_tsecr);
}

static void fastData(const sock* sk, const sk_buff* skb) { // the peer sends
  const tcp_sock* tp = tcp_sk(sk);
  rememberTimestamp(tp);
  tcp_rcv_rtt_measure_ts(sk, skb);
  tcp_cleanup_skb(skb);
  __skb_pull(skb, tp->tcp_header_len);
  bool fragstolen = false, answered = false;
  const int eaten = tcp_queue_rcv(sk, skb, &fragstolen);
  tcp_event_data_recv(sk, skb);
  if (TCP_SKB_CB(skb)->ack_seq != tp->snd_una) {
    tcp_ack(sk, skb, FLAG_DATA);
    tcp_data_snd_check(sk);
    answered = !inet_csk_ack_scheduled(sk);
  } else {
    tcp_update_wl(tp, seqOf(skb));
  }
  if (!answered) __tcp_ack_snd_check(sk, 0);
  if (eaten) kfree_skb_partial(skb, fragstolen);
  tcp_data_ready(sk);
}

// From the acknowledgement on ("step 5").
static void slowSteps(const sock* sk, const sk_buff* skb, const tcphdr* th) {
  const int reason = tcp_ack(sk, skb, FLAG_SLOWPATH | FLAG_UPDATE_TS_RECENT);
  if (reason < 0) {
    tcp_drop_reason(sk, skb, static_cast<skb_drop_reason>(-reason));
    return;
  }
  tcp_rcv_rtt_measure_ts(sk, skb);
  tcp_urg(sk, skb, th);
  tcp_data_queue(sk, skb);
  tcp_data_snd_check(sk);
  tcp_ack_snd_check(sk);
}

static void slowPath(const sock* sk, const sk_buff* skb, const tcphdr* th) {
  if (skb->len < th->doff * 4u || tcp_checksum_complete(skb)) {
    tcp_drop_reason(sk, skb, SKB_DROP_REASON_TCP_CSUM);
  } else if (!th->ack && !th->rst && !th->syn) {
    tcp_drop_reason(sk, skb, SKB_DROP_REASON_TCP_FLAGS);
  } else if (tcp_validate_incoming(sk, skb, th, 1)) {
    slowSteps(sk, skb, th);
  }
}

void tcp_rcv_established(const sock* sk, const sk_buff* skb) {
  KFUNC(tcp_rcv_established, sk, skb);
  mark(BufferMark::Handled, skb, sk);
  const tcp_sock* tp = tcp_sk(sk);
  const tcphdr* th = reinterpret_cast<const tcphdr*>(skb->data.get());
  tcp_mstamp_refresh(tp);
  if (!sk->sk_rx_dst.value) inet_csk(sk)->icsk_af_ops->sk_rx_dst_set(sk, skb);
  set(&tp->rx_opt, tcp_options_received::bit::saw_tstamp, 0);
  if (!predicted(tp, skb, th)) {
    NOTE("tcp.not_predicted", skb);
    slowPath(sk, skb, th);
    return;
  }
  NOTE("tcp.predicted", skb);
  const u32 header = tp->tcp_header_len;
  if (skb->len == header) {
    fastAck(sk, skb);
  } else if (skb->len < header) {
    tcp_drop_reason(sk, skb, SKB_DROP_REASON_PKT_TOO_SMALL);
  } else if (tcp_checksum_complete(skb)) {
    tcp_drop_reason(sk, skb, SKB_DROP_REASON_TCP_CSUM);
  } else if (static_cast<int>(skb->truesize) > sk->sk_forward_alloc) { // memory must be found first
    slowSteps(sk, skb, th);
  } else {
    fastData(sk, skb);
  }
}

} // namespace sockwalk::kernel
