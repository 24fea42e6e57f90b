// The calls of net/socket.c: one system call for all of them, on i386, and behind it a function for each.
#include "engine/kernel26/include/asm/uaccess.h"
#include "engine/kernel26/include/linux/module.h"
#include "engine/kernel26/include/linux/security.h"
#include "engine/kernel26/net/socket_internal.h"
#include "engine/kernel26/syscalls.h"

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

// ---- one entry for all: system call 102
// How many words of arguments each call has.
static constexpr u8 nargs[SYS_RECVMSG_26 + 1] = {0, 3, 3, 3, 2, 3, 3, 3, 4, 4, 4, 6, 6, 2, 5, 5, 3, 3};
static constexpr std::string_view Functions[SYS_RECVMSG_26 + 1] = {"",
                                                                   "sys_socket",
                                                                   "sys_bind",
                                                                   "sys_connect",
                                                                   "sys_listen",
                                                                   "sys_accept",
                                                                   "sys_getsockname",
                                                                   "sys_getpeername",
                                                                   "sys_socketpair",
                                                                   "sys_send",
                                                                   "sys_recv",
                                                                   "sys_sendto",
                                                                   "sys_recvfrom",
                                                                   "sys_shutdown",
                                                                   "sys_setsockopt",
                                                                   "sys_getsockopt",
                                                                   "sys_sendmsg",
                                                                   "sys_recvmsg"};

s64 sys_socketcall(int which, u64 args) {
  KFUNC(sys_socketcall, which, args);
  SIMPLIFIED("of the seventeen calls only socket() is there");
  if (which < SYS_SOCKET_26 || which > SYS_RECVMSG_26) return call.result<s64>(-EINVAL);
  const OnStack26<u32, 6> a;
  const u32 bytes = nargs[which] * static_cast<u32>(sizeof(u32));
  if (copy_from_user(a.get(), args, bytes)) {
    NOTE("then.socketcall_fault", bytes);
    return call.result<s64>(-EFAULT);
  }
  NOTE("then.socketcall", which, bytes);
  if (which != SYS_SOCKET_26) throw UnbuiltFunction{Functions[which]};
  const auto number = [&](u32 i) { return static_cast<int>(a[i]); };
  return call.result<s64>(sys_socket(number(0), number(1), number(2)));
}

} // namespace sockwalk::kernel26
