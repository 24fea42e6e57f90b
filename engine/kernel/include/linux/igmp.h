// Multicast groups: who listens to which.
// Source: include/linux/igmp.h.
#pragma once
#include "engine/kernel/include/net/sock.h"

namespace sockwalk::kernel {

int ip_mc_join_group(const sock* sk, const ip_mreqn* imr); // 0 or -errno; imr_ifindex is filled in
int ip_mc_leave_group(const sock* sk, const ip_mreqn* imr);
void ip_mc_drop_socket(const sock* sk); // leaves every group that the socket joined
void ip_mc_init_dev(const in_device* in_dev);

int ip_check_mc_rcu(const in_device* in_dev, u32 mc_addr, u32 src_addr, u8 proto);

int igmp_rcv(const sk_buff* skb);

bool ip_mc_sf_allow(const sock* sk, u32 loc_addr, u32 rmt_addr, int dif, int sdif);

} // namespace sockwalk::kernel
