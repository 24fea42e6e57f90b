// CUBIC (RFC 9438): after a loss the window follows a cubic curve in time, steep at first, flat around the size at
// which the loss came, then steep again to look for more. It does not depend on the round trip as Reno does; where Reno
// would be faster, it grows as Reno. HyStart leaves slow start before the first loss, when round trips grow longer.
// All of it in integers: time in 1/1024 s, scales by powers of two.
#include "engine/kernel/include/net/tcp_segments.h"
#include "engine/kernel/init/image.h"
#include "engine/memory/constants/tcp.h"

namespace sockwalk::kernel {

Global<tcp_congestion_ops> cubictcp{"cubictcp"};

static constexpr u32 beta = 717, bic_scale = 41, hystart_low_window = 16; // beta: 0.7 of the window is kept
static constexpr s32 hystart_ack_delta_us = 2000;
static constexpr u32 beta_scale = 8 * (BICTCP_BETA_SCALE + beta) / 3 / (BICTCP_BETA_SCALE - beta);
static constexpr u32 cube_rtt_scale = bic_scale * 10;
static constexpr u64 cube_factor = (1ull << (10 + 3 * BICTCP_HZ)) / (bic_scale * 10);

static const bictcp* caOf(const sock* sk) { return reinterpret_cast<const bictcp*>(inet_csk(sk)->icsk_ca_priv); }
static u32 bictcp_clock_us(const sock* sk) { return static_cast<u32>(tcp_sk(sk)->tcp_mstamp); }

static void bictcp_reset(const bictcp* ca) {
  fillBytes(ca, 0, offsetof(bictcp, unused));
  set(ca->found, 0);
}
static void bictcp_hystart_reset(const sock* sk) { // a new round begins
  const bictcp* round = caOf(sk);
  set(round->last_ack, bictcp_clock_us(sk));
  set(round->round_start, round->last_ack);
  set(round->end_seq, tcp_sk(sk)->snd_nxt);
  set(round->curr_rtt, ~0u);
  set(round->sample_cnt, 0);
}

static void cubictcp_init(const sock* sk) {
  KFUNC(cubictcp_init, sk);
  bictcp_reset(caOf(sk));
  bictcp_hystart_reset(sk);
}

// After a pause the curve goes on where it was: time without data does not count.
static void cubictcp_cwnd_event(const sock* sk, u32 event) {
  KFUNC(cubictcp_cwnd_event, sk, event);
  if (event != CA_EVENT_TX_START) return;
  const bictcp* curve = caOf(sk);
  const u32 ticks = tcp_jiffies32();
  const s32 pause = static_cast<s32>(ticks - tcp_sk(sk)->lsndtime);
  const bool running = curve->epoch_start != 0;
  if (!running || pause <= 0) return;
  const u32 moved = curve->epoch_start + static_cast<u32>(pause);
  set(curve->epoch_start, before(ticks, moved) ? ticks : moved); // not into the future
}

static u32 cubic_root(u64 a) {
  KFUNC(cubic_root, a);
  INLINED();
  SIMPLIFIED("the exact root, bit by bit; the kernel's is quicker and 0.2 % off on average");
  u64 root = 0;
  for (int bit = 21; bit >= 0; --bit) {
    const u64 larger = root | 1ull << bit;
    if (larger * larger * larger <= a) root = larger;
  }
  return call.result(static_cast<u32>(root));
}

// A loss ended the last epoch: from the window now, the curve leads to where the loss was.
static void beginEpoch(const bictcp* ca, u32 cwnd, u32 acked) {
  set(ca->epoch_start, tcp_jiffies32());
  set(ca->ack_cnt, acked);
  set(ca->tcp_cwnd, cwnd);
  const bool above = ca->last_max_cwnd <= cwnd;
  set(ca->bic_K, above ? 0 : cubic_root(cube_factor * (ca->last_max_cwnd - cwnd)));
  set(ca->bic_origin_point, above ? cwnd : u32(ca->last_max_cwnd));
}

// Where the curve stands one round trip from now.
static u32 cubicTarget(const bictcp* ca) {
  u64 t = tcp_jiffies32() - ca->epoch_start + usecs_to_jiffies(ca->delay_min);
  t = (t << BICTCP_HZ) / HZ();
  const u64 offs = t < ca->bic_K ? ca->bic_K - t : t - ca->bic_K;
  const u32 delta = static_cast<u32>((cube_rtt_scale * offs * offs * offs) >> (10 + 3 * BICTCP_HZ));
  return t < ca->bic_K ? ca->bic_origin_point - delta : ca->bic_origin_point + delta;
}

// What Reno would have by now; if that is more, go at its pace.
static void tcpFriendliness(const bictcp* ca, u32 cwnd) {
  const u32 each = (cwnd * beta_scale) >> 3;
  while (ca->ack_cnt > each) {
    sub(ca->ack_cnt, each);
    add(ca->tcp_cwnd, 1);
  }
  if (ca->tcp_cwnd > cwnd) set(ca->cnt, std::min<u32>(ca->cnt, cwnd / (ca->tcp_cwnd - cwnd)));
}

// Computes `cnt`: the window grows by one packet for so many that are acknowledged.
static void bictcp_update(const bictcp* ca, u32 cwnd, u32 acked) {
  KFUNC(bictcp_update, ca, cwnd, acked);
  INLINED();
  const u32 now = tcp_jiffies32();
  add(ca->ack_cnt, acked);
  if (ca->last_cwnd == cwnd && static_cast<s32>(now - ca->last_time) <= static_cast<s32>(HZ() / 32)) return;
  if (!ca->epoch_start || now != ca->last_time) { // once a tick is enough
    set(ca->last_cwnd, cwnd);
    set(ca->last_time, now);
    if (!ca->epoch_start) beginEpoch(ca, cwnd, acked);
    const u32 bic_target = cubicTarget(ca);
    set(ca->cnt, bic_target > cwnd ? cwnd / (bic_target - cwnd) : 100 * cwnd);
    if (!ca->last_max_cwnd && ca->cnt > 20) set(ca->cnt, 20);
  }
  tcpFriendliness(ca, cwnd);
  set(ca->cnt, std::max<u32>(ca->cnt, 2));
}

static void cubictcp_cong_avoid(const sock* sk, u32 ack, u32 acked) {
  KFUNC(cubictcp_cong_avoid, sk, ack, acked);
  const tcp_sock* tp = tcp_sk(sk);
  if (!tcp_is_cwnd_limited(sk)) return;
  const bool slowStart = tcp_in_slow_start(tp);
  const u32 left = slowStart ? tcp_slow_start(tp, acked) : acked;
  const bool usedUp = slowStart && left == 0;
  if (usedUp) return;
  bictcp_update(caOf(sk), tp->snd_cwnd, left);
  tcp_cong_avoid_ai(tp, caOf(sk)->cnt, left);
}

// A loss: 0.7 of the window is the new threshold. If it came below the last maximum, somebody else wants room: the
// next maximum is set lower (fast convergence).
static u32 cubictcp_recalc_ssthresh(const sock* sk) {
  KFUNC(cubictcp_recalc_ssthresh, sk);
  const bictcp* curve = caOf(sk);
  const u32 window = tcp_sk(sk)->snd_cwnd;
  set(curve->epoch_start, 0);
  const bool lower = window < curve->last_max_cwnd;
  set(curve->last_max_cwnd, lower ? window * (BICTCP_BETA_SCALE + beta) / (2 * BICTCP_BETA_SCALE) : window);
  return call.result(std::max(window * beta / BICTCP_BETA_SCALE, 2u));
}

static void cubictcp_state(const sock* sk, u8 new_state) {
  KFUNC(cubictcp_state, sk, new_state);
  if (new_state != TCP_CA_Loss) return;
  bictcp_reset(caOf(sk));
  bictcp_hystart_reset(sk);
}

// ---- HyStart: has slow start filled the path?
// Large bursts lengthen a short round trip; at most a millisecond is forgiven.
static u32 hystart_ack_delay(const sock* sk) {
  const u64 perSecond = sk->sk_pacing_rate, fourBursts = 4 * u64(sk->sk_gso_max_size) * USEC_PER_SEC;
  return perSecond ? static_cast<u32>(std::min<u64>(fourBursts / perSecond, USEC_PER_MSEC)) : 0;
}
static void leaveSlowStart(const sock* sk) {
  set(caOf(sk)->found, 1);
  set(tcp_sk(sk)->snd_ssthresh, tcp_sk(sk)->snd_cwnd);
  NOTE("tcp.hystart", sk, tcp_sk(sk)->snd_cwnd);
}

// Acknowledgements that follow closely on one another for half a round trip: the path is full.
static void ackTrain(const sock* sk) {
  const bictcp* ca = caOf(sk);
  const u32 now = bictcp_clock_us(sk);
  if (static_cast<s32>(now - ca->last_ack) > hystart_ack_delta_us) return;
  set(ca->last_ack, now);
  u32 threshold = ca->delay_min + hystart_ack_delay(sk);
  if (sk->sk_pacing_status == SK_PACING_NONE) threshold >>= 1;
  if (now - ca->round_start > threshold) leaveSlowStart(sk);
}

static void hystart_update(const sock* sk, u32 delay) {
  KFUNC(hystart_update, sk, delay);
  INLINED();
  const bictcp* round = caOf(sk);
  const tcp_sock* tp = tcp_sk(sk);
  const bool over = before(round->end_seq, tp->snd_una);
  if (over) bictcp_hystart_reset(sk);
  if (tp->snd_cwnd < hystart_low_window) return;
  ackTrain(sk);

  // The shortest of a round's first samples against the shortest of all: longer by an eighth, queues build up.
  if (delay < round->curr_rtt) set(round->curr_rtt, delay);
  const bool enough = round->sample_cnt >= HYSTART_MIN_SAMPLES;
  if (!enough) {
    add(round->sample_cnt, 1);
    return;
  }
  const u32 shortest = round->delay_min;
  const u32 tolerated = std::clamp<u32>(shortest / 8, HYSTART_DELAY_MIN, HYSTART_DELAY_MAX);
  if (shortest + tolerated < round->curr_rtt) leaveSlowStart(sk);
}

static void cubictcp_acked(const sock* sk, const ack_sample* sample) {
  KFUNC(cubictcp_acked, sk);
  const bictcp* curve = caOf(sk);
  const bool measured = sample->rtt_us >= 0;
  if (!measured) return;
  const s32 sinceLoss = static_cast<s32>(tcp_jiffies32() - curve->epoch_start);
  const bool recovering = curve->epoch_start != 0 && sinceLoss < static_cast<s32>(HZ()); // queues are draining still
  if (recovering) return;

  const u32 trip = std::max(1u, static_cast<u32>(sample->rtt_us));
  const bool shortest = curve->delay_min == 0 || trip < curve->delay_min;
  if (shortest) set(curve->delay_min, trip);
  const bool mayLeave = tcp_in_slow_start(tcp_sk(sk)) && !curve->found;
  if (mayLeave) hystart_update(sk, trip);
}

void image_tcp_cubic() {
  setBytes(cubictcp->name, "cubic", 5);
  set(cubictcp->init, fn<cubictcp_init>);
  set(cubictcp->ssthresh, fn<cubictcp_recalc_ssthresh>);
  set(cubictcp->cong_avoid, fn<cubictcp_cong_avoid>);
  set(cubictcp->set_state, fn<cubictcp_state>);
  set(cubictcp->undo_cwnd, fn<tcp_reno_undo_cwnd>);
  set(cubictcp->cwnd_event, fn<cubictcp_cwnd_event>);
  set(cubictcp->pkts_acked, fn<cubictcp_acked>);
}
int cubictcp_register() {
  KFUNC(cubictcp_register);
  return call.result(tcp_register_congestion_control(cubictcp));
}

} // namespace sockwalk::kernel
