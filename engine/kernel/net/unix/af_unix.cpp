// Local sockets, AF_UNIX: creation, socketpair and release. Unbound ones stand in a hash table by their own address.
#include "engine/kernel/include/linux/fs.h"
#include "engine/kernel/include/linux/sched.h"
#include "engine/kernel/include/linux/skbuff.h"
#include "engine/kernel/include/net/sock.h"
#include "engine/kernel/init/image.h"
#include "engine/memory/constants/files.h"
#include "engine/memory/constants/socket.h"

namespace sockwalk::kernel {

static Global<proto> unix_dgram_proto{"unix_dgram_proto"}, unix_stream_proto{"unix_stream_proto"};
static Global<proto_ops> unix_stream_ops{"unix_stream_ops"}, unix_dgram_ops{"unix_dgram_ops"};
static Global<proto_ops> unix_seqpacket_ops{"unix_seqpacket_ops"};
static Global<net_proto_family> unix_family_ops{"unix_family_ops"};
static Global<s64> unix_nr_socks{"unix_nr_socks"};

static const unix_sock* unix_sk(const sock* sk) { return reinterpret_cast<const unix_sock*>(sk); }

// A socket without a name stands in the table by where it lies in memory.
static u32 unix_unbound_hash(const sock* sk) {
  u64 mixed = Arena::address(sk);
  for (const int half : {16, 8}) mixed ^= mixed >> half;
  return (mixed ^ sk->sk_type) & (UNIX_HASH_SIZE - 1);
}

static void unix_sock_destructor(const sock* sk) {
  KFUNC(unix_sock_destructor, sk);
  skb_queue_purge(&sk->sk_receive_queue);
  BUG_ON(!sock_flag(sk, SOCK_DEAD));
  sub(*unix_nr_socks, 1);
  sock_prot_inuse_add(sock_net(sk), sk->sk_prot, -1);
}

static void unix_write_space(const sock* sk) {
  KFUNC(unix_write_space, sk);
  constexpr u32 writable = EPOLLOUT | EPOLLWRNORM | EPOLLWRBAND;
  const socket_wq* sleepers = sk->sk_wq;
  if (sleepers && waitqueue_active(&sleepers->wait)) wake_up_interruptible_poll(&sleepers->wait, writable);
}

// Unix sockets cost kernel memory and need no rights, so there may be only twice as many as there may be files.
static bool countOne() {
  const bool few = add(*unix_nr_socks, 1) <= 2 * static_cast<s64>(*files_stat_max_files);
  if (!few) sub(*unix_nr_socks, 1);
  return few;
}

static const sock* unix_create1(const net* net, const socket* sock, int kern, int type) {
  KFUNC(unix_create1, net, sock, kern, type);
  using Sock = struct sock;
  if (!countOne()) return call.result(ERR_PTR<Sock>(-ENFILE));
  const proto* kind = type == SOCK_STREAM ? unix_stream_proto : unix_dgram_proto;
  const Sock* sk = sk_alloc(net, PF_UNIX, GFP_KERNEL, kind, kern);
  if (!sk) {
    sub(*unix_nr_socks, 1);
    return call.result(ERR_PTR<Sock>(-ENOMEM));
  }
  sock_init_data(sock, sk);
  set(sk->sk_hash, unix_unbound_hash(sk));
  set(sk->sk_write_space, fn<unix_write_space>);
  set(sk->sk_max_ack_backlog, net->unx.sysctl_max_dgram_qlen);
  set(sk->sk_destruct, fn<unix_sock_destructor>);
  const unix_sock* fresh = unix_sk(sk);
  init_waitqueue_head(&fresh->peer_wq.wait);
  set(fresh->peer_wake.func, unbuilt<"unix_dgram_peer_wake_relay">);
  sk_add_node(sk, net->unx.table.buckets.get() + sk->sk_hash);
  sock_prot_inuse_add(net, sk->sk_prot, 1);
  return call.result(sk);
}

static const proto_ops* opsOf(int type) { // nullptr: there is no such kind
  if (type == SOCK_STREAM) return unix_stream_ops;
  if (type == SOCK_DGRAM) return unix_dgram_ops;
  return type == SOCK_SEQPACKET ? unix_seqpacket_ops.get() : nullptr;
}

static s32 unix_create(const net* net, const socket* sock, s32 protocol, s32 kern) {
  KFUNC(unix_create, net, sock, protocol, kern);
  const bool onlyProtocol = protocol == 0 || protocol == PF_UNIX;
  if (!onlyProtocol) return call.result(-EPROTONOSUPPORT);
  set(sock->state, SS_UNCONNECTED);
  if (sock->type == SOCK_RAW) set(sock->type, SOCK_DGRAM); // what BSD allowed
  const proto_ops* ops = opsOf(sock->type);
  if (!ops) return call.result(-ESOCKTNOSUPPORT);
  set(sock->ops, ops);
  const struct sock* made = unix_create1(net, sock, kern, sock->type);
  return call.result(IS_ERR(made) ? static_cast<s32>(PTR_ERR(made)) : 0);
}

static void unix_close(const sock* sk, s64 timeout) { KFUNC(unix_close, sk, timeout); }

// Tells the other end that nothing more will come.
static void leavePeer(const sock* sk, const sock* peer) {
  if (sk->sk_type == SOCK_STREAM || sk->sk_type == SOCK_SEQPACKET) {
    set(peer->sk_shutdown, SHUTDOWN_MASK);
    if (!skb_queue_empty(&sk->sk_receive_queue)) set(peer->sk_err, ECONNRESET);
    peer->sk_state_change(peer);
  }
  sock_put(peer);
}

static void unix_release_sock(const sock* sk, int embrion) {
  KFUNC(unix_release_sock, sk, embrion);
  const unix_sock* leaving = unix_sk(sk);
  sk_del_node_init(sk);
  sock_orphan(sk);
  set(sk->sk_shutdown, SHUTDOWN_MASK);
  set(sk->sk_state, TCP_CLOSE);
  const sock* peer = leaving->peer;
  set(leaving->peer, nullptr);
  const wait_queue_head* writers = &leaving->peer_wq.wait; // who waits for room in this socket's queue
  if (waitqueue_active(writers)) wake_up_interruptible_all(writers);
  if (peer) leavePeer(sk, peer);
  while (const sk_buff* skb = skb_dequeue(&sk->sk_receive_queue)) kfree_skb(skb);
  sock_put(sk);
}

static s32 unix_release(const socket* sock) {
  KFUNC(unix_release, sock);
  if (const struct sock* own = sock->sk) {
    own->sk_prot->close(own, 0);
    unix_release_sock(own, 0);
    set(sock->sk, nullptr);
  }
  return call.result(0);
}

static void init_peercred(const sock* sk) {
  KFUNC(init_peercred, sk);
  set(sk->sk_peer_cred, get_cred(current_cred()));
}

// Two sockets, each the other's peer: each keeps the other alive, and is connected without ever having had a name.
static s32 unix_socketpair(const socket* socka, const socket* sockb) {
  KFUNC(unix_socketpair, socka, sockb);
  const sock *left = socka->sk, *right = sockb->sk;
  for (const sock* held : {left, right}) sock_hold(held);
  set(unix_sk(left)->peer, right);
  set(unix_sk(right)->peer, left);
  for (const sock* end : {left, right}) init_peercred(end);
  for (const sock* end : {left, right}) set(end->sk_state, TCP_ESTABLISHED);
  for (const socket* end : {socka, sockb}) set(end->state, SS_CONNECTED);
  return call.result(0);
}

static void layOps(const proto_ops* ops) {
  set(ops->family, PF_UNIX);
  set(ops->release, fn<unix_release>);
  set(ops->bind, unbuilt<"unix_bind">);
  set(ops->connect, unbuilt<"unix_dgram_connect">);
  set(ops->socketpair, fn<unix_socketpair>);
  set(ops->accept, fn<sock_no_accept>);
  set(ops->getname, unbuilt<"unix_getname">);
  set(ops->poll, unbuilt<"unix_dgram_poll">);
  set(ops->ioctl, unbuilt<"unix_ioctl">);
  set(ops->listen, fn<sock_no_listen>);
  set(ops->shutdown, unbuilt<"unix_shutdown">);
  set(ops->sendmsg, unbuilt<"unix_dgram_sendmsg">);
  set(ops->recvmsg, unbuilt<"unix_dgram_recvmsg">);
}
void image_unix() {
  layOps(unix_dgram_ops);
  for (const proto_ops* ops : {unix_stream_ops.get(), unix_seqpacket_ops.get()}) {
    layOps(ops);
    set(ops->connect, unbuilt<"unix_stream_connect">);
    set(ops->accept, unbuilt<"unix_accept">);
    set(ops->listen, unbuilt<"unix_listen">);
  }
  set(unix_stream_ops->sendmsg, unbuilt<"unix_stream_sendmsg">);
  set(unix_stream_ops->recvmsg, unbuilt<"unix_stream_recvmsg">);
  setBytes(unix_dgram_proto->name, "UNIX", 4);
  setBytes(unix_stream_proto->name, "UNIX-STREAM", 11);
  for (const proto* p : {unix_dgram_proto.get(), unix_stream_proto.get()}) {
    set(p->close, fn<unix_close>);
    set(p->obj_size, sizeof(unix_sock));
  }
  set(unix_stream_proto->unhash, unbuilt<"unix_unhash">);
  set(unix_family_ops->family, PF_UNIX);
  set(unix_family_ops->create, fn<unix_create>);
}

static Global<pernet_operations> unix_net_ops{"unix_net_ops"};
static int unix_net_init(const net* net) {
  KFUNC(unix_net_init, net);
  set(net->unx.sysctl_max_dgram_qlen, 10);
  set(net->unx.table.buckets,
      static_cast<const hlist_head*>(allocateBytes(UNIX_HASH_SIZE * sizeof(hlist_head), TypeName<hlist_head>::index,
                                                   GFP_KERNEL | __GFP_ZERO, __LINE__)));
  return call.result(net->unx.table.buckets ? 0 : -ENOMEM);
}

int af_unix_init() {
  KFUNC(af_unix_init);
  proto_register(unix_dgram_proto, 1);
  proto_register(unix_stream_proto, 1);
  sock_register(unix_family_ops);
  set(unix_net_ops->init, fn<unix_net_init>);
  return call.result(register_pernet_subsys(unix_net_ops));
}

} // namespace sockwalk::kernel
