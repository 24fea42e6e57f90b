// The socket layer: what net/socket.cpp gives to the rest of the kernel. Source: include/linux/net.h.
#pragma once
#include "engine/kernel/include/linux/list.h"
#include "engine/kernel/include/linux/slab.h"
#include "engine/kernel/include/linux/socket.h"
#include "engine/memory/constants/socket.h"

namespace sockwalk::kernel {

extern Global<kptr<net_proto_family>[NPROTO]> net_families;
extern Global<file_operations> socket_file_ops;
extern Global<kptr<vfsmount>> sock_mnt;

int sock_register(const net_proto_family* ops);
void sock_unregister(int family);
const socket* sock_alloc();
void sock_release(const socket* sock);
int __sock_create(const net* net, int family, int type, int protocol, const socket** res, int kern);
int sock_create(int family, int type, int protocol, const socket** res);
int sock_create_lite(int family, int type, int protocol, const socket** res);
const file* sock_alloc_file(const socket* sock, int flags, const char* dname);
const socket* sock_from_file(const file* file);
void __receive_sock(const file* file);                 // a file that came from another process, if it is a socket
void sock_graft(const sock* sk, const socket* parent); // the new file's socket and the connection find each other
int sock_recvmsg(const socket* sock, const msghdr* msg, int flags);

// Fills `size` bytes at `at` with random bytes the first time it is asked; `done` is the flag that says it was.
bool net_get_random_once(const void* at, u32 size, const u32& done);

int sock_sendmsg(const socket* sock, const msghdr* msg); // net/socket_send.cpp
int kernel_sendmsg(const socket* sock, const msghdr* msg, const iovec* vec, u64 num, u64 size);

} // namespace sockwalk::kernel
