// The socket as the protocols see it: struct sock, its flags, its accounting, its queues and its lock.
// Source: include/net/sock.h, include/net/tcp_states.h.
#pragma once
#include "engine/kernel/include/linux/cred.h"
#include "engine/kernel/include/linux/kernel.h"
#include "engine/kernel/include/linux/list.h"
#include "engine/kernel/include/linux/mm.h"
#include "engine/kernel/include/linux/net.h"
#include "engine/kernel/include/linux/sched.h"
#include "engine/kernel/include/linux/wait.h"
#include "engine/kernel/include/net/dst.h"
#include "engine/kernel/include/net/net_namespace.h"
#include "engine/kernel/trace.h"
#include "engine/memory/constants/errors.h"
#include "engine/memory/constants/process.h"
#include "engine/memory/constants/skbuff.h"
#include "engine/memory/constants/socket.h"
#include "engine/memory/constants/tcp.h"

namespace sockwalk::kernel {

// Members of the part that full and small sockets share, under the names by which everybody knows them.
#define sk_node __sk_common.skc_node
#define sk_nulls_node __sk_common.skc_nulls_node
#define sk_refcnt __sk_common.skc_refcnt
#define sk_tx_queue_mapping __sk_common.skc_tx_queue_mapping
#define sk_rx_queue_mapping __sk_common.skc_rx_queue_mapping
#define sk_hash __sk_common.skc_hash
#define sk_num __sk_common.skc_num
#define sk_dport __sk_common.skc_dport
#define sk_daddr __sk_common.skc_daddr
#define sk_rcv_saddr __sk_common.skc_rcv_saddr
#define sk_family __sk_common.skc_family
#define sk_state __sk_common.skc_state
#define sk_reuse __sk_common.skc_reuse
#define sk_reuseport __sk_common.skc_reuseport
#define sk_net_refcnt __sk_common.skc_net_refcnt
#define sk_bound_dev_if __sk_common.skc_bound_dev_if
#define sk_bind_node __sk_common.skc_bind_node
#define sk_prot __sk_common.skc_prot
#define sk_flags __sk_common.skc_flags
#define sk_incoming_cpu __sk_common.skc_incoming_cpu
#define sk_rxhash __sk_common.skc_rxhash

constexpr u64 SK_DEFAULT_STAMP = static_cast<u64>(-1000000000LL);

extern Global<list_head> proto_list;
extern Global<u32> sysctl_wmem_default, sysctl_rmem_default, sysctl_wmem_max, sysctl_rmem_max;
constexpr u32 sysctl_optmem_max = 20480; // of options, filters and control messages, for each socket

inline bool sock_flag(const sock* sk, int flag) { return sk->sk_flags >> flag & 1; }
inline void sock_set_flag(const sock* sk, int flag, int line = __builtin_LINE()) {
  set(sk->sk_flags, sk->sk_flags | 1ull << flag, line);
}
inline void sock_reset_flag(const sock* sk, int flag, int line = __builtin_LINE()) {
  set(sk->sk_flags, sk->sk_flags & ~(1ull << flag), line);
}
inline void sock_valbool_flag(const sock* sk, int flag, bool on) {
  on ? sock_set_flag(sk, flag) : sock_reset_flag(sk, flag);
}
inline const net* sock_net(const sock* sk) { return sk->__sk_common.skc_net.net; }
inline void sock_net_set(const sock* sk, const net* n) { set(sk->__sk_common.skc_net.net, n); }
inline void sock_hold(const sock* sk) { refcount_inc(&sk->sk_refcnt); }
void sk_free(const sock* sk);
inline void sock_put(const sock* sk) {
  if (refcount_dec_and_test(&sk->sk_refcnt)) sk_free(sk);
}
inline bool sk_unhashed(const sock* sk) { return hlist_unhashed(&sk->sk_node); }
inline bool sk_hashed(const sock* sk) { return !sk_unhashed(sk); }
// On a hash chain a socket is held by it.
inline void sk_add_node(const sock* sk, const hlist_head* list, int line = __builtin_LINE()) {
  atomic_inc(&sk->sk_refcnt.refs, line);
  hlist_add_head(&sk->sk_node, list);
}
inline bool sk_del_node_init(const sock* sk) {
  if (sk_unhashed(sk)) return false;
  hlist_del_init(&sk->sk_node);
  BUG_ON(refcount_dec_and_test(&sk->sk_refcnt)); // the caller holds another reference
  return true;
}
inline void sk_set_socket(const sock* sk, const socket* sock) { set(sk->sk_socket, sock); }
// The process is gone from this socket; the network may still hold it.
inline void sock_orphan(const sock* sk) {
  sock_set_flag(sk, SOCK_DEAD);
  sk_set_socket(sk, nullptr);
  set(sk->sk_wq, nullptr);
}
inline const wait_queue_head* sk_sleep(const sock* sk) { return &sk->sk_wq->wait; }
inline bool sock_owned_by_user(const sock* sk) { return sk->sk_lock.owned; }
inline int sk_rmem_alloc_get(const sock* sk) { return atomic_read(&sk->sk_backlog.rmem_alloc); }
inline int sk_wmem_alloc_get(const sock* sk) { return refcount_read(&sk->sk_wmem_alloc) - 1; }
inline bool sock_writeable(const sock* sk) { return refcount_read(&sk->sk_wmem_alloc) < sk->sk_sndbuf >> 1; }
inline long sock_rcvtimeo(const sock* sk, bool noblock) { return noblock ? 0 : sk->sk_rcvtimeo; }
inline long sock_sndtimeo(const sock* sk, bool noblock) { return noblock ? 0 : sk->sk_sndtimeo; }
inline int sock_rcvlowat(const sock* sk, bool waitall, int len) {
  const int enough = waitall ? len : std::min(sk->sk_rcvlowat, len);
  return enough ? enough : 1;
}
inline int sock_intr_errno(long timeo) { return timeo == MAX_SCHEDULE_TIMEOUT ? -ERESTARTSYS : -EINTR; }
inline int sock_error(const sock* sk) { // takes the pending error
  const int err = sk->sk_err;
  if (err) set(sk->sk_err, 0);
  return -err;
}
inline u32 sock_rcvbuf_min() { return SOCK_MIN_RCVBUF; }
inline void sk_tx_queue_clear(const sock* sk) { set(sk->sk_tx_queue_mapping, 0xffff); }
inline void sk_rx_queue_clear(const sock* sk) { set(sk->sk_rx_queue_mapping, 0xffff); }
// The route that the socket remembered is forgotten.
inline void sk_dst_reset(const sock* sk, int line = __builtin_LINE()) {
  const dst_entry* dst = sk->sk_dst_cache;
  set(sk->sk_dst_cache, nullptr, line);
  dst_release(dst);
}
void sock_inuse_add(const net* net, int val);
void sock_prot_inuse_add(const net* net, const proto* prot, int val);

// ---- net/core/sock.cpp
const sock* sk_alloc(const net* net, int family, u32 priority, const proto* prot, int kern);
void sock_init_data(const socket* sock, const struct sock* sk);
void sock_init_data_uid(const socket* sock, const struct sock* sk, u32 uid);
void sk_common_release(const sock* sk);
void lock_sock_nested(const sock* sk, int subclass);
inline void lock_sock(const sock* sk) { lock_sock_nested(sk, 0); }
void release_sock(const sock* sk);
void __release_sock(const sock* sk);
bool __lock_sock_fast(const sock* sk); // true: the slow lock was taken
inline void unlock_sock_fast(const sock* sk, bool slow) {
  if (slow) release_sock(sk);
}
int proto_register(const proto* prot, int alloc_slab);
void proto_unregister(const proto* prot);
void sock_def_readable(const sock* sk);
void sk_stop_timer(const sock* sk, const timer_list* timer);
int sk_wait_data(const sock* sk, s64* timeo, const sk_buff* skb); // until something stands behind `skb` in the queue
void __sk_flush_backlog(const sock* sk);
int sock_common_setsockopt(const socket* sock, int level, int optname, const sockptr_t& optval, u32 optlen);
int sock_gettstamp(const socket* sock, const void* userstamp, // 16 bytes of user memory; nullptr: a bad address
                   bool timeval, bool time32);
int sock_common_getsockopt(const socket* sock, int level, int optname, u8* optval, s32* optlen);
int sock_common_recvmsg(const socket* sock, const msghdr* msg, u64 size, int flags);
int sock_setsockopt(const socket* sock, int level, int op, const sockptr_t& optval, u32 optlen);
int sock_getsockopt(const socket* sock, int level, int op, u8* optval, s32* optlen);
int sk_set_peek_off(const sock* sk, int val);
int sock_no_bind(const socket* sock, const sockaddr* saddr, int len);
int sock_no_connect(const socket* sock, const sockaddr* saddr, int len, int flags);
int sock_no_socketpair(const socket* sock1, const socket* sock2);
int sock_no_accept(const socket* sock, const socket* newsock, int flags, bool kern);
s64 sock_no_sendpage(const socket* sock, const page* page, int offset, u64 size, int flags);
int sock_no_listen(const socket* sock, int backlog);
int sock_no_shutdown(const socket* sock, int how);
int sock_no_getname(const socket* sock, const sockaddr* saddr, int peer);
int sock_no_ioctl(const socket* sock, u32 cmd, u64 arg);
int sock_no_sendmsg(const socket* sock, const msghdr* m, u64 len);
int sock_no_recvmsg(const socket* sock, const msghdr* m, u64 len, int flags);
int sock_no_mmap(const file* file, const socket* sock, const vm_area_struct* vma);
void __sk_mem_reclaim(const sock* sk, int amount);
void sk_mem_reclaim_final(const sock* sk);

// ---- net/core/stream.cpp
void sk_stream_kill_queues(const sock* sk);
void sk_stream_write_space(const sock* sk);

inline const socket* SOCKET_I(const inode* inode) { return &container_of(inode, socket_alloc, vfs_inode)->socket; }
inline const inode* SOCK_INODE(const socket* sock) { return &container_of(sock, socket_alloc, socket)->vfs_inode; }

void sock_poll_wait(const file* filp, const socket* sock, const poll_table_struct* p);

// ---- datagrams in a receive queue
void sock_rfree(const sk_buff* skb);

// ---- errors that come by ICMP
void sk_error_report(const sock* sk);

// ---- timers and connections
void sk_reset_timer(const sock* sk, const timer_list* timer, u64 expires); // net/core/sock*.cpp

// ---- listening, accepting, ending
const sock* sk_clone_lock(const sock* sk, u32 priority); // net/core/sock_clone.cpp
void sk_free_unlock_clone(const sock* sk);
void sock_gen_put(const sock* sk); // whatever kind of socket it is: a full one, TIME_WAIT, a request
void sock_edemux(const sk_buff* skb);

// ---- hash chains
void __sk_nulls_add_node_rcu(const sock* sk, const hlist_nulls_head* list);
bool __sk_nulls_del_node_init_rcu(const sock* sk); // false if it was on no chain
bool sk_nulls_del_node_init_rcu(const sock* sk);   // the same, and the chain's reference goes

// ---- sending
// The remembered route, counted, if it is still good; nullptr otherwise.
const dst_entry* sk_dst_check(const sock* sk, u32 cookie);
void sk_dst_set(const sock* sk, const dst_entry* dst); // takes over a reference
// The path is doubted: packets may go another way where several are equal, and what is known of it may be forgotten.
bool sk_rethink_txhash(const sock* sk); // false: nothing chooses by it
void __dst_negative_advice(const sock* sk);
void dst_negative_advice(const sock* sk);

// ---- kinds of sockets
template <class To> inline const To* skCast(const void* sk) { return static_cast<const To*>(sk); }

// ---- control messages
extern Global<u32> netstamp_needed;
int sock_cmsg_send(const sock* sk, const msghdr* msg, const sockcm_cookie* sockc);
void sock_recv_cmsgs(const msghdr* msg, const sock* sk, const sk_buff* skb); // time stamp, drop count
void __sock_recv_timestamp(const msghdr* msg, const sock* sk, const sk_buff* skb);
inline void sock_recv_timestamp(const msghdr* msg, const sock* sk, const sk_buff* skb) {
  if (sock_flag(sk, SOCK_RCVTSTAMP) || sk->sk_tsflags) __sock_recv_timestamp(msg, sk, skb);
  else set(sk->sk_stamp, skb->tstamp);
}

// SO_INCOMING_CPU: which processor its packets come by. This machine has one.
inline void sk_incoming_cpu_update(const sock* sk, int line = __builtin_LINE()) {
  if (sk->sk_incoming_cpu) set(sk->sk_incoming_cpu, 0, line);
}

// ---- the error queue: what happened to packets that were sent, read with MSG_ERRQUEUE
int sock_queue_err_skb(const sock* sk, const sk_buff* skb);
const sk_buff* sock_dequeue_err_skb(const sock* sk);

// for (const sock* sk = sk_head(list); sk; sk = sk_next(sk))
inline const sock* sk_entry(const hlist_node* n) {
  return n ? reinterpret_cast<const sock*>(reinterpret_cast<const u8*>(n) - offsetof(sock, __sk_common.skc_node))
           : nullptr;
}
inline const sock* sk_head(const hlist_head* head) { return sk_entry(head->first); }
inline const sock* sk_next(const sock* sk) { return sk_entry(sk->sk_node.next); }
int __sock_cmsg_send(const sock* sk, const msghdr* msg, const cmsghdr* cmsg, const sockcm_cookie* sockc);

// ---- the listener's two queues: requests that wait for an ACK (only counted; they stand in the hash table), and
inline bool sk_acceptq_is_full(const sock* sk) { return sk->sk_ack_backlog > sk->sk_max_ack_backlog; }
inline void sk_acceptq_added(const sock* sk, int line = __builtin_LINE()) { add(sk->sk_ack_backlog, 1u, line); }
inline void sk_acceptq_removed(const sock* sk, int line = __builtin_LINE()) { sub(sk->sk_ack_backlog, 1u, line); }

// ---- net/core/sock_mem.cpp
int __sk_mem_schedule(const sock* sk, int size, int kind);
void __sk_mem_reduce_allocated(const sock* sk, int amount); // pages
void skb_set_owner_r(const sk_buff* skb, const sock* sk);
inline int sk_mem_pages(int amt) { return (amt + s32(PAGE_SIZE) - 1) / s32(PAGE_SIZE); }
inline bool sk_has_account(const sock* sk) { return sk->sk_prot->memory_allocated.value != 0; }
inline s64 sk_memory_allocated(const sock* sk) {
  const s64 pages = *static_cast<const s64*>(sk->sk_prot->memory_allocated.get());
  return pages < 0 ? 0 : pages;
}
inline s64 sk_prot_mem_limits(const sock* sk, int index) { return sk->sk_prot->sysctl_mem.get()[index]; } // pages
inline bool sk_has_memory_pressure(const sock* sk) { return sk->sk_prot->memory_pressure.value != 0; }
inline bool sk_under_memory_pressure(const sock* sk) {
  return sk_has_memory_pressure(sk) && *sk->sk_prot->memory_pressure.get();
}
// What a socket has taken from its protocol already is enough; else the protocol is asked for the rest.
inline bool reserveCovers(const sock* sk, int size) { return !sk_has_account(sk) || size <= sk->sk_forward_alloc; }
inline bool sk_wmem_schedule(const sock* sk, int size) {
  return reserveCovers(sk, size) || __sk_mem_schedule(sk, size - sk->sk_forward_alloc, SK_MEM_SEND);
}
inline bool __sk_rmem_schedule(const sock* sk, int size, bool pfmemalloc) {
  if (reserveCovers(sk, size)) return true;
  const bool granted = __sk_mem_schedule(sk, size - sk->sk_forward_alloc, SK_MEM_RECV);
  return granted || pfmemalloc; // what helps to free memory is always taken
}
inline bool sk_rmem_schedule(const sock* sk, const sk_buff* skb, int size) {
  return __sk_rmem_schedule(sk, size, skb->pfmemalloc);
}
inline int sk_unused_reserved_mem(const sock* sk) {
  if (!sk->sk_reserved_mem) return 0;
  const int unused = s32(sk->sk_reserved_mem) - sk->sk_wmem_queued - sk_rmem_alloc_get(sk);
  return unused > 0 ? unused : 0;
}
inline void sk_mem_reclaim(const sock* sk) { // gives whole unused pages back
  const int idle = sk_has_account(sk) ? sk->sk_forward_alloc - sk_unused_reserved_mem(sk) : 0;
  if (idle >= s32(PAGE_SIZE)) __sk_mem_reclaim(sk, idle);
}
inline void sk_mem_charge(const sock* sk, int size, int line = __builtin_LINE()) {
  if (sk_has_account(sk)) sub(sk->sk_forward_alloc, size, line);
}
inline void sk_mem_uncharge(const sock* sk, int size, int line = __builtin_LINE()) {
  if (!sk_has_account(sk)) return;
  add(sk->sk_forward_alloc, size, line);
  sk_mem_reclaim(sk);
}
inline void sk_wmem_queued_add(const sock* sk, int bytes, int line = __builtin_LINE()) {
  add(sk->sk_wmem_queued, bytes, line);
}
// While send buffers are scarce, the socket's own limit shrinks to half of what it holds.
inline void sk_stream_moderate_sndbuf(const sock* sk) {
  if (sk->sk_userlocks & SOCK_SNDBUF_LOCK) return;
  const int half = std::min(sk->sk_sndbuf, sk->sk_wmem_queued >> 1);
  set(sk->sk_sndbuf, std::max({half, SOCK_MIN_SNDBUF, sk_unused_reserved_mem(sk)}));
}

// ---- TCP's own account: net/ipv4/tcp_mem.cpp (in Linux, tcp.c)
// On the account of options; nullptr: the account is full.
const u8* sock_kmalloc(const sock* sk, u32 size);
void sock_kfree_s(const sock* sk, const u8* mem, u32 size);

// ---- buffers and pages of what is sent
// A buffer charged to `sk`; waits for room in its send buffer unless noblock. nullptr: *errcode.
const sk_buff* sock_alloc_send_pskb(const sock* sk, u64 header_len, u64 data_len, bool noblock, int* errcode,
                                    int max_page_order);
inline const sk_buff* sock_alloc_send_skb(const sock* sk, u64 size, bool noblock, int* errcode) {
  return sock_alloc_send_pskb(sk, size, 0, noblock, errcode, 0);
}
const sk_buff* sock_wmalloc(const sock* sk, u64 size, bool force, u32 priority);
void skb_set_owner_w(const sk_buff* skb, const sock* sk);
void sock_wfree(const sk_buff* skb);
void __sock_wfree(const sk_buff* skb); // without waking a writer: TCP decides that itself
const page_frag* sk_page_frag(const sock* sk);
bool sk_page_frag_refill(const sock* sk, const page_frag* pfrag);

// ---- sleeping: the lock is let go meanwhile, so that packets can be worked on
// One round of waiting: 1 if the condition holds, 0 if not (yet), -EPIPE if the connection was cut meanwhile.
template <class Condition>
int sk_wait_event(const sock* sk, s64* timeo, const wait_queue_entry* wait, const Condition& condition,
                  bool quietly = false) { // quietly: in sock.c the compiler put lock_sock() into its callers
  const int disconnects = sk->sk_disconnects;
  release_sock(sk);
  int rc = condition();
  if (!rc) {
    NOTE("task.waits", get_current()->pid, sk);
    *timeo = wait_woken(wait, TASK_INTERRUPTIBLE, *timeo);
  }
  if (!quietly || sock_owned_by_user(sk)) lock_sock(sk);
  else set(sk->sk_lock.owned, 1);
  rc = disconnects == sk->sk_disconnects ? condition() : -EPIPE;
  return rc;
}

// ---- options
inline void sockopt_lock_sock(const sock* sk) {
  KFUNC(sockopt_lock_sock, sk);
  if (sock_owned_by_user(sk)) lock_sock(sk);
  else set(sk->sk_lock.owned, 1); // what the compiler made of lock_sock()
}
inline void sockopt_release_sock(const sock* sk) {
  KFUNC(sockopt_release_sock, sk);
  release_sock(sk);
}
inline bool sockopt_ns_capable(const user_namespace* ns, int cap) {
  KFUNC(sockopt_ns_capable, ns, cap);
  return call.result(ns_capable(ns, cap));
}

// ---- buffers in a tree
inline bool sk_fullsock(const sock* sk) { return !(1 << sk->sk_state & (TCPF_TIME_WAIT | TCPF_NEW_SYN_RECV)); }

// ---- net/core/stream.cpp
int sk_stream_wait_connect(const sock* sk, s64* timeo_p);
void sk_stream_wait_close(const sock* sk, s64 timeout);
int sk_stream_wait_memory(const sock* sk, s64* timeo_p);
int sk_stream_error(const sock* sk, int flags, int err); // -EPIPE: SIGPIPE too, unless MSG_NOSIGNAL
inline bool sk_stream_memory_free(const sock* sk) {
  if (sk->sk_wmem_queued >= sk->sk_sndbuf) return false;
  return !sk->sk_prot->stream_memory_free || sk->sk_prot->stream_memory_free(sk, 0);
}
inline int sk_stream_min_wspace(const sock* sk) { return sk->sk_wmem_queued >> 1; }
inline int sk_stream_wspace(const sock* sk) { return sk->sk_sndbuf - sk->sk_wmem_queued; }
inline bool sk_stream_is_writeable(const sock* sk) {
  if (sk_stream_wspace(sk) < sk_stream_min_wspace(sk)) return false;
  if (sk->sk_wmem_queued >= sk->sk_sndbuf) return false;
  return !sk->sk_prot->stream_memory_free || sk->sk_prot->stream_memory_free(sk, 1);
}

// ---- net/core/sock.cpp: what a socket tells its owner
void sk_send_sigurg(const sock* sk);
const sk_buff* sock_omalloc(const sock* sk, u64 size, u32 priority); // on the account of options, not of data

// ---- net/ipv4/ip_queue.cpp
void sk_setup_caps(const sock* sk, const dst_entry* dst);
const dst_entry* __sk_dst_check(const sock* sk, u32 cookie);
inline const dst_entry* __sk_dst_get(const sock* sk) { return sk->sk_dst_cache; }
inline bool sk_can_gso(const sock* sk) {
  return (sk->sk_route_caps >> 16 & u32(sk->sk_gso_type)) == u32(sk->sk_gso_type);
}

// ---- net/ipv4/udp.cpp
u32 sock_i_uid(const sock* sk);

// ---- reception
bool sk_add_backlog(const sock* sk, const sk_buff* skb, u64 limit); // false: too much waits already
int __sk_receive_skb(const sock* sk, const sk_buff* skb, int nested, u32 trim_cap,
                     bool refcounted); // 0: the socket has it
int __sock_queue_rcv_skb(const sock* sk, const sk_buff* skb);
void sock_skb_set_dropcount(const sock* sk, const sk_buff* skb);
int sock_queue_rcv_skb_reason(const sock* sk, const sk_buff* skb, skb_drop_reason* reason);
int __sk_mem_raise_allocated(const sock* sk, int size, int amt, int kind); // amt: pages; 1, or 0: refused

} // namespace sockwalk::kernel
