// Buffers kept in a red-black tree by sequence number, as TCP keeps what came out of order.
#include "engine/kernel/include/net/tcp.h"

namespace sockwalk::kernel {

u32 skb_rbtree_purge(const rb_root* root) {
  KFUNC(skb_rbtree_purge, root);
  u32 sum = 0;
  while (const sk_buff* skb = skb_rb_first(root)) {
    rb_erase(&skb->rbnode, root);
    sum += skb->truesize;
    kfree_skb(skb);
  }
  return call.result(sum);
}

} // namespace sockwalk::kernel
