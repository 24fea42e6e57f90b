// IPv4 reception: from the link to the protocols, and the protocols' ways in. Source: include/net/ip.h,
// include/net/protocol.h, include/net/icmp.h, net/ipv4/{ip_input,udp,icmp,raw,ping,arp}.c.
#pragma once
#include "engine/kernel/include/net/ip.h"
#include "engine/kernel/include/net/netfilter.h"
#include "engine/memory/constants/inet.h"

namespace sockwalk::kernel {

int ip_rcv(const sk_buff* skb, const net_device* dev, const packet_type* pt, const net_device* orig_dev);
void ip_list_rcv(const list_head* head, const packet_type* pt, const net_device* orig_dev);
int ip_local_deliver(const sk_buff* skb);
void ip_protocol_deliver_rcu(const net* net, const sk_buff* skb, int protocol);
inline bool ip_is_fragment(const iphdr* iph) { return iph->frag_off & htons(IP_MF | IP_OFFSET); }

int ip_defrag(const net* net, const sk_buff* skb, u32 user); // 0: the packet is whole; else it waits or is gone
void ipfrag_init();
void image_ip_fragment();

int ip_options_compile(const net* net, const ip_options* opt, const sk_buff* skb); // 0 or -EINVAL

int sk_filter_trim_cap(const sock* sk, const sk_buff* skb, u32 cap); // 0: the socket wants the packet
void ipv4_pktinfo_prepare(const sock* sk, const sk_buff* skb, bool drop_dst);
int __sock_queue_rcv_skb(const sock* sk, const sk_buff* skb);
int sock_queue_rcv_skb_reason(const sock* sk, const sk_buff* skb, skb_drop_reason* reason);
int __sk_mem_raise_allocated(const sock* sk, int size, int amt, int kind);

int udp_rcv(const sk_buff* skb);
int udp_err(const sk_buff* skb, u32 info);
int udp_v4_early_demux(const sk_buff* skb);
const sock* __udp4_lib_lookup(const net* net, u32 saddr, u16 sport, u32 daddr, u16 dport, int dif, int sdif,
                              const struct udp_table* udptable, const sk_buff* skb);
int raw_local_deliver(const sk_buff* skb, int protocol);
int raw_rcv(const sock* sk, const sk_buff* skb);
void raw_icmp_error(const sk_buff* skb, int protocol, u32 info);
int icmp_rcv(const sk_buff* skb);
int icmp_err(const sk_buff* skb, u32 info);
skb_drop_reason ping_rcv(const sk_buff* skb);
void ping_err(const sk_buff* skb, int offset, u32 info);
int tcp_v4_rcv(const sk_buff* skb);
int tcp_v4_err(const sk_buff* skb, u32 info);
int tcp_v4_early_demux(const sk_buff* skb);
int arp_rcv(const sk_buff* skb, const net_device* dev, const packet_type* pt, const net_device* orig_dev);

// ---- sent by icmp_output.cpp: net/ipv4/icmp.c's other half
void icmp_send(const sk_buff* skb_in, int type, int code, u32 info);

extern Global<kptr<net_offload>[256]> inet_offloads;
int inet_add_offload(const net_offload* prot, u8 protocol);
void image_inet_protocols(); // tables of .data: IP's packet type, the protocols above it, their offloads

} // namespace sockwalk::kernel
