// From a request to a connection: what arrives for a request is checked, the child is made, and gets the segment.
// (TIME_WAIT, the other small socket: tcp_timewait.cpp.)
#include "engine/kernel/include/net/inet_hashtables.h"
#include "engine/kernel/include/net/tcp_segments.h"
#include "engine/kernel/net/ipv4/tcp_minisocks_internal.h"

namespace sockwalk::kernel {

// Does the segment [seq, end_seq) have to do with the window [s_win, e_win)? One without data belongs to it even at its
// end, since acknowledgements must get through a shut window.
bool tcp_in_window(u32 seq, u32 end_seq, u32 s_win, u32 e_win) {
  const bool begins = seq == s_win, overlaps = before(seq, e_win) && after(end_seq, s_win);
  const bool emptyAtEnd = end_seq == seq && seq == e_win;
  return begins || overlaps || emptyAtEnd;
}

// ---- the window that a SYN-ACK offers
// A buffer whose size the user fixed will not grow, so more than fits in it is never offered.
static void limitToFixedBuffer(const request_sock* req, const sock* listener) {
  if (!(listener->sk_userlocks & SOCK_RCVBUF_LOCK)) return;
  const u32 whole = static_cast<u32>(tcp_full_space(listener)), limit = req->rsk_window_clamp;
  if (!limit || limit > whole) set(req->rsk_window_clamp, whole);
}

void tcp_openreq_init_rwin(const request_sock* req, const sock* sk_listener, const dst_entry* dst) {
  KFUNC(tcp_openreq_init_rwin, req, sk_listener, dst);
  const inet_request_sock* offered = inet_rsk(req);
  const tcp_sock* tp = tcp_sk(sk_listener);
  const u32 byUser = tp->rx_opt.user_mss, byRoute = tcp_dst_advmss(dst);
  const u32 segment = byUser ? std::min(byUser, byRoute) : byRoute;
  const u32 options = offered->tstamp_ok ? TCPOLEN_TSTAMP_ALIGNED : 0;
  const u32 clampByUser = tp->window_clamp;
  set(req->rsk_window_clamp, clampByUser ? clampByUser : dst_metric_raw(dst, RTAX_WINDOW));
  limitToFixedBuffer(req, sk_listener);
  u8 scale;
  tcp_select_initial_window(sk_listener, tcp_full_space(sk_listener), segment - options, &req->rsk_rcv_wnd,
                            &req->rsk_window_clamp, offered->wscale_ok, &scale, dst_metric_raw(dst, RTAX_INITRWND));
  set(offered, inet_request_sock::bit::rcv_wscale, scale);
}

void tcp_ca_openreq_child(const sock* sk, const dst_entry* dst) {
  KFUNC(tcp_ca_openreq_child, sk, dst);
  SIMPLIFIED("a route does not choose the congestion control");
  if (!inet_csk(sk)->icsk_ca_setsockopt) tcp_assign_congestion_control(sk);
  tcp_set_ca_state(sk, TCP_CA_Open);
}

static void tcp_bpf_clone(const sock* sk, const sock* newsk) { KFUNC(tcp_bpf_clone, sk, newsk); }

// ---- the child: a copy of the listener with a connection's beginnings
static void childSequence(const tcp_sock* newtp, const tcp_request_sock* treq) {
  const u32 received = treq->rcv_isn + 1, sent = treq->snt_isn + 1; // the SYN of each side counted as one
  set(newtp->pred_flags, 0);
  for (const u32* mark : {&newtp->rcv_wup, &newtp->copied_seq, &newtp->rcv_nxt}) set(*mark, received);
  set(newtp->segs_in, 1);
  for (const u32* mark : {&newtp->snd_sml, &newtp->snd_una, &newtp->snd_nxt, &newtp->snd_up}) set(*mark, sent);
  INIT_LIST_HEAD(&newtp->tsq_node);
  INIT_LIST_HEAD(&newtp->tsorted_sent_queue);
  tcp_init_wl(newtp, treq->rcv_isn);
  minmax_reset(&newtp->rtt_min, tcp_jiffies32(), ~0u);
  for (const u32* time : {&newtp->inet_conn.icsk_ack.lrcvtime, &newtp->lsndtime}) set(*time, tcp_jiffies32());
}

static void childOptions(const tcp_sock* newtp, const request_sock* req, const sk_buff* skb) {
  const inet_request_sock* ireq = inet_rsk(req);
  const tcp_options_received* opt = &newtp->rx_opt;
  using Bit = tcp_options_received::bit;
  set(opt, Bit::tstamp_ok, ireq->tstamp_ok);
  set(opt, Bit::sack_ok, ireq->sack_ok);
  set(newtp->window_clamp, req->rsk_window_clamp);
  set(newtp->rcv_ssthresh, req->rsk_rcv_wnd);
  set(newtp->rcv_wnd, req->rsk_rcv_wnd);
  set(opt, Bit::wscale_ok, ireq->wscale_ok);
  set(opt, Bit::snd_wscale, ireq->wscale_ok ? ireq->snd_wscale : 0);
  set(opt, Bit::rcv_wscale, ireq->wscale_ok ? ireq->rcv_wscale : 0);
  if (!ireq->wscale_ok) set(newtp->window_clamp, std::min(u32(newtp->window_clamp), 65535u));
  set(newtp->snd_wnd, u32(ntohs(tcp_hdr(skb)->window)) << opt->snd_wscale);
  set(newtp->max_window, newtp->snd_wnd);
  if (opt->tstamp_ok) set(opt->ts_recent, req->ts_recent);
  set(opt->ts_recent_stamp, opt->tstamp_ok ? s32(ktime_get_seconds()) : 0);
  set(newtp->tcp_header_len, sizeof(tcphdr) + (opt->tstamp_ok ? TCPOLEN_TSTAMP_ALIGNED : 0));
  set(opt->mss_clamp, req->mss);
}

// The SYN-ACK was sent more than once, perhaps for nothing: then the small window that this means is taken back.
static void childUndo(const tcp_sock* newtp, const tcp_request_sock* opening) {
  set(newtp->undo_marker, opening->snt_isn);
  set(newtp->retrans_stamp, opening->snt_synack / (USEC_PER_SEC / TCP_TS_HZ));
}

const sock* tcp_create_openreq_child(const sock* sk, const request_sock* req, const sk_buff* skb) {
  KFUNC(tcp_create_openreq_child, sk, req, skb);
  const sock* child = inet_csk_clone_lock(sk, req, GFP_ATOMIC);
  if (!child) return call.result(child);
  const tcp_request_sock* opening = tcp_rsk(req);
  const tcp_sock* tp = tcp_sk(child);
  const u32 firstByte = opening->snt_isn + 1; // ours; the SYN-ACK counted as one
  childSequence(tp, opening);
  set(child->sk_txhash, opening->txhash);
  set(tp->total_retrans, req->num_retrans);
  tcp_init_xmit_timers(child);
  set(tp->pushed_seq, firstByte);
  set(tp->write_seq, firstByte);
  if (sock_flag(child, SOCK_KEEPOPEN)) inet_csk_reset_keepalive_timer(child, keepalive_time_when(tp));
  childOptions(tp, req, skb);
  if (req->num_timeout) childUndo(tp, opening);
  set(tp->tsoffset, opening->ts_off);
  opening->af_specific->req_md5_lookup(sk, req_to_sk(req));
  const bool hasWholeSegment = skb->len >= TCP_MSS_DEFAULT + tp->tcp_header_len;
  if (hasWholeSegment) set(inet_csk(child)->icsk_ack.last_seg_size, skb->len - tp->tcp_header_len);
  set(tp->ecn_flags, inet_rsk(req)->ecn_ok ? TCP_ECN_OK : 0);
  set(tp->fastopen_req, nullptr);
  set(tp->fastopen_rsk, nullptr);
  tcp_bpf_clone(sk, child);
  return call.result(child);
}

// ---- what arrives for a request
namespace {
struct Check {
  const sock* sk;
  const sk_buff* skb;
  const request_sock* req;
  u32 flg = 0; // SYN, ACK and RST of the segment
  bool paws_reject = false, own_req = false;
};
} // namespace

// Timestamps as the other side knows them, and whether this one is too old.
static void readTimestamp(Check& c, const tcp_options_received* opt) {
  if (tcp_hdr(c.skb)->doff <= 5) return;
  tcp_parse_options(sock_net(c.sk), c.skb, opt, 0, nullptr);
  if (!opt->saw_tstamp) return;
  set(opt->ts_recent, c.req->ts_recent);
  if (opt->rcv_tsecr) set(opt->rcv_tsecr, opt->rcv_tsecr - tcp_rsk(c.req)->ts_off);
  set(opt->ts_recent_stamp, s32(ktime_get_seconds() - s64(reqsk_timeout(c.req, TCP_RTO_MAX()) / HZ())));
  c.paws_reject = tcp_paws_reject(opt, tcp_hdr(c.skb)->rst);
}

static bool rateLimited(const Check& c) {
  return tcp_oow_rate_limited(sock_net(c.sk), c.skb, 0, &tcp_rsk(c.req)->last_oow_ack_time);
}

// The SYN again: so is the answer.
static void synAgain(const Check& c) {
  NOTE("tcp.syn_again", c.req);
  if (rateLimited(c) || inet_rtx_syn_ack(c.sk, c.req)) return;
  const u64 expires = machine().jiffies() + reqsk_timeout(c.req, TCP_RTO_MAX());
  if (timer_pending(&c.req->rsk_timer)) mod_timer(&c.req->rsk_timer, expires);
}

static void tcp_reqsk_send_challenge_ack(const Check& c) {
  KFUNC(tcp_reqsk_send_challenge_ack, c.sk, c.skb, c.req);
  if (!rateLimited(c)) c.req->rsk_ops->send_ack(c.sk, c.skb, c.req);
}

static const sock* dropRequest(const Check& c, bool* req_stolen) {
  if (!(c.flg & TCPHDR_RST)) c.req->rsk_ops->send_reset(c.sk, c.skb);
  *req_stolen = !inet_csk_reqsk_queue_drop(c.sk, c.req);
  return nullptr;
}

// Called through the table; the record shows the slot.
static const sock* syn_recv_sock(const Check& c, bool* own_req) {
  const auto* slot = &inet_csk(c.sk)->icsk_af_ops->syn_recv_sock;
  enterTableSlot(slot, slot->value);
  return tcp_v4_syn_recv_sock(c.sk, c.skb, c.req, nullptr, c.req, own_req);
}

static const sock* makeChild(Check& c, const tcp_options_received* opt, bool* req_stolen) {
  const sock* child = syn_recv_sock(c, &c.own_req);
  if (!child) { // the queue of complete connections is full
    if (sock_net(c.sk)->ipv4.sysctl_tcp_abort_on_overflow) {
      NOTE("tcp.request_refused", c.sk, c.req);
      return dropRequest(c, req_stolen);
    }
    set(inet_rsk(c.req), inet_request_sock::bit::acked, 1); // the timer goes on: perhaps there is room later
    return nullptr;
  }
  if (c.own_req && opt->saw_tstamp && !after(TCP_SKB_CB(c.skb)->seq, tcp_rsk(c.req)->rcv_nxt))
    set(tcp_sk(child)->rx_opt.ts_recent, opt->rcv_tsval);
  tcp_synack_rtt_meas(child, c.req);
  *req_stolen = !c.own_req;
  return inet_csk_complete_hashdance(c.sk, child, c.req, c.own_req);
}

const sock* tcp_check_req(const sock* sk, const sk_buff* skb, const request_sock* req, bool fastopen,
                          bool* req_stolen) {
  KFUNC(tcp_check_req, sk, skb, req, fastopen);
  const tcp_skb_cb* cb = TCP_SKB_CB(skb);
  const tcp_request_sock* treq = tcp_rsk(req);
  const sock* none = nullptr;
  Check c{sk, skb, req};
  c.flg = tcp_flag_byte(tcp_hdr(skb)) & (TCPHDR_RST | TCPHDR_SYN | TCPHDR_ACK);
  OnStack<tcp_options_received> opt;
  readTimestamp(c, opt);
  if (cb->seq == treq->rcv_isn && c.flg == TCPHDR_SYN && !c.paws_reject) return synAgain(c), call.result(none);
  // An acknowledgement of what we never sent: the listener answers it, with a reset.
  if (c.flg & TCPHDR_ACK && !(c.flg & TCPHDR_RST) && cb->ack_seq != treq->snt_isn + 1) return call.result(sk);
  if (c.paws_reject || !tcp_in_window(cb->seq, cb->end_seq, treq->rcv_nxt, treq->rcv_nxt + req->rsk_rcv_wnd)) {
    NOTE("tcp.request_out_of_window", req, c.paws_reject);
    if (!(c.flg & TCPHDR_RST) && !rateLimited(c)) req->rsk_ops->send_ack(sk, skb, req);
    return call.result(none);
  }
  if (cb->seq == treq->rcv_isn) c.flg &= ~u32(TCPHDR_SYN); // the SYN itself lies before the window
  if (c.flg & TCPHDR_RST && cb->seq != treq->rcv_nxt) return tcp_reqsk_send_challenge_ack(c), call.result(none);
  if (c.flg & (TCPHDR_RST | TCPHDR_SYN)) {
    NOTE("tcp.request_reset", req, bool(c.flg & TCPHDR_RST));
    return call.result(dropRequest(c, req_stolen));
  }
  if (!(c.flg & TCPHDR_ACK)) {
    NOTE("tcp.request_waits", req);
    return call.result(none);
  }
  if (req->num_timeout < inet_csk(sk)->icsk_accept_queue.rskq_defer_accept && cb->end_seq == treq->rcv_isn + 1) {
    NOTE("tcp.defer_accept", sk, req);
    set(inet_rsk(req), inet_request_sock::bit::acked, 1); // TCP_DEFER_ACCEPT: wait for data
    return call.result(none);
  }
  return call.result(makeChild(c, opt, req_stolen));
}

// The segment that completed the handshake is the first of the new connection. Gives back a reference of the child.
int tcp_child_process(const sock* parent, const sock* child, const sk_buff* skb) {
  KFUNC(tcp_child_process, parent, child, skb);
  const tcp_sock* tp = tcp_sk(child);
  const u32 segments = std::max<u32>(1, skb_shinfo(skb)->gso_segs);
  const bool bearsData = skb->len > tcp_hdr(skb)->doff * 4u;
  add(tp->segs_in, segments);
  if (bearsData) add(tp->data_segs_in, segments);
  BUG_ON(sock_owned_by_user(child)); // nobody has it yet
  const bool wasOpening = child->sk_state == TCP_SYN_RECV;
  const int ret = tcp_rcv_state_process(child, skb);
  if (wasOpening && child->sk_state != TCP_SYN_RECV) parent->sk_data_ready(parent); // accept() has something to take
  sock_put(child);
  return call.result(ret);
}

} // namespace sockwalk::kernel
