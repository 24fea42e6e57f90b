// The calls on a socket that exists: bind, getsockname, receiving, options, ioctl. Each finds the socket behind the
// descriptor, asks the security module, and goes through sock->ops to the family.
#include "engine/kernel/include/linux/fs.h"
#include "engine/kernel/include/linux/poll.h"
#include "engine/kernel/include/linux/security.h"
#include "engine/kernel/include/linux/uaccess.h"
#include "engine/kernel/include/linux/uio.h"
#include "engine/kernel/include/net/sock.h"
#include "engine/kernel/init/image.h"
#include "engine/kernel/net/socket_internal.h"
#include "engine/kernel/syscalls.h"
#include "engine/memory/constants/errors.h"
#include "engine/memory/constants/files.h"
#include "engine/memory/constants/socket.h"

namespace sockwalk::kernel {

int move_addr_to_kernel(u64 uaddr, int ulen, const Address* kaddr) {
  KFUNC(move_addr_to_kernel, uaddr, ulen, kaddr);
  if (ulen < 0 || ulen > static_cast<int>(sizeof *kaddr)) return call.result(-EINVAL);
  if (!ulen) return call.result(0);
  const u8* from = userAt(uaddr, static_cast<u64>(ulen));
  if (!from) return call.result(-EFAULT);
  setBytes(kaddr, from, static_cast<u32>(ulen));
  return call.result(0);
}

// The program says by *ulen how much room it has, and learns there how long the address is: if that is more than the
// room, it has got the beginning only.
int move_addr_to_user(const Address* kaddr, int klen, u64 uaddr, u64 ulen) {
  KFUNC(move_addr_to_user, kaddr, klen, uaddr, ulen);
  s32 room;
  if (copy_from_user(&room, ulen, sizeof room)) return call.result(-EFAULT);
  const s32 given = std::min(room, klen);
  if (given < 0) return call.result(-EINVAL);
  const bool lost = given > 0 && copy_to_user(uaddr, kaddr, static_cast<u64>(given));
  return call.result(lost ? -EFAULT : put_user(klen, ulen));
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

// ---- bind, getsockname The address comes into the kernel before anybody looks at it: the program could change it
// between the look and the use.
int __sys_bind(int fd, u64 umyaddr, int addrlen) {
  KFUNC(__sys_bind, fd, umyaddr, addrlen);
  return call.result(onSocket(fd, [&](const socket* sock) {
    OnStack<Address> wanted;
    if (const int bad = move_addr_to_kernel(umyaddr, addrlen, wanted)) return bad;
    if (const int refused = security_socket_bind(sock, asAddress(wanted), addrlen)) return refused;
    return sock->ops->bind(sock, asAddress(wanted), addrlen);
  }));
}
s64 __x64_sys_bind(int fd, u64 umyaddr, int addrlen) {
  KFUNC(__x64_sys_bind, fd, umyaddr, addrlen);
  return call.result(static_cast<s64>(__sys_bind(fd, umyaddr, addrlen)));
}

// Both ends of a socket have a name.
static int nameToUser(const socket* sock, SocketEnd end, int (*mayAsk)(const socket*), u64 usockaddr,
                      u64 usockaddr_len) {
  OnStack<Address> name;
  if (const int refused = mayAsk(sock)) return refused;
  const int length = sock->ops->getname(sock, asAddress(name), end);
  return length < 0 ? length : move_addr_to_user(name, length, usockaddr, usockaddr_len);
}

static int __sys_getsockname(int fd, u64 usockaddr, u64 usockaddr_len) {
  KFUNC(__sys_getsockname, fd, usockaddr, usockaddr_len);
  return call.result(onSocket(fd, [&](const socket* sock) {
    return nameToUser(sock, OwnEnd, security_socket_getsockname, usockaddr, usockaddr_len);
  }));
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
  OnStack<Address> sender;
  OnStack<msghdr> msg;
  OnStack<iovec> buffer;
  if (addr) set(msg->msg_name, sender.get());
  if (const int bad = import_single_range(0, ubuf, size, buffer, &msg->msg_iter)) return call.result(bad);
  return call.result(onSocket(fd, [&](const socket* sock) {
    const int received = sock_recvmsg(sock, msg, static_cast<int>(flags | dontWait(sock->file)));
    if (received < 0 || !addr) return received;
    const int told = move_addr_to_user(sender, msg->msg_namelen, addr, addr_len);
    return told < 0 ? told : received;
  }));
}
s64 __x64_sys_recvfrom(int fd, u64 ubuf, u64 size, u32 flags, u64 addr, u64 addr_len) {
  KFUNC(__x64_sys_recvfrom, fd, ubuf, size, flags, addr, addr_len);
  return call.result(static_cast<s64>(__sys_recvfrom(fd, ubuf, size, flags, addr, addr_len)));
}

// read(2) on a socket is recv without flags.
static s64 sock_read_iter(const kiocb* iocb, const iov_iter* to) {
  KFUNC(sock_read_iter, iocb, to);
  const file* opened = iocb->ki_filp;
  if (iocb->ki_pos) return call.result(s64(-ESPIPE)); // what has been read is gone: there is no place to go back to
  if (!to->count) return call.result(s64(0));
  OnStack<msghdr> msg;
  copy(&msg->msg_iter, to);
  set(msg->msg_iocb, iocb);
  const auto* sock = static_cast<const socket*>(opened->private_data.get());
  return call.result(static_cast<s64>(sock_recvmsg(sock, msg, static_cast<int>(dontWait(opened)))));
}

// ---- options
// Level SOL_SOCKET is understood by every socket; the others belong to the family and its protocols.
static int setOption(const socket* sock, int level, int optname, const sockptr_t& value, u32 length) {
  if (level == SOL_SOCKET) return sock_setsockopt(sock, level, optname, value, length);
  if (!sock->ops->setsockopt) return -EOPNOTSUPP;
  return sock->ops->setsockopt(sock, level, optname, value, length);
}

static int __sys_setsockopt(int fd, int level, int optname, u64 optval, int optlen) {
  KFUNC(__sys_setsockopt, fd, level, optname, optval, optlen);
  if (optlen < 0) return call.result(-EINVAL);
  return call.result(onSocket(fd, [&](const socket* sock) {
    OnStack<sockptr_t> value; // says whose memory it is: the program's, or the kernel's own
    set(value->user.value, optval);
    if (const int refused = security_socket_setsockopt(sock, level, optname)) return refused;
    return setOption(sock, level, optname, *value, static_cast<u32>(optlen));
  }));
}
s64 __x64_sys_setsockopt(int fd, int level, int optname, u64 optval, int optlen) {
  KFUNC(__x64_sys_setsockopt, fd, level, optname, optval, optlen);
  return call.result(static_cast<s64>(__sys_setsockopt(fd, level, optname, optval, optlen)));
}

static int __sys_getsockopt(int fd, int level, int optname, u64 optval, u64 optlen) {
  KFUNC(__sys_getsockopt, fd, level, optname, optval, optlen);
  return call.result(onSocket(fd, [&](const socket* sock) {
    if (const int refused = security_socket_getsockopt(sock, level, optname)) return refused;
    auto* room =
        reinterpret_cast<s32*>(const_cast<u8*>(userAt(optlen, 4))); // how much there is, then how much was given
    if (!room) return -EFAULT;
    auto* value = const_cast<u8*>(userAt(optval, 1));
    if (level == SOL_SOCKET) return sock_getsockopt(sock, level, optname, value, room);
    if (!sock->ops->getsockopt) return -EOPNOTSUPP;
    return sock->ops->getsockopt(sock, level, optname, value, room);
  }));
}
s64 __x64_sys_getsockopt(int fd, int level, int optname, u64 optval, u64 optlen) {
  KFUNC(__x64_sys_getsockopt, fd, level, optname, optval, optlen);
  return call.result(static_cast<s64>(__sys_getsockopt(fd, level, optname, optval, optlen)));
}

// ---- getpeername, shutdown
static int __sys_getpeername(int fd, u64 usockaddr, u64 usockaddr_len) {
  KFUNC(__sys_getpeername, fd, usockaddr, usockaddr_len);
  return call.result(onSocket(fd, [&](const socket* sock) {
    return nameToUser(sock, PeerEnd, security_socket_getpeername, usockaddr, usockaddr_len);
  }));
}
s64 __x64_sys_getpeername(int fd, u64 usockaddr, u64 usockaddr_len) {
  KFUNC(__x64_sys_getpeername, fd, usockaddr, usockaddr_len);
  return call.result(static_cast<s64>(__sys_getpeername(fd, usockaddr, usockaddr_len)));
}

static int __sys_shutdown(int fd, int how) {
  KFUNC(__sys_shutdown, fd, how);
  return call.result(onSocket(fd, [&](const socket* sock) {
    const int refused = security_socket_shutdown(sock, how);
    return refused ? refused : sock->ops->shutdown(sock, how);
  }));
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
  sock_valbool_flag(sk, SOCK_FASYNC, static_cast<bool>(sock->wq.fasync_list)); // is anybody left to be told?
  release_sock(sk);
  return call.result(0);
}
static s64 sock_do_ioctl(const net* net, const socket* sock, u32 cmd, u64 arg) {
  KFUNC(sock_do_ioctl, net, sock, cmd, arg);
  const s64 answer = sock->ops->ioctl(sock, cmd, arg);
  return call.result(answer == -ENOIOCTLCMD ? s64(-ENOTTY) : answer);
}
// What any socket can be asked; what is left goes on to the family.
static s64 sock_ioctl(const file* f, u32 cmd, u64 arg) {
  KFUNC(sock_ioctl, f, cmd, arg);
  const auto* sock = static_cast<const socket*>(f->private_data.get());
  const auto setOwner = [&]() -> s64 {
    s32 process;
    if (copy_from_user(&process, arg, sizeof process)) return -EFAULT;
    return f_setown(sock->file, process, 1);
  };
  const auto lastArrival = [&]() -> s64 {
    if (!sock->ops->gettstamp) return -ENOTTY;
    return sock->ops->gettstamp(sock, userAt(arg, 16), cmd == SIOCGSTAMP_OLD, false);
  };
  if (cmd == FIOSETOWN || cmd == SIOCSPGRP) return call.result(setOwner());
  if (cmd == FIOGETOWN || cmd == SIOCGPGRP) return call.result(s64(put_user(f_getown(sock->file), arg)));
  if (cmd == SIOCGSTAMP_OLD || cmd == SIOCGSTAMPNS_OLD) return call.result(lastArrival());
  return call.result(sock_do_ioctl(sock_net(sock->sk), sock, cmd, arg));
}

// ---- mmap
static int sock_mmap(const file* file, const vm_area_struct* vma) {
  KFUNC(sock_mmap, file, vma);
  const auto* sock = static_cast<const socket*>(file->private_data.get());
  return call.result(sock->ops->mmap(file, sock, vma));
}

// ---- socketpair
// Two sockets of the family that know each other as peers. If something fails, neither is left.
static int pairSockets(int family, int type, int protocol, const socket** left, const socket** right) {
  if (const int err = sock_create(family, type, protocol, left); err < 0) return err;
  if (const int err = sock_create(family, type, protocol, right); err < 0) return sock_release(*left), err;
  int err = security_socket_socketpair(*left, *right);
  if (!err) err = (*left)->ops->socketpair(*left, *right);
  if (err < 0) sock_release(*right), sock_release(*left);
  return err;
}
// A file that could not be made has released its socket already; the other one is this function's to release.
static int openPair(const NewDescriptor& one, const socket* left, const NewDescriptor& other, const socket* right,
                    int flags) {
  const file* leftFile = sock_alloc_file(left, flags, nullptr);
  if (IS_ERR(leftFile)) return sock_release(right), static_cast<int>(PTR_ERR(leftFile));
  const file* rightFile = sock_alloc_file(right, flags, nullptr);
  if (IS_ERR(rightFile)) return fput(leftFile), static_cast<int>(PTR_ERR(rightFile));
  one.open(leftFile);
  other.open(rightFile);
  return 0;
}

// The numbers are told to the program before there is anything behind them: whether its memory can be written is known
// early, while all that has to be undone is two numbers.
static int __sys_socketpair(int family, int type, int protocol, u64 usockvec) {
  KFUNC(__sys_socketpair, family, type, protocol, usockvec);
  const int flags = type & ~SOCK_TYPE_MASK;
  if (!onlyFileFlags(flags)) return call.result(-EINVAL);
  const NewDescriptor one(flags);
  if (one.none()) return call.result(one.number);
  const NewDescriptor other(flags);
  if (other.none()) {
    one.giveBack();
    return call.result(other.number);
  }
  const socket *left = nullptr, *right = nullptr;
  int err = put_user(one.number, usockvec);
  if (!err) err = put_user(other.number, usockvec + sizeof(s32));
  if (!err) err = pairSockets(family, type & SOCK_TYPE_MASK, protocol, &left, &right);
  if (!err) err = openPair(one, left, other, right, flags);
  if (err) {
    other.giveBack();
    one.giveBack();
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
  set(socket_file_ops->mmap, fn<sock_mmap>);
  set(socket_file_ops->fasync, fn<sock_fasync>);
}

} // namespace sockwalk::kernel
