// Sleeping on a socket: the task lets go of the lock while it sleeps, so that packets can be worked on, and takes it
// again before it looks whether what it waits for has come. Source: include/net/sock.h, kernel/sched/wait.c.
#pragma once
#include "engine/kernel/include/net/sock.h"

namespace sockwalk::kernel {

s32 woken_wake_function(const wait_queue_entry* entry, u32 mode, s32 flags, const void* key);
// Sleeps unless a wake-up came since the entry was queued; jiffies that are left.
s64 wait_woken(const wait_queue_entry* entry, u32 mode, s64 timeout);
void init_wait_func(const wait_queue_entry* entry,
                    const TypedSymbol<s32(const wait_queue_entry*, u32, s32, const void*)>& func);
bool signal_pending(const task_struct* task); // kernel/signal.cpp

// One round of waiting: 1 if the condition holds, 0 if not (yet), -EPIPE if the connection was cut meanwhile.
template <class Condition>
int sk_wait_event(const sock* sk, s64* timeo, const wait_queue_entry* wait, const Condition& condition,
                  bool quietly = false) { // quietly: in sock.c the compiler put lock_sock() into its callers
  const int disconnects = sk->sk_disconnects;
  release_sock(sk);
  int rc = condition();
  if (!rc) {
    NOTE("task.waits", get_current()->pid, sk);
    *timeo = wait_woken(wait, TASK_INTERRUPTIBLE, *timeo);
  }
  if (!quietly || sock_owned_by_user(sk)) lock_sock(sk);
  else set(sk->sk_lock.owned, 1);
  rc = disconnects == sk->sk_disconnects ? condition() : -EPIPE;
  return rc;
}

} // namespace sockwalk::kernel
