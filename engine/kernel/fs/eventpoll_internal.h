// What the two files of epoll share. eventpoll.cpp: items and how they become ready; eventpoll_ctl.cpp: the calls.
#pragma once
#include "engine/kernel/include/linux/list.h"
#include "engine/kernel/include/linux/poll.h"
#include "engine/kernel/include/linux/rbtree.h"

namespace sockwalk::kernel {

extern Global<kptr<kmem_cache>> epi_cache, pwq_cache, ephead_cache;
extern Global<file_operations> eventpoll_fops;

inline bool is_file_epoll(const file* f) { return f->f_op == eventpoll_fops; }
inline const eventpoll* eventpollOf(const file* f) { return static_cast<const eventpoll*>(f->private_data.get()); }
inline bool ep_is_linked(const epitem* epi) { return !list_empty(&epi->rdllink); }
// On the account of the user who made the instance.
inline void countWatch(const eventpoll* ep, s64 by) { add(ep->user->epoll_watches.count, by); }
inline void setRaw(const void* field, u64 value, int line = __builtin_LINE()) { setBytes(field, &value, 8, line); }

// The file and number that an item is for: both packed, so that the item stays small.
inline const file* fileOf(const epitem* epi) {
  u64 address;
  std::memcpy(&address, epi->ffd.file, 8);
  return t_arena->object<file>(address);
}
inline s32 fdOf(const epitem* epi) {
  s32 fd;
  std::memcpy(&fd, epi->ffd.fd, 4);
  return fd;
}
inline const epitem* itemOfNode(const rb_node* n) { return container_of(n, epitem, rbn); }

bool ep_refcount_dec_and_test(const eventpoll* ep);
void ep_free(const eventpoll* ep);
void ep_clear_and_put(const eventpoll* ep);
void ep_remove(const eventpoll* ep, const epitem* epi);
u32 ep_item_poll(const epitem* epi, const poll_table_struct* pt, int depth);
void ep_ptable_queue_proc(const file* file, const struct wait_queue_head_t* whead, const poll_table_struct* pt);
void ep_start_scan(const eventpoll* ep, const list_head* txlist);
void ep_done_scan(const eventpoll* ep, const list_head* txlist);
// Somebody may wait for this item: in epoll_wait(), or because the instance is itself watched.
void wakeWaiters(const eventpoll* ep);

} // namespace sockwalk::kernel
