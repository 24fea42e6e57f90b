// Netlink sockets: creation and release. One table entry for each protocol (rtnetlink, sock_diag, generic ...), and a
// protocol exists if somebody in the kernel registered it.
#include "engine/kernel/include/linux/netlink.h"
#include "engine/kernel/include/linux/poll.h"
#include "engine/kernel/include/linux/rcupdate.h"
#include "engine/kernel/include/linux/skbuff.h"
#include "engine/kernel/include/net/sock.h"
#include "engine/kernel/init/image.h"
#include "engine/memory/constants/socket.h"

namespace sockwalk::kernel {

static Global<proto> netlink_proto{"netlink_proto"};
static Global<proto_ops> netlink_ops{"netlink_ops"};
static Global<net_proto_family> netlink_family_ops{"netlink_family_ops"};
static Global<netlink_table[MAX_LINKS]> nl_table{"nl_table"};

static const netlink_sock* nlk_sk(const sock* sk) { return reinterpret_cast<const netlink_sock*>(sk); }

// Does anybody listen to this group of the kernel's own socket?
int netlink_has_listeners(const sock* sk, u32 group) {
  KFUNC(netlink_has_listeners, sk, group);
  SIMPLIFIED("nobody can join a netlink group, so nobody listens");
  return call.result(0);
}

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

// The part of the kernel that `protocol` reaches; nullptr: nobody is there.
static const netlink_table* listenerOf(s32 protocol) {
  if (protocol < 0 || protocol >= MAX_LINKS) return nullptr;
  const netlink_table* entry = &nl_table[static_cast<u32>(protocol)];
  return entry->registered ? entry : nullptr;
}

static s32 netlink_create(const net* net, const socket* sock, s32 protocol, s32 kern) {
  KFUNC(netlink_create, net, sock, protocol, kern);
  set(sock->state, SS_UNCONNECTED);
  const bool knownType = sock->type == SOCK_RAW || sock->type == SOCK_DGRAM; // here they mean the same
  if (!knownType) return call.result(-ESOCKTNOSUPPORT);
  const netlink_table* listener = listenerOf(protocol);
  if (!listener) return call.result(-EPROTONOSUPPORT);
  const int failed = __netlink_create(net, sock, listener->cb_mutex, protocol, kern);
  if (!failed) sock_prot_inuse_add(net, netlink_proto, 1);
  return call.result(failed);
}

static void deferred_put_nlk_sk(const callback_head* head) {
  KFUNC(deferred_put_nlk_sk, head);
  const auto* gone = container_of(head, netlink_sock, rcu);
  kfree(gone->groups.get());
  set(gone->groups, nullptr);
  sock_put(&gone->sk);
}

static s32 netlink_release(const socket* sock) {
  KFUNC(netlink_release, sock);
  SIMPLIFIED("the socket was never bound, so there is no port to give back and no group to leave");
  const struct sock* own = sock->sk;
  if (!own) return call.result(0);
  sock_orphan(own);
  const netlink_sock* leaving = nlk_sk(own);
  set(sock->sk, nullptr);
  const wait_queue_head* senders = &leaving->wait; // who waits for room in this socket's queue
  if (waitqueue_active(senders)) wake_up_interruptible_all(senders);
  skb_queue_purge(&own->sk_write_queue);
  sock_prot_inuse_add(sock_net(own), netlink_proto, -1);
  call_rcu(&leaving->rcu, fn<deferred_put_nlk_sk>); // readers of the table may be looking at it
  return call.result(0);
}

void image_netlink() {
  setBytes(netlink_proto->name, "NETLINK", 7);
  set(netlink_proto->obj_size, sizeof(netlink_sock));
  set(netlink_ops->family, PF_NETLINK);
  set(netlink_ops->release, fn<netlink_release>);
  set(netlink_ops->bind, unbuilt<"netlink_bind">);
  set(netlink_ops->connect, unbuilt<"netlink_connect">);
  set(netlink_ops->socketpair, fn<sock_no_socketpair>);
  set(netlink_ops->accept, fn<sock_no_accept>);
  set(netlink_ops->getname, unbuilt<"netlink_getname">);
  set(netlink_ops->poll, fn<datagram_poll>);
  set(netlink_ops->ioctl, unbuilt<"netlink_ioctl">);
  set(netlink_ops->listen, fn<sock_no_listen>);
  set(netlink_ops->shutdown, fn<sock_no_shutdown>);
  set(netlink_ops->setsockopt, unbuilt<"netlink_setsockopt">);
  set(netlink_ops->getsockopt, unbuilt<"netlink_getsockopt">);
  set(netlink_ops->sendmsg, unbuilt<"netlink_sendmsg">);
  set(netlink_ops->recvmsg, unbuilt<"netlink_recvmsg">);
  set(netlink_family_ops->family, PF_NETLINK);
  set(netlink_family_ops->create, fn<netlink_create>);
}

int netlink_proto_init() {
  KFUNC(netlink_proto_init);
  SIMPLIFIED("the protocols' kernel sockets are not created; their table entries say that they exist");
  proto_register(netlink_proto, 1);
  for (const int protocol :
       {NETLINK_ROUTE, NETLINK_USERSOCK, NETLINK_SOCK_DIAG, NETLINK_XFRM, NETLINK_AUDIT, NETLINK_FIB_LOOKUP,
        NETLINK_NETFILTER, NETLINK_KOBJECT_UEVENT, NETLINK_GENERIC, NETLINK_CRYPTO})
    set(nl_table[static_cast<u32>(protocol)].registered, 1);
  sock_register(netlink_family_ops);
  return call.result(0);
}

} // namespace sockwalk::kernel
