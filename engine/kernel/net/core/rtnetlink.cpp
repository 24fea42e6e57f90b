// What `ip` asks the kernel for by netlink: links that are made, changed and moved between namespaces.
#include "engine/kernel/include/linux/rtnetlink.h"
#include "engine/kernel/drivers/net/veth.h"
#include "engine/kernel/include/linux/inetdevice.h"
#include "engine/kernel/include/net/rtnetlink.h"
#include "engine/kernel/net/core/rtnetlink_internal.h"
#include "engine/kernel/net/ipv4/devinet_internal.h"

namespace sockwalk::kernel {

static Global<u32> rtnl_mutex{"rtnl_mutex"}; // here only whether somebody holds it
void takeRtnl() { set(*rtnl_mutex.get(), 1u); }
void rtnl_lock() {
  KFUNC(rtnl_lock);
  takeRtnl();
}
static void __rtnl_unlock() {
  KFUNC(__rtnl_unlock);
  set(*rtnl_mutex.get(), 0u);
}
static void netdev_run_todo() {
  KFUNC(netdev_run_todo);
  SIMPLIFIED("devices that leave are freed at once, so nothing was put off");
  __rtnl_unlock();
}
void letRtnlGo() { netdev_run_todo(); }
void rtnl_unlock() {
  KFUNC(rtnl_unlock);
  netdev_run_todo();
}
bool rtnl_is_locked() {
  KFUNC(rtnl_is_locked);
  return call.result(*rtnl_mutex.get() != 0);
}

const net_device* rtnl_create_link(const net* net, const char* ifname, void (*setup)(const net_device*),
                                   u32 priv_size) {
  KFUNC(rtnl_create_link, net, priv_size);
  const net_device* dev = alloc_netdev_mqs(static_cast<int>(priv_size), ifname, setup, 1, 1);
  if (dev) set(dev->nd_net.net, net);
  return call.result(dev);
}

int rtnl_configure_link(const net_device* dev) {
  KFUNC(rtnl_configure_link, dev);
  SIMPLIFIED("nothing is configured yet, and nobody listens to the message that the link is new");
  return call.result(0);
}

int rtnl_add_veth(const net* net, const char* name, const char* peer) {
  KFUNC(rtnl_newlink, net);
  SIMPLIFIED("the only kind of link is veth");
  if (__dev_get_by_name(net, name) || __dev_get_by_name(net, peer)) return call.result(-EEXIST);
  const net_device* dev = rtnl_create_link(net, name, veth_setup, sizeof(veth_priv));
  if (!dev) return call.result(-ENOMEM);
  if (const int err = veth_newlink(net, dev, peer)) return call.result(err);
  return call.result(rtnl_configure_link(dev));
}

static void unlist_netdevice(const net_device* dev) {
  KFUNC(unlist_netdevice, dev);
  list_del_init(&dev->dev_list);
  hlist_del_init(&dev->index_hlist);
}

int dev_change_net_namespace(const net_device* dev, const net* net, const char* name) {
  KFUNC(__dev_change_net_namespace, dev, net);
  SIMPLIFIED("only a device that is down can be moved: addresses and routes would have to be taken back");
  if (dev->features & NETIF_F_NETNS_LOCAL) return call.result(-EINVAL); // every lo stays where it is
  if (dev_net(dev) == net) return call.result(0);
  if (dev->flags & IFF_UP) return call.result(-EBUSY);
  char wanted[16] = {};
  std::strncpy(wanted, *name ? name : reinterpret_cast<const char*>(dev->name), sizeof wanted - 1);
  if (__dev_get_by_name(net, wanted)) return call.result(-EEXIST);
  unlist_netdevice(dev);
  inetdev_event(NETDEV_UNREGISTER, dev);
  set(dev->nd_net.net, net);
  setBytes(dev->name, wanted, sizeof wanted);
  if (dev_get_by_index_rcu(net, dev->ifindex)) set(dev->ifindex, add(net->ifindex, 1));
  if (dev->ifindex > net->ifindex) set(net->ifindex, dev->ifindex);
  list_netdevice(dev);
  inetdev_event(NETDEV_REGISTER, dev);
  NOTE("net.moved", dev, net);
  return call.result(0);
}

} // namespace sockwalk::kernel
