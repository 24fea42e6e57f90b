// AF_ALG, the kernel's cryptography for programs: a socket is bound to an algorithm, and what accept() gives works with it.
// The family is a module, and every kind of algorithm is one more (algif_hash, algif_skcipher ...), asked for at bind(). Of
// those this machine has none on its disk, so no algorithm is ever bound. Source: crypto/af_alg.c.
#include "engine/kernel/include/linux/module.h"
#include "engine/kernel/include/linux/security.h"
#include "engine/kernel/include/net/sock.h"
#include "engine/kernel/kernel/module/files.h"
#include "engine/memory/constants/socket.h"
#include <cstring>

namespace sockwalk::kernel {

static Global<proto> alg_proto{"alg_proto"};
static Global<proto_ops> alg_proto_ops{"alg_proto_ops"};
static Global<net_proto_family> alg_family{"alg_family"};
static Global<list_head> alg_types{"alg_types"};

static const alg_sock* alg_sk(const sock* sk) { return skCast<alg_sock>(sk); }

// ---- kinds of algorithms
// Each would have registered itself in alg_types when its module came.
static const af_alg_type* alg_get_type(const char* name) {
  KFUNC(alg_get_type, name);
  SIMPLIFIED("no module on this disk registers a kind of algorithm");
  BUG_ON(!list_empty(alg_types));
  return call.result(ERR_PTR<af_alg_type>(-ENOENT));
}

// The kinds are looked up by name, and loaded by it: algif-hash for "hash".
static int alg_bind(const socket* sock, const sockaddr* uaddr, int addr_len) {
  KFUNC(alg_bind, sock, uaddr, addr_len);
  constexpr u32 Allowed = 0x1000; // CRYPTO_ALG_KERN_DRIVER_ONLY
  const auto* wanted = skCast<sockaddr_alg_new>(uaddr);
  if (sock->state == SS_CONNECTED) return call.result(-EINVAL);
  if (addr_len < int(sizeof *wanted) + 1) return call.result(-EINVAL);
  if ((wanted->salg_feat | wanted->salg_mask) & ~Allowed) return call.result(-EINVAL);
  const auto* kind = reinterpret_cast<const char*>(wanted->salg_type);
  set(wanted->salg_type[sizeof wanted->salg_type - 1], u8(0)); // whatever the program wrote, they end
  set(reinterpret_cast<const u8*>(uaddr)[addr_len - 1], u8(0));
  const af_alg_type* type = alg_get_type(kind);
  if (PTR_ERR(type) == -ENOENT) {
    request_module(std::string("algif-") + kind);
    type = alg_get_type(kind);
  }
  if (IS_ERR(type)) NOTE("alg.no_type", kind);
  return call.result(static_cast<int>(PTR_ERR(type)));
}

// ---- what needs an algorithm first
static int alg_setsockopt(const socket* sock, int level, int optname, const sockptr_t&, u32 optlen) {
  KFUNC(alg_setsockopt, sock, level, optname, optlen);
  lock_sock(sock->sk); // keys and the like are the algorithm's: without one there is nobody to take them
  release_sock(sock->sk);
  return call.result(-ENOPROTOOPT);
}

static int af_alg_accept(const sock* sk, const socket* newsock, bool kern) {
  KFUNC(af_alg_accept, sk, newsock, kern);
  lock_sock(sk);
  BUG_ON(alg_sk(sk)->type.get());
  release_sock(sk);
  return call.result(-EINVAL);
}
static int alg_accept(const socket* sock, const socket* newsock, int flags, bool kern) {
  KFUNC(alg_accept, sock, newsock, flags, kern);
  return call.result(af_alg_accept(sock->sk, newsock, kern));
}

// ---- a socket's life
static int af_alg_release(const socket* sock) {
  KFUNC(af_alg_release, sock);
  if (const struct sock* sk = sock->sk) {
    sock_put(sk);
    set(sock->sk, nullptr);
  }
  return call.result(0);
}
static void alg_sock_destruct(const sock* sk) { KFUNC(alg_sock_destruct, sk); }

static int alg_create(const net* net, const socket* sock, int protocol, int kern) {
  KFUNC(alg_create, net, sock, protocol, kern);
  if (sock->type != SOCK_SEQPACKET) return call.result(-ESOCKTNOSUPPORT);
  if (protocol) return call.result(-EPROTONOSUPPORT);
  const struct sock* sk = sk_alloc(net, AF_ALG, GFP_KERNEL, alg_proto, kern);
  if (!sk) return call.result(-ENOMEM);
  set(sock->ops, alg_proto_ops);
  sock_init_data(sock, sk);
  set(sk->sk_destruct, fn<alg_sock_destruct>);
  return call.result(0);
}

// ---- the module
static int af_alg_init() {
  KFUNC(af_alg_init);
  int err = proto_register(alg_proto, 0);
  if (err) return call.result(err);
  err = sock_register(alg_family);
  if (err) proto_unregister(alg_proto);
  return call.result(err);
}
static void af_alg_exit() {
  KFUNC(af_alg_exit);
  sock_unregister(AF_ALG);
  proto_unregister(alg_proto);
}

static void layOps(const struct module* owner) {
  const proto_ops* ops = alg_proto_ops;
  set(ops->family, AF_ALG);
  set(ops->owner, owner);
  set(ops->connect, fn<sock_no_connect>);
  set(ops->socketpair, fn<sock_no_socketpair>);
  set(ops->getname, fn<sock_no_getname>);
  set(ops->ioctl, fn<sock_no_ioctl>);
  set(ops->listen, fn<sock_no_listen>);
  set(ops->shutdown, fn<sock_no_shutdown>);
  set(ops->mmap, fn<sock_no_mmap>);
  set(ops->sendpage, fn<sock_no_sendpage>);
  set(ops->sendmsg, fn<sock_no_sendmsg>);
  set(ops->recvmsg, fn<sock_no_recvmsg>);
  set(ops->bind, fn<alg_bind>);
  set(ops->release, fn<af_alg_release>);
  set(ops->setsockopt, fn<alg_setsockopt>);
  set(ops->accept, fn<alg_accept>);
}
static void image(const struct module* owner) {
  layOps(owner);
  setBytes(alg_proto->name, "ALG", 3);
  set(alg_proto->owner, owner);
  set(alg_proto->obj_size, sizeof(alg_sock));
  set(alg_family->family, AF_ALG);
  set(alg_family->create, fn<alg_create>);
  set(alg_family->owner, owner);
  INIT_LIST_HEAD(alg_types);
}
static void functions(const struct module* mod) {
  set(mod->init, fn<af_alg_init>);
  set(mod->exit, fn<af_alg_exit>);
}
ModuleFile afAlgFile() {
  static constexpr std::string_view Aliases[] = {"net-pf-38"};
  return {"af_alg", Aliases, image, functions};
}

} // namespace sockwalk::kernel
