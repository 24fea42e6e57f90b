// Rings of list_heads, with pointers of four bytes. Source: include/linux/list.h.
#pragma once
#include "engine/kernel26/include/linux/kernel.h"

namespace sockwalk::kernel26 {

// The structure of which a member is known: the ring's link becomes the thing on the ring.
#define container_of(pointer, type, member)                                                                            \
  reinterpret_cast<const type*>(reinterpret_cast<const u8*>(pointer) - offsetof(type, member))

inline void INIT_LIST_HEAD(const list_head* ring) {
  set(ring->next, ring);
  set(ring->prev, ring);
}
// Behind `place`: at the front of a ring if that is its head.
inline void list_add(const list_head* link, const list_head* place) {
  const list_head* follower = place->next;
  set(follower->prev, link);
  set(link->next, follower);
  set(link->prev, place);
  set(place->next, link);
}
inline void list_del_init(const list_head* link) {
  const list_head *left = link->prev, *right = link->next;
  set(right->prev, left);
  set(left->next, right);
  INIT_LIST_HEAD(link);
}

} // namespace sockwalk::kernel26
