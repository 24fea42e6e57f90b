// Tables of descriptors that more than one task knows: threads use one table, a forked child gets a copy in which the
// same open files stand. A file is closed when the last number for it is gone, in whichever table.
#include "engine/kernel/include/linux/fs.h"
#include "engine/kernel/include/linux/sched.h"

namespace sockwalk::kernel {

static bool test_bit(u32 n, const u64* bits) { return bits[n / 64] >> n % 64 & 1; }

// A child's table: each open file gets one more reference, for the child's number.
static const files_struct* dup_fd(const files_struct* oldf) {
  KFUNC(dup_fd, oldf);
  SIMPLIFIED("tables with more than 64 descriptors cannot be copied");
  const files_struct* files = new_files();
  const fdtable *from = oldf->fdt, *to = files->fdt;
  if (from->max_fds > to->max_fds) return call.result(static_cast<const files_struct*>(nullptr));
  set(to->open_fds.get()[0], from->open_fds.get()[0]);
  set(to->close_on_exec.get()[0], from->close_on_exec.get()[0]);
  set(to->full_fds_bits.get()[0], from->full_fds_bits.get()[0]);
  for (u32 fd = 0; fd < to->max_fds; ++fd) {
    const file* f = files_lookup_fd(oldf, fd);
    if (!f) continue;
    get_file(f);
    set(to->fd.get()[fd], f);
  }
  set(files->next_fd, oldf->next_fd);
  return call.result(files);
}

int copy_files(const task_struct* child, const task_struct* parent, bool share) {
  KFUNC(copy_files, child, parent, share);
  const files_struct* oldf = parent->files;
  if (share) {
    atomic_inc(&oldf->count);
    set(child->files, oldf);
    return call.result(0);
  }
  const files_struct* files = dup_fd(oldf);
  if (!files) return call.result(-ENOMEM);
  set(child->files, files);
  return call.result(0);
}

static void close_files(const files_struct* files) {
  const fdtable* fdt = files->fdt;
  for (u32 fd = 0; fd < fdt->max_fds; ++fd) {
    const file* f = test_bit(fd, fdt->open_fds) ? files_lookup_fd(files, fd) : nullptr;
    if (!f) continue;
    set(fdt->fd.get()[fd], nullptr);
    filp_close(f, files);
  }
}

static void put_files_struct(const files_struct* files) {
  KFUNC(put_files_struct, files);
  if (!atomic_dec_and_test(&files->count)) return;
  close_files(files);
  const fdtable* fdt = files->fdt;
  if (fdt != &files->fdtab) {
    kfree(fdt->fd.get());
    kfree(fdt->open_fds.get());
    kfree(fdt);
  }
  kfree(files);
}

void exit_files(const task_struct* task) {
  KFUNC(exit_files, task);
  const files_struct* files = task->files;
  if (!files) return;
  set(task->files, nullptr);
  put_files_struct(files);
}

} // namespace sockwalk::kernel
