// File systems: their register, and mounts that only the kernel sees.
#include "engine/kernel26/include/linux/fs.h"
#include "engine/kernel26/include/linux/slab.h"
#include <cstring>

namespace sockwalk::kernel26 {

static Global26<kptr32<file_system_type>> file_systems{"file_systems"};
static Global26<list_head> super_blocks{"super_blocks"};

// ---- fs/filesystems.c: a chain, of which a new one becomes the end
int register_filesystem(const file_system_type* fs) {
  KFUNC(register_filesystem, fs);
  INIT_LIST_HEAD(&fs->fs_supers);
  const kptr32<file_system_type>* place = file_systems.get();
  while (place->get()) {
    if (!std::strcmp(place->get()->name.get(), fs->name.get())) return call.result(-EBUSY);
    place = &place->get()->next;
  }
  set(*place, fs);
  NOTE("then.file_system", fs);
  return call.result(0);
}

// ---- fs/super.c
static const super_block* sget(const file_system_type* type) {
  KFUNC(sget, type);
  const super_block* fresh = kmalloc<super_block>();
  if (!fresh) return call.result(fresh);
  if (!super_blocks->next.value) INIT_LIST_HEAD(super_blocks);
  for (const list_head* ring : {&fresh->s_inodes, &fresh->s_dirty, &fresh->s_io, &fresh->s_files}) INIT_LIST_HEAD(ring);
  set(fresh->s_count, 1 << 30);
  atomic_set(&fresh->s_active, 1);
  set(fresh->s_type, type);
  list_add(&fresh->s_list, super_blocks);
  list_add(&fresh->s_instances, &type->fs_supers);
  return call.result(fresh);
}

static const vfsmount* do_kern_mount(const file_system_type* type) {
  KFUNC(do_kern_mount, type);
  const vfsmount* mount = kmalloc<vfsmount>();
  if (!mount) return call.result(mount);
  atomic_set(&mount->mnt_count, 1);
  for (const list_head* ring : {&mount->mnt_hash, &mount->mnt_child, &mount->mnt_mounts, &mount->mnt_list})
    INIT_LIST_HEAD(ring);
  set(mount->mnt_devname, type->name.get());
  const super_block* sb = type->get_sb(type, 0, nullptr, nullptr);
  set(mount->mnt_sb, sb);
  set(mount->mnt_root, sb->s_root);
  set(mount->mnt_mountpoint, sb->s_root);
  set(mount->mnt_parent, mount);
  return call.result(mount);
}

const vfsmount* kern_mount(const file_system_type* type) {
  KFUNC(kern_mount, type);
  return call.result(do_kern_mount(type));
}

// ---- fs/libfs.c: a file system without a disk, with a root that no path leads to
const super_block* get_sb_pseudo(const file_system_type* type, const char*, const super_operations* ops, u32 magic) {
  KFUNC(get_sb_pseudo, type, ops, magic);
  const super_block* sb = sget(type);
  set(sb->s_blocksize, 1024);
  set(sb->s_blocksize_bits, 10);
  set(sb->s_magic, magic);
  set(sb->s_op, ops);
  const inode* root = new_inode(sb);
  set(root->i_mode, S_IFDIR | 0600);
  set(sb->s_root, d_alloc_root(root));
  return call.result(sb);
}

// ---- include/linux/mount.h
const vfsmount* mntget(const vfsmount* mnt) {
  KFUNC(mntget, mnt);
  atomic_inc(&mnt->mnt_count);
  return call.result(mnt);
}
void mntput(const vfsmount* mnt) {
  KFUNC(mntput, mnt);
  if (!mnt) return;
  set(mnt->mnt_expiry_mark, 0);
  atomic_dec(&mnt->mnt_count);
}

} // namespace sockwalk::kernel26
