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

int sys_socket(int family, int type, int protocol);

} // namespace sockwalk::kernel26
