// What the parts of fib_trie.c share: nodes decide by bits of the address, leaves hold the routes of one prefix.
// Source: net/ipv4/fib_trie.c.
#pragma once
#include "engine/kernel/include/linux/list.h"
#include "engine/kernel/include/net/ip_fib.h"

namespace sockwalk::kernel {

extern Global<kptr<kmem_cache>> fn_alias_kmem;

inline const key_vector* trieOf(const fib_table* tb) { return reinterpret_cast<const key_vector*>(tb->tb_data.get()); }
inline bool isLeaf(const key_vector* n) { return n->bits == 0; }
inline u32 childOf(const key_vector* n, u32 key) { return key >> n->pos & 1; }
inline const fib_alias* firstAlias(const key_vector* leaf) {
  const hlist_node* n = leaf->leaf.first;
  return n ? container_of(n, fib_alias, fa_list) : nullptr;
}
inline const fib_alias* nextAlias(const fib_alias* fa) {
  const hlist_node* n = fa->fa_list.next;
  return n ? container_of(n, fib_alias, fa_list) : nullptr;
}
const key_vector* leaf_walk_rcu(const key_vector* tn, u32 key); // the first leaf whose key is not less; nullptr: none

} // namespace sockwalk::kernel
