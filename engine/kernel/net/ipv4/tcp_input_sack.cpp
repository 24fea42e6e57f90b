// SACK: the peer reports ranges that arrived beyond a hole. Segments in the retransmission queue are tagged: S (reported),
// L (believed lost), R (sent again). In flight is what was sent, less S and L, plus R. Source: RFC 2018, 2883, 6675.
#include "engine/kernel/net/ipv4/tcp_input_internal.h"

namespace sockwalk::kernel {

constexpr u32 CacheSize = 4; // tp->recv_sack_cache: the ranges of the report before, which need not be walked again

// ---- D-SACK: the first range tells of data that came twice
static u32 tcp_dsack_seen(const tcp_sock* tp, SackRange range, const tcp_sacktag_state* state) {
  if (!before(range.start, range.end)) return 0;
  const u32 seq_len = range.end - range.start;
  u32 dup_segs = 1;
  if (seq_len > tp->max_window) return 0;
  if (seq_len > tp->mss_cache) dup_segs = (seq_len + tp->mss_cache - 1) / tp->mss_cache;
  else if (tp->tlp_high_seq && tp->tlp_high_seq == range.end) set(state->flag, state->flag | FLAG_DSACK_TLP);
  add(tp->dsack_dups, dup_segs);
  if (tp->dsack_dups > tp->total_retrans) return 0; // more than we sent twice: the network's doing
  set(&tp->rx_opt, tcp_options_received::bit::sack_ok, tp->rx_opt.sack_ok | TCP_DSACK_SEEN);
  if (tp->reord_seen && !(state->flag & FLAG_DSACK_TLP)) set(&tp->rack, tcp_rack::bit::dsack_seen, 1);
  set(state->flag, state->flag | FLAG_DSACKING_ACK);
  add(state->sack_delivered, dup_segs);
  return dup_segs;
}

// It is one if it lies below what is acknowledged, or inside the second range.
static bool tcp_check_dsack(const sock* sk, const sk_buff* ack_skb, const SackRange* sp, int num_sacks,
                            u32 prior_snd_una, const tcp_sacktag_state* state) {
  const tcp_sock* tp = tcp_sk(sk);
  if (!before(sp[0].start, TCP_SKB_CB(ack_skb)->ack_seq)) {
    if (num_sacks < 2 || after(sp[0].end, sp[1].end) || before(sp[0].start, sp[1].start)) return false;
  }
  const u32 dup_segs = tcp_dsack_seen(tp, sp[0], state);
  if (!dup_segs) return false;
  NOTE("tcp.dsack", sk, sp[0].start, sp[0].end);
  const bool forgotten = !after(sp[0].end, prior_snd_una) && after(sp[0].end, tp->undo_marker);
  if (tp->undo_marker && tp->undo_retrans > 0 && forgotten)
    set(tp->undo_retrans, std::max(0, tp->undo_retrans - static_cast<s32>(dup_segs)));
  return true;
}

// A range must lie within what was sent and not acknowledged; one of duplicates may lie below, not across.
static bool tcp_is_sackblock_valid(const tcp_sock* tp, bool is_dsack, SackRange r) {
  if (after(r.end, tp->snd_nxt) || !before(r.start, r.end) || !before(r.start, tp->snd_nxt)) return false;
  if (after(r.start, tp->snd_una)) return true;
  if (!is_dsack || !tp->undo_marker || after(r.end, tp->snd_una)) return false;
  if (!before(r.start, tp->undo_marker)) return true;
  return after(r.end, tp->undo_marker) && !before(r.start, r.end - tp->max_window);
}

// A report fills a hole below a higher one, with a segment that was sent only once: the network reorders, by so much.
void tcp_check_sack_reordering(const sock* sk, u32 low_seq, int ts) {
  KFUNC(tcp_check_sack_reordering, sk, low_seq, ts);
  const tcp_sock* tp = tcp_sk(sk);
  const u32 fack = tcp_highest_sack_seq(tp), mss = tp->mss_cache;
  if (!before(low_seq, fack)) return;
  const u32 metric = fack - low_seq;
  if (mss && metric > tp->reordering * mss) {
    const u32 most = static_cast<u32>(sock_net(sk)->ipv4.sysctl_tcp_max_reordering);
    set(tp->reordering, std::min((metric + mss - 1) / mss, most));
  }
  add(tp->reord_seen, 1u);
  NOTE("tcp.reordering", sk, tp->reordering);
}

// ---- tagging
// Does the range cover the segment? A large one (several segments in one buffer) is split where the range cuts it.
int tcp_match_skb_to_sack(const sock* sk, const sk_buff* skb, u32 start_seq, u32 end_seq) {
  KFUNC(tcp_match_skb_to_sack, sk, skb, start_seq, end_seq);
  bool in_sack = !after(start_seq, seqOf(skb)) && !before(end_seq, endSeqOf(skb));
  if (in_sack || tcp_skb_pcount(skb) <= 1 || !after(endSeqOf(skb), start_seq)) return call.result(int(in_sack));
  const u32 mss = tcp_skb_mss(skb);
  in_sack = !after(start_seq, seqOf(skb));
  u32 pkt_len = in_sack ? end_seq - seqOf(skb) : start_seq - seqOf(skb);
  if (pkt_len < mss) {
    if (in_sack) return call.result(-EINVAL);
    pkt_len = mss;
  }
  if (pkt_len > mss) {
    const u32 whole = pkt_len / mss * mss;
    pkt_len = !in_sack && whole < pkt_len ? whole + mss : whole;
  }
  if (pkt_len >= skb->len && !in_sack) return call.result(0);
  const int err = tcp_fragment(sk, TCP_FRAG_IN_RTX_QUEUE, skb, pkt_len, mss, GFP_ATOMIC);
  return call.result(err < 0 ? err : int(in_sack));
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
      if (!after(end_seq, tp->high_seq)) set(state->flag, state->flag | FLAG_ORIG_SACK_ACKED);
      if (!state->first_sackt) set(state->first_sackt, xmit_time);
      set(state->last_sackt, xmit_time);
    }
    if (sacked & TCPCB_LOST) {
      sacked &= static_cast<u8>(~TCPCB_LOST);
      sub(tp->lost_out, pcount);
    }
  }
  set(state->flag, state->flag | FLAG_DATA_SACKED);
  add(tp->sacked_out, pcount);
  add(state->sack_delivered, pcount);
  const sk_buff* hint = tp->lost_skb_hint;
  if (hint && before(start_seq, seqOf(hint))) add(tp->lost_cnt_hint, static_cast<s32>(pcount));
  return sacked | TCPCB_SACKED_ACKED;
}

u8 tcp_sacktag_one(const sock* sk, const tcp_sacktag_state* state, u8 sacked, u32 start_seq, u32 end_seq, int dup_sack,
                   int pcount, u64 xmit_time) {
  KFUNC(tcp_sacktag_one, sk, state, sacked, start_seq, end_seq, dup_sack, pcount);
  const tcp_sock* tp = tcp_sk(sk);
  if (dup_sack && sacked & TCPCB_RETRANS) {
    if (tp->undo_marker && tp->undo_retrans > 0 && after(end_seq, tp->undo_marker))
      set(tp->undo_retrans, std::max(0, tp->undo_retrans - pcount));
    if (sacked & TCPCB_SACKED_ACKED && before(start_seq, state->reord)) set(state->reord, start_seq);
  }
  if (!after(end_seq, tp->snd_una)) return call.result(sacked); // acknowledged: it goes anyway
  if (!(sacked & TCPCB_SACKED_ACKED))
    sacked = newlySacked(sk, state, sacked, start_seq, end_seq, static_cast<u32>(pcount), xmit_time);
  if (dup_sack && sacked & TCPCB_SACKED_RETRANS) { // the original and the retransmission arrived
    sacked &= static_cast<u8>(~TCPCB_SACKED_RETRANS);
    sub(tp->retrans_out, static_cast<u32>(pcount));
  }
  return call.result(sacked);
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
    int in_sack = 0;
    bool dup_sack = dup_sack_in;
    if (next_dup && before(seqOf(skb), next_dup->end)) {
      in_sack = tcp_match_skb_to_sack(sk, skb, next_dup->start, next_dup->end);
      if (in_sack > 0) dup_sack = true;
    }
    if (in_sack <= 0) {
      if (const sk_buff* joined = tcp_shift_skb_data(sk, skb, state, start_seq, end_seq, dup_sack)) {
        skb = joined;
        continue;
      }
      in_sack = tcp_match_skb_to_sack(sk, skb, start_seq, end_seq);
    }
    if (in_sack < 0) break;
    if (in_sack) tagWhole(sk, skb, state, dup_sack);
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

int tcp_sacktag_write_queue(const sock* sk, const sk_buff* ack_skb, u32 prior_snd_una, const tcp_sacktag_state* state) {
  KFUNC(tcp_sacktag_write_queue, sk, ack_skb, prior_snd_una, state);
  const tcp_sock* tp = tcp_sk(sk);
  const u8* option = skb_transport_header(ack_skb) + sackedOf(ack_skb);
  const int num_sacks = std::min<int>(TCP_NUM_SACKS, (option[1] - static_cast<int>(TCPOLEN_SACK_BASE)) >> 3);
  SackRange wire[TCP_NUM_SACKS] = {};
  for (int i = 0; i < num_sacks; ++i) wire[i] = {be32At(option + 2 + 8 * i), be32At(option + 6 + 8 * i)};
  set(state->flag, 0);
  set(state->reord, tp->snd_nxt);
  if (!tp->sacked_out) tcp_highest_sack_reset(sk);
  Report r;
  r.dup = tcp_check_dsack(sk, ack_skb, wire, num_sacks, prior_snd_una, state);
  if (before(TCP_SKB_CB(ack_skb)->ack_seq, prior_snd_una - tp->max_window)) return call.result(0);
  if (!tp->packets_out) return call.result(int(state->flag));
  takeValid(sk, wire, num_sacks, prior_snd_una, &r);
  set(state->mss_now, tcp_current_mss(sk));
  Tagger(sk, state, r).run();
  remember(tp, r);
  if (inet_csk(sk)->icsk_ca_state != TCP_CA_Loss || tp->undo_marker) tcp_check_sack_reordering(sk, state->reord, 0);
  return call.result(int(state->flag));
}

} // namespace sockwalk::kernel
