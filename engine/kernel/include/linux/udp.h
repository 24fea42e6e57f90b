// A socket of UDP and its flags.
// Source: include/linux/udp.h.
#pragma once
#include "engine/kernel/include/net/sock.h"
#include "engine/memory/constants/udp.h"

namespace sockwalk::kernel {

inline const udp_sock* udp_sk(const sock* sk) { return skCast<udp_sock>(sk); }

inline bool udp_test_bit(const udp_sock* up, int nr) { return up->udp_flags >> nr & 1; }
inline void udp_assign_bit(const udp_sock* up, int nr, bool on) {
  set(up->udp_flags, on ? up->udp_flags | 1ull << nr : up->udp_flags & ~(1ull << nr));
}
inline bool IS_UDPLITE(const sock* sk) { return udp_sk(sk)->pcflag & UDPLITE_BIT; }

} // namespace sockwalk::kernel
