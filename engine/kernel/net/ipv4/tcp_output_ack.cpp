// Segments without data: acknowledgements, at once or a little later, RST, and the probes that ask a silent peer.
#include "engine/kernel/include/net/tcp.h"
#include "engine/kernel/net/ipv4/tcp_output_internal.h"

namespace sockwalk::kernel {

// How long it may wait, in jiffies. What was learned of the peer's habits (ato) counts, within limits: a conversation
// may wait longest, but a round trip is enough for anybody.
static u32 ackPatience(const sock* sk) {
  const inet_connection_sock* icsk = inet_csk(sk);
  u32 patience = icsk->icsk_ack.ato;
  if (patience > TCP_DELACK_MIN()) {
    const bool conversation = inet_csk_in_pingpong_mode(sk) || icsk->icsk_ack.pending & ICSK_ACK_PUSHED;
    const u32 limit = conversation ? TCP_DELACK_MAX() : HZ() / 2;
    const u32 srtt = tcp_sk(sk)->srtt_us;
    const u32 roundTrip = srtt ? std::max(static_cast<u32>(usecs_to_jiffies(srtt >> 3)), TCP_DELACK_MIN()) : limit;
    patience = std::min({patience, limit, roundTrip});
  }
  return std::min<u32>(patience, icsk->icsk_delack_max);
}

// An acknowledgement that may wait: perhaps data goes the same way soon and carries it. Never longer than 200 ms.
void tcp_send_delayed_ack(const sock* sk) {
  KFUNC(tcp_send_delayed_ack, sk);
  const auto& ack = inet_csk(sk)->icsk_ack;
  const u32 patience = ackPatience(sk);
  const u64 moment = machine().jiffies();
  const bool armed = ack.pending & ICSK_ACK_TIMER;
  if (armed && ack.timeout <= moment + patience / 4) { // it is about to expire anyway
    tcp_send_ack(sk);
    return;
  }
  const u64 due = armed ? std::min<u64>(moment + patience, ack.timeout) : moment + patience;
  set(ack.pending, ack.pending | ICSK_ACK_SCHED | ICSK_ACK_TIMER);
  set(ack.timeout, due);
  sk_reset_timer(sk, &inet_csk(sk)->icsk_delack_timer, due);
  NOTE("tcp.delayed_ack", sk, jiffies_to_msecs(due - moment));
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

// A buffer with room for all headers and nothing else.
static const sk_buff* emptySegment(u32 priority) {
  const sk_buff* skb = alloc_skb(MAX_TCP_HEADER, priority);
  if (skb) skb_reserve(skb, MAX_TCP_HEADER);
  return skb;
}

void __tcp_send_ack(const sock* sk, u32 rcv_nxt) {
  KFUNC(__tcp_send_ack, sk, rcv_nxt);
  if (sk->sk_state == TCP_CLOSE) return;
  const sk_buff* skb = emptySegment(GFP_ATOMIC);
  if (!skb) {
    ackWithoutMemory(sk);
    return;
  }
  tcp_init_nondata_skb(skb, tcp_acceptable_seq(sk), TCPHDR_ACK);
  set(skb->truesize, 2); // the mark of a pure ACK: it must not hold back data in the small queues' account
  __tcp_transmit_skb(sk, skb, 0, 0, rcv_nxt);
}

void tcp_send_ack(const sock* sk) {
  KFUNC(tcp_send_ack, sk);
  __tcp_send_ack(sk, tcp_sk(sk)->rcv_nxt);
}

// The connection ends hard: data that nobody will read, or an abortive close.
void tcp_send_active_reset(const sock* sk, u32 priority) {
  KFUNC(tcp_send_active_reset, sk, priority);
  if (const sk_buff* skb = emptySegment(priority)) {
    tcp_init_nondata_skb(skb, tcp_acceptable_seq(sk), TCPHDR_ACK | TCPHDR_RST);
    refreshClock(tcp_sk(sk));
    tcp_transmit_skb(sk, skb, 0, priority);
  }
}

// A segment with a sequence number that is acknowledged already: the peer answers with an ACK that tells its window.
static int tcp_xmit_probe_skb(const sock* sk, int urgent, int mib) {
  KFUNC(tcp_xmit_probe_skb, sk, urgent, mib);
  const sk_buff* probe = emptySegment(GFP_ATOMIC);
  if (!probe) return call.result(-1);
  const u32 known = tcp_sk(sk)->snd_una - (urgent ? 0 : 1);
  tcp_init_nondata_skb(probe, known, TCPHDR_ACK);
  NOTE("tcp.probe", sk, TCP_SKB_CB(probe)->seq);
  return call.result(tcp_transmit_skb(sk, probe, 0, 0));
}

void tcp_send_window_probe(const sock* sk) {
  KFUNC(tcp_send_window_probe, sk);
  if (sk->sk_state != TCP_ESTABLISHED) return;
  set(tcp_sk(sk)->snd_wl1, tcp_sk(sk)->rcv_nxt - 1);
  refreshClock(tcp_sk(sk));
  tcp_xmit_probe_skb(sk, 0, 0);
}

// Makes the first buffer of the queue one segment that the window takes. false: no memory.
static bool cutToWindow(const sock* sk, const sk_buff* skb, u32 mss) {
  const tcp_skb_cb* cb = TCP_SKB_CB(skb);
  const u32 room = tcp_wnd_end(tcp_sk(sk)) - cb->seq, span = cb->end_seq - cb->seq;
  if (span <= room && skb->len <= mss) {
    if (!tcp_skb_pcount(skb)) tcp_set_skb_tso_segs(skb, mss);
    return true;
  }
  set(cb->tcp_flags, cb->tcp_flags | TCPHDR_PSH);
  return !tcp_fragment(sk, TCP_FRAG_IN_WRITE_QUEUE, skb, std::min(room, mss), mss, GFP_ATOMIC);
}

// A window that is open but too small for a whole segment: what fits goes now, and is to be delivered at once.
static int sendWhatFits(const sock* sk, const sk_buff* skb) {
  const tcp_sock* tp = tcp_sk(sk);
  const tcp_skb_cb* cb = TCP_SKB_CB(skb);
  const u32 mss = tcp_current_mss(sk), end = cb->end_seq;
  if (after(end, tp->pushed_seq)) set(tp->pushed_seq, end);
  if (!cutToWindow(sk, skb, mss)) return -1;
  set(cb->tcp_flags, cb->tcp_flags | TCPHDR_PSH);
  const int failure = tcp_transmit_skb(sk, skb, 1, GFP_ATOMIC);
  if (!failure) tcp_event_new_data_sent(sk, skb);
  return failure;
}

// Urgent data that the peer has not acknowledged, near enough for the header's 16 bits to point at.
static bool urgentDataAhead(const tcp_sock* tp) {
  const u32 ahead = tp->snd_up - tp->snd_una;
  return ahead > 0 && ahead <= 0xffff;
}

// Keepalive, or a window that stays shut: something goes to the peer that it must answer.
int tcp_write_wakeup(const sock* sk, int mib) {
  KFUNC(tcp_write_wakeup, sk, mib);
  const tcp_sock* tp = tcp_sk(sk);
  if (sk->sk_state == TCP_CLOSE) return call.result(-1);
  const sk_buff* waiting = tcp_send_head(sk);
  const bool windowIsOpen = waiting && before(TCP_SKB_CB(waiting)->seq, tcp_wnd_end(tp));
  if (windowIsOpen) return call.result(sendWhatFits(sk, waiting));
  if (urgentDataAhead(tp)) tcp_xmit_probe_skb(sk, 1, mib);
  return call.result(tcp_xmit_probe_skb(sk, 0, mib));
}

// The timer of a window that is shut: probe, and again after twice as long.
void tcp_send_probe0(const sock* sk) {
  KFUNC(tcp_send_probe0, sk);
  const inet_connection_sock* icsk = inet_csk(sk);
  const bool queueBelowIsFull = tcp_write_wakeup(sk, 0) > 0;
  const bool overcome = tcp_sk(sk)->packets_out || tcp_write_queue_empty(sk); // the window let something out
  if (overcome) {
    set(icsk->icsk_probes_out, 0);
    set(icsk->icsk_backoff, 0);
    set(icsk->icsk_probes_tstamp, 0);
    return;
  }
  add(icsk->icsk_probes_out, 1);
  const bool backsOff = !queueBelowIsFull && icsk->icsk_backoff < sock_net(sk)->ipv4.sysctl_tcp_retries2;
  if (backsOff) add(icsk->icsk_backoff, 1);
  const u64 pause = queueBelowIsFull ? u64(TCP_RESOURCE_PROBE_INTERVAL()) : tcp_probe0_when(sk, TCP_RTO_MAX());
  const u64 patient = tcp_clamp_probe0_to_user_timeout(sk, static_cast<u32>(pause));
  tcp_reset_xmit_timer(sk, ICSK_TIME_PROBE0, patient, TCP_RTO_MAX());
}

u64 tcp_probe0_when(const sock* sk, u64 max_when) {
  const u32 most = 31 - static_cast<u32>(__builtin_clz(TCP_RTO_MAX() / TCP_RTO_MIN())) + 1;
  return std::min(tcp_probe0_base(sk) << std::min<u32>(most, inet_csk(sk)->icsk_backoff), max_when);
}

void tcp_reset_xmit_timer(const sock* sk, int what, u64 when, u64 max_when) {
  inet_csk_reset_xmit_timer(sk, what, when + tcp_pacing_delay(sk), max_when);
}

} // namespace sockwalk::kernel
