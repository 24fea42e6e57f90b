// What the parts of tcp.c share.
// Source: net/ipv4/tcp.c.
#pragma once
#include "engine/kernel/include/net/tcp.h"

namespace sockwalk::kernel {

int tcp_downgrade_zcopy_pure(const sock* sk, const sk_buff* skb);
int tcp_wmem_schedule(const sock* sk, int copy); // how many of `copy` bytes may be charged
void tcp_tx_timestamp(const sock* sk, u16 tsflags);
int tcp_repair_options_est(const sock* sk, const sockptr_t& optbuf, u32 len);
int tcp_repair_set_window(const tcp_sock* tp, const sockptr_t& optbuf, u32 len);
int repairWindowOf(const tcp_sock* tp, u8* optval, s32* optlen);
int tcp_inq(const sock* sk);      // bytes that can be read before the urgent one
int tcp_inq_hint(const sock* sk); // bytes that wait; after the FIN 1, so that the program reads on and meets the end
int zerocopyReceive(const sock* sk, u8* optval, s32* optlen); // TCP_ZEROCOPY_RECEIVE
inline void tcp_saved_syn_free(const tcp_sock* tp) {
  kfree(tp->saved_syn.get());
  set(tp->saved_syn, nullptr);
}
inline bool forced_push(const tcp_sock* tp) { return after(tp->write_seq, tp->pushed_seq + (tp->max_window >> 1)); }

} // namespace sockwalk::kernel
