// UDP: the two hash tables in which a datagram's socket is found, and what the files of UDP share.
// A socket is in `hash` by its port and in `hash2` by address and port. Source: include/net/udp.h, include/linux/udp.h.
#pragma once
#include "engine/kernel/include/linux/jhash.h"
#include "engine/kernel/include/net/inet_sock.h"
#include "engine/memory/constants/udp.h"

namespace sockwalk::kernel {

#define udp_port_hash inet.sk.__sk_common.skc_u16hashes[0]
#define udp_portaddr_hash inet.sk.__sk_common.skc_u16hashes[1]
#define udp_portaddr_node inet.sk.__sk_common.skc_portaddr_node

extern Global<struct udp_table> udp_table, udplite_table;
extern Global<u32> udp_encap_needed_key; // how often UDP_GRO was set: sockets that want more than plain datagrams

inline bool udp_test_bit(const udp_sock* up, int nr) { return up->udp_flags >> nr & 1; }
inline void udp_assign_bit(const udp_sock* up, int nr, bool on) {
  set(up->udp_flags, on ? up->udp_flags | 1ull << nr : up->udp_flags & ~(1ull << nr));
}
inline bool IS_UDPLITE(const sock* sk) { return udp_sk(sk)->pcflag & UDPLITE_BIT; }

inline u32 net_hash_mix(const net* net) { return net->hash_mix; }
inline u32 ipv4_portaddr_hash(const net* net, u32 saddr, u32 port) {
  return jhash_1word(saddr, net_hash_mix(net)) ^ port;
}
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
inline int udp_skb_truesize(const sk_buff* skb) {
  return static_cast<int>(udp_skb_scratch(skb)->_tsize_state & ~UDP_SKB_IS_STATELESS);
}

// ---- net/ipv4/udp.cpp
int udp_v4_get_port(const sock* sk, u16 snum);
int udp_init_sock(const sock* sk);
void udp_lib_unhash(const sock* sk);
int udp_lib_hash(const sock* sk);
void udp_lib_close(const sock* sk, s64 timeout);
int __udp_disconnect(const sock* sk, s32 flags);
int udp_disconnect(const sock* sk, s32 flags);
int udp_recvmsg(const sock* sk, const msghdr* msg, u64 len, s32 flags, s32* addr_len);
int udp_ioctl(const sock* sk, s32 cmd, u64 arg);
// The memory of a datagram that was read goes back to the socket's budget. size: its truesize.
void udp_skb_destructor(const sock* sk, const sk_buff* skb);
void udp_rmem_release(const sock* sk, int size, int partial, bool rx_queue_lock_held);
bool inet_rcv_saddr_equal(const sock* sk, const sock* sk2, bool match_wildcard);
u32 sock_i_uid(const sock* sk);
void ip4_datagram_release_cb(const sock* sk);
// ---- net/ipv4/udp_input.cpp (reception)
const sock* __udp4_lib_lookup(const net* net, u32 saddr, u16 sport, u32 daddr, u16 dport, int dif, int sdif,
                              const struct udp_table* udptable, const sk_buff* skb);
int udplite_rcv(const sk_buff* skb);
int __udp_enqueue_schedule_skb(const sock* sk, const sk_buff* skb);
// ---- net/ipv4/udp_output.cpp (sending)
int udp_sendmsg(const sock* sk, const msghdr* msg, u64 len);
int udp_push_pending_frames(const sock* sk);
// ---- net/ipv4/udp_opt.cpp
int udp_setsockopt(const sock* sk, int level, int optname, const sockptr_t& optval, u32 optlen);
int udp_getsockopt(const sock* sk, int level, int optname, u8* optval, s32* optlen);

} // namespace sockwalk::kernel
