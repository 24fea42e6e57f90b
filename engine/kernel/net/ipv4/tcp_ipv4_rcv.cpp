// TCP's way in. tcp_v4_rcv() finds the socket that a segment is for - a connection, a request, a TIME_WAIT, a listener -
// and hands it over, or puts it in the backlog of a socket whose owner works on it just now.
#include "engine/kernel/include/linux/filter.h"
#include "engine/kernel/include/linux/netfilter/nf_conntrack_common.h"
#include "engine/kernel/include/net/inet_hashtables.h"
#include "engine/kernel/include/net/inet_timewait_sock.h"
#include "engine/kernel/include/net/sock_reuseport.h"
#include "engine/kernel/include/net/tcp_segments.h"
#include "engine/kernel/net/ipv4/tcp_ipv4_internal.h"

namespace sockwalk::kernel {

// The route by which the segment came, kept in the socket: the next one need not be routed.
void inet_sk_rx_dst_set(const sock* sk, const sk_buff* skb) {
  KFUNC(inet_sk_rx_dst_set, sk, skb);
  const dst_entry* dst = skb_dst(skb);
  if (!dst || !dst_hold_safe(dst)) return;
  set(sk->sk_rx_dst, dst);
  set(sk->sk_rx_dst_ifindex, skb->skb_iif);
}

static skb_drop_reason tcp_inbound_md5_hash(const sock* sk, const sk_buff* skb) {
  KFUNC(tcp_inbound_md5_hash, sk, skb);
  SIMPLIFIED("no connection has an MD5 key, so none expects a signature");
  const bool isSigned = tcp_parse_md5sig_option(tcp_hdr(skb)) != nullptr;
  return call.result(isSigned ? SKB_DROP_REASON_TCP_MD5UNEXPECTED : SKB_NOT_DROPPED_YET);
}

int tcp_filter(const sock* sk, const sk_buff* skb) {
  KFUNC(tcp_filter, sk, skb);
  return call.result(sk_filter_trim_cap(sk, skb, tcp_hdr(skb)->doff * 4u));
}

// IP's notes on the packet move to the end of the control block; what TCP wants to know of the segment stands before.
static void tcp_v4_fill_cb(const sk_buff* skb, const iphdr* iph, const tcphdr* th) {
  KFUNC(tcp_v4_fill_cb, skb, iph, th);
  const tcp_skb_cb* cb = TCP_SKB_CB(skb);
  u8 ip[sizeof(inet_skb_parm)];
  std::memcpy(ip, IPCB(skb), sizeof ip);
  setBytes(&cb->header.h4, ip, sizeof ip);
  const u32 seq = ntohl(th->seq);
  set(cb->seq, seq);
  set(cb->end_seq, seq + th->syn + th->fin + skb->len - th->doff * 4u);
  set(cb->ack_seq, ntohl(th->ack_seq));
  set(cb->tcp_flags, tcp_flag_byte(th));
  set(cb->tcp_tw_isn, 0);
  set(cb->ip_dsfield, iph->tos);
  set(cb->sacked, 0);
  set(cb, tcp_skb_cb::bit::has_rxtstamp, skb->tstamp != 0);
  NOTE("tcp.segment", skb, u32(cb->seq), u32(cb->end_seq), u32(cb->ack_seq), u32(cb->tcp_flags), bool(th->ack));
}
static void tcp_v4_restore_cb(const sk_buff* skb) {
  KFUNC(tcp_v4_restore_cb, skb);
  u8 ip[sizeof(inet_skb_parm)];
  std::memcpy(ip, &TCP_SKB_CB(skb)->header.h4, sizeof ip);
  setBytes(IPCB(skb), ip, sizeof ip);
}

static bool tcp_checksum_complete(const sk_buff* skb) {
  return !skb_csum_unnecessary(skb) && __skb_checksum_complete(skb);
}
static void tcp_segs_in(const sock* sk, const sk_buff* skb) {
  const tcp_sock* tp = tcp_sk(sk);
  const u32 segs = std::max<u32>(1, skb_shinfo(skb)->gso_segs);
  add(tp->segs_in, segs);
  if (skb->len > tcp_hdr(skb)->doff * 4u) add(tp->data_segs_in, segs);
}
static void sk_drops_add(const sock* sk, const sk_buff* skb) {
  add(sk->sk_drops.counter, std::max<int>(1, skb_shinfo(skb)->gso_segs));
}

// ---- connections are found before they are routed: the route is in the socket
static const sock* connectionOf(const net* net, const sk_buff* skb, int device) {
  const iphdr* iph = ip_hdr(skb);
  const tcphdr* th = tcp_hdr(skb);
  return __inet_lookup_established(net, net->ipv4.tcp_death_row.hashinfo, iph->saddr, th->source, iph->daddr,
                                   ntohs(th->dest), device, 0);
}

// The route by which the segments before this one came, if it still holds and this one came by the same device.
static void reuseRoute(const sock* sk, const sk_buff* skb) {
  const dst_entry* known = sk_fullsock(sk) ? sk->sk_rx_dst.get() : nullptr;
  if (known && known->obsolete) known = known->ops->check(known, 0);
  if (!known || sk->sk_rx_dst_ifindex != skb->skb_iif) return;
  skb_dst_set_noref(skb, known);
  NOTE("tcp.route_known", sk, known);
}

int tcp_v4_early_demux(const sk_buff* skb) {
  KFUNC(tcp_v4_early_demux, skb);
  const u32 headers = static_cast<u32>(skb_transport_offset(skb)) + u32(sizeof(tcphdr));
  const bool readable = skb->pkt_type == PACKET_HOST && pskb_may_pull(skb, headers) && tcp_hdr(skb)->doff >= 5;
  const sock* sk = readable ? connectionOf(dev_net(skb->dev), skb, skb->skb_iif) : nullptr;
  if (sk) { // tcp_v4_rcv() takes it from there: skb_steal_sock()
    set(skb->sk, sk);
    set(skb->destructor, fn<sock_edemux>);
    reuseRoute(sk, skb);
  }
  return call.result(0);
}

// ---- hand over
static void checkRxDst(const sock* sk, const sk_buff* skb) {
  const dst_entry* dst = sk->sk_rx_dst;
  if (!dst || (sk->sk_rx_dst_ifindex == skb->skb_iif && dst->ops->check(dst, 0))) return;
  set(sk->sk_rx_dst, nullptr);
  dst_release(dst);
}

static int discard(const sk_buff* skb, skb_drop_reason reason) {
  kfree_skb_reason(skb, reason);
  return 0;
}
static int resetAndDiscard(const sock* sk, const sk_buff* skb) {
  tcp_v4_send_reset(sk, skb);
  return discard(skb, SKB_DROP_REASON_NOT_SPECIFIED);
}

// To a full socket that nobody else works on: from tcp_v4_rcv(), or later out of the backlog.
int tcp_v4_do_rcv(const sock* sk, const sk_buff* skb) {
  KFUNC(tcp_v4_do_rcv, sk, skb);
  if (sk->sk_state == TCP_ESTABLISHED) {
    checkRxDst(sk, skb);
    tcp_rcv_established(sk, skb);
    return call.result(0);
  }
  if (tcp_checksum_complete(skb)) return call.result(discard(skb, SKB_DROP_REASON_TCP_CSUM));
  if (sk->sk_state == TCP_LISTEN && !tcp_hdr(skb)->syn) { // perhaps the answer to a SYN cookie
    const sock* child = cookie_v4_check(sk, skb);
    if (!child) return call.result(discard(skb, SKB_DROP_REASON_NOT_SPECIFIED));
    if (child != sk) {
      if (tcp_child_process(sk, child, skb)) return call.result(resetAndDiscard(child, skb));
      return call.result(0);
    }
  }
  if (tcp_rcv_state_process(sk, skb)) return call.result(resetAndDiscard(sk, skb));
  return call.result(0);
}

namespace {
enum class Next { Done, Lookup, Process, Discard }; // what tcp_v4_rcv() does after a step
struct Arrival {
  const sk_buff* skb;
  const struct net* net;
  const sock* sk = nullptr;
  bool refcounted = false;
  skb_drop_reason reason = SKB_DROP_REASON_NOT_SPECIFIED;
  int ret = 0;
};
} // namespace

static const sock* skb_steal_sock(const sk_buff* skb) { // the socket that early demux found, with its reference
  const sock* sk = skb->sk;
  if (!sk) return nullptr;
  set(skb->destructor, nullptr);
  set(skb->sk, nullptr);
  return sk;
}
static int inet_iif(const sk_buff* skb) {
  const rtable* rt = skb_rtable(skb);
  return rt && rt->rt_iif ? int(rt->rt_iif) : int(skb->skb_iif);
}
// Where the segment belongs: what early demux found, a connection or a request or a TIME_WAIT, or a listener.
static void findSocket(Arrival& a) {
  const iphdr* iph = ip_hdr(a.skb);
  const tcphdr* th = tcp_hdr(a.skb);
  a.refcounted = true;
  if ((a.sk = skb_steal_sock(a.skb))) return;
  const int device = inet_iif(a.skb);
  a.sk = connectionOf(a.net, a.skb, device);
  if (a.sk) return;
  a.refcounted = false;
  a.sk = __inet_lookup_listener(a.net, a.net->ipv4.tcp_death_row.hashinfo, a.skb, th->doff * 4, iph->saddr, th->source,
                                iph->daddr, ntohs(th->dest), device, 0);
}

static Next discardAndRelease(Arrival& a) {
  sk_drops_add(a.sk, a.skb);
  if (a.refcounted) sock_put(a.sk);
  return Next::Discard;
}

// A segment for a connection that is being opened: the listener looks at it, and the connection may be born.
static Next newSynRecv(Arrival& a) {
  const request_sock* req = inet_reqsk(a.sk);
  const sock* listener = req->rsk_listener;
  a.reason = tcp_inbound_md5_hash(listener, a.skb);
  if (a.reason) {
    sk_drops_add(listener, a.skb);
    reqsk_put(req);
    return Next::Discard;
  }
  if (tcp_checksum_complete(a.skb)) {
    reqsk_put(req);
    a.reason = SKB_DROP_REASON_TCP_CSUM;
    return Next::Discard;
  }
  if (listener->sk_state != TCP_LISTEN) { // it was closed meanwhile
    reuseport_migrate_sock(listener, a.sk, a.skb);
    inet_csk_reqsk_queue_drop_and_put(listener, req);
    return Next::Lookup;
  }
  sock_hold(listener);
  a.sk = listener;
  a.refcounted = true;
  bool req_stolen = false;
  const sock* nsk = nullptr;
  if (!sk_filter_trim_cap(listener, a.skb, tcp_hdr(a.skb)->doff * 4u)) {
    tcp_v4_fill_cb(a.skb, ip_hdr(a.skb), tcp_hdr(a.skb));
    nsk = tcp_check_req(listener, a.skb, req, false, &req_stolen);
  } else {
    a.reason = SKB_DROP_REASON_SOCKET_FILTER;
  }
  if (!nsk) {
    reqsk_put(req);
    if (!req_stolen) return discardAndRelease(a);
    tcp_v4_restore_cb(a.skb);
    sock_put(listener);
    return Next::Lookup;
  }
  if (nsk == listener) { // not for the request: the listener itself gets it
    reqsk_put(req);
    tcp_v4_restore_cb(a.skb);
    return Next::Process;
  }
  if (tcp_child_process(listener, nsk, a.skb)) {
    tcp_v4_send_reset(nsk, a.skb);
    return discardAndRelease(a);
  }
  sock_put(listener);
  return Next::Done;
}

static Next timeWait(Arrival& a) {
  const sk_buff* skb = a.skb;
  const inet_timewait_sock* tw = inet_twsk(a.sk);
  const iphdr* iph = ip_hdr(skb);
  const tcphdr* th = tcp_hdr(skb);
  tcp_v4_fill_cb(skb, iph, th);
  if (tcp_checksum_complete(skb)) {
    inet_twsk_put(tw);
    a.reason = SKB_DROP_REASON_TCP_CSUM;
    return Next::Discard;
  }
  const tcp_tw_status verdict = tcp_timewait_state_process(tw, skb, th);
  switch (verdict) {
  case TCP_TW_SUCCESS: NOTE("tcp.timewait_done", tw); break;
  case TCP_TW_RST: NOTE("tcp.timewait_reset", tw); break;
  case TCP_TW_ACK: NOTE("tcp.timewait_ack", tw); break;
  case TCP_TW_SYN: NOTE("tcp.timewait_syn", tw); break;
  }
  if (verdict == TCP_TW_SYN) { // a new connection between the same ends, if somebody listens
    const sock* sk2 = __inet_lookup_listener(a.net, a.net->ipv4.tcp_death_row.hashinfo, skb, th->doff * 4, iph->saddr,
                                             th->source, iph->daddr, ntohs(th->dest), inet_iif(skb), 0);
    if (sk2) {
      inet_twsk_deschedule_put(tw);
      a.sk = sk2;
      tcp_v4_restore_cb(skb);
      a.refcounted = false;
      return Next::Process;
    }
  }
  if (verdict != TCP_TW_RST) mark(BufferMark::Handled, skb, tw);
  if (verdict == TCP_TW_SYN || verdict == TCP_TW_ACK) {
    tcp_v4_timewait_ack(a.sk, skb);
  } else if (verdict == TCP_TW_RST) {
    tcp_v4_send_reset(a.sk, skb);
    inet_twsk_deschedule_put(tw);
  }
  return Next::Discard;
}

static Next noSocket(Arrival& a) {
  a.reason = SKB_DROP_REASON_NO_SOCKET;
  tcp_v4_fill_cb(a.skb, ip_hdr(a.skb), tcp_hdr(a.skb));
  if (tcp_checksum_complete(a.skb)) a.reason = SKB_DROP_REASON_TCP_CSUM;
  else tcp_v4_send_reset(nullptr, a.skb);
  return Next::Discard;
}

static Next process(Arrival& a) {
  const sock* sk = a.sk;
  const u8 least = inet_sk(sk)->min_ttl, ttl = ip_hdr(a.skb)->ttl;
  if (least && ttl < least) {
    NOTE("tcp.min_ttl", a.skb, ttl, least);
    return discardAndRelease(a);
  }
  a.reason = tcp_inbound_md5_hash(sk, a.skb);
  if (a.reason) return discardAndRelease(a);
  nf_reset_ct(a.skb);
  if (tcp_filter(sk, a.skb)) {
    a.reason = SKB_DROP_REASON_SOCKET_FILTER;
    return discardAndRelease(a);
  }
  tcp_v4_fill_cb(a.skb, ip_hdr(a.skb), tcp_hdr(a.skb));
  set(a.skb->dev, nullptr);
  if (sk->sk_state == TCP_LISTEN) {
    a.ret = tcp_v4_do_rcv(sk, a.skb);
  } else {
    sk_incoming_cpu_update(sk);
    tcp_segs_in(sk, a.skb);
    if (!sock_owned_by_user(sk)) a.ret = tcp_v4_do_rcv(sk, a.skb);
    else if (tcp_add_backlog(sk, a.skb, &a.reason)) return discardAndRelease(a);
  }
  if (a.refcounted) sock_put(sk);
  return Next::Done;
}

// From IP: the segment's header and checksum are looked at, then it goes where it belongs.
static bool headerIsGood(Arrival& a) {
  const sk_buff* skb = a.skb;
  if (skb->pkt_type != PACKET_HOST) {
    NOTE("tcp.not_for_this_host", skb);
    return false;
  }
  const bool whole = pskb_may_pull(skb, sizeof(tcphdr));
  const bool tiny = whole && tcp_hdr(skb)->doff < 5;
  if (tiny) a.reason = SKB_DROP_REASON_PKT_TOO_SMALL;
  if (!whole || tiny || !pskb_may_pull(skb, tcp_hdr(skb)->doff * 4u)) {
    NOTE("tcp.bad_header", skb);
    return false;
  }
  const u32 pseudo = csum_tcpudp_nofold(ip_hdr(skb)->saddr, ip_hdr(skb)->daddr, skb->len, IPPROTO_TCP, 0);
  if (!__skb_checksum_validate(skb, IPPROTO_TCP, false, false, tcp_hdr(skb)->check, pseudo)) return true;
  a.reason = SKB_DROP_REASON_TCP_CSUM;
  return false;
}

int tcp_v4_rcv(const sk_buff* skb) {
  KFUNC(tcp_v4_rcv, skb);
  Arrival a{skb, dev_net(skb->dev)};
  Next next = headerIsGood(a) ? Next::Lookup : Next::Discard;
  while (next == Next::Lookup || next == Next::Process) {
    if (next == Next::Lookup) {
      findSocket(a);
      if (!a.sk) next = noSocket(a);
      else if (a.sk->sk_state == TCP_TIME_WAIT) next = timeWait(a);
      else if (a.sk->sk_state == TCP_NEW_SYN_RECV) next = newSynRecv(a);
      else next = Next::Process;
    } else {
      next = process(a);
    }
  }
  if (next == Next::Discard) kfree_skb_reason(skb, a.reason ? a.reason : SKB_DROP_REASON_NOT_SPECIFIED);
  return call.result(next == Next::Discard ? 0 : a.ret);
}

} // namespace sockwalk::kernel
