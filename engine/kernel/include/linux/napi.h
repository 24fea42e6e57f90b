// Reception: a device's interrupt only schedules its NAPI context; the softirq polls it, GRO may join packets, and the
// packet-type lists say who gets them. Source: include/linux/netdevice.h, net/core/dev.c, net/core/gro.c.
#pragma once
#include "engine/kernel/include/linux/netdevice.h"
#include "engine/kernel/include/linux/skbuff.h"
#include "engine/memory/constants/netdevice.h"

namespace sockwalk::kernel {

extern Global<softnet_data> this_cpu_softnet;         // the processor's share of the network's receive work
extern Global<list_head> ptype_all;                   // who wants every packet (AF_PACKET sockets)
extern Global<list_head[PTYPE_HASH_SIZE]> ptype_base; // who wants packets of one protocol: IP, ARP
extern Global<list_head> offload_base;

void net_rx_init(); // the receive half of net_dev_init()
void dev_add_pack(const packet_type* pt);
void __dev_remove_pack(const packet_type* pt);
void dev_remove_pack(const packet_type* pt);
void dev_add_offload(const packet_offload* po);

void netif_napi_add(const net_device* dev, const napi_struct* napi,
                    const TypedSymbol<s32(const napi_struct*, s32)>& poll);
void napi_enable(const napi_struct* n);
void napi_disable(const napi_struct* n);
bool napi_schedule_prep(const napi_struct* n);
void __napi_schedule(const napi_struct* n);
bool napi_complete_done(const napi_struct* n, int work_done);
void net_rx_action(const softirq_action* h);

int __netif_rx(const sk_buff* skb); // loopback's way in, through the backlog
int netif_rx(const sk_buff* skb);
int __netif_receive_skb(const sk_buff* skb);
int netif_receive_skb(const sk_buff* skb);
void netif_receive_skb_list_internal(const list_head* head);
void dev_core_stats_rx_dropped_inc(const net_device* dev);
void dev_core_stats_rx_otherhost_dropped_inc(const net_device* dev);

gro_result napi_gro_receive(const napi_struct* napi, const sk_buff* skb);
void napi_gro_flush(const napi_struct* napi, bool flush_old);
void gro_normal_list(const napi_struct* napi);
int skb_gro_receive(const sk_buff* p, const sk_buff* skb);

inline const napi_gro_cb* NAPI_GRO_CB(const sk_buff* skb) { return controlBlock<napi_gro_cb>(skb); }
inline u32 skb_gro_offset(const sk_buff* skb) { return static_cast<u32>(NAPI_GRO_CB(skb)->data_offset); }
inline u32 skb_gro_len(const sk_buff* skb) { return skb->len - skb_gro_offset(skb); }
inline void skb_gro_pull(const sk_buff* skb, u32 len) { add(NAPI_GRO_CB(skb)->data_offset, len); }
// A header inside the linear part; nullptr if the packet is too short.
const u8* skb_gro_header(const sk_buff* skb, u32 hlen, u32 offset);
u16 __skb_gro_checksum_complete(const sk_buff* skb);
inline void groFlush(const sk_buff* skb, u32 flush) { set(NAPI_GRO_CB(skb)->flush, NAPI_GRO_CB(skb)->flush | flush); }

u16 eth_type_trans(const sk_buff* skb, const net_device* dev);
bool skb_defer_rx_timestamp(const sk_buff* skb);

} // namespace sockwalk::kernel
