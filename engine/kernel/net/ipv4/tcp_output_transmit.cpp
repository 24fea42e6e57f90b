// One segment goes down: a clone of what is queued gets its TCP header, checksum and account, and is given to IP.
// The queued original keeps no headers; it stays for retransmission until it is acknowledged.
#include "engine/kernel/include/linux/hrtimer.h"
#include "engine/kernel/include/net/tcp_segments.h"
#include "engine/kernel/net/ipv4/tcp_output_internal.h"
#include "engine/memory/constants/inet.h"

namespace sockwalk::kernel {

// The sequence number of a segment without data: inside of the peer's window, even if the peer took part of it back.
// A scaled window is known in units only, so less than one unit beyond its end counts as inside.
u32 tcp_acceptable_seq(const sock* sk) {
  const tcp_sock* tp = tcp_sk(sk);
  const u32 next = tp->snd_nxt, windowEnd = tcp_wnd_end(tp);
  const u32 unit = tp->rx_opt.wscale_ok ? 1u << tp->rx_opt.rcv_wscale : 0;
  const bool inside = !after(next, windowEnd) || next - windowEnd < unit;
  return inside ? next : windowEnd;
}

// The largest segment that we can receive, as our SYN says it: what fits the route, headers without options.
u16 tcp_advertise_mss(const sock* sk) {
  KFUNC(tcp_advertise_mss, sk);
  INLINED();
  const tcp_sock* tp = tcp_sk(sk);
  const dst_entry* route = __sk_dst_get(sk);
  const u32 planned = tp->advmss, possible = route ? tcp_dst_advmss(route) : planned;
  if (possible >= planned) return call.result(static_cast<u16>(planned));
  set(tp->advmss, possible); // the route shrank since connect() chose
  return call.result(static_cast<u16>(possible));
}

// A segment without data: flags only. SYN and FIN count as one byte each.
void tcp_init_nondata_skb(const sk_buff* skb, u32 seq, u8 flags) {
  KFUNC(tcp_init_nondata_skb, skb, seq, flags);
  INLINED();
  set(skb, sk_buff::bit::ip_summed, CHECKSUM_PARTIAL);
  set(TCP_SKB_CB(skb)->tcp_flags, flags);
  tcp_skb_pcount_set(skb, 1);
  set(TCP_SKB_CB(skb)->seq, seq);
  set(TCP_SKB_CB(skb)->end_seq, seq + (flags & (TCPHDR_SYN | TCPHDR_FIN) ? 1 : 0));
}

// ---- what sending means for the socket's state
static void tcp_event_data_sent(const tcp_sock* tp, const sock* sk) {
  const auto& ack = inet_csk(sk)->icsk_ack;
  const u32 moment = tcp_jiffies32();
  const bool wasIdle = tcp_packets_in_flight(tp) == 0;
  if (wasIdle) tcp_ca_event(sk, CA_EVENT_TX_START);
  set(tp->lsndtime, moment);
  // A quick answer to what came: this is a conversation, acknowledgements may wait for the next answer.
  const bool quickAnswer = moment - ack.lrcvtime < ack.ato;
  if (quickAnswer) inet_csk_enter_pingpong_mode(sk);
}

// Some acknowledgements at the beginning go at once, so that the peer's window grows. One of them is spent.
static void tcp_dec_quickack_mode(const sock* sk) {
  const auto& ack = inet_csk(sk)->icsk_ack;
  const u32 left = ack.quick, spent = inet_csk_ack_scheduled(sk) ? 1 : 0;
  if (!left) return;
  if (left > spent) {
    sub(ack.quick, spent);
  } else {
    set(ack.quick, 0);
    set(ack.ato, TCP_ATO_MIN());
  }
}

static void endCompression(const tcp_sock* tp, const sock* sk) {
  set(tp->compressed_ack, 0);
  if (hrtimer_try_to_cancel(&tp->compressed_ack_timer) == 1) sock_put(sk);
}
static void tcp_event_ack_sent(const sock* sk, u32 rcv_nxt) {
  const tcp_sock* tp = tcp_sk(sk);
  if (tp->compressed_ack) endCompression(tp, sk);
  const bool tellsAll = rcv_nxt == tp->rcv_nxt; // else it repeats an older one, and the newer is still owed
  if (tellsAll) {
    tcp_dec_quickack_mode(sk);
    inet_csk_clear_xmit_timer(sk, ICSK_TIME_DACK);
  }
}

// Explicit congestion notification (RFC 3168): new data says that it may be marked instead of dropped.
static void tcp_ecn_send(const sock* sk, const sk_buff* skb, const tcphdr* th, u32 tcp_header_len) {
  const tcp_sock* tp = tcp_sk(sk);
  const u8 ecn = tp->ecn_flags, tos = inet_sk(sk)->tos;
  if (!(ecn & TCP_ECN_OK)) return;
  if (skb->len != tcp_header_len && !before(TCP_SKB_CB(skb)->seq, tp->snd_nxt)) {
    set(inet_sk(sk)->tos, (tos & ~INET_ECN_MASK) | INET_ECN_ECT_0);
    if (ecn & TCP_ECN_QUEUE_CWR) {
      set(tp->ecn_flags, ecn & ~TCP_ECN_QUEUE_CWR);
      set(th, tcphdr::bit::cwr, 1);
      set(skb_shinfo(skb)->gso_type, skb_shinfo(skb)->gso_type | SKB_GSO_TCP_ECN);
    }
  } else if (!tcp_ca_needs_ecn(sk)) {
    set(inet_sk(sk)->tos, tos & ~INET_ECN_MASK);
  }
  if (ecn & TCP_ECN_DEMAND_CWR) set(th, tcphdr::bit::ece, 1);
}

// ---- the header
static void pointAtUrgentData(const tcphdr* th, const tcp_sock* tp, u32 seq) {
  const bool near = before(tp->snd_up, seq + 0x10000);
  if (!near && !after(seq + 0xffff, tp->snd_nxt)) return;
  set(th->urg_ptr, htons(near ? static_cast<u16>(tp->snd_up - seq) : 0xffff));
  set(th, tcphdr::bit::urg, 1);
}

// Offset and flags share two bytes; the flags of the control block have the header's own order.
static void writeOffsetAndFlags(const tcphdr* th, u32 headerSize, u16 flags) {
  const u16 both = htons(static_cast<u16>(headerSize / 4 << 12 | flags));
  setBytes(reinterpret_cast<const u8*>(th) + 12, &both, sizeof both);
}

static void writeHeader(const sock* sk, const sk_buff* skb, u32 headerSize, u32 rcv_nxt) {
  const tcp_sock* tp = tcp_sk(sk);
  const tcp_skb_cb* cb = TCP_SKB_CB(skb);
  const auto* th = reinterpret_cast<const tcphdr*>(skb->data.get());
  const u32 seq = cb->seq;
  set(th->source, inet_sk(sk)->inet_sport);
  set(th->dest, inet_sk(sk)->inet_dport);
  set(th->seq, htonl(seq));
  set(th->ack_seq, htonl(rcv_nxt));
  writeOffsetAndFlags(th, headerSize, cb->tcp_flags);
  set(th->check, 0);
  set(th->urg_ptr, 0);
  const bool urgent = tcp_urg_mode(tp) && after(tp->snd_up, seq);
  if (urgent) pointAtUrgentData(th, tp, seq);
  set(skb_shinfo(skb)->gso_type, sk->sk_gso_type);
  if (cb->tcp_flags & TCPHDR_SYN) { // the window of a SYN is not scaled yet
    const u32 window = std::min<u32>(tp->rcv_wnd, 65535);
    set(th->window, htons(static_cast<u16>(window)));
  } else {
    set(th->window, htons(tcp_select_window(sk)));
    tcp_ecn_send(sk, skb, th, headerSize);
  }
}

// The buffer counts as the socket's until the device is done with it. A pure ACK counts as next to nothing, so that
// acknowledgements never hold back data.
static void chargeToSocket(const sock* sk, const sk_buff* skb) {
  skb_orphan(skb);
  set(skb->sk, sk);
  if (skb->truesize == 2) set(skb->destructor, fn<__sock_wfree>); // skb_is_tcp_pure_ack()
  else set(skb->destructor, fn<tcp_wfree>);
  add(sk->sk_wmem_alloc.refs.counter, skb->truesize);
  set(skb, sk_buff::bit::dst_pending_confirm, sk->sk_dst_pending_confirm != 0);
}

// The original's place in the order of sending shares memory with its route: put aside while it is cloned.
static const sk_buff* cloneToSend(const sk_buff* oskb, u32 gfp_mask) {
  const u64 saved = oskb->_skb_refdst;
  set(oskb->_skb_refdst, 0);
  const bool busy = skb_cloned(oskb); // an earlier transmission is still on its way: its headers must stay
  const sk_buff* skb = busy ? __pskb_copy_fclone(oskb, static_cast<int>(skb_headroom(oskb)), gfp_mask, false)
                            : skb_clone(oskb, gfp_mask);
  set(oskb->_skb_refdst, saved);
  if (skb) set(skb->dev, nullptr); // it shares memory with the tree of the retransmission queue
  return skb;
}

// At the pacing rate the segment takes some time, and the next may go when that is over. A pause before it counts for
// half of that at most. The first ten segments are not paced: the rate is not known yet.
static void payForPace(const sock* sk, const sk_buff* skb, u64 prior_wstamp) {
  const tcp_sock* tp = tcp_sk(sk);
  const u64 bytesPerSecond = sk->sk_pacing_rate;
  const bool rateIsKnown = bytesPerSecond && bytesPerSecond != ~0ull && tp->data_segs_out >= 10;
  if (sk->sk_pacing_status == SK_PACING_NONE || !rateIsKnown) return;
  const u64 takes = u64(skb->len) * NSEC_PER_SEC / bytesPerSecond, paused = tp->tcp_wstamp_ns - prior_wstamp;
  add(tp->tcp_wstamp_ns, takes - std::min(takes / 2, paused));
}

static void tcp_update_skb_after_send(const sock* sk, const sk_buff* skb, u64 prior_wstamp) {
  KFUNC(tcp_update_skb_after_send, sk, skb, prior_wstamp);
  payForPace(sk, skb, prior_wstamp);
  list_del(&skb->tcp_tsorted_anchor); // to the end of the order of sending
  list_add_tail(&skb->tcp_tsorted_anchor, &tcp_sk(sk)->tsorted_sent_queue);
}

static void skb_set_hash_from_sk(const sk_buff* skb, const sock* sk) {
  if (!sk->sk_txhash) return;
  set(skb, sk_buff::bit::l4_hash, 1);
  set(skb->hash, sk->sk_txhash);
}

static void countSegment(const tcp_sock* tp, const sock* sk, const sk_buff* skb, u32 headerSize, u32 rcv_nxt) {
  const u32 segments = tcp_skb_pcount(skb), bytes = skb->len - headerSize;
  const bool acknowledges = TCP_SKB_CB(skb)->tcp_flags & TCPHDR_ACK;
  if (acknowledges) tcp_event_ack_sent(sk, rcv_nxt);
  if (bytes) {
    tcp_event_data_sent(tp, sk);
    add(tp->data_segs_out, segments);
    add(tp->bytes_sent, bytes);
  }
  add(tp->segs_out, segments);
  skb_set_hash_from_sk(skb, sk);
  const skb_shared_info* shinfo = skb_shinfo(skb);
  set(shinfo->gso_segs, segments);
  set(shinfo->gso_size, tcp_skb_mss(skb));
  fillBytes(skb->cb, 0, sizeof(inet6_skb_parm)); // the control block is IP's from here on
}

// When the segment leaves by the socket's own clock: now, or when pacing allows.
static void stampDeparture(const tcp_sock* tp, const sk_buff* skb) {
  set(tp->tcp_wstamp_ns, std::max(tp->tcp_wstamp_ns, tp->tcp_clock_cache));
  set(skb->skb_mstamp_ns, tp->tcp_wstamp_ns);
  set(skb, sk_buff::bit::mono_delivery_time, tp->tcp_wstamp_ns != 0);
}

static u32 chooseOptions(const sock* sk, const sk_buff* skb, const tcp_out_options* options) {
  const tcp_skb_cb* cb = TCP_SKB_CB(skb);
  if (cb->tcp_flags & TCPHDR_SYN) return tcp_syn_options(sk, skb, options);
  const u32 length = tcp_established_options(sk, skb, options);
  if (tcp_skb_pcount(skb) > 1) set(cb->tcp_flags, cb->tcp_flags | TCPHDR_PSH); // so that GRO does not wait for more
  return length;
}

// Down to IP. A queue that is full there is congestion on our own host: slow down. 0, or what went wrong.
static int giveToIp(const sock* sk, const sk_buff* skb) {
  const auto* flow = reinterpret_cast<const flowi*>(&inet_sk(sk)->cork.fl);
  const int verdict = inet_csk(sk)->icsk_af_ops->queue_xmit(sk, skb, flow);
  if (verdict > 0) tcp_enter_cwr(sk);
  return verdict == NET_XMIT_CN ? 0 : verdict; // CN: it went, but the next might not
}

// 0, or what went wrong on the way down: then the segment counts as not sent.
int __tcp_transmit_skb(const sock* sk, const sk_buff* skb, int clone_it, u32 gfp_mask, u32 rcv_nxt) {
  KFUNC(__tcp_transmit_skb, sk, skb, clone_it, gfp_mask, rcv_nxt);
  SIMPLIFIED("no MD5 signature; no options written by BPF programs");
  BUG_ON(!skb || !tcp_skb_pcount(skb));
  const tcp_sock* tp = tcp_sk(sk);
  const u64 departedBefore = tp->tcp_wstamp_ns;
  stampDeparture(tp, skb);
  const sk_buff* queued = clone_it ? skb : nullptr;
  if (queued && !(skb = cloneToSend(queued, gfp_mask))) return call.result(-ENOBUFS);
  OnStack<tcp_out_options> options;
  const u32 headerSize = u32(sizeof(tcphdr)) + chooseOptions(sk, skb, options);
  const bool nothingBelow = sk_wmem_alloc_get(sk) < static_cast<int>(SKB_TRUESIZE(1));
  set(skb, sk_buff::bit::ooo_okay, nothingBelow); // then another transmit queue may be chosen without reordering
  set(skb, sk_buff::bit::pfmemalloc, 0);
  skb_push(skb, headerSize);
  skb_reset_transport_header(skb);
  chargeToSocket(sk, skb);
  writeHeader(sk, skb, headerSize, rcv_nxt);
  tcp_options_write(tcp_hdr(skb), tp, options);
  inet_csk(sk)->icsk_af_ops->send_check(sk, skb);
  countSegment(tp, sk, skb, headerSize, rcv_nxt);
  const int failure = giveToIp(sk, skb);
  if (queued && !failure) {
    tcp_update_skb_after_send(sk, queued, departedBefore);
    tcp_rate_skb_sent(sk, queued);
  }
  return call.result(failure);
}

int tcp_transmit_skb(const sock* sk, const sk_buff* skb, int clone_it, u32 gfp_mask) {
  KFUNC(tcp_transmit_skb, sk, skb, clone_it, gfp_mask);
  INLINED();
  return call.result(__tcp_transmit_skb(sk, skb, clone_it, gfp_mask, tcp_sk(sk)->rcv_nxt));
}

} // namespace sockwalk::kernel
