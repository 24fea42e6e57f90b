// ICMP as the rest of the stack uses it (RFC 792): answers and errors to send. Source: include/net/icmp.h.
#pragma once
#include "engine/kernel/include/linux/skbuff.h"

namespace sockwalk::kernel {

int icmp_init(); // the socket that answers are sent from
// Tells the sender of skb_in what went wrong, quoting the packet. `info`: the header's second word, network order.
void __icmp_send(const sk_buff* skb_in, int type, int code, u32 info, const ip_options* opt);

// ---- sent by icmp_output.cpp: net/ipv4/icmp.c's other half
void icmp_send(const sk_buff* skb_in, int type, int code, u32 info);
void icmp_out_count(const net* net, u8 type);

bool inet_peer_allows_error(const u64* peer, u64 burst, u64 cost); // ip_error()'s own ration, of the same tokens
void inet_peer_redirects(const u64* peer, u64* sent, u64* last);   // how many redirects it got, and when
void inet_peer_set_redirects(const u64* peer, u64 sent, u64 now, bool reset);

// ---- errors that come by ICMP
struct IcmpErrorMeaning {
  int error;
  bool fatal;
};
extern const IcmpErrorMeaning icmp_err_convert[16];

// ---- reception
int icmp_rcv(const sk_buff* skb);
int icmp_err(const sk_buff* skb, u32 info);

} // namespace sockwalk::kernel
