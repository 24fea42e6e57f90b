#include "engine/kernel/include/net/l3mdev.h"

namespace sockwalk::kernel {

int l3mdev_master_ifindex_rcu(const net_device* dev) {
  KFUNC(l3mdev_master_ifindex_rcu, dev);
  SIMPLIFIED("no VRF devices: nobody has a layer-3 master");
  return call.result(0);
}

u32 l3mdev_fib_table_rcu(const net_device* dev) {
  KFUNC(l3mdev_fib_table_rcu, dev);
  SIMPLIFIED("no VRF devices: every device uses the usual tables");
  return call.result(0u);
}

u32 l3mdev_fib_table_by_index(const net* net, int ifindex) {
  KFUNC(l3mdev_fib_table_by_index, net, ifindex);
  return call.result(0u);
}

} // namespace sockwalk::kernel
