// Ping sockets: ICMP echo without privileges; the echo identifier is the port. Source: include/net/ping.h.
#pragma once
#include "engine/kernel/include/net/raw.h"
#include "engine/memory/constants/inet.h"
#include "engine/memory/constants/skbuff.h"

namespace sockwalk::kernel {

extern Global<struct ping_table> ping_table;
inline const hlist_head* ping_hashslot(const net* net, u32 ident) {
  return &ping_table->hash[(ident + net->hash_mix) & (PING_HTABLE_SIZE - 1)];
}

int ping_get_port(const sock* sk, u16 ident);
void ping_unhash(const sock* sk);
int ping_recvmsg(const sock* sk, const msghdr* msg, u64 len, s32 flags, s32* addr_len);
int ping_queue_rcv_skb(const sock* sk, const sk_buff* skb); // reception: ping_input.cpp

// ---- sockets of IPv4
extern Global<proto> ping_prot;

// ---- parts of inet_init()
void ping_init();

// ---- reception
skb_drop_reason ping_rcv(const sk_buff* skb);
void ping_err(const sk_buff* skb, int offset, u32 info);

} // namespace sockwalk::kernel
