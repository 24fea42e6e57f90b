#include "engine/kernel/include/linux/etherdevice.h"
#include "engine/kernel/include/linux/skbuff.h"
#include "engine/kernel/include/net/neighbour.h"

namespace sockwalk::kernel {

// Writes the 14 bytes before the packet: to whom, from whom, what is in it. Negative: the receiver is not known yet.
static void writeAddress(const u8* place, const void* address) {
  u8 bytes[ETH_ALEN];
  std::memcpy(bytes, address, ETH_ALEN);
  setBytes(place, bytes, ETH_ALEN);
}

// Writes the 14 bytes before the packet: to whom, from whom, what is in it. Negative: the receiver is not known yet.
int eth_header(const sk_buff* skb, const net_device* dev, u16 type, const void* daddr, const void* saddr, u32 len) {
  KFUNC(eth_header, skb, dev, type, daddr, saddr, len);
  constexpr int size = ETH_HLEN;
  const auto* frame = reinterpret_cast<const ethhdr*>(skb_push(skb, ETH_HLEN));
  set(frame->h_proto, htons(type)); // as a length only for old 802.3 protocols, which nobody here speaks
  writeAddress(frame->h_source, saddr ? saddr : dev->dev_addr.get());
  const bool nobodyToFind = dev->flags & (IFF_LOOPBACK | IFF_NOARP);
  if (daddr) writeAddress(frame->h_dest, daddr);
  else if (nobodyToFind) fillBytes(frame->h_dest, 0, ETH_ALEN);
  return call.result(daddr || nobodyToFind ? size : -size);
}

// Where an Ethernet header stands in the sixteen bytes that a neighbour keeps for it: at their end, so that the packet
// behind it is aligned to four.
static const u8* cachedHeader(const hh_cache* hh) { return reinterpret_cast<const u8*>(hh->hh_data) + 16 - ETH_HLEN; }

// The header as it will be for every packet to this neighbour, kept with it: two bytes of padding, then 14.
int eth_header_cache(const neighbour* neigh, const hh_cache* hh, u16 type) {
  KFUNC(eth_header_cache, neigh, hh, type);
  const auto* frame = reinterpret_cast<const ethhdr*>(cachedHeader(hh));
  set(frame->h_proto, type);
  writeAddress(frame->h_source, neigh->dev->dev_addr.get());
  writeAddress(frame->h_dest, neigh->ha);
  set(hh->hh_len, ETH_HLEN);
  return call.result(0);
}

void eth_header_cache_update(const hh_cache* hh, const net_device* dev, u8* haddr) {
  KFUNC(eth_header_cache_update, hh, dev);
  writeAddress(cachedHeader(hh), haddr);
}

} // namespace sockwalk::kernel
