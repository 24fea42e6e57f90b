#include "engine/kernel/include/net/tcp_segments.h"
// A SYN has reached a listener: what it asked for is remembered in a request, and the SYN-ACK answers it. When too many
// wait, nothing is remembered and a SYN cookie goes out instead. Source: tcp_conn_request() of net/ipv4/tcp_input.c.

namespace sockwalk::kernel {

static void tcp_listendrop(const sock* sk) { atomic_inc(&sk->sk_drops); }

static void tcp_clear_options(const tcp_options_received* opt) {
  set(opt, tcp_options_received::bit::tstamp_ok, 0);
  set(opt, tcp_options_received::bit::sack_ok, 0);
  set(opt, tcp_options_received::bit::wscale_ok, 0);
  set(opt, tcp_options_received::bit::snd_wscale, 0);
}

// Whether a cookie may stand for this request.
static bool tcp_syn_flood_action(const sock* sk) {
  KFUNC(tcp_syn_flood_action, sk);
  INLINED();
  const int setting = sock_net(sk)->ipv4.sysctl_tcp_syncookies; // 2: cookies always, so they are no sign of a flood
  const bool cookies = setting != 0;
  if (setting == 2) NOTE("tcp.always_cookies", sk);
  else NOTE("tcp.syn_flood", sk, inet_csk_reqsk_queue_len(sk), cookies);
  const request_sock_queue& waiting = inet_csk(sk)->icsk_accept_queue;
  if (setting != 2 && !waiting.synflood_warned) set(waiting.synflood_warned, 1);
  return call.result(cookies);
}

static void tcp_openreq_init(const request_sock* req, const tcp_options_received* rx_opt, const sk_buff* skb,
                             const sock* sk) {
  const tcp_request_sock* treq = tcp_rsk(req);
  const inet_request_sock* asked = inet_rsk(req);
  const u32 seq = TCP_SKB_CB(skb)->seq;
  set(req->rsk_rcv_wnd, 0);
  set(treq->rcv_isn, seq);
  set(treq->rcv_nxt, seq + 1);
  set(treq->snt_synack, 0);
  set(treq->last_oow_ack_time, 0);
  set(req->mss, rx_opt->mss_clamp);
  set(req->ts_recent, rx_opt->saw_tstamp ? u32(rx_opt->rcv_tsval) : 0);
  set(asked, inet_request_sock::bit::tstamp_ok, rx_opt->tstamp_ok);
  set(asked, inet_request_sock::bit::sack_ok, rx_opt->sack_ok);
  set(asked, inet_request_sock::bit::snd_wscale, rx_opt->snd_wscale);
  set(asked, inet_request_sock::bit::wscale_ok, rx_opt->wscale_ok);
  set(asked, inet_request_sock::bit::acked, 0);
  set(asked, inet_request_sock::bit::ecn_ok, 0);
  set(asked->ir_rmt_port, tcp_hdr(skb)->source);
  set(asked->ir_num, ntohs(tcp_hdr(skb)->dest));
  const bool fwmark = !sk->sk_mark && sock_net(sk)->ipv4.sysctl_tcp_fwmark_accept;
  set(asked->ir_mark, fwmark ? u32(skb->mark) : u32(sk->sk_mark));
  set(asked, inet_request_sock::bit::no_srccheck, inet_sk(sk)->transparent);
}

// The SYN offers ECN with both flags. It is not believed if the packet itself bears a mark already. RFC 3168 6.1.1.
static void tcp_ecn_create_request(const request_sock* req, const sk_buff* skb, const sock* listen_sk,
                                   const dst_entry* dst) {
  const tcphdr* th = tcp_hdr(skb);
  const bool offered = th->ece && th->cwr;
  if (!offered) return;
  const bool credible = !(TCP_SKB_CB(skb)->ip_dsfield & 3) || th->res1;
  const bool byRoute = dst_metric_raw(dst, RTAX_FEATURES) & 1;
  const bool wanted = byRoute || sock_net(listen_sk)->ipv4.sysctl_tcp_ecn;
  if ((wanted && credible) || tcp_ca_needs_ecn(listen_sk)) set(inet_rsk(req), inet_request_sock::bit::ecn_ok, 1);
}

static u32 cookie_init_sequence(const struct tcp_request_sock_ops* ops, const sock* sk, const sk_buff* skb,
                                const u16& mss) {
  const u32 now = static_cast<u32>(machine().jiffies()), last = static_cast<u32>(tcp_sk(sk)->rx_opt.ts_recent_stamp);
  if (now - last > HZ()) set(tcp_sk(sk)->rx_opt.ts_recent_stamp, now); // tcp_synq_overflow(): cookies are about
  u16 value = mss;
  const u32 isn = ops->cookie_init_seq(skb, &value);
  set(mss, value);
  return isn;
}

// Without cookies the last quarter of the queue is kept for peers that we have talked to before.
static bool lastQuarter(const sock* sk, const request_sock* req, const dst_entry* dst) {
  const netns_ipv4& settings = sock_net(sk)->ipv4;
  if (settings.sysctl_tcp_syncookies) return false;
  const int places = settings.sysctl_max_syn_backlog, left = places - inet_csk_reqsk_queue_len(sk);
  return left < places >> 2 && !tcp_peer_is_proven(req, dst);
}

namespace {
struct Asking {
  const request_sock_ops* rsk_ops;
  const struct tcp_request_sock_ops* af_ops;
  const sock* sk;
  const sk_buff* skb;
  u32 isn;
  bool want_cookie;
};
} // namespace

static void readOptions(const Asking& a, const request_sock* req, const tcp_options_received* tmp_opt) {
  set(tmp_opt->mss_clamp, a.af_ops->mss_clamp);
  set(tmp_opt->user_mss, tcp_sk(a.sk)->rx_opt.user_mss);
  tcp_parse_options(sock_net(a.sk), a.skb, tmp_opt, 0, nullptr);
  if (a.want_cookie && !tmp_opt->saw_tstamp) tcp_clear_options(tmp_opt); // nowhere to remember them
  set(tmp_opt, tcp_options_received::bit::tstamp_ok, tmp_opt->saw_tstamp);
  tcp_openreq_init(req, tmp_opt, a.skb, a.sk);
  set(inet_rsk(req)->ir_iif, a.sk->sk_bound_dev_if);
}

// Chooses the sequence number that the SYN-ACK begins with. false: the request is not taken.
static bool chooseIsn(Asking& a, const request_sock* req, const tcp_options_received* tmp_opt, const dst_entry* dst) {
  const bool fresh = !a.want_cookie && !a.isn;
  u64 st = 0;
  if (tmp_opt->tstamp_ok || fresh) st = a.af_ops->init_seq_and_ts_off(sock_net(a.sk), a.skb);
  if (tmp_opt->tstamp_ok) set(tcp_rsk(req)->ts_off, static_cast<u32>(st >> 32));
  if (fresh) {
    if (lastQuarter(a.sk, req, dst)) return false;
    a.isn = static_cast<u32>(st);
  }
  tcp_ecn_create_request(req, a.skb, a.sk, dst);
  if (a.want_cookie) {
    a.isn = cookie_init_sequence(a.af_ops, a.sk, a.skb, req->mss);
    if (!tmp_opt->tstamp_ok) set(inet_rsk(req), inet_request_sock::bit::ecn_ok, 0);
  }
  return true;
}

// TCP_SAVE_SYN: the headers of the SYN are kept for whoever accepts the connection (struct saved_syn: three lengths, and
// then the bytes). Two: the link's header as well.
static void tcp_reqsk_record_syn(const sock* sk, const request_sock* req, const sk_buff* skb) {
  const bool withLink = tcp_sk(sk)->save_syn == 2;
  const u32 link = withLink ? u32(skb->network_header) - skb->mac_header : 0;
  const u32 lengths[3] = {link, skb_network_header_len(skb), tcp_hdrlen(skb)};
  const u32 size = lengths[0] + lengths[1] + lengths[2];
  const u8* kept = kmallocBuffer(sizeof lengths + size, GFP_ATOMIC);
  if (!kept) return;
  setBytes(kept, lengths, sizeof lengths);
  setBytes(kept + sizeof lengths, skb_network_header(skb) - link, size);
  setAddress(&req->saved_syn, kept);
}

static void answer(const Asking& a, const request_sock* req, const dst_entry* dst, const flowi* fl) {
  const tcp_request_sock* treq = tcp_rsk(req);
  set(treq->snt_isn, a.isn);
  set(treq->txhash, std::max(1u, static_cast<u32>(machine().random())));
  set(treq->syn_tos, TCP_SKB_CB(a.skb)->ip_dsfield);
  tcp_openreq_init_rwin(req, a.sk, dst);
  if (!a.want_cookie && tcp_sk(a.sk)->save_syn) tcp_reqsk_record_syn(a.sk, req, a.skb);
  if (!a.want_cookie) tcp_try_fastopen(a.sk, a.skb, req, nullptr, dst);
  set(treq->tfo_listener, false);
  if (!a.want_cookie) {
    set(req->timeout, TCP_TIMEOUT_INIT());
    if (!inet_csk_reqsk_queue_hash_add(a.sk, req, req->timeout)) { // the same request is there already
      reqsk_free(req);
      dst_release(dst);
      return;
    }
  }
  a.af_ops->send_synack(a.sk, dst, fl, req, nullptr, a.want_cookie ? TCP_SYNACK_COOKIE : TCP_SYNACK_NORMAL, a.skb);
  if (a.want_cookie) reqsk_free(req);
  else reqsk_put(req);
}

int tcp_conn_request(const request_sock_ops* rsk_ops, const struct tcp_request_sock_ops* af_ops, const sock* sk,
                     const sk_buff* skb) {
  KFUNC(tcp_conn_request, rsk_ops, af_ops, sk, skb);
  Asking a{rsk_ops, af_ops, sk, skb, TCP_SKB_CB(skb)->tcp_tw_isn, false};
  bool drop = false;
  if ((sock_net(sk)->ipv4.sysctl_tcp_syncookies == 2 || inet_csk_reqsk_queue_is_full(sk)) && !a.isn) {
    a.want_cookie = tcp_syn_flood_action(sk);
    drop = !a.want_cookie;
  }
  if (!drop && sk_acceptq_is_full(sk)) {
    NOTE("tcp.accept_queue_full", sk, u32(sk->sk_ack_backlog), u32(sk->sk_max_ack_backlog));
    drop = true;
  }
  const request_sock* req = drop ? nullptr : inet_reqsk_alloc(rsk_ops, sk, !a.want_cookie);
  if (!req) {
    tcp_listendrop(sk);
    return call.result(0);
  }
  set(req, request_sock::bit::syncookie, a.want_cookie);
  set(tcp_rsk(req)->af_specific, af_ops);
  set(tcp_rsk(req)->ts_off, 0);
  OnStack<tcp_options_received> offered;
  OnStack<flowi> flow;
  readOptions(a, req, offered);
  const dst_entry* dst = af_ops->route_req(sk, skb, flow, req);
  if (dst && chooseIsn(a, req, offered, dst)) {
    answer(a, req, dst, flow);
  } else {
    dst_release(dst);
    __reqsk_free(req);
    tcp_listendrop(sk);
  }
  return call.result(0);
}

} // namespace sockwalk::kernel
