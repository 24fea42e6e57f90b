// The routing table as a trie, changed: a route goes in, another takes its place, one goes. Whoever listens is told of each.
#include "engine/kernel/include/linux/notifier.h"
#include "engine/kernel/include/linux/rtnetlink.h"
#include "engine/kernel/include/net/netlink.h"
#include "engine/kernel/include/net/route.h"
#include "engine/kernel/include/net/tcp.h"
#include "engine/kernel/net/ipv4/fib_lookup.h"
#include "engine/kernel/net/ipv4/fib_semantics_internal.h"
#include "engine/kernel/net/ipv4/fib_trie_internal.h"
#include "engine/memory/constants/inet.h"
#include "engine/memory/constants/netlink.h"

namespace sockwalk::kernel {

// ---- who else wants to know: drivers of switches, that keep a copy of the table
static int call_fib_notifiers(u64 event, const void* v) {
  KFUNC(call_fib_notifiers, event, v);
  return call.result(atomic_notifier_call_chain(event, v));
}
int call_fib4_notifiers(u64 event, const void* v) {
  KFUNC(call_fib4_notifiers, event, v);
  rtnl_is_locked();
  return call.result(call_fib_notifiers(event, v));
}

// ---- nodes and leaves
static const key_vector* leaf_new(u32 key) {
  const auto* leaf = kzalloc<key_vector>(GFP_KERNEL);
  if (leaf) set(leaf->key, key);
  return leaf;
}
static const key_vector* tnode_new(u32 key, int pos) {
  KFUNC(tnode_new, key, pos);
  const auto* node = kzalloc<key_vector>(GFP_KERNEL, 16);
  if (!node) return call.result(node);
  set(node->key, pos == 31 ? 0 : key >> (pos + 1) << (pos + 1));
  set(node->pos, pos);
  set(node->bits, 1);
  return call.result(node);
}
static void put_child(const key_vector* tn, u32 i, const key_vector* n) {
  KFUNC(put_child, tn, i, n);
  set(tn->tnode[i], n);
}

namespace {
// Where a key stands, or would: the slot that leads there, and the node whose slot it is.
struct Place {
  const key_vector *parent, *found; // found: nullptr, a leaf of another key, or a node that differs above its bit
  u32 slot;
  u64 differs; // from what was found; 0: it is the key's own leaf
};
} // namespace

static Place placeOf(const key_vector* root, u32 key) {
  Place at{root, root->tnode[0], 0, 0};
  for (; at.found; at.found = at.parent->tnode[at.slot]) {
    const u32 shift = isLeaf(at.found) ? 0 : at.found->pos + 1u; // the bits above the one that a node decides by
    at.differs = u64(at.found->key ^ key) >> shift << shift;
    if (at.differs || isLeaf(at.found)) return at;
    at.slot = childOf(at.found, key);
    at.parent = at.found;
  }
  return at;
}
static const key_vector* fib_find_node(const key_vector* root, u32 key) {
  const Place at = placeOf(root, key);
  return at.found && !at.differs ? at.found : nullptr;
}

// A new node goes where the key first differs from what stands there.
static const key_vector* makeLeaf(const key_vector* root, u32 key) {
  const Place at = placeOf(root, key);
  const key_vector* leaf = leaf_new(key);
  if (!leaf || !at.found) {
    if (leaf) put_child(at.parent, at.slot, leaf);
    return leaf;
  }
  const int pos = 63 - __builtin_clzll(at.differs);
  const key_vector* node = tnode_new(key, pos);
  if (!node) return kfree(leaf), nullptr;
  const u32 own = key >> pos & 1;
  put_child(node, own ^ 1, at.found);
  put_child(node, own, leaf);
  put_child(at.parent, at.slot, node);
  return leaf;
}

// Without routes the leaf goes, and with it the node that told it from its neighbour, which moves up.
static void removeLeaf(const key_vector* root, const key_vector* leaf) {
  const key_vector* above = root;
  Place at{root, root->tnode[0], 0, 0};
  u32 slotAbove = 0;
  while (at.found && at.found != leaf) {
    above = at.parent, slotAbove = at.slot;
    at.parent = at.found;
    at.slot = childOf(at.found, leaf->key);
    at.found = at.parent->tnode[at.slot];
  }
  put_child(at.parent, at.slot, nullptr);
  kfree(leaf);
  if (at.parent == root) return;
  put_child(above, slotAbove, at.parent->tnode[at.slot ^ 1]);
  kfree(at.parent);
}

// ---- routes of a leaf: the longest prefix first, then by table, type of service and priority
const fib_alias* fib_find_alias(const hlist_head* fah, u8 slen, u8 tos, u32 prio, u32 tb_id) {
  KFUNC(fib_find_alias, fah, slen, tos, prio, tb_id);
  const hlist_node* n = fah->first;
  for (; n; n = n->next) {
    const auto* fa = container_of(n, fib_alias, fa_list);
    if (fa->fa_slen < slen || (fa->fa_slen == slen && fa->tb_id > tb_id)) continue;
    if (fa->fa_slen != slen || fa->tb_id != tb_id) break;
    if (fa->fa_dscp > tos) continue;
    if (fa->fa_info->fib_priority >= prio || fa->fa_dscp < tos) return call.result(fa);
  }
  return call.result<const fib_alias*>(nullptr);
}

// Before `next`; nullptr: behind all that come before it in the order of the list.
static void linkAlias(const key_vector* leaf, const fib_alias* fa, const fib_alias* next) {
  const hlist_node* before = nullptr;
  const auto comesBefore = [fa](const fib_alias* other) {
    return fa->fa_slen < other->fa_slen || (fa->fa_slen == other->fa_slen && fa->tb_id > other->tb_id);
  };
  for (const fib_alias* at = firstAlias(leaf); at && at != next; at = nextAlias(at)) {
    if (!next && comesBefore(at)) break;
    before = &at->fa_list;
  }
  if (!before) return hlist_add_head(&fa->fa_list, &leaf->leaf);
  const hlist_node* after = before->next;
  set(fa->fa_list.next, after);
  setAddress(&fa->fa_list.pprev, &before->next);
  set(before->next, &fa->fa_list);
  if (after) setAddress(&after->pprev, &fa->fa_list.next);
}

static const key_vector* fib_insert_alias(const key_vector* root, const key_vector* leaf, const fib_alias* fresh,
                                          const fib_alias* next, u32 key) {
  KFUNC(fib_insert_alias, root, leaf, fresh, next, key);
  SIMPLIFIED("each level of the trie tells one bit apart: no node is made wider where it is dense");
  if (!leaf) leaf = makeLeaf(root, key);
  if (!leaf) return call.result(leaf);
  linkAlias(leaf, fresh, next);
  if (fresh->fa_slen > leaf->slen) set(leaf->slen, fresh->fa_slen);
  return call.result(leaf);
}

static void fib_remove_alias(const key_vector* root, const key_vector* leaf, const fib_alias* old) {
  KFUNC(fib_remove_alias, root, leaf, old);
  hlist_del_init(&old->fa_list);
  if (hlist_empty(&leaf->leaf)) removeLeaf(root, leaf);
}

// ---- in
static bool sameKeys(const fib_alias* fa, u8 slen, u32 table, u8 dscp, u32 priority) {
  return fa && fa->fa_slen == slen && fa->tb_id == table && fa->fa_dscp == dscp &&
         fa->fa_info->fib_priority == priority;
}
static const fib_alias* newAlias(const fib_table* tb, const fib_config* cfg, const fib_info* meaning, u8 slen) {
  const auto* made = kmem_cache_alloc<fib_alias>(*fn_alias_kmem, GFP_KERNEL | __GFP_ZERO);
  if (!made) return nullptr;
  set(made->fa_info, meaning);
  set(made->fa_type, cfg->fc_type);
  set(made->fa_dscp, cfg->fc_dscp);
  set(made->fa_slen, slen);
  set(made->tb_id, tb->tb_id);
  set(made->fa_default, -1);
  return made;
}

static void replaceAlias(const net* net, const fib_table* tb, const fib_config* cfg, const fib_alias* old,
                         const fib_alias* fresh) {
  const hlist_node* follower = old->fa_list.next;
  u64 pprev;
  std::memcpy(&pprev, &old->fa_list.pprev, sizeof pprev);
  set(fresh->fa_list.next, follower);
  setBytes(&fresh->fa_list.pprev, &pprev, sizeof pprev);
  setAddress(t_arena->object<u8>(pprev), &fresh->fa_list);
  if (follower) setAddress(&follower->pprev, &fresh->fa_list.next);
  call_fib4_notifiers(FIB_EVENT_ENTRY_REPLACE, fresh);
  rtmsg_fib(RTM_NEWROUTE, cfg->fc_dst, fresh, cfg->fc_dst_len, tb->tb_id, &cfg->fc_nlinfo, NLM_F_REPLACE);
  fib_release_info(old->fa_info);
  if (old->fa_state & FA_S_ACCESSED) rt_cache_flush(net); // else nobody can have remembered it
  kmem_cache_free(old);
}

namespace {
struct Insertion {                   // what the routes that are there mean for the new one
  const fib_alias* before = nullptr; // where it goes
  const fib_alias* replaces = nullptr;
  int result = 1; // 1: go on
  u32 told = NLM_F_EXCL;
};
} // namespace

static Insertion weigh(const fib_alias* first, const fib_config* cfg, const fib_info* meaning, u8 slen, u32 table) {
  Insertion in;
  in.before = first;
  if (!sameKeys(first, slen, table, cfg->fc_dscp, meaning->fib_priority)) return in;
  in.result = -EEXIST;
  if (cfg->fc_nlflags & NLM_F_EXCL) return in;
  in.told = 0;
  const fib_alias *match = nullptr, *at = first;
  for (; sameKeys(at, slen, table, cfg->fc_dscp, meaning->fib_priority) && !match; at = nextAlias(at))
    if (at->fa_type == cfg->fc_type && at->fa_info == meaning) match = at;
  if (cfg->fc_nlflags & NLM_F_REPLACE) {
    if (match) return in.result = match == first ? 0 : -EEXIST, in;
    in.replaces = first;
  } else if (match) {
    return in;
  } else if (cfg->fc_nlflags & NLM_F_APPEND) {
    in.told |= NLM_F_APPEND;
    in.before = at;
  }
  in.result = 1;
  return in;
}

int fib_table_insert(const net* net, const fib_table* tb, const fib_config* cfg) {
  KFUNC(fib_table_insert, net, tb, cfg);
  const u32 key = ntohl(cfg->fc_dst), bits = cfg->fc_dst_len;
  const bool wellFormed = bits <= KEYLENGTH && (bits == KEYLENGTH || !(key << bits)); // zeros behind the prefix
  if (!wellFormed) return call.result(-EINVAL);
  const fib_info* meaning = fib_create_info(cfg);
  if (IS_ERR(meaning)) return call.result(static_cast<int>(PTR_ERR(meaning)));
  const u8 slen = static_cast<u8>(KEYLENGTH - bits);
  const key_vector* leaf = fib_find_node(trieOf(tb), key);
  const fib_alias* first =
      leaf ? fib_find_alias(&leaf->leaf, slen, cfg->fc_dscp, meaning->fib_priority, tb->tb_id) : nullptr;
  Insertion in = weigh(first, cfg, meaning, slen, tb->tb_id);
  if (in.result == 1 && !in.replaces && !(cfg->fc_nlflags & NLM_F_CREATE)) in.result = -ENOENT;
  const fib_alias* fresh = in.result == 1 ? newAlias(tb, cfg, meaning, slen) : nullptr;
  if (!fresh) return fib_release_info(meaning), call.result(in.result == 1 ? -ENOBUFS : in.result);
  if (in.replaces) return replaceAlias(net, tb, cfg, in.replaces, fresh), call.result(0);
  leaf = fib_insert_alias(trieOf(tb), leaf, fresh, in.before, key);
  if (!leaf) return kmem_cache_free(fresh), fib_release_info(meaning), call.result(-ENOMEM);
  if (fib_find_alias(&leaf->leaf, slen, 0, 0, tb->tb_id) == fresh) call_fib4_notifiers(FIB_EVENT_ENTRY_REPLACE, fresh);
  if (!bits) add(tb->tb_num_default, 1);
  rt_cache_flush(net);
  rtmsg_fib(RTM_NEWROUTE, cfg->fc_dst, fresh, static_cast<int>(bits), tb->tb_id, &cfg->fc_nlinfo,
            in.told | NLM_F_CREATE);
  return call.result(0);
}

// ---- out
static void fib_notify_alias_delete(const key_vector* leaf, const fib_alias* gone) {
  KFUNC(fib_notify_alias_delete, leaf, gone);
  const fib_alias* first = fib_find_alias(&leaf->leaf, gone->fa_slen, 0, 0, gone->tb_id);
  if (first != gone) return; // it was not in use: another one comes before it
  const fib_alias* next = nextAlias(gone);
  const bool replaced = next && next->fa_slen == gone->fa_slen && next->tb_id == gone->tb_id;
  call_fib4_notifiers(replaced ? FIB_EVENT_ENTRY_REPLACE : FIB_EVENT_ENTRY_DEL, gone);
}

// What a request does not say may be anything.
static const fib_alias* meantBy(const fib_alias* fa, const fib_table* tb, const fib_config* cfg, u8 slen) {
  for (; fa && fa->fa_slen == slen && fa->tb_id == tb->tb_id && fa->fa_dscp == cfg->fc_dscp; fa = nextAlias(fa)) {
    const fib_info* fi = fa->fa_info;
    const auto fits = [](u32 asked, u32 is) { return !asked || asked == is; };
    const bool scope = cfg->fc_scope == RT_SCOPE_NOWHERE || fi->fib_scope == cfg->fc_scope;
    if (fits(cfg->fc_type, fa->fa_type) && scope && fits(cfg->fc_prefsrc, fi->fib_prefsrc) &&
        fits(cfg->fc_protocol, fi->fib_protocol) && fib_nh_match(cfg, fi) && fib_metrics_match(cfg, fi))
      return fa;
  }
  return nullptr;
}

int fib_table_delete(const net* net, const fib_table* tb, const fib_config* cfg) {
  KFUNC(fib_table_delete, net, tb, cfg);
  const u8 slen = static_cast<u8>(KEYLENGTH - cfg->fc_dst_len);
  const key_vector* leaf = fib_find_node(trieOf(tb), ntohl(cfg->fc_dst));
  if (!leaf) return call.result(-ESRCH);
  const fib_alias* gone = meantBy(fib_find_alias(&leaf->leaf, slen, cfg->fc_dscp, 0, tb->tb_id), tb, cfg, slen);
  if (!gone) return call.result(-ESRCH);
  fib_notify_alias_delete(leaf, gone);
  rtmsg_fib(RTM_DELROUTE, cfg->fc_dst, gone, cfg->fc_dst_len, tb->tb_id, &cfg->fc_nlinfo, 0);
  if (!cfg->fc_dst_len) add(tb->tb_num_default, -1);
  fib_remove_alias(trieOf(tb), leaf, gone);
  if (gone->fa_state & FA_S_ACCESSED) rt_cache_flush(net);
  fib_release_info(gone->fa_info);
  kmem_cache_free(gone);
  return call.result(0);
}

// ---- all of them, by their keys
static const key_vector* leafFrom(const key_vector* n, u32 key) { // the first whose key is not less
  if (!n) return nullptr;
  if (isLeaf(n)) return n->key >= key ? n : nullptr;
  const u32 span = n->pos == 31 ? 0xffffffffu : (2u << n->pos) - 1;
  if ((n->key | span) < key) return nullptr; // all of it comes before
  const key_vector* left = leafFrom(n->tnode[0], key);
  return left ? left : leafFrom(n->tnode[1], key);
}
const key_vector* leaf_walk_rcu(const key_vector* tn, u32 key) {
  KFUNC(leaf_walk_rcu, tn, key);
  return call.result(leafFrom(tn->tnode[0], key));
}

u32 fib_table_flush(const net* net, const fib_table* tb, bool flush_all) {
  KFUNC(fib_table_flush, net, tb, flush_all);
  u32 gone = 0;
  for (u64 key = 0; key <= 0xffffffff;) {
    const key_vector* leaf = leafFrom(trieOf(tb)->tnode[0], static_cast<u32>(key));
    if (!leaf) break;
    key = u64(leaf->key) + 1;
    for (const fib_alias *fa = firstAlias(leaf), *next; fa; fa = next) {
      next = nextAlias(fa);
      const bool dead = fa->fa_info->fib_flags & RTNH_F_DEAD;
      if (fa->tb_id != tb->tb_id || !(dead || flush_all)) continue;
      const fib_info* meaning = fa->fa_info;
      fib_notify_alias_delete(leaf, fa);
      fib_remove_alias(trieOf(tb), leaf, fa);
      fib_release_info(meaning);
      kmem_cache_free(fa);
      ++gone;
      if (!next) break;
    }
  }
  return call.result(gone);
}

} // namespace sockwalk::kernel
