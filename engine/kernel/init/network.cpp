#include "engine/kernel/init/network.h"
#include "engine/kernel/include/linux/etherdevice.h"
#include "engine/kernel/include/linux/napi.h"
#include "engine/kernel/include/net/ip_receive.h"
#include "engine/kernel/include/net/sch_generic.h"

namespace sockwalk::kernel {

void image_loopback();
void image_e1000();
void image_arp();
int e1000_init_module();
int loopback_net_init(const net* net);

void image_network() {
  image_dst();
  image_fib();
  image_ipv4_dst_ops();
  image_devinet();
  image_eth();
  image_loopback();
  image_e1000();
  image_arp();
  ip_receive_image();
  image_sch_generic();
  image_sch_fq_codel();
}

void net_dev_init() {
  KFUNC(net_dev_init);
  netdev_core_init(init_net);
  net_rx_init();
  loopback_net_init(init_net);
}

void network_drivers_init() {
  netfilter_init();
  if (machine().options().ethernet) e1000_init_module();
}

void configure_interfaces() {
  dev_open(init_net->loopback_dev);
  const net_device* eth0 = __dev_get_by_name(init_net, "eth0");
  if (!eth0) return;
  const MachineOptions& options = machine().options();
  dev_open(eth0);
  inet_set_ifa(eth0, options.address, static_cast<u8>(options.prefix));
  if (options.gateway) ip_rt_add(init_net, 0, 0, htonl(options.gateway), 0);
}

} // namespace sockwalk::kernel
