// Inodes: here only those that no disk has. An inode of sockfs is part of a bigger object (struct socket_alloc), so
// the file system itself allocates it.
#include "engine/kernel/include/linux/fs.h"
#include "engine/kernel/include/linux/rcupdate.h"
#include "engine/kernel/include/linux/security.h"

namespace sockwalk::kernel {

static Global<u32> last_ino{"last_ino"};
static Global<kptr<kmem_cache>> inode_cachep{"inode_cachep"};

void inode_init() {
  KFUNC(inode_init);
  set(*inode_cachep, kmem_cache_create("inode_cache", sizeof(inode)));
}

static void joinFileSystem(const inode* i, const super_block* sb) {
  set(i->i_sb, sb);
  set(i->i_blkbits, sb->s_blocksize_bits);
}
// One holder, one name, no bytes.
static void beginAlone(const inode* i) {
  set(i->i_flags, 0);
  atomic_set(&i->i_count, 1);
  set(i->i_nlink, 1);
  set(i->i_size, 0);
  set(i->i_private, nullptr);
}
// Its pages are its own, not those of a block device.
static void mapItself(const inode* i) {
  set(i->i_mapping, &i->i_data);
  set(i->i_data.host, i);
}
static int inode_init_always(const super_block* sb, const inode* i) {
  KFUNC(inode_init_always, sb, i);
  SIMPLIFIED("security modules hang nothing on an inode");
  joinFileSystem(i, sb);
  beginAlone(i);
  mapItself(i);
  set(i->i_dentry.first, nullptr);
  set(i->i_state, 0);
  INIT_LIST_HEAD(&i->i_sb_list);
  return call.result(0);
}

static void i_callback(const callback_head* head) {
  KFUNC(i_callback, head);
  const inode* i = container_of(head, inode, i_rcu);
  if (i->i_sb->s_op->free_inode) i->i_sb->s_op->free_inode(i);
  else kmem_cache_free(i);
}

static const inode* alloc_inode(const super_block* sb) {
  KFUNC(alloc_inode, sb);
  const inode* i = sb->s_op->alloc_inode ? sb->s_op->alloc_inode(sb)
                                         : kmem_cache_alloc<inode>(*inode_cachep, GFP_KERNEL | __GFP_ZERO);
  if (i) inode_init_always(sb, i);
  return call.result(i);
}

const inode* new_inode_pseudo(const super_block* sb) {
  KFUNC(new_inode_pseudo, sb);
  return call.result(alloc_inode(sb));
}

const inode* new_inode(const super_block* sb) {
  KFUNC(new_inode, sb);
  const inode* fresh = alloc_inode(sb);
  if (fresh) list_add(&fresh->i_sb_list, &sb->s_inodes);
  return call.result(fresh);
}
void drop_nlink(const inode* i) {
  KFUNC(drop_nlink, i);
  sub(i->i_nlink, 1);
}

u32 get_next_ino() {
  KFUNC(get_next_ino);
  return call.result(add(*last_ino, 1));
}

void ihold(const inode* i) {
  KFUNC(ihold, i);
  atomic_inc(&i->i_count);
}

static void destroy_inode(const inode* i) {
  KFUNC(destroy_inode, i);
  call_rcu(&i->i_rcu, fn<i_callback>); // somebody may still be looking at it without a lock
}

static void evict(const inode* i) {
  KFUNC(evict, i);
  set(i->i_state, 0x60); // I_FREEING | I_CLEAR
  destroy_inode(i);
}

void iput(const inode* i) {
  KFUNC(iput, i);
  if (atomic_dec_and_test(&i->i_count)) evict(i);
}

} // namespace sockwalk::kernel
