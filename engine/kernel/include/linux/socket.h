// Families, socket types and the flags of the message calls. Source: include/linux/socket.h, include/linux/net.h.
#pragma once
#include "engine/kernel/include/linux/kernel.h"

namespace sockwalk::kernel {

int move_addr_to_kernel(u64 uaddr, int ulen, const __kernel_sockaddr_storage* kaddr);
int __sys_socket(int family, int type, int protocol);
int __sys_bind(int fd, u64 umyaddr, int addrlen);

int __sys_listen(int fd, int backlog);
int __sys_accept4(int fd, u64 upeer_sockaddr, u64 upeer_addrlen, int flags);

// ---- control messages
constexpr u64 CMSG_ALIGN(u64 n) { return (n + 7) & ~u64(7); }
inline const u8* CMSG_DATA(const cmsghdr* cmsg) {
  return reinterpret_cast<const u8*>(cmsg) + CMSG_ALIGN(sizeof(cmsghdr));
}
const cmsghdr* CMSG_FIRSTHDR(const msghdr* msg);
const cmsghdr* CMSG_NXTHDR(const msghdr* msg, const cmsghdr* cmsg);
bool CMSG_OK(const msghdr* msg, const cmsghdr* cmsg);
// To the receiver: appends one message to the user's buffer; MSG_CTRUNC if it does not fit.
int put_cmsg(const msghdr* msg, int level, int type, int len, const void* data);

} // namespace sockwalk::kernel
