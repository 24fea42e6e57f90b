// Red-black trees in simulated memory. A node is part of the object that it keeps; the parent's address and the colour
// share one word. Whoever inserts searches the place himself. Source: include/linux/rbtree.h, lib/rbtree.c.
#pragma once
#include "engine/kernel/include/linux/list.h"

namespace sockwalk::kernel {

inline const rb_node* rb_parent(const rb_node* n) { return t_arena->object<rb_node>(n->__rb_parent_color & ~3ull); }
inline bool RB_EMPTY_NODE(const rb_node* n) { return n->__rb_parent_color == Arena::address(n); }
inline void RB_CLEAR_NODE(const rb_node* n) { set(n->__rb_parent_color, Arena::address(n)); }
// Hangs a node into an empty place: `link` is its parent's left or right, or the root's pointer.
inline void rb_link_node(const rb_node* node, const rb_node* parent, const kptr<rb_node>* link) {
  set(node->__rb_parent_color, Arena::address(parent));
  set(node->rb_left, nullptr);
  set(node->rb_right, nullptr);
  set(*link, node);
}
void rb_insert_color(const rb_node* node, const rb_root* root); // after rb_link_node: balances
void rb_erase(const rb_node* node, const rb_root* root);
void rb_replace_node(const rb_node* victim, const rb_node* by, const rb_root* root);
const rb_node* rb_first(const rb_root* root);
const rb_node* rb_last(const rb_root* root);
const rb_node* rb_next(const rb_node* node);
const rb_node* rb_prev(const rb_node* node);

inline const rb_node* rb_first_cached(const rb_root_cached* root) { return root->rb_leftmost; }

} // namespace sockwalk::kernel
