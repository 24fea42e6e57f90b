// UDP: the two hash tables in which a datagram's socket is found, and what the files of UDP share.
// A socket is in `hash` by its port and in `hash2` by address and port. Source: include/net/udp.h, include/linux/udp.h.
#pragma once
#include "engine/kernel/include/linux/jhash.h"
#include "engine/kernel/include/net/inet_sock.h"
#include "engine/kernel/include/net/net_namespace.h"

namespace sockwalk::kernel {

#define udp_port_hash inet.sk.__sk_common.skc_u16hashes[0]
#define udp_portaddr_hash inet.sk.__sk_common.skc_u16hashes[1]
#define udp_portaddr_node inet.sk.__sk_common.skc_portaddr_node

extern Global<struct udp_table> udp_table, udplite_table;
extern Global<u32> udp_encap_needed_key; // how often UDP_GRO was set: sockets that want more than plain datagrams

inline const udp_hslot* udp_hashslot(const struct udp_table* table, const net* net, u32 num) {
  return table->hash.get() + ((num + net_hash_mix(net)) & table->mask);
}
inline const udp_hslot* udp_hashslot2(const struct udp_table* table, u32 hash) {
  return table->hash2.get() + (hash & table->mask);
}
inline const sock* udpSockOfNode2(const hlist_node* n) { // an entry of hash2
  return reinterpret_cast<const sock*>(reinterpret_cast<const u8*>(n) - offsetof(sock, __sk_common.skc_portaddr_node));
}

// What a reader needs to know of a datagram, kept beside the queue's pointers so that it need not touch more of it.
inline const udp_dev_scratch* udp_skb_scratch(const sk_buff* skb) {
  return reinterpret_cast<const udp_dev_scratch*>(&skb->dev_scratch);
}

// ---- net/ipv4/udp.cpp
int udp_init_sock(const sock* sk);
void udp_lib_unhash(const sock* sk);
int udp_lib_hash(const sock* sk);
void udp_lib_close(const sock* sk, s64 timeout);
int __udp_disconnect(const sock* sk, s32 flags);
int udp_disconnect(const sock* sk, s32 flags);
int udp_ioctl(const sock* sk, s32 cmd, u64 arg);
// The memory of a datagram that was read goes back to the socket's budget. size: its truesize.
void udp_skb_destructor(const sock* sk, const sk_buff* skb);
bool inet_rcv_saddr_equal(const sock* sk, const sock* sk2, bool match_wildcard);

// ---- net/ipv4/udp_input.cpp (reception)
int __udp_enqueue_schedule_skb(const sock* sk, const sk_buff* skb);

// ---- net/ipv4/udp_output.cpp (sending)
int udp_sendmsg(const sock* sk, const msghdr* msg, u64 len);
int udp_push_pending_frames(const sock* sk);

// ---- sockets
u32 udp_poll(const file* file, const socket* sock, const poll_table_struct* wait);

// ---- sockets of IPv4
extern Global<proto> udp_prot;

// ---- parts of inet_init()
void udp_init();

// ---- reception
int udp_rcv(const sk_buff* skb);
int udp_err(const sk_buff* skb, u32 info);
int udp_v4_early_demux(const sk_buff* skb);
const sock* __udp4_lib_lookup(const net* net, u32 saddr, u16 sport, u32 daddr, u16 dport, int dif, int sdif,
                              const struct udp_table* udptable, const sk_buff* skb);

} // namespace sockwalk::kernel
