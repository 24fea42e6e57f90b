// What a device lets in: lists of hardware addresses, of groups (mc) and of its own (uc), each counted; and, without a
// list, every frame of the wire, or every group.
#include "engine/kernel/include/linux/netdevice.h"
#include "engine/kernel/include/linux/printk.h"
#include "engine/kernel/include/linux/rtnetlink.h"
#include "engine/memory/constants/errors.h"
#include <cstring>

namespace sockwalk::kernel {

void __dev_set_rx_mode(const net_device* dev) {
  KFUNC(__dev_set_rx_mode, dev);
  SIMPLIFIED(
      "the device takes every multicast frame anyway, and only its own unicast address unless IFF_PROMISC is set");
}
static const netdev_hw_addr* findAddress(const netdev_hw_addr_list* list, const u8* addr, int len) {
  for (const netdev_hw_addr* ha : list_for_each_entry(netdev_hw_addr, list, &list->list))
    if (!std::memcmp(ha->addr, addr, static_cast<size_t>(len))) return ha;
  return nullptr;
}
static int __hw_addr_add_ex(const netdev_hw_addr_list* list, const u8* addr, int addr_len) {
  KFUNC(__hw_addr_add_ex, list, addr_len);
  if (!list->list.next) INIT_LIST_HEAD(&list->list);
  if (const netdev_hw_addr* entry = findAddress(list, addr, addr_len)) {
    add(entry->refcount, 1);
    return call.result(0);
  }
  const auto* entry = kzalloc<netdev_hw_addr>(GFP_ATOMIC);
  if (!entry) return call.result(-ENOMEM);
  setBytes(entry->addr, addr, static_cast<u32>(addr_len));
  set(entry->refcount, 1);
  list_add_tail(&entry->list, &list->list);
  add(list->count, 1);
  return call.result(0);
}
static int __dev_mc_add(const net_device* dev, const u8* addr, bool global) {
  KFUNC(__dev_mc_add, dev, global);
  const int err = __hw_addr_add_ex(&dev->mc, addr, dev->addr_len);
  if (!err) __dev_set_rx_mode(dev);
  return call.result(err);
}
int dev_mc_add(const net_device* dev, const u8* addr) {
  KFUNC(dev_mc_add, dev);
  return call.result(__dev_mc_add(dev, addr, false));
}
static int __hw_addr_del_entry(const netdev_hw_addr_list* list, const netdev_hw_addr* ha) {
  KFUNC(__hw_addr_del_entry, list, ha);
  sub(ha->refcount, 1);
  if (ha->refcount) return call.result(0);
  list_del(&ha->list);
  sub(list->count, 1);
  kfree(ha);
  return call.result(0);
}
static int __hw_addr_del_ex(const netdev_hw_addr_list* list, const u8* addr, int addr_len) {
  KFUNC(__hw_addr_del_ex, list, addr_len);
  const netdev_hw_addr* entry = list->list.next ? findAddress(list, addr, addr_len) : nullptr;
  return call.result(entry ? __hw_addr_del_entry(list, entry) : -ENOENT);
}
int dev_mc_del(const net_device* dev, const u8* addr) {
  KFUNC(dev_mc_del, dev);
  const int err = __hw_addr_del_ex(&dev->mc, addr, dev->addr_len); // __dev_mc_del(), inlined
  if (!err) __dev_set_rx_mode(dev);
  return call.result(err);
}
int dev_uc_add(const net_device* dev, const u8* addr) {
  KFUNC(dev_uc_add, dev);
  const int err = __hw_addr_add_ex(&dev->uc, addr, dev->addr_len);
  if (!err) __dev_set_rx_mode(dev);
  return call.result(err);
}
int dev_uc_del(const net_device* dev, const u8* addr) {
  KFUNC(dev_uc_del, dev);
  const int err = __hw_addr_del_ex(&dev->uc, addr, dev->addr_len);
  if (!err) __dev_set_rx_mode(dev);
  return call.result(err);
}

// ---- without a list
static void __dev_notify_flags(const net_device* dev, u32 old_flags, u32 gchanges) {
  KFUNC(__dev_notify_flags, dev, old_flags, gchanges);
  SIMPLIFIED("nobody is told by netlink");
}
// Counts who asks: the flag stands as long as anybody does. False: nothing has changed for the device.
static bool countAskers(const net_device* dev, const u32& askers, u32 flag, int inc) {
  const u32 before = dev->flags;
  const u32 now = add(askers, static_cast<u32>(inc));
  const u32 flags = now ? before | flag : before & ~flag;
  if (flags != before) set(dev->flags, flags);
  return flags != before;
}
static int __dev_set_promiscuity(const net_device* dev, int inc, bool notify) {
  KFUNC(__dev_set_promiscuity, dev, inc, notify);
  rtnl_is_locked();
  const u32 before = dev->flags;
  if (countAskers(dev, dev->promiscuity, IFF_PROMISC, inc)) _printk("device %s entered or left promiscuous mode");
  NOTE("device.promiscuous", dev, dev->promiscuity);
  if (notify) __dev_notify_flags(dev, before, IFF_PROMISC);
  return call.result(0);
}
int dev_set_promiscuity(const net_device* dev, int inc) {
  KFUNC(dev_set_promiscuity, dev, inc);
  const u32 before = dev->flags;
  const int err = __dev_set_promiscuity(dev, inc, true);
  if (!err && dev->flags != before) __dev_set_rx_mode(dev);
  return call.result(err);
}
static int __dev_set_allmulti(const net_device* dev, int inc, bool notify) {
  KFUNC(__dev_set_allmulti, dev, inc, notify);
  rtnl_is_locked();
  const u32 before = dev->flags;
  if (!countAskers(dev, dev->allmulti, IFF_ALLMULTI, inc)) return call.result(0);
  __dev_set_rx_mode(dev);
  if (notify) __dev_notify_flags(dev, before, 0);
  return call.result(0);
}
int dev_set_allmulti(const net_device* dev, int inc) {
  KFUNC(dev_set_allmulti, dev, inc);
  return call.result(__dev_set_allmulti(dev, inc, true));
}

} // namespace sockwalk::kernel
