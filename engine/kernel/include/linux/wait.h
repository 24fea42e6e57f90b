// Wait queues: who sleeps for what. A sleeper puts an entry with its task on the queue; a waker calls each entry's
// function, which makes the task runnable and may take the entry off. Source: include/linux/wait.h, kernel/sched/wait.c.
#pragma once
#include "engine/kernel/include/linux/list.h"
#include "engine/kernel/include/linux/sched.h"
#include "engine/memory/constants/process.h"

namespace sockwalk::kernel {

inline void init_waitqueue_head(const wait_queue_head* wq) { INIT_LIST_HEAD(&wq->head); }
inline bool waitqueue_active(const wait_queue_head* wq) { return !list_empty(&wq->head); }
void prepare_to_wait(const wait_queue_head* wq, const wait_queue_entry* entry, u32 state);
void prepare_to_wait_exclusive(const wait_queue_head* wq, const wait_queue_entry* entry, u32 state);
void finish_wait(const wait_queue_head* wq, const wait_queue_entry* entry);
void add_wait_queue(const wait_queue_head* wq, const wait_queue_entry* entry);
void remove_wait_queue(const wait_queue_head* wq, const wait_queue_entry* entry);
// Wakes sleepers in `mode` until `nr_exclusive` exclusive ones are up (0: all). `key`: the poll events, as a number.
void __wake_up(const wait_queue_head* wq, u32 mode, int nr_exclusive, u32 key);
inline void wake_up(const wait_queue_head* wq) { __wake_up(wq, TASK_NORMAL, 1, 0); }
inline void wake_up_interruptible_all(const wait_queue_head* wq) { __wake_up(wq, TASK_INTERRUPTIBLE, 0, 0); }
inline void wake_up_interruptible_poll(const wait_queue_head* wq, u32 key) {
  __wake_up(wq, TASK_INTERRUPTIBLE, 1, key);
}
void init_wait(const wait_queue_entry* entry); // of the running task; leaves the queue when woken
s32 autoremove_wake_function(const wait_queue_entry* entry, u32 mode, s32 flags, const void* key);
s32 default_wake_function(const wait_queue_entry* entry, u32 mode, s32 flags, const void* key);

// ---- sleeping: the lock is let go meanwhile, so that packets can be worked on
s32 woken_wake_function(const wait_queue_entry* entry, u32 mode, s32 flags, const void* key);
// Sleeps unless a wake-up came since the entry was queued; jiffies that are left.
s64 wait_woken(const wait_queue_entry* entry, u32 mode, s64 timeout);
void init_wait_func(const wait_queue_entry* entry,
                    const TypedSymbol<s32(const wait_queue_entry*, u32, s32, const void*)>& func);

} // namespace sockwalk::kernel
