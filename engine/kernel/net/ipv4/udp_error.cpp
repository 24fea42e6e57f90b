// ICMP errors about our own datagrams, carried to the socket that sent them.
#include "engine/kernel/include/net/icmp.h"
#include "engine/kernel/include/net/ip.h"
#include "engine/kernel/include/net/udp.h"
#include "engine/kernel/include/net/udplite.h"

namespace sockwalk::kernel {

// What an ICMP error means to the socket. 0: nothing that it should hear of.
static int meaningOf(const sk_buff* skb, const sock* sk, u32 info, bool* harderr) {
  const icmphdr* icmph = icmp_hdr(skb);
  switch (icmph->type) {
  case ICMP_SOURCE_QUENCH: return 0;
  case ICMP_REDIRECT: return ipv4_sk_redirect(skb, sk), 0;
  case ICMP_PARAMETERPROB: return *harderr = true, EPROTO;
  case ICMP_DEST_UNREACH:
    if (icmph->code == 4 /* ICMP_FRAG_NEEDED */) {
      ipv4_sk_update_pmtu(skb, sk, info);
      if (inet_sk(sk)->pmtudisc == IP_PMTUDISC_DONT) return 0; // it will be cut up, and nobody need know
      return *harderr = true, EMSGSIZE;
    }
    if (icmph->code > NR_ICMP_UNREACH) return EHOSTUNREACH;
    *harderr = icmp_err_convert[icmph->code].fatal;
    return icmp_err_convert[icmph->code].error;
  default: return EHOSTUNREACH;
  }
}

// Whose datagram is it that the message quotes? The sender looks at it the other way round than a receiver.
static const sock* senderOf(const sk_buff* skb, const iphdr* quoted, const udphdr* uh, const struct udp_table* table) {
  const net_device* dev = skb->dev;
  return __udp4_lib_lookup(dev_net(dev), quoted->daddr, uh->dest, quoted->saddr, uh->source, dev->ifindex, 0, table,
                           nullptr);
}

// The quoted datagram was sent by this socket: a connected one learns of a lasting error with its next call, one that
// asked for all of them (IP_RECVERR) finds each in its error queue (RFC 1122 4.1.3.3).
static int __udp4_lib_err(const sk_buff* skb, u32 info, const struct udp_table* udptable) {
  KFUNC(__udp4_lib_err, skb, info, udptable);
  const auto* iph = reinterpret_cast<const iphdr*>(skb->data.get());
  const auto* uh = reinterpret_cast<const udphdr*>(skb->data + iph->ihl * 4);
  const sock* sk = senderOf(skb, iph, uh, udptable);
  if (!sk) return call.result(-ENOENT);
  bool lasting = false;
  const int err = meaningOf(skb, sk, info, &lasting);
  if (!err) return call.result(0);
  const bool wantsAll = inet_sk(sk)->recverr, connected = sk->sk_state == TCP_ESTABLISHED;
  if (wantsAll) ip_icmp_error(sk, skb, err, uh->dest, info, reinterpret_cast<const u8*>(uh + 1));
  if (wantsAll || (lasting && connected)) {
    mark(BufferMark::Handled, skb, sk);
    set(sk->sk_err, err);
    sk_error_report(sk);
  }
  return call.result(0);
}

int udplite_err(const sk_buff* skb, u32 info) {
  KFUNC(udplite_err, skb, info);
  return call.result(__udp4_lib_err(skb, info, udplite_table));
}

int udp_err(const sk_buff* skb, u32 info) {
  KFUNC(udp_err, skb, info);
  const icmphdr* icmph = icmp_hdr(skb); // what it says of the path holds whether the socket is found or not
  if (icmph->type == ICMP_DEST_UNREACH && icmph->code == 4 /* ICMP_FRAG_NEEDED */)
    ipv4_update_pmtu(skb, dev_net(skb->dev), info, 0, IPPROTO_UDP);
  else if (icmph->type == ICMP_REDIRECT) ipv4_redirect(skb, dev_net(skb->dev), 0, IPPROTO_UDP);
  return call.result(__udp4_lib_err(skb, info, udp_table));
}

} // namespace sockwalk::kernel
