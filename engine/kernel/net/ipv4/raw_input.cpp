// Raw sockets see each packet of their protocol, with its IP header, before the protocol itself does.
#include "engine/kernel/include/linux/igmp.h"
#include "engine/kernel/include/linux/netfilter/nf_conntrack_common.h"
#include "engine/kernel/include/net/icmp.h"
#include "engine/kernel/include/net/ip.h"
#include "engine/kernel/include/net/raw.h"
#include "engine/kernel/net/ipv4/raw_internal.h"

namespace sockwalk::kernel {

// The protocol is what a port is elsewhere. Of the two addresses and the device only what the socket fixed counts.
static bool raw_v4_match(const net* net, const sock* sk, u16 num, u32 raddr, u32 laddr, int dif) {
  const inet_sock* inet = inet_sk(sk);
  const auto accepts = [](u32 asked, u32 found) { return !asked || asked == found; };
  const bool fromPeer = accepts(inet->inet_daddr, raddr), toUs = accepts(inet->inet_rcv_saddr, laddr);
  const bool byDevice = accepts(static_cast<u32>(sk->sk_bound_dev_if), static_cast<u32>(dif));
  return num == inet->inet_num && fromPeer && toUs && byDevice && sock_net(sk) == net;
}

// ICMP_FILTER of the socket: a set bit means that it does not want this type. True too if there is no whole header.
static bool isFilteredOut(const sock* sk, const sk_buff* skb) {
  const int at = skb_transport_offset(skb);
  u8 header[sizeof(icmphdr)];
  const bool apart = skb_headlen(skb) < static_cast<u32>(at) + sizeof header; // it lies in pages, not in one piece
  if (apart && skb_copy_bits(skb, at, header, sizeof header)) return true;
  const u8 type = apart ? header[0] : *skb_transport_header(skb);
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
  nf_reset_ct(skb);
  skb_push(skb, static_cast<u32>(skb->data - skb_network_header(skb)));
  chargeAndQueue(sk, skb);
  return call.result(0);
}

// Does this socket want to see the packet, now that it is for its protocol?
static bool wantsPacket(const sock* sk, const sk_buff* skb, const iphdr* iph) {
  if (iph->protocol == IPPROTO_ICMP && isFilteredOut(sk, skb)) return false;
  return ip_mc_sf_allow(sk, iph->daddr, iph->saddr, skb->dev->ifindex, 0);
}

// True if a socket matched, even if it did not want this one: then nobody is told that the protocol is unknown.
static bool raw_v4_input(const net* net, const sk_buff* skb, const iphdr* iph, u32 hash) {
  bool anybody = false;
  for (const sock* sk = sk_head(raw_hlist(hash)); sk; sk = sk_next(sk)) {
    const bool matches = raw_v4_match(net, sk, iph->protocol, iph->saddr, iph->daddr, IPCB(skb)->iif);
    anybody |= matches;
    if (!matches || !wantsPacket(sk, skb, iph)) continue;
    if (const sk_buff* copy = skb_clone(skb, GFP_ATOMIC)) raw_rcv(sk, copy);
  }
  return anybody;
}

int raw_local_deliver(const sk_buff* skb, int protocol) {
  KFUNC(raw_local_deliver, skb, protocol);
  const net* net = dev_net(skb->dev);
  const u32 slot = raw_hashfunc(net, static_cast<u32>(protocol));
  const bool anybody = raw_v4_input(net, skb, ip_hdr(skb), slot);
  return call.result(static_cast<int>(anybody));
}

namespace {
bool isTooBig(const icmphdr* icmph) { return icmph->type == ICMP_DEST_UNREACH && icmph->code == 4; } // FRAG_NEEDED

// What an ICMP error means to the sender of the packet that it quotes.
IcmpErrorMeaning meaningOf(const icmphdr* icmph, int pmtudisc) {
  if (icmph->type == ICMP_PARAMETERPROB) return {EPROTO, true};
  if (isTooBig(icmph)) return {EMSGSIZE, pmtudisc != IP_PMTUDISC_DONT}; // without discovery it is cut up next time
  if (icmph->type != ICMP_DEST_UNREACH || icmph->code > NR_ICMP_UNREACH) return {EHOSTUNREACH, false};
  return icmp_err_convert[icmph->code];
}
} // namespace

static void raw_err(const sock* sk, const sk_buff* skb, u32 info) {
  KFUNC(raw_err, sk, skb, info);
  INLINED();
  const inet_sock* inet = inet_sk(sk);
  const icmphdr* icmph = icmp_hdr(skb);
  if (isTooBig(icmph)) ipv4_sk_update_pmtu(skb, sk, info);
  if (icmph->type == ICMP_REDIRECT) return ipv4_sk_redirect(skb, sk);
  const bool wantsAll = inet->recverr, connected = sk->sk_state == TCP_ESTABLISHED;
  if (icmph->type == ICMP_SOURCE_QUENCH || !(wantsAll || connected)) return;
  const IcmpErrorMeaning meaning = meaningOf(icmph, inet->pmtudisc);
  if (wantsAll) {
    const auto* quoted = reinterpret_cast<const iphdr*>(skb->data.get());
    const u8* quotedData = inet->hdrincl ? skb->data.get() : skb->data + quoted->ihl * 4;
    ip_icmp_error(sk, skb, meaning.error, 0, info, quotedData);
  }
  if (!wantsAll && !meaning.fatal) return;
  mark(BufferMark::Handled, skb, sk);
  set(sk->sk_err, meaning.error);
  sk_error_report(sk);
}

// An ICMP error quotes a packet of this protocol: its sender may be a raw socket.
void raw_icmp_error(const sk_buff* skb, int protocol, u32 info) {
  KFUNC(raw_icmp_error, skb, protocol, info);
  const auto* quoted = reinterpret_cast<const iphdr*>(skb->data.get());
  const net* net = dev_net(skb->dev);
  const hlist_head* chain = raw_hlist(raw_hashfunc(net, static_cast<u32>(protocol)));
  for (const sock* sk = sk_head(chain); sk; sk = sk_next(sk)) {
    const bool sentIt = raw_v4_match(net, sk, quoted->protocol, quoted->daddr, quoted->saddr, skb->dev->ifindex);
    if (sentIt) raw_err(sk, skb, info);
  }
}

} // namespace sockwalk::kernel
