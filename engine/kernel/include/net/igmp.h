// Multicast group membership. Source: include/linux/igmp.h.
#pragma once
#include "engine/kernel/include/net/sock.h"

namespace sockwalk::kernel {

int ip_mc_join_group(const sock* sk, const ip_mreqn* imr); // 0 or -errno; imr_ifindex is filled in
int ip_mc_leave_group(const sock* sk, const ip_mreqn* imr);
void ip_mc_drop_socket(const sock* sk); // leaves every group that the socket joined
void ip_mc_init_dev(const in_device* in_dev);

// Whether the interface is in a group (network order) for packets from `src_addr`.
int ip_mc_validate_source(const sk_buff* skb, u32 daddr, u32 saddr, u8 tos, const net_device* dev,
                          const in_device* in_dev); // 0: a packet to a group may come from there
int ip_check_mc_rcu(const in_device* in_dev, u32 mc_addr, u32 src_addr, u8 proto);

int igmp_rcv(const sk_buff* skb);

} // namespace sockwalk::kernel
