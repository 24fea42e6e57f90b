// Pipes: what splice() and sendfile() move pages through.
// Source: include/linux/pipe_fs_i.h.
#pragma once
#include "engine/kernel/include/linux/kernel.h"

namespace sockwalk::kernel {

void free_pipe_info(const pipe_inode_info* pipe); // fs/splice.cpp

} // namespace sockwalk::kernel
