// What the parts of ip_output.c share.
#pragma once
#include "engine/kernel/include/linux/ip.h"
#include "engine/kernel/include/net/ip.h"
#include "engine/memory/constants/inet.h"

namespace sockwalk::kernel {

int ip_finish_output2(const net* net, const sock* sk, const sk_buff* skb);
int sendBuilt(const net* net, const sk_buff* skb); // ip_send_skb(), where the compiler inlined it
void ip_options_build(const sk_buff* skb, const ip_options* opt, u32 daddr, const rtable* rt);
void ip_options_fragment(const sk_buff* skb);

// ---- the two halves of ip_append_data()
int ip_setup_cork(const sock* sk, const inet_cork* cork, const ipcm_cookie* ipc, const rtable** rtp);
int __ip_append_data(const sock* sk, const flowi4* fl4, const sk_buff_head* queue, const inet_cork* cork,
                     getfrag_t getfrag, const void* from, int length, int transhdrlen, u32 flags);
int __ip_options_echo(const net* net, const ip_options* dopt, const sk_buff* skb, const ip_options* sopt);

// ---- ip_output_reply.cpp: an answer that no socket of the user sends
struct ip_reply_arg {
  const void* header; // host memory: the transport header, addresses and ports already swapped
  u32 len;            // its bytes
  u32 csum;           // of the pseudo header
  int csumoffset;     // where the checksum stands in it
  int bound_dev_if;
  u8 tos;
  u8 flowi_flags;
  u32 uid;
};
void ip_send_unicast_reply(const sock* sk, const sk_buff* skb, const ip_options* sopt, u32 daddr, u32 saddr,
                           const ip_reply_arg* arg, u64 transmit_time, u32 txhash);

} // namespace sockwalk::kernel
