// What the parts of net/socket.c share.
// Source: net/socket.c.
#pragma once
#include "engine/kernel/include/linux/file.h"
#include "engine/kernel/include/linux/fs.h"
#include "engine/kernel/include/linux/kernel.h"
#include "engine/kernel/include/linux/net.h"
#include "engine/kernel/machine/machine.h"
#include "engine/memory/constants/files.h"
#include "engine/memory/constants/socket.h"
#include <utility>

namespace sockwalk::kernel {

// An address of any family, and the same bytes as the families' own functions take them.
using Address = __kernel_sockaddr_storage;
inline const sockaddr* asAddress(const Address* a) { return reinterpret_cast<const sockaddr*>(a); }

// The socket behind a descriptor; *fput_needed says whether fput_light() must be called after. nullptr: *err.
const socket* sockfd_lookup_light(int fd, int* err, int* fput_needed);
// Gives what `work` makes of the socket behind `fd`: or -EBADF if nothing is open there, -ENOTSOCK if it is no socket.
// Another thread may close the descriptor while this one works: where the table is shared, the look-up took a reference
// to the file, so that it stays until it is given back here.
template <class Work> auto onSocket(int fd, const Work& work) {
  using Answer = decltype(work(std::declval<const socket*>()));
  int error, held;
  const socket* sock = sockfd_lookup_light(fd, &error, &held);
  if (!sock) return static_cast<Answer>(error);
  const file* opened = sock->file;
  const Answer answer = work(sock);
  fput_light(opened, held);
  return answer;
}

// O_NONBLOCK on the file means MSG_DONTWAIT on every call.
inline u32 dontWait(const file* f) { return f->f_flags & O_NONBLOCK ? u32(MSG_DONTWAIT) : 0; }

// Which end of a socket getname() is asked for. A peer that is gone already has no name for getpeername(); for accept()
// its name is still worth something.
enum SocketEnd { OwnEnd = 0, PeerEnd = 1, PeerEvenIfGone = 2 };

// socket(), socketpair() and accept4() take two flags for the new file beside the type.
inline bool onlyFileFlags(int flags) { return !(flags & ~(SOCK_CLOEXEC | SOCK_NONBLOCK)); }

// A free number in the table of descriptors, set aside before it is known whether there will be a file for it. The file
// goes there last: from then on the program's other threads can reach it, so everything about it must be ready.
struct NewDescriptor {
  const int number; // below zero: the table is full, and this is the error
  explicit NewDescriptor(int flags) : number(get_unused_fd_flags(static_cast<u32>(flags))) {}
  bool none() const { return number < 0; }
  void giveBack() const { put_unused_fd(static_cast<u32>(number)); }
  void open(const file* opened) const { fd_install(static_cast<u32>(number), opened); }
  // Gives the number under which the file stands now. If there is no file: why not, and the number is free again.
  int fill(const file* opened) const {
    if (!IS_ERR(opened)) open(opened);
    else giveBack();
    return IS_ERR(opened) ? static_cast<int>(PTR_ERR(opened)) : number;
  }
};

int move_addr_to_user(const __kernel_sockaddr_storage* kaddr, int klen, u64 uaddr, u64 ulen);
// A user_msghdr and its buffers; the caller frees *vector. 0 or -errno.
int copy_msghdr_from_user(const msghdr* kmsg, u64 umsg, const iovec** vector,
                          const __kernel_sockaddr_storage* sender = nullptr);

u32 sock_poll(const file* file, const poll_table_struct* wait);

} // namespace sockwalk::kernel
