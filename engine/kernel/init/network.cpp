#include "engine/kernel/init/network.h"
#include "engine/kernel/drivers/net/ethernet/intel/e1000/e1000.h"
#include "engine/kernel/drivers/net/tun.h"
#include "engine/kernel/include/linux/etherdevice.h"
#include "engine/kernel/include/net/ip_fib.h"
#include "engine/kernel/include/net/ip_tables.h"
#include "engine/kernel/include/net/rtnetlink.h"
#include "engine/kernel/include/net/sch_generic.h"
#include "engine/kernel/init/image.h"
#include "engine/kernel/kernel/softirq.h"
#include "engine/kernel/net/core/dev.h"
#include "engine/kernel/net/ipv4/devinet_internal.h"

namespace sockwalk::kernel {

void image_network() {
  image_dst();
  image_fib();
  image_ipv4_dst_ops();
  image_devinet();
  image_eth();
  image_loopback();
  image_e1000();
  image_tun();
  image_veth();
  image_ip_tables();
  image_ipt_REJECT();
  image_xt_conntrack();
  image_xt_nat();
  image_socket_send();
  image_arp();
  image_inet_protocols();
  image_sch_generic();
  image_sch_fq_codel();
  image_sch_fifo();
}

void net_dev_init() {
  KFUNC(net_dev_init);
  netdev_core_register();
  net_rx_init();
  open_softirq(NET_TX_SOFTIRQ, fn<net_tx_action>);
  loopback_init();
}

void network_drivers_init() {
  netfilter_init();
  if (machine().options().ethernet) e1000_init_module(machine().options().nics);
  if (machine().options().tun) tun_init();
}

// What the queue's byte limit had learnt on the recorded machine before anything else was sent.
static void trainQueueLimit(const net_device* dev) {
  const u32 limit = machine().options().recorded.queueLimit;
  if (!limit) return;
  const dql* d = &netdev_get_tx_queue(dev, 0)->dql;
  set(d->limit, limit);
  set(d->adj_limit, limit);
}

void configure_interfaces() {
  dev_open(init_net->loopback_dev);
  const MachineOptions& options = machine().options();
  const net_device* dev = __dev_get_by_name(init_net, options.tun ? "tun0" : "eth0");
  if (!dev || !options.address) return;
  dev_open(dev);
  if (!options.tun) trainQueueLimit(dev);
  inet_set_ifa(dev, options.address, static_cast<u8>(options.prefix));
  if (options.gateway) ip_rt_add(init_net, 0, 0, htonl(options.gateway), 0);
}

} // namespace sockwalk::kernel
