// Chains that end not with a null pointer but with an odd number that says which chain it was ("nulls"): a reader that
// was carried to another chain notices.
// Source: include/linux/list_nulls.h.
#pragma once
#include "engine/kernel/include/linux/kernel.h"

namespace sockwalk::kernel {

// Their chains end not with a null pointer but with an odd number that says which chain it was ("nulls"): a reader
// that was carried to another chain notices. Source: include/linux/list_nulls.h.
inline bool is_a_nulls(u64 pointer) { return pointer & 1; }
inline void INIT_HLIST_NULLS_HEAD(const hlist_nulls_head* h, u64 nulls) {
  const u64 mark = nulls << 1 | 1;
  setBytes(&h->first, &mark, 8);
}

} // namespace sockwalk::kernel
