// What the compiler laid down in .data of the kernel image: one function for each file that has some. They stand here
// and nowhere else, for loadImage() alone calls them, in an order that is part of the record. Then what start_kernel()
// and inet_init() call, one after the other.
#pragma once
#include "engine/kernel/include/linux/kernel.h"

namespace sockwalk::kernel {

void image_af_inet();
void image_arp();
void image_check_list();
void image_cred();
void image_devinet();
void image_dst();
void image_e1000();
void image_eth();
void image_eventpoll();
void image_fib();
void image_inet_family();
void image_inet_offload();
void image_inet_ops();
void image_inet_protocols();
void image_ip_fragment();
void image_ip_tables();
void image_ipt_REJECT();
void image_xt_conntrack();
void image_xt_nat();
void image_ipv4_dst_ops();
void image_kmod();
void image_loopback();
void image_module();
void image_netlink();
void image_packet();
void image_ping();
void image_raw();
void image_sch_fifo();
void image_sch_fq_codel();
void image_sch_generic();
void image_sock();
void image_socket();
void image_socket_calls();
void image_socket_send();
void image_splice();
void image_tcp();
void image_tcp_calls();
void image_tcp_cong();
void image_tcp_cubic();
void image_tcp_mem();
void image_tcp_offload();
void image_tcp_requests();
void image_tcp_timewait();
void image_tun();
void image_udp();
void image_udp_offload();
void image_unix();
void image_veth();

// ---- initcalls and their elders
void cred_init();
void dcache_init();
int net_inuse_init();
int sock_init();
int netlink_proto_init();
int sock_diag_init();
int inet_diag_init();
int inet_init();
int ipv4_offload_init();
int af_unix_init();
int shmem_init();
int packet_init();
int udpv4_offload_init(); // udp_offload.cpp
int tcpv4_offload_init(); // tcp_offload.cpp
void eventpoll_init();
void anon_inode_init();
int netfilter_init();
void init_inet_pernet_ops(); // inet_net_init.cpp
int cubictcp_register();     // boot
void loopback_init();

} // namespace sockwalk::kernel
