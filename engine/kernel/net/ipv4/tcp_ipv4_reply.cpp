// What TCP sends without a connection's socket: the reset that answers what belongs to nothing, and acknowledgements in
// TIME_WAIT and for requests. RFC 9293 section 3.5.2 says which sequence numbers a reset bears.
#include "engine/kernel/include/net/inet_common.h"
#include "engine/kernel/include/net/inet_timewait_sock.h"
#include "engine/kernel/include/net/tcp_segments.h"
#include "engine/kernel/kernel/softirq.h"
#include "engine/kernel/net/ipv4/ip_output_internal.h"
#include "engine/kernel/net/ipv4/tcp_ipv4_internal.h"

namespace sockwalk::kernel {

static Global<kptr<sock>> ipv4_tcp_sk{"ipv4_tcp_sk"}; // one for each processor in the kernel

namespace {
// The header of an answer, as it goes out; built here and copied into the packet.
struct Reply {
  u8 bytes[20 + 12] = {};
  u32 len = 20;
  void put16(u32 at, u16 network) { std::memcpy(bytes + at, &network, 2); }
  void put32(u32 at, u32 network) { std::memcpy(bytes + at, &network, 4); }
};
} // namespace
constexpr u32 AtSource = 0, AtDest = 2, AtSeq = 4, AtAck = 8, AtDoff = 12, AtFlags = 13, AtWindow = 14, AtOptions = 20;

static Reply replyTo(const tcphdr* th) { // the ends change places
  Reply r;
  r.put16(AtDest, th->source);
  r.put16(AtSource, th->dest);
  return r;
}

static void send(const sock* sk, const net* net, const sk_buff* skb, Reply& r, ip_reply_arg arg, u32 txhash) {
  r.bytes[AtDoff] = static_cast<u8>(r.len / 4 << 4);
  arg.header = r.bytes;
  arg.len = r.len;
  arg.csum = csum_tcpudp_nofold(ip_hdr(skb)->daddr, ip_hdr(skb)->saddr, r.len, IPPROTO_TCP, 0);
  arg.csumoffset = offsetof(tcphdr, check);
  const BottomHalvesOff locked; // the socket that sends is everybody's
  const sock* ctl_sk = *ipv4_tcp_sk;
  mark(BufferMark::Answered, skb);
  sock_net_set(ctl_sk, net);
  const bool timeWait = sk && sk->sk_state == TCP_TIME_WAIT;
  const bool full = sk && sk_fullsock(sk);
  set(ctl_sk->sk_mark, timeWait ? u32(inet_twsk(sk)->tw_mark) : full ? u32(sk->sk_mark) : 0);
  set(ctl_sk->sk_priority, timeWait ? u32(inet_twsk(sk)->tw_priority) : full ? u32(sk->sk_priority) : 0);
  ip_send_unicast_reply(ctl_sk, skb, &TCP_SKB_CB(skb)->header.h4.opt, ip_hdr(skb)->saddr, ip_hdr(skb)->daddr, &arg, 0,
                        txhash);
  sock_net_set(ctl_sk, init_net);
}

// If the segment acknowledges something, the reset bears the number that its sender believes comes next, and is taken
// for that reason. If not, the reset begins at 0 and proves by acknowledging the segment that it answers it.
static Reply resetFor(const sk_buff* skb, const tcphdr* th) {
  Reply r = replyTo(th);
  const u32 behind = ntohl(th->seq) + th->syn + th->fin + skb->len - th->doff * 4u;
  r.bytes[AtFlags] = th->ack ? TCPHDR_RST : TCPHDR_RST | TCPHDR_ACK;
  if (th->ack) r.put32(AtSeq, th->ack_seq);
  else r.put32(AtAck, htonl(behind));
  return r;
}

void tcp_v4_send_reset(const sock* sk, const sk_buff* skb) {
  KFUNC(tcp_v4_send_reset, sk, skb);
  const tcphdr* th = tcp_hdr(skb);
  if (th->rst) return; // a reset is never answered by a reset
  if (!sk && skb_rtable(skb)->rt_type != RTN_LOCAL) return;
  Reply r = resetFor(skb, th);
  // A signature is checked with the key of whoever listens there: nobody has one, and what cannot be checked is not answered.
  const bool isSigned = tcp_parse_md5sig_option(th) != nullptr;
  if (isSigned && !(sk && sk_fullsock(sk))) return;
  ip_reply_arg reply{};
  reply.tos = ip_hdr(skb)->tos;
  if (sk) reply.bound_dev_if = sk->sk_bound_dev_if;
  u32 flowHash = 0; // the same path as the connection's segments took, where several are equal
  if (sk && sk->sk_state == TCP_TIME_WAIT) flowHash = inet_twsk(sk)->tw_txhash;
  else if (sk && sk_fullsock(sk)) flowHash = sk->sk_txhash, reply.uid = sk->sk_uid.val;
  NOTE("tcp.reset_sent", skb, sk, u16(th->source));
  send(sk, sk ? sock_net(sk) : dev_net(skb_dst(skb)->dev), skb, r, reply, flowHash);
}

// seq, ack in host order; `win` already scaled; tsecr 0: no timestamp option.
static void tcp_v4_send_ack(const sock* sk, const sk_buff* skb, u32 seq, u32 ack, u32 win, u32 tsval, u32 tsecr,
                            int oif, bool transparent, u8 tos, u32 txhash) {
  KFUNC(tcp_v4_send_ack, sk, skb, seq, ack, win, tsval, tsecr, oif);
  Reply r = replyTo(tcp_hdr(skb));
  r.bytes[AtFlags] = TCPHDR_ACK;
  r.put32(AtSeq, htonl(seq));
  r.put32(AtAck, htonl(ack));
  r.put16(AtWindow, htons(static_cast<u16>(win)));
  if (tsecr) {
    constexpr u32 kindAndLength = TCPOPT_NOP << 24 | TCPOPT_NOP << 16 | TCPOPT_TIMESTAMP << 8 | TCPOLEN_TIMESTAMP;
    r.put32(AtOptions, htonl(kindAndLength));
    r.put32(AtOptions + 4, htonl(tsval));
    r.put32(AtOptions + 8, htonl(tsecr));
    r.len += TCPOLEN_TSTAMP_ALIGNED;
  }
  ip_reply_arg reply{};
  reply.bound_dev_if = oif;
  reply.flowi_flags = transparent ? FLOWI_FLAG_ANYSRC : 0;
  reply.tos = tos;
  if (sk_fullsock(sk)) reply.uid = sk->sk_uid.val;
  send(sk, sock_net(sk), skb, r, reply, txhash);
}

// What a TIME_WAIT socket has kept of the connection is just enough to say the last word again.
void tcp_v4_timewait_ack(const sock* sk, const sk_buff* skb) {
  KFUNC(tcp_v4_timewait_ack, sk, skb);
  INLINED();
  const inet_timewait_sock* tw = inet_twsk(sk);
  const tcp_timewait_sock* kept = tcp_twsk(sk);
  const u32 window = kept->tw_rcv_wnd >> tw->tw_rcv_wscale, stamp = tcp_time_stamp_raw() + kept->tw_ts_offset;
  const u8 tos = static_cast<u8>(tw->tw_tos);
  tcp_v4_send_ack(sk, skb, kept->tw_snd_nxt, kept->tw_rcv_nxt, window, stamp, kept->tw_ts_recent, tw->tw_bound_dev_if,
                  tw->tw_transparent, tos, tw->tw_txhash);
  inet_twsk_put(tw);
}

void tcp_v4_reqsk_send_ack(const sock* sk, const sk_buff* skb, const request_sock* req) {
  KFUNC(tcp_v4_reqsk_send_ack, sk, skb, req);
  const tcp_request_sock* opening = tcp_rsk(req);
  const inet_request_sock* ends = inet_rsk(req);
  const bool byListener = sk->sk_state == TCP_LISTEN; // else a Fast Open child, which may have sent data
  const u32 next = byListener ? opening->snt_isn + 1 : u32(tcp_sk(sk)->snd_nxt);
  const u32 window = req->rsk_rcv_wnd >> ends->rcv_wscale, stamp = tcp_time_stamp_raw() + opening->ts_off;
  tcp_v4_send_ack(sk, skb, next, opening->rcv_nxt, window, stamp, req->ts_recent, 0, ends->no_srccheck,
                  ip_hdr(skb)->tos, opening->txhash);
}

static Global<pernet_operations> tcp_sk_ops{"tcp_sk_ops"};

void tcp_v4_init() {
  KFUNC(tcp_v4_init);
  const sock* sk;
  if (inet_ctl_sock_create(&sk, AF_INET, SOCK_RAW, IPPROTO_TCP, init_net))
    panic("Failed to create the TCP control socket.");
  sock_set_flag(sk, SOCK_USE_WRITE_QUEUE);
  set(inet_sk(sk)->pmtudisc, IP_PMTUDISC_DO); // these answers bear DF, and identifier 0
  set(*ipv4_tcp_sk, sk);
  set(tcp_sk_ops->init, fn<tcp_sk_init>);
  if (register_pernet_subsys(tcp_sk_ops)) panic("Failed to create the TCP control socket.");
}

} // namespace sockwalk::kernel
