// Busy polling: a reader that finds nothing looks at the card itself before it sleeps. That spares it the way through an
// interrupt and a softirq, and costs a processor that spins.
// Source: include/net/busy_poll.h.
#pragma once
#include "engine/kernel/include/linux/signal.h"
#include "engine/kernel/include/net/sock.h"

namespace sockwalk::kernel {

constexpr u32 MIN_NAPI_ID = 8193; // smaller numbers are processors
constexpr u16 BUSY_POLL_BUDGET = 8;

void napi_busy_loop(u32 napi_id, const sock* sk, bool prefer_busy_poll, u16 budget); // dev_busy_poll.cpp

inline bool sk_can_busy_loop(const sock* sk) { return sk->sk_ll_usec && !signal_pending(get_current()); }
// Which card the socket's packets come from is known once one has come.
inline void sk_busy_loop(const sock* sk) {
  if (sk->sk_napi_id < MIN_NAPI_ID) return;
  const u16 budget = sk->sk_busy_poll_budget ? sk->sk_busy_poll_budget : BUSY_POLL_BUDGET;
  napi_busy_loop(sk->sk_napi_id, sk, sk->sk_prefer_busy_poll, budget);
}

} // namespace sockwalk::kernel
