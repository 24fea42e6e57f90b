// Signals: a bit in the task's set of pending ones, a flag that makes its sleeps end, and, on the way back to user mode,
// what the program said should be done about it.
#include "engine/kernel/include/linux/signal.h"
#include "engine/kernel/include/linux/cred.h"
#include "engine/kernel/include/linux/fs.h"
#include "engine/kernel/include/linux/pid.h"
#include "engine/kernel/include/linux/pipe_fs_i.h"
#include "engine/kernel/include/linux/rcupdate.h"
#include "engine/kernel/syscalls.h"
#include "engine/memory/constants/signals.h"

namespace sockwalk::kernel {

// struct sighand_struct: a lock, a counter, a wait queue, then an action of 32 bytes for each signal, its handler first.
constexpr u32 SighandBytes = 2080, SighandActions = 32, ActionBytes = 32;

bool signal_pending(const task_struct* p) { return p->thread_info.flags & TIF_SIGPENDING_BIT; }

static const u8* actionOf(const task_struct* p, int sig) {
  u64 sighand;
  std::memcpy(&sighand, &p->sighand, 8);
  return t_arena->object<u8>(sighand) + SighandActions + (static_cast<u32>(sig) - 1) * ActionBytes;
}
static u64 handlerOf(const task_struct* p, int sig) {
  u64 handler;
  std::memcpy(&handler, actionOf(p, sig), 8);
  return handler;
}
void init_sighand(const task_struct* p) {
  setAddress(&p->sighand, kmallocBuffer(SighandBytes, GFP_KERNEL | __GFP_ZERO));
  INIT_LIST_HEAD(&p->pending.list);
}
void copy_sighand(const task_struct* child, const task_struct* parent) {
  init_sighand(child);
  setBytes(actionOf(child, 1), actionOf(parent, 1), NSIG * ActionBytes);
}
void ignore_signal(const task_struct* p, int sig) { setBytes(actionOf(p, sig), &SIG_IGN, 8); }

static bool ignoredByDefault(int sig) { return sig == SIGCHLD || sig == 23; /* SIGURG */ }
bool signalEnds(const task_struct* p, int sig) { return handlerOf(p, sig) == SIG_DFL && !ignoredByDefault(sig); }
static bool sig_ignored(const task_struct* p, int sig) {
  const u64 handler = handlerOf(p, sig);
  return handler == SIG_IGN || (handler == SIG_DFL && ignoredByDefault(sig));
}

// The flag makes signal_pending() true; a task that sleeps interruptibly is woken to see it.
static void signal_wake_up_state(const task_struct* p, u32 state) {
  KFUNC(signal_wake_up_state, p, state);
  set(p->thread_info.flags, p->thread_info.flags | TIF_SIGPENDING_BIT);
  if (!(p->__state & (state | TASK_INTERRUPTIBLE))) return;
  set(p->__state, TASK_RUNNING);
  machine().wake(machine().task(static_cast<TaskId>(p->pid)));
}
static void complete_signal(int sig, const task_struct* p) {
  KFUNC(complete_signal, sig, p);
  signal_wake_up_state(p, 0);
}

// False: the task does not want to know of it.
static bool prepare_signal(int sig, const task_struct* p) {
  KFUNC(prepare_signal, sig, p);
  const bool ignored = sig_ignored(p, sig);
  if (ignored) NOTE("signal.ignored", sig, p->pid);
  return call.result(!ignored);
}
static int __send_signal_locked(int sig, const task_struct* p) {
  KFUNC(__send_signal_locked, sig, p);
  SIMPLIFIED("signals are pending for the task itself, not for its process; no information comes with one");
  if (!prepare_signal(sig, p)) return call.result(0);
  NOTE("signal.pending", sig, p->pid);
  set(p->pending.signal.sig[0], p->pending.signal.sig[0] | 1ull << (sig - 1));
  complete_signal(sig, p);
  return call.result(0);
}
static int send_signal_locked(int sig, const task_struct* p) {
  KFUNC(send_signal_locked, sig, p);
  if (machine().current()) __task_pid_nr_ns(get_current()); // the sender's number, as the receiver knows it
  return call.result(__send_signal_locked(sig, p));
}
static int do_send_sig_info(int sig, const task_struct* p) {
  KFUNC(do_send_sig_info, sig, p);
  return call.result(send_signal_locked(sig, p));
}
void send_sig(int sig, const task_struct* p, int priv) {
  KFUNC(send_sig, sig, p, priv);
  do_send_sig_info(sig, p);
}

// What the program has a handler for is taken as handled: the call that it interrupted gives EINTR. What it has none for
// ends the task.
bool do_signal(const task_struct* p) {
  const u64 pending = p->pending.signal.sig[0];
  if (!pending) return false;
  set(p->pending.signal.sig[0], 0);
  set(p->thread_info.flags, p->thread_info.flags & ~TIF_SIGPENDING_BIT);
  for (int sig = 1; sig <= NSIG; ++sig) {
    if (!(pending >> (sig - 1) & 1) || !signalEnds(p, sig)) continue;
    NOTE("signal.ends", sig, p->pid);
    do_exit(p, sig);
    return true;
  }
  return false;
}

s64 __x64_sys_rt_sigaction(int sig, u64 handler) {
  KFUNC(__x64_sys_rt_sigaction, sig, handler);
  SIMPLIFIED("the handler's address is all that is kept: no flags, no mask, and no handler is run");
  if (sig < 1 || sig > NSIG || sig == SIGKILL) return call.result(s64(-EINVAL));
  setBytes(actionOf(get_current(), sig), &handler, 8);
  return call.result(s64(0));
}

// ---- the end of a task
void do_exit(const task_struct* p, int code) {
  KFUNC(do_exit, p, code);
  SIMPLIFIED("nobody is told, and nobody waits to learn how the task ended");
  set(p->exit_code, code);
  exit_files(p);
  if (p->splice_pipe) free_pipe_info(p->splice_pipe);
  set(p->splice_pipe, nullptr);
}
static void __put_task_struct(const task_struct* tsk) {
  KFUNC(__put_task_struct, tsk);
  put_cred(tsk->cred);
  kfree(tsk);
}
static void delayed_put_task_struct(const callback_head* rhp) {
  KFUNC(delayed_put_task_struct, rhp);
  __put_task_struct(container_of(rhp, task_struct, rcu));
}
// A reader may have found the task a moment ago, so that its structure goes with the grace period only.
void release_task(const task_struct* p) {
  KFUNC(release_task, p);
  SIMPLIFIED("a pid stands in no table here, so there is none to take it out of");
  u64 sighand;
  std::memcpy(&sighand, &p->sighand, 8);
  kfree(t_arena->object<u8>(sighand));
  const nsproxy* ns = p->nsproxy;
  set(p->nsproxy, nullptr);
  if (atomic_dec_and_test(&ns->count)) kfree(ns);
  put_pid(p->thread_pid);
  call_rcu(&p->rcu, fn<delayed_put_task_struct>);
}
s64 __x64_sys_exit(int error_code) {
  KFUNC(__x64_sys_exit, error_code);
  do_exit(get_current(), (error_code & 0xff) << 8);
  currentTask().ended = true;
  return call.result(s64(0));
}

void sendSignal(Machine& m, TaskId id, int sig) {
  const task_struct* p = m.task(id).task;
  const std::string text = "signal " + std::to_string(sig) + " to " + m.task(id).name;
  if (p) m.interrupt(text, [=] { send_sig(sig, p, 1); });
  else m.interrupt(text + ", which has ended", [] {});
}
void ignoreSignal(Machine& m, TaskId id, int sig) {
  EnterMachine enter(m);
  ignore_signal(m.task(id).task, sig);
}

} // namespace sockwalk::kernel
