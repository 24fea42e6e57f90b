// The running task and what it may do. Source: include/linux/{sched,cred,capability}.h.
#pragma once
#include "engine/kernel/include/linux/slab.h"
#include "engine/kernel/machine/machine.h"

namespace sockwalk::kernel {

extern Global<cred> init_cred;
extern Global<user_namespace> init_user_ns;
extern Global<nsproxy> init_nsproxy;

inline const task_struct* get_current() { return currentTask().task; }
inline const net* current_net_ns() { return get_current()->nsproxy->net_ns; }

// Sleeps until woken or until `timeout` jiffies have passed; gives what is left of them (0: time is up).
s64 schedule_timeout(s64 timeout);
int wake_up_process(const task_struct* task); // 1: it slept

} // namespace sockwalk::kernel
