// NETLINK_SOCK_DIAG: programs like `ss` ask which sockets there are. Each family has a part of the kernel that tells of its own.
#include "engine/kernel/include/linux/sock_diag.h"
#include "engine/kernel/include/linux/cred.h"
#include "engine/kernel/include/net/sock.h"
#include "engine/kernel/init/image.h"
#include "engine/kernel/net/core/sock_opt_internal.h"

namespace sockwalk::kernel {

static Global<kptr<sock_diag_handler>[AF_MAX]> sock_diag_handlers { "sock_diag_handlers" };
static Global<pernet_operations> diag_net_ops{"diag_net_ops"};

int sock_diag_register(const sock_diag_handler* handler) {
  KFUNC(sock_diag_register, handler);
  const kptr<sock_diag_handler>& slot = sock_diag_handlers[handler->family];
  if (slot) return call.result(-EBUSY);
  set(slot, handler);
  return call.result(0);
}

// ---- what is told of every socket
// A number that no other socket ever gets: a program that asks again by it cannot be given another socket, which has the
// same ports by now.
void sock_diag_save_cookie(const sock* sk, const u8* cookie) {
  KFUNC(sock_diag_save_cookie, sk);
  const u64 number = __sock_gen_cookie(sk);
  setBytes(cookie, &number, sizeof number);
}
int sock_diag_check_cookie(const sock* sk, const u32* cookie) {
  KFUNC(sock_diag_check_cookie, sk);
  const u64 asked = cookie[0] | u64(cookie[1]) << 32;
  const bool anyWillDo = asked == ~0ull;
  return call.result(anyWillDo || asked == __sock_gen_cookie(sk) ? 0 : -ESTALE);
}
int sock_diag_put_meminfo(const sock* sk, const sk_buff* skb, int attrtype) {
  KFUNC(sock_diag_put_meminfo, sk, skb, attrtype);
  u8 numbers[SK_MEMINFO_VARS * 4];
  sk_get_meminfo(sk, numbers);
  return call.result(nla_put(skb, attrtype, sizeof numbers, numbers));
}

// Ends a socket that is another program's: what `ss --kill` asks for.
int sock_diag_destroy(const sock* sk, int err) {
  KFUNC(sock_diag_destroy, sk, err);
  if (!ns_capable(sock_net(sk)->user_ns, CAP_NET_ADMIN)) return call.result(-EPERM);
  const auto& destroy = sk->sk_prot->diag_destroy;
  return call.result(destroy ? destroy(sk, err) : -EOPNOTSUPP);
}

// ---- requests
// Here every part is built in or not there at all; Linux would load a module now.
int sock_load_diag_module(int family, int protocol) {
  KFUNC(sock_load_diag_module, family, protocol);
  NOTE("netlink.diag_not_built", family, protocol);
  return call.result(-ENOENT);
}

static int __sock_diag_cmd(const sk_buff* skb, const nlmsghdr* nlh) {
  if (nlmsg_len(nlh) < sizeof(sock_diag_req)) return -EINVAL;
  const u8 family = nlmsg_data<sock_diag_req>(nlh)->sdiag_family;
  if (family >= AF_MAX) return -EINVAL;
  const sock_diag_handler* handler = sock_diag_handlers[family];
  if (!handler) return sock_load_diag_module(family, 0);
  const bool destroys = nlh->nlmsg_type == DestroyRequest;
  if (destroys && !handler->destroy) return -EOPNOTSUPP;
  return destroys ? handler->destroy(skb, nlh) : handler->dump(skb, nlh);
}

static int sock_diag_rcv_msg(const sk_buff* skb, const nlmsghdr* nlh, const netlink_ext_ack* extack) {
  KFUNC(sock_diag_rcv_msg, skb, nlh, extack);
  SIMPLIFIED("the requests of old (TCPDIAG_GETSOCK) are not known");
  const u16 type = nlh->nlmsg_type;
  if (type == SOCK_DIAG_BY_FAMILY || type == DestroyRequest) return call.result(__sock_diag_cmd(skb, nlh));
  const bool known = type == TCPDIAG_GETSOCK;
  if (known) NOTE("netlink.not_simulated", NETLINK_SOCK_DIAG, type);
  return call.result(known ? -EOPNOTSUPP : -EINVAL);
}
static void sock_diag_rcv(const sk_buff* skb) {
  KFUNC(sock_diag_rcv, skb);
  netlink_rcv_skb(skb, sock_diag_rcv_msg);
}
// Who wants to hear that sockets end needs the part that tells of it.
static s32 sock_diag_bind(const net* net, s32 group) {
  KFUNC(sock_diag_bind, net, group);
  return call.result(0);
}

static s32 diag_net_init(const net* net) {
  KFUNC(diag_net_init, net);
  OnStack<netlink_kernel_cfg> cfg;
  set(cfg->groups, SKNLGRP_MAX);
  set(cfg->input, fn<sock_diag_rcv>);
  set(cfg->bind, fn<sock_diag_bind>);
  set(cfg->flags, NL_CFG_F_NONROOT_RECV);
  const sock* own = netlink_kernel_create(net, NETLINK_SOCK_DIAG, cfg);
  set(net->diag_nlsk, own);
  return call.result(own ? 0 : -ENOMEM);
}

int sock_diag_init() {
  KFUNC(sock_diag_init);
  set(diag_net_ops->init, fn<diag_net_init>);
  return call.result(register_pernet_subsys(diag_net_ops));
}

} // namespace sockwalk::kernel
