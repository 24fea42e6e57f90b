// What sending sockets of AF_INET share. Source: net/ipv4/{af_inet,datagram}.c, include/net/sock.h.
#pragma once
#include "engine/kernel/include/linux/security.h"
#include "engine/kernel/include/net/ip.h"
#include "engine/kernel/include/net/sock.h"

namespace sockwalk::kernel {

int inet_sendmsg(const socket* sock, const msghdr* msg, u64 size);
int inet_dgram_connect(const socket* sock, const sockaddr* uaddr, int addr_len, int flags);
int ip4_datagram_connect(const sock* sk, const sockaddr* uaddr, int addr_len);
// The remembered route, counted, if it is still good; nullptr otherwise.
const dst_entry* sk_dst_check(const sock* sk, u32 cookie);
void sk_dst_set(const sock* sk, const dst_entry* dst); // takes over a reference
u8 inet_sk_flowi_flags(const sock* sk);

} // namespace sockwalk::kernel
