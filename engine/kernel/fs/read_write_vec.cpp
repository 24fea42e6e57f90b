// readv(2) and writev(2): one call, several buffers, in order.
#include "engine/kernel/include/linux/fs.h"
#include "engine/kernel/include/linux/net.h"
#include "engine/kernel/include/linux/uaccess.h"
#include "engine/kernel/syscalls.h"

namespace sockwalk::kernel {

static s64 do_iter_readv_writev(const file* f, const iov_iter* iter, int type) {
  KFUNC(do_iter_readv_writev, f, iter, type);
  OnStack<kiocb> kiocb;
  set(kiocb->ki_filp, f);
  return call.result(type ? f->f_op->write_iter(kiocb, iter) : f->f_op->read_iter(kiocb, iter));
}

static s64 do_iter_read(const file* f, const iov_iter* iter) {
  KFUNC(do_iter_read, f, iter);
  if (!(f->f_mode & FMODE_READ)) return call.result(s64(-EBADF));
  if (!(f->f_mode & FMODE_CAN_READ)) return call.result(s64(-EINVAL));
  return call.result(iter->count ? do_iter_readv_writev(f, iter, 0) : 0);
}
static s64 do_iter_write(const file* f, const iov_iter* iter) {
  KFUNC(do_iter_write, f, iter);
  if (!(f->f_mode & FMODE_WRITE)) return call.result(s64(-EBADF));
  if (!(f->f_mode & FMODE_CAN_WRITE)) return call.result(s64(-EINVAL));
  return call.result(iter->count ? do_iter_readv_writev(f, iter, 1) : 0);
}

static s64 vfs_readv(const file* f, u64 vec, u64 vlen) {
  KFUNC(vfs_readv, f, vec, vlen);
  OnStack<iov_iter> iter;
  const iovec* vector = nullptr;
  s64 ret = import_iovec(0, vec, static_cast<u32>(std::min<u64>(vlen, ~0u)), &vector, iter);
  if (ret >= 0) ret = do_iter_read(f, iter);
  kfree(vector);
  return call.result(ret);
}
static s64 vfs_writev(const file* f, u64 vec, u64 vlen) {
  KFUNC(vfs_writev, f, vec, vlen);
  OnStack<iov_iter> iter;
  const iovec* vector = nullptr;
  s64 ret = import_iovec(1, vec, static_cast<u32>(std::min<u64>(vlen, ~0u)), &vector, iter);
  if (ret >= 0) ret = do_iter_write(f, iter);
  kfree(vector);
  return call.result(ret);
}

static s64 do_readv(u64 fd, u64 vec, u64 vlen) {
  KFUNC(do_readv, fd, vec, vlen);
  int needed;
  const file* f = __fdget_pos(static_cast<u32>(fd), &needed);
  if (!f) return call.result(s64(-EBADF));
  const s64 done = vfs_readv(f, vec, vlen);
  fput_light(f, needed);
  return call.result(done);
}
s64 __x64_sys_readv(u64 fd, u64 vec, u64 vlen) {
  KFUNC(__x64_sys_readv, fd, vec, vlen);
  return call.result(do_readv(fd, vec, vlen));
}
static s64 do_writev(u64 fd, u64 vec, u64 vlen) {
  KFUNC(do_writev, fd, vec, vlen);
  int needed;
  const file* f = __fdget_pos(static_cast<u32>(fd), &needed);
  if (!f) return call.result(s64(-EBADF));
  const s64 done = vfs_writev(f, vec, vlen);
  fput_light(f, needed);
  return call.result(done);
}
s64 __x64_sys_writev(u64 fd, u64 vec, u64 vlen) {
  KFUNC(__x64_sys_writev, fd, vec, vlen);
  return call.result(do_writev(fd, vec, vlen));
}

} // namespace sockwalk::kernel
