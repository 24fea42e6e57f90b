// Directory entries: the names of inodes.
// Source: include/linux/dcache.h.
#pragma once
#include "engine/kernel/include/linux/kernel.h"

namespace sockwalk::kernel {

u32 full_name_hash(const char* name);              // fs/namei.cpp: where a name stands in a hash table; of devices, too
const dentry* d_alloc_anon(const super_block* sb); // a tree's root
const dentry* d_alloc(const dentry* parent, const char* name);
const dentry* d_lookup(const dentry* parent, const char* name);   // nullptr: nobody has asked for this name yet
const dentry* childNamed(const dentry* parent, const char* name); // the same, where the kernel needs no call for it
void d_add(const dentry* entry, const inode* inode);              // nullptr: there is no such file
void d_delete(const dentry* entry);
inline const dentry* dget(const dentry* entry) {
  add(entry->d_lockref.count, 1);
  return entry;
}
void d_instantiate(const dentry* entry, const inode* inode);
void dput(const dentry* dentry);

} // namespace sockwalk::kernel
