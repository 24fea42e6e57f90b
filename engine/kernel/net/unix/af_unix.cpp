// Local sockets, AF_UNIX: a socket's life from creation to release. Those without a name stand in a hash table by their own
// address, those with one by their name.
#include "engine/kernel/include/linux/dcache.h"
#include "engine/kernel/include/linux/sched.h"
#include "engine/kernel/include/linux/wait.h"
#include "engine/kernel/include/net/inet_common.h"
#include "engine/kernel/init/image.h"
#include "engine/kernel/net/unix/unix_internal.h"

namespace sockwalk::kernel {

static Global<proto> unix_dgram_proto{"unix_dgram_proto"}, unix_stream_proto{"unix_stream_proto"};
static Global<proto_ops> unix_stream_ops{"unix_stream_ops"}, unix_dgram_ops{"unix_dgram_ops"};
static Global<proto_ops> unix_seqpacket_ops{"unix_seqpacket_ops"};
static Global<net_proto_family> unix_family_ops{"unix_family_ops"};
static Global<s64> unix_nr_socks{"unix_nr_socks"};

// A socket without a name stands in the table by where it lies in memory.
static u32 unix_unbound_hash(const sock* sk) {
  u64 mixed = Arena::address(sk);
  for (const int half : {16, 8}) mixed ^= mixed >> half;
  return (mixed ^ sk->sk_type) & UNIX_HASH_MOD;
}

static void unix_sock_destructor(const sock* sk) {
  KFUNC(unix_sock_destructor, sk);
  skb_queue_purge(&sk->sk_receive_queue);
  BUG_ON(!sock_flag(sk, SOCK_DEAD));
  if (const unix_address* name = unix_sk(sk)->addr) unix_release_addr(name);
  sub(*unix_nr_socks, 1);
  sock_prot_inuse_add(sock_net(sk), sk->sk_prot, -1);
}

// The peer has read something that this socket sent.
static void unix_write_space(const sock* sk) {
  KFUNC(unix_write_space, sk);
  if (!unix_writable(sk)) return;
  const socket_wq* sleepers = sk->sk_wq;
  if (sleepers && waitqueue_active(&sleepers->wait)) wake_up_interruptible_poll(&sleepers->wait, WriterEvents);
}

// Unix sockets cost kernel memory and need no rights, so there may be only twice as many as there may be files.
static bool countOne() {
  const bool few = add(*unix_nr_socks, 1) <= 2 * static_cast<s64>(*files_stat_max_files);
  if (!few) sub(*unix_nr_socks, 1);
  return few;
}

const sock* unix_create1(const net* net, const socket* sock, int kern, int type) {
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
  set(fresh->peer_wake.func, fn<unix_dgram_peer_wake_relay>);
  INIT_LIST_HEAD(&fresh->peer_wake.entry);
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
static void unix_unhash(const sock* sk) { KFUNC(unix_unhash, sk); }

// What the reader has not read is lost, and the other end is told so by an error.
static bool hasUnread(const sock* sk) {
  const sk_buff_head* queue = &sk->sk_receive_queue;
  const sk_buff* first = skb_peek(queue);
  if (!first || unix_skb_len(first)) return first;
  return first->next.get() != queueHead(queue); // an urgent byte was fetched, and only its place is left
}
// Tells the other end that nothing more will come.
static void leavePeer(const sock* sk, const sock* peer, bool neverAccepted) {
  if (connects(sk)) {
    set(peer->sk_shutdown, SHUTDOWN_MASK);
    if (hasUnread(sk) || neverAccepted) set(peer->sk_err, ECONNRESET);
    peer->sk_state_change(peer);
  }
  unix_dgram_peer_wake_disconnect(sk, peer);
  sock_put(peer);
}
// Of a listener each packet in the queue is a connection that nobody has accepted.
static void emptyQueue(const sock* sk, bool listened) {
  while (const sk_buff* skb = skb_dequeue(&sk->sk_receive_queue)) {
    if (listened) unix_release_sock(skb->sk, 1);
    set(UNIXCB(skb)->consumed, skb->len);
    kfree_skb(skb);
  }
}

void unix_release_sock(const sock* sk, int embrion) {
  KFUNC(unix_release_sock, sk, embrion);
  const unix_sock* leaving = unix_sk(sk);
  sk_del_node_init(sk);
  unix_remove_bsd_socket(sk);
  sock_orphan(sk);
  set(sk->sk_shutdown, SHUTDOWN_MASK);
  OnStack<path> name;
  copy(name.get(), &leaving->path);
  set(leaving->path.dentry, nullptr);
  set(leaving->path.mnt, nullptr);
  const bool listened = sk->sk_state == TCP_LISTEN;
  set(sk->sk_state, TCP_CLOSE);
  const sock* peer = leaving->peer;
  set(leaving->peer, nullptr);
  if (leaving->oob_skb) set(leaving->oob_skb, nullptr);
  if (waitqueue_active(peer_wait(sk))) wake_up_interruptible_all(peer_wait(sk)); // who waits for room in its queue
  if (peer) leavePeer(sk, peer, embrion);
  emptyQueue(sk, listened);
  if (name->dentry) path_put(name); // the file stays where it is
  sock_put(sk);
  if (*unix_tot_inflight) unix_gc();
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

// Who this end belongs to, for the other end to ask (SO_PEERCRED): as it was when they were connected.
void init_peercred(const sock* sk) {
  KFUNC(init_peercred, sk);
  const cred* before = sk->sk_peer_cred;
  const pid* owner = sk->sk_peer_pid;
  set(sk->sk_peer_pid, get_pid(task_tgid(get_current())));
  set(sk->sk_peer_cred, get_cred(current_cred()));
  put_pid(owner);
  if (before) put_cred(before);
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
  NOTE("unix.peers", left, right);
  return call.result(0);
}

static void layOps(const proto_ops* ops) {
  set(ops->family, PF_UNIX);
  set(ops->release, fn<unix_release>);
  set(ops->bind, fn<unix_bind>);
  set(ops->connect, fn<unix_dgram_connect>);
  set(ops->socketpair, fn<unix_socketpair>);
  set(ops->accept, fn<sock_no_accept>);
  set(ops->getname, fn<unix_getname>);
  set(ops->poll, fn<unix_dgram_poll>);
  set(ops->ioctl, fn<unix_ioctl>);
  set(ops->listen, fn<sock_no_listen>);
  set(ops->shutdown, fn<unix_shutdown>);
  set(ops->sendmsg, fn<unix_dgram_sendmsg>);
  set(ops->recvmsg, fn<unix_dgram_recvmsg>);
  set(ops->mmap, fn<sock_no_mmap>);
  set(ops->sendpage, fn<sock_no_sendpage>);
  set(ops->set_peek_off, fn<unix_set_peek_off>);
}
void image_unix() {
  image_unix_gc();
  layOps(unix_dgram_ops);
  for (const proto_ops* ops : {unix_stream_ops.get(), unix_seqpacket_ops.get()}) {
    layOps(ops);
    set(ops->connect, fn<unix_stream_connect>);
    set(ops->accept, fn<unix_accept>);
    set(ops->listen, fn<unix_listen>);
  }
  set(unix_stream_ops->poll, fn<unix_poll>);
  set(unix_stream_ops->sendmsg, fn<unix_stream_sendmsg>);
  set(unix_stream_ops->recvmsg, fn<unix_stream_recvmsg>);
  set(unix_stream_ops->sendpage, fn<unix_stream_sendpage>);
  set(unix_seqpacket_ops->sendmsg, fn<unix_seqpacket_sendmsg>);
  set(unix_seqpacket_ops->recvmsg, fn<unix_seqpacket_recvmsg>);
  setBytes(unix_dgram_proto->name, "UNIX", 4);
  setBytes(unix_stream_proto->name, "UNIX-STREAM", 11);
  for (const proto* p : {unix_dgram_proto.get(), unix_stream_proto.get()}) {
    set(p->close, fn<unix_close>);
    set(p->obj_size, sizeof(unix_sock));
  }
  set(unix_stream_proto->unhash, fn<unix_unhash>);
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
