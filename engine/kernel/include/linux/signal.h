// Signals, as far as sockets need them: SIGPIPE to who writes to a connection that is gone, and any other to end a call
// that sleeps (EINTR). Source: include/linux/sched/signal.h, kernel/signal.c.
#pragma once
#include "engine/kernel/include/linux/sched.h"
#include "engine/memory/constants/errors.h"
#include "engine/memory/constants/process.h"

namespace sockwalk::kernel {

constexpr u64 TIF_SIGPENDING_BIT = 1ull << 2;

bool signal_pending(const task_struct* p);
void send_sig(int sig, const task_struct* p, int priv);
void init_sighand(const task_struct* p); // all at their default
void copy_sighand(const task_struct* child, const task_struct* parent);
void ignore_signal(const task_struct* p, int sig);
// On the way back to user mode: takes what is pending. True: the task is ended by it.
bool do_signal(const task_struct* p);
[[nodiscard]] bool signalEnds(const task_struct* p, int sig); // its action is the default one, and that is to end
void do_exit(const task_struct* p, int code);                 // the descriptors are closed
void release_task(const task_struct* p);                      // it has left, and nobody asks how it ended

} // namespace sockwalk::kernel
