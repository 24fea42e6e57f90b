// Buffers kept in a red-black tree by sequence number, as TCP keeps what came out of order.
#include "engine/kernel/include/net/tcp.h"

namespace sockwalk::kernel {

// Empties the tree. Gives what the buffers cost together.
u32 skb_rbtree_purge(const rb_root* root) {
  KFUNC(skb_rbtree_purge, root);
  u32 freed = 0;
  while (const sk_buff* lowest = skb_rb_first(root)) {
    rb_erase(&lowest->rbnode, root);
    freed += lowest->truesize;
    kfree_skb(lowest);
  }
  return call.result(freed);
}

} // namespace sockwalk::kernel
