#include "engine/kernel/include/net/icmp.h"
#include "engine/kernel/include/net/ip.h"
#include "engine/kernel/include/net/ping.h"

namespace sockwalk::kernel {

// The echo's identifier plays the part of the port.
static const sock* ping_lookup(const net* net, const sk_buff* skb, u16 ident) {
  KFUNC(ping_lookup, net, skb, ident);
  for (const sock* sk = sk_head(ping_hashslot(net, ident)); sk; sk = sk_next(sk)) {
    const inet_sock* inet = inet_sk(sk);
    if (sock_net(sk) != net || inet->inet_num != ident) continue;
    if (inet->inet_rcv_saddr && inet->inet_rcv_saddr != ip_hdr(skb)->daddr) continue;
    if (sk->sk_bound_dev_if && sk->sk_bound_dev_if != IPCB(skb)->iif) continue;
    return call.result(sk);
  }
  return call.result<const sock*>(nullptr);
}

static skb_drop_reason __ping_queue_rcv_skb(const sock* sk, const sk_buff* skb) {
  KFUNC(__ping_queue_rcv_skb, sk, skb);
  skb_drop_reason why;
  const bool queued = sock_queue_rcv_skb_reason(sk, skb, &why) >= 0;
  if (!queued) kfree_skb_reason(skb, why);
  return call.result(why);
}
int ping_queue_rcv_skb(const sock* sk, const sk_buff* skb) { // sk_backlog_rcv
  KFUNC(ping_queue_rcv_skb, sk, skb);
  return call.result(__ping_queue_rcv_skb(sk, skb) ? -1 : 0);
}

// An echo reply goes to the ping socket that asked; nobody asked: it is dropped.
skb_drop_reason ping_rcv(const sk_buff* skb) {
  KFUNC(ping_rcv, skb);
  const icmphdr* icmph = icmp_hdr(skb);
  skb_push(skb, static_cast<u32>(skb->data - reinterpret_cast<const u8*>(icmph)));
  const sock* sk = ping_lookup(dev_net(skb->dev), skb, ntohs(icmph->un.echo.id));
  if (!sk) return call.result(SKB_DROP_REASON_NO_SOCKET);
  const sk_buff* copy = skb_clone(skb, GFP_ATOMIC);
  return call.result(copy ? __ping_queue_rcv_skb(sk, copy) : SKB_DROP_REASON_NOMEM);
}

// What the message means to the socket. 0: nothing that it should hear of.
static int meaningOf(const sk_buff* skb, const sock* sk, u32 info, bool* lasting) {
  const icmphdr* icmph = icmp_hdr(skb);
  *lasting = false;
  switch (icmph->type) {
  case ICMP_SOURCE_QUENCH: return EREMOTEIO;
  case ICMP_REDIRECT: ipv4_sk_redirect(skb, sk); return EREMOTEIO;
  case ICMP_PARAMETERPROB: *lasting = true; return EPROTO;
  case ICMP_DEST_UNREACH: break;
  default: return EHOSTUNREACH;
  }
  if (icmph->code == 4 /* ICMP_FRAG_NEEDED */) {
    ipv4_sk_update_pmtu(skb, sk, info);
    *lasting = inet_sk(sk)->pmtudisc != IP_PMTUDISC_DONT; // else it is cut up next time, and nobody need know
    return *lasting ? EMSGSIZE : 0;
  }
  if (icmph->code > NR_ICMP_UNREACH) return EHOSTUNREACH;
  *lasting = icmp_err_convert[icmph->code].fatal;
  return icmp_err_convert[icmph->code].error;
}

// An ICMP error about an echo request of a ping socket: it learns of it as a UDP socket would.
void ping_err(const sk_buff* skb, int offset, u32 info) {
  KFUNC(ping_err, skb, offset, info);
  const auto* quoted = reinterpret_cast<const icmphdr*>(skb->data + offset);
  const bool ourRequest = quoted->type == ICMP_ECHO && quoted->code == 0;
  const sock* sk = ourRequest ? ping_lookup(dev_net(skb->dev), skb, ntohs(quoted->un.echo.id)) : nullptr;
  if (!sk) return;
  bool lasting;
  const int err = meaningOf(skb, sk, info, &lasting);
  if (!err) return;
  const bool wantsAll = inet_sk(sk)->recverr, connected = sk->sk_state == TCP_ESTABLISHED;
  if (wantsAll) ip_icmp_error(sk, skb, err, 0, info, reinterpret_cast<const u8*>(quoted));
  else if (!lasting || !connected) return;
  mark(BufferMark::Handled, skb, sk);
  set(sk->sk_err, err);
  sk_error_report(sk);
}

} // namespace sockwalk::kernel
