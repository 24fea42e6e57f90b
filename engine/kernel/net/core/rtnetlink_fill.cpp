// A device in words of rtnetlink: RTM_NEWLINK, which answers RTM_GETLINK and tells of changes.
#include "engine/kernel/include/linux/inetdevice.h"
#include "engine/kernel/include/net/addrconf.h"
#include "engine/kernel/include/net/sch_generic.h"
#include "engine/kernel/net/core/rtnetlink_internal.h"
#include "engine/kernel/net/ipv4/devinet_internal.h"

namespace sockwalk::kernel {

// ---- what a program sees of the flags
// Of what changes by itself (is the cable in? is the driver running?) the kernel keeps no flags: they are asked for here.
u32 dev_get_flags(const net_device* dev) {
  KFUNC(dev_get_flags, dev);
  constexpr u32 asked = IFF_PROMISC | IFF_ALLMULTI | IFF_RUNNING | IFF_LOWER_UP | IFF_DORMANT;
  u32 flags = (dev->flags & ~asked) | (dev->gflags & (IFF_PROMISC | IFF_ALLMULTI));
  if (!netif_running(dev)) return call.result(flags);
  if (dev->operstate == IF_OPER_UP || dev->operstate == IF_OPER_UNKNOWN) flags |= IFF_RUNNING;
  if (netif_carrier_ok(dev)) flags |= IFF_LOWER_UP;
  return call.result(flags);
}

// ---- how large the message may become
static u32 inet_get_link_af_size(const net_device* dev) {
  KFUNC(inet_get_link_af_size, dev);
  return call.result(__in_dev_get_rcu(dev) ? nla_total_size(IPV4_DEVCONF_MAX * 4) : 0);
}
static int pci_num_vf(const device* dev) {
  KFUNC(pci_num_vf, dev);
  return call.result(0);
}
static int pci_bus_num_vf(const device* dev) {
  KFUNC(pci_bus_num_vf, dev);
  return call.result(pci_num_vf(dev));
}
// A card may pretend to be several (SR-IOV): how many more. Ours cannot.
static int dev_num_vf(const net_device* dev) { return dev->dev.parent ? pci_bus_num_vf(dev->dev.parent) : 0; }

static u32 linkInfoSize(const net_device* dev) {
  const rtnl_link_ops* ops = dev->rtnl_link_ops;
  if (!ops) return 0;
  return nla_total_size(sizeof(nlattr)) + nla_total_size(static_cast<u32>(std::strlen(ops->kind.get())) + 1);
}

u32 if_nlmsg_size(const net_device* dev, u32 ext_filter_mask) {
  KFUNC(if_nlmsg_size, dev, ext_filter_mask);
  constexpr u32 Numbers = 26, Bytes = 3, Names = 3, Addresses = 3, Identifiers = 2, NameSize = 16, AliasSize = 256;
  u32 size = NLMSG_ALIGN(sizeof(ifinfomsg)) + Numbers * nla_total_size(4) + Bytes * nla_total_size(1) +
             Names * nla_total_size(NameSize) + nla_total_size(AliasSize) + Addresses * nla_total_size(32) +
             Identifiers * nla_total_size(32) + nla_total_size(sizeof(rtnl_link_ifmap)) +
             nla_total_size(sizeof(rtnl_link_stats)) + nla_total_size(sizeof(rtnl_link_stats64));
  const bool cards = ext_filter_mask & RTEXT_FILTER_VF;
  size += nla_total_size(cards ? 4 : 0);
  if (cards) dev_num_vf(dev);
  size += linkInfoSize(dev) + nla_total_size(0) + nla_total_size(0) + inet_get_link_af_size(dev); // AF_SPEC, AF_INET
  size += nla_total_size(0) + inet6_get_link_af_size(dev);
  size += nla_total_size(0) + nla_total_size(1) + nla_total_size(4); // IFLA_XDP
  size += nla_total_size(1);                                         // IFLA_PROTO_DOWN
  return call.result(size);
}

// ---- counters
static void netdev_stats_to_stats64(const rtnl_link_stats64* to, const net_device_stats* from) {
  KFUNC(netdev_stats_to_stats64, to, from);
  setBytes(to, from, sizeof(net_device_stats)); // the older structure has the same counters, but for the last
}
static void dev_get_stats(const net_device* dev, const rtnl_link_stats64* storage) {
  KFUNC(dev_get_stats, dev, storage);
  const net_device_ops* driver = dev->netdev_ops;
  if (driver->ndo_get_stats64) driver->ndo_get_stats64(dev, storage);
  else netdev_stats_to_stats64(storage, &dev->stats);
  if (!dev->core_stats.value) return;
  const u64* own = t_arena->object<u64>(dev->core_stats.value); // packets that the kernel lost itself
  add(storage->rx_dropped, own[0]);
  add(storage->tx_dropped, own[1]);
  add(storage->rx_nohandler, own[2]);
}

// Twice: with 64 bits each, and as programs of old know them, with 32.
static int rtnl_fill_stats(const sk_buff* skb, const net_device* dev) {
  KFUNC(rtnl_fill_stats, skb, dev);
  const nlattr* wide = nla_reserve(skb, IFLA_STATS64, sizeof(rtnl_link_stats64));
  if (!wide) return call.result(-EMSGSIZE);
  const auto* stats = nla_data<rtnl_link_stats64>(wide);
  fillBytes(stats, 0, sizeof *stats);
  dev_get_stats(dev, stats);
  const nlattr* narrow = nla_reserve(skb, IFLA_STATS, sizeof(rtnl_link_stats));
  if (!narrow) return call.result(-EMSGSIZE);
  constexpr u32 Counters = sizeof(rtnl_link_stats) / 4;
  u64 counted[Counters];
  u32 cut[Counters];
  std::memcpy(counted, stats, sizeof counted);
  for (u32 i = 0; i < Counters; ++i) cut[i] = static_cast<u32>(counted[i]);
  setBytes(nla_data(narrow), cut, sizeof cut);
  return call.result(0);
}

// ---- parts
static const net_device* netdev_master_upper_dev_get_rcu(const net_device* dev) {
  KFUNC(netdev_master_upper_dev_get_rcu, dev);
  return call.result<const net_device*>(nullptr); // no bridge or bond has devices below it here
}
static int dev_get_alias(const net_device* dev) {
  KFUNC(dev_get_alias, dev);
  return call.result(0);
}
static int nla_put_ifalias(const sk_buff* skb, const net_device* dev) {
  KFUNC(nla_put_ifalias, skb, dev);
  return call.result(dev_get_alias(dev));
}
static int dev_get_iflink(const net_device* dev) {
  KFUNC(dev_get_iflink, dev);
  const auto& asked = dev->netdev_ops->ndo_get_iflink;
  return call.result(asked ? asked(dev) : int(dev->ifindex));
}

static int fillBasics(const sk_buff* skb, const net_device* dev) {
  const Qdisc* qdisc = dev->qdisc;
  const auto number = [&](int type, u32 value) { return nla_put_u32(skb, type, value); };
  const u8 state = netif_running(dev) ? dev->operstate : u8(IF_OPER_DOWN);
  int full = nla_put_string(skb, IFLA_IFNAME, dev->name) | number(IFLA_TXQLEN, dev->tx_queue_len) |
             nla_put_u8(skb, IFLA_OPERSTATE, state) | nla_put_u8(skb, IFLA_LINKMODE, dev->link_mode);
  full |= number(IFLA_MTU, dev->mtu) | number(IFLA_MIN_MTU, dev->min_mtu) | number(IFLA_MAX_MTU, dev->max_mtu);
  full |= number(IFLA_GROUP, dev->group) | number(IFLA_PROMISCUITY, dev->promiscuity) |
          number(IFLA_ALLMULTI, dev->allmulti) | number(IFLA_NUM_TX_QUEUES, dev->num_tx_queues);
  full |= number(IFLA_GSO_MAX_SEGS, dev->gso_max_segs) | number(IFLA_GSO_MAX_SIZE, dev->gso_max_size) |
          number(IFLA_GRO_MAX_SIZE, dev->gro_max_size) | number(IFLA_TSO_MAX_SIZE, dev->tso_max_size) |
          number(IFLA_TSO_MAX_SEGS, dev->tso_max_segs) | number(IFLA_NUM_RX_QUEUES, dev->num_rx_queues);
  netdev_master_upper_dev_get_rcu(dev);
  full |= nla_put_u8(skb, IFLA_CARRIER, netif_carrier_ok(dev));
  if (qdisc) full |= nla_put_string(skb, IFLA_QDISC, qdisc->ops->id);
  nla_put_ifalias(skb, dev);
  const u32 ups = static_cast<u32>(atomic_read(&dev->carrier_up_count));
  const u32 downs = static_cast<u32>(atomic_read(&dev->carrier_down_count));
  full |= number(IFLA_CARRIER_CHANGES, ups + downs) | number(IFLA_CARRIER_UP_COUNT, ups) |
          number(IFLA_CARRIER_DOWN_COUNT, downs);
  full |= nla_put_u8(skb, IFLA_PROTO_DOWN, 0);
  return full ? -EMSGSIZE : 0;
}

// Which port of a card it is, and of a switch: nothing here is either.
static int dev_get_phys_port_id(const net_device* dev) {
  KFUNC(dev_get_phys_port_id, dev);
  return call.result(-EOPNOTSUPP);
}
static int devlink_compat_phys_port_name_get(const net_device* dev) {
  KFUNC(devlink_compat_phys_port_name_get, dev);
  rtnl_is_locked();
  return call.result(-EOPNOTSUPP);
}
static int dev_get_phys_port_name(const net_device* dev) {
  KFUNC(dev_get_phys_port_name, dev);
  return call.result(devlink_compat_phys_port_name_get(dev));
}
static int devlink_compat_switch_id_get(const net_device* dev) {
  KFUNC(devlink_compat_switch_id_get, dev);
  return call.result(-EOPNOTSUPP);
}
static int dev_get_port_parent_id(const net_device* dev) {
  KFUNC(dev_get_port_parent_id, dev);
  return call.result(devlink_compat_switch_id_get(dev));
}

static int fillAddresses(const sk_buff* skb, const net_device* dev) {
  OnStack<rtnl_link_ifmap> map; // where the card's memory is: programs do not need it any more
  int full = nla_put(skb, IFLA_MAP, sizeof(rtnl_link_ifmap), map.get());
  const int length = dev->addr_len;
  if (length)
    full |=
        nla_put(skb, IFLA_ADDRESS, length, dev->dev_addr.get()) | nla_put(skb, IFLA_BROADCAST, length, &dev->broadcast);
  return full ? -EMSGSIZE : 0;
}

static int rtnl_fill_vf(const sk_buff* skb, const net_device* dev, u32 filter) {
  KFUNC(rtnl_fill_vf, skb, dev, filter);
  const bool tell = filter & RTEXT_FILTER_VF && dev->dev.parent;
  return call.result(tell ? nla_put_u32(skb, IFLA_NUM_VF, static_cast<u32>(dev_num_vf(dev))) : 0);
}

static u32 dev_xdp_prog_id(const net_device* dev, int mode) {
  KFUNC(dev_xdp_prog_id, dev, mode);
  return call.result(0u);
}
// No program looks at frames before the kernel does: neither in the driver nor in the card.
static int fillXdp(const sk_buff* skb, const net_device* dev) {
  const nlattr* nest = nla_nest_start(skb, IFLA_XDP);
  if (!nest) return -EMSGSIZE;
  for (const int mode : {XDP_MODE_DRV, XDP_MODE_HW}) dev_xdp_prog_id(dev, mode);
  const int full = nla_put_u8(skb, IFLA_XDP_ATTACHED, 0);
  nla_nest_end(skb, nest);
  return full;
}

static int fillKind(const sk_buff* skb, const net_device* dev) {
  const rtnl_link_ops* ops = dev->rtnl_link_ops;
  if (!ops) {
    netdev_master_upper_dev_get_rcu(dev);
    return 0;
  }
  const nlattr* nest = nla_nest_start(skb, IFLA_LINKINFO);
  if (!nest) return -EMSGSIZE;
  const int full = nla_put_string(skb, IFLA_INFO_KIND, ops->kind.get());
  nla_nest_end(skb, nest);
  return full;
}

// The other end of a veth pair is its link; most devices are their own.
static int fillIflink(const sk_buff* skb, const net_device* dev) {
  const int other = dev_get_iflink(dev);
  return other != dev->ifindex ? nla_put_u32(skb, IFLA_LINK, static_cast<u32>(other)) : 0;
}

static int inet_fill_link_af(const sk_buff* skb, const net_device* dev, u32 filter) {
  KFUNC(inet_fill_link_af, skb, dev, filter);
  const in_device* in_dev = __in_dev_get_rcu(dev);
  if (!in_dev) return call.result(-ENODATA);
  const nlattr* settings = nla_reserve(skb, IFLA_INET_CONF, IPV4_DEVCONF_MAX * 4);
  if (!settings) return call.result(-EMSGSIZE);
  setBytes(nla_data(settings), &in_dev->cnf.data, IPV4_DEVCONF_MAX * 4);
  return call.result(0);
}

// What each family of addresses has to say of the device, in an attribute that is named by the family.
static int rtnl_fill_link_af(const sk_buff* skb, const net_device* dev, u32 filter) {
  const nlattr* all = nla_nest_start(skb, IFLA_AF_SPEC);
  if (!all) return -EMSGSIZE;
  for (const int family : {AF_INET, AF_INET6}) {
    const nlattr* own = nla_nest_start(skb, family);
    if (!own) return -EMSGSIZE;
    const int result = family == AF_INET ? inet_fill_link_af(skb, dev, filter) : inet6_fill_link_af(skb, dev, filter);
    if (result == -ENODATA) nla_nest_cancel(skb, own);
    else if (result) return -EMSGSIZE;
    else nla_nest_end(skb, own);
  }
  nla_nest_end(skb, all);
  return 0;
}

static int fillRest(const sk_buff* skb, const net_device* dev) {
  const nlattr* names = nla_nest_start(skb, IFLA_PROP_LIST); // other names of the device: there are none
  if (!names) return -EMSGSIZE;
  nla_nest_cancel(skb, names);
  const device* card = dev->dev.parent;
  if (!card) return 0;
  return nla_put_string(skb, IFLA_PARENT_DEV_NAME, card->init_name.get()) |
         nla_put_string(skb, IFLA_PARENT_DEV_BUS_NAME, "pci");
}

static bool hasPermanentAddress(const net_device* dev) {
  for (u32 i = 0; i < dev->addr_len; ++i)
    if (dev->perm_addr[i]) return true;
  return false;
}

static int fillAll(const sk_buff* skb, const net_device* dev, const LinkMessage& m) {
  int full = fillBasics(skb, dev);
  if (m.event) full |= nla_put_u32(skb, IFLA_EVENT, m.event);
  full |= fillAddresses(skb, dev);
  dev_get_phys_port_id(dev);
  dev_get_phys_port_name(dev);
  dev_get_port_parent_id(dev);
  if (full || rtnl_fill_stats(skb, dev)) return -EMSGSIZE;
  full |= rtnl_fill_vf(skb, dev, m.filter) | fillXdp(skb, dev) | fillKind(skb, dev) | fillIflink(skb, dev);
  if (hasPermanentAddress(dev)) full |= nla_put(skb, IFLA_PERM_ADDRESS, dev->addr_len, &dev->perm_addr);
  return full || rtnl_fill_link_af(skb, dev, m.filter) || fillRest(skb, dev) ? -EMSGSIZE : 0;
}

int rtnl_fill_ifinfo(const sk_buff* skb, const net_device* dev, const LinkMessage& m) {
  KFUNC(rtnl_fill_ifinfo, skb, dev);
  SIMPLIFIED("devices have no other names, no alias and no virtual functions, and are below no bridge or bond");
  const nlmsghdr* nlh = nlmsg_put(skb, m.pid, m.seq, m.type, sizeof(ifinfomsg), static_cast<int>(m.flags));
  if (!nlh) return call.result(-EMSGSIZE);
  const auto* head = nlmsg_data<ifinfomsg>(nlh);
  set(head->ifi_type, dev->type);
  set(head->ifi_index, dev->ifindex);
  set(head->ifi_flags, dev_get_flags(dev));
  set(head->ifi_change, m.change);
  if (fillAll(skb, dev, m)) { // no room: it will be the first of the next buffer
    nlmsg_cancel(skb, nlh);
    return call.result(-EMSGSIZE);
  }
  nlmsg_end(skb, nlh);
  return call.result(0);
}

} // namespace sockwalk::kernel
