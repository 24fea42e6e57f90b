// Files, names and inodes of 2.6. Source: include/linux/fs.h, file.h, dcache.h, mount.h.
#pragma once
#include "engine/kernel26/include/linux/list.h"
#include "engine/memory/constants/files.h"
#include "engine/memory/constants/then.h"

namespace sockwalk::kernel26 {

// ---- fs/file_table.c, fs/open.c, fs/file.c
void files_init();
const file* get_empty_filp(); // nullptr: there are as many open files as there may be, or no memory
void put_filp(const file* file);
void fput(const file* file);
int get_unused_fd();
void put_unused_fd(u32 fd);
void fd_install(u32 fd, const file* file);
int expand_files(const files_struct* files, int nr); // room for descriptor `nr`; below zero: none

// ---- fs/dcache.c
void dcache_init();
const dentry* d_alloc(const dentry* parent, const char* name, u32 hash); // nullptr: no memory
void d_instantiate(const dentry* entry, const inode* inode);
void d_rehash(const dentry* entry);
void d_add(const dentry* entry, const inode* inode);
const dentry* d_alloc_root(const inode* root);
void dput(const dentry* dentry);

// ---- fs/inode.c
void inode_init();
void inode_init_once(const inode* inode);
const inode* new_inode(const super_block* sb); // nullptr: no memory
void iput(const inode* inode);

// ---- fs/filesystems.c, fs/super.c, fs/libfs.c, fs/namespace.c
int register_filesystem(const file_system_type* fs);
const vfsmount* kern_mount(const file_system_type* type);
const super_block* get_sb_pseudo(const file_system_type* type, const char* name, const super_operations* ops,
                                 u32 magic);
const vfsmount* mntget(const vfsmount* mnt);
void mntput(const vfsmount* mnt);

} // namespace sockwalk::kernel26
