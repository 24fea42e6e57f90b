// ICMP errors about TCP's segments. An outsider can forge them, so a connection believes one only if the sequence number
// that it quotes is in flight, and an established connection takes most of them as a hint. RFC 1122 section 4.2.3.9,
// RFC 5927.
#include "engine/kernel/include/net/icmp.h"
#include "engine/kernel/include/net/inet_hashtables.h"
#include "engine/kernel/include/net/inet_timewait_sock.h"
#include "engine/kernel/include/net/tcp_segments.h"
#include "engine/memory/constants/inet.h"

namespace sockwalk::kernel {

static bool neverFragments(const inet_sock* inet, const dst_entry* route) {
  const bool pathMtuIsFixed = dst_metric_raw(route, RTAX_LOCK) >> RTAX_MTU & 1;
  return inet->pmtudisc == IP_PMTUDISC_DO || (inet->pmtudisc == IP_PMTUDISC_WANT && !pathMtuIsFixed);
}
static bool followsPathMtu(const inet_sock* inet) {
  return inet->pmtudisc != IP_PMTUDISC_DONT && inet->pmtudisc != IP_PMTUDISC_INTERFACE &&
         inet->pmtudisc != IP_PMTUDISC_OMIT;
}

// A router on the way cannot take segments as large as ours: make them smaller, and send again what was lost.
void tcp_v4_mtu_reduced(const sock* sk) {
  KFUNC(tcp_v4_mtu_reduced, sk);
  if (sk->sk_state == TCP_LISTEN || sk->sk_state == TCP_CLOSE) return;
  const inet_sock* inet = inet_sk(sk);
  const u32 told = tcp_sk(sk)->mtu_info;
  const dst_entry* route = inet_csk_update_pmtu(sk, told);
  if (!route) return;
  // What is told may be less than the route will ever believe: then only the program can help, with smaller writes.
  if (told < dst_mtu(route) && neverFragments(inet, route)) set(sk->sk_err_soft, EMSGSIZE);
  const u32 path = dst_mtu(route);
  if (!followsPathMtu(inet) || inet_csk(sk)->icsk_pmtu_cookie <= path) return;
  NOTE("tcp.mtu_reduced", sk, path);
  tcp_sync_mss(sk, path);
  tcp_simple_retransmit(sk);
}

// About a request: the last reference that the lookup took is given back.
void tcp_req_err(const sock* sk, u32 seq, bool abort) {
  KFUNC(tcp_req_err, sk, seq, abort);
  const request_sock* req = inet_reqsk(sk);
  if (seq == tcp_rsk(req)->snt_isn && abort) {
    inet_csk_reqsk_queue_drop(req->rsk_listener, req);
    atomic_inc(&req->rsk_listener->sk_drops);
  }
  reqsk_put(req);
}

// One doubling taken back: the waiting time as the measured round trips and the other doublings make it.
static void takeBackDoubling(const inet_connection_sock* icsk, const tcp_sock* tp) {
  sub(icsk->icsk_backoff, 1);
  set(icsk->icsk_rto, tp->srtt_us ? __tcp_set_rto(tp) : TCP_TIMEOUT_INIT());
  set(icsk->icsk_rto, inet_csk_rto_backoff(icsk, TCP_RTO_MAX()));
}

// The network says that it is down for the moment: that was no congestion, so the waiting time doubled for nothing.
// RFC 6069.
void tcp_ld_RTO_revert(const sock* sk, u32 seq) {
  KFUNC(tcp_ld_RTO_revert, sk, seq);
  const inet_connection_sock* icsk = inet_csk(sk);
  const tcp_sock* tp = tcp_sk(sk);
  const bool waitsForThis = tp->snd_una == seq && icsk->icsk_retransmits && icsk->icsk_backoff;
  const sk_buff* first = tcp_rtx_queue_head(sk);
  if (!waitsForThis || !first || sock_owned_by_user(sk)) return;
  takeBackDoubling(icsk, tp);
  tcp_mstamp_refresh(tp);
  const u32 waited = static_cast<u32>(tp->tcp_mstamp - tcp_skb_timestamp_us(first));
  const s32 left = static_cast<s32>(icsk->icsk_rto - usecs_to_jiffies(waited));
  if (left <= 0) tcp_retransmit_timer(sk);
  else inet_csk_reset_xmit_timer(sk, ICSK_TIME_RETRANS, static_cast<u64>(left), TCP_RTO_MAX());
}

static void pathMtu(const sock* sk, u32 info) {
  if (sk->sk_state == TCP_LISTEN) return;
  set(tcp_sk(sk)->mtu_info, info);
  if (!sock_owned_by_user(sk)) {
    tcp_v4_mtu_reduced(sk);
  } else if (!(sk->sk_tsq_flags & 1ull << TCP_MTU_REDUCED_DEFERRED)) { // when the owner lets go
    set(sk->sk_tsq_flags, sk->sk_tsq_flags | 1ull << TCP_MTU_REDUCED_DEFERRED);
    sock_hold(sk);
  }
}

// The error that the message means; 0: nothing more is to be done.
static int meaning(const sock* sk, const sk_buff* skb, int type, int code, u32 seq, u32 info) {
  switch (type) {
  case ICMP_REDIRECT:
    if (const dst_entry* dst = sock_owned_by_user(sk) ? nullptr : __sk_dst_check(sk, 0))
      if (dst->ops->redirect) dst->ops->redirect(dst, sk, skb);
    return 0;
  case ICMP_PARAMETERPROB: return EPROTO;
  case ICMP_TIME_EXCEEDED: return EHOSTUNREACH;
  case ICMP_DEST_UNREACH: break;
  default: return 0;
  }
  if (code > NR_ICMP_UNREACH) return 0;
  if (code == ICMP_FRAG_NEEDED) return pathMtu(sk, info), 0;
  if (code == ICMP_NET_UNREACH || code == ICMP_HOST_UNREACH) tcp_ld_RTO_revert(sk, seq);
  return icmp_err_convert[code].error;
}

// Packets from farther away than the user allows (IP_MINTTL) are no business of this socket.
static bool comesFromTooFar(const sock* sk, const iphdr* quoted) {
  const u8 least = inet_sk(sk)->min_ttl;
  return least && quoted->ttl < least;
}

// Before the handshake is done the error ends it. Afterwards only a user who asked to hear (IP_RECVERR) is told at once;
// the others hear of it if the connection dies of it.
static void reportError(const sock* sk, const sk_buff* skb, const tcphdr* th, int err, u32 info) {
  const bool mayAct = !sock_owned_by_user(sk);
  const bool opening = sk->sk_state == TCP_SYN_SENT || sk->sk_state == TCP_SYN_RECV;
  if (opening) ip_icmp_error(sk, skb, err, th->dest, info, reinterpret_cast<const u8*>(th));
  if (opening && mayAct) {
    tcp_done_with_error(sk, err);
    return;
  }
  const bool atOnce = !opening && mayAct && inet_sk(sk)->recverr;
  set(atOnce ? sk->sk_err : sk->sk_err_soft, err);
  if (atOnce) sk_error_report(sk);
}

static void aboutConnection(const sock* sk, const sk_buff* skb, const tcphdr* th, int kind, int code, u32 info) {
  const tcp_sock* tp = tcp_sk(sk);
  if (sk->sk_state == TCP_CLOSE || comesFromTooFar(sk, reinterpret_cast<const iphdr*>(skb->data.get()))) return;
  const u32 seq = ntohl(th->seq);
  const bool inFlight = between(seq, tp->snd_una, tp->snd_nxt);
  if (!inFlight) {
    NOTE("tcp.icmp_out_of_window", sk, kind, code);
    return;
  }
  const int err = meaning(sk, skb, kind, code, seq, info);
  if (!err) return;
  mark(BufferMark::Handled, skb, sk);
  NOTE("tcp.icmp_error", sk, kind, code, err);
  reportError(sk, skb, th, err, info);
}

// Who sent the packet that the message quotes. It was ours, so its source is our end.
static const sock* senderOf(const sk_buff* skb, const iphdr* quoted, const tcphdr* th) {
  const net* net = dev_net(skb->dev);
  const rtable* rt = skb_rtable(skb);
  const int device = rt && rt->rt_iif ? int(rt->rt_iif) : int(skb->skb_iif);
  return __inet_lookup_established(net, net->ipv4.tcp_death_row.hashinfo, quoted->daddr, th->dest, quoted->saddr,
                                   ntohs(th->source), device, 0);
}

// No SYN-ACK of ours will ever get there.
static bool endsRequest(int kind, int code) {
  if (kind == ICMP_DEST_UNREACH) return code == ICMP_NET_UNREACH || code == ICMP_HOST_UNREACH;
  return kind == ICMP_PARAMETERPROB || kind == ICMP_TIME_EXCEEDED;
}

// skb->data: the header of our own packet that the message quotes. 0, or -ENOENT.
int tcp_v4_err(const sk_buff* skb, u32 info) {
  KFUNC(tcp_v4_err, skb, info);
  const auto* quoted = reinterpret_cast<const iphdr*>(skb->data.get());
  const auto* th = reinterpret_cast<const tcphdr*>(skb->data + quoted->ihl * 4u);
  const int kind = icmp_hdr(skb)->type, code = icmp_hdr(skb)->code;
  const sock* sk = senderOf(skb, quoted, th);
  if (!sk) return call.result(-ENOENT);
  switch (sk->sk_state) {
  case TCP_TIME_WAIT: inet_twsk_put(inet_twsk(sk)); break; // nothing more is to be sent
  case TCP_NEW_SYN_RECV: tcp_req_err(sk, ntohl(th->seq), endsRequest(kind, code)); break;
  default: aboutConnection(sk, skb, th, kind, code, info); sock_put(sk);
  }
  return call.result(0);
}

} // namespace sockwalk::kernel
