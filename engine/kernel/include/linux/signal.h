// Signals, as far as sockets need them: SIGPIPE to who writes to a connection that is gone, and any other to end a call
// that sleeps (EINTR). Source: include/linux/sched/signal.h, kernel/signal.c.
#pragma once
#include "engine/kernel/include/linux/sched.h"

namespace sockwalk::kernel {

constexpr u64 TIF_SIGPENDING_BIT = 1ull << 2;

bool signal_pending(const task_struct* task); // kernel/signal.cpp
// The signal that a writer without a reader gets; engine/kernel/kernel/signal.cpp delivers it.
void send_sig(int sig, const task_struct* p, int priv);
void init_sighand(const task_struct* p); // all at their default
void copy_sighand(const task_struct* child, const task_struct* parent);
void ignore_signal(const task_struct* p, int sig);
// On the way back to user mode: takes what is pending. True: the task is ended by it.
bool do_signal(const task_struct* p);
[[nodiscard]] bool signalEnds(const task_struct* p, int sig); // its action is the default one, and that is to end
void do_exit(const task_struct* p, int code);                 // the descriptors are closed

int set_user_sigmask(u64 umask, u64 sigsetsize); // fs/select.cpp: for ppoll(), pselect() and epoll_pwait()

void release_task(const task_struct* p); // it has left, and nobody asks how it ended

} // namespace sockwalk::kernel
