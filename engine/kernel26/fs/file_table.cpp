// Open files. In 2.6.11 the last fput() closes the file at once, within the call that gave up the reference.
#include "engine/kernel26/include/linux/fs.h"
#include "engine/kernel26/include/linux/security.h"
#include "engine/kernel26/include/linux/slab.h"
#include "engine/memory/constants/process.h"

namespace sockwalk::kernel26 {

static Global26<u32> files_stat_max_files{"files_stat.max_files"};
static Global26<u32> files_stat_nr_files{"files_stat.nr_files"};
static Global26<kptr32<kmem_cache_s>> filp_cachep{"filp_cachep"};

void files_init() {
  KFUNC(files_init);
  set(*filp_cachep, kmem_cache_create("filp", sizeof(file)));
  set(*files_stat_max_files, static_cast<u32>(machine().options().maxFiles));
}

static void file_free(const file* file) {
  KFUNC(file_free, file);
  sub(*files_stat_nr_files, 1);
  kmem_cache_free(file);
}

// A struct file that is nobody's yet. As many as the system may have are for everybody, what is beyond for the
// administrator alone.
const file* get_empty_filp() {
  KFUNC(get_empty_filp);
  SIMPLIFIED("files are counted here, where the kernel counts them when a slab of them is made");
  if (*files_stat_nr_files >= *files_stat_max_files && !capable(CAP_SYS_ADMIN)) {
    NOTE("file.limit", *files_stat_max_files);
    return call.result<const file*>(nullptr);
  }
  const file* fresh = kmem_cache_alloc<file>(*filp_cachep);
  if (!fresh) return call.result(fresh);
  add(*files_stat_nr_files, 1);
  if (security_file_alloc(fresh)) {
    file_free(fresh);
    return call.result<const file*>(nullptr);
  }
  INIT_LIST_HEAD(&fresh->f_ep_links);
  spin_lock_init(&fresh->f_ep_lock);
  atomic_set(&fresh->f_count, 1);
  if (machine().current()) { // nobody is while a task is made
    set(fresh->f_uid, current()->fsuid);
    set(fresh->f_gid, current()->fsgid);
  }
  rwlock_init(&fresh->f_owner.lock);
  INIT_LIST_HEAD(&fresh->f_list);
  return call.result(fresh);
}

// Back with a file that was never installed.
void put_filp(const file* file) {
  KFUNC(put_filp, file);
  if (!atomic_dec_and_test(&file->f_count)) return;
  security_file_free(file);
  file_free(file);
}

// What the file stood for lets go of it, then the file goes, and its name last: with it the inode.
static void __fput(const file* file) {
  KFUNC(__fput, file);
  SIMPLIFIED("nobody is told by epoll, and no lock on the file is dropped: there are none");
  const dentry* name = file->f_dentry;
  const vfsmount* mount = file->f_vfsmnt;
  const inode* inode = name->d_inode;
  if (file->f_op && file->f_op->release) file->f_op->release(inode, file);
  security_file_free(file);
  if (file->f_mode & 2) atomic_dec(&inode->i_writecount); // as many as could write
  set(file->f_dentry, nullptr);
  set(file->f_vfsmnt, nullptr);
  file_free(file);
  dput(name);
  mntput(mount);
}

void fput(const file* file) {
  KFUNC(fput, file);
  if (!atomic_dec_and_test(&file->f_count)) return;
  NOTE("then.last_reference", file);
  __fput(file);
}

} // namespace sockwalk::kernel26
