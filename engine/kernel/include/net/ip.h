// IPv4: the header's constants, what ip_output.cpp builds packets with, and small questions about an address.
// Source: include/net/ip.h, include/uapi/linux/{in,ip}.h. Addresses and ports are in network byte order.
#pragma once
#include "engine/kernel/include/linux/inetdevice.h"
#include "engine/kernel/include/linux/jhash.h"
#include "engine/kernel/include/linux/kernel.h"
#include "engine/kernel/include/linux/netdevice.h"
#include "engine/kernel/include/net/dst.h"
#include "engine/kernel/include/net/inet_sock.h"
#include "engine/kernel/include/net/net_namespace.h"
#include "engine/kernel/include/net/route.h"
#include "engine/kernel/machine/machine.h"
#include "engine/memory/constants/inet.h"

namespace sockwalk::kernel {

inline const inet_skb_parm* IPCB(const sk_buff* skb) { return reinterpret_cast<const inet_skb_parm*>(skb->cb); }

// Copies `len` bytes at `offset` of what `from` describes to `to`, which lies in `skb`; adds to skb->csum.
using getfrag_t = int (*)(const void* from, const u8* to, int offset, int len, int odd, const sk_buff* skb);

int ip_local_deliver(const sk_buff* skb); // ip_input.cpp
int ip_forward(const sk_buff* skb);       // the input function of a destination that is not here

// Adds `length` bytes (`transhdrlen` of them the transport header, left for the caller to fill in) to the packet that
// the socket is building; the first call takes the route out of *rtp.
int ip_append_data(const sock* sk, const flowi4* fl4, getfrag_t getfrag, const void* from, int length, int transhdrlen,
                   const ipcm_cookie* ipc, const rtable** rtp, u32 flags);
// The same in one go, with a queue of its own; gives the packet, nullptr, or an ERR_PTR.
const sk_buff* ip_make_skb(const sock* sk, const flowi4* fl4, getfrag_t getfrag, const void* from, int length,
                           int transhdrlen, const ipcm_cookie* ipc, const rtable** rtp, const inet_cork* cork,
                           u32 flags);
const sk_buff* __ip_make_skb(const sock* sk, const flowi4* fl4, const sk_buff_head* queue, const inet_cork* cork);
int ip_push_pending_frames(const sock* sk, const flowi4* fl4);
void ip_flush_pending_frames(const sock* sk);
int ip_send_skb(const net* net, const sk_buff* skb);
int __ip_local_out(const net* net, const sock* sk, const sk_buff* skb);
int ip_local_out(const net* net, const sock* sk, const sk_buff* skb);
int ip_output(const net* net, const sock* sk, const sk_buff* skb);
int ip_mc_output(const net* net, const sock* sk, const sk_buff* skb);
int ip_do_fragment(const net* net, const sock* sk, const sk_buff* skb,
                   int (*output)(const ::sockwalk::kernel::net*, const sock*, const sk_buff*));
int ip_generic_getfrag(const void* from, const u8* to, int offset, int len, int odd, const sk_buff* skb);
void ip_send_check(const iphdr* ip);
void __ip_select_ident(const net* net, const iphdr* iph, int segs);
void ipcm_init_sk(const ipcm_cookie* ipcm, const inet_sock* inet);

// ---- ports
void inet_sk_get_local_port_range(const sock* sk, int* low, int* high);

// ---- sending
int ip4_datagram_connect(const sock* sk, const sockaddr* uaddr, int addr_len);

void inet_get_local_port_range(const net* net, int* low, int* high);

// ---- forwarding, and what routers tell of a path
void ip_forward_options(const sk_buff* skb); // a router's mark in options that ask for one

// ---- slots of ipv4_dst_ops
inline bool ip_mtu_locked(const dst_entry* dst) {
  return reinterpret_cast<const rtable*>(dst)->rt_mtu_locked || dst_metric_raw(dst, RTAX_LOCK) & 1u << RTAX_MTU;
}
// A router goes by its links' sizes only, unless it is told to believe what others tell it.
inline u32 ip_dst_mtu_maybe_forward(const dst_entry* dst, bool forwarding) {
  const auto* rt = reinterpret_cast<const rtable*>(dst);
  const bool believes = !forwarding || dev_net(dst->dev)->ipv4.sysctl_ip_fwd_use_pmtu || ip_mtu_locked(dst);
  u32 size = believes && rt->rt_pmtu && s64(machine().jiffies() - dst->expires) < 0 ? u32(rt->rt_pmtu) : 0;
  if (!size) size = dst_metric_raw(dst, RTAX_MTU);
  if (!size) {
    size = dst->dev->mtu;
    if (ip_mtu_locked(dst) && rt->rt_uses_gateway && size > 576) size = 576;
  }
  return std::min(size, IP_MAX_MTU);
}
inline bool ip_sk_use_pmtu(const sock* sk) { return inet_sk(sk)->pmtudisc < IP_PMTUDISC_PROBE; }
inline bool ip_sk_accept_pmtu(const sock* sk) {
  return inet_sk(sk)->pmtudisc != IP_PMTUDISC_INTERFACE && inet_sk(sk)->pmtudisc != IP_PMTUDISC_OMIT;
}

// ---- reception
int ip_rcv(const sk_buff* skb, const net_device* dev, const packet_type* pt, const net_device* orig_dev);
void ip_list_rcv(const list_head* head, const packet_type* pt, const net_device* orig_dev);
void ip_protocol_deliver_rcu(const net* net, const sk_buff* skb, int protocol);
inline bool ip_is_fragment(const iphdr* iph) { return iph->frag_off & htons(IP_MF | IP_OFFSET); }
int ip_defrag(const net* net, const sk_buff* skb, u32 user); // 0: the packet is whole; else it waits or is gone
void ipfrag_init();
int ip_options_compile(const net* net, const ip_options* opt, const sk_buff* skb); // 0 or -EINVAL
void ipv4_pktinfo_prepare(const sock* sk, const sk_buff* skb, bool drop_dst);

// ---- the list of control messages of a sender, in kernel memory
int ip_cmsg_send(const sock* sk, const msghdr* msg, const ipcm_cookie* ipc, bool allow_ipv6);
void ip_cmsg_recv_offset(const msghdr* msg, const sock* sk, const sk_buff* skb, int tlen, int offset);
inline void ip_cmsg_recv(const msghdr* msg, const sk_buff* skb) { ip_cmsg_recv_offset(msg, skb->sk, skb, 0, 0); }

// ---- the error queue: what happened to packets that were sent, read with MSG_ERRQUEUE
void ip_icmp_error(const sock* sk, const sk_buff* skb, int err, u16 port, u32 info, const u8* payload);
void ip_local_error(const sock* sk, int err, u32 daddr, u16 port, u32 info);
int ip_recv_error(const sock* sk, const msghdr* msg, int len, s32* addr_len);
// 0: well formed. Otherwise *info is what the ICMP message about it says: where the fault is.
int __ip_options_compile(const net* net, const ip_options* opt, const sk_buff* skb, u32* info = nullptr);
int ip_options_get(const net* net, const ip_options_rcu** opt, const u8* data, u32 optlen);
void ip_options_undo(const ip_options* opt);
int ip_setsockopt(const sock* sk, int level, int optname, const sockptr_t& optval, u32 optlen);
int ip_getsockopt(const sock* sk, int level, int optname, u8* optval, s32* optlen);

// ---- net/ipv4/ip_queue.cpp
int ip_queue_xmit(const sock* sk, const sk_buff* skb, const flowi* fl);
int __ip_queue_xmit(const sock* sk, const sk_buff* skb, const flowi* fl, u8 tos);
int ip_build_and_send_pkt(const sk_buff* skb, const sock* sk, u32 saddr, u32 daddr, const ip_options_rcu* opt, u8 tos);

inline u32 ipv4_portaddr_hash(const net* net, u32 saddr, u32 port) {
  return jhash_1word(saddr, net_hash_mix(net)) ^ port;
}
void ip_options_build(const sk_buff* skb, const ip_options* opt, u32 daddr, const rtable* rt);
void ip_options_fragment(const sk_buff* skb);

void ip4_datagram_release_cb(const sock* sk);

// ---- options
int __ip_options_echo(const net* net, const ip_options* dopt, const sk_buff* skb, const ip_options* sopt);

// ---- ip_output_reply.cpp: an answer that no socket of the user sends
struct ip_reply_arg {
  const void* header; // host memory: the transport header, addresses and ports already swapped
  u32 len;            // its bytes
  u32 csum;           // of the pseudo header
  int csumoffset;     // where the checksum stands in it
  int bound_dev_if;
  u8 tos;
  u8 flowi_flags;
  u32 uid;
};
void ip_send_unicast_reply(const sock* sk, const sk_buff* skb, const ip_options* sopt, u32 daddr, u32 saddr,
                           const ip_reply_arg* arg, u64 transmit_time, u32 txhash);

// ---- parts of inet_init()
void ip_init();

} // namespace sockwalk::kernel
