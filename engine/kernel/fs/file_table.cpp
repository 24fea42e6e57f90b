// Open files. A struct file is born with one reference; the last fput() leaves the work of closing to the task, who
// does it on the way back to user mode (task work), when no lock is held any more.
#include "engine/kernel/fs/internal.h"
#include "engine/kernel/include/linux/cred.h"
#include "engine/kernel/include/linux/dcache.h"
#include "engine/kernel/include/linux/eventpoll.h"
#include "engine/kernel/include/linux/file.h"
#include "engine/kernel/include/linux/fs.h"
#include "engine/kernel/include/linux/poll.h"
#include "engine/kernel/include/linux/rcupdate.h"
#include "engine/kernel/include/linux/sched.h"

namespace sockwalk::kernel {

Global<u64> files_stat_max_files{"files_stat.max_files"};
Global<s64> nr_files{"nr_files"};
static Global<kptr<kmem_cache>> filp_cachep{"filp_cachep"};

void files_init() {
  KFUNC(files_init);
  set(*filp_cachep, kmem_cache_create("filp", sizeof(file), 64));
  set(*files_stat_max_files, machine().options().maxFiles);
}

static void file_free_rcu(const callback_head* head) {
  KFUNC(file_free_rcu, head);
  const file* closed = container_of(head, file, f_rcuhead);
  put_cred(closed->f_cred);
  kmem_cache_free(closed);
}

static void file_free(const file* f) {
  KFUNC(file_free, f);
  INLINED();
  if (!(f->f_mode & FMODE_NOACCOUNT)) sub(*nr_files, 1);
  call_rcu(&f->f_rcuhead, fn<file_free_rcu>);
}

static const file* __alloc_file(int flags, const cred* cred) {
  KFUNC(__alloc_file, flags, cred);
  auto* fresh = kmem_cache_alloc<file>(*filp_cachep, GFP_KERNEL | __GFP_ZERO);
  if (!fresh) return call.result(ERR_PTR<file>(-ENOMEM));
  set(fresh->f_cred, get_cred(cred));
  set(fresh->f_count.counter, 1);
  set(fresh->f_flags, flags);
  set(fresh->f_mode, static_cast<u32>((flags + 1) & 3)); // O_RDONLY 0, O_WRONLY 1, O_RDWR 2 as bits
  return call.result(fresh);
}

// The system's limit on open files binds everybody but the administrator.
const file* alloc_empty_file(int flags, const cred* cred) {
  KFUNC(alloc_empty_file, flags, cred);
  if (*nr_files >= static_cast<s64>(*files_stat_max_files) && !capable(CAP_SYS_ADMIN)) {
    NOTE("file.limit", *files_stat_max_files);
    return call.result(ERR_PTR<file>(-ENFILE));
  }
  const file* fresh = __alloc_file(flags, cred);
  if (!IS_ERR(fresh)) add(*nr_files, 1);
  return call.result(fresh);
}

// For files that count towards nobody's limit.
const file* alloc_empty_file_noaccount(int flags, const cred* cred) {
  KFUNC(alloc_empty_file_noaccount, flags, cred);
  const file* fresh = __alloc_file(flags, cred);
  if (IS_ERR(fresh)) return call.result(fresh);
  set(fresh->f_mode, fresh->f_mode | FMODE_NOACCOUNT); // file_free() is not to count it off
  return call.result(fresh);
}

static const file* alloc_file(const path* path, int flags, const file_operations* fop) {
  KFUNC(alloc_file, path, flags, fop);
  const file* f = alloc_empty_file(flags, current_cred());
  if (IS_ERR(f)) return call.result(f);
  copy(&f->f_path, path);
  set(f->f_inode, path->dentry->d_inode);
  set(f->f_mapping, path->dentry->d_inode->i_mapping);
  u32 mode = f->f_mode;
  if (mode & FMODE_READ && (fop->read || fop->read_iter)) mode |= FMODE_CAN_READ;
  if (mode & FMODE_WRITE && (fop->write || fop->write_iter)) mode |= FMODE_CAN_WRITE;
  set(f->f_mode, mode | FMODE_OPENED);
  set(f->f_op, fop);
  return call.result(f);
}

// An open file for something that no directory lists: a dentry is made up for it.
const file* alloc_file_pseudo(const inode* inode, const vfsmount* mnt, const char* name, int flags,
                              const file_operations* fops) {
  KFUNC(alloc_file_pseudo, inode, mnt, flags, fops);
  OnStack<path> path;
  set(path->dentry, d_alloc_pseudo(mnt->mnt_sb, name));
  if (!path->dentry.get()) return call.result(ERR_PTR<file>(-ENOMEM));
  set(path->mnt, mnt);
  d_instantiate(path->dentry, inode);
  const file* f = alloc_file(path, flags, fops);
  if (IS_ERR(f)) {
    ihold(inode); // the dentry takes the caller's reference with it, and the caller still needs one
    path_put(path);
  }
  return call.result(f);
}

static void __fput(const file* f) {
  KFUNC(__fput, f);
  const dentry* name = f->f_path.dentry;
  const inode* inode = f->f_inode;
  eventpoll_release(f);
  if (f->f_flags & FASYNC && f->f_op->fasync) f->f_op->fasync(-1, f, 0);
  if (f->f_op->release) f->f_op->release(inode, f);
  dput(name);
  file_free(f);
}

static void ____fput(const void* work) {
  const auto* f = static_cast<const file*>(work);
  KFUNC(____fput, f);
  __fput(f);
}

void fput(const file* f) {
  KFUNC(fput, f);
  if (sub(f->f_count.counter, 1)) return;
  NOTE("file.last_reference", f);
  machine().deferTaskWork({fn<____fput>, f});
}

} // namespace sockwalk::kernel
