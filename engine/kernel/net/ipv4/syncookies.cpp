// SYN cookies: a listener under a flood of SYNs keeps nothing. The sequence number of its SYN-ACK is a keyed hash of the
// connection with a minute counter and one of four MSS values in it; the ACK brings it back, and proves that the peer is
// really there. What else the SYN asked for goes into the low bits of the timestamp, which comes back too.
// D. J. Bernstein, http://cr.yp.to/syncookies.html; RFC 4987 section 3.6.
#include "engine/kernel/include/linux/security.h"
#include "engine/kernel/include/linux/siphash.h"
#include "engine/kernel/include/net/flow.h"
#include "engine/kernel/include/net/inet_hashtables.h"
#include "engine/kernel/include/net/secure_seq.h"
#include "engine/kernel/include/net/tcp_segments.h"
#include "engine/memory/constants/tcp.h"

namespace sockwalk::kernel {

static Global<siphash_key_t[2]> syncookie_secret{"syncookie_secret"};
static Global<u32> syncookie_secret_done{"syncookie_secret_done"};
constexpr u16 msstab[4] = {536, 1300, 1440, 1460}; // what most peers have

// ---- options in the timestamp
// The SYN-ACK's timestamp: the time, with the options in its low bits. It may be a little old, never from the future.
u64 cookie_init_timestamp(const request_sock* req, u64 now) {
  KFUNC(cookie_init_timestamp, req, now);
  const inet_request_sock* asked = inet_rsk(req);
  const u32 scale = asked->wscale_ok ? u32(asked->snd_wscale) : TS_OPT_WSCALE_MASK;
  const u32 bits = scale | (asked->sack_ok ? TS_OPT_SACK : 0) | (asked->ecn_ok ? TS_OPT_ECN : 0);
  constexpr u64 unit = 1ull << TSBITS;
  const u64 clock = tcp_ns_to_ts(now), marked = (clock & ~(unit - 1)) | bits;
  const u64 stamp = marked > clock ? marked - unit : marked;
  return call.result(stamp * (NSEC_PER_SEC / TCP_TS_HZ));
}

static void noOptions(const tcp_options_received* opt) {
  using Bit = tcp_options_received::bit;
  for (const auto& field : {Bit::tstamp_ok, Bit::sack_ok, Bit::wscale_ok, Bit::snd_wscale}) set(opt, field, 0);
}

// false: it claims an option that this host never offers, so the timestamp is not ours.
bool cookie_timestamp_decode(const net* net, const tcp_options_received* opt) {
  KFUNC(cookie_timestamp_decode, net, opt);
  using Bit = tcp_options_received::bit;
  const netns_ipv4& offers = net->ipv4;
  if (!opt->saw_tstamp) {
    noOptions(opt);
    return call.result(true);
  }
  if (!offers.sysctl_tcp_timestamps) return call.result(false);
  const u32 bits = opt->rcv_tsecr, scale = bits & TS_OPT_WSCALE_MASK;
  const bool sack = bits & TS_OPT_SACK, scaling = scale != TS_OPT_WSCALE_MASK;
  set(opt, Bit::sack_ok, sack ? TCP_SACK_SEEN : 0);
  if (sack && !offers.sysctl_tcp_sack) return call.result(false);
  if (scaling) {
    set(opt, Bit::wscale_ok, 1);
    set(opt, Bit::snd_wscale, scale);
  }
  return call.result(!scaling || offers.sysctl_tcp_window_scaling);
}

bool cookie_ecn_ok(const tcp_options_received* opt, const net* net, const dst_entry* dst) {
  KFUNC(cookie_ecn_ok, opt, net, dst);
  if (!(opt->rcv_tsecr & TS_OPT_ECN)) return call.result(false);
  return call.result(net->ipv4.sysctl_tcp_ecn != 0 || dst_metric_raw(dst, RTAX_FEATURES) & 1);
}

// ---- the sequence number
static u32 tcp_cookie_time() { return static_cast<u32>(machine().jiffies() / (60 * HZ())); }

static u32 cookie_hash(u32 saddr, u32 daddr, u16 sport, u16 dport, u32 count, u32 c) {
  KFUNC(cookie_hash, saddr, daddr, sport, dport, count, c);
  net_get_random_once(syncookie_secret.get(), 2 * sizeof(siphash_key_t), *syncookie_secret_done);
  const u32 words[4] = {saddr, daddr, u32(sport) << 16 | dport, count};
  return call.result(static_cast<u32>(siphash(words, sizeof words, &syncookie_secret[c])));
}

// The number is the sum of three: a hash of the connection, which alone would do as an initial sequence number; the
// minute; and the place of the MSS in the table, hidden by a second hash that changes with the minute.
u32 __cookie_v4_init_sequence(const iphdr* iph, const tcphdr* th, u16* mssp) {
  KFUNC(__cookie_v4_init_sequence, iph, th);
  u32 place = 3;
  while (place && msstab[place] > *mssp) --place;
  *mssp = msstab[place];
  const u32 minute = tcp_cookie_time();
  const u32 veil = cookie_hash(iph->saddr, iph->daddr, th->source, th->dest, minute, 1);
  const u32 base = cookie_hash(iph->saddr, iph->daddr, th->source, th->dest, 0, 0) + ntohl(th->seq);
  return call.result(base + (minute << COOKIEBITS) + ((veil + place) & COOKIEMASK));
}
u32 cookie_v4_init_sequence(const sk_buff* skb, u16* mssp) {
  KFUNC(cookie_v4_init_sequence, skb);
  const u32 cookie = __cookie_v4_init_sequence(ip_hdr(skb), tcp_hdr(skb), mssp);
  NOTE("tcp.cookie_sent", skb, cookie, u32(*mssp));
  return call.result(cookie);
}

// The same sums, taken apart: the minute stands in the upper bits, and with it the veil comes off the table's index.
// 0: this is no cookie of ours, or too old a one.
int __cookie_v4_check(const iphdr* iph, const tcphdr* th, u32 cookie) {
  KFUNC(__cookie_v4_check, iph, th, cookie);
  const u32 minute = tcp_cookie_time();
  const u32 base = cookie_hash(iph->saddr, iph->daddr, th->source, th->dest, 0, 0) + (ntohl(th->seq) - 1);
  const u32 rest = cookie - base;
  const u32 age = (minute - (rest >> COOKIEBITS)) & (~0u >> COOKIEBITS);
  if (age >= MAX_SYNCOOKIE_AGE) return call.result(0);
  const u32 veil = cookie_hash(iph->saddr, iph->daddr, th->source, th->dest, minute - age, 1);
  const u32 place = (rest - veil) & COOKIEMASK;
  return call.result(place < std::size(msstab) ? int(msstab[place]) : 0);
}

// ---- the ACK that brings a cookie back
static bool tcp_synq_no_recent_overflow(const sock* sk) { // no cookie was sent lately, so this is none
  const u32 moment = static_cast<u32>(machine().jiffies()), last = static_cast<u32>(tcp_sk(sk)->rx_opt.ts_recent_stamp);
  return moment - (last - HZ()) > MAX_SYNCOOKIE_AGE * 60 * HZ() + HZ();
}

const sock* tcp_get_cookie_sock(const sock* sk, const sk_buff* skb, const request_sock* req, const dst_entry* dst,
                                u32 tsoff) {
  KFUNC(tcp_get_cookie_sock, sk, skb, req, dst, tsoff);
  bool ours = false;
  const sock* newborn = tcp_v4_syn_recv_sock(sk, skb, req, dst, nullptr, &ours);
  if (!newborn) {
    __reqsk_free(req);
    return call.result(newborn);
  }
  refcount_set(&req->rsk_refcnt, 1);
  set(tcp_sk(newborn)->tsoffset, tsoff);
  const bool queued = inet_csk_reqsk_queue_add(sk, req, newborn) != nullptr;
  if (!queued) { // the listener was closed meanwhile
    sock_put(newborn);
    reqsk_put(req);
  }
  return call.result(queued ? newborn : nullptr);
}

static const request_sock* cookie_tcp_reqsk_alloc(const sock* sk, const sk_buff* skb) {
  KFUNC(cookie_tcp_reqsk_alloc, sk, skb);
  const request_sock* req = inet_reqsk_alloc(tcp_request_sock_ops, sk, false);
  if (!req) return call.result(req);
  set(tcp_rsk(req)->af_specific, tcp_request_sock_ipv4_ops);
  set(tcp_rsk(req)->syn_tos, TCP_SKB_CB(skb)->ip_dsfield);
  return call.result(req);
}

// The request as it would stand there, had it been kept.
static void rebuild(const request_sock* req, const sock* sk, const sk_buff* skb, const tcp_options_received* opt,
                    u32 cookie, int mss) {
  const tcphdr* th = tcp_hdr(skb);
  const tcp_request_sock* treq = tcp_rsk(req);
  const inet_request_sock* ireq = inet_rsk(req);
  set(treq->rcv_isn, ntohl(th->seq) - 1);
  set(treq->snt_isn, cookie);
  set(treq->ts_off, 0);
  set(treq->txhash, std::max(1u, static_cast<u32>(machine().random())));
  set(req->mss, mss);
  set(ireq->ir_num, ntohs(th->dest));
  set(ireq->ir_rmt_port, th->source);
  set(req_to_sk(req)->sk_rcv_saddr, ip_hdr(skb)->daddr);
  set(req_to_sk(req)->sk_daddr, ip_hdr(skb)->saddr);
  set(ireq->ir_mark, sk->sk_mark);
  set(ireq, inet_request_sock::bit::snd_wscale, opt->snd_wscale);
  set(ireq, inet_request_sock::bit::sack_ok, opt->sack_ok);
  set(ireq, inet_request_sock::bit::wscale_ok, opt->wscale_ok);
  set(ireq, inet_request_sock::bit::tstamp_ok, opt->saw_tstamp);
  set(req->ts_recent, opt->saw_tstamp ? u32(opt->rcv_tsval) : 0);
  set(treq->snt_synack, 0);
  set(treq->tfo_listener, false);
  set(ireq->ir_iif, sk->sk_bound_dev_if);
  set(ireq->ireq_opt, nullptr);
}

static const dst_entry* routeBack(const request_sock* req, const sock* sk, const tcphdr* th, const flowi4* fl4) {
  const inet_request_sock* ireq = inet_rsk(req);
  const u8 tos = (inet_sk(sk)->tos & IPTOS_RT_MASK) | (sock_flag(sk, SOCK_LOCALROUTE) ? RTO_ONLINK : 0);
  flowi4_init_output(fl4, ireq->ir_iif, ireq->ir_mark, tos, RT_SCOPE_UNIVERSE, IPPROTO_TCP, inet_sk_flowi_flags(sk),
                     ireq->ir_rmt_addr, ireq->ir_loc_addr, th->source, th->dest, sk->sk_uid.val);
  security_req_classify_flow(req, &fl4->__fl_common);
  const rtable* rt = ip_route_output_key(sock_net(sk), fl4);
  return IS_ERR(rt) ? nullptr : &rt->dst;
}

static void window(const request_sock* req, const sock* sk, const dst_entry* dst) {
  const tcp_sock* tp = tcp_sk(sk);
  const int full_space = tcp_full_space(sk);
  set(req->rsk_window_clamp, tp->window_clamp ? u32(tp->window_clamp) : dst_metric_raw(dst, RTAX_WINDOW));
  const bool limited = sk->sk_userlocks & SOCK_RCVBUF_LOCK;
  if (limited && (req->rsk_window_clamp > u32(full_space) || !req->rsk_window_clamp))
    set(req->rsk_window_clamp, full_space);
  u8 rcv_wscale;
  tcp_select_initial_window(sk, full_space, req->mss, &req->rsk_rcv_wnd, &req->rsk_window_clamp,
                            inet_rsk(req)->wscale_ok, &rcv_wscale, dst_metric_raw(dst, RTAX_INITRWND));
  set(inet_rsk(req), inet_request_sock::bit::rcv_wscale, rcv_wscale);
}

// Reads the options that came back. *offset is what the timestamps of this connection are shifted by. false: not ours.
static bool readCookieOptions(const net* net, const sk_buff* skb, const tcp_options_received* opt, u32* offset) {
  tcp_parse_options(net, skb, opt, 0, nullptr);
  if (opt->saw_tstamp && opt->rcv_tsecr) {
    const iphdr* iph = ip_hdr(skb);
    const tcphdr* th = tcp_hdr(skb);
    secure_tcp_seq_and_ts_off(net, iph->daddr, iph->saddr, th->dest, th->source, offset);
    set(opt->rcv_tsecr, opt->rcv_tsecr - *offset);
  }
  return cookie_timestamp_decode(net, opt);
}

// The listener, if the segment bears no cookie of ours; else the child, or nullptr.
const sock* cookie_v4_check(const sock* sk, const sk_buff* skb) {
  KFUNC(cookie_v4_check, sk, skb);
  const tcphdr* th = tcp_hdr(skb);
  const net* net = sock_net(sk);
  const u32 brought = ntohl(th->ack_seq) - 1;
  const bool possible = net->ipv4.sysctl_tcp_syncookies && th->ack && !th->rst && !tcp_synq_no_recent_overflow(sk);
  if (!possible) return call.result(sk);
  const int mss = __cookie_v4_check(ip_hdr(skb), th, brought);
  NOTE("tcp.cookie_checked", skb, brought, mss);
  if (!mss) return call.result(sk);
  OnStack<tcp_options_received> options;
  u32 offset = 0;
  if (!readCookieOptions(net, skb, options, &offset)) return call.result(sk);
  const request_sock* req = cookie_tcp_reqsk_alloc(sk, skb);
  if (!req) return call.result<const sock*>(nullptr);
  rebuild(req, sk, skb, options, brought, mss);
  OnStack<flowi4> flow;
  const dst_entry* dst = security_inet_conn_request(sk, skb, req) ? nullptr : routeBack(req, sk, th, flow);
  if (!dst) {
    reqsk_free(req);
    return call.result<const sock*>(nullptr);
  }
  window(req, sk, dst);
  set(inet_rsk(req), inet_request_sock::bit::ecn_ok, cookie_ecn_ok(options, net, dst));
  const sock* newborn = tcp_get_cookie_sock(sk, skb, req, dst, offset);
  if (newborn) copy(&inet_sk(newborn)->cork.fl.u.ip4, flow.get()); // as inet_csk_route_child_sock() would have left it
  return call.result(newborn);
}

} // namespace sockwalk::kernel
