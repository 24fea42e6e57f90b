// Mounting a file system that only the kernel sees: a super block and a mount, no directory tree.
#include "engine/kernel/include/linux/fs.h"

namespace sockwalk::kernel {

// ---- which file systems there are: a chain, of which a new one becomes the end
static Global<kptr<file_system_type>> file_systems{"file_systems"};

int register_filesystem(const file_system_type* fs) {
  KFUNC(register_filesystem, fs);
  const kptr<file_system_type>* place = file_systems.get();
  for (; *place; place = &(*place)->next)
    if (!std::strcmp((*place)->name.get(), fs->name.get())) return call.result(-EBUSY);
  set(*place, fs);
  return call.result(0);
}

// ---- mounts that only the kernel sees

const vfsmount* kern_mount(const char* name, const super_operations* ops, const dentry_operations* dops, u64 magic) {
  KFUNC(kern_mount, ops, dops, magic);
  SIMPLIFIED("the file system has no root directory and is on no list of mounts");
  auto* sb = kzalloc<super_block>(GFP_KERNEL);
  auto* m = kzalloc<mount>(GFP_KERNEL);
  setBytes(sb->s_id, name, static_cast<u32>(std::strlen(name)));
  set(sb->s_op, ops);
  set(sb->s_d_op, dops);
  set(sb->s_magic, magic);
  set(sb->s_blocksize, 4096);
  set(sb->s_blocksize_bits, 12);
  INIT_LIST_HEAD(&sb->s_inodes);
  set(m->mnt.mnt_sb, sb);
  return call.result(static_cast<const vfsmount*>(&m->mnt));
}

} // namespace sockwalk::kernel
