// Something that is done once, and a task that waits for it. Source: include/linux/completion.h.
#pragma once
#include "engine/kernel/include/linux/sched.h"

namespace sockwalk::kernel {

inline void init_completion(const completion* x) {
  set(x->done, 0);
  INIT_LIST_HEAD(&x->wait.task_list);
}
void complete(const completion* x);
int wait_for_completion_state(const completion* x, u32 state); // 0, or -ERESTARTSYS

} // namespace sockwalk::kernel
