// Errors that wait in a queue of their own.
// Source: include/linux/errqueue.h.
#pragma once
#include "engine/kernel/include/linux/skbuff.h"

namespace sockwalk::kernel {

inline const sock_exterr_skb* SKB_EXT_ERR(const sk_buff* skb) { return controlBlock<sock_exterr_skb>(skb); }

} // namespace sockwalk::kernel
