// GRO: packets of one flow that came together go up the stack as one.
// Source: include/net/gro.h.
#pragma once
#include "engine/kernel/include/linux/skbuff.h"
#include "engine/kernel/include/net/checksum.h"
#include "engine/memory/constants/skbuff.h"

namespace sockwalk::kernel {

void gro_normal_list(const napi_struct* napi);
int skb_gro_receive(const sk_buff* p, const sk_buff* skb);
inline const napi_gro_cb* NAPI_GRO_CB(const sk_buff* skb) { return controlBlock<napi_gro_cb>(skb); }
inline u32 skb_gro_offset(const sk_buff* skb) { return static_cast<u32>(NAPI_GRO_CB(skb)->data_offset); }
inline u32 skb_gro_len(const sk_buff* skb) { return skb->len - skb_gro_offset(skb); }
inline void skb_gro_pull(const sk_buff* skb, u32 len) { add(NAPI_GRO_CB(skb)->data_offset, len); }
// A header inside the linear part; nullptr if the packet is too short.
const u8* skb_gro_header(const sk_buff* skb, u32 hlen, u32 offset);
u16 __skb_gro_checksum_complete(const sk_buff* skb);
inline void groFlush(const sk_buff* skb, u32 flush) { set(NAPI_GRO_CB(skb)->flush, NAPI_GRO_CB(skb)->flush | flush); }

// ---- checksums of what is gathered
inline u32 inet_gro_compute_pseudo(const sk_buff* skb, int proto) {
  const auto* iph = ip_hdr(skb);
  return csum_tcpudp_nofold(iph->saddr, iph->daddr, skb_gro_len(skb), static_cast<u8>(proto), 0);
}
// 0: it is right (and the packet says so from now on), or there is none where none is needed.
inline u16 skb_gro_checksum_validate(const sk_buff* skb, int proto, bool zero_okay, u16 check) {
  const napi_gro_cb* cb = NAPI_GRO_CB(skb);
  if (cb->csum_cnt == 0 && (!zero_okay || check)) {
    const u32 pseudo = inet_gro_compute_pseudo(skb, proto);
    const bool known = cb->csum_valid && !csum_fold(csum_add(pseudo, cb->csum));
    if (!known) {
      set(cb->csum, pseudo);
      if (const u16 sum = __skb_gro_checksum_complete(skb)) return sum;
    }
  }
  if (cb->csum_cnt > 0) {
    set(cb, napi_gro_cb::bit::csum_cnt, cb->csum_cnt - 1);
  } else if (skb->ip_summed == CHECKSUM_UNNECESSARY) {
    if (skb->csum_level < 3) set(skb, sk_buff::bit::csum_level, skb->csum_level + 1);
  } else if (skb->ip_summed == CHECKSUM_NONE) {
    set(skb, sk_buff::bit::ip_summed, CHECKSUM_UNNECESSARY);
    set(skb, sk_buff::bit::csum_level, 0);
  }
  return 0;
}

} // namespace sockwalk::kernel
