// What the parts of packet sockets share: the socket, its flags, what travels with each packet.
// Source: net/packet/internal.h, net/packet/af_packet.c.
#pragma once
#include "engine/kernel/include/linux/netdevice.h"
#include "engine/kernel/include/linux/skbuff.h"
#include "engine/kernel/include/net/sock.h"
#include "engine/memory/constants/packet.h"
#include "engine/memory/constants/socket.h"

namespace sockwalk::kernel {

inline const packet_sock* pkt_sk(const sock* sk) { return reinterpret_cast<const packet_sock*>(sk); }
inline bool packet_sock_flag(const packet_sock* po, int flag) { return po->flags >> flag & 1; }
inline void packet_sock_flag_set(const packet_sock* po, int flag, bool on, int line = __builtin_LINE()) {
  const u64 bit = 1ull << flag;
  set(po->flags, on ? po->flags | bit : po->flags & ~bit, line);
}
// In the control block of a packet that waits to be read: the address that the reader will be told.
inline const packet_skb_cb* PACKET_SKB_CB(const sk_buff* skb) { return controlBlock<packet_skb_cb>(skb); }

constexpr u32 LinkAddressBegin = offsetof(sockaddr_ll, sll_addr);

// ---- hooked into the device layer, or not: af_packet_bind.cpp
void __register_prot_hook(const sock* sk);
void unregister_prot_hook(const sock* sk);
s32 packet_bind(const socket* sock, const sockaddr* uaddr, s32 addr_len);
s32 packet_bind_spkt(const socket* sock, const sockaddr* uaddr, s32 addr_len);
s32 packet_getname(const socket* sock, const sockaddr* uaddr, s32 peer);
s32 packet_getname_spkt(const socket* sock, const sockaddr* uaddr, s32 peer);

// ---- what comes, and reading it: af_packet_receive.cpp
s32 packet_rcv(const sk_buff* skb, const net_device* dev, const packet_type* pt, const net_device* orig_dev);
s32 packet_rcv_spkt(const sk_buff* skb, const net_device* dev, const packet_type* pt, const net_device* orig_dev);
s32 packet_recvmsg(const socket* sock, const msghdr* msg, u64 len, s32 flags);
// The filter's answer for the packet: how many bytes of it are wanted; without a filter, `res`.
u32 run_filter(const sk_buff* skb, const sock* sk, u32 res);
// For this socket the packet begins at its link header, or (SOCK_DGRAM) behind it.
void beginWhereWanted(const sock* sk, const sk_buff* skb, const net_device* dev);
// What the structure was like when it was borrowed.
class Borrowed {
public:
  explicit Borrowed(const sk_buff* skb) : m_skb(skb), m_data(skb->data), m_len(skb->len) {}
  void putBack() const { // unless nobody else holds it
    if (m_skb->data.get() == m_data || !skb_shared(m_skb)) return;
    set(m_skb->data, m_data);
    set(m_skb->len, m_len);
  }

private:
  const sk_buff* m_skb;
  const u8* m_data;
  u32 m_len;
};
// From whom and by which device, all but family and protocol.
void noteOrigin(const sock* sk, const sockaddr_ll* from, const sk_buff* skb, const net_device* dev,
                const net_device* orig_dev);
u32 checksumStatus(const sk_buff* skb); // whether its checksum was looked at already, as TP_STATUS_ bits

// ---- what a program sends: af_packet_send.cpp
s32 packet_sendmsg(const socket* sock, const msghdr* msg, u64 len);
s32 packet_sendmsg_spkt(const socket* sock, const msghdr* msg, u64 len);
int packet_direct_xmit(const sk_buff* skb);

// ---- options and the rest: af_packet_opt.cpp, af_packet_members.cpp
s32 packet_setsockopt(const socket* sock, s32 level, s32 optname, const sockptr_t& optval, u32 optlen);
s32 packet_getsockopt(const socket* sock, s32 level, s32 optname, u8* optval, s32* optlen);
s32 packet_ioctl(const socket* sock, u32 cmd, u64 arg);
u32 packet_poll(const file* file, const socket* sock, const poll_table_struct* wait);
int packet_mc_add(const sock* sk, const packet_mreq_max* mreq);
int packet_mc_drop(const sock* sk, const packet_mreq_max* mreq);
void packet_flush_mclist(const sock* sk);

} // namespace sockwalk::kernel
