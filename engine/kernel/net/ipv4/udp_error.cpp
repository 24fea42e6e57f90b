#include "engine/kernel/include/net/icmp_receive.h"
#include "engine/kernel/include/net/ip_receive.h"
#include "engine/kernel/include/net/udp.h"

namespace sockwalk::kernel {

// What an ICMP error means to the socket. 0: nothing that it should hear of.
static int meaningOf(const icmphdr* icmph, bool* harderr) {
  switch (icmph->type) {
  case 4: return 0; // ICMP_SOURCE_QUENCH
  case 5: return 0; // ICMP_REDIRECT
  case 12: return *harderr = true, EPROTO;
  case 3:
    if (icmph->code == 4 /* ICMP_FRAG_NEEDED */) return *harderr = true, EMSGSIZE;
    if (icmph->code > 15) return EHOSTUNREACH;
    *harderr = icmp_err_convert[icmph->code].fatal;
    return icmp_err_convert[icmph->code].error;
  default: return EHOSTUNREACH;
  }
}

// The quoted datagram was sent by this socket: a connected one learns of it with its next call (RFC 1122 4.1.3.3).
static int __udp4_lib_err(const sk_buff* skb, u32 info, const struct udp_table* udptable) {
  KFUNC(__udp4_lib_err, skb, info, udptable);
  SIMPLIFIED("the path MTU is not learned, the error queue (IP_RECVERR) is not filled");
  const auto* iph = reinterpret_cast<const iphdr*>(skb->data.get());
  const auto* uh = reinterpret_cast<const udphdr*>(skb->data + iph->ihl * 4);
  const sock* sk = __udp4_lib_lookup(dev_net(skb->dev), iph->daddr, uh->dest, iph->saddr, uh->source,
                                     skb->dev->ifindex, 0, udptable, nullptr);
  if (!sk) return call.result(-ENOENT);
  bool harderr = false;
  const int err = meaningOf(icmp_hdr(skb), &harderr);
  if (!err || !harderr || sk->sk_state != TCP_ESTABLISHED) return call.result(0);
  set(sk->sk_err, err);
  sk_error_report(sk);
  return call.result(0);
}

int udp_err(const sk_buff* skb, u32 info) {
  KFUNC(udp_err, skb, info);
  return call.result(__udp4_lib_err(skb, info, udp_table));
}

} // namespace sockwalk::kernel
