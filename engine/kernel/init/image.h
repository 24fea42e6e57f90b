// What the compiler laid down in .data of the kernel image: one function for each file that has some. All are called
// by loadImage() before start_kernel(), and what start_kernel() calls in order stands below.
#pragma once
#include "engine/kernel/include/linux/kernel.h"

namespace sockwalk::kernel {

void image_cred();
void image_sock();
void image_socket();
void image_socket_calls();
void image_af_inet();
void image_tcp();
void image_udp();
void image_raw();
void image_ping();
void image_unix();
void image_netlink();
void image_packet();

// ---- initcalls and their elders
void cred_init();
void dcache_init();
void inode_init();
void files_init();
void rcu_init();
void net_ns_init();
int net_inuse_init();
int sock_init();
int netlink_proto_init();
int inet_init();
int ipv4_offload_init();
int af_unix_init();
int packet_init();
int cubictcp_register();

} // namespace sockwalk::kernel
