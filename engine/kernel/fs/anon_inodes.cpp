// Files that stand for something which has no place in any directory (epoll instances): all have the same inode.
#include "engine/kernel/include/linux/file.h"
#include "engine/kernel/include/linux/fs.h"
#include "engine/kernel/include/linux/poll.h"
#include "engine/kernel/include/linux/rcupdate.h"
#include "engine/kernel/init/image.h"
#include "engine/memory/constants/files.h"

namespace sockwalk::kernel {

static Global<kptr<vfsmount>> anon_inode_mnt{"anon_inode_mnt"};
static Global<kptr<inode>> anon_inode_inode{"anon_inode_inode"};
static Global<super_operations> simple_super_operations{"simple_super_operations"};
static Global<dentry_operations> anon_inodefs_dentry_operations{"anon_inodefs_dentry_operations"};

static const file* __anon_inode_getfile(const char* name, const file_operations* fops, const void* priv, int flags) {
  KFUNC(__anon_inode_getfile, fops, priv, flags);
  const inode* inode = *anon_inode_inode;
  ihold(inode);
  const file* f =
      alloc_file_pseudo(inode, *anon_inode_mnt, name, flags & static_cast<int>(O_ACCMODE | O_NONBLOCK), fops);
  if (IS_ERR(f)) {
    iput(inode);
    return call.result(f);
  }
  set(f->f_mapping, inode->i_mapping);
  setAddress(&f->private_data, priv);
  return call.result(f);
}
const file* anon_inode_getfile(const char* name, const file_operations* fops, const void* priv, int flags) {
  KFUNC(anon_inode_getfile, fops, priv, flags);
  return call.result(__anon_inode_getfile(name, fops, priv, flags));
}

void anon_inode_init() {
  KFUNC(anon_inode_init);
  set(*anon_inode_mnt,
      kern_mount("anon_inodefs", simple_super_operations, anon_inodefs_dentry_operations, ANON_INODE_FS_MAGIC));
  const inode* inode = new_inode_pseudo(anon_inode_mnt->get()->mnt_sb);
  if (!inode) return;
  set(inode->i_ino, get_next_ino());
  set(*anon_inode_inode, inode);
}

} // namespace sockwalk::kernel
