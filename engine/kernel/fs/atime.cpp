// When a file was read last. What is read notes it, to the tick, unless it was noted in this tick already.
#include "engine/kernel/include/linux/fs.h"
#include "engine/memory/constants/files.h"

namespace sockwalk::kernel {

s64 current_time(const inode* i, s64 elapsed) {
  KFUNC(current_time, i);
  return call.result(machine().timeOfJiffies(machine().jiffies()) + elapsed);
}
static bool atime_needs_update(const inode* i, s64 elapsed) {
  KFUNC(atime_needs_update, i);
  const s64 moment = current_time(i, elapsed);
  return call.result(i->i_atime.tv_sec * 1'000'000'000 + i->i_atime.tv_nsec != moment);
}
static void __inode_attach_wb(const inode* i) { KFUNC(__inode_attach_wb, i); }
static void locked_inode_to_wb_and_lock_list(const inode* i) { KFUNC(locked_inode_to_wb_and_lock_list, i); }
static void __mark_inode_dirty(const inode* i) {
  KFUNC(__mark_inode_dirty, i);
  SIMPLIFIED("there is no disk to write the inode to");
  if (i->i_state & I_DIRTY_SYNC) return;
  __inode_attach_wb(i);
  locked_inode_to_wb_and_lock_list(i);
  set(i->i_state, i->i_state | I_DIRTY_SYNC);
}
int __mnt_want_write(const vfsmount* mnt) {
  KFUNC(__mnt_want_write, mnt);
  return call.result(0);
}
void __mnt_drop_write(const vfsmount* mnt) { KFUNC(__mnt_drop_write, mnt); }

void touch_atime(const path* path, s64 elapsed) {
  KFUNC(touch_atime, path);
  const inode* i = path->dentry->d_inode;
  if (!atime_needs_update(i, elapsed) || __mnt_want_write(path->mnt)) return;
  const s64 moment = current_time(i, elapsed);
  set(i->i_atime.tv_sec, moment / 1'000'000'000);
  set(i->i_atime.tv_nsec, moment % 1'000'000'000);
  __mark_inode_dirty(i);
  __mnt_drop_write(path->mnt);
}

} // namespace sockwalk::kernel
