// Signals, as far as sockets need them: SIGPIPE to who writes to a connection that is gone, and any other to end a call
// that sleeps (EINTR). Source: include/linux/sched/signal.h, kernel/signal.c.
#pragma once
#include "engine/kernel/include/linux/sched.h"

namespace sockwalk::kernel {

constexpr int SIGINT = 2, SIGKILL = 9, SIGUSR1 = 10, SIGALRM = 14, SIGCHLD = 17, NSIG = 64;
constexpr u64 SIG_DFL = 0, SIG_IGN = 1; // as a handler; anything else is a function of the program
constexpr u64 TIF_SIGPENDING_BIT = 1ull << 2;
constexpr u64 SA_RESTART = 0x10000000;
constexpr int ERESTARTSYS = 512, ERESTARTNOINTR = 513, ERESTARTNOHAND = 514, ERESTART_RESTARTBLOCK = 516;

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
