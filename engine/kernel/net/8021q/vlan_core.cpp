#include "engine/kernel/include/linux/if_vlan.h"

namespace sockwalk::kernel {

// Takes the tag of a packet that the device left in the bytes: the addresses move up by four, the tag goes to the
// sk_buff, and the type behind it becomes the packet's protocol.
const sk_buff* skb_vlan_untag(const sk_buff* skb) {
  KFUNC(skb_vlan_untag, skb);
  skb = skb_share_check(skb, GFP_ATOMIC);
  if (!skb || !pskb_may_pull(skb, VLAN_HLEN + 2) || skb_cow(skb, skb_headroom(skb)) < 0) {
    kfree_skb(skb);
    return call.result<const sk_buff*>(nullptr);
  }
  const auto* tag = reinterpret_cast<const vlan_hdr*>(skb->data.get());
  set(skb->vlan_proto, skb->protocol);
  set(skb->vlan_tci, ntohs(tag->h_vlan_TCI));
  set(skb, sk_buff::bit::vlan_present, 1);
  set(skb->protocol, tag->h_vlan_encapsulated_proto);
  skb_pull_rcsum(skb, VLAN_HLEN);
  u8 addresses[12];
  std::memcpy(addresses, skb_mac_header(skb), sizeof addresses);
  setBytes(skb_mac_header(skb) + VLAN_HLEN, addresses, sizeof addresses);
  add(skb->mac_header, VLAN_HLEN);
  skb_reset_network_header(skb);
  skb_reset_mac_len(skb);
  return call.result(skb);
}

bool vlan_do_receive(const sk_buff** skbp) {
  KFUNC(vlan_do_receive, *skbp);
  SIMPLIFIED("there are no VLAN devices: a frame with the tag of a VLAN is for nobody here");
  return call.result(false);
}

} // namespace sockwalk::kernel
