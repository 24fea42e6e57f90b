// IPv4: the header's constants, what ip_output.cpp builds packets with, and small questions about an address.
// Source: include/net/ip.h, include/uapi/linux/{in,ip}.h. Addresses and ports are in network byte order.
#pragma once
#include "engine/kernel/include/linux/inetdevice.h"
#include "engine/kernel/include/net/route.h"
#include "engine/memory/constants/inet.h"
#include "engine/memory/constants/netdevice.h"

namespace sockwalk::kernel {

inline const inet_skb_parm* IPCB(const sk_buff* skb) { return reinterpret_cast<const inet_skb_parm*>(skb->cb); }

// Copies `len` bytes at `offset` of what `from` describes to `to`, which lies in `skb`; adds to skb->csum.
using getfrag_t = int (*)(const void* from, const u8* to, int offset, int len, int odd, const sk_buff* skb);

int ip_local_deliver(const sk_buff* skb); // ip_input.cpp
int ip_forward(const sk_buff* skb);

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
u32 ip_idents_reserve(u32 hash, int segs);
void ipcm_init_sk(const ipcm_cookie* ipcm, const inet_sock* inet);

} // namespace sockwalk::kernel
