// What all of netfilter needs of IPv4: is a packet's checksum right?
#include "engine/kernel/include/linux/netfilter.h"
#include "engine/kernel/include/linux/skbuff.h"
#include "engine/memory/constants/inet.h"
#include "engine/memory/constants/netfilter.h"

namespace sockwalk::kernel {

static bool hasPseudoHeader(u8 protocol) { return protocol == IPPROTO_TCP || protocol == IPPROTO_UDP; }

// The card summed all of the packet behind the link's header: with the pseudo header that must come out as nothing.
static bool cardSumIsRight(const sk_buff* skb, u32 dataoff, u8 protocol) {
  if (!hasPseudoHeader(protocol)) return !csum_fold(skb->csum);
  const iphdr* ip = ip_hdr(skb);
  return !csum_tcpudp_magic(ip->saddr, ip->daddr, skb->len - dataoff, protocol, skb->csum);
}

u16 nf_ip_checksum(const sk_buff* skb, u32 hook, u32 dataoff, u8 protocol) {
  KFUNC(nf_ip_checksum, skb, hook, dataoff, protocol);
  const bool summedByCard = skb->ip_summed == CHECKSUM_COMPLETE;
  if (!summedByCard && skb->ip_summed != CHECKSUM_NONE) return call.result(u16(0));
  if (summedByCard) {
    const bool cameIn = hook == NF_INET_PRE_ROUTING || hook == NF_INET_LOCAL_IN;
    if (!cameIn) return call.result(u16(0));
    if (cardSumIsRight(skb, dataoff, protocol)) {
      set(skb, sk_buff::bit::ip_summed, CHECKSUM_UNNECESSARY);
      return call.result(u16(0));
    }
  }
  const iphdr* ip = ip_hdr(skb);
  const u32 length = skb->len - dataoff;
  set(skb->csum, hasPseudoHeader(protocol) ? csum_tcpudp_nofold(ip->saddr, ip->daddr, length, protocol, 0) : 0);
  return call.result(__skb_checksum_complete(skb));
}

u16 nf_checksum(const sk_buff* skb, u32 hook, u32 dataoff, u8 protocol, u8 family) {
  KFUNC(nf_checksum, skb, hook, dataoff, protocol, family);
  SIMPLIFIED("IPv4 only");
  return call.result(nf_ip_checksum(skb, hook, dataoff, protocol));
}

} // namespace sockwalk::kernel
