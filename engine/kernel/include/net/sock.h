// The socket as the protocols see it: struct sock, its flags, its accounting, its queues and its lock.
// Source: include/net/sock.h, include/net/tcp_states.h.
#pragma once
#include "engine/kernel/include/linux/net.h"
#include "engine/kernel/include/linux/wait.h"
#include "engine/kernel/include/net/net_namespace.h"
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
void image_sock();

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
  const int v = waitall ? len : std::min(sk->sk_rcvlowat, len);
  return v ? v : 1;
}
inline int sock_intr_errno(long timeo) { return timeo == MAX_SCHEDULE_TIMEOUT ? -512 /* ERESTARTSYS */ : -EINTR; }
inline int sock_error(const sock* sk) { // takes the pending error
  const int err = sk->sk_err;
  if (err) set(sk->sk_err, 0);
  return -err;
}
inline u32 sock_rcvbuf_min() { return SOCK_MIN_RCVBUF; }
inline void sk_tx_queue_clear(const sock* sk) { set(sk->sk_tx_queue_mapping, 0xffff); }
inline void sk_rx_queue_clear(const sock* sk) { set(sk->sk_rx_queue_mapping, 0xffff); }
void dst_release(const dst_entry* dst);
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
void sock_disable_timestamp(const sock* sk);
int sock_no_bind(const socket* sock, const sockaddr* saddr, int len);
int sock_no_connect(const socket* sock, const sockaddr* saddr, int len, int flags);
int sock_no_socketpair(const socket* sock1, const socket* sock2);
int sock_no_accept(const socket* sock, const socket* newsock, int flags, bool kern);
int sock_no_listen(const socket* sock, int backlog);
int sock_no_shutdown(const socket* sock, int how);
void __sk_mem_reclaim(const sock* sk, int amount);
void sk_mem_reclaim_final(const sock* sk);

// ---- net/core/stream.cpp
void sk_stream_kill_queues(const sock* sk);
void sk_stream_write_space(const sock* sk);

} // namespace sockwalk::kernel
