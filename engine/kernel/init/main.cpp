#include "engine/kernel/init/main.h"
#include "engine/kernel/include/linux/slab.h"
#include "engine/kernel/include/net/route.h"
#include "engine/kernel/init/network.h"

namespace sockwalk::kernel {

// The image is loaded before the first function runs: what the compiler put in .data is simply there.
static void loadImage() {
  image_network();
}

void start_kernel() {
  loadImage();
  KFUNC(start_kernel);
  net_dev_init();
  ip_rt_init();
  configure_interfaces();
}

const task_struct* new_task(const Task& task) {
  auto* t = kzalloc<task_struct>(GFP_KERNEL);
  set(t->pid, task.pid);
  set(t->tgid, task.pid);
  setBytes(t->comm, task.name.c_str(), std::min<u32>(15, static_cast<u32>(task.name.size())));
  return t;
}

} // namespace sockwalk::kernel
