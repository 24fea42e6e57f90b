// Sockets as files and families see them. Source: include/linux/net.h.
#pragma once
#include "engine/kernel26/include/linux/fs.h"
#include "engine/memory/constants/socket.h"

namespace sockwalk::kernel26 {

// The inode by which the file system knows the socket, and back.
inline const inode* SOCK_INODE(const socket* sock) { return &container_of(sock, socket_alloc, socket)->vfs_inode; }
inline const socket* SOCKET_I(const inode* inode) { return &container_of(inode, socket_alloc, vfs_inode)->socket; }

void image_socket();
void sock_init();
int sock_register(const net_proto_family* ops);
int sock_create(int family, int type, int protocol, const socket** res);
void sock_release(const socket* sock);
int sock_map_fd(const socket* sock); // the descriptor, or -errno
// The socket behind a descriptor, and a reference to its file, which fput() gives back; nullptr: *err.
const socket* sockfd_lookup(int fd, int* err);

s64 sys_socketcall(int call, u64 args); // args: user memory with as many words as the call has arguments
int sys_socket(int family, int type, int protocol);
int sys_bind(int fd, u64 umyaddr, int addrlen);
int sys_listen(int fd, int backlog);

} // namespace sockwalk::kernel26
