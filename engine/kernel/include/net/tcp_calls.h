// The calls of a TCP socket: sending, receiving, waiting, closing, options, TCP_INFO; MSG_ZEROCOPY; and what stream
// sockets share (net/core/stream.c). Everything that sleeps returns when its timeout (jiffies) is over.
// Source: include/net/{tcp,sock}.h, net/ipv4/tcp.c, net/core/{stream,skbuff}.c.
#pragma once
#include "engine/kernel/include/net/tcp_queue.h"
#include "engine/memory/constants/process.h"
#include "engine/memory/constants/skbuff.h"
#include "engine/memory/constants/socket.h"
#include "engine/memory/constants/tcp.h"

namespace sockwalk::kernel {

// ---- tcp.cpp, tcp_send.cpp, tcp_recv.cpp, tcp_close.cpp, tcp_opt.cpp, tcp_info.cpp
extern Global<u32> sysctl_tcp_max_orphans;
const sk_buff* tcp_stream_alloc_skb(const sock* sk, int size, u32 gfp, bool force_schedule);
void tcp_skb_entail(const sock* sk, const sk_buff* skb);
void tcp_mark_push(const tcp_sock* tp, const sk_buff* skb);
int tcp_downgrade_zcopy_pure(const sock* sk, const sk_buff* skb);
int tcp_wmem_schedule(const sock* sk, int copy); // how many of `copy` bytes may be charged
void tcp_tx_timestamp(const sock* sk, u16 tsflags);
bool skb_can_coalesce(const sk_buff* skb, int i, const page* page, u32 off); // it continues the last fragment
void tcp_push(const sock* sk, int flags, int mss_now, int nonagle, int size_goal);
int tcp_send_mss(const sock* sk, int* size_goal, int flags);
void tcp_remove_empty_skb(const sock* sk);
int tcp_sendmsg_locked(const sock* sk, const msghdr* msg, u64 size);
int tcp_sendmsg(const sock* sk, const msghdr* msg, u64 size);
int tcp_sendpage(const sock* sk, const page* page, int offset, u64 size, int flags);
int tcp_recvmsg(const sock* sk, const msghdr* msg, u64 len, s32 flags, s32* addr_len);
void tcp_cleanup_rbuf(const sock* sk, int copied); // data was read: may the peer be told of the room?
void __tcp_cleanup_rbuf(const sock* sk, int copied);
u32 tcp_poll(const file* file, const socket* sock, const poll_table_struct* wait);
bool tcp_stream_memory_free(const sock* sk, int wake); // room to write, as poll() and the writer see it
void tcp_shutdown(const sock* sk, int how);
void __tcp_close(const sock* sk, s64 timeout);
int tcp_disconnect(const sock* sk, int flags);
void tcp_done(const sock* sk);
bool tcp_check_oom(const sock* sk, int shift); // too many orphans, or too much memory
int tcp_abort(const sock* sk, int err);
int tcp_set_rcvlowat(const sock* sk, int val);
int tcp_set_window_clamp(const sock* sk, int val);
int tcp_sock_set_keepidle_locked(const sock* sk, int val);
void __tcp_sock_set_cork(const sock* sk, bool on);
void __tcp_sock_set_nodelay(const sock* sk, bool on);
int tcp_setsockopt(const sock* sk, int level, int optname, const sockptr_t& optval, u32 optlen);
int tcp_getsockopt(const sock* sk, int level, int optname, u8* optval, s32* optlen);
void tcp_get_info(const sock* sk, const tcp_info* info);
int tcp_peek_len(const socket* sock);
void image_tcp_calls(); // called by image_tcp()
inline bool forced_push(const tcp_sock* tp) { return after(tp->write_seq, tp->pushed_seq + (tp->max_window >> 1)); }
// Idle connections are probed after so many jiffies, again after so many, so many times.
inline u32 keepalive_intvl_when(const tcp_sock* tp) {
  return tp->keepalive_intvl ? u32(tp->keepalive_intvl)
                             : u32(sock_net(reinterpret_cast<const sock*>(tp))->ipv4.sysctl_tcp_keepalive_intvl);
}
inline u32 keepalive_time_when(const tcp_sock* tp) {
  return tp->keepalive_time ? u32(tp->keepalive_time)
                            : u32(sock_net(reinterpret_cast<const sock*>(tp))->ipv4.sysctl_tcp_keepalive_time);
}
inline int keepalive_probes(const tcp_sock* tp) {
  return tp->keepalive_probes ? tp->keepalive_probes
                              : sock_net(reinterpret_cast<const sock*>(tp))->ipv4.sysctl_tcp_keepalive_probes;
}
inline u32 keepalive_time_elapsed(const tcp_sock* tp) {
  return std::min(tcp_jiffies32() - tp->inet_conn.icsk_ack.lrcvtime, tcp_jiffies32() - tp->rcv_tstamp);
}
inline u32 tcp_fin_time(const sock* sk) { // how long FIN_WAIT2 lasts without an owner, jiffies
  const int want = tcp_sk(sk)->linger2 ? int(tcp_sk(sk)->linger2) : int(sock_net(sk)->ipv4.sysctl_tcp_fin_timeout);
  const int rto = static_cast<int>(inet_csk(sk)->icsk_rto), least = (rto << 2) - (rto >> 1);
  return static_cast<u32>(std::max(want, least));
}

// Only headers may still be changed below: clones share the payload (the high half of dataref counts them).
inline void __skb_header_release(const sk_buff* skb) {
  set(skb, sk_buff::bit::nohdr, 1);
  atomic_set(&skb_shinfo(skb)->dataref, 1 + (1 << SKB_DATAREF_SHIFT));
}

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
void sk_forced_mem_schedule(const sock* sk, int size); // memory that is granted whatever the limits say

// ---- net/core/sock.cpp: what a socket tells its owner
void sk_error_report(const sock* sk);
void sk_send_sigurg(const sock* sk);
void sock_def_wakeup(const sock* sk);
void sock_def_error_report(const sock* sk);
void sock_def_write_space(const sock* sk);
const sk_buff* sock_omalloc(const sock* sk, u64 size, u32 priority); // on the account of options, not of data
void sock_ofree(const sk_buff* skb);
// The signal that a writer without a reader gets; engine/kernel/kernel/signal.cpp delivers it.
void send_sig(int sig, const task_struct* task, int priv);

// ---- net/core/skbuff_zerocopy.cpp
inline const ubuf_info* skb_uarg(const sk_buff* skb) {
  return static_cast<const ubuf_info*>(skb_shinfo(skb)->destructor_arg.get());
}
inline bool skb_zcopy_managed(const sk_buff* skb) { return skb_shinfo(skb)->flags & SKBFL_MANAGED_FRAG_REFS; }
inline const ubuf_info_msgzc* uarg_to_msgzc(const ubuf_info* uarg) {
  return reinterpret_cast<const ubuf_info_msgzc*>(uarg);
}
inline const ubuf_info* skb_zcopy(const sk_buff* skb) {
  return skb && skb_shinfo(skb)->flags & SKBFL_ZEROCOPY_ENABLE ? skb_uarg(skb) : nullptr;
}
inline void net_zcopy_get(const ubuf_info* uarg) { refcount_inc(&uarg->refcnt); }
inline void net_zcopy_put(const ubuf_info* uarg) {
  if (uarg) uarg->callback(nullptr, uarg, true);
}
inline void skb_zcopy_init(const sk_buff* skb, const ubuf_info* uarg) {
  set(skb_shinfo(skb)->destructor_arg, uarg);
  set(skb_shinfo(skb)->flags, skb_shinfo(skb)->flags | uarg->flags);
}
void skb_zcopy_set(const sk_buff* skb, const ubuf_info* uarg, bool* have_ref);
void skb_zcopy_clear(const sk_buff* skb, bool zerocopy_success); // the buffer goes: its owner is told
int skb_zerocopy_clone(const sk_buff* nskb, const sk_buff* orig, u32 gfp_mask);
const ubuf_info* msg_zerocopy_realloc(const sock* sk, u64 size, const ubuf_info* uarg);
void msg_zerocopy_callback(const sk_buff* skb, const ubuf_info* uarg, bool success);
void msg_zerocopy_put_abort(const ubuf_info* uarg, bool have_uref);
int skb_zerocopy_iter_stream(const sock* sk, const sk_buff* skb, const msghdr* msg, int len, const ubuf_info* uarg);
inline void net_zcopy_put_abort(const ubuf_info* uarg, bool have_uref) {
  if (uarg && uarg->callback.value == fn<msg_zerocopy_callback>.address()) msg_zerocopy_put_abort(uarg, have_uref);
}
int __zerocopy_sg_from_iter(const msghdr* msg, const sock* sk, const sk_buff* skb, const iov_iter* from, u64 length);
int skb_copy_ubufs(const sk_buff* skb, u32 gfp_mask); // the user's pages become copies of our own
inline int skb_orphan_frags(const sk_buff* skb, u32 gfp_mask) {
  if (!skb_zcopy(skb) || skb_shinfo(skb)->flags & SKBFL_DONT_ORPHAN) return 0;
  return skb_copy_ubufs(skb, gfp_mask);
}
inline int skb_orphan_frags_rx(const sk_buff* skb, u32 gfp_mask) {
  return skb_zcopy(skb) ? skb_copy_ubufs(skb, gfp_mask) : 0;
}

} // namespace sockwalk::kernel
