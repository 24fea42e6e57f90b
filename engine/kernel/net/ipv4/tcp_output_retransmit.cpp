// Sending again: what a timeout or the acknowledgements of later segments show to be lost; and the tail loss probe
// (RFC 8985), which asks early whether the last segments arrived instead of waiting for the timeout.
#include "engine/kernel/include/net/tcp_segments.h"
#include "engine/kernel/net/ipv4/tcp_output_internal.h"
#include "engine/memory/constants/skbuff.h"
#include "engine/memory/constants/tcp.h"

namespace sockwalk::kernel {

// ---- segments that became small are joined before they are sent again
static bool tcp_has_tx_tstamp(const sk_buff* skb) {
  return TCP_SKB_CB(skb)->txstamp_ack || skb_shinfo(skb)->tx_flags & SKBTX_ANY_TSTAMP;
}
void tcp_skb_collapse_tstamp(const sk_buff* skb, const sk_buff* next_skb) {
  KFUNC(tcp_skb_collapse_tstamp, skb, next_skb);
  if (!tcp_has_tx_tstamp(next_skb)) return;
  const skb_shared_info *to = skb_shinfo(skb), *from = skb_shinfo(next_skb);
  set(to->tx_flags, to->tx_flags | (from->tx_flags & SKBTX_ANY_TSTAMP));
  set(to->tskey, from->tskey);
  set(TCP_SKB_CB(skb), tcp_skb_cb::bit::txstamp_ack, TCP_SKB_CB(skb)->txstamp_ack | TCP_SKB_CB(next_skb)->txstamp_ack);
}

// The joined segment ends where the second one ended, and bears its flags. What was ever sent twice stays so.
static void inheritEnd(const tcp_skb_cb* joined, const tcp_skb_cb* second) {
  set(joined->end_seq, second->end_seq);
  set(joined->tcp_flags, joined->tcp_flags | second->tcp_flags);
  set(joined->sacked, joined->sacked | (second->sacked & TCPCB_EVER_RETRANS));
  set(joined, tcp_skb_cb::bit::eor, second->eor);
}

static bool tcp_collapse_retrans(const sock* sk, const sk_buff* skb) {
  KFUNC(tcp_collapse_retrans, sk, skb);
  INLINED();
  const tcp_sock* tp = tcp_sk(sk);
  const sk_buff* second = skb_rb_next(skb);
  const int segments = static_cast<int>(tcp_skb_pcount(second)), bytes = static_cast<int>(second->len);
  BUG_ON(tcp_skb_pcount(skb) != 1 || segments != 1);
  const bool moved = bytes == 0 || tcp_skb_shift(skb, second, 1, bytes);
  if (!moved) return call.result(false);
  mark(BufferMark::Joined, second, skb);
  tcp_highest_sack_replace(sk, second, skb);
  inheritEnd(TCP_SKB_CB(skb), TCP_SKB_CB(second));
  tcp_clear_retrans_hints_partial(tp);
  if (tp->retransmit_skb_hint == second) set(tp->retransmit_skb_hint, skb);
  tcp_adjust_pcount(sk, second, segments);
  tcp_skb_collapse_tstamp(skb, second);
  tcp_rtx_queue_unlink_and_free(second, sk);
  return call.result(true);
}

static bool tcp_can_collapse(const sk_buff* skb) {
  return tcp_skb_pcount(skb) <= 1 && !skb_cloned(skb) && !(TCP_SKB_CB(skb)->sacked & TCPCB_SACKED_ACKED);
}

static void tcp_retrans_try_collapse(const sock* sk, const sk_buff* to, int space) {
  KFUNC(tcp_retrans_try_collapse, sk, to, space);
  INLINED();
  if (!sock_net(sk)->ipv4.sysctl_tcp_retrans_collapse || TCP_SKB_CB(to)->tcp_flags & TCPHDR_SYN) return;
  for (const sk_buff *skb = to, *next; skb; skb = next) {
    next = skb_rb_next(skb);
    if (!tcp_can_collapse(skb) || !tcp_skb_can_collapse(to, skb)) break;
    space -= static_cast<int>(skb->len);
    if (skb == to) continue;
    if (space < 0 || after(TCP_SKB_CB(skb)->end_seq, tcp_wnd_end(tcp_sk(sk)))) break;
    if (!tcp_collapse_retrans(sk, to)) break;
  }
}

// ---- one segment again
// The first transmission has not left this host: sending again would help nobody.
static bool stillInHostQueue(const sock* sk, const sk_buff* skb) {
  const auto* fclones = container_of(skb, sk_buff_fclones, skb1);
  const bool busy = skb->fclone == SKB_FCLONE_ORIG && refcount_read(&fclones->fclone_ref) > 1 && fclones->skb2.sk == sk;
  if (busy) set(sk->sk_tsq_flags, sk->sk_tsq_flags | 1ull << TSQ_THROTTLED);
  return busy;
}
bool skb_still_in_host_queue(const sock* sk, const sk_buff* skb) {
  KFUNC(skb_still_in_host_queue, sk, skb);
  return call.result(stillInHostQueue(sk, skb));
}

// The part of the segment that is acknowledged meanwhile goes. 0 or -errno.
static int dropAcknowledged(const sock* sk, const sk_buff* skb) {
  const tcp_sock* tp = tcp_sk(sk);
  const tcp_skb_cb* cb = TCP_SKB_CB(skb);
  if (before(cb->seq, tp->snd_una) && cb->tcp_flags & TCPHDR_SYN) {
    set(cb->tcp_flags, cb->tcp_flags & ~TCPHDR_SYN);
    add(cb->seq, 1);
  }
  if (!before(cb->seq, tp->snd_una)) return 0;
  if (before(cb->end_seq, tp->snd_una)) return -EINVAL;
  return tcp_trim_head(sk, skb, tp->snd_una - cb->seq) ? -ENOMEM : 0;
}

// Cuts or joins, so that the segment has the size that fits window and path now. 0 or -ENOMEM.
static int fitSegment(const sock* sk, const sk_buff* skb, u32 length, u32 mss, int room) {
  if (skb->len > length) return tcp_fragment(sk, TCP_FRAG_IN_RTX_QUEUE, skb, length, mss, GFP_ATOMIC) ? -ENOMEM : 0;
  if (skb_unclone_keeptruesize(skb, GFP_ATOMIC)) return -ENOMEM;
  const int counted = static_cast<int>(tcp_skb_pcount(skb));
  tcp_set_skb_tso_segs(skb, mss);
  if (const int fewer = counted - static_cast<int>(tcp_skb_pcount(skb))) tcp_adjust_pcount(sk, skb, fewer);
  const int space = std::min(room, static_cast<int>(mss));
  if (static_cast<int>(skb->len) < space) tcp_retrans_try_collapse(sk, skb, space);
  return 0;
}

// Whole segments, as many as the window takes. One that does not take even one is filled to its end.
static int fillWindow(int wanted, int room, int mss) {
  if (wanted <= room) return wanted;
  const int whole = room / mss * mss;
  return whole ? whole : room;
}

// A SYN that offered ECN and got no answer goes again without: perhaps somebody drops what he does not know.
static void withdrawEcn(const sock* sk, const tcp_skb_cb* cb) {
  const bool offered = (cb->tcp_flags & TCPHDR_SYN_ECN) == TCPHDR_SYN_ECN;
  if (offered && sock_net(sk)->ipv4.sysctl_tcp_ecn_fallback)
    set(cb->tcp_flags, cb->tcp_flags & ~(TCPHDR_ECE | TCPHDR_CWR));
}

// The compiler split __tcp_retransmit_skb(): its first tests stand in the callers, the rest is this.
static bool mayRetransmit(const sock* sk, const sk_buff* skb) {
  if (inet_csk(sk)->icsk_mtup.probe_size) setMtuProbeSize(inet_csk(sk), 0);
  return !skb_still_in_host_queue(sk, skb);
}
static int retransmit(const sock* sk, const sk_buff* skb, int segs) {
  KFUNC(__tcp_retransmit_skb, sk, segs); // kprobes do not see this part, so the buffer is not counted as handed over
  const tcp_sock* tp = tcp_sk(sk);
  const tcp_skb_cb* cb = TCP_SKB_CB(skb);
  if (const int failure = dropAcknowledged(sk, skb)) return call.result(failure);
  if (inet_csk(sk)->icsk_af_ops->rebuild_header(sk)) return call.result(-EHOSTUNREACH);
  const int mss = static_cast<int>(tcp_current_mss(sk));
  int room = static_cast<int>(tcp_wnd_end(tp) - cb->seq);
  if (room <= 0) { // the peer took the window back; one segment, the oldest, is as good as a probe
    if (cb->seq != tp->snd_una) return call.result(-EAGAIN);
    room = mss;
  }
  const int wanted = tcp_urg_mode(tp) ? mss : mss * segs; // urgent data: its pointer must be right in each segment
  const u32 length = static_cast<u32>(fillWindow(wanted, room, mss));
  if (const int failure = fitSegment(sk, skb, length, static_cast<u32>(mss), room)) return call.result(failure);
  withdrawEcn(sk, cb);
  add(tp->total_retrans, tcp_skb_pcount(skb));
  add(tp->bytes_retrans, skb->len);
  NOTE("tcp.retransmit", sk, cb->seq, skb->len);
  const int failure = tcp_transmit_skb(sk, skb, 1, GFP_ATOMIC);
  set(cb->sacked, cb->sacked | TCPCB_EVER_RETRANS); // its acknowledgement measures no round trip any more
  return call.result(failure);
}
int __tcp_retransmit_skb(const sock* sk, const sk_buff* skb, int segs) {
  KFUNC(__tcp_retransmit_skb, sk, skb, segs);
  if (inet_csk(sk)->icsk_mtup.probe_size) setMtuProbeSize(inet_csk(sk), 0);
  return call.result(stillInHostQueue(sk, skb) ? -EBUSY : retransmit(sk, skb, segs));
}

// Should the retransmission prove to have been needless, all that it changed is undone; so it is counted.
static void countForUndo(const tcp_sock* tp, const sk_buff* skb) {
  const bool first = !tp->retrans_stamp, notCounting = tp->undo_retrans < 0;
  if (first) set(tp->retrans_stamp, tcp_skb_timestamp(skb));
  if (notCounting) set(tp->undo_retrans, 0);
  add(tp->undo_retrans, static_cast<int>(tcp_skb_pcount(skb)));
}

int tcp_retransmit_skb(const sock* sk, const sk_buff* skb, int segs) {
  KFUNC(tcp_retransmit_skb, sk, skb, segs);
  const tcp_sock* tp = tcp_sk(sk);
  const tcp_skb_cb* cb = TCP_SKB_CB(skb);
  const int failure = mayRetransmit(sk, skb) ? retransmit(sk, skb, segs) : -EBUSY;
  if (!failure) {
    set(cb->sacked, cb->sacked | TCPCB_RETRANS);
    add(tp->retrans_out, tcp_skb_pcount(skb));
  }
  countForUndo(tp, skb);
  return call.result(failure);
}

// ---- all that counts as lost, as far as the congestion window allows
namespace {
enum class Fate { Skip, Hole, Send };
} // namespace
// A segment that the peer has, or that went again already, needs nothing. One that may still be on its way is a hole
// in what is known: it may be called lost later, so the next walk must begin there.
static Fate fateOf(const sk_buff* skb) {
  const u8 sacked = TCP_SKB_CB(skb)->sacked;
  if (sacked & (TCPCB_SACKED_ACKED | TCPCB_SACKED_RETRANS)) return Fate::Skip;
  return sacked & TCPCB_LOST ? Fate::Send : Fate::Hole;
}

// How many segments may go again at once; 0: the window is full, or nothing more is lost.
static int roomToRepeat(const tcp_sock* tp, int burst) {
  const bool lossIsLeft = tp->lost_out > tp->retrans_out;
  const int room = static_cast<int>(tp->snd_cwnd - tcp_packets_in_flight(tp));
  return lossIsLeft ? std::clamp(room, 0, burst) : 0;
}

// The body; the compiler made two functions of one here too.
static void xmitRetransmitQueue(const sock* sk) {
  KFUNC(tcp_xmit_retransmit_queue, sk);
  const tcp_sock* tp = tcp_sk(sk);
  const inet_connection_sock* icsk = inet_csk(sk);
  const sk_buff *oldest = tcp_rtx_queue_head(sk), *skb = tp->retransmit_skb_hint;
  const int burst = static_cast<int>(tcp_tso_segs(sk, tcp_current_mss(sk)));
  bool holeSeen = false, oldestWent = false;
  for (skb = skb ? skb : oldest; skb && !tcp_pacing_check(sk); skb = skb_rb_next(skb)) {
    if (!holeSeen) set(tp->retransmit_skb_hint, skb);
    const int room = roomToRepeat(tp, burst);
    if (!room) break;
    const Fate fate = fateOf(skb);
    holeSeen |= fate == Fate::Hole;
    if (fate != Fate::Send) continue;
    if (tcp_small_queue_check(sk, skb, 1) || tcp_retransmit_skb(sk, skb, room)) break;
    if (tcp_in_cwnd_reduction(sk)) add(tp->prr_out, tcp_skb_pcount(skb));
    oldestWent |= skb == oldest && icsk->icsk_pending != ICSK_TIME_REO_TIMEOUT;
  }
  if (oldestWent) tcp_reset_xmit_timer(sk, ICSK_TIME_RETRANS, icsk->icsk_rto, TCP_RTO_MAX());
}
void tcp_xmit_retransmit_queue(const sock* sk) {
  KFUNC(tcp_xmit_retransmit_queue, sk);
  if (tcp_sk(sk)->packets_out) xmitRetransmitQueue(sk);
}

// ---- tail loss probe
// Only with SACK does the answer to a probe tell what is missing, and only in calm times is the timeout far away.
static bool tailMayBeProbed(const sock* sk) {
  const u8 state = inet_csk(sk)->icsk_ca_state;
  const int setting = sock_net(sk)->ipv4.sysctl_tcp_early_retrans; // 3, 4: with tail loss probes
  const bool calm = state == TCP_CA_Open || state == TCP_CA_CWR;
  return (setting == 3 || setting == 4) && calm && tcp_sk(sk)->packets_out && tcp_is_sack(tcp_sk(sk));
}

// Two round trips. The acknowledgement of a lone segment may be delayed by the peer, so that it gets more.
static u32 probeDelay(const sock* sk) {
  const tcp_sock* tp = tcp_sk(sk);
  if (!tp->srtt_us) return TCP_TIMEOUT_INIT();
  const u32 slack = tp->packets_out == 1 ? tcp_rto_min_us(sk) : TCP_TIMEOUT_MIN_US;
  return static_cast<u32>(usecs_to_jiffies((tp->srtt_us >> 2) + slack));
}

// Arms the timer, if that is before the timeout. The body; the compiler made two functions of one.
bool scheduleLossProbe(const sock* sk, bool advancing_rto) {
  KFUNC(tcp_schedule_loss_probe, sk, advancing_rto);
  if (!tailMayBeProbed(sk)) return call.result(false);
  const u32 rto = inet_csk(sk)->icsk_rto;
  const u32 untilTimeout = advancing_rto ? jiffies_to_usecs(rto) : static_cast<u32>(tcp_rto_delta_us(sk));
  const u32 probe = probeDelay(sk);
  const u32 delay = untilTimeout ? std::min(probe, static_cast<u32>(usecs_to_jiffies(untilTimeout))) : probe;
  tcp_reset_xmit_timer(sk, ICSK_TIME_LOSS_PROBE, delay, TCP_RTO_MAX());
  return call.result(true);
}
bool tcp_schedule_loss_probe(const sock* sk, bool advancing_rto) {
  KFUNC(tcp_schedule_loss_probe, sk, advancing_rto);
  if (tcp_sk(sk)->fastopen_rsk) return call.result(false);
  return call.result(scheduleLossProbe(sk, advancing_rto));
}

// The last segment of what is in flight, cut off if it is part of a larger buffer, goes again. True: it went.
static bool probeWithOldData(const sock* sk, const sk_buff* skb, u32 mss) {
  if (skb_still_in_host_queue(sk, skb)) return false;
  const u32 whole = (tcp_skb_pcount(skb) - 1) * mss; // the bytes before the last segment
  const bool inLargeBuffer = whole && skb->len > whole;
  if (inLargeBuffer && tcp_fragment(sk, TCP_FRAG_IN_RTX_QUEUE, skb, whole, mss, GFP_ATOMIC)) return false;
  const sk_buff* last = inLargeBuffer ? skb_rb_next(skb) : skb;
  const bool went = last && !__tcp_retransmit_skb(sk, last, 1);
  if (went) set(tcp_sk(sk), tcp_sock::bit::tlp_retrans, 1);
  return went;
}

namespace {
enum class Probe { Sent, NotSent, NothingInFlight };
} // namespace

// New data is the better probe; without any, the last segment in flight goes again.
static Probe probeTail(const sock* sk) {
  const tcp_sock* tp = tcp_sk(sk);
  const u32 segment = tcp_current_mss(sk);
  if (tp->tlp_high_seq) return Probe::NotSent; // one at a time: the answer to the last is not here yet
  set(tp, tcp_sock::bit::tlp_retrans, 0);
  const sk_buff* fresh = tcp_send_head(sk);
  if (fresh && tcp_snd_wnd_test(tp, fresh, segment)) {
    const u32 inFlight = tp->packets_out;
    tcp_write_xmit(sk, segment, TCP_NAGLE_OFF, 2, GFP_ATOMIC);
    return tp->packets_out > inFlight ? Probe::Sent : Probe::NotSent;
  }
  const sk_buff* last = skb_rb_last(&sk->tcp_rtx_queue);
  if (!last) return Probe::NothingInFlight;
  return probeWithOldData(sk, last, segment) ? Probe::Sent : Probe::NotSent;
}

void tcp_send_loss_probe(const sock* sk) {
  KFUNC(tcp_send_loss_probe, sk);
  const tcp_sock* tp = tcp_sk(sk);
  const Probe probe = probeTail(sk);
  if (probe == Probe::Sent) set(tp->tlp_high_seq, tp->snd_nxt); // what acknowledges this answers the probe
  if (probe != Probe::NotSent) set(inet_csk(sk)->icsk_pending, 0);
  if (probe == Probe::NothingInFlight) return;
  if (probe == Probe::Sent) NOTE("tcp.loss_probe", sk, tp->snd_nxt);
  tcp_rearm_rto(sk);
}

} // namespace sockwalk::kernel
