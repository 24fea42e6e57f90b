#include "engine/kernel/include/net/icmp_receive.h"
#include "engine/kernel/include/net/ip_forward.h"
#include "engine/kernel/include/net/ip_receive.h"
#include "engine/kernel/include/net/ip_sockglue.h"
#include "engine/kernel/include/net/ping.h"

namespace sockwalk::kernel {

// The echo's identifier plays the part of the port.
static const sock* ping_lookup(const net* net, const sk_buff* skb, u16 ident) {
  KFUNC(ping_lookup, net, skb, ident);
  for (const sock* sk = sk_head(ping_hashslot(net, ident)); sk; sk = sk_next(sk)) {
    const inet_sock* isk = inet_sk(sk);
    if (sock_net(sk) != net || isk->inet_num != ident) continue;
    if (isk->inet_rcv_saddr && isk->inet_rcv_saddr != ip_hdr(skb)->daddr) continue;
    if (sk->sk_bound_dev_if && sk->sk_bound_dev_if != IPCB(skb)->iif) continue;
    return call.result(sk);
  }
  return call.result<const sock*>(nullptr);
}

static skb_drop_reason __ping_queue_rcv_skb(const sock* sk, const sk_buff* skb) {
  KFUNC(__ping_queue_rcv_skb, sk, skb);
  skb_drop_reason reason;
  if (sock_queue_rcv_skb_reason(sk, skb, &reason) < 0) kfree_skb_reason(skb, reason);
  return call.result(reason);
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
  const sk_buff* skb2 = skb_clone(skb, GFP_ATOMIC);
  return call.result(skb2 ? __ping_queue_rcv_skb(sk, skb2) : SKB_DROP_REASON_NOMEM);
}

// An ICMP error about an echo request of a ping socket: it learns of it as a UDP socket would.
void ping_err(const sk_buff* skb, int offset, u32 info) {
  KFUNC(ping_err, skb, offset, info);
  const auto* icmph = reinterpret_cast<const icmphdr*>(skb->data + offset);
  if (icmph->type != ICMP_ECHO || icmph->code) return;
  const sock* sk = ping_lookup(dev_net(skb->dev), skb, ntohs(icmph->un.echo.id));
  if (!sk) return;
  const u8 type = icmp_hdr(skb)->type, code = icmp_hdr(skb)->code;
  int err = EHOSTUNREACH;
  bool harderr = false;
  if (type == ICMP_SOURCE_QUENCH) err = EREMOTEIO;
  else if (type == ICMP_PARAMETERPROB) err = EPROTO, harderr = true;
  else if (type == ICMP_REDIRECT) ipv4_sk_redirect(skb, sk), err = EREMOTEIO;
  else if (type == ICMP_DEST_UNREACH && code == 4 /* ICMP_FRAG_NEEDED */) {
    ipv4_sk_update_pmtu(skb, sk, info);
    if (inet_sk(sk)->pmtudisc == IP_PMTUDISC_DONT) return;
    err = EMSGSIZE, harderr = true;
  } else if (type == ICMP_DEST_UNREACH && code <= NR_ICMP_UNREACH) {
    err = icmp_err_convert[code].error, harderr = icmp_err_convert[code].fatal;
  }
  if (inet_sk(sk)->recverr) ip_icmp_error(sk, skb, err, 0, info, reinterpret_cast<const u8*>(icmph));
  else if (!harderr || sk->sk_state != TCP_ESTABLISHED) return;
  set(sk->sk_err, err);
  sk_error_report(sk);
}

} // namespace sockwalk::kernel
