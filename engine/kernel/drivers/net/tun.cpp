#include "engine/kernel/drivers/net/tun.h"
#include "engine/kernel/drivers/net/frame_record.h"
#include "engine/kernel/include/linux/etherdevice.h"
#include "engine/kernel/include/linux/netfilter/nf_conntrack_common.h"
#include "engine/kernel/init/image.h"
#include "engine/kernel/net/core/dev.h"
#include "engine/memory/constants/netdevice.h"

namespace sockwalk::kernel {

constexpr u32 NetSkbPad = 64;

static Global<net_device_ops> tun_netdev_ops{"tun_netdev_ops"};
static Global<header_ops> ip_tunnel_header_ops{"ip_tunnel_header_ops"};

// ---- what the kernel sends: the reader of /dev/net/tun gets it as it is, whole TSO packets included
static void tun_do_read(const sk_buff* skb, const net_device* dev) {
  KFUNC(tun_do_read, skb);
  SIMPLIFIED("the reader takes each packet at once, so none waits in the ring that it reads from");
  std::vector<u8> bytes(skb->len);
  skb_copy_bits(skb, 0, bytes.data(), static_cast<int>(skb->len));
  recordFrame(false, dev, bytes);
  mark(BufferMark::Sent, skb, dev);
  if (machine().onTransmit) machine().onTransmit(dev->ifindex, bytes.data(), static_cast<u32>(bytes.size()));
  consume_skb(skb);
}

static s32 tun_net_xmit(const sk_buff* skb, const net_device* dev) {
  KFUNC(tun_net_xmit, skb, dev);
  if (skb_orphan_frags_rx(skb, GFP_ATOMIC)) { // the sender's own pages: the reader may take his time
    kfree_skb(skb);
    return call.result(s32(NET_XMIT_DROP));
  }
  skb_clone_tx_timestamp(skb);
  nf_reset_ct(skb);
  skb_orphan(skb); // nobody knows when the reader will come: the sender may go on
  tun_do_read(skb, dev);
  return call.result(s32(NETDEV_TX_OK));
}

// ---- what comes in: a write(2) to /dev/net/tun
static const sk_buff* tun_alloc_skb(u64 prepad, u64 len) {
  KFUNC(tun_alloc_skb, prepad, len);
  INLINED();
  SIMPLIFIED("the packet is not charged to the device's own socket");
  const sk_buff* skb = alloc_skb(static_cast<u32>(prepad + len), GFP_KERNEL);
  if (!skb) return call.result(skb);
  skb_reserve(skb, static_cast<u32>(prepad));
  skb_put(skb, static_cast<u32>(len));
  return call.result(skb);
}

static s64 tun_get_user(const net_device* dev, std::span<const u8> from) {
  KFUNC(tun_get_user, dev);
  const sk_buff* skb = tun_alloc_skb(NetSkbPad, from.size());
  if (!skb) {
    refuseFrame(Refusal::NoMemory, dev);
    dev_core_stats_rx_dropped_inc(dev);
    return call.result(s64(-ENOMEM));
  }
  mark(BufferMark::Taken, skb, dev);
  setBytes(skb->data, from.data(), static_cast<u32>(from.size()));
  const int version = from[0] >> 4; // there is nothing else to tell by what protocol it is
  if (version != 4 && version != 6) {
    dev_core_stats_rx_dropped_inc(dev);
    kfree_skb(skb);
    return call.result(s64(-EINVAL));
  }
  skb_reset_mac_header(skb);
  set(skb->protocol, htons(version == 6 ? 0x86dd : 0x0800));
  set(skb->dev, dev);
  skb_reset_network_header(skb);
  skb_reset_transport_header(skb);
  netif_receive_skb(skb);
  return call.result(s64(from.size()));
}

void tun_write(const net_device* dev, std::span<const u8> packet) {
  if (packet.empty()) return;
  recordFrame(true, dev, packet);
  tun_get_user(dev, packet);
}

// ---- the device
static s32 tun_net_open(const net_device* dev) {
  KFUNC(tun_net_open, dev);
  netif_start_queue(dev);
  return call.result(0);
}
static s32 tun_net_close(const net_device* dev) {
  KFUNC(tun_net_close, dev);
  netif_stop_queue(dev);
  return call.result(0);
}

static s32 tun_net_init(const net_device* dev) {
  KFUNC(tun_net_init, dev);
  set(dev->features, NETIF_F_SG | NETIF_F_FRAGLIST | NETIF_F_HW_CSUM | NETIF_F_TSO | NETIF_F_TSO_ECN |
                         NETIF_F_HW_VLAN_CTAG_TX | NETIF_F_LLTX);
  set(dev->hw_features, dev->features & ~NETIF_F_LLTX);
  set(dev->header_ops, ip_tunnel_header_ops);
  set(dev->hard_header_len, 0);
  set(dev->addr_len, 0);
  set(dev->mtu, ETH_DATA_LEN);
  set(dev->type, ARPHRD_NONE);
  set(dev->flags, IFF_POINTOPOINT | IFF_NOARP | IFF_MULTICAST);
  set(dev->min_mtu, ETH_MIN_MTU);
  set(dev->max_mtu, 65535);
  return call.result(0);
}

static void tun_setup(const net_device* dev) {
  KFUNC(tun_setup, dev);
  dev_addr_init(dev);
  set(dev->netdev_ops, tun_netdev_ops);
  set(dev->tx_queue_len, TUN_READQ_SIZE);
}

void image_tun() {
  set(tun_netdev_ops->ndo_init, fn<tun_net_init>);
  set(tun_netdev_ops->ndo_open, fn<tun_net_open>);
  set(tun_netdev_ops->ndo_stop, fn<tun_net_close>);
  set(tun_netdev_ops->ndo_start_xmit, fn<tun_net_xmit>);
  set(ip_tunnel_header_ops->parse_protocol, unbuilt<"ip_tunnel_parse_protocol">);
}

int tun_init() {
  KFUNC(tun_init);
  SIMPLIFIED("the interface is made at boot, not by the program that opens /dev/net/tun");
  const net_device* dev = alloc_netdev_mqs(0, "tun0", tun_setup, 1, 1);
  if (!dev) return call.result(-ENOMEM);
  return call.result(register_netdev(dev));
}

} // namespace sockwalk::kernel
