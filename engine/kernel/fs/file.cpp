// The table of descriptors of a process: a number, an array of pointers to open files, and two bitmaps (which numbers
// are taken, which close on exec). Small tables live inside files_struct; past 64 descriptors a bigger one is made.
#include "engine/kernel/include/linux/file.h"
#include "engine/kernel/fs/internal.h"
#include "engine/kernel/include/linux/bitops.h"
#include "engine/kernel/include/linux/fs.h"
#include "engine/kernel/include/linux/net.h"
#include "engine/kernel/include/linux/rcupdate.h"
#include "engine/kernel/include/linux/sched.h"
#include "engine/kernel/include/linux/uaccess.h"
#include "engine/kernel/syscalls.h"
#include "engine/memory/constants/files.h"
#include <bit>

namespace sockwalk::kernel {

constexpr u32 sysctl_nr_open = 1024 * 1024;

static u32 rlimit_nofile() { return machine().options().maxOpenFiles; }

static void __set_bit(u32 n, const u64* bits) { set(bits[n / 64], bits[n / 64] | 1ull << n % 64); }
static void __clear_bit(u32 n, const u64* bits) { set(bits[n / 64], bits[n / 64] & ~(1ull << n % 64)); }

static Global<file_operations> tty_fops{"tty_fops"};
static Global<kptr<file>> terminal{"terminal"}; // the one that the first task was started from

const files_struct* new_files() {
  auto* files = kzalloc<files_struct>(GFP_KERNEL);
  const fdtable* fdt = &files->fdtab;
  atomic_set(&files->count, 1);
  set(fdt->max_fds, NR_OPEN_DEFAULT);
  setAddress(&fdt->fd, files->fd_array);
  setAddress(&fdt->close_on_exec, files->close_on_exec_init);
  setAddress(&fdt->open_fds, files->open_fds_init);
  setAddress(&fdt->full_fds_bits, files->full_fds_bits_init);
  set(files->fdt, fdt);
  return files;
}

// A descriptor is taken: its bit in open_fds, and one bit more when a word of 64 is full.
static void __set_open_fd(u32 fd, const fdtable* fdt) {
  __set_bit(fd, fdt->open_fds);
  if (fdt->open_fds.get()[fd / 64] == ~0ull) __set_bit(fd / 64, fdt->full_fds_bits);
}
static void __clear_open_fd(u32 fd, const fdtable* fdt) {
  __clear_bit(fd, fdt->open_fds);
  __clear_bit(fd / 64, fdt->full_fds_bits);
}
// The terminal that the program was started from, as its descriptors 0, 1 and 2. The shell has the same file open, so
// the program cannot close it for good. What a terminal does is not simulated.
void inherit_terminal(const files_struct* files, const cred* cred) {
  if (!terminal->get()) {
    const file* opened = alloc_empty_file_noaccount(O_RDWR, cred);
    set(opened->f_op, tty_fops.get());
    set(*terminal, opened); // with one reference, the shell's, which stays
  }
  for (u32 fd = 0; fd < 3; ++fd) {
    get_file(*terminal);
    __set_open_fd(fd, files->fdt);
    set(files->fd_array[fd], terminal->get());
  }
  set(files->next_fd, 3);
}

static void __set_close_on_exec(u32 fd, const fdtable* fdt) { __set_bit(fd, fdt->close_on_exec); }
static void __clear_close_on_exec(u32 fd, const fdtable* fdt) {
  if (test_bit(fd, fdt->close_on_exec)) __clear_bit(fd, fdt->close_on_exec);
}
static void __put_unused_fd(const files_struct* files, u32 fd) {
  __clear_open_fd(fd, files->fdt);
  if (fd < files->next_fd) set(files->next_fd, fd);
}

// The lowest free number from `start` on; whole words that are full are passed over by their bit in full_fds_bits.
static u32 find_next_fd(const fdtable* fdt, u32 start) {
  for (u32 fd = start; fd < fdt->max_fds; ++fd) {
    if (fd % 64 == 0 && test_bit(fd / 64, fdt->full_fds_bits)) {
      fd += 63;
      continue;
    }
    if (!test_bit(fd, fdt->open_fds)) return fd;
  }
  return fdt->max_fds;
}

static void free_fdtable_rcu(const callback_head* rcu) {
  const fdtable* fdt = container_of(rcu, fdtable, rcu);
  kfree(fdt->fd.get());
  kfree(fdt->open_fds.get());
  kfree(fdt);
}

// A bigger table: pointers for `nr` descriptors, and the three bitmaps in one piece of memory.
static const fdtable* alloc_fdtable(u32 nr) {
  KFUNC(alloc_fdtable, nr);
  nr = std::bit_ceil(nr / 128 + 1) * 128;
  auto* fdt = kmalloc<fdtable>(GFP_KERNEL);
  if (!fdt) return call.result(fdt);
  const u8* pointers = kmallocBuffer(nr * 8, GFP_KERNEL | __GFP_ZERO);
  const u8* bits =
      pointers ? kmallocBuffer(std::max(2 * nr / 8 + (nr / 64 + 63) / 64 * 8, 64u), GFP_KERNEL | __GFP_ZERO) : nullptr;
  if (!bits) {
    kfree(pointers);
    kfree(fdt);
    return call.result(static_cast<const fdtable*>(nullptr));
  }
  set(fdt->max_fds, nr);
  setAddress(&fdt->fd, pointers);
  setAddress(&fdt->open_fds, bits);
  setAddress(&fdt->close_on_exec, bits + nr / 8);
  setAddress(&fdt->full_fds_bits, bits + nr / 4);
  return call.result(fdt);
}

static void copy_fdtable(const fdtable* to, const fdtable* from) {
  const u32 bytes = from->max_fds / 8;
  setBytes(to->fd.get(), from->fd.get(), from->max_fds * 8);
  setBytes(to->open_fds.get(), from->open_fds.get(), bytes);
  setBytes(to->close_on_exec.get(), from->close_on_exec.get(), bytes);
  setBytes(to->full_fds_bits.get(), from->full_fds_bits.get(), (from->max_fds / 64 + 63) / 64 * 8);
}

static int expand_fdtable(const files_struct* files, u32 nr) {
  KFUNC(expand_fdtable, files, nr);
  INLINED();
  const fdtable* fdt = alloc_fdtable(nr);
  if (!fdt) return call.result(-ENOMEM);
  const fdtable* old = files->fdt;
  copy_fdtable(fdt, old);
  set(files->fdt, fdt);
  if (old != &files->fdtab) call_rcu(&old->rcu, fn<free_fdtable_rcu>);
  return call.result(1);
}

// 0: the table already reaches `nr`; 1: it was made bigger.
static int expand_files(const files_struct* files, u32 nr) {
  KFUNC(expand_files, files, nr);
  if (nr < files->fdt->max_fds) return call.result(0);
  if (nr >= sysctl_nr_open) return call.result(-EMFILE);
  return call.result(expand_fdtable(files, nr));
}

// Reserves the lowest free number in [start, end). No file stands behind it yet: fd_install() does that.
int alloc_fd(u32 start, u32 end, u32 flags) {
  KFUNC(alloc_fd, start, end, flags);
  const files_struct* table = get_current()->files;
  u32 fd;
  for (;;) {
    fd = std::max(start, table->next_fd);
    if (fd < table->fdt->max_fds) fd = find_next_fd(table->fdt, fd);
    if (fd >= end) {
      NOTE("fd.limit", fd, end);
      return call.result(-EMFILE);
    }
    const int number = expand_files(table, fd);
    if (number < 0) return call.result(number);
    if (!number) break;
  }
  if (start <= table->next_fd) set(table->next_fd, fd + 1);
  __set_open_fd(fd, table->fdt);
  if (flags & O_CLOEXEC) __set_close_on_exec(fd, table->fdt);
  else __clear_close_on_exec(fd, table->fdt);
  NOTE("fd.reserved", fd);
  return call.result(static_cast<int>(fd));
}

int get_unused_fd_flags(u32 flags) {
  KFUNC(get_unused_fd_flags, flags);
  return call.result(alloc_fd(0, rlimit_nofile(), flags));
}

void put_unused_fd(u32 fd) {
  KFUNC(put_unused_fd, fd);
  __put_unused_fd(get_current()->files, fd);
}

// From here on the number works: any thread of the process may use it.
void fd_install(u32 fd, const file* file) {
  KFUNC(fd_install, fd, file);
  const auto& place = get_current()->files->fdt->fd.get()[fd];
  BUG_ON(place.get() != nullptr);
  set(place, file);
}

// Takes the file out of the table; the number is free for the next one who asks.
static const file* pick_file(const files_struct* files, u32 fd) {
  KFUNC(pick_file, files, fd);
  const file* f = files_lookup_fd(files, fd);
  if (!f) return call.result(f);
  set(files->fdt->fd.get()[fd], nullptr);
  __clear_close_on_exec(fd, files->fdt);
  __put_unused_fd(files, fd);
  return call.result(f);
}

int close_fd(u32 fd) {
  KFUNC(close_fd, fd);
  const files_struct* table = get_current()->files;
  const file* f = pick_file(table, fd);
  if (!f) return call.result(-EBADF);
  return call.result(filp_close(f, table));
}

s64 __x64_sys_close(u32 fd) {
  KFUNC(__x64_sys_close, fd);
  return call.result(static_cast<s64>(close_fd(fd)));
}

// While one task owns the table, nobody can take the file away during its call, and no reference is taken. Threads that
// share a table each hold the file as long as their call lasts.
static const file* __fget_light(u32 fd, int* needed) {
  KFUNC(__fget_light, fd);
  const files_struct* table = get_current()->files;
  const file* f = files_lookup_fd(table, fd);
  *needed = f && atomic_read(&table->count) > 1;
  if (*needed) {
    NOTE("fd.shared_table", f, atomic_read(&table->count));
    get_file(f);
  }
  return call.result(f);
}
const file* __fdget(u32 fd, int* needed) {
  KFUNC(__fdget, fd);
  return call.result(__fget_light(fd, needed));
}
const file* __fdget_pos(u32 fd, int* needed) {
  KFUNC(__fdget_pos, fd);
  return call.result(__fget_light(fd, needed));
}
const file* __fdget_raw(u32 fd, int* needed) {
  KFUNC(__fdget_raw, fd);
  return call.result(__fget_light(fd, needed));
}

bool get_close_on_exec(u32 fd) {
  KFUNC(get_close_on_exec, fd);
  return call.result(test_bit(fd, get_current()->files->fdt->close_on_exec));
}
void set_close_on_exec(u32 fd, int flag) {
  KFUNC(set_close_on_exec, fd, flag);
  if (flag) __set_close_on_exec(fd, get_current()->files->fdt);
  else __clear_close_on_exec(fd, get_current()->files->fdt);
}

// A second number for the same open file: offset, flags and socket are shared, close-on-exec is not.
static int do_dup2(const files_struct* files, const file* f, u32 fd, u32 flags) {
  KFUNC(do_dup2, files, f, fd, flags);
  const file* old = files_lookup_fd(files, fd);
  get_file(f);
  set(files->fdt->fd.get()[fd], f);
  __set_open_fd(fd, files->fdt);
  if (flags & O_CLOEXEC) __set_close_on_exec(fd, files->fdt);
  else __clear_close_on_exec(fd, files->fdt);
  if (old) filp_close(old, files);
  return call.result(static_cast<int>(fd));
}

static int ksys_dup3(u32 oldfd, u32 newfd, u32 flags) {
  KFUNC(ksys_dup3, oldfd, newfd, flags);
  if (flags & ~O_CLOEXEC || oldfd == newfd) return call.result(-EINVAL);
  if (newfd >= rlimit_nofile()) return call.result(-EBADF);
  const files_struct* table = get_current()->files;
  const int err = expand_files(table, newfd);
  const file* f = files_lookup_fd(table, oldfd);
  if (!f) return call.result(-EBADF);
  if (err < 0) return call.result(err == -EMFILE ? -EBADF : err);
  return call.result(do_dup2(table, f, newfd, flags));
}

s64 __x64_sys_dup2(u32 oldfd, u32 newfd) {
  KFUNC(__x64_sys_dup2, oldfd, newfd);
  if (newfd == oldfd) return call.result(files_lookup_fd(get_current()->files, oldfd) ? s64(oldfd) : -EBADF);
  return call.result(static_cast<s64>(ksys_dup3(oldfd, newfd, 0)));
}

s64 __x64_sys_dup3(u32 oldfd, u32 newfd, u32 flags) {
  KFUNC(__x64_sys_dup3, oldfd, newfd, flags);
  return call.result(static_cast<s64>(ksys_dup3(oldfd, newfd, flags)));
}

const file* fget(u32 fd) {
  KFUNC(fget, fd);
  const file* f = files_lookup_fd(get_current()->files, fd);
  if (f) get_file(f);
  return call.result(f);
}

const file* fget_raw(u32 fd) {
  KFUNC(fget_raw, fd);
  const file* f = files_lookup_fd(get_current()->files, fd);
  if (f) get_file(f);
  return call.result(f);
}

s64 __x64_sys_dup(u32 fildes) {
  KFUNC(__x64_sys_dup, fildes);
  const file* f = fget_raw(fildes);
  if (!f) return call.result(s64(-EBADF));
  const int fd = alloc_fd(0, rlimit_nofile(), 0);
  if (fd >= 0) fd_install(static_cast<u32>(fd), f);
  else fput(f);
  return call.result(s64(fd));
}

// A number of the running task's for a file that came from elsewhere. It is told to the program before it works: whether
// the program's memory can be written is known early, while all that has to be undone is a number.
int __receive_fd(const file* f, u64 ufd, u32 o_flags) {
  KFUNC(__receive_fd, f, ufd, o_flags);
  const int fd = alloc_fd(0, rlimit_nofile(), o_flags);
  if (fd < 0) return call.result(fd);
  if (const int unreachable = put_user(fd, ufd)) {
    put_unused_fd(static_cast<u32>(fd));
    return call.result(unreachable);
  }
  get_file(f);
  fd_install(static_cast<u32>(fd), f);
  NOTE("fd.received", f, fd);
  __receive_sock(f);
  return call.result(fd);
}

int f_dupfd(u32 from, const file* f, u32 flags) {
  KFUNC(f_dupfd, from, f, flags);
  if (from >= rlimit_nofile()) return call.result(-EINVAL);
  const int fd = alloc_fd(from, rlimit_nofile(), flags);
  if (fd >= 0) {
    get_file(f);
    fd_install(static_cast<u32>(fd), f);
  }
  return call.result(fd);
}

} // namespace sockwalk::kernel
