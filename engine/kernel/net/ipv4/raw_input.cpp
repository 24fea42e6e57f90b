// Raw sockets see each packet of their protocol, with its IP header, before the protocol itself does.
#include "engine/kernel/include/net/icmp_receive.h"
#include "engine/kernel/include/net/ip_forward.h"
#include "engine/kernel/include/net/ip_receive.h"
#include "engine/kernel/include/net/ip_sockglue.h"
#include "engine/kernel/include/net/raw.h"

namespace sockwalk::kernel {

bool ip_mc_sf_allow(const sock* sk, u32 loc_addr, u32 rmt_addr, int dif, int sdif);

static bool raw_v4_match(const net* net, const sock* sk, u16 num, u32 raddr, u32 laddr, int dif) {
  const inet_sock* inet = inet_sk(sk);
  return sock_net(sk) == net && inet->inet_num == num && !(inet->inet_daddr && inet->inet_daddr != raddr) &&
         !(inet->inet_rcv_saddr && inet->inet_rcv_saddr != laddr) &&
         (!sk->sk_bound_dev_if || sk->sk_bound_dev_if == dif);
}

// ICMP_FILTER of the socket: a set bit means that it does not want this type.
static bool icmp_filter(const sock* sk, const sk_buff* skb) {
  u8 type;
  u8 header[sizeof(icmphdr)];
  if (skb_headlen(skb) < u32(skb_transport_offset(skb)) + sizeof(icmphdr) &&
      skb_copy_bits(skb, skb_transport_offset(skb), header, sizeof header))
    return true;
  type = *skb_transport_header(skb);
  return type < 32 && raw_sk(sk)->filter.data >> type & 1;
}

static int chargeAndQueue(const sock* sk, const sk_buff* skb) {
  ipv4_pktinfo_prepare(sk, skb, true);
  skb_drop_reason reason;
  if (sock_queue_rcv_skb_reason(sk, skb, &reason) >= 0) return 0;
  kfree_skb_reason(skb, reason);
  return 1;
}
int raw_rcv_skb(const sock* sk, const sk_buff* skb) { // sk_backlog_rcv
  KFUNC(raw_rcv_skb, sk, skb);
  return call.result(chargeAndQueue(sk, skb));
}

int raw_rcv(const sock* sk, const sk_buff* skb) {
  KFUNC(raw_rcv, sk, skb);
  skb_push(skb, static_cast<u32>(skb->data - skb_network_header(skb)));
  chargeAndQueue(sk, skb);
  return call.result(0);
}

// True if a socket matched, even if it did not want this one: then nobody is told that the protocol is unknown.
static bool raw_v4_input(const net* net, const sk_buff* skb, const iphdr* iph, u32 hash) {
  bool delivered = false;
  for (const sock* sk = sk_head(raw_hlist(hash)); sk; sk = sk_next(sk)) {
    if (!raw_v4_match(net, sk, iph->protocol, iph->saddr, iph->daddr, IPCB(skb)->iif)) continue;
    delivered = true;
    if (iph->protocol == IPPROTO_ICMP && icmp_filter(sk, skb)) continue;
    if (!ip_mc_sf_allow(sk, iph->daddr, iph->saddr, skb->dev->ifindex, 0)) continue;
    if (const sk_buff* clone = skb_clone(skb, GFP_ATOMIC)) raw_rcv(sk, clone);
  }
  return delivered;
}

int raw_local_deliver(const sk_buff* skb, int protocol) {
  KFUNC(raw_local_deliver, skb, protocol);
  const net* net = dev_net(skb->dev);
  return call.result(
      static_cast<int>(raw_v4_input(net, skb, ip_hdr(skb), raw_hashfunc(net, static_cast<u32>(protocol)))));
}

static void raw_err(const sock* sk, const sk_buff* skb, u32 info) {
  KFUNC(raw_err, sk, skb, info);
  const inet_sock* inet = inet_sk(sk);
  const u8 type = icmp_hdr(skb)->type, code = icmp_hdr(skb)->code;
  const bool tooBig = type == ICMP_DEST_UNREACH && code == 4 /* ICMP_FRAG_NEEDED */;
  if (tooBig) ipv4_sk_update_pmtu(skb, sk, info);
  else if (type == ICMP_REDIRECT) return ipv4_sk_redirect(skb, sk);
  if ((!inet->recverr && sk->sk_state != TCP_ESTABLISHED) || type == ICMP_SOURCE_QUENCH) return;
  int err = EHOSTUNREACH;
  bool harderr = false;
  if (type == ICMP_PARAMETERPROB) err = EPROTO, harderr = true;
  else if (tooBig) err = EMSGSIZE, harderr = inet->pmtudisc != IP_PMTUDISC_DONT;
  else if (type == ICMP_DEST_UNREACH && code <= NR_ICMP_UNREACH)
    err = icmp_err_convert[code].error, harderr = icmp_err_convert[code].fatal;
  if (inet->recverr) {
    const auto* iph = reinterpret_cast<const iphdr*>(skb->data.get());
    ip_icmp_error(sk, skb, err, 0, info, inet->hdrincl ? skb->data.get() : skb->data + iph->ihl * 4);
  }
  if (!inet->recverr && !harderr) return;
  set(sk->sk_err, err);
  sk_error_report(sk);
}

// An ICMP error quotes a packet of this protocol: its sender may be a raw socket.
void raw_icmp_error(const sk_buff* skb, int protocol, u32 info) {
  KFUNC(raw_icmp_error, skb, protocol, info);
  const auto* iph = reinterpret_cast<const iphdr*>(skb->data.get());
  const net* net = dev_net(skb->dev);
  for (const sock* sk = sk_head(raw_hlist(raw_hashfunc(net, static_cast<u32>(protocol)))); sk; sk = sk_next(sk))
    if (raw_v4_match(net, sk, iph->protocol, iph->daddr, iph->saddr, skb->dev->ifindex)) raw_err(sk, skb, info);
}

} // namespace sockwalk::kernel
