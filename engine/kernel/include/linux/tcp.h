// The header of TCP, and the kinds of sockets that it has.
// Source: include/linux/tcp.h, include/uapi/linux/tcp.h.
#pragma once
#include "engine/kernel/include/linux/skbuff.h"
#include "engine/kernel/include/net/sock.h"

namespace sockwalk::kernel {

// ---- kinds of sockets
inline const tcp_sock* tcp_sk(const sock* sk) { return skCast<tcp_sock>(sk); }

inline const tcp_timewait_sock* tcp_twsk(const sock* sk) { return skCast<tcp_timewait_sock>(sk); }
inline const tcp_request_sock* tcp_rsk(const request_sock* req) { return skCast<tcp_request_sock>(req); }

// ---- options
int tcp_sock_set_keepidle_locked(const sock* sk, int val);
void __tcp_sock_set_cork(const sock* sk, bool on);
void __tcp_sock_set_nodelay(const sock* sk, bool on);

// ---- segments
int tcp_skb_shift(const sk_buff* to, const sk_buff* from, int pcount, int shiftlen);

// ---- the header
inline u32 tcp_flag_word(const tcphdr* th) {
  u32 word;
  std::memcpy(&word, reinterpret_cast<const u8*>(th) + 12, 4);
  return word;
}
inline u32 tcp_hdrlen(const sk_buff* skb) { return tcp_hdr(skb)->doff * 4u; }
inline u32 tcp_optlen(const sk_buff* skb) { return (tcp_hdr(skb)->doff - 5u) * 4u; }

} // namespace sockwalk::kernel
