// What UDP and UDP-Lite share.
// Source: net/ipv4/udp_impl.h.
#pragma once
#include "engine/kernel/include/linux/kernel.h"

namespace sockwalk::kernel {

int udp_v4_get_port(const sock* sk, u16 snum);
int udp_sendpage(const sock* sk, const page* page, s32 offset, u64 size, s32 flags);
int udp_recvmsg(const sock* sk, const msghdr* msg, u64 len, s32 flags, s32* addr_len);

s32 xfrm4_udp_encap_rcv(const sock* sk, const sk_buff* skb);

int udp_setsockopt(const sock* sk, int level, int optname, const sockptr_t& optval, u32 optlen);
int udp_getsockopt(const sock* sk, int level, int optname, u8* optval, s32* optlen);

} // namespace sockwalk::kernel
