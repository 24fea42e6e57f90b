// What raw and ping sockets do alike when a program reads.
#pragma once
#include "engine/kernel/include/net/ip.h"

namespace sockwalk::kernel {

// Tells the reader who sent the packet, if he asked (msg_name). Neither kind has ports.
inline void giveSource(const sk_buff* skb, const msghdr* msg, s32* addr_len) {
  const auto* from = static_cast<const sockaddr_in*>(msg->msg_name.get());
  if (!from) return;
  fillBytes(from, 0, sizeof *from);
  set(from->sin_family, AF_INET);
  set(from->sin_addr.s_addr, ip_hdr(skb)->saddr);
  *addr_len = sizeof *from;
}

} // namespace sockwalk::kernel
