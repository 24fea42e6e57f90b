// Reading a header wherever it stands: in place in the linear part, or copied together from the fragments.
// Source: include/linux/skbuff.h.
#pragma once
#include "engine/kernel/include/linux/skbuff.h"
#include <cstring>

namespace sockwalk::kernel {

// `to` gets `len` bytes from `offset` on, counted from skb->data. False: the packet is shorter.
inline bool skb_header_copy(const sk_buff* skb, u32 offset, void* to, u32 len) {
  if (offset + len > skb_headlen(skb)) return !skb_copy_bits(skb, static_cast<int>(offset), to, static_cast<int>(len));
  std::memcpy(to, skb->data + offset, len);
  return true;
}

} // namespace sockwalk::kernel
