// The places where a security module is asked. AppArmor, as Debian runs it, confines no task here: every hook agrees,
// and each sock carries the module's small label.
#include "engine/kernel/include/linux/security.h"
#include "engine/kernel/include/linux/list.h"

namespace sockwalk::kernel {

constexpr u32 AppArmorLabelSize = 16;

int security_capable(const cred* cred, const user_namespace* ns, int cap, u32 opts) {
  KFUNC(security_capable, cred, ns, cap, opts);
  return call.result(cred->cap_effective.cap[cap / 32] >> cap % 32 & 1 ? 0 : -EPERM);
}
int security_kernel_module_request(const char* kmod_name) {
  KFUNC(security_kernel_module_request, kmod_name);
  return call.result(0);
}
int security_mmap_file(const file* f, u64 prot, u64 flags) {
  KFUNC(security_mmap_file, f, prot, flags);
  return call.result(0);
}
int security_socket_create(int family, int type, int protocol, int kern) {
  KFUNC(security_socket_create, family, type, protocol, kern);
  return call.result(0);
}
int security_socket_post_create(const socket* sock, int family, int type, int protocol, int kern) {
  KFUNC(security_socket_post_create, sock, family, type, protocol, kern);
  return call.result(0);
}
int security_socket_socketpair(const socket* a, const socket* b) {
  KFUNC(security_socket_socketpair, a, b);
  return call.result(0);
}
int security_socket_bind(const socket* sock, const sockaddr* address, int addrlen) {
  KFUNC(security_socket_bind, sock, address, addrlen);
  return call.result(0);
}
int security_socket_connect(const socket* sock, const sockaddr* address, int addrlen) {
  KFUNC(security_socket_connect, sock, address, addrlen);
  return call.result(0);
}
int security_socket_listen(const socket* sock, int backlog) {
  KFUNC(security_socket_listen, sock, backlog);
  return call.result(0);
}
int security_socket_accept(const socket* sock, const socket* newsock) {
  KFUNC(security_socket_accept, sock, newsock);
  return call.result(0);
}
int security_socket_sendmsg(const socket* sock, const msghdr* msg, int size) {
  KFUNC(security_socket_sendmsg, sock, msg, size);
  return call.result(0);
}
int security_socket_recvmsg(const socket* sock, const msghdr* msg, int size, int flags) {
  KFUNC(security_socket_recvmsg, sock, msg, size, flags);
  return call.result(0);
}
int security_socket_getsockname(const socket* sock) {
  KFUNC(security_socket_getsockname, sock);
  return call.result(0);
}
int security_socket_getpeername(const socket* sock) {
  KFUNC(security_socket_getpeername, sock);
  return call.result(0);
}
int security_socket_getsockopt(const socket* sock, int level, int optname) {
  KFUNC(security_socket_getsockopt, sock, level, optname);
  return call.result(0);
}
int security_socket_setsockopt(const socket* sock, int level, int optname) {
  KFUNC(security_socket_setsockopt, sock, level, optname);
  return call.result(0);
}
int security_socket_shutdown(const socket* sock, int how) {
  KFUNC(security_socket_shutdown, sock, how);
  return call.result(0);
}
int security_sock_rcv_skb(const sock* sk, const sk_buff* skb) {
  KFUNC(security_sock_rcv_skb, sk, skb);
  return call.result(0);
}
int security_sk_alloc(const sock* sk, int family, u32 priority) {
  KFUNC(security_sk_alloc, sk, family, priority);
  const u8* label = kmallocBuffer(AppArmorLabelSize, priority);
  if (!label) return call.result(-ENOMEM);
  setAddress(&sk->sk_security, label);
  return call.result(0);
}
void security_sk_free(const sock* sk) {
  KFUNC(security_sk_free, sk);
  kfree(sk->sk_security.get());
  set(sk->sk_security, nullptr);
}
void security_sk_classify_flow(const sock* sk, const flowi_common* flic) { KFUNC(security_sk_classify_flow, sk, flic); }

} // namespace sockwalk::kernel
