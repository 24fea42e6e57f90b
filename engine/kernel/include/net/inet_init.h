// The steps of inet_init(), in the files where the protocols live.
#pragma once
#include "engine/kernel/include/net/inet_sock.h"

namespace sockwalk::kernel {

void image_inet_ops();       // af_inet_ops.cpp: inet_stream_ops, inet_dgram_ops, inet_sockraw_ops
void init_inet_pernet_ops(); // inet_net_init.cpp
void raw_hashinfo_init();
void ip_init();
int ip_mr_init(); // ipmr.cpp
void tcp_init();
void udp_init();
void udplite4_register();
void raw_init();
void ping_init();

} // namespace sockwalk::kernel
