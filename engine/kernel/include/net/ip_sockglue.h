// Options of level IPPROTO_IP, control messages in both directions, and the error queue. A control message is a
// struct cmsghdr (16 bytes) and its data, padded to 8 bytes. Source: net/ipv4/ip_sockglue.c, net/core/scm.c,
// include/net/{ip,inet_sock}.h, include/uapi/linux/{in,errqueue}.h.
#pragma once
#include "engine/kernel/include/linux/skbuff.h"
#include "engine/kernel/include/net/inet_sock.h"
#include "engine/memory/constants/inet.h"
#include "engine/memory/constants/socket.h"

namespace sockwalk::kernel {

inline const sock_exterr_skb* SKB_EXT_ERR(const sk_buff* skb) { return controlBlock<sock_exterr_skb>(skb); }

// ---- the list of control messages of a sender, in kernel memory
constexpr u64 CMSG_ALIGN(u64 n) { return (n + 7) & ~u64(7); }
inline const u8* CMSG_DATA(const cmsghdr* cmsg) {
  return reinterpret_cast<const u8*>(cmsg) + CMSG_ALIGN(sizeof(cmsghdr));
}
const cmsghdr* CMSG_FIRSTHDR(const msghdr* msg);
const cmsghdr* CMSG_NXTHDR(const msghdr* msg, const cmsghdr* cmsg);
bool CMSG_OK(const msghdr* msg, const cmsghdr* cmsg);
// To the receiver: appends one message to the user's buffer; MSG_CTRUNC if it does not fit.
int put_cmsg(const msghdr* msg, int level, int type, int len, const void* data);

// The type of service as a queue's priority: 0 best effort, 2 bulk, 4 and 6 interactive.
inline u8 rt_tos2priority(u8 tos) {
  constexpr u8 ip_tos2prio[16] = {0, 0, 0, 0, 2, 2, 2, 2, 6, 6, 6, 6, 4, 4, 4, 4};
  return ip_tos2prio[(tos & 0x1e) >> 1];
}
extern Global<u32> netstamp_needed;
int ip_cmsg_send(const sock* sk, const msghdr* msg, const ipcm_cookie* ipc, bool allow_ipv6);
int sock_cmsg_send(const sock* sk, const msghdr* msg, const sockcm_cookie* sockc);
void ip_cmsg_recv_offset(const msghdr* msg, const sock* sk, const sk_buff* skb, int tlen, int offset);
inline void ip_cmsg_recv(const msghdr* msg, const sk_buff* skb) { ip_cmsg_recv_offset(msg, skb->sk, skb, 0, 0); }
void sock_recv_cmsgs(const msghdr* msg, const sock* sk, const sk_buff* skb); // time stamp, drop count
void __sock_recv_timestamp(const msghdr* msg, const sock* sk, const sk_buff* skb);
inline void sock_recv_timestamp(const msghdr* msg, const sock* sk, const sk_buff* skb) {
  if (sock_flag(sk, SOCK_RCVTSTAMP) || sk->sk_tsflags) __sock_recv_timestamp(msg, sk, skb);
  else set(sk->sk_stamp, skb->tstamp);
}

// ---- the error queue: what happened to packets that were sent, read with MSG_ERRQUEUE
int sock_queue_err_skb(const sock* sk, const sk_buff* skb);
const sk_buff* sock_dequeue_err_skb(const sock* sk);
void ip_icmp_error(const sock* sk, const sk_buff* skb, int err, u16 port, u32 info, const u8* payload);
void ip_local_error(const sock* sk, int err, u32 daddr, u16 port, u32 info);
int ip_recv_error(const sock* sk, const msghdr* msg, int len, s32* addr_len);
int inet_recv_error(const sock* sk, const msghdr* msg, int len, s32* addr_len);

int __ip_options_compile(const net* net, const ip_options* opt, const sk_buff* skb); // 0: well formed
int ip_options_get(const net* net, const ip_options_rcu** opt, const u8* data, u32 optlen);
void ip_options_undo(const ip_options* opt);
int ip_setsockopt(const sock* sk, int level, int optname, const sockptr_t& optval, u32 optlen);
int ip_getsockopt(const sock* sk, int level, int optname, u8* optval, s32* optlen);

} // namespace sockwalk::kernel
