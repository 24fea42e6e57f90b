// recvmsg(2) and recvmmsg(2), and what they share with sendmsg(2) and readv(2): a message whose data is spread over
// several buffers, with an address and control messages beside it.
#include "engine/kernel/include/linux/fs.h"
#include "engine/kernel/include/linux/net.h"
#include "engine/kernel/include/linux/security.h"
#include "engine/kernel/include/linux/uaccess.h"
#include "engine/kernel/include/linux/uio.h"
#include "engine/kernel/include/net/sock.h"
#include "engine/kernel/net/socket_internal.h"
#include "engine/kernel/syscalls.h"
#include "engine/memory/constants/socket.h"

namespace sockwalk::kernel {

// A sender's address comes along; where a receiver's goes is looked at later.
static int __copy_msghdr(const msghdr* kmsg, const user_msghdr& umsg, const Address* sender) {
  KFUNC(__copy_msghdr, kmsg);
  if (umsg.msg_namelen < 0) return call.result(-EINVAL);
  set(kmsg->msg_namelen, umsg.msg_name.value ? std::min<s32>(umsg.msg_namelen, sizeof(Address)) : 0);
  set(kmsg->msg_flags, umsg.msg_flags);
  set(kmsg, msghdr::bit::msg_control_is_user, 1);
  set(kmsg->msg_control_user.value, umsg.msg_control.value);
  set(kmsg->msg_controllen, umsg.msg_controllen);
  if (sender && umsg.msg_name.value && kmsg->msg_namelen) {
    if (const int err = move_addr_to_kernel(umsg.msg_name.value, kmsg->msg_namelen, sender)) return call.result(err);
    set(kmsg->msg_name, sender);
  }
  return call.result(umsg.msg_iovlen > UIO_MAXIOV ? -EMSGSIZE : 0);
}

// The user's list of buffers, copied to `vector` (which the caller frees) and checked. Gives the bytes or -errno.
s64 import_iovec(int rw, u64 from, u32 count, const iovec** vector, const iov_iter* i) {
  *vector = nullptr;
  if (count > UIO_MAXIOV) return -EINVAL;
  auto* v = reinterpret_cast<const iovec*>(kmallocBuffer(std::max<u32>(count, 1) * sizeof(iovec), GFP_KERNEL));
  if (!v) return -ENOMEM;
  *vector = v;
  const u8* user = userAt(from, count * sizeof(iovec));
  if (!user && count) return -EFAULT;
  setBytes(v, user, count * sizeof(iovec));
  u64 total = 0;
  for (u32 k = 0; k < count; ++k) {
    if (static_cast<s64>(v[k].iov_len) < 0) return -EINVAL;
    if (v[k].iov_len && !userAt(v[k].iov_base.value, v[k].iov_len)) return -EFAULT;
    if (v[k].iov_len > MAX_RW_COUNT - total) set(v[k].iov_len, MAX_RW_COUNT - total);
    total += v[k].iov_len;
  }
  set(i->iter_type, ITER_IOVEC);
  set(i->data_source, rw != 0);
  set(i->user_backed, true);
  set(i->count, total);
  set(i->iov, v);
  set(i->nr_segs, count);
  return static_cast<s64>(total);
}

int copy_msghdr_from_user(const msghdr* kmsg, u64 umsg, const iovec** vector, const Address* sender) {
  KFUNC(copy_msghdr_from_user, kmsg, umsg);
  const auto* user = reinterpret_cast<const user_msghdr*>(userAt(umsg, sizeof(user_msghdr)));
  if (!user) return call.result(-EFAULT);
  if (const int err = __copy_msghdr(kmsg, *user, sender)) return call.result(err);
  const s64 n = import_iovec(0, user->msg_iov.value, static_cast<u32>(user->msg_iovlen), vector, &kmsg->msg_iter);
  return call.result(n < 0 ? static_cast<int>(n) : 0);
}

static int ____sys_recvmsg(const socket* sock, const msghdr* msg_sys, u64 umsg, u32 flags) {
  KFUNC(____sys_recvmsg, sock, msg_sys, umsg, flags);
  const auto* user = reinterpret_cast<const user_msghdr*>(userAt(umsg, sizeof(user_msghdr)));
  OnStack<Address> sender;
  set(msg_sys->msg_name, sender.get());
  set(msg_sys->msg_namelen, 0);
  set(msg_sys->msg_flags, flags & (MSG_CMSG_CLOEXEC | MSG_CMSG_COMPAT));
  const u64 control = msg_sys->msg_control_user.value;
  const int received = sock_recvmsg(sock, msg_sys, static_cast<int>(flags | dontWait(sock->file)));
  if (received < 0) return call.result(received);
  if (const u64 name = user->msg_name.value) {
    const u64 room = Arena::address(&user->msg_namelen);
    if (const int err = move_addr_to_user(sender, msg_sys->msg_namelen, name, room); err < 0) return call.result(err);
  }
  set(user->msg_flags, msg_sys->msg_flags & ~MSG_CMSG_COMPAT);
  set(user->msg_controllen, msg_sys->msg_control_user.value - control); // how much of it was filled
  return call.result(received);
}

static int ___sys_recvmsg(const socket* sock, u64 umsg, const msghdr* msg_sys, u32 flags) {
  KFUNC(___sys_recvmsg, sock, umsg, msg_sys, flags);
  const iovec* vector = nullptr;
  const int bad = copy_msghdr_from_user(msg_sys, umsg, &vector);
  const int received = bad ? bad : ____sys_recvmsg(sock, msg_sys, umsg, flags);
  kfree(vector);
  return call.result(received);
}

static s64 __sys_recvmsg(int fd, u64 msg, u32 flags) {
  KFUNC(__sys_recvmsg, fd, msg, flags);
  return call.result(onSocket(fd, [&](const socket* sock) -> s64 {
    OnStack<msghdr> message;
    return ___sys_recvmsg(sock, msg, message, flags);
  }));
}
s64 __x64_sys_recvmsg(int fd, u64 msg, u32 flags) {
  KFUNC(__x64_sys_recvmsg, fd, msg, flags);
  return call.result(__sys_recvmsg(fd, msg, flags));
}

// Several messages with one call. An error after the first is not lost: it is left in the socket, where the next call
// meets it. With MSG_WAITFORONE only the first is waited for. Urgent data ends the row: it should be looked at at once.
static s64 receiveRow(const socket* sock, u64 mmsg, u32 most, u32 flags) {
  s64 received = 0;
  int last = sock_error(sock->sk);
  bool more = !last;
  while (more && received < most) {
    const u64 slot = mmsg + static_cast<u64>(received) * sizeof(mmsghdr);
    OnStack<msghdr> message;
    last = ___sys_recvmsg(sock, slot, message, flags & ~MSG_WAITFORONE);
    if (last < 0) break;
    last = put_user(last, slot + offsetof(mmsghdr, msg_len));
    ++received;
    if (flags & MSG_WAITFORONE) flags |= MSG_DONTWAIT;
    more = !last && !(message->msg_flags & MSG_OOB);
  }
  if (!received) return last;
  if (last < 0 && last != -EAGAIN) set(sock->sk->sk_err, -last);
  return received;
}

static s64 do_recvmmsg(int fd, u64 mmsg, u32 vlen, u32 flags) {
  KFUNC(do_recvmmsg, fd, mmsg, vlen, flags);
  SIMPLIFIED("the timeout of recvmmsg is not heeded");
  return call.result(onSocket(fd, [&](const socket* sock) { return receiveRow(sock, mmsg, vlen, flags); }));
}
s64 __x64_sys_recvmmsg(int fd, u64 mmsg, u32 vlen, u32 flags, u64 timeout) {
  KFUNC(__x64_sys_recvmmsg, fd, mmsg, vlen, flags, timeout);
  return call.result(do_recvmmsg(fd, mmsg, vlen, flags));
}

} // namespace sockwalk::kernel
