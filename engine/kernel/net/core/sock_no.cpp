// What a family answers to calls that make no sense for it, and the tables' way from a socket to its protocol.
#include "engine/kernel/include/net/inet_sock.h"
#include "engine/memory/constants/socket.h"

namespace sockwalk::kernel {

int sock_no_bind(const socket* sock, const sockaddr*, int len) {
  KFUNC(sock_no_bind, sock, len);
  return call.result(-EOPNOTSUPP);
}
int sock_no_connect(const socket* sock, const sockaddr*, int len, int flags) {
  KFUNC(sock_no_connect, sock, len, flags);
  return call.result(-EOPNOTSUPP);
}
int sock_no_socketpair(const socket* sock1, const socket* sock2) {
  KFUNC(sock_no_socketpair, sock1, sock2);
  return call.result(-EOPNOTSUPP);
}
int sock_no_accept(const socket* sock, const socket* newsock, int flags, bool kern) {
  KFUNC(sock_no_accept, sock, newsock, flags, kern);
  return call.result(-EOPNOTSUPP);
}
int sock_no_listen(const socket* sock, int backlog) {
  KFUNC(sock_no_listen, sock, backlog);
  return call.result(-EOPNOTSUPP);
}
int sock_no_shutdown(const socket* sock, int how) {
  KFUNC(sock_no_shutdown, sock, how);
  return call.result(-EOPNOTSUPP);
}
int sock_no_getname(const socket* sock, const sockaddr*, int peer) {
  KFUNC(sock_no_getname, sock, peer);
  return call.result(-EOPNOTSUPP);
}
int sock_no_ioctl(const socket* sock, u32 cmd, u64 arg) {
  KFUNC(sock_no_ioctl, sock, cmd, arg);
  return call.result(-EOPNOTSUPP);
}
int sock_no_sendmsg(const socket* sock, const msghdr* m, u64 len) {
  KFUNC(sock_no_sendmsg, sock, m, len);
  return call.result(-EOPNOTSUPP);
}
int sock_no_recvmsg(const socket* sock, const msghdr* m, u64 len, int flags) {
  KFUNC(sock_no_recvmsg, sock, m, len, flags);
  return call.result(-EOPNOTSUPP);
}
// As if there were no such slot: the file is none that can be mapped.
int sock_no_mmap(const file* file, const socket* sock, const vm_area_struct* vma) {
  KFUNC(sock_no_mmap, file, sock, vma);
  return call.result(-ENODEV);
}
// A protocol that cannot take pages gets a copy.
s64 sock_no_sendpage(const socket* sock, const page* page, int offset, u64 size, int flags) {
  KFUNC(sock_no_sendpage, sock, page, offset, size, flags);
  OnStack<msghdr> msg;
  OnStack<iovec> piece;
  set(piece->iov_base.value, Arena::address(page_address(page) + offset));
  set(piece->iov_len, size);
  set(msg->msg_flags, static_cast<u32>(flags));
  return call.result(static_cast<s64>(kernel_sendmsg(sock, msg, piece, 1, size)));
}

int sock_common_setsockopt(const socket* sock, int level, int optname, const sockptr_t& optval, u32 optlen) {
  KFUNC(sock_common_setsockopt, sock, level, optname, optlen);
  return call.result(sock->sk->sk_prot->setsockopt(sock->sk, level, optname, optval, optlen));
}
int sock_common_getsockopt(const socket* sock, int level, int optname, u8* optval, s32* optlen) {
  KFUNC(sock_common_getsockopt, sock, level, optname);
  return call.result(sock->sk->sk_prot->getsockopt(sock->sk, level, optname, optval, optlen));
}

int sock_common_recvmsg(const socket* sock, const msghdr* msg, u64 size, int flags) {
  KFUNC(sock_common_recvmsg, sock, msg, size, flags);
  s32 nameLength = 0;
  const int got = sock->sk->sk_prot->recvmsg(sock->sk, msg, size, flags, &nameLength);
  if (got >= 0) set(msg->msg_namelen, nameLength);
  return call.result(got);
}

} // namespace sockwalk::kernel
