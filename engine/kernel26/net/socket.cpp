// The socket layer of 2.6.11: families, the file of a socket, and the way from a descriptor back to it.
#include "engine/kernel26/include/asm/uaccess.h"
#include "engine/kernel26/include/linux/module.h"
#include "engine/kernel26/include/linux/security.h"
#include "engine/kernel26/include/net/sock.h"
#include "engine/kernel26/net/socket_internal.h"

namespace sockwalk::kernel26 {

Global26<kptr32<net_proto_family>[NPROTO_26]> net_families { "net_families" };
static Global26<kptr32<kmem_cache_s>> sock_inode_cachep{"sock_inode_cachep"};
static Global26<kptr32<vfsmount>> sock_mnt{"sock_mnt"};
static Global26<file_system_type> sock_fs_type{"sock_fs_type"};
static Global26<super_operations> sockfs_ops{"sockfs_ops"};
static Global26<dentry_operations> sockfs_dentry_operations{"sockfs_dentry_operations"};
static Global26<file_operations> socket_file_ops{"socket_file_ops"};
static Global26<u32> sockets_in_use{"sockets_in_use"};
static Global26<atomic_t> net_family_lockct{"net_family_lockct"};
static Global26<spinlock_t> net_family_lock{"net_family_lock"};

// ---- net_families[] changes hardly ever and is read all the time: readers are counted, and who writes waits for them
static void net_family_write_lock() {
  KFUNC(net_family_write_lock);
  spin_lock(net_family_lock);
  if (atomic_read(net_family_lockct)) panic("one processor, and somebody else reads net_families[]");
}
static void net_family_write_unlock() {
  KFUNC(net_family_write_unlock);
  spin_unlock(net_family_lock);
}
void net_family_read_lock() {
  KFUNC(net_family_read_lock);
  atomic_inc(net_family_lockct);
}
void net_family_read_unlock() {
  KFUNC(net_family_read_unlock);
  atomic_dec(net_family_lockct);
}

int sock_register(const net_proto_family* ops) {
  KFUNC(sock_register, ops);
  if (ops->family >= NPROTO_26) return call.result(-ENOBUFS);
  net_family_write_lock();
  const auto& place = net_families[static_cast<u32>(ops->family)];
  const bool taken = place.get() != nullptr;
  if (!taken) set(place, ops);
  net_family_write_unlock();
  if (taken) return call.result(-EEXIST);
  NOTE("family.registered", ops->family, ops);
  return call.result(0);
}

// ---- sockfs: a file system whose inodes are sockets
static const inode* sock_alloc_inode(const super_block* sb) {
  KFUNC(sock_alloc_inode, sb);
  SIMPLIFIED("the slab's constructor, init_once(), is run for each object and not when its slab is made");
  const socket_alloc* pair = kmem_cache_alloc<socket_alloc>(*sock_inode_cachep);
  if (!pair) return call.result<const inode*>(nullptr);
  inode_init_once(&pair->vfs_inode);
  const socket& fresh = pair->socket;
  spin_lock_init(&fresh.wait.lock);
  INIT_LIST_HEAD(&fresh.wait.task_list);
  set(fresh.state, SS_UNCONNECTED);
  return call.result(&pair->vfs_inode);
}

static void sock_destroy_inode(const inode* inode) {
  KFUNC(sock_destroy_inode, inode);
  kmem_cache_free(container_of(inode, socket_alloc, vfs_inode));
}

static const super_block* sockfs_get_sb(const file_system_type* fs_type, int, const char*, const void*) {
  KFUNC(sockfs_get_sb, fs_type);
  return call.result(get_sb_pseudo(fs_type, "socket:", sockfs_ops, SOCKFS_MAGIC));
}

static int sockfs_delete_dentry(const dentry* dentry) {
  KFUNC(sockfs_delete_dentry, dentry);
  return call.result(1); // a socket's name is of no use once the socket is gone
}

// ---- a socket, and its end
const socket* sock_alloc() {
  KFUNC(sock_alloc);
  const inode* inode = new_inode(sock_mnt->get()->mnt_sb);
  if (!inode) return call.result<const socket*>(nullptr);
  const socket* sock = SOCKET_I(inode);
  set(inode->i_mode, S_IFSOCK | S_IRWXUGO);
  set(inode->i_sock, 1);
  set(inode->i_uid, current()->fsuid);
  set(inode->i_gid, current()->fsgid);
  add(*sockets_in_use, 1);
  NOTE("socket.inode", inode, sock);
  return call.result(sock);
}

void sock_release(const socket* sock) {
  KFUNC(sock_release, sock);
  if (const proto_ops* ops = sock->ops) {
    const module* owner = ops->owner;
    ops->release(sock);
    set(sock->ops, nullptr);
    module_put(owner);
  }
  sub(*sockets_in_use, 1);
  if (!sock->file) return iput(SOCK_INODE(sock)); // it never had a file that would let go of the inode
  set(sock->file, nullptr);
}

// ---- the file of a socket
// Its name is only for whoever reads /proc: "[12]" for inode 12.
static const dentry* nameOf(const inode* inode) {
  const std::string name = "[" + std::to_string(inode->i_ino) + "]";
  const dentry* entry = d_alloc(sock_mnt->get()->mnt_sb->s_root, name.c_str(), inode->i_ino);
  if (!entry) return nullptr;
  set(entry->d_op, sockfs_dentry_operations);
  d_add(entry, inode);
  return entry;
}

static void joinFile(const socket* sock, const file* file) {
  set(file->f_vfsmnt, mntget(*sock_mnt));
  set(file->f_mapping, file->f_dentry->d_inode->i_mapping);
  set(sock->file, file);
  set(SOCK_INODE(sock)->i_fop, socket_file_ops);
  set(file->f_op, socket_file_ops);
  set(file->f_mode, FMODE_READ | FMODE_WRITE);
  set(file->f_flags, O_RDWR);
}

int sock_map_fd(const socket* sock) {
  KFUNC(sock_map_fd, sock);
  const int fd = get_unused_fd();
  if (fd < 0) return call.result(fd);
  const file* fresh = get_empty_filp();
  if (!fresh) {
    put_unused_fd(static_cast<u32>(fd));
    return call.result(-ENFILE);
  }
  const dentry* name = nameOf(SOCK_INODE(sock));
  set(fresh->f_dentry, name);
  if (!name) {
    put_filp(fresh);
    put_unused_fd(static_cast<u32>(fd));
    return call.result(-ENOMEM);
  }
  joinFile(sock, fresh);
  fd_install(static_cast<u32>(fd), fresh);
  return call.result(fd);
}

// Whoever wanted to be told by a signal does not any more.
static int sock_fasync(int fd, const file* filp, int on) {
  KFUNC(sock_fasync, fd, filp, on);
  SIMPLIFIED("nobody can ask for signals here, so there is nothing to take off the list");
  const sock* sk = SOCKET_I(filp->f_dentry->d_inode)->sk;
  if (!sk) return call.result(-EINVAL);
  lock_sock(sk);
  release_sock(sk);
  return call.result(0);
}

static int sock_close(const inode* inode, const file* filp) {
  KFUNC(sock_close, inode, filp);
  if (!inode) return call.result(0);
  sock_fasync(-1, filp, 0);
  sock_release(SOCKET_I(inode));
  return call.result(0);
}

// ---- boot
static int init_inodecache() {
  KFUNC(init_inodecache);
  set(*sock_inode_cachep, kmem_cache_create("sock_inode_cache", sizeof(socket_alloc)));
  return call.result(0);
}
static void skb_init() {
  KFUNC(skb_init);
  SIMPLIFIED("no packet is made here: the caches for sk_buffs are made, and stay empty");
  kmem_cache_create("skbuff_head_cache", 168);
}
static void netfilter_init() {
  KFUNC(netfilter_init);
  SIMPLIFIED("packets are not looked at by anybody: there are none");
}

void sock_init() {
  KFUNC(sock_init);
  for (u32 i = 0; i < net_families.size(); ++i) set(net_families[i], nullptr);
  sk_init();
  skb_init();
  init_inodecache();
  register_filesystem(sock_fs_type);
  set(*sock_mnt, kern_mount(sock_fs_type));
  netfilter_init();
}

void image_socket() {
  spin_lock_init(net_family_lock);
  set(sock_fs_type->name, machine().rodata("sockfs"));
  set(sock_fs_type->get_sb, fn<sockfs_get_sb>);
  set(sock_fs_type->kill_sb, unbuilt26<"kill_anon_super">);
  set(sockfs_ops->alloc_inode, fn<sock_alloc_inode>);
  set(sockfs_ops->destroy_inode, fn<sock_destroy_inode>);
  set(sockfs_ops->statfs, unbuilt26<"simple_statfs">);
  set(sockfs_dentry_operations->d_delete, fn<sockfs_delete_dentry>);
  const file_operations* ops = socket_file_ops;
  set(ops->llseek, unbuilt26<"no_llseek">);
  set(ops->aio_read, unbuilt26<"sock_aio_read">);
  set(ops->aio_write, unbuilt26<"sock_aio_write">);
  set(ops->poll, unbuilt26<"sock_poll">);
  set(ops->unlocked_ioctl, unbuilt26<"sock_ioctl">);
  set(ops->mmap, unbuilt26<"sock_mmap">);
  set(ops->open, unbuilt26<"sock_no_open">); // /proc is no way in
  set(ops->release, fn<sock_close>);
  set(ops->fasync, fn<sock_fasync>);
  set(ops->readv, unbuilt26<"sock_readv">);
  set(ops->writev, unbuilt26<"sock_writev">);
  set(ops->sendpage, unbuilt26<"sock_sendpage">);
}

} // namespace sockwalk::kernel26
