// Inodes. Their memory is the file system's affair: sockfs gives a struct socket_alloc, of which the inode is a part.
#include "engine/kernel26/include/linux/fs.h"

namespace sockwalk::kernel26 {

static Global26<list_head> inode_in_use{"inode_in_use"};
static Global26<u32> last_ino{"last_ino"};
static Global26<u32> inodes_stat_nr_inodes{"inodes_stat.nr_inodes"};

void inode_init() {
  KFUNC(inode_init);
  INIT_LIST_HEAD(inode_in_use);
}

// What a slab's constructor does with each inode, before anybody asks for one.
void inode_init_once(const inode* inode) {
  KFUNC(inode_init_once, inode);
  for (const list_head* ring : {&inode->i_dentry, &inode->i_devices}) INIT_LIST_HEAD(ring);
  set(inode->i_sem.count.counter, 1);
  INIT_LIST_HEAD(&inode->i_sem.wait.task_list);
  INIT_LIST_HEAD(&inode->i_alloc_sem.wait_list);
  spin_lock_init(&inode->i_data.tree_lock);
  spin_lock_init(&inode->i_data.i_mmap_lock);
  INIT_LIST_HEAD(&inode->i_data.private_list);
  spin_lock_init(&inode->i_data.private_lock);
  INIT_LIST_HEAD(&inode->i_data.i_mmap_nonlinear);
  spin_lock_init(&inode->i_lock);
}

static const inode* alloc_inode(const super_block* sb) {
  KFUNC(alloc_inode, sb);
  SIMPLIFIED("file systems that have no memory of their own for inodes are not there");
  const inode* fresh = sb->s_op->alloc_inode(sb);
  if (!fresh) return call.result(fresh);
  set(fresh->i_sb, sb);
  set(fresh->i_blkbits, sb->s_blocksize_bits);
  atomic_set(&fresh->i_count, 1);
  set(fresh->i_nlink, 1);
  atomic_set(&fresh->i_writecount, 0);
  set(fresh->i_data.host, fresh);
  set(fresh->i_mapping, &fresh->i_data);
  return call.result(fresh);
}

const inode* new_inode(const super_block* sb) {
  KFUNC(new_inode, sb);
  const inode* fresh = alloc_inode(sb);
  if (!fresh) return call.result(fresh);
  add(*inodes_stat_nr_inodes, 1);
  list_add(&fresh->i_list, inode_in_use);
  list_add(&fresh->i_sb_list, &sb->s_inodes);
  set(fresh->i_ino, add(*last_ino, 1));
  set(fresh->i_state, 0);
  return call.result(fresh);
}

static void clear_inode(const inode* inode) {
  KFUNC(clear_inode, inode);
  set(inode->i_state, I_CLEAR_26);
}

static void destroy_inode(const inode* inode) {
  KFUNC(destroy_inode, inode);
  inode->i_sb->s_op->destroy_inode(inode);
}

// An inode that is in no table of inodes cannot be found again: there is nothing to keep.
static void generic_forget_inode(const inode* inode) {
  KFUNC(generic_forget_inode, inode);
  list_del_init(&inode->i_list);
  list_del_init(&inode->i_sb_list);
  set(inode->i_state, inode->i_state | I_FREEING_26);
  sub(*inodes_stat_nr_inodes, 1);
  clear_inode(inode);
  destroy_inode(inode);
}

static void generic_drop_inode(const inode* inode) {
  KFUNC(generic_drop_inode, inode);
  SIMPLIFIED("inodes without a link to them, whose file is to be deleted, are not there");
  generic_forget_inode(inode);
}

void iput(const inode* inode) {
  KFUNC(iput, inode);
  if (inode && atomic_dec_and_test(&inode->i_count)) generic_drop_inode(inode);
}

} // namespace sockwalk::kernel26
