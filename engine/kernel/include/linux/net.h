// The socket layer: what net/socket.cpp gives to the rest of the kernel. Source: include/linux/net.h.
#pragma once
#include "engine/kernel/include/linux/list.h"
#include "engine/kernel/include/linux/slab.h"
#include "engine/kernel/include/linux/socket.h"

namespace sockwalk::kernel {

extern Global<kptr<net_proto_family>[NPROTO]> net_families;
extern Global<file_operations> socket_file_ops;
extern Global<kptr<vfsmount>> sock_mnt;
void image_socket();
void image_splice(); // sendpage: fs/splice.cpp
int sock_init();

inline const socket* SOCKET_I(const inode* inode) { return &container_of(inode, socket_alloc, vfs_inode)->socket; }
inline const inode* SOCK_INODE(const socket* sock) { return &container_of(sock, socket_alloc, socket)->vfs_inode; }

int sock_register(const net_proto_family* ops);
void sock_unregister(int family);
const socket* sock_alloc();
void sock_release(const socket* sock);
int __sock_create(const net* net, int family, int type, int protocol, const socket** res, int kern);
int sock_create(int family, int type, int protocol, const socket** res);
int sock_create_lite(int family, int type, int protocol, const socket** res);
const file* sock_alloc_file(const socket* sock, int flags, const char* dname);
const socket* sock_from_file(const file* file);
// The socket behind a descriptor; *fput_needed says whether fput_light() must be called after. nullptr: *err.
const socket* sockfd_lookup_light(int fd, int* err, int* fput_needed);
int sock_recvmsg(const socket* sock, const msghdr* msg, int flags);
int move_addr_to_kernel(u64 uaddr, int ulen, const __kernel_sockaddr_storage* kaddr);
int move_addr_to_user(const __kernel_sockaddr_storage* kaddr, int klen, u64 uaddr, u64 ulen);
// A user buffer as the one segment of msg->msg_iter. `iov` lives as long as the message.
// A user_msghdr and its buffers; the caller frees *vector. 0 or -errno.
int copy_msghdr_from_user(const msghdr* kmsg, u64 umsg, const iovec** vector,
                          const __kernel_sockaddr_storage* sender = nullptr);
s64 import_iovec(int rw, u64 from, u32 count, const iovec** vector, const iov_iter* i);
int import_single_range(int rw, u64 buf, u64 len, const iovec* iov, const iov_iter* i);

int __sys_socket(int family, int type, int protocol);
int __sys_bind(int fd, u64 umyaddr, int addrlen);

} // namespace sockwalk::kernel
