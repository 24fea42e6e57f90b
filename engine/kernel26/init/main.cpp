// From nothing to a kernel that makes sockets. start_kernel() prepares what everything needs, then goes on as the first
// process, init, who sets up sockets and calls what is built in.
#include "engine/kernel26/include/net/inet.h"

namespace sockwalk::kernel26 {

static void do_initcalls() {
  KFUNC(do_initcalls);
  SIMPLIFIED("of all that is built in only IPv4 starts");
  inet_init();
}

static void do_basic_setup() {
  KFUNC(do_basic_setup);
  SIMPLIFIED("buses, drivers and sysctls are not set up");
  sock_init();
  do_initcalls();
}

static int init() {
  KFUNC(init);
  SIMPLIFIED("no file system is mounted, and /sbin/init is not started");
  do_basic_setup();
  return call.result(0);
}

static void rest_init() {
  KFUNC(rest_init);
  SIMPLIFIED("the first process has no thread of its own: it runs here");
  init();
}

static void vfs_caches_init() {
  KFUNC(vfs_caches_init);
  dcache_init();
  inode_init();
  files_init();
}

static void start_kernel() {
  image_socket(); // what the compiler put into the image is there before the first function
  image_tcp();
  image_udp();
  image_raw();
  image_inet();
  KFUNC(start_kernel);
  SIMPLIFIED("only what sockets need is started");
  kmem_cache_init();
  vfs_caches_init();
  rest_init();
}

// ---- tasks
static const files_struct* newFiles() {
  const files_struct* files = kmalloc<files_struct>();
  atomic_set(&files->count, 1);
  spin_lock_init(&files->file_lock);
  set(files->max_fds, 32);
  set(files->max_fdset, 1024);
  const u32 table = Address32::of(&files->fd_array);
  setBytes(&files->fd, &table, sizeof table);
  set(files->close_on_exec, &files->close_on_exec_init);
  set(files->open_fds, &files->open_fds_init);
  return files;
}

// Descriptors 0 to 2, of which only the struct file is there: nothing can be read from it.
static void giveTerminal(const files_struct* files) {
  const file* terminal = get_empty_filp();
  set(terminal->f_dentry, d_alloc(nullptr, "console", 0));
  atomic_set(&terminal->f_count, 3);
  for (u32 fd = 0; fd < 3; ++fd) set(files->fd_array[fd], terminal);
  set(files->open_fds_init.fds_bits[0], 7);
  set(files->next_fd, 3);
}

static void copyFiles(const files_struct* to, const files_struct* from) {
  copy(&to->open_fds_init, from->open_fds.get());
  copy(&to->close_on_exec_init, from->close_on_exec.get());
  set(to->next_fd, from->next_fd);
  if (from->max_fds > to->max_fds) panic("a task with more than 32 descriptors cannot be forked here");
  for (u32 fd = 0; fd < 32; ++fd)
    if (const file* open = from->fd_array[fd]) {
      atomic_inc(&open->f_count);
      set(to->fd_array[fd], open);
    }
}

// `parent`: whose open files it has too, by the same table or by a copy.
static const task_struct* new_task(const Task& task, const task_struct* parent, Descriptors descriptors) {
  const task_struct* t = kmalloc<task_struct>();
  set(t->pid, task.pid);
  set(t->tgid, task.pid);
  set(t->cap_effective, parent ? parent->cap_effective : ~0u);
  set(t->cap_permitted, t->cap_effective);
  setBytes(t->comm, task.name.c_str(), std::min<u32>(15, static_cast<u32>(task.name.size())));
  if (parent && descriptors == Descriptors::Shared) {
    atomic_inc(&parent->files->count);
    set(t->files, parent->files);
    return t;
  }
  const files_struct* files = newFiles();
  set(t->files, files);
  if (parent && descriptors == Descriptors::Copied) copyFiles(files, parent->files);
  else giveTerminal(files);
  return t;
}

} // namespace sockwalk::kernel26

namespace sockwalk::kernel {

const Software Linux26 = {
    kernel26::start_kernel,
    [](Task& task, const Task* parent, Descriptors descriptors) {
      task.task26 = kernel26::new_task(task, parent ? parent->task26 : nullptr, descriptors);
    },
    [](Task&) {}, // there are no signals
    [](Task&) {}, // and exit() cannot be called
};

} // namespace sockwalk::kernel
