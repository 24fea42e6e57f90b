// ICMP as the rest of the stack uses it (RFC 792): answers and errors to send. Source: include/net/icmp.h.
#pragma once
#include "engine/kernel/include/linux/skbuff.h"
#include "engine/memory/constants/inet.h"

namespace sockwalk::kernel {

int icmp_init(); // the socket that answers are sent from
// Answers `skb` with what icmp_param describes: header, and from where in which buffer the data comes.
void icmp_reply(const icmp_bxm* icmp_param, const sk_buff* skb);
// Tells the sender of skb_in what went wrong, quoting the packet. `info`: the header's second word, network order.
void __icmp_send(const sk_buff* skb_in, int type, int code, u32 info, const ip_options* opt);
void icmp_send(const sk_buff* skb_in, int type, int code, u32 info);
void icmp_out_count(const net* net, u8 type);

// What we know of a far host: how many ICMP errors it may still get. Source: net/ipv4/inetpeer.c.
const u64* inet_getpeer(const net* net, u32 daddr);
bool inet_peer_xrlim_allow(const u64* peer, int timeout);
bool inet_peer_allows_error(const u64* peer, u64 burst, u64 cost); // ip_error()'s own ration, of the same tokens
void inet_peer_redirects(const u64* peer, u64* sent, u64* last);   // how many redirects it got, and when
void inet_peer_set_redirects(const u64* peer, u64 sent, u64 now, bool reset);

} // namespace sockwalk::kernel
