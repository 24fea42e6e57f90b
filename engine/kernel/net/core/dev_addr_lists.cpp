// What a device lets in: lists of hardware addresses, of groups (mc) and of its own (uc), each counted.
#include "engine/kernel/include/linux/netdevice.h"
#include "engine/memory/constants/errors.h"
#include <cstring>

namespace sockwalk::kernel {

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

} // namespace sockwalk::kernel
