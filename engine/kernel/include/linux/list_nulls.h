// Chains that end not with a null pointer but with an odd number that says which chain it was ("nulls"): a reader that
// was carried to another chain notices. Each node knows its successor and the place, in the head or in its predecessor, that
// points to it; the last one's successor is the odd number, so links are handled as words, not as pointers.
// Source: include/linux/list_nulls.h, include/linux/rculist_nulls.h.
#pragma once
#include "engine/kernel/include/linux/list.h"

namespace sockwalk::kernel {

inline bool is_a_nulls(u64 pointer) { return pointer & 1; }
inline void setLink(const void* to, u64 word, int line = __builtin_LINE()) { setBytes(to, &word, 8, line); }
inline void INIT_HLIST_NULLS_HEAD(const hlist_nulls_head* h, u64 nulls, int line = __builtin_LINE()) {
  setLink(&h->first, nulls << 1 | 1, line);
}
inline u64 linkedFrom(const hlist_nulls_node* n) { return *reinterpret_cast<const u64*>(&n->pprev); }

inline void hlist_nulls_add_head(const hlist_nulls_node* n, const hlist_nulls_head* h, int line = __builtin_LINE()) {
  const u64 follower = h->first.value;
  setLink(&n->next, follower, line);
  setAddress(&n->pprev, &h->first, line);
  setAddress(&h->first, n, line);
  if (!is_a_nulls(follower)) setAddress(&n->next->pprev, &n->next, line);
}
// What points to the node points to its successor; its own links stay, for a reader who stands on it.
inline void hlist_nulls_del(const hlist_nulls_node* n, int line = __builtin_LINE()) {
  setLink(t_arena->object<u8>(linkedFrom(n)), n->next.value, line);
  if (!is_a_nulls(n->next.value)) setLink(&n->next->pprev, linkedFrom(n), line);
}

} // namespace sockwalk::kernel
