// Sending and connecting, from the system call to the socket's own functions.
#include "engine/kernel/include/linux/fs.h"
#include "engine/kernel/include/linux/net.h"
#include "engine/kernel/include/linux/security.h"
#include "engine/kernel/include/linux/uaccess.h"
#include "engine/kernel/include/net/sock_mem.h"
#include "engine/kernel/syscalls.h"

namespace sockwalk::kernel {

using Address = __kernel_sockaddr_storage;
static const sockaddr* asAddress(const Address* a) { return reinterpret_cast<const sockaddr*>(a); }

static int __sock_sendmsg(const socket* sock, const msghdr* msg) {
  KFUNC(__sock_sendmsg, sock, msg);
  const u64 size = msg->msg_iter.count;
  int err = security_socket_sendmsg(sock, msg, static_cast<int>(size));
  if (!err) err = sock->ops->sendmsg(sock, msg, size);
  return call.result(err);
}

static int __sys_sendto(int fd, u64 buff, u64 len, u32 flags, u64 addr, int addr_len) {
  KFUNC(__sys_sendto, fd, buff, len, flags, addr, addr_len);
  OnStack<Address> address;
  OnStack<msghdr> msg;
  OnStack<iovec> iov;
  int err = import_single_range(1, buff, len, iov, &msg->msg_iter), fput_needed;
  if (err) return call.result(err);
  const socket* sock = sockfd_lookup_light(fd, &err, &fput_needed);
  if (!sock) return call.result(err);
  const file* f = sock->file;
  err = 0;
  if (addr) {
    err = move_addr_to_kernel(addr, addr_len, address);
    set(msg->msg_name, address.get());
    set(msg->msg_namelen, addr_len);
  }
  if (f->f_flags & O_NONBLOCK) flags |= MSG_DONTWAIT;
  set(msg->msg_flags, flags);
  if (err >= 0) err = __sock_sendmsg(sock, msg);
  fput_light(f, fput_needed);
  return call.result(err);
}
s64 __x64_sys_sendto(int fd, u64 buff, u64 len, u32 flags, u64 addr, int addr_len) {
  KFUNC(__x64_sys_sendto, fd, buff, len, flags, addr, addr_len);
  return call.result(static_cast<s64>(__sys_sendto(fd, buff, len, flags, addr, addr_len)));
}

// Control messages come to kernel memory: few of them to the stack, many to a buffer.
struct ControlBuffer {
  static constexpr u32 OnStackBytes = sizeof(cmsghdr) + 20;
  const u8 *stack = static_cast<const u8*>(stackRoom(OnStackBytes)), *heap = nullptr;
  const sock* sk = nullptr; // whose account of options the buffer is on
  u32 size = 0;
  ~ControlBuffer() { giveStackBack(OnStackBytes); }
  int done(int err) const {
    if (heap) sock_kfree_s(sk, heap, size);
    return err;
  }
  int take(const sock* owner, const msghdr* msg) {
    const u32 len = static_cast<u32>(msg->msg_controllen);
    const u8* from = userAt(msg->msg_control_user.value, len);
    if (!from) return -EFAULT;
    sk = owner, size = len;
    if (len > OnStackBytes && !(heap = sock_kmalloc(sk, len))) return -ENOBUFS;
    const u8* to = heap ? heap : stack;
    setBytes(to, from, len);
    set(msg->msg_control, to);
    set(msg, msghdr::bit::msg_control_is_user, 0);
    return 0;
  }
};

static int ____sys_sendmsg(const socket* sock, const msghdr* msg_sys, u32 flags) {
  KFUNC(____sys_sendmsg, sock, msg_sys, flags);
  if (msg_sys->msg_controllen > INT32_MAX) return call.result(-ENOBUFS);
  ControlBuffer control;
  if (msg_sys->msg_controllen)
    if (const int err = control.take(sock->sk, msg_sys)) return call.result(err);
  set(msg_sys->msg_flags, flags | (sock->file->f_flags & O_NONBLOCK ? u32(MSG_DONTWAIT) : 0));
  return call.result(control.done(__sock_sendmsg(sock, msg_sys)));
}

static int ___sys_sendmsg(const socket* sock, u64 umsg, const msghdr* msg_sys, u32 flags) {
  KFUNC(___sys_sendmsg, sock, umsg, msg_sys, flags);
  const iovec* vector = nullptr;
  OnStack<Address> address;
  int err = copy_msghdr_from_user(msg_sys, umsg, &vector, address);
  if (!err) err = ____sys_sendmsg(sock, msg_sys, flags);
  kfree(vector);
  return call.result(err);
}

static s64 __sys_sendmsg(int fd, u64 msg, u32 flags) {
  KFUNC(__sys_sendmsg, fd, msg, flags);
  int err, fput_needed;
  const socket* sock = sockfd_lookup_light(fd, &err, &fput_needed);
  if (!sock) return call.result(static_cast<s64>(err));
  const file* f = sock->file;
  OnStack<msghdr> msg_sys;
  err = ___sys_sendmsg(sock, msg, msg_sys, flags);
  fput_light(f, fput_needed);
  return call.result(static_cast<s64>(err));
}
s64 __x64_sys_sendmsg(int fd, u64 msg, u32 flags) {
  KFUNC(__x64_sys_sendmsg, fd, msg, flags);
  return call.result(__sys_sendmsg(fd, msg, flags));
}

static s64 __sys_sendmmsg(int fd, u64 mmsg, u32 vlen, u32 flags) {
  KFUNC(__sys_sendmmsg, fd, mmsg, vlen, flags);
  int err, fput_needed;
  const socket* sock = sockfd_lookup_light(fd, &err, &fput_needed);
  if (!sock) return call.result(static_cast<s64>(err));
  const file* f = sock->file;
  s64 datagrams = 0;
  for (err = 0; datagrams < std::min<s64>(vlen, 1024);) {
    const u64 entry = mmsg + static_cast<u64>(datagrams) * sizeof(mmsghdr);
    OnStack<msghdr> msg_sys;
    err = ___sys_sendmsg(sock, entry, msg_sys, flags);
    if (err >= 0) err = put_user(err, entry + offsetof(mmsghdr, msg_len));
    if (err < 0) break;
    ++datagrams;
  }
  fput_light(f, fput_needed);
  return call.result(datagrams ? datagrams : static_cast<s64>(err));
}
s64 __x64_sys_sendmmsg(int fd, u64 mmsg, u32 vlen, u32 flags) {
  KFUNC(__x64_sys_sendmmsg, fd, mmsg, vlen, flags);
  return call.result(__sys_sendmmsg(fd, mmsg, vlen, flags));
}

// write(2) on a socket is send without flags.
static s64 sock_write_iter(const kiocb* iocb, const iov_iter* from) {
  KFUNC(sock_write_iter, iocb, from);
  const file* f = iocb->ki_filp;
  const auto* sock = static_cast<const socket*>(f->private_data.get());
  if (iocb->ki_pos) return call.result(s64(-ESPIPE));
  OnStack<msghdr> msg;
  copy(&msg->msg_iter, from);
  set(msg->msg_iocb, iocb);
  set(msg->msg_flags,
      (f->f_flags & O_NONBLOCK ? u32(MSG_DONTWAIT) : 0) | (sock->type == SOCK_SEQPACKET ? u32(MSG_EOR) : 0));
  return call.result(static_cast<s64>(__sock_sendmsg(sock, msg)));
}

// ---- connect
static int __sys_connect_file(const file* file, const Address* address, int addrlen) {
  KFUNC(__sys_connect_file, file, address, addrlen);
  const socket* sock = sock_from_file(file);
  if (!sock) return call.result(-ENOTSOCK);
  int err = security_socket_connect(sock, asAddress(address), addrlen);
  if (!err) err = sock->ops->connect(sock, asAddress(address), addrlen, file->f_flags);
  return call.result(err);
}

static int __sys_connect(int fd, u64 uservaddr, int addrlen) {
  KFUNC(__sys_connect, fd, uservaddr, addrlen);
  int needed = 0; // whether a reference was taken; none is, while only this task has the table
  const file* f = __fdget(fd, &needed);
  if (!f) return call.result(-EBADF);
  OnStack<Address> address;
  int err = move_addr_to_kernel(uservaddr, addrlen, address);
  if (!err) err = __sys_connect_file(f, address, addrlen);
  fput_light(f, needed);
  return call.result(err);
}
s64 __x64_sys_connect(int fd, u64 uservaddr, int addrlen) {
  KFUNC(__x64_sys_connect, fd, uservaddr, addrlen);
  return call.result(static_cast<s64>(__sys_connect(fd, uservaddr, addrlen)));
}

void image_socket_send() { set(socket_file_ops->write_iter, fn<sock_write_iter>); }

} // namespace sockwalk::kernel
