// ARP: asking who has an IPv4 address on this link (RFC 826), and answering. Source: include/net/arp.h, net/ipv4/arp.c.
#pragma once
#include "engine/kernel/include/net/neighbour.h"

namespace sockwalk::kernel {

void arp_init();
inline u32 arp_hashfn(u32 key, const net_device* dev, const u32* hash_rnd) {
  return (key ^ static_cast<u32>(Arena::address(dev))) * hash_rnd[0];
}
inline u32 arp_hdr_len(const net_device* dev) { // both ends: a hardware address and an IPv4 address
  return u32{sizeof(arphdr)} + 2 * (dev->addr_len + 4u);
}
const neighbour* __ipv4_neigh_lookup_noref(const net_device* dev, u32 key);
// One ARP message; nullptr for dest_hw: to everybody; for src_hw: from `dev`; for target_hw: not known.
const sk_buff* arp_create(int type, int ptype, u32 dest_ip, const net_device* dev, u32 src_ip, const u8* dest_hw,
                          const u8* src_hw, const u8* target_hw);
void arp_xmit(const sk_buff* skb);
void arp_send(int type, int ptype, u32 dest_ip, const net_device* dev, u32 src_ip, const u8* dest_hw, const u8* src_hw,
              const u8* target_hw);

int arp_mc_map(u32 addr, u8* haddr, const net_device* dev, int dir); // 0: `haddr` is the group's; -EINVAL

int arp_invalidate(const net_device* dev, u32 ip, bool force = false); // it is no neighbour's any more
void arp_ifdown(const net_device* dev);

} // namespace sockwalk::kernel
