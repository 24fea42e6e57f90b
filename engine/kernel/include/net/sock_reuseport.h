// Sockets that share one address and port with SO_REUSEPORT: a group, kept as an array, from which the hash of a
// connection's ends chooses one. Source: include/net/sock_reuseport.h.
#pragma once
#include "engine/kernel/include/net/sock.h"

namespace sockwalk::kernel {

int reuseport_alloc(const sock* sk, bool bind_inany);                     // a group of one; 0 or -errno
int reuseport_add_sock(const sock* sk, const sock* sk2, bool bind_inany); // to the group of sk2
void reuseport_detach_sock(const sock* sk);
void reuseport_stop_listen_sock(const sock* sk);
const sock* reuseport_select_sock(const sock* sk, u32 hash, const sk_buff* skb, int hdr_len); // nullptr: no group
const sock* reuseport_migrate_sock(const sock* sk, const sock* migrating_sk, const sk_buff* skb);
// A member that connects takes only what is for it: look-ups must score the group's sockets again.
void reuseport_has_conns_set(const sock* sk);
inline bool reuseport_has_conns(const sock* sk) {
  const sock_reuseport* group = sk->sk_reuseport_cb;
  return group && group->has_conns;
}

} // namespace sockwalk::kernel
