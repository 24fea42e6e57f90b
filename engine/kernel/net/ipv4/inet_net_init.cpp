// What every network namespace begins with in IPv4: the settings that no single protocol owns.
#include "engine/kernel/include/net/net_namespace.h"
#include "engine/kernel/init/image.h"

namespace sockwalk::kernel {

static Global<pernet_operations> af_inet_ops{"af_inet_ops"};

static int inet_init_net(const net* net) {
  KFUNC(inet_init_net, net);
  const netns_ipv4* ipv4 = &net->ipv4;
  const s32 range[2] = {32768, 60999};
  setBytes(ipv4->ip_local_ports.range, range, sizeof range);
  // systemd's default on Debian 12: everybody may ping.
  set(ipv4->ping_group_range.range[0].val, 0);
  set(ipv4->ping_group_range.range[1].val, 2147483647);
  set(ipv4->sysctl_ip_default_ttl, 64);
  set(ipv4->sysctl_ip_early_demux, 1);
  set(ipv4->sysctl_ip_fwd_update_priority, 1);
  set(ipv4->sysctl_udp_early_demux, 1);
  set(ipv4->sysctl_tcp_early_demux, 1);
  set(ipv4->sysctl_ip_prot_sock, 1024);
  set(ipv4->sysctl_igmp_max_memberships, 20);
  set(ipv4->sysctl_igmp_max_msf, 10);
  set(ipv4->sysctl_igmp_llm_reports, 1);
  set(ipv4->sysctl_igmp_qrv, 2);
  set(ipv4->ip_rt_min_pmtu, 512 + 20 + 20);
  set(ipv4->ip_rt_mtu_expires, 10 * 60 * static_cast<int>(machine().options().hz));
  set(ipv4->ip_rt_min_advmss, 256);
  return call.result(0);
}

void init_inet_pernet_ops() {
  KFUNC(init_inet_pernet_ops);
  set(af_inet_ops->init, fn<inet_init_net>);
  if (register_pernet_subsys(af_inet_ops)) panic("inet: cannot register pernet operations");
}

} // namespace sockwalk::kernel
