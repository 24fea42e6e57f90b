// A TCP segment as connection tracking sees it, and whether it fits into the windows of its connection.
#pragma once
#include "engine/kernel/net/netfilter/nf_conntrack_internal.h"

namespace sockwalk::kernel {

struct TcpSegment { // host byte order
  tcphdr th;        // a copy
  const sk_buff* skb = nullptr;
  u32 dataoff = 0, dir = 0;
  u8 kind = 0;
  u32 seq = 0, ack = 0, end = 0; // end: behind its last byte; a SYN and a FIN count as one each
  u16 window = 0;

  void read(const sk_buff* packet, u32 headerAt, u32 direction, u8 isKind); // th is there already
};

enum class TcpFit { Ignore, Invalid, Accept };

void readTcpOptions(const TcpSegment& s, const ip_ct_tcp_state* side); // of a SYN: window scale, SACK permitted
TcpFit tcp_in_window(const nf_conn* ct, const TcpSegment& s);

} // namespace sockwalk::kernel
