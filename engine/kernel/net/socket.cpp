// The socket layer: from a descriptor to a socket and from there, through sock->ops, to the family that made it.
// A socket is an inode of sockfs (struct socket_alloc holds both), so that it can stand behind a struct file.
#include "engine/kernel/include/linux/fs.h"
#include "engine/kernel/include/linux/module.h"
#include "engine/kernel/include/linux/printk.h"
#include "engine/kernel/include/linux/rcupdate.h"
#include "engine/kernel/include/linux/security.h"
#include "engine/kernel/include/linux/skbuff.h"
#include "engine/kernel/include/net/sock.h"
#include "engine/kernel/init/image.h"
#include "engine/kernel/net/socket_internal.h"
#include "engine/kernel/syscalls.h"
#include "engine/memory/constants/files.h"
#include <algorithm>

namespace sockwalk::kernel {

Global<kptr<net_proto_family>[NPROTO]> net_families { "net_families" };
Global<kptr<vfsmount>> sock_mnt{"sock_mnt"};
Global<file_operations> socket_file_ops{"socket_file_ops"};
static Global<kptr<kmem_cache>> sock_inode_cachep{"sock_inode_cachep"};
static Global<file_system_type> sock_fs_type{"sock_fs_type"};
static Global<super_operations> sockfs_ops{"sockfs_ops"};
static Global<dentry_operations> sockfs_dentry_operations{"sockfs_dentry_operations"};
static Global<inode_operations> sockfs_inode_ops{"sockfs_inode_ops"};

// ---- birth
// Two objects in one: the inode by which the file system knows the socket, and the socket itself.
static const inode* sock_alloc_inode(const super_block* sb) {
  KFUNC(sock_alloc_inode, sb);
  const auto* both = kmem_cache_alloc<socket_alloc>(*sock_inode_cachep, GFP_KERNEL | __GFP_ZERO);
  if (!both) return call.result<const inode*>(nullptr);
  const socket& fresh = both->socket;
  init_waitqueue_head(&fresh.wq.wait); // who sleeps on it, once somebody does
  set(fresh.wq.fasync_list, nullptr);
  set(fresh.wq.flags, 0);
  set(fresh.state, SS_UNCONNECTED);
  set(fresh.flags, 0);
  return call.result<const inode*>(&both->vfs_inode);
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

// The family takes its part back. Then the inode goes: now, if the socket never had a file; else the file that is being
// closed lets go of it afterwards, and only the way from the socket to that file is cut here.
static void __sock_release(const socket* sock, const inode* inode) {
  KFUNC(__sock_release, sock, inode);
  if (const proto_ops* family = sock->ops) {
    const struct module* owner = family->owner; // where the table lies may be gone with it
    family->release(sock);
    set(sock->sk, nullptr);
    set(sock->ops, nullptr);
    module_put(owner);
  }
  const bool neverOpened = !sock->file;
  if (neverOpened) iput(SOCK_INODE(sock));
  else set(sock->file, nullptr);
}

void sock_release(const socket* sock) { __sock_release(sock, nullptr); }

// Called by the last fput() of a socket's file.
static s32 sock_close(const inode* inode, const file* filp) {
  KFUNC(sock_close, inode, filp);
  __sock_release(SOCKET_I(inode), inode);
  return call.result(0);
}

// Families that the recorded machine's Linux (Debian 12) has and this one has not.
static void noteMissingFamily(int family) {
  static constexpr int BuiltIn[] = {10 /* INET6 */, 44 /* XDP */};
  static constexpr int Modules[] = {3 /* AX25 */,       5 /* APPLETALK */, 6 /* NETROM */,   8 /* ATMPVC */,
                                    11 /* ROSE */,      15 /* KEY */,      20 /* ATMSVC */,  21 /* RDS */,
                                    24 /* PPPOX */,     26 /* LLC */,      29 /* CAN */,     30 /* TIPC */,
                                    31 /* BLUETOOTH */, 33 /* RXRPC */,    35 /* PHONET */,  36 /* IEEE802154 */,
                                    39 /* NFC */,       40 /* VSOCK */,    42 /* QIPCRTR */, 43 /* SMC */};
  const bool builtIn = std::ranges::find(BuiltIn, family) != std::end(BuiltIn);
  if (builtIn || std::ranges::find(Modules, family) != std::end(Modules))
    NOTE("socket.family_not_simulated", family, builtIn);
  else NOTE("socket.no_family", family);
}

static bool inRange(int n, int end) { return n >= 0 && n < end; }

// The family's table entry, with its module held; if there is none, user mode may have a module that brings it.
static const net_proto_family* holdFamily(int family) {
  if (!net_families[family]) request_module("net-pf-" + std::to_string(family));
  const net_proto_family* maker = net_families[family];
  if (!maker) noteMissingFamily(family);
  return maker && try_module_get(maker->owner) ? maker : nullptr;
}

// The family hangs its own half (a struct sock) onto the socket, or says why it will not. From then on it is the socket
// that holds the module, by the table of its calls, and no longer this function.
static int createInFamily(const net* net, const socket* sock, int family, int protocol, int kern) {
  const net_proto_family* maker = holdFamily(family);
  if (!maker) return -EAFNOSUPPORT;
  NOTE("socket.family", family, maker);
  int err = maker->create(net, sock, protocol, kern);
  if (err < 0) set(sock->sk, nullptr); // what it began it has freed already: nobody may follow the pointers there
  else err = try_module_get(sock->ops->owner) ? 0 : -EAFNOSUPPORT;
  if (err < 0) set(sock->ops, nullptr);
  module_put(maker->owner);
  return err;
}

// What packet sockets were before 1999. The kernel says so in its log, of the first program that does it.
static Global<u8[1]> said{"__already_done.packet_in_inet"};
static int familyMeant(int family, int type) {
  if (family != PF_INET || type != SOCK_PACKET) return family;
  NOTE("socket.packet_in_inet", said[0] == 0);
  if (!said[0]) {
    set(said[0], u8(1));
    _printk("a program uses obsolete (PF_INET,SOCK_PACKET)");
  }
  return PF_PACKET;
}

// The heart of socket(2): a generic half that every family shares (sock_alloc), and the family's own (its create). The
// security module is asked twice: before anything exists, and once there is something to label.
int __sock_create(const net* net, int family, int type, int protocol, const socket** res, int kern) {
  KFUNC(__sock_create, net, family, type, protocol, kern);
  if (!inRange(family, NPROTO)) return call.result(-EAFNOSUPPORT);
  if (!inRange(type, SOCK_MAX)) return call.result(-EINVAL);
  family = familyMeant(family, type);
  if (const int refused = security_socket_create(family, type, protocol, kern)) return call.result(refused);

  const socket* sock = sock_alloc();
  if (!sock) return call.result(-ENFILE); // no memory for it, but sockets know no nearer error
  set(sock->type, type);
  int err = createInFamily(net, sock, family, protocol, kern);
  if (!err) err = security_socket_post_create(sock, family, type, protocol, kern);
  if (err) sock_release(sock);
  else *res = sock;
  return call.result(err);
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
static const char* protocolName(const socket* sock) {
  return sock->sk ? reinterpret_cast<const char*>(sock->sk->__sk_common.skc_prot->name) : "";
}

// From here on the file owns the socket: closing the one releases the other. So if there is no file, it is released
// here.
const file* sock_alloc_file(const socket* sock, int flags, const char* dname) {
  KFUNC(sock_alloc_file, sock, flags);
  const char* shown = dname ? dname : protocolName(sock);
  const u32 mode = O_RDWR | (static_cast<u32>(flags) & O_NONBLOCK);
  const inode* inode = SOCK_INODE(sock);
  const file* opened = alloc_file_pseudo(inode, *sock_mnt, shown, static_cast<int>(mode), socket_file_ops);
  if (IS_ERR(opened)) {
    sock_release(sock);
    return call.result(opened);
  }
  set(sock->file, opened);
  set(opened->private_data, sock);
  stream_open(inode, opened);
  return call.result(opened);
}

// A descriptor for the socket. Without one it is of no use to anybody, and goes.
static int sock_map_fd(const socket* sock, int flags) {
  KFUNC(sock_map_fd, sock, flags);
  INLINED();
  const NewDescriptor place(flags);
  if (place.none()) {
    sock_release(sock);
    return call.result(place.number);
  }
  return call.result(place.fill(sock_alloc_file(sock, flags, nullptr)));
}

int sock_create(int family, int type, int protocol, const socket** res) {
  KFUNC(sock_create, family, type, protocol);
  INLINED();
  return call.result(__sock_create(current_net_ns(), family, type, protocol, res, 0));
}

int __sys_socket(int family, int type, int protocol) {
  KFUNC(__sys_socket, family, type, protocol);
  const int flags = type & ~SOCK_TYPE_MASK; // they stand in the same word as the type, above it
  if (!onlyFileFlags(flags)) return call.result(-EINVAL);
  const socket* made = nullptr;
  const int err = sock_create(family, type & SOCK_TYPE_MASK, protocol, &made);
  return call.result(err < 0 ? err : sock_map_fd(made, flags));
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
  const file* open = __fdget(static_cast<u32>(fd), fput_needed);
  const socket* sock = open ? sock_from_file(open) : nullptr;
  if (!sock) *err = open ? -ENOTSOCK : -EBADF;
  if (open && !sock) fput_light(open, *fput_needed);
  return call.result(sock);
}

// ---- families
int sock_register(const net_proto_family* ops) {
  KFUNC(sock_register, ops);
  if (ops->family >= NPROTO) return call.result(-ENOBUFS);
  if (net_families[ops->family]) return call.result(-EEXIST);
  set(net_families[ops->family], ops);
  NOTE("family.registered", ops->family, ops);
  if (machine().current()) _printk("NET: a protocol family is registered"); // at boot there is no log to be read yet
  return call.result(0);
}

void sock_unregister(int family) {
  KFUNC(sock_unregister, family);
  set(net_families[family], nullptr);
  NOTE("family.unregistered", family);
  _printk("NET: a protocol family is unregistered");
}

static void init_inodecache() {
  KFUNC(init_inodecache);
  set(*sock_inode_cachep, kmem_cache_create("sock_inode_cache", sizeof(socket_alloc), 64));
}

int sock_init() {
  KFUNC(sock_init);
  skb_init();
  init_inodecache();
  register_filesystem(sock_fs_type);
  set(*sock_mnt, kern_mount("sockfs", sockfs_ops, sockfs_dentry_operations, SOCKFS_MAGIC));
  return call.result(0);
}

void image_socket() {
  set(sock_fs_type->name, machine().rodata("sockfs"));
  set(sock_fs_type->init_fs_context, unbuilt<"sockfs_init_fs_context">);
  set(sock_fs_type->kill_sb, unbuilt<"kill_anon_super">);
  set(sockfs_ops->alloc_inode, fn<sock_alloc_inode>);
  set(sockfs_ops->free_inode, fn<sock_free_inode>);
  set(sockfs_ops->statfs, unbuilt<"simple_statfs">);
  set(sockfs_dentry_operations->d_dname, unbuilt<"sockfs_dname">);
  set(sockfs_inode_ops->listxattr, unbuilt<"sockfs_listxattr">);
  set(sockfs_inode_ops->setattr, unbuilt<"sockfs_setattr">);
  set(socket_file_ops->release, fn<sock_close>);
}

} // namespace sockwalk::kernel
