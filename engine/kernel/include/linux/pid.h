// Who a process is for those who outlive it: struct pid keeps a number's meaning as long as somebody refers to it, even
// when the process is gone and its number is another's. And the user on whose account it holds things.
// Source: include/linux/pid.h, include/linux/cred.h, include/linux/sched/user.h.
#pragma once
#include "engine/kernel/include/linux/cred.h"
#include "engine/kernel/include/linux/sched.h"

namespace sockwalk::kernel {

const pid* alloc_pid(int nr); // a new process's
inline const pid* task_tgid(const task_struct* task) { return task->thread_pid; }
const pid* find_get_pid(int nr); // with a reference; nullptr: there is no such process
const pid* get_pid(const pid* pid);
void put_pid(const pid* pid);
s32 pid_vnr(const pid* pid);                   // 0 for nobody
s32 __task_pid_nr_ns(const task_struct* task); // of its process (PIDTYPE_TGID), as the caller's namespace knows it

// ---- kernel/user.cpp
extern Global<user_struct> root_user;
const user_struct* alloc_uid(u32 uid); // the account of that user, with a reference
const user_struct* get_uid(const user_struct* user);
void free_uid(const user_struct* user);
inline const user_struct* current_user() { return current_cred()->user; }

} // namespace sockwalk::kernel
