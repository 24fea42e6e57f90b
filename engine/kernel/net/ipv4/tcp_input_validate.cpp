// Is this segment of our connection, and of now? Its timestamp must not be older than what we saw (PAWS), its sequence
// numbers must touch the window; a RST must hit exactly what we expect, else the peer is asked to say it again
// (challenge ACK). Source: RFC 7323 5, RFC 9293 3.10.7.4, RFC 5961.
#include "engine/kernel/net/ipv4/tcp_input_internal.h"
#include <limits>

namespace sockwalk::kernel {

// ---- answers to segments that nobody should have sent are rationed
static bool __tcp_oow_rate_limited(const net* net, const u32* last_oow_ack_time) {
  const u32 last = *last_oow_ack_time, now = tcp_jiffies32();
  const s32 since = static_cast<s32>(now - last);
  const bool tooSoon = last != 0 && since >= 0 && since < net->ipv4.sysctl_tcp_invalid_ratelimit;
  if (!tooSoon) set(*last_oow_ack_time, now);
  return tooSoon;
}

bool tcp_oow_rate_limited(const net* net, const sk_buff* skb, int mib_idx, const u32* last_oow_ack_time) {
  KFUNC(tcp_oow_rate_limited, net, skb, mib_idx);
  if (seqOf(skb) != endSeqOf(skb) && !tcp_hdr(skb)->syn) return call.result(false); // data: no loop of mere answers
  return call.result(__tcp_oow_rate_limited(net, last_oow_ack_time));
}

static bool tcp_challenge_ack_allowed(const net* net) { // so many a second for the whole host
  KFUNC(tcp_challenge_ack_allowed, net);
  const netns_ipv4* ipv4 = &net->ipv4;
  const u32 limit = static_cast<u32>(ipv4->sysctl_tcp_challenge_ack_limit);
  if (limit == static_cast<u32>(std::numeric_limits<s32>::max())) return call.result(true);
  const u32 now = static_cast<u32>(machine().jiffies() / HZ());
  if (now != ipv4->tcp_challenge_timestamp) { // how many is a secret: an attacker must not count them
    set(ipv4->tcp_challenge_timestamp, now);
    set(ipv4->tcp_challenge_count, ((limit + 1) >> 1) + static_cast<u32>(machine().random() % std::max(limit, 1u)));
  }
  if (!ipv4->tcp_challenge_count) return call.result(false);
  set(ipv4->tcp_challenge_count, ipv4->tcp_challenge_count - 1);
  return call.result(true);
}

void tcp_send_challenge_ack(const sock* sk) {
  KFUNC(tcp_send_challenge_ack, sk);
  if (__tcp_oow_rate_limited(sock_net(sk), &tcp_sk(sk)->last_oow_ack_time)) return;
  if (!tcp_challenge_ack_allowed(sock_net(sk))) return;
  NOTE("tcp.challenge_ack", sk);
  tcp_send_ack(sk);
}

void tcp_reqsk_send_challenge_ack(const sock* sk, const sk_buff* skb, const request_sock* req) {
  KFUNC(tcp_reqsk_send_challenge_ack, sk, skb, req);
  const net* host = sock_net(sk);
  const bool tooSoon = __tcp_oow_rate_limited(host, &tcp_rsk(req)->last_oow_ack_time);
  if (!tooSoon && tcp_challenge_ack_allowed(host)) req->rsk_ops->send_ack(sk, skb, req);
}

// ---- PAWS: protection against wrapped sequence numbers
// A pure acknowledgement that changes nothing may be a little older: it was overtaken on the way.
static bool tcp_disordered_ack(const sock* sk, const sk_buff* skb) {
  const tcp_sock* tp = tcp_sk(sk);
  const tcphdr* th = tcp_hdr(skb);
  const u32 number = seqOf(skb), acknowledged = TCP_SKB_CB(skb)->ack_seq;
  const bool bare = th->ack && endSeqOf(skb) == number;
  const bool nothingNew = number == tp->rcv_nxt && acknowledged == tp->snd_una;
  if (!bare || !nothingNew) return false;

  const u32 window = static_cast<u32>(ntohs(th->window)) << tp->rx_opt.snd_wscale;
  if (tcp_may_update_window(tp, acknowledged, number, window)) return false;
  const s32 olderBy = static_cast<s32>(tp->rx_opt.ts_recent - tp->rx_opt.rcv_tsval);
  const s32 tolerated = static_cast<s32>(inet_csk(sk)->icsk_rto * 1024 / HZ()); // about one timeout, in ticks
  return olderBy <= tolerated;
}

static bool tcp_paws_discard(const sock* sk, const sk_buff* skb) {
  return !tcp_paws_check(&tcp_sk(sk)->rx_opt, TCP_PAWS_WINDOW) && !tcp_disordered_ack(sk, skb);
}

// ---- sequence numbers. The lower bound is what was acknowledged last, since the peer may not have our newest yet.
static bool tcp_sequence(const tcp_sock* tp, u32 seq, u32 end_seq) {
  return !before(end_seq, tp->rcv_wup) && !after(seq, tp->rcv_nxt + tcp_receive_window(tp));
}

// After a FIN some peers send a RST with the FIN's own number.
static bool tcp_reset_check(const sock* sk, const sk_buff* skb) {
  constexpr int FinCame = TCPF_CLOSING | TCPF_CLOSE_WAIT | TCPF_LAST_ACK;
  const u32 next = seqOf(skb) + 1;
  return FinCame >> sk->sk_state & 1 && next == tcp_sk(sk)->rcv_nxt;
}

// A RST counts at exactly the expected number, or at the end of the highest block that we reported.
static bool resetHits(const sock* sk, const sk_buff* skb) {
  const tcp_sock* tp = tcp_sk(sk);
  if (seqOf(skb) == tp->rcv_nxt || tcp_reset_check(sk, skb)) return true;
  if (!tcp_is_sack(tp) || !tp->rx_opt.num_sacks) return false;
  u32 max_sack = tp->selective_acks[0].end_seq;
  for (int i = 1; i < tp->rx_opt.num_sacks; ++i)
    if (after(tp->selective_acks[i].end_seq, max_sack)) max_sack = tp->selective_acks[i].end_seq;
  return seqOf(skb) == max_sack;
}

// A SYN-ACK for a connection that opened from both sides at once.
static bool crossedSynAck(const sock* sk, const sk_buff* skb, const tcphdr* th) {
  const tcp_sock* tp = tcp_sk(sk);
  return sk->sk_state == TCP_SYN_RECV && sk->sk_socket.value && th->ack && seqOf(skb) + 1 == endSeqOf(skb) &&
         seqOf(skb) + 1 == tp->rcv_nxt && TCP_SKB_CB(skb)->ack_seq == tp->snd_nxt;
}

static void answerOutOfWindow(const sock* sk, const sk_buff* skb) {
  if (!tcp_oow_rate_limited(sock_net(sk), skb, 0, &tcp_sk(sk)->last_oow_ack_time)) tcp_send_dupack(sk, skb);
}

namespace {
enum class Verdict { Accept, Reset, Discard };
}
static Verdict judge(const sock* sk, const sk_buff* skb, const tcphdr* th, skb_drop_reason* reason) {
  const tcp_sock* tp = tcp_sk(sk);
  const bool stamped = tcp_fast_parse_options(sock_net(sk), skb, th, tp) && tp->rx_opt.saw_tstamp;
  if (stamped && tcp_paws_discard(sk, skb) && !th->rst) {
    *reason = SKB_DROP_REASON_TCP_RFC7323_PAWS;
    NOTE("tcp.paws", sk, tp->rx_opt.rcv_tsval, tp->rx_opt.ts_recent);
    answerOutOfWindow(sk, skb);
    return Verdict::Discard;
  }
  if (!tcp_sequence(tp, seqOf(skb), endSeqOf(skb))) {
    *reason = th->syn && !th->rst ? SKB_DROP_REASON_TCP_INVALID_SYN : SKB_DROP_REASON_TCP_INVALID_SEQUENCE;
    if (before(endSeqOf(skb), tp->rcv_wup)) NOTE("tcp.too_old", skb, tp->rcv_wup - endSeqOf(skb));
    else NOTE("tcp.out_of_window", skb, seqOf(skb) - tp->rcv_nxt, tcp_receive_window(tp));
    if (th->rst) return tcp_reset_check(sk, skb) ? Verdict::Reset : Verdict::Discard;
    if (th->syn) tcp_send_challenge_ack(sk);
    else answerOutOfWindow(sk, skb);
    return Verdict::Discard;
  }
  if (th->rst) {
    if (resetHits(sk, skb)) return Verdict::Reset;
    tcp_send_challenge_ack(sk);
    *reason = SKB_DROP_REASON_TCP_RESET;
    return Verdict::Discard;
  }
  if (th->syn && !crossedSynAck(sk, skb, th)) {
    tcp_send_challenge_ack(sk);
    *reason = SKB_DROP_REASON_TCP_INVALID_SYN;
    return Verdict::Discard;
  }
  return Verdict::Accept;
}

// False: the segment is gone.
bool tcp_validate_incoming(const sock* sk, const sk_buff* skb, const tcphdr* th, int syn_inerr) {
  KFUNC(tcp_validate_incoming, sk, skb, th, syn_inerr);
  skb_drop_reason reason = SKB_DROP_REASON_NOT_SPECIFIED;
  const Verdict verdict = judge(sk, skb, th, &reason);
  if (verdict == Verdict::Accept) return call.result(true);
  if (verdict == Verdict::Reset) {
    tcp_reset(sk, skb);
    __kfree_skb(skb);
  } else {
    tcp_drop_reason(sk, skb, reason);
  }
  return call.result(false);
}

} // namespace sockwalk::kernel
