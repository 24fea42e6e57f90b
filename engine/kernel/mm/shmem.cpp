// tmpfs: a tree of names in memory. Here it holds the names of sockets (bind() makes one) and the few directories that
// every system has; a socket's inode there has no bytes, it only says who may connect and which socket is meant.
#include "engine/kernel/include/linux/cred.h"
#include "engine/kernel/include/linux/dcache.h"
#include "engine/kernel/include/linux/fs.h"
#include "engine/kernel/include/linux/list.h"
#include "engine/kernel/init/image.h"
#include "engine/memory/constants/files.h"

namespace sockwalk::kernel {

static Global<path> root_path{"init_fs.root"};
static Global<super_operations> shmem_ops{"shmem_ops"};
static Global<dentry_operations> simple_dentry_operations{"simple_dentry_operations"};
static Global<inode_operations> shmem_dir_inode_operations{"shmem_dir_inode_operations"};
static Global<u32> next_ino{"shmem_sb_info.next_ino"};
static Global<kptr<kmem_cache>> shmem_inode_cachep{"shmem_inode_cachep"};

static const inode* shmem_alloc_inode(const super_block* sb) {
  KFUNC(shmem_alloc_inode, sb);
  return call.result(kmem_cache_alloc<inode>(*shmem_inode_cachep, GFP_KERNEL | __GFP_ZERO));
}

static void init_special_inode(const inode* i, u32 mode) {
  KFUNC(init_special_inode, i, mode);
  set(i->i_mode, mode);
}

static void setTimes(const inode* i, s64 moment) {
  for (const timespec64* t : {&i->i_atime, &i->i_mtime, &i->i_ctime}) {
    set(t->tv_sec, moment / 1'000'000'000);
    set(t->tv_nsec, moment % 1'000'000'000);
  }
}
static const inode* shmem_get_inode(const super_block* sb, u32 mode) {
  KFUNC(shmem_get_inode, sb, mode);
  const inode* i = new_inode(sb);
  if (!i) return call.result(i);
  set(i->i_ino, add(*next_ino, 1));
  set(i->i_uid.val, current_cred()->fsuid.val);
  set(i->i_gid.val, current_cred()->fsgid.val);
  setTimes(i, current_time(i));
  if (S_ISSOCK(mode)) {
    init_special_inode(i, mode);
  } else {
    set(i->i_mode, mode);
    set(i->i_op, shmem_dir_inode_operations);
  }
  return call.result(i);
}

// A new inode would inherit its directory's list of rights; here no directory has one.
static void get_cached_acl(const inode* i) { KFUNC(get_cached_acl, i); }
static void set_cached_acl(const inode* i) { KFUNC(set_cached_acl, i); }
static void posix_acl_create(const inode* dir) {
  KFUNC(posix_acl_create, dir);
  get_cached_acl(dir);
  current_umask();
}
static void simple_acl_create(const inode* dir, const inode* i) {
  KFUNC(simple_acl_create, dir, i);
  posix_acl_create(dir);
  set_cached_acl(i); // of two kinds
  set_cached_acl(i);
}

static s32 shmem_mknod(const user_namespace* mnt_userns, const inode* dir, const dentry* dentry, u16 mode, u32 dev) {
  KFUNC(shmem_mknod, mnt_userns, dir, dentry, mode, dev);
  const inode* made = shmem_get_inode(dir->i_sb, mode);
  if (!made) return call.result(-ENOSPC);
  simple_acl_create(dir, made);
  setTimes(dir, current_time(dir));
  d_instantiate(dentry, made);
  return call.result(0);
}
static s32 shmem_unlink(const inode* dir, const dentry* dentry) {
  KFUNC(shmem_unlink, dir, dentry);
  setTimes(dir, current_time(dir));
  drop_nlink(dentry->d_inode);
  return call.result(0);
}

// All there is in memory is in the cache of names: a name that is not there stands for nothing.
int simple_lookup(const inode* dir, const dentry* dentry) {
  KFUNC(simple_lookup, dir, dentry);
  d_add(dentry, nullptr);
  return call.result(0);
}

static void makeDirectory(const dentry* at, u32 mode) {
  const inode* i = shmem_get_inode(at->d_sb, S_IFDIR | mode);
  set(i->i_uid.val, 0u), set(i->i_gid.val, 0u);
  d_instantiate(at, i);
}
int shmem_init() {
  KFUNC(shmem_init);
  set(*shmem_inode_cachep, kmem_cache_create("shmem_inode_cache", sizeof(inode)));
  set(shmem_ops->alloc_inode, fn<shmem_alloc_inode>);
  set(shmem_dir_inode_operations->mknod, fn<shmem_mknod>);
  set(shmem_dir_inode_operations->unlink, fn<shmem_unlink>);
  const vfsmount* mnt = kern_mount("tmpfs", shmem_ops, simple_dentry_operations, TMPFS_MAGIC);
  const dentry* root = d_alloc_anon(mnt->mnt_sb);
  makeDirectory(root, 0755);
  for (const char* name : {"tmp", "run", "dev", "var"}) makeDirectory(d_alloc(root, name), *name == 't' ? 01777 : 0755);
  set(root_path->mnt, mnt);
  set(root_path->dentry, root);
  return call.result(0);
}
const path* rootOfNames() { return root_path; }

} // namespace sockwalk::kernel
