// Ethernet: frame constants and the functions that every Ethernet device shares. Source: net/ethernet/eth.c.
#pragma once
#include "engine/kernel/include/linux/netdevice.h"

namespace sockwalk::kernel {

extern Global<header_ops> eth_header_ops;

int eth_header(const sk_buff* skb, const net_device* dev, u16 type, const void* daddr, const void* saddr, u32 len);
int eth_header_cache(const neighbour* neigh, const hh_cache* hh, u16 type);
void eth_header_cache_update(const hh_cache* hh, const net_device* dev, u8* haddr);
void eth_hw_addr_set(const net_device* dev, const u8* addr);

// ---- reception: NAPI, protocols, offloads
u16 eth_type_trans(const sk_buff* skb, const net_device* dev);

const net_device* alloc_etherdev_mqs(int sizeof_priv, u32 txqs, u32 rxqs);

} // namespace sockwalk::kernel
