// The round-trip time and what follows from it: how long to wait for an acknowledgement (RTO), and how fast to send.
// Source: RFC 6298; Jacobson and Karels, "Congestion Avoidance and Control" (1988).
#include "engine/kernel/net/ipv4/tcp_input_internal.h"

namespace sockwalk::kernel {

// srtt_us keeps eight times the smoothed time, so that shifts do for the fractions: srtt += (m - srtt) / 8, and
// mdev, the mean deviation, += (|m - srtt| - mdev) / 4. rttvar_us is its largest value of the last round trip.
static void updateDeviation(const tcp_sock* tp, s64 error) {
  s64 delta = (error < 0 ? -error : error) - (tp->mdev_us >> 2);
  if (error < 0 && delta > 0) delta >>= 3; // when the time falls, the deviation follows slowly: the RTO must not rise
  add(tp->mdev_us, static_cast<s32>(delta));
  if (tp->mdev_us > tp->mdev_max_us) {
    set(tp->mdev_max_us, tp->mdev_us);
    if (tp->mdev_max_us > tp->rttvar_us) set(tp->rttvar_us, tp->mdev_max_us);
  }
}

static void tcp_rtt_estimator(const sock* sk, s64 mrtt_us) {
  KFUNC(tcp_rtt_estimator, sk, mrtt_us);
  const tcp_sock* tp = tcp_sk(sk);
  if (!tp->srtt_us) { // the first measurement: RTO becomes three times it, but at least 200 ms
    set(tp->mdev_us, mrtt_us << 1);
    set(tp->rttvar_us, std::max<u32>(tp->mdev_us, tcp_rto_min_us(sk)));
    set(tp->mdev_max_us, tp->rttvar_us);
    set(tp->rtt_seq, tp->snd_nxt);
    set(tp->srtt_us, std::max<u32>(1, static_cast<u32>(mrtt_us << 3)));
    return;
  }
  const s64 error = mrtt_us - (tp->srtt_us >> 3);
  updateDeviation(tp, error);
  if (after(tp->snd_una, tp->rtt_seq)) { // once in a round trip
    if (tp->mdev_max_us < tp->rttvar_us) sub(tp->rttvar_us, (tp->rttvar_us - tp->mdev_max_us) >> 2);
    set(tp->rtt_seq, tp->snd_nxt);
    set(tp->mdev_max_us, tcp_rto_min_us(sk));
  }
  set(tp->srtt_us, std::max<u32>(1, static_cast<u32>(tp->srtt_us + error)));
}

static void tcp_set_rto(const sock* sk) {
  set(inet_csk(sk)->icsk_rto, __tcp_set_rto(tcp_sk(sk)));
  tcp_bound_rto(sk);
}

static void tcp_update_rtt_min(const sock* sk, u32 rtt_us, int flag) {
  const tcp_sock* tp = tcp_sk(sk);
  if (flag & FLAG_ACK_MAYBE_DELAYED && rtt_us > tcp_min_rtt(tp)) return; // the peer waited, not the network
  const u32 wlen = static_cast<u32>(sock_net(sk)->ipv4.sysctl_tcp_min_rtt_wlen) * HZ();
  minmax_running_min(&tp->rtt_min, wlen, tcp_jiffies32(), rtt_us ? rtt_us : jiffies_to_usecs(1));
}

// Times in microseconds, -1 for none. Preferred: from a segment that was sent once to its acknowledgement; else the
// same from SACK; else the timestamp that the peer echoes.
bool tcp_ack_update_rtt(const sock* sk, int flag, s64 seq_rtt_us, s64 sack_rtt_us, s64 ca_rtt_us,
                        const rate_sample* rs) {
  KFUNC(tcp_ack_update_rtt, sk, flag, seq_rtt_us, sack_rtt_us, ca_rtt_us);
  const tcp_sock* tp = tcp_sk(sk);
  if (seq_rtt_us < 0) seq_rtt_us = sack_rtt_us;
  if (seq_rtt_us < 0 && tp->rx_opt.saw_tstamp && tp->rx_opt.rcv_tsecr && flag & FLAG_ACKED) {
    const u32 delta = tcp_time_stamp(tp) - tp->rx_opt.rcv_tsecr;
    if (delta < 0x7fffffffu / (USEC_PER_SEC / TCP_TS_HZ))
      seq_rtt_us = ca_rtt_us = static_cast<s64>(std::max(delta, 1u) * (USEC_PER_SEC / TCP_TS_HZ));
  }
  set(rs->rtt_us, ca_rtt_us);
  if (seq_rtt_us < 0) return call.result(false);
  tcp_update_rtt_min(sk, static_cast<u32>(ca_rtt_us), flag);
  tcp_rtt_estimator(sk, seq_rtt_us);
  tcp_set_rto(sk);
  set(inet_csk(sk)->icsk_backoff, 0);
  NOTE("tcp.rtt", sk, seq_rtt_us, tp->srtt_us >> 3, jiffies_to_msecs(inet_csk(sk)->icsk_rto));
  return call.result(true);
}

// The first measurement of a connection that was accepted: from the SYN-ACK to the ACK that ends the handshake.
void tcp_synack_rtt_meas(const sock* sk, const request_sock* req) {
  KFUNC(tcp_synack_rtt_meas, sk, req);
  OnStack<rate_sample> rs;
  s64 rtt_us = -1;
  if (req && !req->num_retrans && tcp_rsk(req)->snt_synack)
    rtt_us = tcp_stamp_us_delta(tcp_clock_us(), tcp_rsk(req)->snt_synack);
  tcp_ack_update_rtt(sk, FLAG_SYN_ACKED, rtt_us, -1, rtt_us, rs);
}

// The rate at which the window would be sent in one round trip, and a fifth more (twice, early in slow start).
void tcp_update_pacing_rate(const sock* sk) {
  KFUNC(tcp_update_pacing_rate, sk);
  const tcp_sock* tp = tcp_sk(sk);
  const netns_ipv4& ipv4 = sock_net(sk)->ipv4;
  u64 rate = static_cast<u64>(tp->mss_cache) * (USEC_PER_SEC / 100 << 3);
  const bool early = tcp_snd_cwnd(tp) < tp->snd_ssthresh / 2;
  rate *= static_cast<u64>(early ? ipv4.sysctl_tcp_pacing_ss_ratio : ipv4.sysctl_tcp_pacing_ca_ratio);
  rate *= std::max<u32>(tcp_snd_cwnd(tp), tp->packets_out);
  if (tp->srtt_us) rate /= tp->srtt_us;
  set(sk->sk_pacing_rate, std::min<u64>(rate, sk->sk_max_pacing_rate));
}

// ---- the retransmission timer
void tcp_rearm_rto(const sock* sk) {
  KFUNC(tcp_rearm_rto, sk);
  const inet_connection_sock* icsk = inet_csk(sk);
  const tcp_sock* tp = tcp_sk(sk);
  if (tp->fastopen_rsk.value) return; // the timer belongs to the SYN-ACK still
  if (!tp->packets_out) {
    inet_csk_clear_xmit_timer(sk, ICSK_TIME_RETRANS);
    return;
  }
  u64 rto = icsk->icsk_rto;
  if (icsk->icsk_pending == ICSK_TIME_REO_TIMEOUT || icsk->icsk_pending == ICSK_TIME_LOSS_PROBE)
    rto = usecs_to_jiffies(static_cast<u32>(std::max<s64>(tcp_rto_delta_us(sk), 1)));
  tcp_reset_xmit_timer(sk, ICSK_TIME_RETRANS, rto, TCP_RTO_MAX());
}

void tcp_set_xmit_timer(const sock* sk) { // a loss probe comes sooner than a timeout, where one can be sent
  if (!tcp_schedule_loss_probe(sk, true)) tcp_rearm_rto(sk);
}

} // namespace sockwalk::kernel
