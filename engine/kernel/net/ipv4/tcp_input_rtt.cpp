// The round-trip time and what follows from it: how long to wait for an acknowledgement (RTO), and how fast to send.
// Source: RFC 6298; Jacobson and Karels, "Congestion Avoidance and Control" (1988).
#include "engine/kernel/include/net/tcp_segments.h"
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

static void firstMeasurement(const sock* sk, s64 trip) { // RTO becomes three times it, but at least 200 ms
  const tcp_sock* tp = tcp_sk(sk);
  set(tp->mdev_us, 2 * trip);
  set(tp->rttvar_us, std::max<u32>(tp->mdev_us, tcp_rto_min_us(sk)));
  set(tp->mdev_max_us, tp->rttvar_us);
  set(tp->rtt_seq, tp->snd_nxt);
  set(tp->srtt_us, std::max<u32>(1, static_cast<u32>(8 * trip)));
}

// Once in a round trip: the deviation rises at once, and falls by a quarter of the difference.
static void endRoundTrip(const sock* sk) {
  const tcp_sock* tp = tcp_sk(sk);
  if (tp->mdev_max_us < tp->rttvar_us) sub(tp->rttvar_us, (tp->rttvar_us - tp->mdev_max_us) / 4);
  set(tp->rtt_seq, tp->snd_nxt);
  set(tp->mdev_max_us, tcp_rto_min_us(sk));
}

static void tcp_rtt_estimator(const sock* sk, s64 mrtt_us) {
  KFUNC(tcp_rtt_estimator, sk, mrtt_us);
  INLINED();
  const tcp_sock* tp = tcp_sk(sk);
  if (!tp->srtt_us) {
    firstMeasurement(sk, mrtt_us);
    return;
  }
  const s64 error = mrtt_us - (tp->srtt_us >> 3);
  updateDeviation(tp, error);
  if (after(tp->snd_una, tp->rtt_seq)) endRoundTrip(sk);
  set(tp->srtt_us, std::max<u32>(1, static_cast<u32>(tp->srtt_us + error)));
}

static void tcp_set_rto(const sock* sk) {
  set(inet_csk(sk)->icsk_rto, __tcp_set_rto(tcp_sk(sk)));
  tcp_bound_rto(sk);
}

static void tcp_update_rtt_min(const sock* sk, u32 rtt_us, int flag) {
  const tcp_sock* tp = tcp_sk(sk);
  const bool peerMayHaveWaited = flag & FLAG_ACK_MAYBE_DELAYED; // then it is no measure of the network
  if (peerMayHaveWaited && tcp_min_rtt(tp) < rtt_us) return;
  const u32 leastUs = rtt_us > 0 ? rtt_us : jiffies_to_usecs(1);
  const u32 seconds = static_cast<u32>(sock_net(sk)->ipv4.sysctl_tcp_min_rtt_wlen);
  minmax_running_min(&tp->rtt_min, HZ() * seconds, tcp_jiffies32(), leastUs);
}

// By the timestamp that the peer echoes, in its coarser ticks. -1: none, or nonsense.
static s64 tripByTimestamp(const tcp_sock* tp, int flag) {
  constexpr u32 TickUs = USEC_PER_SEC / TCP_TS_HZ, MostTicks = 0x7fffffffu / TickUs;
  const tcp_options_received& options = tp->rx_opt;
  const bool echoed = options.saw_tstamp && options.rcv_tsecr;
  if (!echoed || !(flag & FLAG_ACKED)) return -1;
  const u32 ticks = tcp_time_stamp(tp) - options.rcv_tsecr;
  return ticks < MostTicks ? s64(std::max(1u, ticks) * TickUs) : -1;
}

// Times in microseconds, -1 for none. Preferred: from a segment that was sent once to its acknowledgement; else the
// same from SACK; else the timestamp that the peer echoes.
bool tcp_ack_update_rtt(const sock* sk, int flag, s64 seq_rtt_us, s64 sack_rtt_us, s64 ca_rtt_us,
                        const rate_sample* rs) {
  KFUNC(tcp_ack_update_rtt, sk, flag, seq_rtt_us, sack_rtt_us, ca_rtt_us);
  const tcp_sock* tp = tcp_sk(sk);
  const s64 measured = seq_rtt_us < 0 ? sack_rtt_us : seq_rtt_us;
  const s64 echoed = measured < 0 ? tripByTimestamp(tp, flag) : -1;
  const s64 trip = std::max(measured, echoed), forControl = echoed < 0 ? ca_rtt_us : echoed;
  set(rs->rtt_us, forControl);
  if (trip < 0) return call.result(false);

  tcp_update_rtt_min(sk, static_cast<u32>(forControl), flag);
  tcp_rtt_estimator(sk, trip);
  tcp_set_rto(sk);
  set(inet_csk(sk)->icsk_backoff, 0);
  NOTE("tcp.rtt", sk, trip, tp->srtt_us >> 3, jiffies_to_msecs(inet_csk(sk)->icsk_rto));
  return call.result(true);
}

// The first measurement of a connection that was accepted: from the SYN-ACK to the ACK that ends the handshake.
void tcp_synack_rtt_meas(const sock* sk, const request_sock* req) {
  KFUNC(tcp_synack_rtt_meas, sk, req);
  OnStack<rate_sample> ignored;
  const u64 left = req && !req->num_retrans ? u64(tcp_rsk(req)->snt_synack) : 0; // sent twice, it tells nothing (Karn)
  const s64 trip = left ? s64(tcp_stamp_us_delta(tcp_clock_us(), left)) : -1;
  tcp_ack_update_rtt(sk, FLAG_SYN_ACKED, trip, -1, trip, ignored);
}

// The rate at which the window would be sent in one round trip, and a fifth more (twice, early in slow start).
void tcp_update_pacing_rate(const sock* sk) {
  KFUNC(tcp_update_pacing_rate, sk);
  const tcp_sock* tp = tcp_sk(sk);
  const netns_ipv4& ipv4 = sock_net(sk)->ipv4;
  const bool early = tp->snd_ssthresh / 2 > tcp_snd_cwnd(tp);
  const int percent = early ? ipv4.sysctl_tcp_pacing_ss_ratio : ipv4.sysctl_tcp_pacing_ca_ratio;
  const u64 window = u64(tp->mss_cache) * std::max<u32>(tp->packets_out, tcp_snd_cwnd(tp)); // bytes
  const u64 scaled = window * static_cast<u64>(percent) * (USEC_PER_SEC / 100 << 3);        // srtt_us counts eighths
  const u64 perSecond = tp->srtt_us ? scaled / tp->srtt_us : scaled;
  set(sk->sk_pacing_rate, std::min<u64>(sk->sk_max_pacing_rate, perSecond));
}

// ---- the retransmission timer
// A probe or RACK's patience used some of the oldest segment's time: only the rest is left.
static u64 untilTimeout(const sock* sk) {
  const inet_connection_sock* icsk = inet_csk(sk);
  const u8 pending = icsk->icsk_pending;
  const bool usedSome = pending == ICSK_TIME_LOSS_PROBE || pending == ICSK_TIME_REO_TIMEOUT;
  return usedSome ? usecs_to_jiffies(static_cast<u32>(std::max<s64>(1, tcp_rto_delta_us(sk)))) : icsk->icsk_rto;
}

void tcp_rearm_rto(const sock* sk) {
  KFUNC(tcp_rearm_rto, sk);
  const tcp_sock* tp = tcp_sk(sk);
  const bool synAckWaits = tp->fastopen_rsk.value; // the timer belongs to the SYN-ACK still
  if (synAckWaits) return;
  const bool nothingOut = tp->packets_out == 0;
  if (nothingOut) inet_csk_clear_xmit_timer(sk, ICSK_TIME_RETRANS);
  else tcp_reset_xmit_timer(sk, ICSK_TIME_RETRANS, untilTimeout(sk), TCP_RTO_MAX());
}

void tcp_set_xmit_timer(const sock* sk) { // a loss probe comes sooner than a timeout, where one can be sent
  if (!tcp_schedule_loss_probe(sk, true)) tcp_rearm_rto(sk);
}

} // namespace sockwalk::kernel
