// Asking a file what can be done with it, and leaving word on the wait queues where that may change.
//
// poll(2), select(2) and epoll hand a poll_table to the file's poll function. The function names its wait queues with
// poll_wait(); whoever asks has put a function of his own into the table, which puts an entry on each queue.
// Source: include/linux/poll.h.
#pragma once
#include "engine/kernel/include/linux/fs.h"
#include "engine/kernel/include/linux/wait.h"
#include "engine/memory/constants/files.h"

namespace sockwalk::kernel {

// The type of a queue as the function in the table has it.
inline const struct wait_queue_head_t* queueType(const wait_queue_head* q) {
  return reinterpret_cast<const struct wait_queue_head_t*>(q);
}
inline const wait_queue_head* queueOf(const struct wait_queue_head_t* q) {
  return reinterpret_cast<const wait_queue_head*>(q);
}
inline void poll_wait(const file* filp, const wait_queue_head* wait_address, const poll_table_struct* p) {
  if (p && p->_qproc && wait_address) p->_qproc(filp, queueType(wait_address), p);
}
inline bool poll_does_not_wait(const poll_table_struct* p) { return !p || !p->_qproc; }
inline u32 poll_requested_events(const poll_table_struct* p) { return p ? p->_key : ~0u; }
inline u32 vfs_poll(const file* f, const poll_table_struct* p) {
  return f->f_op->poll ? f->f_op->poll(f, p) : DEFAULT_POLLMASK;
}
inline bool file_can_poll(const file* f) { return static_cast<bool>(f->f_op->poll); }

// How much later than asked a sleep may end, in ns: a thousandth of it, 100 ms at most.
u64 select_estimate_accuracy(s64 timeout);
// Until `expires` (ns of the machine's clock; -1: for ever) or a wake-up. 0: the time is up.
int schedule_hrtimeout_range(s64 expires, u64 delta);

} // namespace sockwalk::kernel
