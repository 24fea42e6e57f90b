// listen(2) and accept(2), down to the family's own functions.
#include "engine/kernel/include/linux/fs.h"
#include "engine/kernel/include/linux/module.h"
#include "engine/kernel/include/linux/security.h"
#include "engine/kernel/include/net/inet_connection_sock.h"
#include "engine/kernel/net/socket_internal.h"
#include "engine/kernel/syscalls.h"

namespace sockwalk::kernel {

// ---- listen
// How many finished connections may wait for accept(): as many as the program asks for, at most net.core.somaxconn of
// its namespace. A negative number, read as unsigned, is larger than any limit, and so gets the most there is: programs
// have always been allowed to write listen(fd, -1).
static int allowedBacklog(const socket* sock, int asked) {
  const auto most = static_cast<u32>(sock_net(sock->sk)->core.sysctl_somaxconn);
  return static_cast<int>(std::min(static_cast<u32>(asked), most));
}

int __sys_listen(int fd, int backlog) {
  KFUNC(__sys_listen, fd, backlog);
  return call.result(onSocket(fd, [&](const socket* sock) {
    const int allowed = allowedBacklog(sock, backlog);
    if (const int refused = security_socket_listen(sock, allowed)) return refused;
    return sock->ops->listen(sock, allowed);
  }));
}
s64 __x64_sys_listen(int fd, int backlog) {
  KFUNC(__x64_sys_listen, fd, backlog);
  return call.result(static_cast<s64>(__sys_listen(fd, backlog)));
}

// ---- accept
// The socket that accept() will give out: of the listener's kind and with its functions, but without a connection yet.
static const socket* emptyChild(const socket* listener) {
  const socket* child = sock_alloc();
  if (!child) return nullptr;
  set(child->type, listener->type);
  set(child->ops, listener->ops);
  __module_get(child->ops->owner.get());
  return child;
}

// Waits for a connection, puts it into `child`, and tells the program who is at its other end if it wants to know.
static int acceptInto(const socket* listener, const socket* child, u32 file_flags, u64 upeer_sockaddr,
                      u64 upeer_addrlen) {
  if (const int refused = security_socket_accept(listener, child)) return refused;
  const auto waits = static_cast<s32>(listener->file->f_flags | file_flags);
  if (const int failed = listener->ops->accept(listener, child, waits, false); failed < 0) return failed;
  if (!upeer_sockaddr) return 0;

  OnStack<Address> peer;
  const int length = child->ops->getname(child, asAddress(peer), PeerEvenIfGone);
  if (length < 0) return -ECONNABORTED; // it came, and was gone again before anybody could ask for its name
  return move_addr_to_user(peer, length, upeer_sockaddr, upeer_addrlen);
}

// The new socket and its file are made before anybody knows whether there is a connection: once a connection has left
// the listener's queue it must not be lost because there was no memory for a file.
static const file* do_accept(const file* file, u32 file_flags, u64 upeer_sockaddr, u64 upeer_addrlen, int flags) {
  KFUNC(do_accept, file, file_flags, upeer_sockaddr, upeer_addrlen, flags);
  using File = const struct file*;
  const auto failed = [&](int error) { return call.result<File>(ERR_PTR<struct file>(error)); };
  const socket* listener = sock_from_file(file);
  if (!listener) return failed(-ENOTSOCK);
  const socket* child = emptyChild(listener);
  if (!child) return failed(-ENFILE);

  const auto* protocol = reinterpret_cast<const char*>(listener->sk->sk_prot_creator->name);
  const File opened = sock_alloc_file(child, flags, protocol);
  if (IS_ERR(opened)) return call.result(opened);
  const int error = acceptInto(listener, child, file_flags, upeer_sockaddr, upeer_addrlen);
  if (error >= 0) return call.result(opened);
  fput(opened); // and with the file the socket behind it
  return failed(error);
}

static int __sys_accept4_file(const file* file, u64 upeer_sockaddr, u64 upeer_addrlen, int flags) {
  KFUNC(__sys_accept4_file, file, upeer_sockaddr, upeer_addrlen, flags);
  INLINED();
  if (!onlyFileFlags(flags)) return call.result(-EINVAL);
  const NewDescriptor place(flags);
  if (place.none()) return call.result(place.number);
  return call.result(place.fill(do_accept(file, 0, upeer_sockaddr, upeer_addrlen, flags)));
}

int __sys_accept4(int fd, u64 upeer_sockaddr, u64 upeer_addrlen, int flags) {
  KFUNC(__sys_accept4, fd, upeer_sockaddr, upeer_addrlen, flags);
  int held = 0;
  const file* listening = __fdget(static_cast<u32>(fd), &held);
  if (!listening) return call.result(-EBADF);
  const int number = __sys_accept4_file(listening, upeer_sockaddr, upeer_addrlen, flags);
  if (held & 1) fput(listening);
  return call.result(number);
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
