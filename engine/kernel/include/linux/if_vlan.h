// VLAN tags (IEEE 802.1Q): four bytes between the addresses and the type, which reception takes out of the packet and
// keeps in the sk_buff. Source: include/linux/if_vlan.h, net/8021q/vlan_core.c.
#pragma once
#include "engine/kernel/include/linux/kernel.h"
#include "engine/kernel/include/linux/skbuff.h"
#include "engine/memory/constants/netdevice.h"

namespace sockwalk::kernel {

inline bool eth_type_vlan(u16 type) { return type == htons(ETH_P_8021Q) || type == htons(ETH_P_8021AD); }
const sk_buff* skb_vlan_untag(const sk_buff* skb); // nullptr: it was too short, and is freed
bool vlan_do_receive(const sk_buff** skb);         // true: a VLAN device took it

} // namespace sockwalk::kernel
