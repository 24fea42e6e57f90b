// Sending and connecting, from the system call to the socket's own functions.
#include "engine/kernel/include/linux/fs.h"
#include "engine/kernel/include/linux/net.h"
#include "engine/kernel/include/linux/security.h"
#include "engine/kernel/include/linux/uaccess.h"
#include "engine/kernel/include/linux/uio.h"
#include "engine/kernel/include/net/sock.h"
#include "engine/kernel/init/image.h"
#include "engine/kernel/net/socket_internal.h"
#include "engine/kernel/syscalls.h"
#include "engine/memory/constants/socket.h"

namespace sockwalk::kernel {

static int __sock_sendmsg(const socket* sock, const msghdr* msg) {
  KFUNC(__sock_sendmsg, sock, msg);
  const u64 bytes = msg->msg_iter.count;
  const int refused = security_socket_sendmsg(sock, msg, static_cast<int>(bytes));
  return call.result(refused ? refused : sock->ops->sendmsg(sock, msg, bytes));
}

int sock_sendmsg(const socket* sock, const msghdr* msg) {
  KFUNC(sock_sendmsg, sock, msg);
  return call.result(__sock_sendmsg(sock, msg));
}
// Of a part of the kernel, which has the bytes in its own memory.
int kernel_sendmsg(const socket* sock, const msghdr* msg, const iovec* vec, u64 num, u64 size) {
  KFUNC(kernel_sendmsg, sock, msg, vec, num, size);
  set(msg->msg_iter.iter_type, ITER_KVEC);
  set(msg->msg_iter.data_source, true);
  set(msg->msg_iter.iov, vec);
  set(msg->msg_iter.nr_segs, num);
  set(msg->msg_iter.count, size);
  return call.result(sock_sendmsg(sock, msg));
}

static int __sys_sendto(int fd, u64 buff, u64 len, u32 flags, u64 addr, int addr_len) {
  KFUNC(__sys_sendto, fd, buff, len, flags, addr, addr_len);
  OnStack<Address> receiver;
  OnStack<msghdr> msg;
  OnStack<iovec> data;
  if (const int bad = import_single_range(1, buff, len, data, &msg->msg_iter)) return call.result(bad);
  return call.result(onSocket(fd, [&](const socket* sock) {
    int err = 0;
    if (addr) {
      err = move_addr_to_kernel(addr, addr_len, receiver);
      set(msg->msg_name, receiver.get());
      set(msg->msg_namelen, addr_len);
    }
    set(msg->msg_flags, flags | dontWait(sock->file));
    return err < 0 ? err : __sock_sendmsg(sock, msg);
  }));
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
  set(msg_sys->msg_flags, flags | dontWait(sock->file));
  return call.result(control.done(__sock_sendmsg(sock, msg_sys)));
}

static int ___sys_sendmsg(const socket* sock, u64 umsg, const msghdr* msg_sys, u32 flags) {
  KFUNC(___sys_sendmsg, sock, umsg, msg_sys, flags);
  const iovec* vector = nullptr;
  OnStack<Address> receiver;
  const int bad = copy_msghdr_from_user(msg_sys, umsg, &vector, receiver);
  const int sent = bad ? bad : ____sys_sendmsg(sock, msg_sys, flags);
  kfree(vector);
  return call.result(sent);
}

static s64 __sys_sendmsg(int fd, u64 msg, u32 flags) {
  KFUNC(__sys_sendmsg, fd, msg, flags);
  return call.result(onSocket(fd, [&](const socket* sock) -> s64 {
    OnStack<msghdr> message;
    return ___sys_sendmsg(sock, msg, message, flags);
  }));
}
s64 __x64_sys_sendmsg(int fd, u64 msg, u32 flags) {
  KFUNC(__x64_sys_sendmsg, fd, msg, flags);
  return call.result(__sys_sendmsg(fd, msg, flags));
}

// As many messages as go: what went is told, and an error only if nothing did.
static s64 sendRow(const socket* sock, u64 mmsg, u32 most, u32 flags) {
  int last = 0;
  s64 sent = 0;
  while (sent < std::min(most, UIO_MAXIOV)) {
    const u64 slot = mmsg + static_cast<u64>(sent) * sizeof(mmsghdr);
    OnStack<msghdr> message;
    last = ___sys_sendmsg(sock, slot, message, flags);
    if (last >= 0) last = put_user(last, slot + offsetof(mmsghdr, msg_len));
    if (last < 0) break;
    ++sent;
  }
  return sent ? sent : last;
}

static s64 __sys_sendmmsg(int fd, u64 mmsg, u32 vlen, u32 flags) {
  KFUNC(__sys_sendmmsg, fd, mmsg, vlen, flags);
  return call.result(onSocket(fd, [&](const socket* sock) { return sendRow(sock, mmsg, vlen, flags); }));
}
s64 __x64_sys_sendmmsg(int fd, u64 mmsg, u32 vlen, u32 flags) {
  KFUNC(__x64_sys_sendmmsg, fd, mmsg, vlen, flags);
  return call.result(__sys_sendmmsg(fd, mmsg, vlen, flags));
}

// write(2) on a socket is send without flags.
static s64 sock_write_iter(const kiocb* iocb, const iov_iter* from) {
  KFUNC(sock_write_iter, iocb, from);
  const file* opened = iocb->ki_filp;
  if (iocb->ki_pos) return call.result(s64(-ESPIPE));
  const auto* sock = static_cast<const socket*>(opened->private_data.get());
  OnStack<msghdr> msg;
  copy(&msg->msg_iter, from);
  set(msg->msg_iocb, iocb);
  const u32 endsRecord = sock->type == SOCK_SEQPACKET ? u32(MSG_EOR) : 0; // there each write is a record of its own
  set(msg->msg_flags, dontWait(opened) | endsRecord);
  return call.result(static_cast<s64>(__sock_sendmsg(sock, msg)));
}

// ---- connect
static int __sys_connect_file(const file* file, const Address* address, int addrlen) {
  KFUNC(__sys_connect_file, file, address, addrlen);
  const socket* sock = sock_from_file(file);
  if (!sock) return call.result(-ENOTSOCK);
  const int refused = security_socket_connect(sock, asAddress(address), addrlen);
  return call.result(refused ? refused : sock->ops->connect(sock, asAddress(address), addrlen, file->f_flags));
}

static int __sys_connect(int fd, u64 uservaddr, int addrlen) {
  KFUNC(__sys_connect, fd, uservaddr, addrlen);
  int held = 0; // whether a reference was taken; none is, while only this task has the table
  const file* opened = __fdget(fd, &held);
  if (!opened) return call.result(-EBADF);
  OnStack<Address> there;
  const int bad = move_addr_to_kernel(uservaddr, addrlen, there);
  const int connected = bad ? bad : __sys_connect_file(opened, there, addrlen);
  fput_light(opened, held);
  return call.result(connected);
}
s64 __x64_sys_connect(int fd, u64 uservaddr, int addrlen) {
  KFUNC(__x64_sys_connect, fd, uservaddr, addrlen);
  return call.result(static_cast<s64>(__sys_connect(fd, uservaddr, addrlen)));
}

void image_socket_send() { set(socket_file_ops->write_iter, fn<sock_write_iter>); }

} // namespace sockwalk::kernel
