// An internet socket: addresses and ports beside what every socket has. Addresses and ports in network byte order,
// except inet_num, the local port in host order. Source: include/net/inet_sock.h, inet_connection_sock.h, tcp.h.
#pragma once
#include "engine/kernel/include/linux/inetdevice.h"
#include "engine/kernel/include/net/sock.h"
#include "engine/memory/constants/socket.h"

namespace sockwalk::kernel {

#define inet_daddr sk.__sk_common.skc_daddr
#define inet_rcv_saddr sk.__sk_common.skc_rcv_saddr
#define inet_dport sk.__sk_common.skc_dport
#define inet_num sk.__sk_common.skc_num

template <class To> inline const To* skCast(const void* sk) { return static_cast<const To*>(sk); }
inline const inet_sock* inet_sk(const sock* sk) { return skCast<inet_sock>(sk); }
inline const inet_connection_sock* inet_csk(const sock* sk) { return skCast<inet_connection_sock>(sk); }
inline const tcp_sock* tcp_sk(const sock* sk) { return skCast<tcp_sock>(sk); }
inline const udp_sock* udp_sk(const sock* sk) { return skCast<udp_sock>(sk); }
inline const raw_sock* raw_sk(const sock* sk) { return skCast<raw_sock>(sk); }

extern Global<list_head[SOCK_MAX]> inetsw;
extern Global<proto_ops> inet_stream_ops, inet_dgram_ops, inet_sockraw_ops;
extern Global<kptr<net_protocol>[256]> inet_protos;
extern Global<proto> tcp_prot, udp_prot, raw_prot, ping_prot, udplite_prot;
void image_af_inet();
int inet_init();
void inet_register_protosw(const inet_protosw* p);
int inet_add_protocol(const net_protocol* prot, u8 protocol);
int inet_release(const socket* sock);
int inet_bind(const socket* sock, const sockaddr* uaddr, int addr_len);
int __inet_bind(const sock* sk, const sockaddr* uaddr, int addr_len, u32 flags);
int inet_getname(const socket* sock, const sockaddr* uaddr, int peer);
int inet_recvmsg(const socket* sock, const msghdr* msg, u64 size, int flags);
int inet_send_prepare(const sock* sk);
int inet_ioctl(const socket* sock, u32 cmd, u64 arg);
int inet_shutdown(const socket* sock, int how);
s64 inet_sendpage(const socket* sock, const page* page, s32 offset, u64 size, s32 flags);
void inet_sock_destruct(const sock* sk);
bool inet_addr_valid_or_nonlocal(const net* net, const inet_sock* inet, u32 addr, int addr_type);
void inet_get_local_port_range(const net* net, int* low, int* high);

// ---- net/ipv4/inet_connection_sock.cpp
void inet_csk_init_xmit_timers(const sock* sk, const NamedSymbol& retransmit, const NamedSymbol& delack,
                               const NamedSymbol& keepalive);
void inet_csk_clear_xmit_timers(const sock* sk);
void inet_csk_destroy_sock(const sock* sk);
void inet_unhash(const sock* sk);
int inet_csk_get_port(const sock* sk, u16 snum);
// ---- net/ipv4/inet_hashtables.cpp
extern Global<inet_hashinfo> tcp_hashinfo;
void inet_put_port(const sock* sk);

} // namespace sockwalk::kernel
