// Files: descriptors, the open file behind them, the inode behind that. Source: include/linux/{fs,file,fdtable}.h.
#pragma once
#include "engine/kernel/include/linux/list.h"
#include "engine/kernel/include/linux/slab.h"
#include "engine/memory/constants/files.h"

namespace sockwalk::kernel {

// ---- fs/file.cpp: the table of descriptors
const files_struct* new_files();                                    // the table of a fresh process
void inherit_terminal(const files_struct* files, const cred* cred); // its descriptors 0, 1 and 2
void free_files(const files_struct* files);
// clone(2): the child's table is its parent's (a thread), or a copy with the same open files (fork). 0 or -errno.
int copy_files(const task_struct* child, const task_struct* parent, bool share);
void exit_files(const task_struct* task); // the last one to leave closes what is open
inline const file* files_lookup_fd(const files_struct* files, u32 fd) {
  const fdtable* fdt = files->fdt;
  return fd < fdt->max_fds ? static_cast<const file*>(fdt->fd.get()[fd].get()) : nullptr;
}

// ---- fs/fcntl.cpp: who is told of input by SIGIO and SIGURG
int f_setown(const file* f, s32 who, int force); // a process, or below zero a group; 0: nobody. -ESRCH: there is none
s32 f_getown(const file* f);
// FASYNC on or off for a file in a list; 1 if that changed something, 0, or -errno.
int fasync_helper(int fd, const file* f, int on, const kptr<fasync_struct>& list);
s64 do_fcntl(u32 fd, u32 cmd, u64 arg, const file* f);

// ---- fs/file_table.cpp: open files
extern Global<u64> files_stat_max_files; // fs.file-max
extern Global<s64> nr_files;
void files_init();
inline void get_file(const file* f) { add(f->f_count.counter, 1); }

// ---- fs/inode.cpp, fs/dcache.cpp, fs/open.cpp, fs/super.cpp
void inode_init();
const inode* new_inode_pseudo(const super_block* sb);
u32 get_next_ino();
void ihold(const inode* inode);
void iput(const inode* inode);
int filp_close(const file* filp, const files_struct* id);
int stream_open(const inode* inode, const file* filp);
const inode* new_inode(const super_block* sb);
void drop_nlink(const inode* inode);
int register_filesystem(const file_system_type* fs); // -EBUSY: one of this name is there
const vfsmount* kern_mount(const char* name, const super_operations* ops, const dentry_operations* dops, u64 magic);

// ---- fs/atime.cpp. `elapsed`: ns since the call began, in which simulated time stood still.
s64 current_time(const inode* inode, s64 elapsed = 0); // ns, to the tick
void touch_atime(const path* path, s64 elapsed = 0);
int __mnt_want_write(const vfsmount* mnt);
void __mnt_drop_write(const vfsmount* mnt);

// ---- fs/namei.cpp: from a name to what it stands for
int kern_path(const char* name, const path* path); // with references; 0 or -errno
void path_get(const path* path);
void path_put(const path* path);
// May the running task write there? 0 or -EACCES.
int path_permission(const path* path);
// A fresh name in the directory *parent, which nobody has yet; an error as a pointer. done_path_create() after.
const dentry* kern_path_create(const char* name, const path* parent);
void done_path_create(const path* parent, const dentry* dentry);
int vfs_mknod(const inode* dir, const dentry* dentry, u32 mode);
int vfs_unlink(const inode* dir, const dentry* dentry);
u32 current_umask();
bool nameOfSocket(const char* name); // a socket is bound to it, or was

// ---- fs/ramfs.cpp
const inode* plainFileNamed(const char* name); // opened before by this name, as a plain file; nullptr
bool forgetPlainFile(const char* name);        // its name is free again; false: there is none

// ---- mm/shmem.cpp: the file system in which names of sockets stand
const path* rootOfNames(); // its root
int simple_lookup(const inode* dir, const dentry* dentry);
inline bool S_ISSOCK(u32 mode) { return (mode & 0170000) == S_IFSOCK; }

} // namespace sockwalk::kernel
