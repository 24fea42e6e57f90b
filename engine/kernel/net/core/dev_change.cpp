// A device goes up and down, changes its size of packets and what of the wire it takes: all of it with the rest of the
// network listening.
#include "engine/kernel/include/linux/inetdevice.h"
#include "engine/kernel/include/linux/notifier.h"
#include "engine/kernel/include/linux/printk.h"
#include "engine/kernel/include/linux/rtnetlink.h"
#include "engine/kernel/include/net/netlink.h"
#include "engine/kernel/include/net/rtnetlink.h"
#include "engine/kernel/include/net/sch_generic.h"
#include "engine/kernel/net/core/dev.h"
#include "engine/kernel/net/ipv4/devinet_internal.h"
#include "engine/kernel/net/ipv4/fib_frontend_internal.h"

namespace sockwalk::kernel {

// ---- who listens
static int everybody(u64 val, const void* v) {
  const auto* dev = static_cast<const net_device*>(v);
  rtnetlink_event(val, dev);
  inetdev_event(val, dev);
  fib_netdev_event(val, dev);
  return 0;
}
static int call_netdevice_notifiers_info(u64 val, const net_device* dev) {
  KFUNC(call_netdevice_notifiers_info, val, dev);
  SIMPLIFIED("of the listeners only rtnetlink and IPv4 are there");
  rtnl_is_locked();
  raw_notifier_call_chain(val, dev); // the namespace's own listeners
  return call.result(raw_notifier_call_chain(val, dev, everybody));
}
void tellDevice(u64 event, const net_device* dev) { call_netdevice_notifiers_info(event, dev); }

// ---- the largest packet
int dev_set_mtu_ext(const net_device* dev, u32 new_mtu, const netlink_ext_ack* extack) {
  KFUNC(dev_set_mtu_ext, dev, new_mtu, extack);
  if (new_mtu == dev->mtu) return call.result(0);
  const bool tooSmall = new_mtu < dev->min_mtu, tooLarge = dev->max_mtu && new_mtu > dev->max_mtu;
  if (tooSmall || tooLarge) {
    NL_SET_ERR_MSG(extack, tooSmall ? "mtu less than device minimum" : "mtu greater than device maximum");
    return call.result(-EINVAL);
  }
  call_netdevice_notifiers_info(NETDEV_PRECHANGEMTU, dev);
  const net_device_ops* driver = dev->netdev_ops;
  const int failed = driver->ndo_change_mtu ? driver->ndo_change_mtu(dev, static_cast<int>(new_mtu)) : 0;
  if (failed) return call.result(failed);
  if (!driver->ndo_change_mtu) set(dev->mtu, new_mtu);
  call_netdevice_notifiers_info(NETDEV_CHANGEMTU, dev);
  return call.result(0);
}
int dev_set_mtu(const net_device* dev, u32 new_mtu) {
  KFUNC(dev_set_mtu, dev, new_mtu);
  OnStack<netlink_ext_ack> extack;
  return call.result(dev_set_mtu_ext(dev, new_mtu, extack));
}

// ---- its flags
static void __dev_notify_flags(const net_device* dev, u32 old_flags, u32 gchanges) {
  KFUNC(__dev_notify_flags, dev, old_flags, gchanges);
  const u32 changed = old_flags ^ dev->flags;
  if (gchanges) rtmsg_ifinfo(RTM_NEWLINK, dev, gchanges, GFP_ATOMIC);
  if (changed & IFF_UP) call_netdevice_notifiers_info(dev->flags & IFF_UP ? NETDEV_UP : NETDEV_DOWN, dev);
}

// What of the wire it takes: asked for by several, so each is counted, and the flag stands as long as anybody asks.
void __dev_set_rx_mode(const net_device* dev) {
  KFUNC(__dev_set_rx_mode, dev);
  SIMPLIFIED(
      "the device takes every multicast frame anyway, and only its own unicast address unless IFF_PROMISC is set");
}
static void countAskers(const net_device* dev, const u32& askers, u32 flag, int inc) {
  const u32 before = dev->flags;
  const u32 after = add(askers, static_cast<u32>(inc)) ? before | flag : before & ~flag;
  if (after != before) set(dev->flags, after);
}
static int __dev_set_promiscuity(const net_device* dev, int inc, bool notify) {
  KFUNC(__dev_set_promiscuity, dev, inc, notify);
  rtnl_is_locked();
  const u32 before = dev->flags;
  countAskers(dev, dev->promiscuity, IFF_PROMISC, inc);
  if (dev->flags != before) _printk("device %s entered or left promiscuous mode");
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
  countAskers(dev, dev->allmulti, IFF_ALLMULTI, inc);
  if (dev->flags == before) return call.result(0);
  __dev_set_rx_mode(dev);
  if (notify) __dev_notify_flags(dev, before, 0);
  return call.result(0);
}
int dev_set_allmulti(const net_device* dev, int inc) {
  KFUNC(dev_set_allmulti, dev, inc);
  return call.result(__dev_set_allmulti(dev, inc, true));
}

// ---- up and down
// What waits in the queue is lost: nobody will send it.
static void dev_deactivate_many(const net_device* dev) {
  KFUNC(dev_deactivate_many, dev);
  const netdev_queue* queue = netdev_get_tx_queue(dev, 0);
  const Qdisc* discipline = queue->qdisc;
  set(queue->qdisc, noop_qdisc);
  for (const sk_buff* skb = discipline->dequeue ? discipline->dequeue(discipline) : nullptr; skb;
       skb = discipline->dequeue(discipline))
    kfree_skb(skb);
}
static void __dev_close_many(const net_device* dev) {
  KFUNC(__dev_close_many, dev);
  rtnl_is_locked();
  call_netdevice_notifiers_info(NETDEV_GOING_DOWN, dev);
  set(dev->state, dev->state & ~(1ull << __LINK_STATE_START));
  dev_deactivate_many(dev);
  if (dev->netdev_ops->ndo_stop) dev->netdev_ops->ndo_stop(dev);
  set(dev->flags, dev->flags & ~u32(IFF_UP));
}

static int __dev_change_flags(const net_device* dev, u32 flags, const netlink_ext_ack* extack) {
  KFUNC(__dev_change_flags, dev, flags, extack);
  SIMPLIFIED("of the flags only IFF_UP and IFF_NOARP can be changed");
  rtnl_is_locked();
  constexpr u32 kept = IFF_UP, changeable = IFF_NOARP;
  const u32 before = dev->flags;
  const u32 after = (flags & changeable) | (before & (~changeable | kept));
  if (after != before) set(dev->flags, after);
  __dev_set_rx_mode(dev);
  if (!((before ^ flags) & IFF_UP)) return call.result(0);
  if (flags & IFF_UP) return call.result(dev_start(dev));
  __dev_close_many(dev);
  return call.result(0);
}
int dev_change_flags(const net_device* dev, u32 flags, const netlink_ext_ack* extack) {
  KFUNC(dev_change_flags, dev, flags, extack);
  const u32 before = dev->flags;
  if (const int failed = __dev_change_flags(dev, flags, extack)) return call.result(failed);
  __dev_notify_flags(dev, before, before ^ dev->flags);
  return call.result(0);
}

} // namespace sockwalk::kernel
