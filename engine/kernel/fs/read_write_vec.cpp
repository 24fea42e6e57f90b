// readv(2) and writev(2): one call, several buffers, in order.
#include "engine/kernel/include/linux/file.h"
#include "engine/kernel/include/linux/fs.h"
#include "engine/kernel/include/linux/net.h"
#include "engine/kernel/include/linux/uaccess.h"
#include "engine/kernel/include/linux/uio.h"
#include "engine/kernel/syscalls.h"
#include "engine/memory/constants/files.h"

namespace sockwalk::kernel {

static s64 do_iter_readv_writev(const file* f, const iov_iter* iter, int type) {
  KFUNC(do_iter_readv_writev, f, iter, type);
  OnStack<kiocb> request;
  set(request->ki_filp, f);
  return call.result(type ? f->f_op->write_iter(request, iter) : f->f_op->read_iter(request, iter));
}

// Was the file opened for this, and does it know how? 0: both.
static s64 refusal(const file* f, u32 openedFor, u32 knowsHow) {
  return !(f->f_mode & openedFor) ? -EBADF : !(f->f_mode & knowsHow) ? -EINVAL : 0;
}

static s64 do_iter_read(const file* f, const iov_iter* iter) {
  KFUNC(do_iter_read, f, iter);
  const s64 refused = refusal(f, FMODE_READ, FMODE_CAN_READ);
  return call.result(refused || !iter->count ? refused : do_iter_readv_writev(f, iter, 0));
}
static s64 do_iter_write(const file* f, const iov_iter* iter) {
  KFUNC(do_iter_write, f, iter);
  const s64 refused = refusal(f, FMODE_WRITE, FMODE_CAN_WRITE);
  return call.result(refused || !iter->count ? refused : do_iter_readv_writev(f, iter, 1));
}

static s64 vfs_readv(const file* f, u64 vec, u64 vlen) {
  KFUNC(vfs_readv, f, vec, vlen);
  OnStack<iov_iter> pieces;
  const iovec* vector = nullptr;
  s64 ret = import_iovec(0, vec, static_cast<u32>(std::min<u64>(vlen, ~0u)), &vector, pieces);
  if (ret >= 0) ret = do_iter_read(f, pieces);
  kfree(vector);
  return call.result(ret);
}
static s64 vfs_writev(const file* f, u64 vec, u64 vlen) {
  KFUNC(vfs_writev, f, vec, vlen);
  OnStack<iov_iter> pieces;
  const iovec* vector = nullptr;
  s64 ret = import_iovec(1, vec, static_cast<u32>(std::min<u64>(vlen, ~0u)), &vector, pieces);
  if (ret >= 0) ret = do_iter_write(f, pieces);
  kfree(vector);
  return call.result(ret);
}

static s64 do_readv(u64 fd, u64 vec, u64 vlen) {
  KFUNC(do_readv, fd, vec, vlen);
  int needed;
  const file* opened = __fdget_pos(static_cast<u32>(fd), &needed);
  if (!opened) return call.result(s64(-EBADF));
  const s64 done = vfs_readv(opened, vec, vlen);
  fput_light(opened, needed);
  return call.result(done);
}
s64 __x64_sys_readv(u64 fd, u64 vec, u64 vlen) {
  KFUNC(__x64_sys_readv, fd, vec, vlen);
  return call.result(do_readv(fd, vec, vlen));
}
static s64 do_writev(u64 fd, u64 vec, u64 vlen) {
  KFUNC(do_writev, fd, vec, vlen);
  int needed;
  const file* opened = __fdget_pos(static_cast<u32>(fd), &needed);
  if (!opened) return call.result(s64(-EBADF));
  const s64 done = vfs_writev(opened, vec, vlen);
  fput_light(opened, needed);
  return call.result(done);
}
s64 __x64_sys_writev(u64 fd, u64 vec, u64 vlen) {
  KFUNC(__x64_sys_writev, fd, vec, vlen);
  return call.result(do_writev(fd, vec, vlen));
}

} // namespace sockwalk::kernel
