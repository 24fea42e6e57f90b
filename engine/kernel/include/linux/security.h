// The hooks where a security module may object. This kernel has none that does. Source: include/linux/security.h.
#pragma once
#include "engine/kernel/include/linux/slab.h"

namespace sockwalk::kernel {

int security_capable(const cred* cred, const user_namespace* ns, int cap, u32 opts);
int security_socket_create(int family, int type, int protocol, int kern);
int security_socket_post_create(const socket* sock, int family, int type, int protocol, int kern);
int security_socket_socketpair(const socket* a, const socket* b);
int security_socket_bind(const socket* sock, const sockaddr* address, int addrlen);
int security_socket_connect(const socket* sock, const sockaddr* address, int addrlen);
int security_socket_listen(const socket* sock, int backlog);
int security_socket_accept(const socket* sock, const socket* newsock);
int security_socket_sendmsg(const socket* sock, const msghdr* msg, int size);
int security_socket_recvmsg(const socket* sock, const msghdr* msg, int size, int flags);
int security_socket_getsockname(const socket* sock);
int security_socket_getpeername(const socket* sock);
int security_socket_getsockopt(const socket* sock, int level, int optname);
int security_socket_setsockopt(const socket* sock, int level, int optname);
int security_socket_shutdown(const socket* sock, int how);
int security_sock_rcv_skb(const sock* sk, const sk_buff* skb);
int security_sk_alloc(const sock* sk, int family, u32 priority);
void security_sk_free(const sock* sk);
void security_sk_classify_flow(const sock* sk, const flowi_common* flic);
void security_skb_classify_flow(const sk_buff* skb, const flowi_common* flic);
void security_req_classify_flow(const request_sock* req, const flowi_common* flic);
int security_inet_conn_request(const sock* sk, const sk_buff* skb, const request_sock* req);
void security_inet_csk_clone(const sock* newsk, const request_sock* req);
void security_inet_conn_established(const sock* sk, const sk_buff* skb);
void security_sk_clone(const sock* sk, const sock* newsk);
void security_sock_graft(const sock* sk, const socket* parent);
void security_inode_free(const inode* inode);

// ---- local sockets: security/security_unix.cpp
int security_unix_stream_connect(const sock* sock, const struct sock* other, const struct sock* newsk);
int security_unix_may_send(const socket* sock, const socket* other);
void security_socket_getpeersec_dgram(const socket* sock); // a label for the message, if a module keeps such
int security_path_mknod(const path* dir, const dentry* dentry);
int security_path_unlink(const path* dir, const dentry* dentry);

int security_kernel_module_request(const char* kmod_name);
int security_mmap_file(const file* f, u64 prot, u64 flags);

int security_xfrm_decode_session(const sk_buff* skb, const flowi_common* flic);

} // namespace sockwalk::kernel
