#include "engine/feed/host_link.h"
#include <ifaddrs.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <sys/socket.h>
#include <unistd.h>

namespace sockwalk {

HostLink hostLink(const std::string& name) {
  HostLink link;
  ifaddrs* list = nullptr;
  if (getifaddrs(&list) != 0) return {if_nametoindex(name.c_str()) != 0, true, true}; // cannot tell: alarm nobody
  for (const ifaddrs* entry = list; entry; entry = entry->ifa_next) {
    if (name != entry->ifa_name || !entry->ifa_addr) continue;
    link.exists = true;
    link.up = entry->ifa_flags & IFF_UP;
    link.hasIpv4 |= entry->ifa_addr->sa_family == AF_INET;
    if (entry->ifa_addr->sa_family == AF_PACKET && entry->ifa_data)
      link.notSent = static_cast<const rtnl_link_stats*>(entry->ifa_data)->tx_dropped;
  }
  freeifaddrs(list);
  return link;
}

LinkWatch::LinkWatch() : m_fd(socket(AF_NETLINK, SOCK_RAW | SOCK_NONBLOCK | SOCK_CLOEXEC, NETLINK_ROUTE)) {
  sockaddr_nl address{};
  address.nl_family = AF_NETLINK;
  address.nl_groups = RTMGRP_LINK;
  if (m_fd < 0 || bind(m_fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) return;
  close(m_fd);
  m_fd = -1;
}
LinkWatch::~LinkWatch() {
  if (m_fd >= 0) close(m_fd);
}

void LinkWatch::drain() {
  char message[8192];
  while (m_fd >= 0 && recv(m_fd, message, sizeof message, 0) > 0) {}
}

} // namespace sockwalk
