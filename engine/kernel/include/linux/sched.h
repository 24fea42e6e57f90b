// The running task and what it may do. Source: include/linux/{sched,cred,capability}.h.
#pragma once
#include "engine/kernel/include/linux/slab.h"
#include "engine/memory/constants/process.h"

namespace sockwalk::kernel {

extern Global<cred> init_cred;
extern Global<user_namespace> init_user_ns;
extern Global<nsproxy> init_nsproxy;
void image_cred();

inline const task_struct* get_current() { return currentTask().task; }
// Who the running task is; while the kernel boots, and nobody runs, the first task's.
inline const cred* current_cred() { return machine().current() ? get_current()->cred.get() : init_cred.get(); }
inline const net* current_net_ns() { return get_current()->nsproxy->net_ns; }
const cred* prepare_creds(); // a copy of the running task's, to change and commit
int commit_creds(const cred* cred);
inline const cred* get_cred(const cred* c) {
  add(c->usage.counter, 1);
  return c;
}
void put_cred(const cred* c);

bool ns_capable(const user_namespace* ns, int cap);
bool capable(int cap);

// Sleeps until woken or until `timeout` jiffies have passed; gives what is left of them (0: time is up).
s64 schedule_timeout(s64 timeout);

} // namespace sockwalk::kernel
