// struct sock: allocation out of its protocol's slab, the defaults that every socket begins with, its lock, its end.
#include "engine/kernel/include/net/sock.h"
#include "engine/kernel/include/linux/filter.h"
#include "engine/kernel/include/linux/fs.h"
#include "engine/kernel/include/linux/module.h"
#include "engine/kernel/include/linux/netlink.h"
#include "engine/kernel/include/linux/pid.h"
#include "engine/kernel/include/linux/rcupdate.h"
#include "engine/kernel/include/linux/security.h"
#include "engine/kernel/include/linux/skbuff.h"
#include "engine/kernel/include/net/inet_sock.h"
#include "engine/kernel/include/net/ip.h"
#include "engine/kernel/include/net/net_namespace.h"
#include "engine/kernel/include/net/sock_reuseport.h"
#include "engine/kernel/init/image.h"
#include "engine/kernel/kernel/softirq.h"
#include "engine/kernel/net/core/sock_internal.h"

namespace sockwalk::kernel {

Global<list_head> proto_list{"proto_list"};
Global<u32> sysctl_wmem_default{"sysctl_wmem_default"}, sysctl_rmem_default{"sysctl_rmem_default"};
Global<u32> sysctl_wmem_max{"sysctl_wmem_max"}, sysctl_rmem_max{"sysctl_rmem_max"};
static Global<u64> proto_inuse_idx{"proto_inuse_idx"};
static Global<prot_inuse> init_prot_inuse{"init_prot_inuse"};
static Global<pernet_operations> net_inuse_ops{"net_inuse_ops"}, net_defaults_ops{"net_defaults_ops"};

void image_sock() {
  set(*sysctl_wmem_default, 212992u);
  set(*sysctl_rmem_default, 212992u);
  set(*sysctl_wmem_max, 212992u);
  set(*sysctl_rmem_max, 212992u);
  INIT_LIST_HEAD(proto_list);
}

// How many sockets of each protocol a namespace has: one table for each.
static int sock_inuse_init_net(const net* net) {
  KFUNC(sock_inuse_init_net, net);
  const prot_inuse* table = net == init_net.get() ? init_prot_inuse.get() : kzalloc<prot_inuse>(GFP_KERNEL);
  if (!table) return call.result(-ENOMEM);
  set(net->core.prot_inuse, table);
  return call.result(0);
}
static int net_defaults_init_net(const net* net) {
  KFUNC(net_defaults_init_net, net);
  set(net->core.sysctl_somaxconn, 4096);
  set(net->core.sysctl_txrehash, 1);
  return call.result(0);
}
int net_inuse_init() {
  KFUNC(net_inuse_init);
  set(net_inuse_ops->init, fn<sock_inuse_init_net>);
  set(net_defaults_ops->init, fn<net_defaults_init_net>);
  if (register_pernet_subsys(net_inuse_ops)) panic("cannot count sockets of network namespaces");
  return call.result(register_pernet_subsys(net_defaults_ops));
}

void sock_inuse_add(const net* net, int val) { add(net->core.prot_inuse->all, val); }
void sock_prot_inuse_add(const net* net, const proto* prot, int val) {
  add(net->core.prot_inuse->val[prot->inuse_idx], val);
}

// ---- protocols
static int assign_proto_idx(const proto* prot) {
  set(prot->inuse_idx, add(*proto_inuse_idx, 1) - 1);
  return 0;
}

// Connections that are being opened, and those that are over, are smaller objects with caches of their own.
static void smallSlabs(const proto* prot) {
  const std::string name = reinterpret_cast<const char*>(prot->name);
  if (const request_sock_ops* rsk = prot->rsk_prot)
    set(rsk->slab, kmem_cache_create(("request_sock_" + name).c_str(), rsk->obj_size, 64));
  if (const timewait_sock_ops* tw = prot->twsk_prot)
    set(tw->twsk_slab, kmem_cache_create(("tw_sock_" + name).c_str(), tw->twsk_obj_size, 64));
}

// A protocol becomes known, and its sockets get a slab cache of their own ("TCP", "UDP", ...).
int proto_register(const proto* prot, int alloc_slab) {
  KFUNC(proto_register, prot, alloc_slab);
  if (alloc_slab) {
    if (!prot->slab) set(prot->slab, kmem_cache_create(reinterpret_cast<const char*>(prot->name), prot->obj_size, 64));
    if (!prot->slab.get()) return call.result(-ENOBUFS);
    smallSlabs(prot);
  }
  assign_proto_idx(prot);
  list_add(&prot->node, proto_list);
  NOTE("proto.registered", prot, prot->obj_size);
  return call.result(0);
}

void proto_unregister(const proto* prot) {
  KFUNC(proto_unregister, prot);
  SIMPLIFIED("the protocol's slab cache stays, and serves again when the protocol comes back; its number does not");
  list_del(&prot->node);
  NOTE("proto.unregistered", prot);
}

// The type that a socket of this protocol has, for the record: all begin with a struct sock.
static TypeId typeOfSock(const proto* prot) {
  const std::string_view name = reinterpret_cast<const char*>(prot->name);
  if (name == "TCP") return TypeName<tcp_sock>::index;
  if (name == "UDP" || name == "UDP-Lite") return TypeName<udp_sock>::index;
  if (name == "RAW") return TypeName<raw_sock>::index;
  if (name == "PING") return TypeName<inet_sock>::index;
  if (name == "UNIX" || name == "UNIX-STREAM") return TypeName<unix_sock>::index;
  if (name == "NETLINK") return TypeName<netlink_sock>::index;
  if (name == "ALG") return TypeName<alg_sock>::index;
  if (name == "L2TP/IP") return TypeName<l2tp_ip_sock>::index;
  if (name == "PACKET") return TypeName<packet_sock>::index;
  return TypeName<sock>::index;
}

const sock* sk_prot_alloc(const proto* prot, u32 priority, int family) {
  KFUNC(sk_prot_alloc, prot, priority, family);
  const TypeId type = typeOfSock(prot);
  const kmem_cache* own = prot->slab;
  const auto* sk = static_cast<const sock*>(own ? allocateFrom(own, type, priority, __LINE__)
                                                : allocateBytes(prot->obj_size, type, priority, __LINE__));
  if (!sk) return call.result(sk);
  const bool labelled = !security_sk_alloc(sk, family, priority);      // without a label it must not be used
  if (labelled && try_module_get(prot->owner)) return call.result(sk); // each sock is a user of its protocol's module
  if (labelled) security_sk_free(sk);
  kfree(sk);
  return call.result<const sock*>(nullptr);
}

static void sk_prot_free(const proto* prot, const sock* sk) {
  const struct module* owner = prot->owner;
  security_sk_free(sk);
  kfree(sk);
  module_put(owner);
}

static void sock_lock_init(const sock* sk) {
  set(sk->sk_lock.owned, 0);
  init_waitqueue_head(&sk->sk_lock.wq);
}

// A program's socket keeps its namespace alive and is counted there; one of the kernel's own does neither, so that a
// namespace can go although the kernel has sockets in it.
static void joinNamespace(const sock* sk, const net* net, bool ofProgram) {
  set(&sk->__sk_common, sock_common::bit::skc_net_refcnt, ofProgram);
  if (ofProgram) sock_inuse_add(net, 1);
  sock_net_set(sk, net);
}

const sock* sk_alloc(const net* net, int family, u32 priority, const proto* prot, int kern) {
  KFUNC(sk_alloc, net, family, priority, prot, kern);
  const sock* sk = sk_prot_alloc(prot, priority | __GFP_ZERO, family);
  if (!sk) return call.result(sk);
  set(sk->sk_family, family);
  set(sk->sk_prot, prot);
  set(sk->sk_prot_creator, prot); // sk_prot may change (IPV6_ADDRFORM); who allocated must also free
  set(sk, sock::bit::sk_kern_sock, kern);
  sock_lock_init(sk);
  joinNamespace(sk, net, !kern);
  refcount_set(&sk->sk_wmem_alloc, 1); // the socket itself; each packet on its way out adds its truesize
  sk_tx_queue_clear(sk);
  return call.result(sk);
}

static void sock_def_destruct(const sock* sk) { KFUNC(sock_def_destruct, sk); }

// ---- what every socket begins with; its protocol changes what it needs otherwise
static void sk_init_common(const sock* sk) {
  for (const sk_buff_head* q : {&sk->sk_receive_queue, &sk->sk_write_queue, &sk->sk_error_queue})
    skb_queue_head_init(q);
}

// How much it may hold either way: net.core.rmem_default and wmem_default, until SO_RCVBUF and SO_SNDBUF say else.
static void beginBudgets(const sock* sk) {
  set(sk->sk_send_head, nullptr);
  set(sk->sk_allocation, GFP_KERNEL);
  set(sk->sk_rcvbuf, *sysctl_rmem_default);
  set(sk->sk_sndbuf, *sysctl_wmem_default);
}

// Here the two halves meet: the file system's (struct socket) and the protocol's (struct sock). Those that sleep on the
// one are woken through the other, so they share the wait queue.
static void joinHalves(const socket* sock, const struct sock* sk) {
  set(sk->sk_type, sock->type);
  set(sk->sk_wq, &sock->wq);
  set(sock->sk, sk);
  NOTE("sock.joined", sock, sk);
}

// Whom it tells when something happens: the tasks that wait in sk_wq. The kernel's own users of sockets put others
// here.
static void beginCallbacks(const sock* sk) {
  set(sk->sk_state_change, fn<sock_def_wakeup>);
  set(sk->sk_data_ready, fn<sock_def_readable>);
  set(sk->sk_write_space, fn<sock_def_write_space>);
  set(sk->sk_error_report, fn<sock_def_error_report>);
  set(sk->sk_destruct, fn<sock_def_destruct>);
}

// How a call on it waits: from the first byte on, and for ever.
static void beginPatience(const sock* sk) {
  set(sk->sk_peek_off, -1);
  set(sk->sk_rcvlowat, 1);
  set(sk->sk_rcvtimeo, MAX_SCHEDULE_TIMEOUT);
  set(sk->sk_sndtimeo, MAX_SCHEDULE_TIMEOUT);
  set(sk->sk_stamp, SK_DEFAULT_STAMP);
}

static void beginPace(const sock* sk) { // as fast as it goes
  constexpr u64 unlimited = ~0ull;
  set(sk->sk_max_pacing_rate, unlimited);
  set(sk->sk_pacing_rate, unlimited);
  set(sk->sk_pacing_shift, 10);
}

void sock_init_data_uid(const socket* sock, const struct sock* sk, u32 uid) {
  KFUNC(sock_init_data_uid, sock, sk, uid);
  sk_init_common(sk);
  beginBudgets(sk);
  set(sk->sk_state, TCP_CLOSE);
  set(sk->sk_use_task_frag, true);
  sk_set_socket(sk, sock);
  sock_set_flag(sk, SOCK_ZAPPED);
  if (sock) joinHalves(sock, sk);
  set(sk->sk_uid.val, uid);
  beginCallbacks(sk);
  beginPatience(sk);
  beginPace(sk);
  set(sk->sk_incoming_cpu, -1);
  sk_rx_queue_clear(sk);
  refcount_set(&sk->sk_refcnt, 1);
  atomic_set(&sk->sk_drops, 0);
}

void sock_init_data(const socket* sock, const struct sock* sk) {
  KFUNC(sock_init_data, sock, sk);
  sock_init_data_uid(sock, sk, sock ? SOCK_INODE(sock)->i_uid.val : 0);
}

// ---- the end: the program closes, the protocol lets go, and the memory is free when the last packet has left too
static void __sk_destruct(const callback_head* head) {
  KFUNC(__sk_destruct, head);
  const auto* sk = container_of(head, sock, sk_rcu);
  if (sk->sk_destruct) sk->sk_destruct(sk);
  if (const sk_filter* filter = sk->sk_filter) {
    sk_filter_uncharge(sk, filter);
    set(sk->sk_filter, nullptr);
  }
  sock_disable_timestamp(sk, SK_FLAGS_TIMESTAMP);
  if (const cred* other = sk->sk_peer_cred) put_cred(other);
  put_pid(sk->sk_peer_pid);
  sk_prot_free(sk->sk_prot_creator, sk);
}

// Readers that take no lock may have found the socket in a table a moment ago. Where there are such, the memory must
// stay until all of them are done.
static void sk_destruct(const sock* sk) {
  KFUNC(sk_destruct, sk);
  const bool grouped = sk->sk_reuseport_cb.get() != nullptr;
  if (grouped) reuseport_detach_sock(sk);
  if (grouped || sock_flag(sk, SOCK_RCU_FREE)) call_rcu(&sk->sk_rcu, fn<__sk_destruct>);
  else __sk_destruct(&sk->sk_rcu);
}

// `ss --events` may want to hear that a TCP or UDP socket died.
static bool sock_diag_has_destroy_listeners(const sock* sk) {
  constexpr u32 tcpGroup = 1, udpGroup = 2;
  const bool inet = sk->sk_family == AF_INET || sk->sk_family == AF_INET6;
  if (!inet || sk->sk_type == SOCK_RAW) return false;
  const bool tcp = sk->sk_protocol == IPPROTO_TCP, udp = sk->sk_protocol == IPPROTO_UDP;
  return (tcp || udp) && netlink_has_listeners(sock_net(sk)->diag_nlsk, tcp ? tcpGroup : udpGroup);
}

void __sk_free(const sock* sk) {
  KFUNC(__sk_free, sk);
  if (sk->sk_net_refcnt) {
    sock_inuse_add(sock_net(sk), -1);
    sock_diag_has_destroy_listeners(sk);
  }
  sk_destruct(sk);
}

// The last reference is gone. Packets of this socket may still be on their way out: the last of them frees it then.
void sk_free(const sock* sk) {
  KFUNC(sk_free, sk);
  if (refcount_dec_and_test(&sk->sk_wmem_alloc)) __sk_free(sk);
}

// close() of a socket without a connection to be ended first.
void sk_common_release(const sock* sk) {
  KFUNC(sk_common_release, sk);
  const proto* protocol = sk->sk_prot;
  if (protocol->destroy) protocol->destroy(sk);
  protocol->unhash(sk); // from here on no packet finds it
  if (const socket* fileHalf = sk->sk_socket) set(fileHalf->sk, nullptr);
  sock_orphan(sk);
  sock_put(sk);
}

// ---- the lock: a task that owns the socket may sleep; packets that come meanwhile wait in the backlog
static void own(const sock* sk, int line = __builtin_LINE()) { set(sk->sk_lock.owned, 1, line); }

// Sleeps until nobody owns the socket. Who waits first is woken first, and alone: only one can have it.
static void __lock_sock(const sock* sk) {
  KFUNC(__lock_sock, sk);
  const wait_queue_head* waiters = &sk->sk_lock.wq;
  OnStack<wait_queue_entry> me;
  init_wait(me);
  prepare_to_wait_exclusive(waiters, me, TASK_UNINTERRUPTIBLE);
  while (sock_owned_by_user(sk)) {
    schedule_timeout(MAX_SCHEDULE_TIMEOUT);
    prepare_to_wait_exclusive(waiters, me, TASK_UNINTERRUPTIBLE);
  }
  finish_wait(waiters, me);
}

void lock_sock_nested(const sock* sk, int subclass) {
  KFUNC(lock_sock_nested, sk, subclass);
  if (sock_owned_by_user(sk)) __lock_sock(sk);
  own(sk);
}

// True if somebody owned the socket and the full lock had to be taken.
bool __lock_sock_fast(const sock* sk) {
  KFUNC(__lock_sock_fast, sk);
  const bool owned = sock_owned_by_user(sk);
  if (owned) {
    __lock_sock(sk);
    own(sk);
  }
  return call.result(owned);
}

// Works off what came while a task owned the socket, in the order in which it came. Meanwhile more may come, to a new
// list: it goes on until none did.
void __release_sock(const sock* sk) {
  KFUNC(__release_sock, sk);
  while (const sk_buff* batch = sk->sk_backlog.head) {
    set(sk->sk_backlog.head, nullptr);
    set(sk->sk_backlog.tail, nullptr);
    for (const sk_buff* later; batch; batch = later) {
      later = batch->next;
      set(batch->next, nullptr);
      sk->sk_backlog_rcv(sk, batch);
    }
  }
  set(sk->sk_backlog.len, 0);
}

// The owner lets go. First he does what was left for him: the packets that came, and what timers could not do while he
// had the socket (release_cb). That may send, and no answer may come in between: bottom halves are off until the socket
// is free.
void release_sock(const sock* sk) {
  KFUNC(release_sock, sk);
  const bool packetsWait = sk->sk_backlog.tail.get() != nullptr;
  if (packetsWait) __release_sock(sk); // with them on: what comes now joins the backlog
  const BottomHalvesOff locked;
  if (const auto& putOff = sk->sk_prot->release_cb) putOff(sk);
  set(sk->sk_lock.owned, 0);
  const wait_queue_head* waiters = &sk->sk_lock.wq;
  if (waitqueue_active(waiters)) wake_up(waiters);
}

// More may have come while the owner works; he looks at it without letting go of the lock.
void __sk_flush_backlog(const sock* sk) {
  KFUNC(__sk_flush_backlog, sk);
  __release_sock(sk);
}

} // namespace sockwalk::kernel
