// Netlink sockets: creation and release, and the sockets that the kernel has itself. One table entry for each protocol
// (rtnetlink, sock_diag, generic ...): a protocol exists if somebody in the kernel registered it.
#include "engine/kernel/net/netlink/af_netlink.h"
#include "engine/kernel/include/linux/module.h"
#include "engine/kernel/include/linux/notifier.h"
#include "engine/kernel/include/linux/poll.h"
#include "engine/kernel/include/linux/rcupdate.h"
#include "engine/kernel/include/net/rtnetlink.h"
#include "engine/kernel/init/image.h"

namespace sockwalk::kernel {

static Global<proto> netlink_proto{"netlink_proto"};
static Global<proto_ops> netlink_ops{"netlink_ops"};
static Global<net_proto_family> netlink_family_ops{"netlink_family_ops"};
static Global<pernet_operations> unsimulated_ops{"unsimulated netlink_net_ops"};
Global<netlink_table[MAX_LINKS]> nl_table{"nl_table"};

static void netlink_sock_destruct(const sock* sk) {
  KFUNC(netlink_sock_destruct, sk);
  skb_queue_purge(&sk->sk_receive_queue);
  BUG_ON(!sock_flag(sk, SOCK_DEAD));
}

static int __netlink_create(const net* net, const socket* sock, const mutex* cb_mutex, int protocol, int kern) {
  KFUNC(__netlink_create, net, sock, cb_mutex, protocol, kern);
  set(sock->ops, netlink_ops);
  const struct sock* sk = sk_alloc(net, PF_NETLINK, GFP_KERNEL, netlink_proto, kern);
  if (!sk) return call.result(-ENOMEM);
  sock_init_data(sock, sk);
  const netlink_sock* fresh = nlk_sk(sk);
  const mutex* dumps = cb_mutex ? cb_mutex : &fresh->cb_def_mutex; // one dump of a table at a time
  set(fresh->cb_mutex, dumps);
  init_waitqueue_head(&fresh->wait);
  set(sk->sk_destruct, fn<netlink_sock_destruct>);
  set(sk->sk_protocol, protocol);
  return call.result(0);
}

// The part of the kernel that `protocol` reaches, with its module held: it may be one that has yet to come. nullptr: nobody
// is there.
static const netlink_table* holdListener(s32 protocol) {
  const netlink_table* entry = &nl_table[static_cast<u32>(protocol)];
  if (!entry->registered) request_module("net-pf-" + std::to_string(PF_NETLINK) + "-proto-" + std::to_string(protocol));
  return entry->registered && try_module_get(entry->module) ? entry : nullptr;
}

static s32 netlink_create(const net* net, const socket* sock, s32 protocol, s32 kern) {
  KFUNC(netlink_create, net, sock, protocol, kern);
  set(sock->state, SS_UNCONNECTED);
  const bool knownType = sock->type == SOCK_RAW || sock->type == SOCK_DGRAM; // here they mean the same
  if (!knownType) return call.result(-ESOCKTNOSUPPORT);
  if (protocol < 0 || protocol >= MAX_LINKS) return call.result(-EPROTONOSUPPORT);
  const netlink_table* listener = holdListener(protocol);
  if (!listener) return call.result(-EPROTONOSUPPORT);
  if (const int failed = __netlink_create(net, sock, listener->cb_mutex, protocol, kern)) {
    module_put(listener->module);
    return call.result(failed);
  }
  sock_prot_inuse_add(net, netlink_proto, 1);
  set(nlk_sk(sock->sk)->module, listener->module);
  set(nlk_sk(sock->sk)->netlink_bind, listener->bind);
  set(nlk_sk(sock->sk)->netlink_unbind, listener->unbind);
  return call.result(0);
}

static void deferred_put_nlk_sk(const callback_head* head) {
  KFUNC(deferred_put_nlk_sk, head);
  const auto* gone = container_of(head, netlink_sock, rcu);
  kfree(gone->groups.get());
  set(gone->groups, nullptr);
  sock_put(&gone->sk);
}

// Nobody will read on: what the dump remembers is let go of.
static void endDump(const netlink_sock* nlk) {
  if (!nlk->cb_running) return;
  if (nlk->cb.done) nlk->cb.done(&nlk->cb);
  kfree_skb(nlk->cb.skb);
}

static s32 netlink_release(const socket* sock) {
  KFUNC(netlink_release, sock);
  SIMPLIFIED("the kernel's own sockets live as long as the machine");
  const struct sock* own = sock->sk;
  if (!own) return call.result(0);
  netlink_remove(own);
  sock_orphan(own);
  const netlink_sock* leaving = nlk_sk(own);
  set(sock->sk, nullptr);
  const wait_queue_head* senders = &leaving->wait; // who waits for room in this socket's queue
  if (waitqueue_active(senders)) wake_up_interruptible_all(senders);
  skb_queue_purge(&own->sk_write_queue);
  if (leaving->portid && leaving->bound) blocking_notifier_call_chain(NETLINK_URELEASE, own);
  endDump(leaving);
  module_put(leaving->module);
  sock_prot_inuse_add(sock_net(own), netlink_proto, -1);
  call_rcu(&leaving->rcu, fn<deferred_put_nlk_sk>); // readers of the table may be looking at it
  return call.result(0);
}

static s32 netlink_ioctl(const socket* sock, u32 cmd, u64 arg) {
  KFUNC(netlink_ioctl, sock, cmd, arg);
  return call.result(-ENOIOCTLCMD); // there is none; the caller asks the device layer
}

// ---- the kernel's side
static void netlink_data_ready(const sock* sk) {
  KFUNC(netlink_data_ready, sk);
  BUG_ON(sk); // its messages are read where they are sent, nothing ever comes into its queue
}

// What the protocol is; the first of its sockets, that of the first namespace, decides.
static bool registerProtocol(const netlink_table* table, const netlink_kernel_cfg* cfg) {
  if (table->registered) return add(table->registered, 1) != 0;
  const u32 groups = std::max<u32>(cfg->groups, 32);
  const auto* nobody = kzalloc<listeners>(GFP_KERNEL, groupWords(groups) * 8);
  if (!nobody) return false;
  set(table->groups, groups);
  set(table->listeners, nobody);
  set(table->cb_mutex, cfg->cb_mutex.get());
  set(table->bind, cfg->bind);
  set(table->unbind, cfg->unbind);
  set(table->flags, cfg->flags);
  set(table->registered, 1);
  return true;
}

static const sock* __netlink_kernel_create(const net* net, int unit, const netlink_kernel_cfg* cfg) {
  KFUNC(__netlink_kernel_create, net, unit, cfg);
  const socket* sock = nullptr;
  if (sock_create_lite(PF_NETLINK, SOCK_DGRAM, unit, &sock)) return call.result<const struct sock*>(nullptr);
  if (__netlink_create(net, sock, cfg->cb_mutex, unit, 1)) {
    sock_release(sock);
    return call.result<const struct sock*>(nullptr);
  }
  const struct sock* sk = sock->sk;
  set(sk->sk_data_ready, fn<netlink_data_ready>);
  set(nlk_sk(sk)->netlink_rcv, cfg->input);
  set(nlk_sk(sk)->flags, 1ull << NETLINK_F_KERNEL_SOCKET);
  const bool ready = !netlink_insert(sk, 0) && registerProtocol(tableOf(sk), cfg);
  if (!ready) sock_release(sock);
  return call.result(ready ? sk : nullptr);
}
const sock* netlink_kernel_create(const net* net, int unit, const netlink_kernel_cfg* cfg) {
  return __netlink_kernel_create(net, unit, cfg);
}

// ---- protocols whose part of the kernel is not there: they exist, and refuse each request
static int refuseUnsimulated(const sk_buff* skb, const nlmsghdr* nlh, const netlink_ext_ack*) {
  NOTE("netlink.not_simulated", skb->sk->sk_protocol, nlh->nlmsg_type);
  return -EOPNOTSUPP;
}
static void unsimulated_rcv(const sk_buff* skb) { netlink_rcv_skb(skb, refuseUnsimulated); }

static s32 unsimulated_net_init(const net* net) {
  constexpr struct {
    int protocol;
    u32 groups;
  } Unsimulated[] = {{NETLINK_XFRM, 9},           {NETLINK_AUDIT, 1},   {NETLINK_FIB_LOOKUP, 0}, {NETLINK_NETFILTER, 9},
                     {NETLINK_KOBJECT_UEVENT, 1}, {NETLINK_GENERIC, 0}, {NETLINK_CRYPTO, 0}};
  for (const auto& part : Unsimulated) {
    OnStack<netlink_kernel_cfg> cfg;
    set(cfg->groups, part.groups);
    set(cfg->flags, NL_CFG_F_NONROOT_RECV);
    set(cfg->input, fn<unsimulated_rcv>);
    if (!netlink_kernel_create(net, part.protocol, cfg)) return -ENOMEM;
  }
  return 0;
}

// ---- start
void image_netlink() {
  setBytes(netlink_proto->name, "NETLINK", 7);
  set(netlink_proto->obj_size, sizeof(netlink_sock));
  set(netlink_ops->family, PF_NETLINK);
  set(netlink_ops->release, fn<netlink_release>);
  set(netlink_ops->bind, fn<netlink_bind>);
  set(netlink_ops->connect, fn<netlink_connect>);
  set(netlink_ops->socketpair, fn<sock_no_socketpair>);
  set(netlink_ops->accept, fn<sock_no_accept>);
  set(netlink_ops->getname, fn<netlink_getname>);
  set(netlink_ops->poll, fn<datagram_poll>);
  set(netlink_ops->ioctl, fn<netlink_ioctl>);
  set(netlink_ops->listen, fn<sock_no_listen>);
  set(netlink_ops->shutdown, fn<sock_no_shutdown>);
  set(netlink_ops->setsockopt, fn<netlink_setsockopt>);
  set(netlink_ops->getsockopt, fn<netlink_getsockopt>);
  set(netlink_ops->sendmsg, fn<netlink_sendmsg>);
  set(netlink_ops->recvmsg, fn<netlink_recvmsg>);
  set(netlink_ops->mmap, fn<sock_no_mmap>);
  set(netlink_ops->sendpage, fn<sock_no_sendpage>);
  set(netlink_family_ops->family, PF_NETLINK);
  set(netlink_family_ops->create, fn<netlink_create>);
}

// Programs speak among themselves with this one: the kernel has no part in it.
static void netlink_add_usersock_entry() {
  OnStack<netlink_kernel_cfg> cfg;
  set(cfg->flags, NL_CFG_F_NONROOT_SEND);
  registerProtocol(&nl_table[NETLINK_USERSOCK], cfg);
}

int netlink_proto_init() {
  KFUNC(netlink_proto_init);
  proto_register(netlink_proto, 1);
  netlink_add_usersock_entry();
  sock_register(netlink_family_ops);
  rtnetlink_init();
  set(unsimulated_ops->init, fn<unsimulated_net_init>);
  register_pernet_subsys(unsimulated_ops);
  return call.result(0);
}

} // namespace sockwalk::kernel
