// Files without a name, for those who make them.
// Source: fs/internal.h.
#pragma once
#include "engine/kernel/include/linux/kernel.h"

namespace sockwalk::kernel {

// ---- fs/file_table.cpp: open files
const file* alloc_empty_file(int flags, const cred* cred);
const file* alloc_empty_file_noaccount(int flags, const cred* cred); // not counted in fs.file-nr

// ---- fs/inode.cpp, fs/dcache.cpp, fs/open.cpp, fs/super.cpp
const dentry* d_alloc_pseudo(const super_block* sb, const char* name);

} // namespace sockwalk::kernel
