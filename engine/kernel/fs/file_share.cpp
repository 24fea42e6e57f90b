// Tables of descriptors that more than one task knows: threads use one table, a forked child gets a copy in which the
// same open files stand. A file is closed when the last number for it is gone, in whichever table.
#include "engine/kernel/include/linux/bitops.h"
#include "engine/kernel/include/linux/fs.h"
#include "engine/kernel/include/linux/sched.h"

namespace sockwalk::kernel {

// A child's table: each open file gets one more reference, for the child's number.
static const files_struct* dup_fd(const files_struct* oldf) {
  KFUNC(dup_fd, oldf);
  SIMPLIFIED("tables with more than 64 descriptors cannot be copied");
  const files_struct* copied = new_files();
  const fdtable *from = oldf->fdt, *to = copied->fdt;
  if (from->max_fds > to->max_fds) return call.result(static_cast<const files_struct*>(nullptr));
  set(to->open_fds.get()[0], from->open_fds.get()[0]);
  set(to->close_on_exec.get()[0], from->close_on_exec.get()[0]);
  set(to->full_fds_bits.get()[0], from->full_fds_bits.get()[0]);
  for (u32 fd = 0; fd < to->max_fds; ++fd) {
    const file* opened = files_lookup_fd(oldf, fd);
    if (!opened) continue;
    get_file(opened);
    set(to->fd.get()[fd], opened);
  }
  set(copied->next_fd, oldf->next_fd);
  return call.result(copied);
}

int copy_files(const task_struct* child, const task_struct* parent, bool share) {
  KFUNC(copy_files, child, parent, share);
  INLINED();
  const files_struct* parents = parent->files;
  if (share) {
    atomic_inc(&parents->count);
    set(child->files, parents);
    return call.result(0);
  }
  const files_struct* copied = dup_fd(parents);
  if (!copied) return call.result(-ENOMEM);
  set(child->files, copied);
  return call.result(0);
}

static void close_files(const files_struct* files) {
  const fdtable* arrays = files->fdt;
  for (u32 fd = 0; fd < arrays->max_fds; ++fd) {
    const file* f = test_bit(fd, arrays->open_fds) ? files_lookup_fd(files, fd) : nullptr;
    if (!f) continue;
    set(arrays->fd.get()[fd], nullptr);
    filp_close(f, files);
  }
}

static void put_files_struct(const files_struct* files) {
  KFUNC(put_files_struct, files);
  if (!atomic_dec_and_test(&files->count)) return;
  close_files(files);
  const fdtable* arrays = files->fdt;
  if (arrays != &files->fdtab) {
    kfree(arrays->fd.get());
    kfree(arrays->open_fds.get());
    kfree(arrays);
  }
  kfree(files);
}

void exit_files(const task_struct* task) {
  KFUNC(exit_files, task);
  const files_struct* table = task->files;
  if (!table) return;
  set(task->files, nullptr);
  put_files_struct(table);
}

} // namespace sockwalk::kernel
