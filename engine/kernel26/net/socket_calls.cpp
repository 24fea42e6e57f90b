// The calls of net/socket.c: one system call for all of them, on i386, and behind it a function for each.
#include "engine/kernel26/include/asm/uaccess.h"
#include "engine/kernel26/include/linux/module.h"
#include "engine/kernel26/include/linux/security.h"
#include "engine/kernel26/net/socket_internal.h"

namespace sockwalk::kernel26 {

static Global26<s32> warned{"__sock_create.warned"};

// ---- making a socket
// Programs of 1996 asked PF_INET for packets. They still get them, and the administrator is told once.
static int packetFamily(int family, int type) {
  if (family != PF_INET || type != SOCK_PACKET) return family;
  if (!*warned) {
    set(*warned, 1);
    NOTE("then.obsolete_packet", static_cast<u32>(current()->pid));
  }
  return PF_PACKET;
}

// The module that has the family holds still while it makes the socket; the one that has the socket's operations is the
// socket's from then on.
static int createInFamily(const net_proto_family* maker, const socket* sock, int protocol) {
  if (!try_module_get(maker->owner)) return -EAFNOSUPPORT;
  int err = maker->create(sock, protocol);
  if (err >= 0 && !try_module_get(sock->ops->owner)) {
    set(sock->ops, nullptr);
    err = -EAFNOSUPPORT;
  }
  module_put(maker->owner);
  return err;
}

static int createKnown(const net_proto_family* maker, int type, int protocol, const socket** res) {
  const socket* sock = sock_alloc();
  if (!sock) return -ENFILE; // the nearest that POSIX has
  set(sock->type, type);
  const int err = createInFamily(maker, sock, protocol);
  if (err < 0) sock_release(sock);
  else *res = sock;
  return err;
}

static int __sock_create(int family, int type, int protocol, const socket** res, int kern) {
  KFUNC(__sock_create, family, type, protocol, kern);
  if (family < 0 || family >= NPROTO_26) return call.result(-EAFNOSUPPORT);
  if (type < 0 || type >= SOCK_MAX_26) return call.result(-EINVAL);
  family = packetFamily(family, type);
  if (const int refused = security_socket_create(family, type, protocol, kern)) return call.result(refused);
  const auto& place = net_families[static_cast<u32>(family)];
  if (!place.get()) request_module(machine().rodata("net-pf-" + std::to_string(family)));
  net_family_read_lock();
  int err = -EAFNOSUPPORT;
  if (const net_proto_family* maker = place) {
    NOTE("socket.family", family, maker);
    err = createKnown(maker, type, protocol, res);
    if (err >= 0) security_socket_post_create(*res, family, type, protocol, kern);
  } else {
    NOTE("socket.no_family", family);
  }
  net_family_read_unlock();
  return call.result(err);
}

int sock_create(int family, int type, int protocol, const socket** res) {
  KFUNC(sock_create, family, type, protocol);
  return call.result(__sock_create(family, type, protocol, res, 0));
}

int sys_socket(int family, int type, int protocol) {
  KFUNC(sys_socket, family, type, protocol);
  const socket* sock = nullptr;
  int result = sock_create(family, type, protocol, &sock);
  if (result < 0) return call.result(result);
  result = sock_map_fd(sock);
  if (result < 0) sock_release(sock);
  return call.result(result);
}

// ---- naming it, and waiting for connections
static int move_addr_to_kernel(u64 uaddr, int ulen, const void* kaddr) {
  KFUNC(move_addr_to_kernel, uaddr, ulen);
  if (ulen < 0 || ulen > static_cast<int>(MAX_SOCK_ADDR_26)) return call.result(-EINVAL);
  return call.result(copy_from_user(kaddr, uaddr, static_cast<u32>(ulen)) ? -EFAULT : 0);
}

int sys_bind(int fd, u64 umyaddr, int addrlen) {
  KFUNC(sys_bind, fd, umyaddr, addrlen);
  int err = 0;
  const socket* sock = sockfd_lookup(fd, &err);
  if (!sock) return call.result(err);
  const file* held = sock->file;
  const OnStack26<u8, MAX_SOCK_ADDR_26> room;
  const auto* address = reinterpret_cast<const sockaddr*>(room.get());
  err = move_addr_to_kernel(umyaddr, addrlen, address);
  if (!err) err = security_socket_bind(sock, address, addrlen);
  if (!err) err = sock->ops->bind(sock, address, addrlen);
  fput(held);
  return call.result(err);
}

int sys_listen(int fd, int backlog) {
  KFUNC(sys_listen, fd, backlog);
  constexpr u32 Most = 128; // sysctl_somaxconn
  int err = 0;
  const socket* sock = sockfd_lookup(fd, &err);
  if (!sock) return call.result(err);
  const file* held = sock->file;
  const int allowed = static_cast<int>(std::min(static_cast<u32>(backlog), Most));
  err = security_socket_listen(sock, allowed);
  if (!err) err = sock->ops->listen(sock, allowed);
  fput(held);
  return call.result(err);
}

// ---- one entry for all: system call 102
// How many words of arguments each call has.
static constexpr u8 nargs[SYS_RECVMSG_26 + 1] = {0, 3, 3, 3, 2, 3, 3, 3, 4, 4, 4, 6, 6, 2, 5, 5, 3, 3};

s64 sys_socketcall(int which, u64 args) {
  KFUNC(sys_socketcall, which, args);
  SIMPLIFIED("of the seventeen calls only socket(), bind() and listen() are there");
  if (which < SYS_SOCKET_26 || which > SYS_RECVMSG_26) return call.result<s64>(-EINVAL);
  const OnStack26<u32, 6> a;
  const u32 bytes = nargs[which] * static_cast<u32>(sizeof(u32));
  if (copy_from_user(a.get(), args, bytes)) {
    NOTE("then.socketcall_fault", bytes);
    return call.result<s64>(-EFAULT);
  }
  NOTE("then.socketcall", which, bytes);
  const auto number = [&](u32 i) { return static_cast<int>(a[i]); };
  switch (which) {
  case SYS_SOCKET_26: return call.result<s64>(sys_socket(number(0), number(1), number(2)));
  case SYS_BIND_26: return call.result<s64>(sys_bind(number(0), Address32::wide(a[1]), number(2)));
  case SYS_LISTEN_26: return call.result<s64>(sys_listen(number(0), number(1)));
  default: throw UnbuiltFunction{"this call of sys_socketcall"};
  }
}

} // namespace sockwalk::kernel26
