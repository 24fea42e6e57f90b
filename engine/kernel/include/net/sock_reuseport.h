// SO_REUSEPORT: sockets of one owner that share an address and port form a group, and each packet goes to one of them,
// chosen by a hash of its addresses and ports, so that a flow stays with its socket. Source: net/core/sock_reuseport.c.
#pragma once
#include "engine/kernel/include/net/sock.h"

namespace sockwalk::kernel {

constexpr u32 INIT_SOCKS = 128;

int reuseport_alloc(const sock* sk, bool bind_inany);                      // a group of one
int reuseport_add_sock(const sock* sk, const sock* sk2, bool bind_inany);  // into the group of sk2
void reuseport_detach_sock(const sock* sk);
const sock* reuseport_select_sock(const sock* sk, u32 hash, const sk_buff* skb, int hdr_len); // nullptr: no group
void reuseport_has_conns_set(const sock* sk);
bool reuseport_has_conns(const sock* sk);

} // namespace sockwalk::kernel
