// What the files of net/unix share and nobody else needs.
#pragma once
#include "engine/kernel/include/linux/fs.h"
#include "engine/kernel/include/net/af_unix.h"
#include "engine/memory/constants/files.h"

namespace sockwalk::kernel {

constexpr s32 SunPathAt = offsetof(sockaddr_un, sun_path); // an address of this length has no name
constexpr u32 WriterEvents = EPOLLOUT | EPOLLWRNORM | EPOLLWRBAND;

// ---- af_unix.cpp: a socket's life
const sock* unix_create1(const net* net, const socket* sock, int kern, int type);
void unix_release_sock(const sock* sk, int embrion);
void init_peercred(const sock* sk);
inline bool connects(const sock* sk) { return sk->sk_type == SOCK_STREAM || sk->sk_type == SOCK_SEQPACKET; }
inline bool isDead(const sock* sk) { return sock_flag(sk, SOCK_DEAD); }
inline bool unix_recvq_full_lockless(const sock* sk) {
  return skb_queue_len(&sk->sk_receive_queue) > sk->sk_max_ack_backlog;
}

// ---- af_unix_names.cpp
int unix_validate_addr(const sockaddr_un* sunaddr, int addr_len);
// The socket that has this name, with a reference; an error as a pointer if there is none of this type.
const sock* unix_find_other(const net* net, const sockaddr_un* sunaddr, int addr_len, int type);
int unix_autobind(const sock* sk);
void unix_remove_bsd_socket(const sock* sk);
void unix_release_addr(const unix_address* addr);
void unix_copy_addr(const msghdr* msg, const sock* sk); // the sender's name for the receiver
s32 unix_bind(const socket* sock, const sockaddr* uaddr, s32 addr_len);
s32 unix_getname(const socket* sock, const sockaddr* uaddr, s32 peer);

// ---- af_unix_connect.cpp
const sock* unix_peer_get(const sock* sk); // with a reference; nullptr
s64 unix_wait_for_peer(const sock* other, s64 timeo);
s32 unix_listen(const socket* sock, s32 backlog);
s32 unix_stream_connect(const socket* sock, const sockaddr* uaddr, s32 addr_len, s32 flags);
s32 unix_accept(const socket* sock, const socket* newsock, s32 flags, bool kern);

// ---- af_unix_dgram_peer.cpp: the peers of datagram sockets, and waiting for room in their queues
s32 unix_dgram_connect(const socket* sock, const sockaddr* addr, s32 alen, s32 flags);
void unix_dgram_disconnected(const sock* sk, const sock* other);
void unix_dgram_peer_wake_disconnect(const sock* sk, const sock* other);
void unix_dgram_peer_wake_disconnect_wakeup(const sock* sk, const sock* other);
int unix_dgram_peer_wake_me(const sock* sk, const sock* other); // 1: no room, and the socket will be told
s32 unix_dgram_peer_wake_relay(const wait_queue_entry* q, u32 mode, s32 flags, const void* key);
inline bool unix_may_send(const sock* sk, const sock* other) { // a peer that has a peer listens to that one only
  return !unix_peer(other) || unix_peer(other) == sk;
}

// ---- af_unix_scm.cpp: what a packet carries besides its bytes
int unix_scm_to_skb(const scm_cookie* scm, const sk_buff* skb, bool send_fds);
void maybe_add_creds(const sk_buff* skb, const socket* sock, const struct sock* other);
int maybe_init_creds(const scm_cookie* scm, const socket* socket, const struct sock* other);
bool unix_skb_scm_eq(const sk_buff* skb, const scm_cookie* scm); // the same sender?
void scm_stat_add(const sock* sk, const sk_buff* skb);
void scm_stat_del(const sock* sk, const sk_buff* skb);
void unix_detach_fds(const scm_cookie* scm, const sk_buff* skb);
void unix_peek_fds(const scm_cookie* scm, const sk_buff* skb);

// ---- af_unix_stream.cpp, af_unix_read.cpp, af_unix_dgram.cpp
// The packet's bytes from the program: `linear` of them beside its head, the others in its pages. 0 or -errno.
int unix_fill_skb(const sk_buff* skb, u32 linear, u32 size, const msghdr* msg);
void unix_queue(const sk_buff* skb, const socket* sock, const struct sock* other); // into the receiver's queue
s32 unix_stream_sendmsg(const socket* sock, const msghdr* msg, u64 len);
s64 unix_stream_sendpage(const socket* socket, const page* page, s32 offset, u64 size, s32 flags);
s32 unix_stream_recvmsg(const socket* sock, const msghdr* msg, u64 size, s32 flags);
s32 unix_dgram_sendmsg(const socket* sock, const msghdr* msg, u64 len);
s32 unix_dgram_recvmsg(const socket* sock, const msghdr* msg, u64 size, s32 flags);
s32 unix_seqpacket_sendmsg(const socket* sock, const msghdr* msg, u64 len);
s32 unix_seqpacket_recvmsg(const socket* sock, const msghdr* msg, u64 size, s32 flags);

// ---- af_unix_poll.cpp
bool unix_writable(const sock* sk);
s32 unix_shutdown(const socket* sock, s32 mode);
s32 unix_ioctl(const socket* sock, u32 cmd, u64 arg);
u32 unix_poll(const file* file, const socket* sock, const poll_table_struct* wait);
u32 unix_dgram_poll(const file* file, const socket* sock, const poll_table_struct* wait);
s32 unix_set_peek_off(const sock* sk, s32 val);

void image_unix_gc();

} // namespace sockwalk::kernel
