// Files that live in memory only, so that there is something to send with sendfile(2): open("/any/name", O_CREAT).
// An inode's pages stand in a table of its address_space; the file system is mounted when the first file is opened.
#include "engine/kernel/include/linux/file.h"
#include "engine/kernel/include/linux/fs.h"
#include "engine/kernel/include/linux/mm.h"
#include "engine/kernel/include/linux/pagemap.h"
#include "engine/kernel/include/linux/sched.h"
#include "engine/kernel/include/linux/uaccess.h"
#include "engine/kernel/include/linux/uio.h"
#include "engine/kernel/syscalls.h"
#include "engine/memory/constants/files.h"

namespace sockwalk::kernel {

constexpr u32 MaxPages = 256, NameBytes = 128; // a file has at most 1 MiB
static Global<kptr<vfsmount>> ramfs_mnt{"ramfs_mnt"};
static Global<super_operations> ramfs_ops{"ramfs_ops"};
static Global<dentry_operations> ramfs_dentry_operations{"ramfs_dentry_operations"};
static Global<file_operations> ramfs_file_operations{"ramfs_file_operations"};

static const kptr<page>* pageTable(const inode* i) {
  return static_cast<const kptr<page>*>(i->i_data.private_data.get());
}

const page* find_get_page(const inode* i, u64 index, bool create) {
  if (index >= MaxPages) return nullptr;
  const kptr<page>& slot = pageTable(i)[index];
  if (!slot && create) {
    set(slot, alloc_pages(GFP_KERNEL | __GFP_ZERO, 0));
    if (slot) add(i->i_data.nrpages, 1);
  }
  return slot;
}

static s64 generic_file_read_iter(const kiocb* iocb, const iov_iter* to) {
  KFUNC(generic_file_read_iter, iocb, to);
  const inode* i = iocb->ki_filp->f_inode;
  s64 done = 0;
  while (to->count && iocb->ki_pos < i->i_size) {
    const page* p = find_get_page(i, static_cast<u64>(iocb->ki_pos) / PAGE_SIZE, true);
    const u32 at = static_cast<u32>(iocb->ki_pos % PAGE_SIZE);
    const u64 n = std::min<u64>({to->count, PAGE_SIZE - at, static_cast<u64>(i->i_size - iocb->ki_pos)});
    if (!p || copy_to_iter(page_address(p) + at, n, to) != n) return call.result(done ? done : s64(-EFAULT));
    set(iocb->ki_pos, iocb->ki_pos + static_cast<s64>(n));
    done += static_cast<s64>(n);
  }
  return call.result(done);
}
static s64 generic_file_write_iter(const kiocb* iocb, const iov_iter* from) {
  KFUNC(generic_file_write_iter, iocb, from);
  const inode* i = iocb->ki_filp->f_inode;
  if (iocb->ki_filp->f_flags & O_APPEND) set(iocb->ki_pos, i->i_size);
  s64 done = 0;
  while (from->count) {
    const page* p = find_get_page(i, static_cast<u64>(iocb->ki_pos) / PAGE_SIZE, true);
    if (!p) return call.result(done ? done : s64(-ENOSPC));
    const u32 at = static_cast<u32>(iocb->ki_pos % PAGE_SIZE),
              n = static_cast<u32>(std::min<u64>(from->count, PAGE_SIZE - at));
    if (!copy_from_iter_full(page_address(p) + at, n, from)) return call.result(done ? done : s64(-EFAULT));
    set(iocb->ki_pos, iocb->ki_pos + n);
    if (iocb->ki_pos > i->i_size) set(i->i_size, iocb->ki_pos);
    done += n;
  }
  return call.result(done);
}

static const inode* ramfs_get_inode(const super_block* sb, const char* name) {
  KFUNC(ramfs_get_inode, sb);
  const inode* i = new_inode_pseudo(sb);
  if (!i) return call.result(i);
  const u8* label = kmallocBuffer(NameBytes, GFP_KERNEL | __GFP_ZERO);
  const u8* table = kmallocBuffer(MaxPages * 8, GFP_KERNEL | __GFP_ZERO);
  set(i->i_ino, get_next_ino());
  set(i->i_mode, S_IFREG | 0644);
  setBytes(label, name, static_cast<u32>(std::strlen(name)));
  set(i->i_private, label);
  set(i->i_data.private_data, table);
  set(i->i_fop, ramfs_file_operations);
  list_add_tail(&i->i_sb_list, &sb->s_inodes);
  return call.result(i);
}

static void init_ramfs_fs() {
  KFUNC(init_ramfs_fs);
  set(ramfs_file_operations->read_iter, fn<generic_file_read_iter>);
  set(ramfs_file_operations->write_iter, fn<generic_file_write_iter>);
  set(*ramfs_mnt, kern_mount("ramfs", ramfs_ops, ramfs_dentry_operations, RAMFS_MAGIC));
}

static void truncateFile(const inode* i) {
  for (u32 n = 0; n < MaxPages; ++n)
    if (const page* p = pageTable(i)[n]) {
      set(pageTable(i)[n], nullptr);
      put_page(p);
    }
  set(i->i_data.nrpages, 0);
  set(i->i_size, 0);
}

const inode* plainFileNamed(const char* name) {
  const vfsmount* mounted = ramfs_mnt->get();
  if (!mounted) return nullptr;
  for (const inode* i : list_for_each_entry(inode, i_sb_list, &mounted->mnt_sb->s_inodes))
    if (!std::strcmp(reinterpret_cast<const char*>(i->i_private.get()), name)) return i;
  return nullptr;
}

bool forgetPlainFile(const char* name) {
  const inode* i = plainFileNamed(name);
  if (!i) return false;
  list_del_init(&i->i_sb_list);
  if (atomic_read(&i->i_count) == 1) truncateFile(i);
  iput(i);
  return true;
}

static const file* do_filp_open(const char* name, int flags) {
  KFUNC(do_filp_open, flags);
  SIMPLIFIED("there is one directory, whatever the path says, and every file may be read and written");
  if (!ramfs_mnt->get()) init_ramfs_fs();
  if (nameOfSocket(name)) return call.result(ERR_PTR<file>(-ENXIO));
  const super_block* sb = ramfs_mnt->get()->mnt_sb;
  const inode* found = plainFileNamed(name);
  if (!found && !(flags & static_cast<int>(O_CREAT))) return call.result(ERR_PTR<file>(-ENOENT));
  if (found && flags & static_cast<int>(O_EXCL)) return call.result(ERR_PTR<file>(-EEXIST));
  if (!found) found = ramfs_get_inode(sb, name);
  if (!found) return call.result(ERR_PTR<file>(-ENOMEM));
  if (flags & static_cast<int>(O_TRUNC)) truncateFile(found);
  ihold(found); // the directory keeps one reference, the open file another
  const file* f = alloc_file_pseudo(found, *ramfs_mnt, name, flags & ~static_cast<int>(O_CREAT | O_EXCL | O_TRUNC),
                                    ramfs_file_operations);
  if (!IS_ERR(f)) set(f->f_mode, f->f_mode | FMODE_LSEEK | FMODE_PREAD | FMODE_PWRITE);
  return call.result(f);
}

static s64 do_sys_open(u64 filename, int flags) {
  KFUNC(do_sys_open, filename, flags);
  char name[NameBytes] = {};
  for (u32 i = 0;; ++i) {
    if (i + 1 == NameBytes) return call.result(s64(-ENAMETOOLONG));
    if (copy_from_user(name + i, filename + i, 1)) return call.result(s64(-EFAULT));
    if (!name[i]) break;
  }
  if (!name[0]) return call.result(s64(-ENOENT));
  const int fd = get_unused_fd_flags(static_cast<u32>(flags) & O_CLOEXEC);
  if (fd < 0) return call.result(static_cast<s64>(fd));
  const file* f = do_filp_open(name, flags);
  if (IS_ERR(f)) {
    put_unused_fd(static_cast<u32>(fd));
    return call.result(static_cast<s64>(PTR_ERR(f)));
  }
  fd_install(static_cast<u32>(fd), f);
  return call.result(static_cast<s64>(fd));
}
s64 __x64_sys_open(u64 filename, int flags, u32 mode) {
  KFUNC(__x64_sys_open, filename, flags, mode);
  return call.result(do_sys_open(filename, flags));
}

} // namespace sockwalk::kernel
