// A binary search tree that stays balanced: no red node has a red child, and every way from the root to a leaf passes
// the same number of black nodes; so no way is more than twice as long as another.
#include "engine/kernel/include/linux/rbtree.h"
#include <utility>

namespace sockwalk::kernel {

namespace {
constexpr u64 Black = 1;
bool isRed(const rb_node* n) { return n && !(n->__rb_parent_color & Black); }
void setParent(const rb_node* n, const rb_node* parent) {
  set(n->__rb_parent_color, Arena::address(parent) | (n->__rb_parent_color & Black));
}
void paint(const rb_node* n, bool red) {
  const u64 v = (n->__rb_parent_color & ~Black) | (red ? 0 : Black);
  if (v != n->__rb_parent_color) set(n->__rb_parent_color, v);
}
// The pointer that points at `n`.
const kptr<rb_node>& linkTo(const rb_node* n, const rb_root* root) {
  const rb_node* p = rb_parent(n);
  if (!p) return root->rb_node;
  return p->rb_left.get() == n ? p->rb_left : p->rb_right;
}
const kptr<rb_node>& child(const rb_node* n, bool left) { return left ? n->rb_left : n->rb_right; }

// Turns `x` down to the left (or right): its other child takes its place.
void rotate(const rb_node* x, bool left, const rb_root* root) {
  const rb_node* up = child(x, !left);
  const rb_node* inner = child(up, left);
  set(linkTo(x, root), up);
  setParent(up, rb_parent(x));
  set(child(x, !left), inner);
  if (inner) setParent(inner, x);
  set(child(up, left), x);
  setParent(x, up);
}

// A black node is missing on the way to `n` (which may be no node) below `parent`: repairs that.
void fixErase(const rb_node* n, const rb_node* parent, const rb_root* root) {
  while (parent && !isRed(n)) {
    const bool left = parent->rb_left.get() == n;
    const rb_node* sibling = child(parent, !left);
    if (isRed(sibling)) {
      paint(sibling, false);
      paint(parent, true);
      rotate(parent, left, root);
      sibling = child(parent, !left);
    }
    if (!isRed(sibling->rb_left) && !isRed(sibling->rb_right)) {
      paint(sibling, true);
      n = parent;
      parent = rb_parent(n);
      continue;
    }
    if (!isRed(child(sibling, !left))) {
      paint(child(sibling, left), false);
      paint(sibling, true);
      rotate(sibling, !left, root);
      sibling = child(parent, !left);
    }
    paint(sibling, isRed(parent));
    paint(parent, false);
    paint(child(sibling, !left), false);
    rotate(parent, left, root);
    break;
  }
  if (isRed(n)) paint(n, false);
}
} // namespace

void rb_insert_color(const rb_node* n, const rb_root* root) {
  paint(n, true);
  for (const rb_node* p; (p = rb_parent(n)) && isRed(p);) {
    const rb_node* g = rb_parent(p);
    const bool left = g->rb_left.get() == p;
    const rb_node* uncle = child(g, !left);
    if (isRed(uncle)) {
      paint(p, false);
      paint(uncle, false);
      paint(g, true);
      n = g;
      continue;
    }
    if (child(p, !left).get() == n) {
      rotate(p, left, root);
      std::swap(n, p);
    }
    paint(p, false);
    paint(g, true);
    rotate(g, !left, root);
  }
  paint(root->rb_node, false);
}

void rb_replace_node(const rb_node* victim, const rb_node* by, const rb_root* root) {
  set(linkTo(victim, root), by);
  copy(by, victim);
  if (by->rb_left) setParent(by->rb_left, by);
  if (by->rb_right) setParent(by->rb_right, by);
}

void rb_erase(const rb_node* n, const rb_root* root) {
  if (n->rb_left && n->rb_right) { // its successor, which has no left child, takes its place in the tree
    const rb_node* next = rb_next(n);
    const rb_node *right = next->rb_right, *parent = rb_parent(next);
    const bool lostBlack = !isRed(next);
    if (parent == n) {
      parent = next;
    } else {
      set(parent->rb_left, right);
      if (right) setParent(right, parent);
      set(next->rb_right, n->rb_right);
      setParent(next->rb_right, next);
    }
    set(linkTo(n, root), next);
    set(next->__rb_parent_color, n->__rb_parent_color);
    set(next->rb_left, n->rb_left);
    setParent(next->rb_left, next);
    if (lostBlack) fixErase(right, parent, root);
    return;
  }
  const rb_node* only = n->rb_left ? n->rb_left : n->rb_right;
  const rb_node* parent = rb_parent(n);
  set(linkTo(n, root), only);
  if (only) setParent(only, parent);
  if (!isRed(n)) fixErase(only, parent, root);
}

const rb_node* rb_first(const rb_root* root) {
  const rb_node* n = root->rb_node;
  while (n && n->rb_left) n = n->rb_left;
  return n;
}
const rb_node* rb_last(const rb_root* root) {
  const rb_node* n = root->rb_node;
  while (n && n->rb_right) n = n->rb_right;
  return n;
}
static const rb_node* neighbourOf(const rb_node* n, bool next) {
  if (const rb_node* down = child(n, !next)) {
    while (const rb_node* more = child(down, next)) down = more;
    return down;
  }
  const rb_node* p;
  while ((p = rb_parent(n)) && child(p, !next).get() == n) n = p;
  return p;
}
const rb_node* rb_next(const rb_node* n) { return neighbourOf(n, true); }
const rb_node* rb_prev(const rb_node* n) { return neighbourOf(n, false); }

} // namespace sockwalk::kernel
