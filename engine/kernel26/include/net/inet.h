// What the parts of IPv4 share. Source: include/net/protocol.h, tcp.h, udp.h, raw.h, linux/ip.h.
#pragma once
#include "engine/kernel26/include/net/sock.h"
#include "engine/memory/constants/inet.h"
#include "engine/memory/constants/process.h"

namespace sockwalk::kernel26 {

extern Global26<proto> tcp_prot, udp_prot, raw_prot;

inline const inet_sock* inet_sk(const sock* sk) { return reinterpret_cast<const inet_sock*>(sk); }
inline const tcp_sock* tcp_sk(const sock* sk) { return reinterpret_cast<const tcp_sock*>(sk); }

void image_inet();
void image_tcp();
void image_udp();
void image_raw();

int inet_init();
int inet_add_protocol(const net_protocol* prot, u8 num);
void inet_register_protosw(const inet_protosw* p);
int inet_create(const socket* sock, int protocol);
int inet_release(const socket* sock);
void inet_sock_destruct(const sock* sk);

void tcp_v4_init(const net_proto_family* ops);
void tcp_init();
void arp_init();
void ip_init();
void icmp_init(const net_proto_family* ops);
void ip_mr_init();
void ipfrag_init();

} // namespace sockwalk::kernel26
