// Buffers kept in a red-black tree by sequence number, as TCP keeps what came out of order.
#include "engine/kernel/include/net/tcp.h"

namespace sockwalk::kernel {

u32 skb_rbtree_purge(const rb_root* root) {
  KFUNC(skb_rbtree_purge, root);
  SIMPLIFIED("nothing arrives out of order yet, so the tree is empty");
  BUG_ON(root->rb_node.get() != nullptr);
  return call.result(0u);
}

} // namespace sockwalk::kernel
