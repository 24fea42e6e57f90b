// IPsec policies: this kernel has none, so every look-up gives the route back as it came.
#pragma once
#include "engine/kernel/include/net/dst.h"

namespace sockwalk::kernel {

const dst_entry* xfrm_lookup(const net* net, const dst_entry* dst, const flowi4* fl, const sock* sk, int flags);
const dst_entry* xfrm_lookup_route(const net* net, const dst_entry* dst, const flowi4* fl, const sock* sk, int flags);
// The flow that a packet belongs to, read from its headers; reverse: the answer's.
int __xfrm_decode_session(const sk_buff* skb, const flowi4* fl, u32 family, int reverse);

} // namespace sockwalk::kernel
