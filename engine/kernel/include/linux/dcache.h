// Directory entries: the names of inodes.
// Source: include/linux/dcache.h.
#pragma once
#include "engine/kernel/include/linux/kernel.h"

namespace sockwalk::kernel {

void d_instantiate(const dentry* entry, const inode* inode);
void dput(const dentry* dentry);

} // namespace sockwalk::kernel
