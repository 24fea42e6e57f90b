// SACK: the peer reports ranges that arrived beyond a hole. Segments in the retransmission queue are tagged: S (reported),
// L (believed lost), R (sent again). In flight is what was sent, less S and L, plus R. Source: RFC 2018, 2883, 6675.
#include "engine/kernel/include/net/tcp_segments.h"
#include "engine/kernel/net/ipv4/tcp_input_internal.h"

namespace sockwalk::kernel {

constexpr u32 CacheSize = 4; // tp->recv_sack_cache: the ranges of the report before, which need not be walked again

static void addFlag(const tcp_sacktag_state* state, int flag) { set(state->flag, state->flag | flag); }

// ---- D-SACK: the first range tells of data that came twice
// Gives the number of segments; 0: it cannot be, or is not our doing.
static u32 tcp_dsack_seen(const tcp_sock* tp, SackRange range, const tcp_sacktag_state* state) {
  const bool empty = !before(range.start, range.end);
  const u32 bytes = range.end - range.start, one = tp->mss_cache;
  if (empty || bytes > tp->max_window) return 0;

  const u32 copies = bytes > one ? (bytes + one - 1) / one : 1;
  const bool endsWithProbe = tp->tlp_high_seq && tp->tlp_high_seq == range.end;
  if (bytes <= one && endsWithProbe) addFlag(state, FLAG_DSACK_TLP);
  add(tp->dsack_dups, copies);
  const bool networkDoubles = tp->total_retrans < tp->dsack_dups; // more came twice than we sent twice
  if (networkDoubles) return 0;

  set(&tp->rx_opt, tcp_options_received::bit::sack_ok, tp->rx_opt.sack_ok | TCP_DSACK_SEEN);
  const bool probeRepeated = state->flag & FLAG_DSACK_TLP; // a probe is sent early on purpose: no sign of haste
  if (!probeRepeated && tp->reord_seen) set(&tp->rack, tcp_rack::bit::dsack_seen, 1);
  addFlag(state, FLAG_DSACKING_ACK);
  add(state->sack_delivered, copies);
  return copies;
}

// It is one if it lies below what is acknowledged, or inside the second range.
static bool tcp_check_dsack(const sock* sk, const sk_buff* ack_skb, const SackRange* sp, int num_sacks,
                            u32 prior_snd_una, const tcp_sacktag_state* state) {
  const tcp_sock* tp = tcp_sk(sk);
  if (!before(sp[0].start, TCP_SKB_CB(ack_skb)->ack_seq)) {
    if (num_sacks < 2 || after(sp[0].end, sp[1].end) || before(sp[0].start, sp[1].start)) return false;
  }
  const u32 copies = tcp_dsack_seen(tp, sp[0], state);
  if (!copies) return false;
  NOTE("tcp.dsack", sk, sp[0].start, sp[0].end);
  const bool forgotten = !after(sp[0].end, prior_snd_una) && after(sp[0].end, tp->undo_marker);
  if (tp->undo_marker && tp->undo_retrans > 0 && forgotten)
    set(tp->undo_retrans, std::max(0, tp->undo_retrans - static_cast<s32>(copies)));
  return true;
}

// A range must lie within what was sent and not acknowledged; one of duplicates may lie below, not across.
static bool tcp_is_sackblock_valid(const tcp_sock* tp, bool is_dsack, SackRange r) {
  const bool wasSent = before(r.start, tp->snd_nxt) && !before(tp->snd_nxt, r.end);
  const bool ordered = before(r.start, r.end);
  if (!ordered || !wasSent) return false;
  const u32 una = tp->snd_una, marker = tp->undo_marker;
  if (before(una, r.start)) return true;

  const bool allBelow = !before(una, r.end);
  if (!allBelow || !is_dsack || !marker) return false;
  const bool sinceMarker = !before(r.start, marker); // only of these is it of use that they came twice
  const bool acrossMarker = before(marker, r.end) && !before(r.start, r.end - tp->max_window);
  return sinceMarker || acrossMarker;
}

// A report fills a hole below a higher one, with a segment that was sent only once: the network reorders, by so much.
void tcp_check_sack_reordering(const sock* sk, u32 low_seq, int ts) {
  KFUNC(tcp_check_sack_reordering, sk, low_seq, ts);
  const tcp_sock* tp = tcp_sk(sk);
  const u32 high = tcp_highest_sack_seq(tp), one = tp->mss_cache;
  if (!before(low_seq, high)) return;
  const u32 distance = high - low_seq;
  if (one && distance > tp->reordering * one) {
    const u32 most = static_cast<u32>(sock_net(sk)->ipv4.sysctl_tcp_max_reordering);
    set(tp->reordering, std::min((distance + one - 1) / one, most));
  }
  add(tp->reord_seen, 1u);
  NOTE("tcp.reordering", sk, tp->reordering);
}

// ---- tagging
// Does the range cover the segment? A large one (several segments in one buffer) is split where the range cuts it, at a
// border between segments: what is reported in part is not reported. So the front is rounded down if it is covered, and
// up if it is not.
int tcp_match_skb_to_sack(const sock* sk, const sk_buff* skb, u32 start_seq, u32 end_seq) {
  KFUNC(tcp_match_skb_to_sack, sk, skb, start_seq, end_seq);
  const bool frontCovered = !before(seqOf(skb), start_seq);
  const bool allCovered = frontCovered && !before(end_seq, endSeqOf(skb));
  const bool touches = before(start_seq, endSeqOf(skb));
  if (allCovered || !touches || tcp_skb_pcount(skb) <= 1) return call.result(int(allCovered));

  const u32 one = tcp_skb_mss(skb);
  const u32 front = (frontCovered ? end_seq : start_seq) - seqOf(skb);
  const u32 border = (frontCovered ? front / one : (front + one - 1) / one) * one;
  if (border == 0) return call.result(-EINVAL);
  if (!frontCovered && border >= skb->len) return call.result(0);
  const int failed = tcp_fragment(sk, TCP_FRAG_IN_RTX_QUEUE, skb, border, one, GFP_ATOMIC);
  return call.result(failed < 0 ? failed : int(frontCovered));
}

// The segment is reported for the first time. Gives the new tags.
static u8 newlySacked(const sock* sk, const tcp_sacktag_state* state, u8 sacked, u32 start_seq, u32 end_seq, u32 pcount,
                      u64 xmit_time) {
  const tcp_sock* tp = tcp_sk(sk);
  tcp_rack_advance(tp, sacked, end_seq, xmit_time);
  if (sacked & TCPCB_SACKED_RETRANS) {
    if (sacked & TCPCB_LOST) { // the retransmission arrived, most likely; unless marked lost it may be out still
      sacked &= static_cast<u8>(~(TCPCB_LOST | TCPCB_SACKED_RETRANS));
      sub(tp->lost_out, pcount);
      sub(tp->retrans_out, pcount);
    }
  } else {
    if (!(sacked & TCPCB_RETRANS)) {
      if (before(start_seq, tcp_highest_sack_seq(tp)) && before(start_seq, state->reord)) set(state->reord, start_seq);
      if (!after(end_seq, tp->high_seq)) addFlag(state, FLAG_ORIG_SACK_ACKED);
      if (!state->first_sackt) set(state->first_sackt, xmit_time);
      set(state->last_sackt, xmit_time);
    }
    if (sacked & TCPCB_LOST) {
      sacked &= static_cast<u8>(~TCPCB_LOST);
      sub(tp->lost_out, pcount);
    }
  }
  addFlag(state, FLAG_DATA_SACKED);
  add(tp->sacked_out, pcount);
  add(state->sack_delivered, pcount);
  const sk_buff* hint = tp->lost_skb_hint;
  if (hint && before(start_seq, seqOf(hint))) add(tp->lost_cnt_hint, static_cast<s32>(pcount));
  return sacked | TCPCB_SACKED_ACKED;
}

// What was sent again came twice: one suspicion less was right. And if it had been reported before, the network reorders.
static void retransmissionWasNeedless(const tcp_sock* tp, const tcp_sacktag_state* state, u8 tags, u32 from, u32 to,
                                      int packets) {
  const bool undoable = tp->undo_marker && before(tp->undo_marker, to);
  if (undoable && tp->undo_retrans > 0) set(tp->undo_retrans, std::max(tp->undo_retrans - packets, 0));
  const bool lowest = tags & TCPCB_SACKED_ACKED && before(from, state->reord);
  if (lowest) set(state->reord, from);
}

u8 tcp_sacktag_one(const sock* sk, const tcp_sacktag_state* state, u8 sacked, u32 start_seq, u32 end_seq, int dup_sack,
                   int pcount, u64 xmit_time) {
  KFUNC(tcp_sacktag_one, sk, state, sacked, start_seq, end_seq, dup_sack, pcount);
  const tcp_sock* tp = tcp_sk(sk);
  const u32 packets = static_cast<u32>(pcount);
  const bool repeated = sacked & TCPCB_RETRANS, reported = sacked & TCPCB_SACKED_ACKED;
  if (repeated && dup_sack) retransmissionWasNeedless(tp, state, sacked, start_seq, end_seq, pcount);

  const bool acknowledged = !before(tp->snd_una, end_seq); // it goes anyway
  if (acknowledged) return call.result(sacked);
  const u8 tags = reported ? sacked : newlySacked(sk, state, sacked, start_seq, end_seq, packets, xmit_time);
  const bool bothCame = dup_sack && tags & TCPCB_SACKED_RETRANS; // the original and the retransmission
  if (!bothCame) return call.result(tags);
  sub(tp->retrans_out, packets);
  return call.result(static_cast<u8>(tags & ~TCPCB_SACKED_RETRANS));
}

static void tagWhole(const sock* sk, const sk_buff* skb, const tcp_sacktag_state* state, bool dup_sack) {
  const u8 sacked = tcp_sacktag_one(sk, state, sackedOf(skb), seqOf(skb), endSeqOf(skb), dup_sack,
                                    static_cast<int>(tcp_skb_pcount(skb)), tcp_skb_timestamp_us(skb));
  set(TCP_SKB_CB(skb)->sacked, sacked);
  tcp_rate_skb_delivered(sk, skb, state->rate);
  if (sackedOf(skb) & TCPCB_SACKED_ACKED) list_del_init(&skb->tcp_tsorted_anchor);
  if (!before(seqOf(skb), tcp_highest_sack_seq(tcp_sk(sk)))) tcp_advance_highest_sack(sk, skb);
}

// Tags from `skb` to the end of the range. Neighbours that are reported are joined to one buffer where that is cheap,
// so the walk may go on from another buffer than it stood on. Gives where it ended.
static const sk_buff* tcp_sacktag_walk(const sk_buff* skb, const sock* sk, const SackRange* next_dup,
                                       const tcp_sacktag_state* state, u32 start_seq, u32 end_seq, bool dup_sack_in) {
  KFUNC(tcp_sacktag_walk, skb, sk, state, start_seq, end_seq);
  for (; skb && before(seqOf(skb), end_seq); skb = skb_rb_next(skb)) {
    const bool nearDuplicate = next_dup && before(seqOf(skb), next_dup->end);
    int covered = nearDuplicate ? tcp_match_skb_to_sack(sk, skb, next_dup->start, next_dup->end) : 0;
    const bool cameTwice = dup_sack_in || covered > 0;
    if (covered <= 0) { // not by the duplicate's range: then by this one?
      if (const sk_buff* joined = tcp_shift_skb_data(sk, skb, state, start_seq, end_seq, cameTwice)) {
        skb = joined;
        continue;
      }
      covered = tcp_match_skb_to_sack(sk, skb, start_seq, end_seq);
    }
    if (covered < 0) break; // no memory to split it
    if (covered > 0) tagWhole(sk, skb, state, cameTwice);
  }
  return call.result(skb);
}

static const sk_buff* tcp_sacktag_bsearch(const sock* sk, u32 seq) {
  for (const rb_node* n = sk->tcp_rtx_queue.rb_node; n;) {
    const sk_buff* skb = rb_to_skb(n);
    if (before(seq, seqOf(skb))) n = n->rb_left;
    else if (!before(seq, endSeqOf(skb))) n = n->rb_right;
    else return skb;
  }
  return nullptr;
}

static const sk_buff* tcp_sacktag_skip(const sk_buff* skb, const sock* sk, u32 skip_to_seq) {
  return skb && after(seqOf(skb), skip_to_seq) ? skb : tcp_sacktag_bsearch(sk, skip_to_seq);
}

// ---- one report
namespace {
struct Report {
  SackRange sp[TCP_NUM_SACKS]; // valid ranges, ascending
  int used = 0, first = 0;     // `first`: where the report's first range is now, -1 if it was dropped
  bool dup = false;            // and it tells of a duplicate
};

class Tagger {
public:
  Tagger(const sock* sk, const tcp_sacktag_state* state, const Report& r)
      : m_sk(sk), m_tp(tcp_sk(sk)), m_state(state), m_r(r) {
    m_cache = m_tp->sacked_out ? 0 : CacheSize;
    while (m_cache < CacheSize && m_tp->sacked_out && !at().start_seq && !at().end_seq) ++m_cache;
  }
  void run() {
    for (m_i = 0; m_i < m_r.used;) {
      const Step step = block();
      if (step == Step::Stop) break;
      if (step == Step::Next) ++m_i;
    }
  }

private:
  enum class Step { Next, Again, Stop };
  const tcp_sack_block& at() const { return m_tp->recv_sack_cache[m_cache]; }
  void walk(u32 from, u32 to) {
    const bool nextIsDup = m_r.dup && m_i + 1 == m_r.first;
    const bool dup = m_r.dup && m_i == m_r.first;
    m_skb = tcp_sacktag_walk(m_skb, m_sk, nextIsDup ? &m_r.sp[m_i + 1] : nullptr, m_state, from, to, dup);
  }
  // Parts of the range that the report before had too are passed over.
  Step block() {
    const auto [start_seq, end_seq] = m_r.sp[m_i];
    while (m_cache < CacheSize && !before(start_seq, at().end_seq)) ++m_cache;
    const bool dup = m_r.dup && m_i == m_r.first;
    if (m_cache < CacheSize && !dup && after(end_seq, at().start_seq)) {
      const u32 known_from = at().start_seq, known_to = at().end_seq;
      if (before(start_seq, known_from)) {
        m_skb = tcp_sacktag_skip(m_skb, m_sk, start_seq);
        walk(start_seq, known_from);
      }
      if (!after(end_seq, known_to)) return Step::Next;
      skippedDuplicate(known_to);
      ++m_cache;
      if (tcp_highest_sack_seq(m_tp) != known_to) {
        m_skb = tcp_sacktag_skip(m_skb, m_sk, known_to);
        return Step::Again;
      }
      if (!(m_skb = tcp_highest_sack(m_sk))) return Step::Stop;
      walk(start_seq, end_seq);
      return Step::Next;
    }
    if (!before(start_seq, tcp_highest_sack_seq(m_tp)) && !(m_skb = tcp_highest_sack(m_sk))) return Step::Stop;
    m_skb = tcp_sacktag_skip(m_skb, m_sk, start_seq);
    walk(start_seq, end_seq);
    return Step::Next;
  }
  void skippedDuplicate(u32 skip_to_seq) {
    if (!m_r.dup || m_i + 1 != m_r.first || !before(m_r.sp[m_i + 1].start, skip_to_seq)) return;
    const SackRange dup = m_r.sp[m_i + 1];
    m_skb = tcp_sacktag_skip(m_skb, m_sk, dup.start);
    m_skb = tcp_sacktag_walk(m_skb, m_sk, nullptr, m_state, dup.start, dup.end, true);
  }

  const sock* m_sk;
  const tcp_sock* m_tp;
  const tcp_sacktag_state* m_state;
  const Report& m_r;
  const sk_buff* m_skb = nullptr;
  u32 m_cache;
  int m_i = 0;
};
} // namespace

static void takeValid(const sock* sk, const SackRange* wire, int num_sacks, u32 prior_snd_una, Report* r) {
  for (int i = 0; i < num_sacks; ++i) {
    const bool valid = tcp_is_sackblock_valid(tcp_sk(sk), !i && r->dup, wire[i]);
    if (valid && after(wire[i].end, prior_snd_una)) {
      r->sp[r->used++] = wire[i];
      NOTE("tcp.sacked", sk, wire[i].start, wire[i].end);
    } else if (i == 0) {
      r->first = -1;
    }
  }
  for (int i = r->used - 1; i > 0; --i)
    for (int j = 0; j < i; ++j)
      if (after(r->sp[j].start, r->sp[j + 1].start)) {
        std::swap(r->sp[j], r->sp[j + 1]);
        if (j == r->first) r->first = j + 1;
      }
}

static void remember(const tcp_sock* tp, const Report& r) { // at the end of the cache; empty ones come first
  const u32 empty = CacheSize - static_cast<u32>(r.used);
  for (u32 i = 0; i < CacheSize; ++i) {
    const SackRange range = i < empty ? SackRange{0, 0} : r.sp[i - empty];
    set(tp->recv_sack_cache[i].start_seq, range.start);
    set(tp->recv_sack_cache[i].end_seq, range.end);
  }
}

// The ranges of the option, as the peer sent them. Gives their number.
static int readRanges(const sk_buff* skb, SackRange* out) {
  const u8* option = skb_transport_header(skb) + sackedOf(skb); // tcp_parse_options() noted where it stands
  const int bytes = option[1] - static_cast<int>(TCPOLEN_SACK_BASE), perRange = TCPOLEN_SACK_PERBLOCK;
  const int count = std::min<int>(bytes / perRange, TCP_NUM_SACKS);
  const u8* at = option + TCPOLEN_SACK_BASE;
  for (int i = 0; i < count; ++i, at += perRange) out[i] = {be32At(at), be32At(at + 4)};
  return count;
}

int tcp_sacktag_write_queue(const sock* sk, const sk_buff* ack_skb, u32 prior_snd_una, const tcp_sacktag_state* state) {
  KFUNC(tcp_sacktag_write_queue, sk, ack_skb, prior_snd_una, state);
  const tcp_sock* tp = tcp_sk(sk);
  SackRange wire[TCP_NUM_SACKS] = {};
  const int ranges = readRanges(ack_skb, wire);
  set(state->flag, 0);
  set(state->reord, tp->snd_nxt);
  if (!tp->sacked_out) tcp_highest_sack_reset(sk);

  Report r;
  r.dup = tcp_check_dsack(sk, ack_skb, wire, ranges, prior_snd_una, state);
  const u32 oldest = prior_snd_una - tp->max_window;
  const bool longAgo = before(TCP_SKB_CB(ack_skb)->ack_seq, oldest);
  if (longAgo) return call.result(0);
  if (!tp->packets_out) return call.result(int(state->flag));

  takeValid(sk, wire, ranges, prior_snd_una, &r);
  set(state->mss_now, tcp_current_mss(sk));
  Tagger(sk, state, r).run();
  remember(tp, r);
  const bool inDoubt = inet_csk(sk)->icsk_ca_state == TCP_CA_Loss && !tp->undo_marker; // after a timeout all is mixed
  if (!inDoubt) tcp_check_sack_reordering(sk, state->reord, 0);
  return call.result(int(state->flag));
}

} // namespace sockwalk::kernel
