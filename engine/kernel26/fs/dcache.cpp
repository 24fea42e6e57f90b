// Names. A socket's file needs one as every file does, so it gets "[inode number]" under the root of sockfs.
#include "engine/kernel26/include/linux/fs.h"
#include "engine/kernel26/include/linux/slab.h"
#include <cstring>

namespace sockwalk::kernel26 {

static Global26<kptr32<kmem_cache_s>> dentry_cache{"dentry_cache"};
static Global26<hlist_head> dentry_hashtable{"dentry_hashtable"};

void dcache_init() {
  KFUNC(dcache_init);
  SIMPLIFIED("the table of names has one bucket");
  set(*dentry_cache, kmem_cache_create("dentry_cache", sizeof(dentry)));
}

static const dentry* freshName(const char* name, u32 hash) {
  const dentry* fresh = kmem_cache_alloc<dentry>(*dentry_cache);
  if (!fresh) return nullptr;
  const u32 length = static_cast<u32>(std::strlen(name));
  setBytes(fresh->d_iname, name, std::min<u32>(length + 1, sizeof fresh->d_iname)); // short names lie in the dentry
  set(fresh->d_name.name, fresh->d_iname);
  set(fresh->d_name.len, length);
  set(fresh->d_name.hash, hash);
  atomic_set(&fresh->d_count, 1);
  set(fresh->d_flags, DCACHE_UNHASHED_26);
  spin_lock_init(&fresh->d_lock);
  for (const list_head* ring : {&fresh->d_lru, &fresh->d_child, &fresh->d_subdirs, &fresh->d_alias})
    INIT_LIST_HEAD(ring);
  return fresh;
}

const dentry* d_alloc(const dentry* parent, const char* name, u32 hash) {
  KFUNC(d_alloc, parent, hash);
  const dentry* fresh = freshName(name, hash);
  if (!fresh || !parent) return call.result(fresh);
  atomic_inc(&parent->d_count);
  set(fresh->d_parent, parent);
  set(fresh->d_sb, parent->d_sb);
  list_add(&fresh->d_child, &parent->d_subdirs);
  return call.result(fresh);
}

void d_instantiate(const dentry* entry, const inode* inode) {
  KFUNC(d_instantiate, entry, inode);
  if (inode) list_add(&entry->d_alias, &inode->i_dentry);
  set(entry->d_inode, inode);
}

// A node of a chain knows the pointer that points at it.
static void setWord(const void* at, u32 value) { setBytes(at, &value, sizeof value); }

void d_rehash(const dentry* entry) {
  KFUNC(d_rehash, entry);
  const hlist_node *node = &entry->d_hash, *first = dentry_hashtable->first;
  set(node->next, first);
  if (first) setWord(&first->pprev, Address32::of(&node->next));
  set(dentry_hashtable->first, node);
  setWord(&node->pprev, Address32::of(&dentry_hashtable->first));
  set(entry->d_flags, entry->d_flags & ~DCACHE_UNHASHED_26);
}

static void __d_drop(const dentry* entry) {
  if (entry->d_flags & DCACHE_UNHASHED_26) return;
  set(entry->d_flags, entry->d_flags | DCACHE_UNHASHED_26);
  const hlist_node *node = &entry->d_hash, *next = node->next;
  u32 back;
  std::memcpy(&back, &node->pprev, sizeof back);
  setBytes(t_arena->at(Address32::offsetOf(back)), &node->next, 4);
  if (next) setWord(&next->pprev, back);
}

void d_add(const dentry* entry, const inode* inode) {
  KFUNC(d_add, entry, inode);
  d_instantiate(entry, inode);
  d_rehash(entry);
}

const dentry* d_alloc_root(const inode* root) {
  KFUNC(d_alloc_root, root);
  const dentry* top = d_alloc(nullptr, "/", 0);
  if (!top) return call.result(top);
  set(top->d_sb, root->i_sb);
  set(top->d_parent, top);
  d_instantiate(top, root);
  return call.result(top);
}

static void dentry_iput(const dentry* entry) {
  KFUNC(dentry_iput, entry);
  const inode* inode = entry->d_inode;
  if (!inode) return;
  set(entry->d_inode, nullptr);
  list_del_init(&entry->d_alias);
  iput(inode);
}

// A name that nobody uses is kept for the next who asks, unless its file system says that nobody will.
void dput(const dentry* entry) {
  KFUNC(dput, entry);
  if (!entry || !atomic_dec_and_test(&entry->d_count)) return;
  const bool useless = entry->d_op && entry->d_op->d_delete && entry->d_op->d_delete(entry);
  if (!useless) return;
  const dentry* parent = entry->d_parent;
  __d_drop(entry);
  list_del_init(&entry->d_child);
  dentry_iput(entry);
  kmem_cache_free(entry);
  if (parent != entry) dput(parent);
}

} // namespace sockwalk::kernel26
