// What IPv4 adds to a device: its addresses (in_ifaddr) and its settings (ipv4_devconf, net.ipv4.conf.*).
// Source: include/linux/inetdevice.h, include/uapi/linux/ip.h, net/ipv4/devinet.c.
#pragma once
#include "engine/kernel/include/linux/in.h"
#include "engine/kernel/include/linux/kernel.h"
#include "engine/kernel/include/linux/netdevice.h"
#include "engine/memory/constants/inet.h"

namespace sockwalk::kernel {

extern Global<hlist_head[IN4_ADDR_HSIZE]> inet_addr_lst;
extern Global<ipv4_devconf> ipv4_devconf_all, ipv4_devconf_dflt;
void devinet_init();

// One setting: of the interface, of "all", or the one that either turns on, or the greater of both.
inline int IN_DEV_CONF_GET(const in_device* in_dev, int attr) { return in_dev->cnf.data[attr - 1]; }
inline const net* in_dev_net(const in_device* in_dev) { return dev_net(in_dev->dev); }
inline int IPV4_DEVCONF_ALL(const net* net, int attr) { return net->ipv4.devconf_all->data[attr - 1]; }
inline bool IN_DEV_ORCONF(const in_device* in_dev, int attr) {
  return IPV4_DEVCONF_ALL(in_dev_net(in_dev), attr) || IN_DEV_CONF_GET(in_dev, attr);
}
inline bool IN_DEV_ANDCONF(const in_device* in_dev, int attr) {
  return IPV4_DEVCONF_ALL(in_dev_net(in_dev), attr) && IN_DEV_CONF_GET(in_dev, attr);
}
inline int IN_DEV_MAXCONF(const in_device* in_dev, int attr) {
  return std::max(IPV4_DEVCONF_ALL(in_dev_net(in_dev), attr), IN_DEV_CONF_GET(in_dev, attr));
}
inline bool IN_DEV_FORWARD(const in_device* d) { return IN_DEV_CONF_GET(d, IPV4_DEVCONF_FORWARDING); }
inline bool IN_DEV_BFORWARD(const in_device* d) { return IN_DEV_ANDCONF(d, IPV4_DEVCONF_BC_FORWARDING); }
inline int IN_DEV_RPFILTER(const in_device* d) { return IN_DEV_MAXCONF(d, IPV4_DEVCONF_RP_FILTER); }
inline bool IN_DEV_ACCEPT_LOCAL(const in_device* d) { return IN_DEV_ORCONF(d, IPV4_DEVCONF_ACCEPT_LOCAL); }
inline bool IN_DEV_ROUTE_LOCALNET(const in_device* d) { return IN_DEV_ORCONF(d, IPV4_DEVCONF_ROUTE_LOCALNET); }
inline bool IN_DEV_TX_REDIRECTS(const in_device* d) { return IN_DEV_ORCONF(d, IPV4_DEVCONF_SEND_REDIRECTS); }
inline int IN_DEV_ARP_ANNOUNCE(const in_device* d) { return IN_DEV_MAXCONF(d, IPV4_DEVCONF_ARP_ANNOUNCE); }
inline int IN_DEV_ARP_IGNORE(const in_device* d) { return IN_DEV_MAXCONF(d, IPV4_DEVCONF_ARP_IGNORE); }
inline bool IN_DEV_ARPFILTER(const in_device* d) { return IN_DEV_ORCONF(d, IPV4_DEVCONF_ARPFILTER); }

inline const in_device* __in_dev_get_rcu(const net_device* dev) { return dev->ip_ptr; }
inline const in_device* __in_dev_get_rtnl(const net_device* dev) { return dev->ip_ptr; }
inline const in_device* in_dev_get(const net_device* dev) {
  const in_device* d = dev->ip_ptr;
  if (d) refcount_inc(&d->refcnt);
  return d;
}

const in_device* inetdev_by_index(const net* net, int ifindex);
const in_ifaddr* inet_lookup_ifaddr_rcu(const net* net, u32 addr);
const net_device* __ip_dev_find(const net* net, u32 addr, bool devref);
u32 inet_select_addr(const net_device* dev, u32 dst, int scope);
u32 inet_confirm_addr(const net* net, const in_device* in_dev, u32 dst, u32 local, int scope);
inline bool inet_ifa_match(u32 addr, const in_ifaddr* ifa) { return !((addr ^ ifa->ifa_address) & ifa->ifa_mask); }
inline u32 inet_make_mask(int logmask) { return logmask ? htonl(~((1u << (32 - logmask)) - 1)) : 0; }

} // namespace sockwalk::kernel
