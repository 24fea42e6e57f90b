// The calls on a socket that exists: bind, getsockname, receiving, options, ioctl. Each finds the socket behind the
// descriptor, asks the security module, and goes through sock->ops to the family.
#include "engine/kernel/include/linux/fs.h"
#include "engine/kernel/include/linux/poll.h"
#include "engine/kernel/include/linux/security.h"
#include "engine/kernel/include/linux/uaccess.h"
#include "engine/kernel/include/net/sock.h"
#include "engine/kernel/init/image.h"
#include "engine/kernel/syscalls.h"

namespace sockwalk::kernel {

constexpr u8 ITER_IOVEC = 0;
constexpr u64 MAX_RW_COUNT = 0x7ffff000;

using Address = __kernel_sockaddr_storage;
static const sockaddr* asAddress(const Address* a) { return reinterpret_cast<const sockaddr*>(a); }

int move_addr_to_kernel(u64 uaddr, int ulen, const Address* kaddr) {
  KFUNC(move_addr_to_kernel, uaddr, ulen, kaddr);
  if (ulen < 0 || ulen > static_cast<int>(sizeof *kaddr)) return call.result(-EINVAL);
  if (!ulen) return call.result(0);
  const u8* from = userAt(uaddr, static_cast<u64>(ulen));
  if (!from) return call.result(-EFAULT);
  setBytes(kaddr, from, static_cast<u32>(ulen));
  return call.result(0);
}

// The user's length is how much room there is; it becomes how long the address is.
int move_addr_to_user(const Address* kaddr, int klen, u64 uaddr, u64 ulen) {
  KFUNC(move_addr_to_user, kaddr, klen, uaddr, ulen);
  s32 len;
  if (copy_from_user(&len, ulen, 4)) return call.result(-EFAULT);
  if (len > klen) len = klen;
  if (len < 0) return call.result(-EINVAL);
  if (len && copy_to_user(uaddr, kaddr, static_cast<u64>(len))) return call.result(-EFAULT);
  return call.result(put_user(klen, ulen));
}

int import_single_range(int rw, u64 buf, u64 len, const iovec* iov, const iov_iter* i) {
  len = std::min(len, MAX_RW_COUNT);
  if (buf + len < buf || buf + len > 0x7ffffffff000) return -EFAULT; // access_ok(): only the range is looked at
  set(iov->iov_base.value, buf);
  set(iov->iov_len, len);
  set(i->iter_type, ITER_IOVEC);
  set(i->data_source, rw != 0);
  set(i->user_backed, true);
  set(i->count, len);
  set(i->iov, iov);
  set(i->nr_segs, 1);
  return 0;
}

// ---- bind, getsockname
int __sys_bind(int fd, u64 umyaddr, int addrlen) {
  KFUNC(__sys_bind, fd, umyaddr, addrlen);
  int err, fput_needed;
  const socket* sock = sockfd_lookup_light(fd, &err, &fput_needed);
  if (!sock) return call.result(err);
  OnStack<Address> address;
  err = move_addr_to_kernel(umyaddr, addrlen, address);
  if (!err) err = security_socket_bind(sock, asAddress(address), addrlen);
  if (!err) err = sock->ops->bind(sock, asAddress(address), addrlen);
  fput_light(sock->file, fput_needed);
  return call.result(err);
}
s64 __x64_sys_bind(int fd, u64 umyaddr, int addrlen) {
  KFUNC(__x64_sys_bind, fd, umyaddr, addrlen);
  return call.result(static_cast<s64>(__sys_bind(fd, umyaddr, addrlen)));
}

static int __sys_getsockname(int fd, u64 usockaddr, u64 usockaddr_len) {
  KFUNC(__sys_getsockname, fd, usockaddr, usockaddr_len);
  int err, fput_needed;
  const socket* sock = sockfd_lookup_light(fd, &err, &fput_needed);
  if (!sock) return call.result(err);
  OnStack<Address> address;
  err = security_socket_getsockname(sock);
  if (!err) err = sock->ops->getname(sock, asAddress(address), 0);
  if (err >= 0) err = move_addr_to_user(address, err, usockaddr, usockaddr_len);
  fput_light(sock->file, fput_needed);
  return call.result(err);
}
s64 __x64_sys_getsockname(int fd, u64 usockaddr, u64 usockaddr_len) {
  KFUNC(__x64_sys_getsockname, fd, usockaddr, usockaddr_len);
  return call.result(static_cast<s64>(__sys_getsockname(fd, usockaddr, usockaddr_len)));
}

// ---- receiving
int sock_recvmsg(const socket* sock, const msghdr* msg, int flags) {
  KFUNC(sock_recvmsg, sock, msg, flags);
  const int err = security_socket_recvmsg(sock, msg, static_cast<int>(msg->msg_iter.count), flags);
  return call.result(err ? err : sock->ops->recvmsg(sock, msg, msg->msg_iter.count, flags));
}

static int __sys_recvfrom(int fd, u64 ubuf, u64 size, u32 flags, u64 addr, u64 addr_len) {
  KFUNC(__sys_recvfrom, fd, ubuf, size, flags, addr, addr_len);
  OnStack<Address> address;
  OnStack<msghdr> msg;
  OnStack<iovec> iov;
  if (addr) set(msg->msg_name, address.get());
  int err = import_single_range(0, ubuf, size, iov, &msg->msg_iter), fput_needed;
  if (err) return call.result(err);
  const socket* sock = sockfd_lookup_light(fd, &err, &fput_needed);
  if (!sock) return call.result(err);
  if (sock->file->f_flags & O_NONBLOCK) flags |= MSG_DONTWAIT;
  const file* f = sock->file;
  err = sock_recvmsg(sock, msg, static_cast<int>(flags));
  if (err >= 0 && addr) {
    const int moved = move_addr_to_user(address, msg->msg_namelen, addr, addr_len);
    if (moved < 0) err = moved;
  }
  fput_light(f, fput_needed);
  return call.result(err);
}
s64 __x64_sys_recvfrom(int fd, u64 ubuf, u64 size, u32 flags, u64 addr, u64 addr_len) {
  KFUNC(__x64_sys_recvfrom, fd, ubuf, size, flags, addr, addr_len);
  return call.result(static_cast<s64>(__sys_recvfrom(fd, ubuf, size, flags, addr, addr_len)));
}

// read(2) on a socket is recv without flags.
static s64 sock_read_iter(const kiocb* iocb, const iov_iter* to) {
  KFUNC(sock_read_iter, iocb, to);
  const file* f = iocb->ki_filp;
  const auto* sock = static_cast<const socket*>(f->private_data.get());
  if (iocb->ki_pos) return call.result(s64(-ESPIPE));
  if (!to->count) return call.result(s64(0));
  OnStack<msghdr> msg;
  copy(&msg->msg_iter, to);
  set(msg->msg_iocb, iocb);
  const u32 flags = f->f_flags & O_NONBLOCK ? u32(MSG_DONTWAIT) : 0;
  return call.result(static_cast<s64>(sock_recvmsg(sock, msg, static_cast<int>(flags))));
}

// ---- options
static int __sys_setsockopt(int fd, int level, int optname, u64 optval, int optlen) {
  KFUNC(__sys_setsockopt, fd, level, optname, optval, optlen);
  if (optlen < 0) return call.result(-EINVAL);
  int err, fput_needed;
  const socket* sock = sockfd_lookup_light(fd, &err, &fput_needed);
  if (!sock) return call.result(err);
  OnStack<sockptr_t> value;
  set(value->user.value, optval);
  err = security_socket_setsockopt(sock, level, optname);
  if (!err) {
    if (level == SOL_SOCKET) err = sock_setsockopt(sock, level, optname, *value, static_cast<u32>(optlen));
    else if (!sock->ops->setsockopt) err = -EOPNOTSUPP;
    else err = sock->ops->setsockopt(sock, level, optname, *value, static_cast<u32>(optlen));
  }
  fput_light(sock->file, fput_needed);
  return call.result(err);
}
s64 __x64_sys_setsockopt(int fd, int level, int optname, u64 optval, int optlen) {
  KFUNC(__x64_sys_setsockopt, fd, level, optname, optval, optlen);
  return call.result(static_cast<s64>(__sys_setsockopt(fd, level, optname, optval, optlen)));
}

static int __sys_getsockopt(int fd, int level, int optname, u64 optval, u64 optlen) {
  KFUNC(__sys_getsockopt, fd, level, optname, optval, optlen);
  int err, fput_needed;
  const socket* sock = sockfd_lookup_light(fd, &err, &fput_needed);
  if (!sock) return call.result(err);
  err = security_socket_getsockopt(sock, level, optname);
  u8* len = const_cast<u8*>(userAt(optlen, 4));
  if (!err && !len) err = -EFAULT;
  if (!err) {
    u8* value = const_cast<u8*>(userAt(optval, 1));
    auto* room = reinterpret_cast<s32*>(len);
    err = level == SOL_SOCKET ? sock_getsockopt(sock, level, optname, value, room)
                              : sock->ops->getsockopt(sock, level, optname, value, room);
  }
  fput_light(sock->file, fput_needed);
  return call.result(err);
}
s64 __x64_sys_getsockopt(int fd, int level, int optname, u64 optval, u64 optlen) {
  KFUNC(__x64_sys_getsockopt, fd, level, optname, optval, optlen);
  return call.result(static_cast<s64>(__sys_getsockopt(fd, level, optname, optval, optlen)));
}

// ---- getpeername, shutdown
static int __sys_getpeername(int fd, u64 usockaddr, u64 usockaddr_len) {
  KFUNC(__sys_getpeername, fd, usockaddr, usockaddr_len);
  int err, fput_needed;
  const socket* sock = sockfd_lookup_light(fd, &err, &fput_needed);
  if (!sock) return call.result(err);
  OnStack<Address> address;
  err = security_socket_getpeername(sock);
  if (!err) err = sock->ops->getname(sock, asAddress(address), 1);
  if (err >= 0) err = move_addr_to_user(address, err, usockaddr, usockaddr_len);
  fput_light(sock->file, fput_needed);
  return call.result(err);
}
s64 __x64_sys_getpeername(int fd, u64 usockaddr, u64 usockaddr_len) {
  KFUNC(__x64_sys_getpeername, fd, usockaddr, usockaddr_len);
  return call.result(static_cast<s64>(__sys_getpeername(fd, usockaddr, usockaddr_len)));
}

static int __sys_shutdown(int fd, int how) {
  KFUNC(__sys_shutdown, fd, how);
  int err, fput_needed;
  const socket* sock = sockfd_lookup_light(fd, &err, &fput_needed);
  if (!sock) return call.result(err);
  err = security_socket_shutdown(sock, how);
  if (!err) err = sock->ops->shutdown(sock, how);
  fput_light(sock->file, fput_needed);
  return call.result(err);
}
s64 __x64_sys_shutdown(int fd, int how) {
  KFUNC(__x64_sys_shutdown, fd, how);
  return call.result(static_cast<s64>(__sys_shutdown(fd, how)));
}

// ---- ioctl
// O_ASYNC: SIGIO for the file's owner when something comes.
static int sock_fasync(int fd, const file* f, int on) {
  KFUNC(sock_fasync, fd, f, on);
  const auto* sock = static_cast<const socket*>(f->private_data.get());
  const struct sock* sk = sock->sk;
  if (!sk) return call.result(-EINVAL);
  lock_sock(sk);
  fasync_helper(fd, f, on, sock->wq.fasync_list);
  sock->wq.fasync_list ? sock_set_flag(sk, SOCK_FASYNC) : sock_reset_flag(sk, SOCK_FASYNC);
  release_sock(sk);
  return call.result(0);
}
constexpr u32 FIOSETOWN = 0x8901, SIOCSPGRP = 0x8902, FIOGETOWN = 0x8903, SIOCGPGRP = 0x8904, SIOCGSTAMP_OLD = 0x8906,
              SIOCGSTAMPNS_OLD = 0x8907;
static s64 sock_do_ioctl(const net* net, const socket* sock, u32 cmd, u64 arg) {
  KFUNC(sock_do_ioctl, net, sock, cmd, arg);
  const int err = sock->ops->ioctl(sock, cmd, arg);
  return call.result(s64(err == -515 ? -ENOTTY : err)); // ENOIOCTLCMD: nobody knew the command
}
static s64 sock_ioctl(const file* f, u32 cmd, u64 arg) {
  KFUNC(sock_ioctl, f, cmd, arg);
  const auto* sock = static_cast<const socket*>(f->private_data.get());
  s32 who;
  switch (cmd) {
  case FIOSETOWN:
  case SIOCSPGRP:
    if (copy_from_user(&who, arg, 4)) return call.result(s64(-EFAULT));
    return call.result(s64(f_setown(sock->file, who, 1)));
  case FIOGETOWN:
  case SIOCGPGRP: return call.result(s64(put_user(f_getown(sock->file), arg)));
  case SIOCGSTAMP_OLD:
  case SIOCGSTAMPNS_OLD:
    if (!sock->ops->gettstamp) return call.result(s64(-ENOTTY));
    return call.result(s64(sock->ops->gettstamp(sock, userAt(arg, 16), cmd == SIOCGSTAMP_OLD, false)));
  default: break;
  }
  return call.result(sock_do_ioctl(sock_net(sock->sk), sock, cmd, arg));
}

// ---- socketpair
static int pairSockets(int family, int type, int protocol, const socket** sock1, const socket** sock2) {
  int err = sock_create(family, type, protocol, sock1);
  if (err < 0) return err;
  err = sock_create(family, type, protocol, sock2);
  if (err < 0) return sock_release(*sock1), err;
  err = security_socket_socketpair(*sock1, *sock2);
  if (!err) err = (*sock1)->ops->socketpair(*sock1, *sock2);
  if (err < 0) sock_release(*sock2), sock_release(*sock1);
  return err;
}
static int installPair(u32 fd1, u32 fd2, const socket* sock1, const socket* sock2, int flags) {
  const file* file1 = sock_alloc_file(sock1, flags, nullptr);
  if (IS_ERR(file1)) return sock_release(sock2), static_cast<int>(PTR_ERR(file1));
  const file* file2 = sock_alloc_file(sock2, flags, nullptr);
  if (IS_ERR(file2)) return fput(file1), static_cast<int>(PTR_ERR(file2));
  fd_install(fd1, file1);
  fd_install(fd2, file2);
  return 0;
}
static int __sys_socketpair(int family, int type, int protocol, u64 usockvec) {
  KFUNC(__sys_socketpair, family, type, protocol, usockvec);
  const int flags = type & ~SOCK_TYPE_MASK;
  if (flags & ~(SOCK_CLOEXEC | SOCK_NONBLOCK)) return call.result(-EINVAL);
  const int fd1 = get_unused_fd_flags(static_cast<u32>(flags));
  if (fd1 < 0) return call.result(fd1);
  const int fd2 = get_unused_fd_flags(static_cast<u32>(flags));
  if (fd2 < 0) {
    put_unused_fd(static_cast<u32>(fd1));
    return call.result(fd2);
  }
  const socket *sock1, *sock2;
  int err = put_user(fd1, usockvec);
  if (!err) err = put_user(fd2, usockvec + 4);
  if (!err) err = pairSockets(family, type & SOCK_TYPE_MASK, protocol, &sock1, &sock2);
  if (!err) err = installPair(static_cast<u32>(fd1), static_cast<u32>(fd2), sock1, sock2, flags);
  if (err) {
    put_unused_fd(static_cast<u32>(fd2));
    put_unused_fd(static_cast<u32>(fd1));
  }
  return call.result(err);
}
s64 __x64_sys_socketpair(int family, int type, int protocol, u64 usockvec) {
  KFUNC(__x64_sys_socketpair, family, type, protocol, usockvec);
  return call.result(static_cast<s64>(__sys_socketpair(family, type, protocol, usockvec)));
}

void image_socket_calls() {
  set(socket_file_ops->read_iter, fn<sock_read_iter>);
  set(socket_file_ops->write_iter, unbuilt<"sock_write_iter">);
  set(socket_file_ops->poll, fn<sock_poll>);
  set(socket_file_ops->unlocked_ioctl, fn<sock_ioctl>);
  image_splice();
  set(socket_file_ops->mmap, unbuilt<"sock_mmap">);
  set(socket_file_ops->fasync, fn<sock_fasync>);
}

} // namespace sockwalk::kernel
