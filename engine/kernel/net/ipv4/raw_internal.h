// What the parts of raw.c share.
// Source: net/ipv4/raw.c.
#pragma once
#include "engine/kernel/include/linux/kernel.h"

namespace sockwalk::kernel {

int raw_recvmsg(const sock* sk, const msghdr* msg, u64 len, s32 flags, s32* addr_len);
int raw_rcv_skb(const sock* sk, const sk_buff* skb); // reception: raw_input.cpp
int raw_sendmsg(const sock* sk, const msghdr* msg, u64 len);
int raw_setsockopt(const sock* sk, int level, int optname, const sockptr_t& optval, u32 optlen);
int raw_getsockopt(const sock* sk, int level, int optname, u8* optval, s32* optlen);

} // namespace sockwalk::kernel
