// The segments that open and close a connection: SYN, SYN-ACK and FIN. Each takes one number of the sequence, so each
// is acknowledged and, if need be, sent again like data.
#include "engine/kernel/include/net/tcp_segments.h"
#include "engine/kernel/net/ipv4/tcp_output_internal.h"

namespace sockwalk::kernel {

static u32 dst_metric(const dst_entry* dst, int metric) { return dst_metric_raw(dst, metric); }
static u16 tcp_mss_clamp(const tcp_sock* tp, u32 mss) { // TCP_MAXSEG, if the user asked for it
  const u16 asked = tp->rx_opt.user_mss;
  return static_cast<u16>(asked && asked < mss ? asked : mss);
}

// The buffer is in one of the socket's queues: its memory counts there, and is taken from what was reserved.
static void chargeToQueue(const sock* sk, const sk_buff* skb) {
  sk_wmem_queued_add(sk, static_cast<int>(skb->truesize));
  sk_mem_charge(sk, static_cast<int>(skb->truesize));
}

// ---- active open
// A buffer whose size the user fixed will not grow, so more than fits in it is never offered.
static void limitToFixedBuffer(const sock* sk, u32 whole) {
  if (!(sk->sk_userlocks & SOCK_RCVBUF_LOCK)) return;
  const u32 limit = tcp_sk(sk)->window_clamp;
  if (!limit || limit > whole) set(tcp_sk(sk)->window_clamp, whole);
}

// The window to offer, with the scale that goes into our SYN.
static void chooseWindow(const sock* sk, const dst_entry* dst) {
  const tcp_sock* tp = tcp_sk(sk);
  const int whole = tcp_full_space(sk);
  if (!tp->window_clamp) set(tp->window_clamp, dst_metric(dst, RTAX_WINDOW));
  limitToFixedBuffer(sk, static_cast<u32>(whole));
  const u32 options = tp->rx_opt.ts_recent_stamp ? tp->tcp_header_len - u32(sizeof(tcphdr)) : 0;
  u8 scale = 0;
  tcp_select_initial_window(sk, whole, tp->advmss - options, &tp->rcv_wnd, &tp->window_clamp,
                            sock_net(sk)->ipv4.sysctl_tcp_window_scaling, &scale, dst_metric(dst, RTAX_INITRWND));
  set(&tp->rx_opt, tcp_options_received::bit::rcv_wscale, scale);
  set(tp->rcv_ssthresh, tp->rcv_wnd);
}

// Nothing is sent and nothing received: all pointers into the two streams stand at their beginnings. A socket that is
// restored from a checkpoint was told where the peer's stream stands.
static void resetSequences(const sock* sk) {
  const tcp_sock* tp = tcp_sk(sk);
  const u32 first = tp->write_seq;
  for (const u32* mark : {&tp->snd_una, &tp->snd_sml, &tp->snd_up, &tp->snd_nxt}) set(*mark, first);
  if (tp->repair) set(tp->rcv_tstamp, tcp_jiffies32());
  else set(tp->rcv_nxt, 0);
  for (const u32* mark : {&tp->rcv_wup, &tp->copied_seq}) set(*mark, tp->rcv_nxt);
}

// The largest segments: what the user allowed, what the path carries, what we tell the peer.
static void chooseSegmentSizes(const sock* sk, const dst_entry* dst) {
  const tcp_sock* tp = tcp_sk(sk);
  if (const u16 asked = tp->rx_opt.user_mss) set(tp->rx_opt.mss_clamp, asked);
  set(tp->max_window, 0);
  tcp_mtup_init(sk);
  tcp_sync_mss(sk, dst_mtu(dst));
  set(tp->advmss, tcp_mss_clamp(tp, tcp_dst_advmss(dst)));
  tcp_initialize_rcv_mss(sk);
}

// A socket may have lived before, and been disconnected.
static void forgetEarlierLife(const sock* sk) {
  set(sk->sk_err, 0);
  sock_reset_flag(sk, SOCK_DONE);
  set(tcp_sk(sk)->snd_wnd, 0);
  tcp_init_wl(tcp_sk(sk), 0);
  tcp_write_queue_purge(sk);
  resetSequences(sk);
}

static void tcp_connect_init(const sock* sk) {
  KFUNC(tcp_connect_init, sk);
  INLINED();
  const dst_entry* dst = __sk_dst_get(sk);
  const tcp_sock* tp = tcp_sk(sk);
  const u32 options = sock_net(sk)->ipv4.sysctl_tcp_timestamps ? TCPOLEN_TSTAMP_ALIGNED : 0;
  set(tp->tcp_header_len, sizeof(tcphdr) + options);
  tcp_v4_md5_lookup(sk, sk); // tp->af_specific->md5_lookup: no key, no option
  chooseSegmentSizes(sk, dst);
  chooseWindow(sk, dst);
  forgetEarlierLife(sk);
  set(inet_csk(sk)->icsk_rto, TCP_TIMEOUT_INIT());
  set(inet_csk(sk)->icsk_retransmits, 0);
  tcp_clear_retrans(tp);
}

static void tcp_connect_queue_skb(const sock* sk, const sk_buff* skb) {
  KFUNC(tcp_connect_queue_skb, sk, skb);
  INLINED();
  const tcp_skb_cb* cb = TCP_SKB_CB(skb);
  const u32 end = cb->end_seq + skb->len;
  set(cb->end_seq, end);
  __skb_header_release(skb);
  chargeToQueue(sk, skb);
  set(tcp_sk(sk)->write_seq, end);
  add(tcp_sk(sk)->packets_out, tcp_skb_pcount(skb));
}

static void tcp_ecn_send_syn(const sock* sk, const sk_buff* skb) {
  set(tcp_sk(sk)->ecn_flags, 0);
  if (sock_net(sk)->ipv4.sysctl_tcp_ecn != 1 && !tcp_ca_needs_ecn(sk)) return;
  set(TCP_SKB_CB(skb)->tcp_flags, TCP_SKB_CB(skb)->tcp_flags | TCPHDR_ECE | TCPHDR_CWR);
  set(tcp_sk(sk)->ecn_flags, TCP_ECN_OK);
}

// The SYN, in the queue of what may have to be sent again. nullptr: no memory.
static const sk_buff* queueSyn(const sock* sk) {
  const tcp_sock* tp = tcp_sk(sk);
  const sk_buff* syn = tcp_stream_alloc_skb(sk, 0, sk->sk_allocation, true);
  if (!syn) return nullptr;
  tcp_init_nondata_skb(syn, tp->write_seq, TCPHDR_SYN);
  add(tp->write_seq, 1);
  refreshClock(tp);
  set(tp->retrans_stamp, tcp_time_stamp(tp));
  tcp_connect_queue_skb(sk, syn);
  tcp_ecn_send_syn(sk, syn);
  tcp_rbtree_insert(&sk->tcp_rtx_queue, syn);
  return syn;
}

// What is to be sent next comes behind the SYN: data that waits already, or whatever is written first.
static void pointBehindSyn(const sock* sk) {
  const tcp_sock* tp = tcp_sk(sk);
  set(tp->snd_nxt, tp->write_seq);
  set(tp->pushed_seq, tp->write_seq);
  if (const sk_buff* waiting = tcp_send_head(sk)) {
    set(tp->snd_nxt, TCP_SKB_CB(waiting)->seq);
    set(tp->pushed_seq, TCP_SKB_CB(waiting)->seq);
  }
}

// Sends the SYN, and arms the timer that repeats it.
int tcp_connect(const sock* sk) {
  KFUNC(tcp_connect, sk);
  SIMPLIFIED("no data in the SYN (Fast Open)");
  const inet_connection_sock* icsk = inet_csk(sk);
  if (icsk->icsk_af_ops->rebuild_header(sk)) return call.result(-EHOSTUNREACH);
  tcp_connect_init(sk);
  if (tcp_sk(sk)->repair) { // restored from a checkpoint: the peer knows the connection
    tcp_finish_connect(sk, nullptr);
    return call.result(0);
  }
  const sk_buff* syn = queueSyn(sk);
  if (!syn) return call.result(-ENOBUFS);
  // Any other failure to send is as good as a SYN that was lost: the timer repeats it.
  if (tcp_transmit_skb(sk, syn, 1, sk->sk_allocation) == -ECONNREFUSED) return call.result(-ECONNREFUSED);
  pointBehindSyn(sk);
  inet_csk_reset_xmit_timer(sk, ICSK_TIME_RETRANS, icsk->icsk_rto, TCP_RTO_MAX());
  return call.result(0);
}

// ---- passive open
static void ownSynack(const sk_buff* skb, const sock* sk, const request_sock* req, u32 synack_type) {
  if (synack_type == TCP_SYNACK_NORMAL) skb_set_owner_w(skb, req_to_sk(req));
  else if (synack_type == TCP_SYNACK_FASTOPEN) skb_set_owner_w(skb, sk);
}

static void stampSynack(const sk_buff* skb, const request_sock* req, u32 synack_type, u64 now) {
  const bool cookie = synack_type == TCP_SYNACK_COOKIE && inet_rsk(req)->tstamp_ok;
  set(skb->skb_mstamp_ns, cookie ? cookie_init_timestamp(req, now) : now);
  set(skb, sk_buff::bit::mono_delivery_time, 1);
  if (!cookie && !tcp_rsk(req)->snt_synack) set(tcp_rsk(req)->snt_synack, tcp_skb_timestamp_us(skb));
}

static void writeSynackHeader(const tcphdr* th, const request_sock* req, const tcp_out_options* opts, u32 size) {
  const inet_request_sock* ireq = inet_rsk(req);
  fillBytes(th, 0, sizeof(tcphdr));
  set(th, tcphdr::bit::syn, 1);
  set(th, tcphdr::bit::ack, 1);
  if (ireq->ecn_ok) set(th, tcphdr::bit::ece, 1);
  set(th->source, htons(ireq->ir_num));
  set(th->dest, ireq->ir_rmt_port);
  set(th->seq, htonl(tcp_rsk(req)->snt_isn));
  set(th->ack_seq, htonl(tcp_rsk(req)->rcv_nxt));
  set(th->window, htons(static_cast<u16>(std::min<u32>(req->rsk_rcv_wnd, 65535))));
  tcp_options_write(th, nullptr, opts);
  set(th, tcphdr::bit::doff, size >> 2);
}

// A SYN-ACK from what the request remembers; there is no socket yet. Takes over the reference to `dst`.
const sk_buff* tcp_make_synack(const sock* sk, const dst_entry* dst, const request_sock* req,
                               const tcp_fastopen_cookie* foc, u32 synack_type, const sk_buff* syn_skb) {
  KFUNC(tcp_make_synack, sk, dst, req, foc, synack_type, syn_skb);
  const sk_buff* skb = alloc_skb(MAX_TCP_HEADER, GFP_ATOMIC);
  if (!skb) {
    dst_release(dst);
    return call.result(skb);
  }
  skb_reserve(skb, MAX_TCP_HEADER);
  ownSynack(skb, sk, req, synack_type);
  skb_dst_set(skb, dst);
  const u32 largest = tcp_mss_clamp(tcp_sk(sk), tcp_dst_advmss(dst));
  OnStack<tcp_out_options> options;
  const u64 moment = tcp_clock_ns();
  stampSynack(skb, req, synack_type, moment);
  tcp_rsk(req)->af_specific->req_md5_lookup(sk, req_to_sk(req));
  set(skb->hash, tcp_rsk(req)->txhash);
  set(skb, sk_buff::bit::l4_hash, 1);
  set(TCP_SKB_CB(skb)->tcp_flags, TCPHDR_SYN | TCPHDR_ACK);
  const u32 headerSize = tcp_synack_options(sk, req, largest, skb, options, foc) + u32(sizeof(tcphdr));
  skb_push(skb, headerSize);
  skb_reset_transport_header(skb);
  set(skb->mark, inet_rsk(req)->ir_mark);
  set(skb, sk_buff::bit::ip_summed, CHECKSUM_PARTIAL);
  writeSynackHeader(tcp_hdr(skb), req, options, headerSize);
  set(skb->skb_mstamp_ns, moment); // the coarser time of a cookie was for the option only
  return call.result(skb);
}

int tcp_rtx_synack(const sock* sk, const request_sock* req) {
  KFUNC(tcp_rtx_synack, sk, req);
  if (sk->sk_txrehash == 1) set(tcp_rsk(req)->txhash, static_cast<u32>(machine().random()) | 1);
  OnStack<flowi> flow;
  return call.result(
      tcp_rsk(req)->af_specific->send_synack(sk, nullptr, flow, req, nullptr, TCP_SYNACK_NORMAL, nullptr));
}

// The SYN is still on its way, and the copy that travels shares its bytes, which must stay as they are. A copy that is
// ours alone takes its place in the queue. nullptr: no memory.
static const sk_buff* replaceSyn(const sock* sk, const sk_buff* shared) {
  const tcp_sock* tp = tcp_sk(sk);
  const u64 anchor = shared->_skb_refdst; // the place in the order of sending lies where a copy expects a route
  set(shared->_skb_refdst, 0);
  const sk_buff* own = skb_copy(shared, GFP_ATOMIC);
  set(shared->_skb_refdst, anchor);
  if (!own) return nullptr;
  INIT_LIST_HEAD(&own->tcp_tsorted_anchor);
  if (tp->retransmit_skb_hint == shared) set(tp->retransmit_skb_hint, own);
  tcp_highest_sack_replace(sk, shared, own);
  tcp_rtx_queue_unlink_and_free(shared, sk);
  __skb_header_release(own);
  tcp_rbtree_insert(&sk->tcp_rtx_queue, own);
  chargeToQueue(sk, own);
  return own;
}

// Both sides opened at once: our SYN goes again, with an acknowledgement of the peer's.
int tcp_send_synack(const sock* sk) {
  KFUNC(tcp_send_synack, sk);
  const sk_buff* syn = tcp_rtx_queue_head(sk);
  const u8 had = syn ? TCP_SKB_CB(syn)->tcp_flags : u8(0);
  if (!(had & TCPHDR_SYN)) return call.result(-EFAULT);
  if (!(had & TCPHDR_ACK)) {
    if (skb_cloned(syn)) syn = replaceSyn(sk, syn);
    if (!syn) return call.result(-ENOMEM);
    // In an answer ECE alone says yes to ECN (RFC 3168 6.1.1).
    const int unwanted = tcp_sk(sk)->ecn_flags & TCP_ECN_OK ? TCPHDR_CWR : TCPHDR_CWR | TCPHDR_ECE;
    set(TCP_SKB_CB(syn)->tcp_flags, (had | TCPHDR_ACK) & ~unwanted);
  }
  return call.result(tcp_transmit_skb(sk, syn, 1, GFP_ATOMIC));
}

// ---- closing
static void tcp_queue_skb(const sock* sk, const sk_buff* skb) {
  KFUNC(tcp_queue_skb, sk, skb);
  INLINED();
  const sk_buff_head* queue = &sk->sk_write_queue;
  set(tcp_sk(sk)->write_seq, TCP_SKB_CB(skb)->end_seq);
  __skb_header_release(skb);
  __skb_queue_tail(queue, skb);
  if (queue->next == skb) startChrono(sk, TCP_CHRONO_BUSY);
  chargeToQueue(sk, skb);
}

// A FIN needs no room in the send buffer, so that a socket can always be closed. false: no memory at all.
static bool queueFinAlone(const sock* sk) {
  const sk_buff* fin = alloc_skb_fclone(MAX_TCP_HEADER, GFP_ATOMIC);
  if (!fin) return false;
  INIT_LIST_HEAD(&fin->tcp_tsorted_anchor);
  skb_reserve(fin, MAX_TCP_HEADER);
  sk_forced_mem_schedule(sk, static_cast<int>(fin->truesize));
  tcp_init_nondata_skb(fin, tcp_sk(sk)->write_seq, TCPHDR_ACK | TCPHDR_FIN);
  tcp_queue_skb(sk, fin);
  return true;
}

// It rides on the last segment that waits, or goes alone. When memory is short it is added to the last one that was
// sent already, as if it had been lost: a retransmission brings it.
void tcp_send_fin(const sock* sk) {
  KFUNC(tcp_send_fin, sk);
  const tcp_sock* tp = tcp_sk(sk);
  const sk_buff* waiting = tcp_write_queue_tail(sk);
  const bool onSentOne = !waiting && tcp_under_memory_pressure(sk);
  const sk_buff* carrier = onSentOne ? skb_rb_last(&sk->tcp_rtx_queue) : waiting;
  if (carrier) {
    const tcp_skb_cb* cb = TCP_SKB_CB(carrier);
    set(cb->tcp_flags, cb->tcp_flags | TCPHDR_FIN);
    add(cb->end_seq, 1);
    add(tp->write_seq, 1);
  } else if (!queueFinAlone(sk)) {
    return;
  }
  if (carrier && onSentOne) add(tp->snd_nxt, 1);
  else __tcp_push_pending_frames(sk, tcp_current_mss(sk), TCP_NAGLE_OFF);
}

} // namespace sockwalk::kernel
