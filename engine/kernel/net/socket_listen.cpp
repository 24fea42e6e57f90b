// listen(2) and accept(2), down to the family's own functions.
#include "engine/kernel/include/linux/fs.h"
#include "engine/kernel/include/linux/module.h"
#include "engine/kernel/include/linux/security.h"
#include "engine/kernel/include/net/inet_connection_sock.h"
#include "engine/kernel/syscalls.h"

namespace sockwalk::kernel {

int __sys_listen(int fd, int backlog) {
  KFUNC(__sys_listen, fd, backlog);
  int err, fput_needed;
  const socket* sock = sockfd_lookup_light(fd, &err, &fput_needed);
  if (!sock) return call.result(err);
  const u32 somaxconn = static_cast<u32>(sock_net(sock->sk)->core.sysctl_somaxconn);
  if (static_cast<u32>(backlog) > somaxconn) backlog = static_cast<int>(somaxconn); // negative counts as many
  err = security_socket_listen(sock, backlog);
  if (!err) err = sock->ops->listen(sock, backlog);
  fput_light(sock->file, fput_needed);
  return call.result(err);
}
s64 __x64_sys_listen(int fd, int backlog) {
  KFUNC(__x64_sys_listen, fd, backlog);
  return call.result(static_cast<s64>(__sys_listen(fd, backlog)));
}

static int acceptInto(const socket* sock, const socket* newsock, u32 file_flags, u64 upeer_sockaddr,
                      u64 upeer_addrlen) {
  int err = security_socket_accept(sock, newsock);
  if (err) return err;
  err = sock->ops->accept(sock, newsock, static_cast<s32>(sock->file->f_flags | file_flags), false);
  if (err < 0 || !upeer_sockaddr) return err;
  OnStack<__kernel_sockaddr_storage> address;
  const int len = newsock->ops->getname(newsock, reinterpret_cast<const sockaddr*>(address.get()), 2);
  if (len < 0) return -ECONNABORTED;
  return move_addr_to_user(address, len, upeer_sockaddr, upeer_addrlen);
}

// The new file and its socket are made before anybody knows whether there is a connection: nothing can fail after.
static const file* do_accept(const file* file, u32 file_flags, u64 upeer_sockaddr, u64 upeer_addrlen, int flags) {
  KFUNC(do_accept, file, file_flags, upeer_sockaddr, upeer_addrlen, flags);
  using File = const struct file*;
  const socket* sock = sock_from_file(file);
  if (!sock) return call.result<File>(ERR_PTR<struct file>(-ENOTSOCK));
  const socket* newsock = sock_alloc();
  if (!newsock) return call.result<File>(ERR_PTR<struct file>(-ENFILE));
  set(newsock->type, sock->type);
  set(newsock->ops, sock->ops);
  __module_get(newsock->ops->owner.get());
  File newfile = sock_alloc_file(newsock, flags, reinterpret_cast<const char*>(sock->sk->sk_prot_creator->name));
  if (IS_ERR(newfile)) return call.result(newfile);
  const int err = acceptInto(sock, newsock, file_flags, upeer_sockaddr, upeer_addrlen);
  if (err >= 0) return call.result(newfile);
  fput(newfile);
  return call.result<File>(ERR_PTR<struct file>(err));
}

static int __sys_accept4_file(const file* file, u64 upeer_sockaddr, u64 upeer_addrlen, int flags) {
  KFUNC(__sys_accept4_file, file, upeer_sockaddr, upeer_addrlen, flags);
  if (flags & ~(SOCK_CLOEXEC | SOCK_NONBLOCK)) return call.result(-EINVAL);
  const int newfd = get_unused_fd_flags(static_cast<u32>(flags));
  if (newfd < 0) return call.result(newfd);
  const struct file* newfile = do_accept(file, 0, upeer_sockaddr, upeer_addrlen, flags);
  if (IS_ERR(newfile)) {
    put_unused_fd(static_cast<u32>(newfd));
    return call.result(static_cast<int>(PTR_ERR(newfile)));
  }
  fd_install(static_cast<u32>(newfd), newfile);
  return call.result(newfd);
}

int __sys_accept4(int fd, u64 upeer_sockaddr, u64 upeer_addrlen, int flags) {
  KFUNC(__sys_accept4, fd, upeer_sockaddr, upeer_addrlen, flags);
  int needed = 0;
  const file* f = __fdget(static_cast<u32>(fd), &needed);
  if (!f) return call.result(-EBADF);
  const int ret = __sys_accept4_file(f, upeer_sockaddr, upeer_addrlen, flags);
  if (needed & 1) fput(f);
  return call.result(ret);
}
s64 __x64_sys_accept4(int fd, u64 upeer_sockaddr, u64 upeer_addrlen, int flags) {
  KFUNC(__x64_sys_accept4, fd, upeer_sockaddr, upeer_addrlen, flags);
  return call.result(static_cast<s64>(__sys_accept4(fd, upeer_sockaddr, upeer_addrlen, flags)));
}
s64 __x64_sys_accept(int fd, u64 upeer_sockaddr, u64 upeer_addrlen) {
  KFUNC(__x64_sys_accept, fd, upeer_sockaddr, upeer_addrlen);
  return call.result(static_cast<s64>(__sys_accept4(fd, upeer_sockaddr, upeer_addrlen, 0)));
}

} // namespace sockwalk::kernel
