// lo: what is sent on it arrives on it.
#include "engine/kernel/drivers/net/frame_record.h"
#include "engine/kernel/include/linux/etherdevice.h"
#include "engine/kernel/include/net/dst.h"
#include "engine/kernel/init/image.h"
#include "engine/kernel/net/core/dev.h"

namespace sockwalk::kernel {

static Global<net_device_ops> loopback_ops{"loopback_ops"};
static Global<pernet_operations> loopback_net_ops{"loopback_net_ops"};

// The packet turns round: it is no longer its sender's, keeps its route, and goes into the processor's backlog as if
// it had come in by a wire.
static s32 loopback_xmit(const sk_buff* skb, const net_device* dev) {
  KFUNC(loopback_xmit, skb, dev);
  skb_clone_tx_timestamp(skb);
  set(skb->tstamp, 0);
  skb_orphan(skb);
  skb_dst_force(skb);
  recordFrame(true, dev, skb);
  set(skb->protocol, eth_type_trans(skb, dev));
  const u32 len = skb->len;
  if (__netif_rx(skb) == NET_RX_SUCCESS) {
    add(dev->stats.tx_packets, 1);
    add(dev->stats.tx_bytes, len);
  }
  return call.result(s32(NETDEV_TX_OK));
}

static void dev_lstats_read(const net_device* dev, u64* packets, u64* bytes) {
  KFUNC(dev_lstats_read, dev);
  *packets = dev->stats.tx_packets;
  *bytes = dev->stats.tx_bytes;
}
// What it has sent it has received.
static void loopback_get_stats64(const net_device* dev, const rtnl_link_stats64* stats) {
  KFUNC(loopback_get_stats64, dev, stats);
  u64 packets, bytes;
  dev_lstats_read(dev, &packets, &bytes);
  set(stats->rx_packets, packets);
  set(stats->tx_packets, packets);
  set(stats->rx_bytes, bytes);
  set(stats->tx_bytes, bytes);
}

void image_loopback() {
  set(loopback_ops->ndo_start_xmit, fn<loopback_xmit>);
  set(loopback_ops->ndo_get_stats64, fn<loopback_get_stats64>);
}

static void loopback_setup(const net_device* dev) {
  KFUNC(loopback_setup, dev);
  set(dev->mtu, 64 * 1024);
  set(dev->hard_header_len, ETH_HLEN);
  set(dev->min_header_len, ETH_HLEN);
  set(dev->addr_len, ETH_ALEN);
  set(dev->type, ARPHRD_LOOPBACK);
  set(dev->flags, IFF_LOOPBACK);
  // A packet keeps its route across lo: that is how the receiving side knows at once that it is for us.
  set(dev->priv_flags,
      (dev->priv_flags & ~(IFF_XMIT_DST_RELEASE | IFF_XMIT_DST_RELEASE_PERM)) | IFF_LIVE_ADDR_CHANGE | IFF_NO_QUEUE);
  set(dev->features, NETIF_F_SG | NETIF_F_FRAGLIST | NETIF_F_TSO | NETIF_F_GSO_UDP_L4 | NETIF_F_HW_CSUM |
                         NETIF_F_RXCSUM | NETIF_F_SCTP_CRC | NETIF_F_HIGHDMA | NETIF_F_LLTX | NETIF_F_NETNS_LOCAL |
                         NETIF_F_VLAN_CHALLENGED | NETIF_F_LOOPBACK);
  set(dev->hw_features, NETIF_F_SG | NETIF_F_TSO);
  set(dev->header_ops, eth_header_ops);
  set(dev->netdev_ops, loopback_ops);
  dev_addr_init(dev);
}

// Every namespace has a lo of its own.
static int loopback_net_init(const net* net) {
  KFUNC(loopback_net_init, net);
  const net_device* dev = alloc_netdev_mqs(0, "lo", loopback_setup, 1, 1);
  if (!dev) return call.result(-ENOMEM);
  set(dev->nd_net.net, net);
  if (const int err = register_netdev(dev)) return call.result(err);
  BUG_ON(dev->ifindex != LOOPBACK_IFINDEX);
  set(net->loopback_dev, dev);
  return call.result(0);
}
void loopback_init() {
  set(loopback_net_ops->init, fn<loopback_net_init>);
  register_pernet_device(loopback_net_ops);
}

} // namespace sockwalk::kernel
