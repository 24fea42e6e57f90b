// Directory entries: the name of an inode. A socket's is made up ("TCP", shown as "socket:[12]") and in no directory.
#include "engine/kernel/include/linux/dcache.h"
#include "engine/kernel/fs/internal.h"
#include "engine/kernel/include/linux/fs.h"
#include "engine/kernel/include/linux/rcupdate.h"
#include "engine/kernel/init/image.h"
#include "engine/memory/constants/files.h"

namespace sockwalk::kernel {

static Global<kptr<kmem_cache>> dentry_cache{"dentry_cache"};

void dcache_init() {
  KFUNC(dcache_init);
  set(*dentry_cache, kmem_cache_create("dentry", sizeof(dentry)));
}

static const dentry* __d_alloc(const super_block* sb, const char* name) {
  KFUNC(__d_alloc, sb);
  auto* d = kmem_cache_alloc<dentry>(*dentry_cache, GFP_KERNEL | __GFP_ZERO);
  if (!d) return call.result(d);
  const u32 len = static_cast<u32>(std::strlen(name));
  const u8* room = len < DNAME_INLINE_LEN ? d->d_iname : kmallocBuffer(len + 1, GFP_KERNEL | __GFP_ZERO);
  setBytes(room, name, len);
  set(d->d_name.len, len);
  setAddress(&d->d_name.name, room);
  set(d->d_lockref.count, 1);
  set(d->d_parent, d);
  set(d->d_sb, sb);
  INIT_LIST_HEAD(&d->d_lru);
  INIT_LIST_HEAD(&d->d_subdirs);
  INIT_LIST_HEAD(&d->d_child);
  set(d->d_op, sb->s_d_op);
  return call.result(d);
}

const dentry* d_alloc_pseudo(const super_block* sb, const char* name) {
  KFUNC(d_alloc_pseudo, sb);
  const dentry* d = __d_alloc(sb, name);
  if (d) set(d->d_flags, d->d_flags | DCACHE_NORCU);
  return call.result(d);
}

const dentry* d_alloc_anon(const super_block* sb) {
  KFUNC(d_alloc_anon, sb);
  return call.result(__d_alloc(sb, "/"));
}

// A name in a directory, which holds it from now on.
const dentry* d_alloc(const dentry* parent, const char* name) {
  KFUNC(d_alloc, parent);
  const dentry* d = __d_alloc(parent->d_sb, name);
  if (!d) return call.result(d);
  set(d->d_parent, parent);
  list_add(&d->d_child, &parent->d_subdirs);
  return call.result(d);
}
const dentry* d_lookup(const dentry* parent, const char* name) {
  KFUNC(d_lookup, parent);
  return call.result(childNamed(parent, name));
}
const dentry* childNamed(const dentry* parent, const char* name) {
  const u32 len = static_cast<u32>(std::strlen(name));
  for (const dentry* d : list_for_each_entry(dentry, d_child, &parent->d_subdirs))
    if (d->d_name.len == len && !std::memcmp(d->d_name.name.get(), name, len)) return d;
  return nullptr;
}
// The name may stand for nothing: then it is remembered that there is no such file.
void d_add(const dentry* entry, const inode* inode) {
  KFUNC(d_add, entry, inode);
  if (!inode) return;
  hlist_add_head(&entry->d_u.d_alias, &inode->i_dentry);
  set(entry->d_inode, inode);
}
static void ___d_drop(const dentry* entry) {
  KFUNC(___d_drop, entry);
  list_del_init(&entry->d_child);
}
// No look-up finds the name any more; who has it open keeps what it stood for.
void d_delete(const dentry* entry) {
  KFUNC(d_delete, entry);
  ___d_drop(entry);
}

void d_instantiate(const dentry* entry, const inode* inode) {
  KFUNC(d_instantiate, entry, inode);
  hlist_add_head(&entry->d_u.d_alias, &inode->i_dentry);
  set(entry->d_inode, inode);
}

void dput(const dentry* entry) {
  KFUNC(dput, entry);
  if (sub(entry->d_lockref.count, 1) > 0) return;
  const inode* inode = entry->d_inode;
  if (inode) {
    hlist_del_init(&entry->d_u.d_alias);
    set(entry->d_inode, nullptr);
    iput(inode);
  }
  if (entry->d_name.name.get() != entry->d_iname) kfree(entry->d_name.name.get());
  kmem_cache_free(entry);
}

} // namespace sockwalk::kernel
