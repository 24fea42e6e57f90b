// fcntl(2): flags of descriptors and open files, copies of descriptors, and whom a file tells of input (SIGIO, SIGURG).
#include "engine/kernel/include/linux/file.h"
#include "engine/kernel/include/linux/fs.h"
#include "engine/kernel/include/linux/sched.h"
#include "engine/kernel/syscalls.h"
#include "engine/memory/constants/files.h"
#include "engine/memory/constants/process.h"

namespace sockwalk::kernel {

// ---- the owner
static void __f_setown(const file* f, const pid* pid, u32 type, int force) {
  KFUNC(__f_setown, f, pid, type, force);
  set(f->f_owner.pid, pid);
  set(f->f_owner.pid_type, type);
}
static int setOwner(const file* f, s32 who, int force) { // f_setown(), where the compiler inlined it
  if (who) return -ESRCH;                                // tasks here have no number that a program could know
  __f_setown(f, nullptr, who < 0 ? PIDTYPE_PGID : PIDTYPE_TGID, force);
  return 0;
}
int f_setown(const file* f, s32 who, int force) {
  KFUNC(f_setown, f, who, force);
  SIMPLIFIED("only 0, nobody, can become the owner: no signal is delivered");
  return call.result(setOwner(f, who, force));
}
s32 f_getown(const file* f) {
  KFUNC(f_getown, f);
  return call.result(0);
}

// ---- FASYNC: the list of files that want SIGIO
static bool fasync_remove_entry(const file* f, const kptr<fasync_struct>& list) {
  KFUNC(fasync_remove_entry, f);
  for (const kptr<fasync_struct>* link = &list; *link; link = &link->get()->fa_next) {
    const fasync_struct* listener = *link;
    if (listener->fa_file.get() != f) continue;
    set(*link, listener->fa_next.get());
    set(f->f_flags, f->f_flags & ~FASYNC);
    kfree(listener);
    return call.result(true);
  }
  return call.result(false);
}
static void fasync_insert_entry(int fd, const file* f, const kptr<fasync_struct>& list, const fasync_struct* made) {
  KFUNC(fasync_insert_entry, fd, f, made);
  set(made->magic, 0x4601);
  set(made->fa_file, f);
  set(made->fa_fd, fd);
  set(made->fa_next, list.get());
  set(list, made);
  set(f->f_flags, f->f_flags | FASYNC);
}
int fasync_helper(int fd, const file* f, int on, const kptr<fasync_struct>& list) {
  KFUNC(fasync_helper, fd, f, on);
  if (!on) return call.result(fasync_remove_entry(f, list) ? 1 : 0);
  const auto* made = kzalloc<fasync_struct>(GFP_KERNEL);
  if (!made) return call.result(-ENOMEM);
  fasync_insert_entry(fd, f, list, made);
  return call.result(1);
}

// ---- fcntl
static s64 setfl(u32 fd, const file* f, u32 arg) {
  constexpr u32 mask = O_APPEND | O_NONBLOCK | O_DIRECT | O_NOATIME;
  if (arg & O_DIRECT) return -EINVAL;
  if ((arg ^ f->f_flags) & FASYNC && f->f_op->fasync) {
    const int refused = f->f_op->fasync(static_cast<int>(fd), f, (arg & FASYNC) != 0);
    if (refused < 0) return refused;
  }
  set(f->f_flags, (arg & mask) | (f->f_flags & ~mask));
  return 0;
}
s64 do_fcntl(u32 fd, u32 cmd, u64 arg, const file* f) {
  KFUNC(do_fcntl, fd, cmd, arg, f);
  SIMPLIFIED("locks, leases and pipes are refused; F_SETOWN takes 0, nobody, and no task");
  switch (cmd) {
  case F_DUPFD: return call.result(s64(f_dupfd(static_cast<u32>(arg), f, 0)));
  case F_DUPFD_CLOEXEC: return call.result(s64(f_dupfd(static_cast<u32>(arg), f, O_CLOEXEC)));
  case F_GETFD: return call.result(s64(get_close_on_exec(fd) ? FD_CLOEXEC : 0));
  case F_SETFD: set_close_on_exec(fd, arg & FD_CLOEXEC); return call.result(s64(0));
  case F_GETFL: return call.result(s64(f->f_flags));
  case F_SETFL: return call.result(setfl(fd, f, static_cast<u32>(arg)));
  case F_SETOWN: return call.result(s64(setOwner(f, static_cast<s32>(arg), 1)));
  case F_GETOWN: return call.result(s64(0));
  case F_GETSIG: return call.result(s64(f->f_owner.signum));
  case F_SETSIG:
    if (arg > 64) return call.result(s64(-EINVAL));
    set(f->f_owner.signum, static_cast<s32>(arg));
    return call.result(s64(0));
  default: return call.result(s64(-EINVAL));
  }
}
s64 __x64_sys_fcntl(u32 fd, u32 cmd, u64 arg) {
  KFUNC(__x64_sys_fcntl, fd, cmd, arg);
  int needed;
  const file* f = __fdget_raw(fd, &needed);
  if (!f) return call.result(s64(-EBADF));
  const s64 done = do_fcntl(fd, cmd, arg, f);
  fput_light(f, needed);
  return call.result(done);
}

} // namespace sockwalk::kernel
