#include "engine/kernel/include/linux/etherdevice.h"
#include "engine/kernel/include/linux/skbuff.h"
#include "engine/kernel/include/net/neighbour.h"

namespace sockwalk::kernel {

// Writes the 14 bytes before the packet: to whom, from whom, what is in it. Negative: the receiver is not known yet.
int eth_header(const sk_buff* skb, const net_device* dev, u16 type, const void* daddr, const void* saddr, u32 len) {
  KFUNC(eth_header, skb, dev, type, daddr, saddr, len);
  const auto* eth = reinterpret_cast<const ethhdr*>(skb_push(skb, ETH_HLEN));
  set(eth->h_proto, htons(type)); // as a length only for old 802.3 protocols, which nobody here speaks
  u8 from[ETH_ALEN], to[ETH_ALEN];
  std::memcpy(from, saddr ? saddr : dev->dev_addr.get(), ETH_ALEN);
  setBytes(eth->h_source, from, ETH_ALEN);
  if (daddr) {
    std::memcpy(to, daddr, ETH_ALEN);
    setBytes(eth->h_dest, to, ETH_ALEN);
    return call.result(static_cast<int>(ETH_HLEN));
  }
  if (dev->flags & (IFF_LOOPBACK | IFF_NOARP)) {
    fillBytes(eth->h_dest, 0, ETH_ALEN);
    return call.result(static_cast<int>(ETH_HLEN));
  }
  return call.result(-static_cast<int>(ETH_HLEN));
}

// The header as it will be for every packet to this neighbour, kept with it: two bytes of padding, then 14.
int eth_header_cache(const neighbour* neigh, const hh_cache* hh, u16 type) {
  KFUNC(eth_header_cache, neigh, hh, type);
  const auto* eth = reinterpret_cast<const ethhdr*>(reinterpret_cast<const u8*>(hh->hh_data) + 16 - ETH_HLEN);
  u8 to[ETH_ALEN], from[ETH_ALEN];
  std::memcpy(to, neigh->ha, ETH_ALEN);
  std::memcpy(from, neigh->dev->dev_addr.get(), ETH_ALEN);
  set(eth->h_proto, type);
  setBytes(eth->h_source, from, ETH_ALEN);
  setBytes(eth->h_dest, to, ETH_ALEN);
  set(hh->hh_len, ETH_HLEN);
  return call.result(0);
}

void eth_header_cache_update(const hh_cache* hh, const net_device* dev, u8* haddr) {
  KFUNC(eth_header_cache_update, hh, dev);
  u8 to[ETH_ALEN];
  std::memcpy(to, haddr, ETH_ALEN);
  setBytes(reinterpret_cast<const u8*>(hh->hh_data) + 16 - ETH_HLEN, to, ETH_ALEN);
}

} // namespace sockwalk::kernel
