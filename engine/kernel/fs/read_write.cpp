// read(2) and ioctl(2): from a descriptor to the functions of its file.
#include "engine/kernel/include/linux/file.h"
#include "engine/kernel/include/linux/fs.h"
#include "engine/kernel/include/linux/net.h"
#include "engine/kernel/include/linux/sched.h"
#include "engine/kernel/include/linux/uaccess.h"
#include "engine/kernel/include/linux/uio.h"
#include "engine/kernel/syscalls.h"
#include "engine/memory/constants/files.h"

namespace sockwalk::kernel {

static s64 vfs_read(const file* f, u64 buf, u64 count) {
  KFUNC(vfs_read, f, buf, count);
  if (!(f->f_mode & FMODE_READ)) return call.result(s64(-EBADF));
  if (!(f->f_mode & FMODE_CAN_READ)) return call.result(s64(-EINVAL));
  if (count && !userAt(buf, count)) return call.result(s64(-EFAULT));
  OnStack<kiocb> kiocb;
  OnStack<iov_iter> iter;
  OnStack<iovec> iov;
  set(kiocb->ki_filp, f);
  import_single_range(0, buf, count, iov, iter);
  const bool positioned = !(f->f_mode & FMODE_STREAM);
  if (positioned) set(kiocb->ki_pos, f->f_pos);
  const s64 ret = f->f_op->read_iter(kiocb, iter);
  if (positioned && ret > 0) set(f->f_pos, kiocb->ki_pos);
  return call.result(ret);
}
static s64 ksys_read(u32 fd, u64 buf, u64 count) {
  KFUNC(ksys_read, fd, buf, count);
  int needed;
  const file* opened = __fdget_pos(fd, &needed);
  if (!opened) return call.result(s64(-EBADF));
  const s64 n = vfs_read(opened, buf, count);
  fput_light(opened, needed);
  return call.result(n);
}
s64 __x64_sys_read(u32 fd, u64 buf, u64 count) {
  KFUNC(__x64_sys_read, fd, buf, count);
  return call.result(ksys_read(fd, buf, count));
}

static s64 vfs_write(const file* f, u64 buf, u64 count) {
  KFUNC(vfs_write, f, buf, count);
  if (!(f->f_mode & FMODE_WRITE)) return call.result(s64(-EBADF));
  if (!(f->f_mode & FMODE_CAN_WRITE)) return call.result(s64(-EINVAL));
  if (count && !userAt(buf, count)) return call.result(s64(-EFAULT));
  OnStack<kiocb> kiocb;
  OnStack<iov_iter> iter;
  OnStack<iovec> iov;
  set(kiocb->ki_filp, f);
  import_single_range(1, buf, count, iov, iter);
  const bool positioned = !(f->f_mode & FMODE_STREAM);
  if (positioned) set(kiocb->ki_pos, f->f_pos);
  const s64 ret = f->f_op->write_iter(kiocb, iter);
  if (positioned && ret > 0) set(f->f_pos, kiocb->ki_pos);
  return call.result(ret);
}
static s64 ksys_write(u32 fd, u64 buf, u64 count) {
  KFUNC(ksys_write, fd, buf, count);
  int needed;
  const file* opened = __fdget_pos(fd, &needed);
  if (!opened) return call.result(s64(-EBADF));
  const s64 n = vfs_write(opened, buf, count);
  fput_light(opened, needed);
  return call.result(n);
}
s64 __x64_sys_write(u32 fd, u64 buf, u64 count) {
  KFUNC(__x64_sys_write, fd, buf, count);
  return call.result(ksys_write(fd, buf, count));
}

// ---- ioctl
// What the file itself makes of it.
static s64 vfs_ioctl(const file* f, u32 cmd, u64 arg) {
  return f->f_op->unlocked_ioctl ? f->f_op->unlocked_ioctl(f, cmd, arg) : -ENOTTY;
}

static s64 do_vfs_ioctl(const file* f, u32 fd, u32 cmd, u64 arg) {
  KFUNC(do_vfs_ioctl, f, fd, cmd, arg);
  s32 on;
  switch (cmd) {
  case FIOCLEX: set_close_on_exec(fd, 1); return call.result(s64(0));
  case FIONCLEX: set_close_on_exec(fd, 0); return call.result(s64(0));
  case FIONBIO:
    if (copy_from_user(&on, arg, 4)) return call.result(s64(-EFAULT));
    set(f->f_flags, on ? f->f_flags | O_NONBLOCK : f->f_flags & ~O_NONBLOCK);
    return call.result(s64(0));
  case FIOASYNC:
    if (copy_from_user(&on, arg, 4)) return call.result(s64(-EFAULT));
    if (!(((on ? FASYNC : 0) ^ f->f_flags) & FASYNC)) return call.result(s64(0));
    if (!f->f_op->fasync) return call.result(s64(-ENOTTY));
    return call.result(s64(std::min(0, f->f_op->fasync(static_cast<int>(fd), f, on))));
  case FIONREAD: return call.result(vfs_ioctl(f, cmd, arg));
  default: return call.result(s64(-515)); // ENOIOCTLCMD: the file itself may know it
  }
}
s64 __x64_sys_ioctl(u32 fd, u32 cmd, u64 arg) {
  KFUNC(__x64_sys_ioctl, fd, cmd, arg);
  int needed;
  const file* f = __fdget(fd, &needed);
  if (!f) return call.result(s64(-EBADF));
  s64 error = do_vfs_ioctl(f, fd, cmd, arg);
  if (error == -515) error = vfs_ioctl(f, cmd, arg);
  fput_light(f, needed);
  return call.result(error);
}

} // namespace sockwalk::kernel
