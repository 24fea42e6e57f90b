// The socket layer: from a descriptor to a socket and from there, through sock->ops, to the family that made it.
// A socket is an inode of sockfs (struct socket_alloc holds both), so that it can stand behind a struct file.
#include "engine/kernel/include/linux/fs.h"
#include "engine/kernel/include/linux/rcupdate.h"
#include "engine/kernel/include/linux/security.h"
#include "engine/kernel/include/linux/skbuff.h"
#include "engine/kernel/include/net/sock.h"
#include "engine/kernel/syscalls.h"

namespace sockwalk::kernel {

constexpr u64 SOCKFS_MAGIC = 0x534F434B;

Global<kptr<net_proto_family>[NPROTO]> net_families { "net_families" };
Global<kptr<vfsmount>> sock_mnt{"sock_mnt"};
Global<file_operations> socket_file_ops{"socket_file_ops"};
static Global<kptr<kmem_cache>> sock_inode_cachep{"sock_inode_cachep"};
static Global<super_operations> sockfs_ops{"sockfs_ops"};
static Global<dentry_operations> sockfs_dentry_operations{"sockfs_dentry_operations"};
static Global<inode_operations> sockfs_inode_ops{"sockfs_inode_ops"};

// ---- birth
static const inode* sock_alloc_inode(const super_block* sb) {
  KFUNC(sock_alloc_inode, sb);
  auto* ei = kmem_cache_alloc<socket_alloc>(*sock_inode_cachep, GFP_KERNEL | __GFP_ZERO);
  if (!ei) return call.result(static_cast<const inode*>(nullptr));
  init_waitqueue_head(&ei->socket.wq.wait);
  set(ei->socket.wq.fasync_list, nullptr);
  set(ei->socket.wq.flags, 0);
  set(ei->socket.state, SS_UNCONNECTED);
  set(ei->socket.flags, 0);
  return call.result(static_cast<const inode*>(&ei->vfs_inode));
}

static void sock_free_inode(const inode* inode) {
  KFUNC(sock_free_inode, inode);
  kmem_cache_free(container_of(inode, socket_alloc, vfs_inode));
}

const socket* sock_alloc() {
  KFUNC(sock_alloc);
  const inode* inode = new_inode_pseudo(sock_mnt->get()->mnt_sb);
  if (!inode) return call.result(static_cast<const socket*>(nullptr));
  const socket* sock = SOCKET_I(inode);
  set(inode->i_ino, get_next_ino());
  set(inode->i_mode, S_IFSOCK | S_IRWXUGO);
  set(inode->i_uid.val, current_cred()->fsuid.val);
  set(inode->i_gid.val, current_cred()->fsgid.val);
  set(inode->i_op, &*sockfs_inode_ops);
  NOTE("socket.inode", inode, sock);
  return call.result(sock);
}

static void __sock_release(const socket* sock, const inode* inode) {
  KFUNC(__sock_release, sock, inode);
  if (sock->ops) {
    sock->ops->release(sock);
    set(sock->sk, nullptr);
    set(sock->ops, nullptr);
  }
  if (!sock->file) {
    iput(SOCK_INODE(sock));
    return;
  }
  set(sock->file, nullptr);
}

void sock_release(const socket* sock) { __sock_release(sock, nullptr); }

// Called by the last fput() of a socket's file.
static s32 sock_close(const inode* inode, const file* filp) {
  KFUNC(sock_close, inode, filp);
  __sock_release(SOCKET_I(inode), inode);
  return call.result(0);
}

// The heart of socket(2): checks, an inode, and the family's own create(). Each failure undoes what was done so far.
int __sock_create(const net* net, int family, int type, int protocol, const socket** res, int kern) {
  KFUNC(__sock_create, net, family, type, protocol, kern);
  SIMPLIFIED("a family that is missing is not looked for among the modules on disk");
  if (family < 0 || family >= NPROTO) return call.result(-EAFNOSUPPORT);
  if (type < 0 || type >= SOCK_MAX) return call.result(-EINVAL);
  if (family == PF_INET && type == SOCK_PACKET) family = PF_PACKET; // what packet sockets were before 1999

  int err = security_socket_create(family, type, protocol, kern);
  if (err) return call.result(err);
  const socket* sock = sock_alloc();
  if (!sock) return call.result(-ENFILE); // no memory for it, but sockets know no nearer error
  set(sock->type, type);

  const net_proto_family* pf = net_families[family];
  if (!pf) {
    NOTE("socket.no_family", family);
    sock_release(sock);
    return call.result(-EAFNOSUPPORT);
  }
  NOTE("socket.family", family, pf);
  err = pf->create(net, sock, protocol, kern);
  if (err < 0) {
    set(sock->sk, nullptr);
    set(sock->ops, nullptr);
    sock_release(sock);
    return call.result(err);
  }
  err = security_socket_post_create(sock, family, type, protocol, kern);
  if (err) {
    sock_release(sock);
    return call.result(err);
  }
  *res = sock;
  return call.result(0);
}

// A socket that only the kernel holds: no family is asked yet.
int sock_create_lite(int family, int type, int protocol, const socket** res) {
  KFUNC(sock_create_lite, family, type, protocol);
  const socket* sock = sock_alloc();
  if (!sock) return call.result(-ENOMEM);
  set(sock->type, type);
  *res = sock;
  return call.result(0);
}

// ---- the file of a socket
const file* sock_alloc_file(const socket* sock, int flags, const char* dname) {
  KFUNC(sock_alloc_file, sock, flags);
  if (!dname) dname = sock->sk ? reinterpret_cast<const char*>(sock->sk->__sk_common.skc_prot->name) : "";
  const file* f = alloc_file_pseudo(SOCK_INODE(sock), *sock_mnt, dname, static_cast<int>(O_RDWR | (flags & O_NONBLOCK)),
                                    socket_file_ops);
  if (IS_ERR(f)) {
    sock_release(sock);
    return call.result(f);
  }
  set(sock->file, f);
  set(f->private_data, sock);
  stream_open(SOCK_INODE(sock), f);
  return call.result(f);
}

static int sock_map_fd(const socket* sock, int flags) {
  KFUNC(sock_map_fd, sock, flags);
  const int fd = get_unused_fd_flags(static_cast<u32>(flags));
  if (fd < 0) {
    sock_release(sock);
    return call.result(fd);
  }
  const file* newfile = sock_alloc_file(sock, flags, nullptr);
  if (IS_ERR(newfile)) {
    put_unused_fd(static_cast<u32>(fd));
    return call.result(static_cast<int>(PTR_ERR(newfile)));
  }
  fd_install(static_cast<u32>(fd), newfile);
  return call.result(fd);
}

int sock_create(int family, int type, int protocol, const socket** res) {
  return __sock_create(current_net_ns(), family, type, protocol, res, 0);
}

int __sys_socket(int family, int type, int protocol) {
  KFUNC(__sys_socket, family, type, protocol);
  const int flags = type & ~SOCK_TYPE_MASK;
  if (flags & ~(SOCK_CLOEXEC | SOCK_NONBLOCK)) return call.result(-EINVAL);
  const socket* sock = nullptr;
  const int err = sock_create(family, type & SOCK_TYPE_MASK, protocol, &sock);
  if (err < 0) return call.result(err);
  return call.result(sock_map_fd(sock, flags));
}

s64 __x64_sys_socket(int family, int type, int protocol) {
  KFUNC(__x64_sys_socket, family, type, protocol);
  return call.result(static_cast<s64>(__sys_socket(family, type, protocol)));
}

// ---- from a descriptor to its socket
const socket* sock_from_file(const file* f) {
  return f->f_op.get() == socket_file_ops.get() ? static_cast<const socket*>(f->private_data.get()) : nullptr;
}

const socket* sockfd_lookup_light(int fd, int* err, int* fput_needed) {
  KFUNC(sockfd_lookup_light, fd);
  *err = -EBADF;
  const file* f = __fdget(static_cast<u32>(fd), fput_needed);
  if (!f) return call.result(static_cast<const socket*>(nullptr));
  const socket* sock = sock_from_file(f);
  if (!sock) {
    *err = -ENOTSOCK;
    fput_light(f, *fput_needed);
  }
  return call.result(sock);
}

// ---- families
int sock_register(const net_proto_family* ops) {
  KFUNC(sock_register, ops);
  if (ops->family >= NPROTO) return call.result(-ENOBUFS);
  if (net_families[ops->family]) return call.result(-EEXIST);
  set(net_families[ops->family], ops);
  NOTE("family.registered", ops->family, ops);
  return call.result(0);
}

void sock_unregister(int family) {
  KFUNC(sock_unregister, family);
  set(net_families[family], nullptr);
}

static void init_inodecache() {
  KFUNC(init_inodecache);
  set(*sock_inode_cachep, kmem_cache_create("sock_inode_cache", sizeof(socket_alloc), 64));
}

int sock_init() {
  KFUNC(sock_init);
  skb_init();
  init_inodecache();
  set(*sock_mnt, kern_mount("sockfs", sockfs_ops, sockfs_dentry_operations, SOCKFS_MAGIC));
  return call.result(0);
}

void image_socket() {
  set(sockfs_ops->alloc_inode, fn<sock_alloc_inode>);
  set(sockfs_ops->free_inode, fn<sock_free_inode>);
  set(sockfs_ops->statfs, unbuilt<"simple_statfs">);
  set(sockfs_dentry_operations->d_dname, unbuilt<"sockfs_dname">);
  set(sockfs_inode_ops->listxattr, unbuilt<"sockfs_listxattr">);
  set(sockfs_inode_ops->setattr, unbuilt<"sockfs_setattr">);
  set(socket_file_ops->release, fn<sock_close>);
}

} // namespace sockwalk::kernel
