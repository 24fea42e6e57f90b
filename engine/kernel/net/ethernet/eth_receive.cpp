#include "engine/kernel/include/linux/etherdevice.h"
#include "engine/memory/constants/netdevice.h"

namespace sockwalk::kernel {

// The lowest bit of the first byte says "to many"; one such address is everybody's.
static void eth_skb_pkt_type(const sk_buff* skb, const net_device* dev) {
  const u8* to = eth_hdr(skb)->h_dest;
  const auto isTo = [to](const u8* address) { return !std::memcmp(to, address, 6); };
  if (isTo(dev->dev_addr)) return; // PACKET_HOST is 0, which it is already
  const bool toMany = to[0] & 1;
  set(skb, sk_buff::bit::pkt_type,
      !toMany                ? PACKET_OTHERHOST
      : isTo(dev->broadcast) ? PACKET_BROADCAST
                             : PACKET_MULTICAST);
}

// Reads the Ethernet header and leaves it behind: for whom the frame is, and which protocol is inside.
u16 eth_type_trans(const sk_buff* skb, const net_device* dev) {
  KFUNC(eth_type_trans, skb, dev);
  set(skb->dev, dev);
  skb_reset_mac_header(skb);
  const auto* frame = reinterpret_cast<const ethhdr*>(skb->data.get());
  if (skb->len >= ETH_HLEN) __skb_pull(skb, ETH_HLEN);
  eth_skb_pkt_type(skb, dev);
  if (ntohs(frame->h_proto) >= ETH_P_802_3_MIN) return call.result(static_cast<u16>(frame->h_proto));
  // What would be a type is a length: an old 802.3 frame, with 802.2 or, in old Novell networks, without.
  const bool raw = skb->len >= 2 && skb->data[0] == 0xff && skb->data[1] == 0xff;
  return call.result(htons(raw ? ETH_P_802_3 : ETH_P_802_2));
}

} // namespace sockwalk::kernel
