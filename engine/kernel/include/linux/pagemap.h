// The pages in which a file is kept in memory.
// Source: include/linux/pagemap.h.
#pragma once
#include "engine/kernel/include/linux/kernel.h"

namespace sockwalk::kernel {

const page* find_get_page(const inode* i, u64 index, bool create); // fs/ramfs.cpp

} // namespace sockwalk::kernel
