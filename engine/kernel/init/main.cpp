#include "engine/kernel/init/main.h"
#include "engine/kernel/include/linux/fs.h"
#include "engine/kernel/include/linux/pid.h"
#include "engine/kernel/include/linux/poll.h"
#include "engine/kernel/include/linux/rcupdate.h"
#include "engine/kernel/include/linux/signal.h"
#include "engine/kernel/include/linux/slab.h"
#include "engine/kernel/include/net/tcp.h"
#include "engine/kernel/init/image.h"
#include "engine/kernel/init/network.h"

namespace sockwalk::kernel {

// The image is loaded before the first function runs: what the compiler put in .data is simply there.
static void loadImage() {
  image_cred();
  image_module();
  image_kmod();
  image_sock();
  image_socket();
  image_eventpoll();
  image_socket_calls();
  image_tcp();
  image_udp();
  image_raw();
  image_ping();
  image_af_inet();
  image_unix();
  image_netlink();
  image_packet();
  image_network();
}

void start_kernel() {
  loadImage();
  KFUNC(start_kernel);
  SIMPLIFIED("only what the network needs is started, one after the other");
  rcu_init();
  cred_init();
  dcache_init();
  inode_init();
  files_init();
  shmem_init();
  net_ns_init();
  net_inuse_init();
  anon_inode_init();
  eventpoll_init();
  sock_init();
  netlink_proto_init();
  net_dev_init();
  inet_init();
  ipv4_offload_init();
  af_unix_init();
  packet_init();
  sock_diag_init();
  inet_diag_init();
  cubictcp_register();
  tcp_congestion_default();
  network_drivers_init();
  configure_interfaces();
}

// A process as fork would leave it: its own files, init's network. `parent`: whose descriptors it shares or copies;
// nullptr: it starts with a terminal only.
static const task_struct* new_task(const Task& task, const task_struct* parent, Descriptors descriptors) {
  auto* t = kzalloc<task_struct>(GFP_KERNEL);
  set(t->pid, task.pid);
  set(t->tgid, task.pid);
  set(t->thread_pid, alloc_pid(static_cast<int>(task.pid)));
  const cred* who = parent ? parent->cred.get() : init_cred.get(); // a child may what its parent may
  set(t->cred, get_cred(who));
  set(t->real_cred, who);
  const nsproxy* ns = parent ? parent->nsproxy.get() : init_nsproxy.get(); // a child lives where its parent does
  set(t->nsproxy, ns);
  atomic_inc(&ns->count);
  if (parent && descriptors != Descriptors::Own) {
    copy_files(t, parent, descriptors == Descriptors::Shared);
  } else {
    const files_struct* files = new_files();
    inherit_terminal(files, init_cred);
    set(t->files, files);
  }
  if (parent) copy_sighand(t, parent);
  else init_sighand(t);
  setBytes(t->comm, task.name.c_str(), std::min<u32>(15, static_cast<u32>(task.name.size())));
  return t;
}

const Software Linux61 = {
    start_kernel,
    [](Task& task, const Task* parent, Descriptors descriptors) {
      task.task = new_task(task, parent ? parent->task : nullptr, descriptors);
    },
    [](Task& task) {
      if (signal_pending(task.task) && do_signal(task.task)) task.ended = true;
    },
    [](Task& task) { release_task(task.task); },
};

} // namespace sockwalk::kernel
