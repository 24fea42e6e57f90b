// The way from the stack to a driver. Source: net/core/dev.c.
#pragma once
#include "engine/kernel/include/linux/skbuff.h"
#include "engine/kernel/include/net/sch_generic.h"

namespace sockwalk::kernel {

int dev_queue_xmit(const sk_buff* skb);
int __dev_queue_xmit(const sk_buff* skb, const net_device* sb_dev);
const sk_buff* validate_xmit_skb_list(const sk_buff* skb, const net_device* dev);
// Gives a list of packets to the driver; what it could not take comes back, and *ret says why.
const sk_buff* dev_hard_start_xmit(const sk_buff* first, const net_device* dev, const netdev_queue* txq, int* ret);
u64 netif_skb_features(const sk_buff* skb);
u16 skb_network_protocol(const sk_buff* skb, int* depth);
int skb_checksum_help(const sk_buff* skb);
int skb_csum_hwoffload_help(const sk_buff* skb, u64 features);
bool skb_clone_tx_timestamp(const sk_buff* skb);
inline const qdisc_skb_cb* qdisc_skb_cb_of(const sk_buff* skb) {
  return reinterpret_cast<const qdisc_skb_cb*>(skb->cb);
}
void deviceCatchesUp(const net_device* dev); // eth0's: lets an interrupt come that would have come by now

// ---- byte queue limits: how much may wait in the hardware's ring. lib/dynamic_queue_limits.c
void netdev_sent_queue(const net_device* dev, u32 bytes);
void netdev_completed_queue(const net_device* dev, u32 packets, u32 bytes);

} // namespace sockwalk::kernel
