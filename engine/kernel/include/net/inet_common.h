// What the operations of all IPv4 sockets have in common: the functions that struct proto_ops names.
// Source: include/net/inet_common.h.
#pragma once
#include "engine/kernel/include/linux/kernel.h"

namespace sockwalk::kernel {

// ---- sockets of the kernel itself, and what they answer with
int inet_ctl_sock_create(const sock** sk, u16 family, u16 type, u8 protocol, const net* net);

// ---- the calls
int inet_listen(const socket* sock, s32 backlog);
int inet_accept(const socket* sock, const socket* newsock, s32 flags, bool kern);
void __inet_accept(const socket* sock, const socket* newsock, const struct sock* newsk);
int inet_stream_connect(const socket* sock, const sockaddr* uaddr, s32 addr_len, s32 flags);
int __inet_stream_connect(const socket* sock, const sockaddr* uaddr, int addr_len, int flags, int is_sendmsg);

// ---- sending
int inet_sendmsg(const socket* sock, const msghdr* msg, u64 size);
int inet_dgram_connect(const socket* sock, const sockaddr* uaddr, int addr_len, int flags);

// ---- sockets of IPv4
int inet_release(const socket* sock);
int inet_bind(const socket* sock, const sockaddr* uaddr, int addr_len);
int __inet_bind(const sock* sk, const sockaddr* uaddr, int addr_len, u32 flags);
int inet_getname(const socket* sock, const sockaddr* uaddr, int peer);
int inet_recvmsg(const socket* sock, const msghdr* msg, u64 size, int flags);
int inet_send_prepare(const sock* sk);
void confirmIfProbed(const msghdr* msg, const rtable* rt, const u32* daddr); // MSG_CONFIRM | MSG_PROBE
int inet_ioctl(const socket* sock, u32 cmd, u64 arg);
int inet_shutdown(const socket* sock, int how);
s64 inet_sendpage(const socket* sock, const page* page, s32 offset, u64 size, s32 flags);
void inet_sock_destruct(const sock* sk);

// ---- the error queue: what happened to packets that were sent, read with MSG_ERRQUEUE
int inet_recv_error(const sock* sk, const msghdr* msg, int len, s32* addr_len);

const sk_buff* inet_gso_segment(const sk_buff* skb, u64 features);

} // namespace sockwalk::kernel
