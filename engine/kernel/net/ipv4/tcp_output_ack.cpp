// Segments without data: acknowledgements, at once or a little later, RST, and the probes that ask a silent peer.
#include "engine/kernel/net/ipv4/tcp_output_internal.h"

namespace sockwalk::kernel {

// An acknowledgement that may wait: perhaps data goes the same way soon and carries it. Never longer than 200 ms.
void tcp_send_delayed_ack(const sock* sk) {
  KFUNC(tcp_send_delayed_ack, sk);
  const inet_connection_sock* icsk = inet_csk(sk);
  u32 ato = icsk->icsk_ack.ato;
  if (ato > TCP_DELACK_MIN()) {
    u32 max_ato = HZ() / 2;
    if (inet_csk_in_pingpong_mode(sk) || icsk->icsk_ack.pending & ICSK_ACK_PUSHED) max_ato = TCP_DELACK_MAX();
    if (const u32 srtt = tcp_sk(sk)->srtt_us) {
      const u32 rtt = std::max(static_cast<u32>(usecs_to_jiffies(srtt >> 3)), TCP_DELACK_MIN());
      max_ato = std::min(max_ato, rtt);
    }
    ato = std::min(ato, max_ato);
  }
  ato = std::min<u32>(ato, icsk->icsk_delack_max);
  const u64 now = machine().jiffies();
  u64 timeout = now + ato;
  if (icsk->icsk_ack.pending & ICSK_ACK_TIMER) {
    if (icsk->icsk_ack.timeout <= now + (ato >> 2)) { // it is about to expire anyway
      tcp_send_ack(sk);
      return;
    }
    timeout = std::min<u64>(timeout, icsk->icsk_ack.timeout);
  }
  set(icsk->icsk_ack.pending, icsk->icsk_ack.pending | ICSK_ACK_SCHED | ICSK_ACK_TIMER);
  set(icsk->icsk_ack.timeout, timeout);
  sk_reset_timer(sk, &icsk->icsk_delack_timer, timeout);
  NOTE("tcp.delayed_ack", sk, jiffies_to_msecs(timeout - now));
}

// No memory for an acknowledgement: try again later, each time after twice as long.
static void ackWithoutMemory(const sock* sk) {
  const inet_connection_sock* icsk = inet_csk(sk);
  const u64 delay = u64(TCP_DELACK_MAX()) << icsk->icsk_ack.retry;
  if (delay < TCP_RTO_MAX()) add(icsk->icsk_ack.retry, 1);
  inet_csk_schedule_ack(sk);
  set(icsk->icsk_ack.ato, TCP_ATO_MIN());
  inet_csk_reset_xmit_timer(sk, ICSK_TIME_DACK, delay, TCP_RTO_MAX());
}

void __tcp_send_ack(const sock* sk, u32 rcv_nxt) {
  KFUNC(__tcp_send_ack, sk, rcv_nxt);
  if (sk->sk_state == TCP_CLOSE) return;
  const sk_buff* buff = alloc_skb(MAX_TCP_HEADER, GFP_ATOMIC);
  if (!buff) {
    ackWithoutMemory(sk);
    return;
  }
  skb_reserve(buff, MAX_TCP_HEADER);
  tcp_init_nondata_skb(buff, tcp_acceptable_seq(sk), TCPHDR_ACK);
  set(buff->truesize, 2); // the mark of a pure ACK: it must not hold back data in the small queues' account
  __tcp_transmit_skb(sk, buff, 0, 0, rcv_nxt);
}

void tcp_send_ack(const sock* sk) {
  KFUNC(tcp_send_ack, sk);
  __tcp_send_ack(sk, tcp_sk(sk)->rcv_nxt);
}

// The connection ends hard: data that nobody will read, or an abortive close.
void tcp_send_active_reset(const sock* sk, u32 priority) {
  KFUNC(tcp_send_active_reset, sk, priority);
  const sk_buff* skb = alloc_skb(MAX_TCP_HEADER, priority);
  if (!skb) return;
  skb_reserve(skb, MAX_TCP_HEADER);
  tcp_init_nondata_skb(skb, tcp_acceptable_seq(sk), TCPHDR_ACK | TCPHDR_RST);
  refreshClock(tcp_sk(sk));
  tcp_transmit_skb(sk, skb, 0, priority);
}

// A segment with a sequence number that is acknowledged already: the peer answers with an ACK that tells its window.
static int tcp_xmit_probe_skb(const sock* sk, int urgent, int mib) {
  KFUNC(tcp_xmit_probe_skb, sk, urgent, mib);
  const sk_buff* skb = alloc_skb(MAX_TCP_HEADER, GFP_ATOMIC);
  if (!skb) return call.result(-1);
  skb_reserve(skb, MAX_TCP_HEADER);
  tcp_init_nondata_skb(skb, tcp_sk(sk)->snd_una - !urgent, TCPHDR_ACK);
  NOTE("tcp.probe", sk, TCP_SKB_CB(skb)->seq);
  return call.result(tcp_transmit_skb(sk, skb, 0, 0));
}

void tcp_send_window_probe(const sock* sk) {
  KFUNC(tcp_send_window_probe, sk);
  if (sk->sk_state != TCP_ESTABLISHED) return;
  set(tcp_sk(sk)->snd_wl1, tcp_sk(sk)->rcv_nxt - 1);
  refreshClock(tcp_sk(sk));
  tcp_xmit_probe_skb(sk, 0, 0);
}

// A window that is open but too small for a whole segment: what fits goes now.
static int sendWhatFits(const sock* sk, const sk_buff* skb) {
  const tcp_sock* tp = tcp_sk(sk);
  const tcp_skb_cb* cb = TCP_SKB_CB(skb);
  const u32 mss = tcp_current_mss(sk);
  u32 seg_size = tcp_wnd_end(tp) - cb->seq;
  if (before(tp->pushed_seq, cb->end_seq)) set(tp->pushed_seq, cb->end_seq);
  if (seg_size < cb->end_seq - cb->seq || skb->len > mss) {
    seg_size = std::min(seg_size, mss);
    set(cb->tcp_flags, cb->tcp_flags | TCPHDR_PSH);
    if (tcp_fragment(sk, TCP_FRAG_IN_WRITE_QUEUE, skb, seg_size, mss, GFP_ATOMIC)) return -1;
  } else if (!tcp_skb_pcount(skb)) {
    tcp_set_skb_tso_segs(skb, mss);
  }
  set(cb->tcp_flags, cb->tcp_flags | TCPHDR_PSH);
  const int err = tcp_transmit_skb(sk, skb, 1, GFP_ATOMIC);
  if (!err) tcp_event_new_data_sent(sk, skb);
  return err;
}

// Keepalive, or a window that stays shut: something goes to the peer that it must answer.
int tcp_write_wakeup(const sock* sk, int mib) {
  KFUNC(tcp_write_wakeup, sk, mib);
  const tcp_sock* tp = tcp_sk(sk);
  if (sk->sk_state == TCP_CLOSE) return call.result(-1);
  const sk_buff* skb = tcp_send_head(sk);
  if (skb && before(TCP_SKB_CB(skb)->seq, tcp_wnd_end(tp))) return call.result(sendWhatFits(sk, skb));
  if (between(tp->snd_up, tp->snd_una + 1, tp->snd_una + 0xffff)) tcp_xmit_probe_skb(sk, 1, mib);
  return call.result(tcp_xmit_probe_skb(sk, 0, mib));
}

// The timer of a window that is shut: probe, and again after twice as long.
void tcp_send_probe0(const sock* sk) {
  KFUNC(tcp_send_probe0, sk);
  const inet_connection_sock* icsk = inet_csk(sk);
  const int err = tcp_write_wakeup(sk, 0);
  if (tcp_sk(sk)->packets_out || tcp_write_queue_empty(sk)) {
    set(icsk->icsk_probes_out, 0);
    set(icsk->icsk_backoff, 0);
    set(icsk->icsk_probes_tstamp, 0);
    return;
  }
  add(icsk->icsk_probes_out, 1);
  u64 timeout = TCP_RESOURCE_PROBE_INTERVAL();
  if (err <= 0) {
    if (icsk->icsk_backoff < sock_net(sk)->ipv4.sysctl_tcp_retries2) add(icsk->icsk_backoff, 1);
    timeout = tcp_probe0_when(sk, TCP_RTO_MAX());
  }
  timeout = tcp_clamp_probe0_to_user_timeout(sk, static_cast<u32>(timeout));
  tcp_reset_xmit_timer(sk, ICSK_TIME_PROBE0, timeout, TCP_RTO_MAX());
}

u64 tcp_probe0_when(const sock* sk, u64 max_when) {
  const u32 most = 31 - static_cast<u32>(__builtin_clz(TCP_RTO_MAX() / TCP_RTO_MIN())) + 1;
  return std::min(tcp_probe0_base(sk) << std::min<u32>(most, inet_csk(sk)->icsk_backoff), max_when);
}

void tcp_reset_xmit_timer(const sock* sk, int what, u64 when, u64 max_when) {
  inet_csk_reset_xmit_timer(sk, what, when + tcp_pacing_delay(sk), max_when);
}

} // namespace sockwalk::kernel
