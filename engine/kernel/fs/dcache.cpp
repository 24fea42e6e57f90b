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
  const u32 len = std::min<u32>(static_cast<u32>(std::strlen(name)), DNAME_INLINE_LEN - 1);
  setBytes(d->d_iname, name, len);
  set(d->d_name.len, len);
  setAddress(&d->d_name.name, d->d_iname);
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
  kmem_cache_free(entry);
}

} // namespace sockwalk::kernel
