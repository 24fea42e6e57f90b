#include "engine/kernel/net/core/utils.h"

namespace sockwalk::kernel {

static u32 corrected(u32 sum, u32 from, u32 to) { return csum_add(csum_sub(sum, from), to); }

void csum_replace4(const u16& sum, u32 from, u32 to) {
  set(sum, csum_fold(corrected(static_cast<u16>(~sum), from, to)));
}

void inet_proto_csum_replace4(const u16* sum, const sk_buff* skb, u32 from, u32 to, bool pseudohdr) {
  KFUNC(inet_proto_csum_replace4, sum, skb, from, to, pseudohdr);
  if (skb->ip_summed == CHECKSUM_PARTIAL) { // the sum of the pseudo header, not inverted yet
    if (pseudohdr) set(*sum, static_cast<u16>(~csum_fold(corrected(*sum, from, to))));
    return;
  }
  csum_replace4(*sum, from, to);
  if (skb->ip_summed == CHECKSUM_COMPLETE && pseudohdr) set(skb->csum, ~corrected(~u32(skb->csum), from, to));
}

} // namespace sockwalk::kernel
