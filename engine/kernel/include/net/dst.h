// A destination: what the routing table's answer becomes once it is decided. A buffer points at one, and the two
// functions in it say where the buffer goes next: `input` for one that arrived, `output` for one that leaves.
// A buffer may hold a counted reference, or (bit 0 of _skb_refdst set) borrow one that somebody else keeps alive.
#pragma once
#include "engine/kernel/include/linux/kernel.h"
#include "engine/kernel/include/linux/skbuff.h"
#include "engine/kernel/include/linux/slab.h"
#include "engine/memory/constants/skbuff.h"

namespace sockwalk::kernel {

extern Global<dst_metrics> dst_default_metrics;

const void* dst_alloc(const dst_ops* ops, const net_device* dev, int initial_ref, int initial_obsolete, u16 flags);
void dst_init(const dst_entry* dst, const dst_ops* ops, const net_device* dev, int initial_ref, int initial_obsolete,
              u16 flags);
void dst_release(const dst_entry* dst);
const dst_entry* dst_destroy(const dst_entry* dst);
void dst_dev_put(const dst_entry* dst);
int dst_discard_out(const net* net, const sock* sk, const sk_buff* skb);
int dst_discard(const sk_buff* skb);

inline void dst_hold(const dst_entry* dst, int line = __builtin_LINE()) { atomic_inc(&dst->__refcnt, line); }
inline bool dst_hold_safe(const dst_entry* dst, int line = __builtin_LINE()) {
  if (atomic_read(&dst->__refcnt) == 0) return false;
  atomic_inc(&dst->__refcnt, line);
  return true;
}
inline u32 dst_metric_raw(const dst_entry* dst, int metric) {
  return t_arena->object<dst_metrics>(dst->_metrics & ~DST_METRICS_FLAGS)->metrics[metric - 1];
}
inline u32 dst_mtu(const dst_entry* dst) { return dst->ops->mtu(dst); }

// ---- a buffer's destination
inline void refdst_drop(u64 refdst) {
  if (!(refdst & SKB_DST_NOREF)) dst_release(t_arena->object<dst_entry>(refdst));
}
inline void skb_dst_drop(const sk_buff* skb, int line = __builtin_LINE()) {
  if (!skb->_skb_refdst) return;
  const u64 refdst = skb->_skb_refdst;
  set(skb->_skb_refdst, 0, line);
  refdst_drop(refdst);
}
// A borrowed reference becomes one of the buffer's own, before the buffer outlives this softirq.
inline bool skb_dst_force(const sk_buff* skb, int line = __builtin_LINE()) {
  if (skb_dst_is_noref(skb)) {
    const dst_entry* dst = skb_dst(skb);
    if (!dst_hold_safe(dst, line)) dst = nullptr;
    set(skb->_skb_refdst, Arena::address(dst), line);
  }
  return skb->_skb_refdst != 0;
}
inline bool dst_is_valid(const sk_buff* skb) { return skb_dst(skb) != nullptr; }
// Where routing sends a buffer: through the destination's own function.
inline int dst_input(const sk_buff* skb) { return skb_dst(skb)->input(skb); }
inline int dst_output(const net* net, const sock* sk, const sk_buff* skb) { return skb_dst(skb)->output(net, sk, skb); }

// Whoever sends knows that the next hop towards `daddr` answers: its neighbour entry need not be asked.
inline void dst_confirm_neigh(const dst_entry* dst, const void* daddr) {
  if (const auto& confirm = dst->ops->confirm_neigh) confirm(dst, daddr);
}

u32 dst_metric_advmss(const dst_entry* dst);

} // namespace sockwalk::kernel
