// Descriptors: numbers of a task, and the open files behind them.
// Source: include/linux/file.h, include/linux/fdtable.h, include/linux/anon_inodes.h.
#pragma once
#include "engine/kernel/include/linux/kernel.h"

namespace sockwalk::kernel {

// ---- fs/file.cpp: the table of descriptors
int alloc_fd(u32 start, u32 end, u32 flags);
int get_unused_fd_flags(u32 flags);
void put_unused_fd(u32 fd);
void fd_install(u32 fd, const file* file);
int close_fd(u32 fd);
// The lookups that calls with a descriptor begin with. Bit 0 of *needed: fput() it after. _pos: for calls that move the
// file's position; _raw: for those that do not touch the file itself.
const file* __fdget(u32 fd, int* needed);
const file* __fdget_pos(u32 fd, int* needed);
const file* __fdget_raw(u32 fd, int* needed);
const file* fget(u32 fd); // with a reference of its own
const file* fget_raw(u32 fd);
int __receive_fd(const file* f, u64 ufd, u32 o_flags); // a number for it, told at `ufd`; or -errno
bool get_close_on_exec(u32 fd);
void set_close_on_exec(u32 fd, int flag);
int f_dupfd(u32 from, const file* file, u32 flags);

// ---- fs/file_table.cpp: open files
const file* alloc_file_pseudo(const inode* inode, const vfsmount* mnt, const char* name, int flags,
                              const file_operations* fops);
void fput(const file* file);
inline void fput_light(const file* file, int fput_needed) {
  if (fput_needed) fput(file);
}

// ---- fs/anon_inodes.cpp: files of the kernel's own making that share one inode
const file* anon_inode_getfile(const char* name, const file_operations* fops, const void* priv, int flags);

} // namespace sockwalk::kernel
