// Sockets as files and families see them. Source: include/linux/net.h.
#pragma once
#include "engine/kernel26/include/linux/fs.h"
#include "engine/memory/constants/socket.h"

namespace sockwalk::kernel26 {

constexpr int NPROTO = 32;                 // families that there is room for
constexpr int SOCK_MAX = SOCK_PACKET + 1;  // types of sockets
constexpr u32 MAX_SOCK_ADDR = 128;         // bytes of the longest address

// What the first argument of socketcall() asks for.
enum SocketCall : int {
  SYS_SOCKET = 1,
  SYS_BIND = 2,
  SYS_CONNECT = 3,
  SYS_LISTEN = 4,
  SYS_ACCEPT = 5,
  SYS_GETSOCKNAME = 6,
  SYS_GETPEERNAME = 7,
  SYS_SOCKETPAIR = 8,
  SYS_SEND = 9,
  SYS_RECV = 10,
  SYS_SENDTO = 11,
  SYS_RECVFROM = 12,
  SYS_SHUTDOWN = 13,
  SYS_SETSOCKOPT = 14,
  SYS_GETSOCKOPT = 15,
  SYS_SENDMSG = 16,
  SYS_RECVMSG = 17,
};

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
