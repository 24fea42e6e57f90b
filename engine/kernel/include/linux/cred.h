// Who a task is, and what it may do.
// Source: include/linux/cred.h, include/linux/capability.h.
#pragma once
#include "engine/kernel/include/linux/sched.h"
#include "engine/kernel/machine/machine.h"

namespace sockwalk::kernel {

// Who the running task is; while the kernel boots, and nobody runs, the first task's.
inline const cred* current_cred() { return machine().current() ? get_current()->cred.get() : init_cred.get(); }
const cred* prepare_creds(); // a copy of the running task's, to change and commit
int commit_creds(const cred* cred);
inline const cred* get_cred(const cred* c) {
  add(c->usage.counter, 1);
  return c;
}
void put_cred(const cred* c);
bool ns_capable(const user_namespace* ns, int cap);
bool capable(int cap);
void changeCapability(const task_struct* task, u32 cap, bool on); // from outside: no program asks for it

} // namespace sockwalk::kernel
