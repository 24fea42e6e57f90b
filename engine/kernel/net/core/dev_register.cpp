// Devices come into being: allocated with their queues, given a name and an index, opened.
#include "engine/kernel/include/linux/inetdevice.h"
#include "engine/kernel/include/net/ip_fib.h"
#include "engine/kernel/include/net/rtnetlink.h"
#include "engine/kernel/include/net/sch_generic.h"
#include "engine/kernel/net/core/dev.h"
#include "engine/kernel/net/ipv4/devinet_internal.h"
#include "engine/kernel/net/ipv4/fib_frontend_internal.h"
#include "engine/memory/constants/netlink.h"

namespace sockwalk::kernel {

static Global<pernet_operations> netdev_net_ops{"netdev_net_ops"};

static int netdev_init(const net* net) {
  KFUNC(netdev_init, net);
  INIT_LIST_HEAD(&net->dev_base_head);
  const u32 size = NETDEV_HASHENTRIES * sizeof(hlist_head);
  const u8 *names = kmallocBuffer(size, GFP_KERNEL | __GFP_ZERO),
           *indices = kmallocBuffer(size, GFP_KERNEL | __GFP_ZERO);
  if (!names || !indices) return call.result(-ENOMEM);
  setAddress(&net->dev_name_head, names);
  setAddress(&net->dev_index_head, indices);
  return call.result(0);
}
void netdev_core_register() {
  set(netdev_net_ops->init, fn<netdev_init>);
  register_pernet_subsys(netdev_net_ops);
}

const net_device* alloc_netdev_mqs(int sizeof_priv, const char* name, void (*setup)(const net_device*), u32 txqs,
                                   u32 rxqs) {
  KFUNC(alloc_netdev_mqs, sizeof_priv, txqs, rxqs);
  SIMPLIFIED("no per-CPU reference counts, no sysfs; one queue each way");
  const auto* dev = kzalloc<net_device>(GFP_KERNEL, sizeof_priv);
  const auto* tx = dev ? kzalloc<netdev_queue>(GFP_KERNEL) : nullptr;
  if (!tx) return kfree(dev), call.result<const net_device*>(nullptr);
  for (const list_head* list : {&dev->dev_list, &dev->napi_list, &dev->unreg_list, &dev->close_list, &dev->ptype_all,
                                &dev->ptype_specific, &dev->adj_list.upper, &dev->adj_list.lower})
    INIT_LIST_HEAD(list);
  setBytes(dev->name, name, static_cast<u32>(std::min<size_t>(15, std::strlen(name))));
  set(dev->nd_net.net, init_net);
  set(dev->gso_max_size, 65536);
  set(dev->gso_max_segs, 65535);
  set(dev->gro_max_size, 65536);
  set(dev->tso_max_size, 65536);
  set(dev->tso_max_segs, 65535);
  set(dev->priv_flags, IFF_XMIT_DST_RELEASE | IFF_XMIT_DST_RELEASE_PERM);
  set(dev->_tx, tx);
  set(dev->num_tx_queues, txqs);
  set(dev->real_num_tx_queues, txqs);
  set(dev->num_rx_queues, rxqs);
  set(dev->real_num_rx_queues, rxqs);
  set(dev->tx_queue_len, DEFAULT_TX_QUEUE_LEN);
  set(tx->dev, dev);
  set(tx->xmit_lock_owner, -1);
  set(tx->qdisc, noop_qdisc);
  set(tx->qdisc_sleeping, noop_qdisc);
  set(dev->qdisc, noop_qdisc);
  set(tx->dql.max_limit, 0x70000000u); // dql_init(): DQL_MAX_LIMIT
  set(tx->dql.slack_hold_time, machine().options().hz);
  setup(dev);
  return call.result(dev);
}

// Finds a free number for "eth%d"; the devices are few, so it simply tries. Index numbers count up in each namespace.
static void dev_get_valid_name(const net* net, const net_device* dev) {
  std::string name(reinterpret_cast<const char*>(dev->name));
  const auto percent = name.find("%d");
  if (percent == name.npos) return;
  for (int i = 0;; ++i) {
    std::string tried = name.substr(0, percent) + std::to_string(i);
    if (__dev_get_by_name(net, tried.c_str())) continue;
    fillBytes(dev->name, 0, sizeof dev->name);
    setBytes(dev->name, tried.c_str(), static_cast<u32>(tried.size()));
    return;
  }
}

void list_netdevice(const net_device* dev) {
  KFUNC(list_netdevice, dev);
  const net* net = dev_net(dev);
  list_add_tail(&dev->dev_list, &net->dev_base_head);
  hlist_add_head(&dev->index_hlist, &net->dev_index_head.get()[dev->ifindex & (NETDEV_HASHENTRIES - 1)]);
}

// The device gets its name and number, and stands in its namespace's tables from then on. Whoever wants to know of new
// devices is told last, when all of it can be seen.
int register_netdevice(const net_device* dev) {
  KFUNC(register_netdevice, dev);
  SIMPLIFIED("no sysfs, no netlink message; IPv4 is the only listener");
  const net* home = dev_net(dev);
  dev_get_valid_name(home, dev);
  const int failed = dev->netdev_ops->ndo_init ? dev->netdev_ops->ndo_init(dev) : 0;
  if (failed) return call.result(failed > 0 ? -EIO : failed);
  if (!dev->ifindex) set(dev->ifindex, add(home->ifindex, 1));
  set(dev->features, dev->features | NETIF_F_GSO | NETIF_F_GRO); // done in software, so every device can
  set(dev->wanted_features, dev->features);
  set(dev->state, dev->state | 1u << __LINK_STATE_PRESENT);
  set(dev->reg_state, NETREG_REGISTERED);
  list_netdevice(dev);
  inetdev_event(NETDEV_REGISTER, dev);
  return call.result(0);
}

int register_netdev(const net_device* dev) {
  KFUNC(register_netdev, dev);
  return call.result(register_netdevice(dev));
}

static int __dev_open(const net_device* dev) {
  KFUNC(__dev_open, dev);
  set(dev->state, dev->state | 1u << __LINK_STATE_START);
  const int err = dev->netdev_ops->ndo_open ? dev->netdev_ops->ndo_open(dev) : 0;
  if (err) {
    set(dev->state, dev->state & ~(1ul << __LINK_STATE_START));
    return call.result(err);
  }
  set(dev->flags, dev->flags | IFF_UP);
  dev_activate(dev);
  return call.result(0);
}
int dev_start(const net_device* dev) { return __dev_open(dev); }

// Brings a device up: its driver starts it, a queueing discipline is put on its queue, IPv4 learns of it.
int dev_open(const net_device* dev) {
  KFUNC(dev_open, dev);
  if (dev->flags & IFF_UP) return call.result(0);
  if (const int err = __dev_open(dev)) return call.result(err);
  rtmsg_ifinfo(RTM_NEWLINK, dev, IFF_UP | IFF_RUNNING, GFP_KERNEL);
  inetdev_event(NETDEV_UP, dev);
  fib_netdev_event(NETDEV_UP, dev);
  return call.result(0);
}

static const net_device* deviceNumbered(const net* net, int ifindex) {
  const u32 bucket = static_cast<u32>(ifindex) & (NETDEV_HASHENTRIES - 1);
  for (const hlist_node* at = net->dev_index_head.get()[bucket].first; at; at = at->next) {
    const auto* found = container_of(at, net_device, index_hlist);
    if (found->ifindex == ifindex) return found;
  }
  return nullptr;
}
const net_device* dev_get_by_index_rcu(const net* net, int ifindex) {
  KFUNC(dev_get_by_index_rcu, net, ifindex);
  return call.result(deviceNumbered(net, ifindex));
}

const net_device* __dev_get_by_index(const net* net, int ifindex) {
  KFUNC(__dev_get_by_index, net, ifindex);
  return call.result(deviceNumbered(net, ifindex));
}
const net_device* dev_get_by_index(const net* net, int ifindex) {
  KFUNC(dev_get_by_index, net, ifindex);
  return call.result(deviceNumbered(net, ifindex));
}

const net_device* __dev_get_by_name(const net* net, const char* name) {
  for (const net_device* dev : list_for_each_entry(net_device, dev_list, &net->dev_base_head))
    if (!std::strcmp(reinterpret_cast<const char*>(dev->name), name)) return dev;
  return nullptr;
}

static void changeState(const u64& state, u32 bit, bool on) {
  set(state, on ? state | 1ull << bit : state & ~(1ull << bit));
}
// What a program is told of the cable (RFC 2863), and how often it was put in and pulled.
static void carrierChanges(const net_device* dev, bool on) {
  if (netif_carrier_ok(dev) == on) return;
  changeState(dev->state, __LINK_STATE_NOCARRIER, !on);
  if (dev->reg_state != NETREG_REGISTERED) return;
  atomic_inc(on ? &dev->carrier_up_count : &dev->carrier_down_count);
  set(dev->operstate, on ? IF_OPER_UP : IF_OPER_DOWN);
}
void netif_carrier_on(const net_device* dev) { carrierChanges(dev, true); }
void netif_carrier_off(const net_device* dev) { carrierChanges(dev, false); }
void netif_start_queue(const net_device* dev) { changeState(dev->_tx->state, __QUEUE_STATE_DRV_XOFF, false); }
void netif_stop_queue(const net_device* dev) { changeState(dev->_tx->state, __QUEUE_STATE_DRV_XOFF, true); }

} // namespace sockwalk::kernel
