#include "engine/kernel/include/linux/etherdevice.h"
#include "engine/kernel/init/image.h"
#include "engine/kernel/net/core/dev.h"

namespace sockwalk::kernel {

Global<header_ops> eth_header_ops{"eth_header_ops"};

// The sender's address, as a reader of frames is told it.
static s32 eth_header_parse(const sk_buff* skb, u8* haddr) {
  KFUNC(eth_header_parse, skb);
  setBytes(haddr, eth_hdr(skb)->h_source, ETH_ALEN);
  return call.result(s32{ETH_ALEN});
}
static u16 eth_header_parse_protocol(const sk_buff* skb) {
  KFUNC(eth_header_parse_protocol, skb);
  return call.result(static_cast<u16>(eth_hdr(skb)->h_proto));
}

void image_eth() {
  set(eth_header_ops->create, fn<eth_header>);
  set(eth_header_ops->parse, fn<eth_header_parse>);
  set(eth_header_ops->parse_protocol, fn<eth_header_parse_protocol>);
  set(eth_header_ops->cache, fn<eth_header_cache>);
  set(eth_header_ops->cache_update, fn<eth_header_cache_update>);
}

void dev_addr_init(const net_device* dev) { setAddress(&dev->dev_addr, dev->dev_addr_shadow); }
void eth_hw_addr_set(const net_device* dev, const u8* addr) {
  if (!dev->dev_addr) dev_addr_init(dev);
  setBytes(dev->dev_addr, addr, ETH_ALEN);
}

// RFC 894: a header of fourteen bytes, and up to 1500 behind it.
static void setSizes(const net_device* dev) {
  set(dev->hard_header_len, ETH_HLEN);
  set(dev->min_header_len, ETH_HLEN);
  set(dev->mtu, ETH_DATA_LEN);
  set(dev->min_mtu, ETH_MIN_MTU);
  set(dev->max_mtu, ETH_DATA_LEN);
  set(dev->addr_len, ETH_ALEN);
}

// What all Ethernet devices have in common; a driver changes what is different with its own.
void ether_setup(const net_device* dev) {
  KFUNC(ether_setup, dev);
  set(dev->header_ops, eth_header_ops);
  set(dev->type, ARPHRD_ETHER);
  setSizes(dev);
  set(dev->tx_queue_len, DEFAULT_TX_QUEUE_LEN);
  set(dev->flags, IFF_BROADCAST | IFF_MULTICAST);
  set(dev->priv_flags, dev->priv_flags | IFF_TX_SKB_SHARING);
  fillBytes(dev->broadcast, 0xff, ETH_ALEN);
  dev_addr_init(dev);
}

const net_device* alloc_etherdev_mqs(int sizeof_priv, u32 txqs, u32 rxqs) {
  KFUNC(alloc_etherdev_mqs, sizeof_priv, txqs, rxqs);
  return call.result(alloc_netdev_mqs(sizeof_priv, "eth%d", ether_setup, txqs, rxqs));
}

} // namespace sockwalk::kernel
