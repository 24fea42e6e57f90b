// Descriptors: numbers for open files, the lowest that is free first. Two sets of bits stand beside the table: which
// numbers are taken, and which are closed when another program is executed.
#include "engine/kernel26/include/linux/fs.h"
#include "engine/kernel26/include/linux/slab.h"
#include "engine/kernel26/syscalls.h"

namespace sockwalk::kernel26 {

namespace {
constexpr u32 Bits = 32;
const kptr32<file>* slotsOf(const files_struct* files) {
  return reinterpret_cast<const kptr32<file>*>(files->fd.get());
}
bool inSet(const fd_set* set, u32 fd) { return set->fds_bits[fd / Bits] >> fd % Bits & 1; }
void put(const fd_set* in, u32 fd, bool on) {
  const u32& word = in->fds_bits[fd / Bits];
  set(word, on ? word | 1u << fd % Bits : word & ~(1u << fd % Bits));
}
} // namespace

// The table begins inside the files_struct, with 32 places; a page holds all that a set of descriptors can name.
int expand_files(const files_struct* files, int nr) {
  KFUNC(expand_files, files, nr);
  constexpr int InAPage = 1024;
  if (nr < files->max_fds) return call.result(0);
  if (nr >= InAPage) return call.result(-EMFILE);
  const auto* larger = static_cast<const kptr32<void>*>(takeBytes(InAPage * sizeof(u32), TypeBuffer, __LINE__));
  if (!larger) return call.result(-ENOMEM);
  setBytes(larger, slotsOf(files), static_cast<u32>(files->max_fds) * 4);
  const u32 at = Address32::of(larger);
  setBytes(&files->fd, &at, 4);
  set(files->max_fds, InAPage);
  return call.result(1);
}

int get_unused_fd() {
  KFUNC(get_unused_fd);
  const files_struct* files = current()->files;
  u32 fd = static_cast<u32>(files->next_fd);
  while (fd < static_cast<u32>(files->max_fdset) && inSet(files->open_fds, fd)) ++fd;
  if (fd >= machine().options().maxOpenFiles || fd >= static_cast<u32>(files->max_fdset)) {
    NOTE("fd.limit", fd, machine().options().maxOpenFiles);
    return call.result(-EMFILE);
  }
  if (const int error = expand_files(files, static_cast<int>(fd)); error < 0) return call.result(error);
  put(files->open_fds, fd, true);
  put(files->close_on_exec, fd, false);
  set(files->next_fd, fd + 1);
  NOTE("fd.reserved", fd);
  return call.result(static_cast<int>(fd));
}

static void __put_unused_fd(const files_struct* files, u32 fd) {
  put(files->open_fds, fd, false);
  if (fd < static_cast<u32>(files->next_fd)) set(files->next_fd, fd);
}

void put_unused_fd(u32 fd) {
  KFUNC(put_unused_fd, fd);
  __put_unused_fd(current()->files, fd);
}

void fd_install(u32 fd, const file* file) {
  KFUNC(fd_install, fd, file);
  set(slotsOf(current()->files)[fd], file);
}

static int filp_close(const file* filp, const files_struct* id) {
  KFUNC(filp_close, filp, id);
  int flushed = 0;
  if (filp->f_op && filp->f_op->flush) flushed = filp->f_op->flush(filp);
  fput(filp);
  return call.result(flushed);
}

int sys_close(u32 fd) {
  KFUNC(sys_close, fd);
  const files_struct* files = current()->files;
  const file* open = fd < static_cast<u32>(files->max_fds) ? slotsOf(files)[fd].get() : nullptr;
  if (!open) return call.result(-EBADF);
  set(slotsOf(files)[fd], nullptr);
  put(files->close_on_exec, fd, false);
  __put_unused_fd(files, fd);
  return call.result(filp_close(open, files));
}

} // namespace sockwalk::kernel26
