#include "engine/kernel/include/net/sock.h"
// The account of a socket's memory: bytes from its protocol in whole pages, and back when a page's worth is unused.

namespace sockwalk::kernel {

static void sk_enter_memory_pressure(const sock* sk) {
  if (sk->sk_prot->enter_memory_pressure) sk->sk_prot->enter_memory_pressure(sk);
}
static void sk_leave_memory_pressure(const sock* sk) {
  KFUNC(sk_leave_memory_pressure, sk);
  if (sk->sk_prot->leave_memory_pressure) sk->sk_prot->leave_memory_pressure(sk);
}
static int sk_get_rmem0(const sock* sk) { // the least that a receiver may always have
  if (!sk->sk_prot->sysctl_rmem_offset) return *sk->sk_prot->sysctl_rmem.get();
  return *reinterpret_cast<const s32*>(reinterpret_cast<const u8*>(sock_net(sk)) + sk->sk_prot->sysctl_rmem_offset);
}
static int sk_get_wmem0(const sock* sk) {
  if (!sk->sk_prot->sysctl_wmem_offset) return *sk->sk_prot->sysctl_wmem.get();
  return *reinterpret_cast<const s32*>(reinterpret_cast<const u8*>(sock_net(sk)) + sk->sk_prot->sysctl_wmem_offset);
}
static void sk_memory_allocated_add(const sock* sk, int pages) {
  if (sk_has_account(sk)) add(*static_cast<const s64*>(sk->sk_prot->memory_allocated.get()), pages);
}

// Above the second limit memory is short; a socket that holds little, or less than its fair share, gets it still.
static bool grantedUnderPressure(const sock* sk, int kind) {
  if (kind == SK_MEM_RECV) {
    if (sk_rmem_alloc_get(sk) < sk_get_rmem0(sk)) return true;
  } else if (sk->sk_type == SOCK_STREAM) {
    if (sk->sk_wmem_queued < sk_get_wmem0(sk)) return true;
  } else if (refcount_read(&sk->sk_wmem_alloc) < sk_get_wmem0(sk)) {
    return true;
  }
  if (!sk_has_memory_pressure(sk)) return false;
  if (!sk_under_memory_pressure(sk)) return true;
  const s64 sockets = sk->sk_prot->sockets_allocated.value ? sk->sk_prot->sockets_allocated->count : 1;
  const int held = sk_mem_pages(sk->sk_wmem_queued + sk_rmem_alloc_get(sk) + sk->sk_forward_alloc);
  return sk_prot_mem_limits(sk, 2) > sockets * held;
}

namespace {
// What all sockets of a protocol hold together, against its three limits (net.ipv4.tcp_mem and the like): below the
// first all is well, above the second memory is short, and the third must not be passed.
struct ProtocolMemory {
  s64 pages;
  const sock* sk;
  bool fine() const { return pages <= sk_prot_mem_limits(sk, 0); }
  bool isShort() const { return pages > sk_prot_mem_limits(sk, 1); }
  bool exhausted() const { return pages > sk_prot_mem_limits(sk, 2); }
};
// The writer of a stream gets a smaller buffer while memory is short. Where that is full already he blocks at it, and
// need not be told that there is no memory.
bool blocksAnyway(const sock* sk, int size, int kind) {
  if (kind != SK_MEM_SEND || sk->sk_type != SOCK_STREAM) return false;
  sk_stream_moderate_sndbuf(sk);
  return sk->sk_wmem_queued + size >= sk->sk_sndbuf;
}
} // namespace

// `amt` pages more for the socket. 1: granted. 0: refused, and nothing has changed.
int __sk_mem_raise_allocated(const sock* sk, int size, int amt, int kind) {
  KFUNC(__sk_mem_raise_allocated, sk, size, amt, kind);
  SIMPLIFIED("the protocol's total is kept at once, not first for each processor; memory cgroups are not simulated");
  sk_memory_allocated_add(sk, amt);
  const bool limited = sk_has_account(sk) && sk->sk_prot->sysctl_mem.value;
  const ProtocolMemory memory{limited ? sk_memory_allocated(sk) : 0, sk};
  if (!limited || memory.fine()) {
    sk_leave_memory_pressure(sk);
    return call.result(1);
  }
  if (memory.isShort()) sk_enter_memory_pressure(sk);
  if (!memory.exhausted() && grantedUnderPressure(sk, kind)) return call.result(1);
  if (blocksAnyway(sk, size, kind)) return call.result(1);
  NOTE("sock.memory_refused", sk, memory.pages, sk_prot_mem_limits(sk, 2));
  sk_memory_allocated_add(sk, -amt);
  return call.result(0);
}

int __sk_mem_schedule(const sock* sk, int size, int kind) {
  KFUNC(__sk_mem_schedule, sk, size, kind);
  const int pages = sk_mem_pages(size), bytes = pages * s32(PAGE_SIZE);
  add(sk->sk_forward_alloc, bytes);
  const int granted = __sk_mem_raise_allocated(sk, size, pages, kind);
  if (!granted) sub(sk->sk_forward_alloc, bytes);
  return call.result(granted);
}

void __sk_mem_reduce_allocated(const sock* sk, int amount) {
  KFUNC(__sk_mem_reduce_allocated, sk, amount);
  sk_memory_allocated_add(sk, -amount);
  if (sk_under_memory_pressure(sk) && sk_memory_allocated(sk) < sk_prot_mem_limits(sk, 0)) sk_leave_memory_pressure(sk);
}

static void reclaimPages(const sock* sk, int amount) {
  const int pages = amount / s32(PAGE_SIZE);
  sub(sk->sk_forward_alloc, pages * s32(PAGE_SIZE));
  __sk_mem_reduce_allocated(sk, pages);
}
// Memory that was promised to the socket goes back to the protocol when nothing uses it.
void __sk_mem_reclaim(const sock* sk, int amount) {
  KFUNC(__sk_mem_reclaim, sk, amount);
  reclaimPages(sk, amount);
}
void sk_mem_reclaim_final(const sock* sk) {
  set(sk->sk_reserved_mem, 0);
  if (sk->sk_forward_alloc >= s32(PAGE_SIZE)) __sk_mem_reclaim(sk, sk->sk_forward_alloc);
}

// ---- a received buffer on its socket's account
void sock_rfree(const sk_buff* skb) {
  KFUNC(sock_rfree, skb);
  const sock* sk = skb->sk;
  const auto cost = static_cast<int>(skb->truesize);
  sub(sk->sk_backlog.rmem_alloc.counter, cost);
  if (!sk_has_account(sk)) return;
  add(sk->sk_forward_alloc, cost);
  const int unused = sk->sk_forward_alloc - sk_unused_reserved_mem(sk);
  if (unused >= s32(PAGE_SIZE)) reclaimPages(sk, unused);
}

// From here on the packet is on this socket's account, until sock_rfree() takes it off.
void skb_set_owner_r(const sk_buff* skb, const sock* sk) {
  skb_orphan(skb);
  set(skb->sk, sk);
  set(skb->destructor, fn<sock_rfree>);
  add(sk->sk_backlog.rmem_alloc.counter, static_cast<int>(skb->truesize));
  sk_mem_charge(sk, static_cast<int>(skb->truesize));
}

} // namespace sockwalk::kernel
