// Destinations: where a packet goes next, as a route remembers it; counted by those who use it.
#include "engine/kernel/include/net/dst.h"
#include "engine/kernel/include/linux/netdevice.h"
#include "engine/kernel/include/linux/skbuff.h"
#include "engine/kernel/init/image.h"

namespace sockwalk::kernel {

Global<dst_metrics> dst_default_metrics{"dst_default_metrics"};

void image_dst() { refcount_set(&dst_default_metrics->refcnt, 1); }

int dst_discard_out(const net*, const sock* sk, const sk_buff* skb) {
  KFUNC(dst_discard_out, sk, skb);
  kfree_skb(skb);
  return call.result(0);
}
int dst_discard(const sk_buff* skb) {
  KFUNC(dst_discard, skb);
  INLINED();
  kfree_skb(skb);
  return call.result(0);
}

// Until the owner says better, a destination throws away what is sent to it.
void dst_init(const dst_entry* dst, const dst_ops* ops, const net_device* dev, int initial_ref, int initial_obsolete,
              u16 flags) {
  set(dst->dev, dev);
  set(dst->ops, ops);
  set(dst->_metrics, Arena::address(dst_default_metrics.get()) | DST_METRICS_READ_ONLY);
  set(dst->expires, 0);
  set(dst->xfrm, nullptr);
  set(dst->input, fn<dst_discard>);
  set(dst->output, fn<dst_discard_out>);
  set(dst->error, 0);
  set(dst->obsolete, initial_obsolete);
  set(dst->header_len, 0);
  set(dst->trailer_len, 0);
  set(dst->tclassid, 0);
  set(dst->lwtstate, nullptr);
  atomic_set(&dst->__refcnt, initial_ref);
  set(dst->__use, 0);
  set(dst->lastuse, machine().jiffies());
  set(dst->flags, flags);
}

const void* dst_alloc(const dst_ops* ops, const net_device* dev, int initial_ref, int initial_obsolete, u16 flags) {
  KFUNC(dst_alloc, ops, dev, initial_ref, initial_obsolete, flags);
  SIMPLIFIED("no garbage collection when there are too many destinations");
  const auto* route = kmem_cache_alloc<rtable>(ops->kmem_cachep, GFP_ATOMIC);
  const bool counted = route && !(flags & DST_NOCOUNT);
  if (counted) add(ops->pcpuc_entries.count, 1);
  if (route) dst_init(&route->dst, ops, dev, initial_ref, initial_obsolete, flags);
  return call.result<const void*>(route);
}

const dst_entry* dst_destroy(const dst_entry* dst) {
  const dst_ops* kind = dst->ops;
  const bool counted = !(dst->flags & DST_NOCOUNT);
  if (counted) sub(kind->pcpuc_entries.count, 1);
  if (kind->destroy) kind->destroy(dst);
  kmem_cache_free(dst);
  return nullptr;
}

// Gives one reference back; the last one frees. A null pointer is allowed, and common.
void dst_release(const dst_entry* dst) {
  KFUNC(dst_release, dst);
  SIMPLIFIED("the memory is free at once, not after an RCU grace period");
  if (dst && atomic_dec_and_test(&dst->__refcnt)) dst_destroy(dst);
}

} // namespace sockwalk::kernel
