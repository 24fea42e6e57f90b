#include "engine/kernel/include/linux/igmp.h"
#include "engine/kernel/include/linux/inetdevice.h"
#include "engine/kernel/include/linux/notifier.h"
#include "engine/kernel/include/linux/rtnetlink.h"
#include "engine/kernel/include/net/ip_fib.h"
#include "engine/kernel/include/net/l3mdev.h"
#include "engine/kernel/include/net/neighbour.h"
#include "engine/kernel/init/image.h"
#include "engine/kernel/net/ipv4/devinet_internal.h"
#include "engine/kernel/net/ipv4/fib_frontend_internal.h"
#include "engine/memory/constants/netlink.h"

namespace sockwalk::kernel {

Global<hlist_head[IN4_ADDR_HSIZE]> inet_addr_lst{"inet_addr_lst"};
Global<ipv4_devconf> ipv4_devconf_all{"ipv4_devconf"};
Global<ipv4_devconf> ipv4_devconf_dflt{"ipv4_devconf_dflt"};
static Global<pernet_operations> devinet_ops{"devinet_ops"};

void image_devinet() {
  for (const ipv4_devconf* conf : {ipv4_devconf_all.get(), ipv4_devconf_dflt.get()}) {
    for (int attr : {IPV4_DEVCONF_ACCEPT_REDIRECTS, IPV4_DEVCONF_SEND_REDIRECTS, IPV4_DEVCONF_SECURE_REDIRECTS,
                     IPV4_DEVCONF_SHARED_MEDIA, IPV4_DEVCONF_ARP_EVICT_NOCARRIER})
      set(conf->data[attr - 1], 1);
    set(conf->data[IPV4_DEVCONF_IGMPV2_UNSOLICITED_REPORT_INTERVAL - 1], 10000);
    set(conf->data[IPV4_DEVCONF_IGMPV3_UNSOLICITED_REPORT_INTERVAL - 1], 1000);
  }
  set(ipv4_devconf_dflt->data[IPV4_DEVCONF_ACCEPT_SOURCE_ROUTE - 1], 1);
}

// A later namespace begins with a copy of the first one's settings.
static int devinet_init_net(const net* net) {
  KFUNC(devinet_init_net, net);
  const ipv4_devconf *forAll = ipv4_devconf_all, *dflt = ipv4_devconf_dflt;
  if (net != init_net.get()) {
    forAll = kzalloc<ipv4_devconf>(GFP_KERNEL);
    dflt = forAll ? kzalloc<ipv4_devconf>(GFP_KERNEL) : nullptr;
    if (!dflt) return kfree(forAll), call.result(-ENOMEM);
    copy(forAll, ipv4_devconf_all.get());
    copy(dflt, ipv4_devconf_dflt.get());
  }
  set(net->ipv4.devconf_all, forAll);
  set(net->ipv4.devconf_dflt, dflt);
  return call.result(0);
}

void devinet_init() {
  KFUNC(devinet_init);
  set(devinet_ops->init, fn<devinet_init_net>);
  register_pernet_subsys(devinet_ops);
  devinet_netlink_init();
  for (const net_device* dev : list_for_each_entry(net_device, dev_list, &init_net->dev_base_head))
    inetdev_event(NETDEV_REGISTER, dev); // a late listener is told of the devices that are there
}

static u32 inet_addr_hash(const net* net, u32 addr) { return ((addr ^ net->hash_mix) * 0x61c88647u) >> 24; }

static void inet_hash_insert(const in_ifaddr* ifa) {
  hlist_add_head(&ifa->hash, &inet_addr_lst[inet_addr_hash(dev_net(ifa->ifa_dev->dev), ifa->ifa_local)]);
}

static const in_ifaddr* findAddress(const net* net, u32 addr) {
  const hlist_node* node = inet_addr_lst[inet_addr_hash(net, addr)].first;
  for (; node; node = node->next) {
    const auto* ifa = container_of(node, in_ifaddr, hash);
    if (ifa->ifa_local == addr && dev_net(ifa->ifa_dev->dev) == net) return ifa;
  }
  return nullptr;
}

// One of our own addresses? A hash table over all devices answers.
const in_ifaddr* inet_lookup_ifaddr_rcu(const net* net, u32 addr) {
  KFUNC(inet_lookup_ifaddr_rcu, net, addr);
  return call.result(findAddress(net, addr));
}

// The device that has a local address; 127.0.0.2, which no device was given, is found through its local route.
const net_device* __ip_dev_find(const net* net, u32 addr, bool devref) {
  KFUNC(__ip_dev_find, net, addr, devref);
  const net_device* found = nullptr;
  if (const in_ifaddr* own = findAddress(net, addr)) {
    found = own->ifa_dev->dev;
  } else if (const fib_table* table = fib_get_table(net, RT_TABLE_LOCAL)) {
    OnStack<flowi4> question;
    OnStack<fib_result> answer;
    set(question->daddr, addr);
    if (!fib_table_lookup(table, question, answer, FIB_LOOKUP_NOREF) && answer->type == RTN_LOCAL)
      found = answer->nhc->nhc_dev;
  }
  return call.result(found);
}

const in_device* inetdev_by_index(const net* net, int ifindex) {
  KFUNC(inetdev_by_index, net, ifindex);
  const net_device* dev = dev_get_by_index_rcu(net, ifindex);
  return call.result(dev ? __in_dev_get_rcu(dev) : nullptr);
}

const in_device* inetdev_init(const net_device* dev) {
  KFUNC(inetdev_init, dev);
  SIMPLIFIED("the device's settings are set by sysctl, but there are no files for them in /proc/sys");
  const auto* in_dev = kzalloc<in_device>(GFP_KERNEL);
  if (!in_dev) return call.result<const in_device*>(nullptr);
  copy(&in_dev->cnf, dev_net(dev)->ipv4.devconf_dflt.get());
  set(in_dev->dev, dev);
  set(in_dev->arp_parms, neigh_parms_alloc(dev, arp_tbl));
  refcount_set(&in_dev->refcnt, 1);
  ip_mc_init_dev(in_dev);
  set(dev->ip_ptr, in_dev);
  return call.result(in_dev);
}

// The device leaves: what IPv4 knew of it goes.
static void inetdev_destroy(const in_device* in_dev) {
  KFUNC(inetdev_destroy, in_dev);
  INLINED();
  while (in_dev->ifa_list) __inet_del_ifa(in_dev, &in_dev->ifa_list, nullptr, 0);
  set(in_dev->dev->ip_ptr, nullptr);
  neigh_parms_release(arp_tbl, in_dev->arp_parms);
  if (refcount_dec_and_test(&in_dev->refcnt)) kfree(in_dev);
}

const in_ifaddr* inet_alloc_ifa() { return kzalloc<in_ifaddr>(GFP_KERNEL); }

void inet_hash_remove(const in_ifaddr* ifa) {
  KFUNC(inet_hash_remove, ifa);
  rtnl_is_locked();
  hlist_del_init(&ifa->hash);
}

static int inetaddr_chain(u64 val, const void* ifa) {
  return fib_inetaddr_event(val, static_cast<const in_ifaddr*>(ifa));
}

// Addresses that may go away by themselves are looked at by a work queue; each change starts it anew.
static bool try_to_grab_pending() {
  KFUNC(try_to_grab_pending);
  return call.result(false);
}
static bool __cancel_work() {
  KFUNC(__cancel_work);
  return call.result(try_to_grab_pending());
}
static bool cancel_delayed_work() {
  KFUNC(cancel_delayed_work);
  return call.result(__cancel_work());
}

namespace {
// Where a new address belongs on its device's list: behind the primary ones of its scope or a narrower one; a secondary
// address (another of the same subnet is there already) at the end.
struct PlaceForAddress {
  const kptr<in_ifaddr>* slot = nullptr;
  bool secondary = false;
  int error = 0;
};
PlaceForAddress placeFor(const in_device* in_dev, const in_ifaddr* ifa) {
  PlaceForAddress place;
  const kptr<in_ifaddr>*lastPrimary = &in_dev->ifa_list, *end = lastPrimary;
  for (const in_ifaddr* there = *end; there; end = &there->ifa_next, there = *end) {
    const bool primary = !(there->ifa_flags & IFA_F_SECONDARY);
    if (primary && ifa->ifa_scope <= there->ifa_scope) lastPrimary = &there->ifa_next;
    const bool sameSubnet = there->ifa_mask == ifa->ifa_mask && inet_ifa_match(there->ifa_address, ifa);
    if (!sameSubnet) continue;
    if (there->ifa_local == ifa->ifa_local) place.error = -EEXIST;
    else if (there->ifa_scope != ifa->ifa_scope) place.error = -EINVAL;
    if (place.error) return place;
    place.secondary = true;
  }
  place.slot = place.secondary ? end : lastPrimary;
  return place;
}
} // namespace

void freeAddress(const in_ifaddr* ifa) {
  const in_device* in_dev = ifa->ifa_dev;
  refcount_dec_and_test(&in_dev->refcnt);
  kfree(ifa);
}

// Puts the address on its device's list, makes it findable, tells who listens, and lets the routing table learn of it.
int __inet_insert_ifa(const in_ifaddr* ifa, const nlmsghdr* nlh, u32 portid) {
  KFUNC(__inet_insert_ifa, ifa, nlh, portid);
  SIMPLIFIED("addresses do not go away by themselves");
  rtnl_is_locked();
  const in_device* in_dev = ifa->ifa_dev;
  if (!ifa->ifa_local) return freeAddress(ifa), call.result(0);
  const PlaceForAddress place = placeFor(in_dev, ifa);
  if (place.error) return freeAddress(ifa), call.result(place.error);
  if (place.secondary) set(ifa->ifa_flags, ifa->ifa_flags | IFA_F_SECONDARY);
  blocking_notifier_call_chain(NETDEV_UP, ifa); // who may object to an address
  if (const in_ifaddr* follower = *place.slot) set(ifa->ifa_next, follower);
  set(*place.slot, ifa);
  rtnl_is_locked();
  inet_hash_insert(ifa);
  cancel_delayed_work();
  rtmsg_ifa(RTM_NEWADDR, ifa, nlh, portid);
  blocking_notifier_call_chain(NETDEV_UP, ifa, inetaddr_chain);
  return call.result(0);
}
int inet_insert_ifa(const in_ifaddr* ifa) {
  KFUNC(inet_insert_ifa, ifa);
  INLINED();
  return call.result(__inet_insert_ifa(ifa, nullptr, 0));
}

const in_ifaddr* inet_ifa_byprefix(const in_device* in_dev, u32 prefix, u32 mask) {
  KFUNC(inet_ifa_byprefix, in_dev, prefix, mask);
  rtnl_is_locked();
  const in_ifaddr* ifa = in_dev->ifa_list;
  while (ifa && !(ifa->ifa_mask == mask && inet_ifa_match(prefix, ifa))) ifa = ifa->ifa_next;
  return call.result(ifa);
}

// With a primary address go the secondary ones of its subnet: they stand on it.
void __inet_del_ifa(const in_device* in_dev, const kptr<in_ifaddr>* ifap, const nlmsghdr* nlh, u32 portid) {
  KFUNC(__inet_del_ifa, in_dev, nlh, portid);
  SIMPLIFIED("no secondary address takes the primary one's place (promote_secondaries)");
  rtnl_is_locked();
  const in_ifaddr* gone = *ifap;
  const auto drop = [&](const kptr<in_ifaddr>* slot) {
    const in_ifaddr* ifa = *slot;
    set(*slot, ifa->ifa_next.get());
    inet_hash_remove(ifa);
    rtmsg_ifa(RTM_DELADDR, ifa, nlh, portid);
    blocking_notifier_call_chain(NETDEV_DOWN, ifa, inetaddr_chain);
    freeAddress(ifa);
  };
  if (!(gone->ifa_flags & IFA_F_SECONDARY)) {
    for (const kptr<in_ifaddr>* slot = &gone->ifa_next; *slot;) {
      const in_ifaddr* ifa = *slot;
      const bool standsOnIt =
          ifa->ifa_flags & IFA_F_SECONDARY && ifa->ifa_mask == gone->ifa_mask && inet_ifa_match(gone->ifa_address, ifa);
      if (standsOnIt) drop(slot);
      else slot = &ifa->ifa_next;
    }
  }
  drop(ifap);
}

int inet_set_ifa(const net_device* dev, u32 address, u8 prefixlen) {
  const in_device* in_dev = __in_dev_get_rtnl(dev);
  const in_ifaddr* ifa = in_dev ? inet_alloc_ifa() : nullptr;
  if (!ifa) return -ENOBUFS;
  refcount_inc(&in_dev->refcnt);
  set(ifa->ifa_dev, in_dev);
  set(ifa->ifa_local, htonl(address));
  set(ifa->ifa_address, htonl(address));
  set(ifa->ifa_prefixlen, prefixlen);
  set(ifa->ifa_mask, inet_make_mask(prefixlen));
  set(ifa->ifa_flags, IFA_F_PERMANENT);
  set(ifa->ifa_scope, dev->flags & IFF_LOOPBACK ? RT_SCOPE_HOST : RT_SCOPE_UNIVERSE);
  setBytes(ifa->ifa_label, dev->name, sizeof dev->name);
  return inet_insert_ifa(ifa);
}

int inet_unset_ifa(const net_device* dev, u32 address, int prefixlen) {
  const in_device* in_dev = __in_dev_get_rtnl(dev);
  if (!in_dev) return -ENODEV;
  for (const kptr<in_ifaddr>* slot = &in_dev->ifa_list; *slot; slot = &(*slot)->ifa_next) {
    const bool sameSubnet = prefixlen < 0 || (*slot)->ifa_prefixlen == prefixlen;
    if ((*slot)->ifa_local != htonl(address) || !sameSubnet) continue;
    __inet_del_ifa(in_dev, slot, nullptr, 0);
    return 0;
  }
  return -EADDRNOTAVAIL;
}

// What IPv4 does when a device comes or goes: a new one gets an in_device; lo, when it goes up, 127.0.0.1/8.
int inetdev_event(u64 event, const net_device* dev) {
  KFUNC(inetdev_event, event, dev);
  const in_device* in_dev = __in_dev_get_rtnl(dev);
  if (!dev_net(dev)->ipv4.devconf_dflt) return call.result(0); // IPv4 does not listen yet
  if (!in_dev) {
    if (event == NETDEV_REGISTER) {
      in_dev = inetdev_init(dev);
      if (in_dev && dev->flags & IFF_LOOPBACK) { // nobody but lo may be asked about a policy here
        set(in_dev->cnf.data[IPV4_DEVCONF_NOXFRM - 1], 1);
        set(in_dev->cnf.data[IPV4_DEVCONF_NOPOLICY - 1], 1);
      }
    }
  } else if (event == NETDEV_UNREGISTER) {
    inetdev_destroy(in_dev);
  } else if (event == NETDEV_UP && dev->flags & IFF_LOOPBACK && !in_dev->ifa_list) {
    inet_set_ifa(dev, INADDR_LOOPBACK, 8);
  }
  return call.result(0);
}

static u32 addressOn(const in_device* in_dev, u32 dst, int scope) {
  u32 addr = 0;
  for (const in_ifaddr* ifa = in_dev->ifa_list; ifa; ifa = ifa->ifa_next) {
    if (ifa->ifa_flags & IFA_F_SECONDARY || ifa->ifa_scope > scope) continue;
    if (!dst || inet_ifa_match(dst, ifa)) return ifa->ifa_local;
    if (!addr) addr = ifa->ifa_local;
  }
  return addr;
}

// On another device: any address that may be seen from outside that device's link.
static u32 addressSeenAfar(const in_device* in_dev, int scope) {
  for (const in_ifaddr* own = in_dev->ifa_list; own; own = own->ifa_next) {
    const bool second = own->ifa_flags & IFA_F_SECONDARY;
    if (!second && own->ifa_scope <= scope && own->ifa_scope != RT_SCOPE_LINK) return own->ifa_local;
  }
  return 0;
}

// The address to use as source on `dev` towards `dst`: one of its own subnet if there is one, else its first, else
// that of any other device.
u32 inet_select_addr(const net_device* dev, u32 dst, int scope) {
  KFUNC(inet_select_addr, dev, dst, scope);
  const in_device* in_dev = __in_dev_get_rcu(dev);
  if (const u32 near = in_dev ? addressOn(in_dev, dst, scope) : 0) return call.result(near);
  l3mdev_master_ifindex_rcu(dev);
  for (const net_device* other : list_for_each_entry(net_device, dev_list, &dev_net(dev)->dev_base_head)) {
    l3mdev_master_ifindex_rcu(other);
    in_dev = __in_dev_get_rcu(other);
    if (const u32 afar = in_dev ? addressSeenAfar(in_dev, scope) : 0) return call.result(afar);
  }
  return call.result(0u);
}

// Is `local` (or, if 0, any address) ours on this device, or on any if in_dev is null? Gives the address.
u32 inet_confirm_addr(const net* net, const in_device* in_dev, u32 dst, u32 local, int scope) {
  KFUNC(inet_confirm_addr, net, in_dev, dst, local, scope);
  const auto on = [&](const in_device* d) -> u32 {
    for (const in_ifaddr* ifa = d->ifa_list; ifa; ifa = ifa->ifa_next)
      if ((!local || ifa->ifa_local == local) && ifa->ifa_scope <= scope && (!dst || inet_ifa_match(dst, ifa)))
        return ifa->ifa_local;
    return 0;
  };
  if (in_dev) return call.result(on(in_dev));
  for (const net_device* dev : list_for_each_entry(net_device, dev_list, &net->dev_base_head))
    if (const in_device* d = __in_dev_get_rcu(dev))
      if (const u32 found = on(d)) return call.result(found);
  return call.result(0u);
}

} // namespace sockwalk::kernel
