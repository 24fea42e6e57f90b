// What buffers a socket may hold, and who pays. `sk_rmem_alloc` and `sk_wmem_queued` count the bytes of buffers that it
// holds; `sk_forward_alloc` are bytes that it has taken from its protocol in whole pages and not used yet; the
// protocol's `memory_allocated` (pages) is held against tcp_mem. Sizes are bytes unless said. Source:
// include/net/sock.h, net/core/sock.c.
#pragma once
#include "engine/kernel/include/linux/skbuff.h"
#include "engine/kernel/include/net/sock.h"
#include "engine/memory/constants/skbuff.h"
#include "engine/memory/constants/socket.h"

namespace sockwalk::kernel {

// ---- net/core/sock_mem.cpp
int __sk_mem_raise_allocated(const sock* sk, int size, int amt, int kind); // amt: pages; 1, or 0: refused
int __sk_mem_schedule(const sock* sk, int size, int kind);
void __sk_mem_reduce_allocated(const sock* sk, int amount); // pages
void __sk_mem_reclaim(const sock* sk, int amount);
void sock_rfree(const sk_buff* skb);
void skb_set_owner_r(const sk_buff* skb, const sock* sk);

inline int sk_mem_pages(int amt) { return (amt + s32(PAGE_SIZE) - 1) / s32(PAGE_SIZE); }
inline bool sk_has_account(const sock* sk) { return sk->sk_prot->memory_allocated.value != 0; }
inline s64 sk_memory_allocated(const sock* sk) {
  const s64 pages = *static_cast<const s64*>(sk->sk_prot->memory_allocated.get());
  return pages < 0 ? 0 : pages;
}
inline s64 sk_prot_mem_limits(const sock* sk, int index) { return sk->sk_prot->sysctl_mem.get()[index]; } // pages
inline bool sk_has_memory_pressure(const sock* sk) { return sk->sk_prot->memory_pressure.value != 0; }
inline bool sk_under_memory_pressure(const sock* sk) {
  return sk_has_memory_pressure(sk) && *sk->sk_prot->memory_pressure.get();
}
inline bool sk_wmem_schedule(const sock* sk, int size) {
  if (!sk_has_account(sk)) return true;
  const int delta = size - sk->sk_forward_alloc;
  return delta <= 0 || __sk_mem_schedule(sk, delta, SK_MEM_SEND);
}
inline bool __sk_rmem_schedule(const sock* sk, int size, bool pfmemalloc) {
  if (!sk_has_account(sk)) return true;
  const int delta = size - sk->sk_forward_alloc;
  return delta <= 0 || __sk_mem_schedule(sk, delta, SK_MEM_RECV) || pfmemalloc;
}
inline bool sk_rmem_schedule(const sock* sk, const sk_buff* skb, int size) {
  return __sk_rmem_schedule(sk, size, skb->pfmemalloc);
}
inline int sk_unused_reserved_mem(const sock* sk) {
  if (!sk->sk_reserved_mem) return 0;
  const int unused = s32(sk->sk_reserved_mem) - sk->sk_wmem_queued - sk_rmem_alloc_get(sk);
  return unused > 0 ? unused : 0;
}
inline void sk_mem_reclaim(const sock* sk) { // gives whole unused pages back
  if (!sk_has_account(sk)) return;
  const int reclaimable = sk->sk_forward_alloc - sk_unused_reserved_mem(sk);
  if (reclaimable >= s32(PAGE_SIZE)) __sk_mem_reclaim(sk, reclaimable);
}
inline void sk_mem_charge(const sock* sk, int size, int line = __builtin_LINE()) {
  if (sk_has_account(sk)) sub(sk->sk_forward_alloc, size, line);
}
inline void sk_mem_uncharge(const sock* sk, int size, int line = __builtin_LINE()) {
  if (!sk_has_account(sk)) return;
  add(sk->sk_forward_alloc, size, line);
  sk_mem_reclaim(sk);
}
inline void sk_wmem_queued_add(const sock* sk, int bytes, int line = __builtin_LINE()) {
  add(sk->sk_wmem_queued, bytes, line);
}
// While send buffers are scarce, the socket's own limit shrinks to half of what it holds.
inline void sk_stream_moderate_sndbuf(const sock* sk) {
  if (sk->sk_userlocks & SOCK_SNDBUF_LOCK) return;
  const int half = std::min(sk->sk_sndbuf, sk->sk_wmem_queued >> 1);
  set(sk->sk_sndbuf, std::max({half, SOCK_MIN_SNDBUF, sk_unused_reserved_mem(sk)}));
}
inline bool skb_zcopy_pure(const sk_buff* skb) { return skb_shinfo(skb)->flags & SKBFL_PURE_ZEROCOPY; }

// ---- TCP's own account: net/ipv4/tcp_mem.cpp (in Linux, tcp.c)
extern Global<s64> tcp_memory_allocated; // pages
extern Global<u64> tcp_memory_pressure;  // 0, or jiffies since when memory is short
extern Global<s64[3]> sysctl_tcp_mem;    // pages: fine, pressure, never more
void tcp_enter_memory_pressure(const sock* sk);
void tcp_leave_memory_pressure(const sock* sk);
void image_tcp_mem(); // called by image_tcp()
inline bool tcp_under_memory_pressure(const sock*) { return *tcp_memory_pressure != 0; }
inline bool tcp_out_of_memory(const sock* sk) {
  return sk->sk_wmem_queued > SOCK_MIN_SNDBUF && sk_memory_allocated(sk) > sk_prot_mem_limits(sk, 2);
}

// On the account of options; nullptr: the account is full.
const u8* sock_kmalloc(const sock* sk, u32 size);
void sock_kfree_s(const sock* sk, const u8* mem, u32 size);

} // namespace sockwalk::kernel
