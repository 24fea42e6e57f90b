// veth: two Ethernet devices back to back. What one sends, the other receives, often in another network namespace.
#include "engine/kernel/drivers/net/veth.h"
#include "engine/kernel/drivers/net/frame_record.h"
#include "engine/kernel/include/linux/etherdevice.h"
#include "engine/kernel/include/linux/netfilter/nf_conntrack_common.h"
#include "engine/kernel/include/net/dst.h"
#include "engine/kernel/include/net/rtnetlink.h"
#include "engine/kernel/include/net/sch_generic.h"
#include "engine/kernel/init/image.h"
#include "engine/memory/constants/netdevice.h"

namespace sockwalk::kernel {

static Global<rtnl_link_ops> veth_link_ops{"veth_link_ops"};
static Global<char[8]> veth_kind{"veth_kind"};
static Global<net_device_ops> veth_netdev_ops{"veth_netdev_ops"};

static const veth_priv* privOf(const net_device* dev) { return static_cast<const veth_priv*>(netdev_priv(dev)); }

// A frame as long as the device may take? One that is to be cut up later always is.
static bool __is_skb_forwardable(const net_device* dev, const sk_buff* skb) {
  constexpr u32 vlan_hdr_len = 4;
  return skb->len <= dev->mtu + dev->hard_header_len + vlan_hdr_len || skb_is_gso(skb);
}

// The packet goes to another device, and maybe to another namespace: what it knew of the old one is taken off.
void skb_scrub_packet(const sk_buff* skb, bool xnet) {
  KFUNC(skb_scrub_packet, skb, xnet);
  set(skb, sk_buff::bit::pkt_type, PACKET_HOST);
  set(skb->skb_iif, 0);
  set(skb, sk_buff::bit::ignore_df, 0);
  skb_dst_drop(skb);
  nf_reset_ct(skb);
  if (!xnet) return;
  set(skb->mark, 0);
  set(skb->tstamp, 0);
}

static int ____dev_forward_skb(const net_device* dev, const sk_buff* skb) {
  if (!__is_skb_forwardable(dev, skb)) {
    dev_core_stats_rx_dropped_inc(dev);
    kfree_skb(skb);
    return NET_RX_DROP;
  }
  skb_scrub_packet(skb, dev_net(dev) != dev_net(skb->dev));
  set(skb->priority, 0);
  return 0;
}

static int __dev_forward_skb2(const net_device* dev, const sk_buff* skb, bool check_mtu) {
  KFUNC(__dev_forward_skb2, dev, skb, check_mtu);
  if (const int dropped = ____dev_forward_skb(dev, skb)) return call.result(dropped);
  set(skb->protocol, eth_type_trans(skb, dev));
  skb_postpull_rcsum(skb, eth_hdr(skb), ETH_HLEN); // the sum over all bytes no longer has the header's
  return call.result(0);
}
int __dev_forward_skb(const net_device* dev, const sk_buff* skb) {
  KFUNC(__dev_forward_skb, dev, skb);
  return call.result(__dev_forward_skb2(dev, skb, true));
}

// To the other end: from there on the frame is one that was received, and waits in the processor's backlog.
static int veth_forward_skb(const net_device* dev, const sk_buff* skb) {
  KFUNC(veth_forward_skb, dev, skb);
  INLINED();
  SIMPLIFIED("no XDP, and so no NAPI and no ring between the two ends");
  recordFrame(true, dev, skb);
  if (const int ret = __dev_forward_skb(dev, skb)) return call.result(ret);
  return call.result(__netif_rx(skb));
}

static u64 passthru_features_check(const sk_buff* skb, const net_device* dev, u64 features) {
  KFUNC(passthru_features_check, skb, dev, features);
  return call.result(features);
}

static s32 veth_xmit(const sk_buff* skb, const net_device* dev) {
  KFUNC(veth_xmit, skb, dev);
  const veth_priv* priv = privOf(dev);
  const net_device* otherEnd = priv->peer;
  const u32 bytes = skb->len;
  if (!otherEnd || !pskb_may_pull(skb, ETH_HLEN)) {
    kfree_skb(skb);
    add(priv->dropped.counter, 1);
    return call.result(s32(NETDEV_TX_OK));
  }
  recordFrame(false, dev, skb);
  skb_clone_tx_timestamp(skb);
  if (veth_forward_skb(otherEnd, skb) == NET_RX_SUCCESS) {
    add(dev->stats.tx_packets, 1); // what one end has sent the other has received: one count serves both
    add(dev->stats.tx_bytes, bytes);
    add(otherEnd->stats.rx_packets, 1);
    add(otherEnd->stats.rx_bytes, bytes);
  } else {
    add(priv->dropped.counter, 1);
  }
  return call.result(s32(NETDEV_TX_OK));
}

// The link is there when both ends are up.
static int veth_open(const net_device* dev) {
  KFUNC(veth_open, dev);
  const net_device* otherEnd = privOf(dev)->peer;
  if (!otherEnd) return call.result(-ENOTCONN);
  if (otherEnd->flags & IFF_UP) {
    netif_carrier_on(dev);
    netif_carrier_on(otherEnd);
    dev_activate(otherEnd); // by a work queue, a moment later, in the kernel
  }
  return call.result(0);
}

static int veth_close(const net_device* dev) {
  KFUNC(veth_close, dev);
  const net_device* otherEnd = privOf(dev)->peer;
  netif_carrier_off(dev);
  if (otherEnd) netif_carrier_off(otherEnd);
  return call.result(0);
}

// The number of the other end; a device whose other end is gone is its own.
static int veth_get_iflink(const net_device* dev) {
  KFUNC(veth_get_iflink, dev);
  const net_device* otherEnd = privOf(dev)->peer;
  return call.result(otherEnd ? int(otherEnd->ifindex) : 0);
}

void image_veth() {
  setBytes(veth_kind.get(), "veth", 5);
  set(veth_link_ops->kind, veth_kind.get());
  set(veth_netdev_ops->ndo_get_iflink, fn<veth_get_iflink>);
  set(veth_netdev_ops->ndo_open, fn<veth_open>);
  set(veth_netdev_ops->ndo_stop, fn<veth_close>);
  set(veth_netdev_ops->ndo_start_xmit, fn<veth_xmit>);
  set(veth_netdev_ops->ndo_features_check, fn<passthru_features_check>);
}

void veth_setup(const net_device* dev) {
  KFUNC(veth_setup, dev);
  ether_setup(dev);
  set(dev->priv_flags,
      (dev->priv_flags & ~IFF_TX_SKB_SHARING) | IFF_LIVE_ADDR_CHANGE | IFF_NO_QUEUE | IFF_PHONY_HEADROOM);
  set(dev->netdev_ops, veth_netdev_ops);
  set(dev->rtnl_link_ops, veth_link_ops);
  set(dev->features, NETIF_F_LLTX | VETH_FEATURES);
  set(dev->hw_features, VETH_FEATURES);
  set(dev->min_mtu, ETH_MIN_MTU);
  set(dev->max_mtu, 0xffff);
}

// A made-up address: not a group's, and marked as given by nobody.
static void eth_hw_addr_random(const net_device* dev) {
  KFUNC(eth_hw_addr_random, dev);
  INLINED();
  const u64 random = machine().random();
  u8 addr[ETH_ALEN];
  std::memcpy(addr, &random, ETH_ALEN);
  addr[0] = static_cast<u8>((addr[0] & 0xfe) | 0x02);
  eth_hw_addr_set(dev, addr);
}

static void veth_disable_gro(const net_device* dev) {
  KFUNC(veth_disable_gro, dev);
  INLINED();
  set(dev->features, dev->features & ~NETIF_F_GRO);
  set(dev->wanted_features, dev->wanted_features & ~NETIF_F_GRO);
}

// The peer first, then the device that was asked for; then each learns of the other.
int veth_newlink(const net* src_net, const net_device* dev, const char* peer_name) {
  KFUNC(veth_newlink, src_net, dev);
  const net_device* otherEnd = rtnl_create_link(src_net, peer_name, veth_setup, sizeof(veth_priv));
  if (!otherEnd) return call.result(-ENOMEM);
  eth_hw_addr_random(otherEnd);
  if (const int err = register_netdevice(otherEnd)) return call.result(err);
  veth_disable_gro(otherEnd);
  netif_carrier_off(otherEnd);
  if (const int err = rtnl_configure_link(otherEnd)) return call.result(err);
  eth_hw_addr_random(dev);
  if (const int err = register_netdevice(dev)) return call.result(err);
  netif_carrier_off(dev);
  set(privOf(dev)->peer, otherEnd);
  set(privOf(otherEnd)->peer, dev);
  veth_disable_gro(dev);
  NOTE("veth.pair", dev, otherEnd);
  return call.result(0);
}

const net_device* veth_peer_dev(const net_device* dev) {
  return dev->netdev_ops.get() == veth_netdev_ops.get() ? privOf(dev)->peer.get() : nullptr;
}

} // namespace sockwalk::kernel
