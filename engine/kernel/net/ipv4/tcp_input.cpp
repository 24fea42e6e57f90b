// TCP reception, as far as it is built: no connection exists, so no segment finds one.
#include "engine/kernel/include/linux/napi.h"
#include "engine/kernel/include/net/ip_receive.h"

namespace sockwalk::kernel {

int tcp_v4_early_demux(const sk_buff*) { return 0; } // no connection yet that could be found early

static u16 tcp_v4_check(const sk_buff* skb, u32 base) {
  return csum_tcpudp_magic(ip_hdr(skb)->saddr, ip_hdr(skb)->daddr, skb->len, IPPROTO_TCP, base);
}

static skb_drop_reason refusal(const sk_buff* skb) {
  if (skb->pkt_type != PACKET_HOST) return SKB_DROP_REASON_NOT_SPECIFIED;
  if (!pskb_may_pull(skb, sizeof(tcphdr))) return SKB_DROP_REASON_NOT_SPECIFIED;
  if (tcp_hdr(skb)->doff < 5) return SKB_DROP_REASON_PKT_TOO_SMALL;
  if (!pskb_may_pull(skb, tcp_hdr(skb)->doff * 4u)) return SKB_DROP_REASON_NOT_SPECIFIED;
  const u32 pseudo = csum_unfold(static_cast<u16>(~tcp_v4_check(skb, 0)));
  if (__skb_checksum_validate(skb, IPPROTO_TCP, false, false, tcp_hdr(skb)->check, pseudo) || skb_checksum_complete(skb))
    return SKB_DROP_REASON_TCP_CSUM;
  return SKB_DROP_REASON_NO_SOCKET;
}

int tcp_v4_rcv(const sk_buff* skb) {
  KFUNC(tcp_v4_rcv, skb);
  SIMPLIFIED("TCP connections are not built yet: a segment is checked and dropped, and no RST is sent");
  kfree_skb_reason(skb, refusal(skb));
  return call.result(0);
}

int tcp_v4_err(const sk_buff* skb, u32 info) {
  KFUNC(tcp_v4_err, skb, info);
  SIMPLIFIED("TCP connections are not built yet: nobody to tell");
  return call.result(-ENOENT);
}

} // namespace sockwalk::kernel
