// ICMP errors about TCP's segments. An outsider can forge them, so a connection believes one only if the sequence number
// that it quotes is in flight, and an established connection takes most of them as a hint. RFC 1122 section 4.2.3.9,
// RFC 5927.
#include "engine/kernel/include/net/icmp.h"
#include "engine/kernel/include/net/icmp_receive.h"
#include "engine/kernel/include/net/inet_hashtables.h"
#include "engine/kernel/include/net/ip_receive.h"
#include "engine/kernel/include/net/ip_sockglue.h"
#include "engine/kernel/include/net/tcp_input.h"
#include "engine/kernel/include/net/tcp_output.h"

namespace sockwalk::kernel {

enum { DestUnreach = 3, SourceQuench = 4, Redirect = 5, TimeExceeded = 11, ParameterProblem = 12 };
enum { NetUnreach = 0, HostUnreach = 1, FragNeeded = 4, LastUnreach = 15 };

// A router on the way cannot take segments as large as ours: make them smaller, and send again what was lost.
void tcp_v4_mtu_reduced(const sock* sk) {
  KFUNC(tcp_v4_mtu_reduced, sk);
  const inet_sock* inet = inet_sk(sk);
  if (1 << sk->sk_state & (TCPF_LISTEN | TCPF_CLOSE)) return;
  u32 mtu = tcp_sk(sk)->mtu_info;
  const dst_entry* dst = inet_csk_update_pmtu(sk, mtu);
  if (!dst) return;
  const bool dontFragment = inet->pmtudisc == IP_PMTUDISC_DO ||
                            (inet->pmtudisc == IP_PMTUDISC_WANT && !(dst_metric_raw(dst, RTAX_LOCK) >> RTAX_MTU & 1));
  if (mtu < dst_mtu(dst) && dontFragment) set(sk->sk_err_soft, EMSGSIZE);
  mtu = dst_mtu(dst);
  const bool accept = inet->pmtudisc != IP_PMTUDISC_INTERFACE && inet->pmtudisc != IP_PMTUDISC_OMIT;
  if (inet->pmtudisc == IP_PMTUDISC_DONT || !accept || inet_csk(sk)->icsk_pmtu_cookie <= mtu) return;
  NOTE("tcp.mtu_reduced", sk, mtu);
  tcp_sync_mss(sk, mtu);
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

// The network says that it is down for the moment: that was no congestion, so the waiting time doubled for nothing.
// RFC 6069.
void tcp_ld_RTO_revert(const sock* sk, u32 seq) {
  KFUNC(tcp_ld_RTO_revert, sk, seq);
  const inet_connection_sock* icsk = inet_csk(sk);
  const tcp_sock* tp = tcp_sk(sk);
  if (sock_owned_by_user(sk) || seq != tp->snd_una || !icsk->icsk_retransmits || !icsk->icsk_backoff) return;
  const sk_buff* skb = tcp_rtx_queue_head(sk);
  if (!skb) return;
  sub(icsk->icsk_backoff, 1);
  set(icsk->icsk_rto, tp->srtt_us ? __tcp_set_rto(tp) : TCP_TIMEOUT_INIT());
  set(icsk->icsk_rto, inet_csk_rto_backoff(icsk, TCP_RTO_MAX()));
  tcp_mstamp_refresh(tp);
  const u32 since = static_cast<u32>(tp->tcp_mstamp - tcp_skb_timestamp_us(skb));
  const s32 remaining = static_cast<s32>(icsk->icsk_rto - usecs_to_jiffies(since));
  if (remaining > 0) inet_csk_reset_xmit_timer(sk, ICSK_TIME_RETRANS, static_cast<u64>(remaining), TCP_RTO_MAX());
  else tcp_retransmit_timer(sk);
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
  case Redirect:
    if (const dst_entry* dst = sock_owned_by_user(sk) ? nullptr : __sk_dst_check(sk, 0))
      if (dst->ops->redirect) dst->ops->redirect(dst, sk, skb);
    return 0;
  case ParameterProblem: return EPROTO;
  case TimeExceeded: return EHOSTUNREACH;
  case DestUnreach: break;
  default: return 0;
  }
  if (code > LastUnreach) return 0;
  if (code == FragNeeded) return pathMtu(sk, info), 0;
  if (code == NetUnreach || code == HostUnreach) tcp_ld_RTO_revert(sk, seq);
  return icmp_err_convert[code].error;
}

static void aboutConnection(const sock* sk, const sk_buff* skb, const tcphdr* th, int type, int code, u32 info) {
  if (sk->sk_state == TCP_CLOSE ||
      (inet_sk(sk)->min_ttl && reinterpret_cast<const iphdr*>(skb->data.get())->ttl < inet_sk(sk)->min_ttl))
    return;
  const u32 seq = ntohl(th->seq);
  if (!between(seq, tcp_sk(sk)->snd_una, tcp_sk(sk)->snd_nxt)) {
    NOTE("tcp.icmp_out_of_window", sk, type, code);
    return;
  }
  const int err = meaning(sk, skb, type, code, seq, info);
  if (!err) return;
  NOTE("tcp.icmp_error", sk, type, code, err);
  const bool owned = sock_owned_by_user(sk);
  if (1 << sk->sk_state & (TCPF_SYN_SENT | TCPF_SYN_RECV)) {
    ip_icmp_error(sk, skb, err, th->dest, info, reinterpret_cast<const u8*>(th));
    if (!owned) tcp_done_with_error(sk, err);
    else set(sk->sk_err_soft, err);
  } else if (!owned && inet_sk(sk)->recverr) {
    set(sk->sk_err, err);
    sk_error_report(sk);
  } else { // told only if the connection dies of it
    set(sk->sk_err_soft, err);
  }
}

// skb->data: the header of our own packet that the message quotes. 0, or -ENOENT.
int tcp_v4_err(const sk_buff* skb, u32 info) {
  KFUNC(tcp_v4_err, skb, info);
  const auto* iph = reinterpret_cast<const iphdr*>(skb->data.get());
  const auto* th = reinterpret_cast<const tcphdr*>(skb->data + iph->ihl * 4u);
  const int type = icmp_hdr(skb)->type, code = icmp_hdr(skb)->code;
  const net* net = dev_net(skb->dev);
  const rtable* rt = skb_rtable(skb);
  const int dif = rt && rt->rt_iif ? int(rt->rt_iif) : int(skb->skb_iif);
  const sock* sk = __inet_lookup_established(net, net->ipv4.tcp_death_row.hashinfo, iph->daddr, th->dest, iph->saddr,
                                             ntohs(th->source), dif, 0);
  if (!sk) return call.result(-ENOENT);
  if (sk->sk_state == TCP_TIME_WAIT) {
    inet_twsk_put(inet_twsk(sk));
  } else if (sk->sk_state == TCP_NEW_SYN_RECV) {
    const bool gone = type == ParameterProblem || type == TimeExceeded ||
                      (type == DestUnreach && (code == NetUnreach || code == HostUnreach));
    tcp_req_err(sk, ntohl(th->seq), gone);
  } else {
    aboutConnection(sk, skb, th, type, code, info);
    sock_put(sk);
  }
  return call.result(0);
}

} // namespace sockwalk::kernel
