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

inline const inet_sock* inet_sk(const sock* sk) { return skCast<inet_sock>(sk); }

extern Global<list_head[SOCK_MAX]> inetsw;
extern Global<proto_ops> inet_stream_ops, inet_dgram_ops, inet_sockraw_ops;
bool inet_addr_valid_or_nonlocal(const net* net, const inet_sock* inet, u32 addr, int addr_type);

extern Global<inet_hashinfo> tcp_hashinfo;

// ---- listening, accepting, ending
void inet_sk_set_state(const sock* sk, int state); // where the kernel traces a change of state
void inet_sk_state_store(const sock* sk, int newstate);

// ---- sending
u8 inet_sk_flowi_flags(const sock* sk);

inline const inet_request_sock* inet_rsk(const request_sock* req) { return skCast<inet_request_sock>(req); }

int inet_sk_rebuild_header(const sock* sk);

} // namespace sockwalk::kernel
