// TCP small queues: a buffer that left the device makes room for the next. The destructor may not send (it can run in
// the middle of the driver), so the socket is put on a list that a tasklet serves. And what softirqs found to do while
// a task owned the socket is done here, when the task lets go of it.
#include "engine/kernel/include/net/tcp.h"
#include "engine/kernel/kernel/softirq.h"
#include "engine/kernel/net/ipv4/tcp_output_internal.h"
#include "engine/memory/constants/tcp.h"

namespace sockwalk::kernel {

static Global<list_head> tsq_tasklet{"tsq_tasklet"};

static void tcp_tsq_write(const sock* sk) {
  KFUNC(tcp_tsq_write, sk);
  constexpr int sends = TCPF_ESTABLISHED | TCPF_FIN_WAIT1 | TCPF_CLOSING | TCPF_CLOSE_WAIT | TCPF_LAST_ACK;
  const tcp_sock* tp = tcp_sk(sk);
  if (!(1 << sk->sk_state & sends)) return;
  // What is lost goes before what is new.
  const bool lossWaits = tp->lost_out > tp->retrans_out, windowIsOpen = tcp_packets_in_flight(tp) < tp->snd_cwnd;
  if (lossWaits && windowIsOpen) {
    tcp_mstamp_refresh(tp);
    tcp_xmit_retransmit_queue(sk);
  }
  const u32 segment = tcp_current_mss(sk);
  tcp_write_xmit(sk, segment, tp->nonagle, 0, GFP_ATOMIC);
}

static void tcp_tsq_handler(const sock* sk) {
  KFUNC(tcp_tsq_handler, sk);
  constexpr u64 deferred = 1ull << TCP_TSQ_DEFERRED;
  if (!sock_owned_by_user(sk)) {
    tcp_tsq_write(sk);
  } else if (!(sk->sk_tsq_flags & deferred)) { // the owner will, and needs the socket until then
    set(sk->sk_tsq_flags, sk->sk_tsq_flags | deferred);
    sock_hold(sk);
  }
}

static void tcp_tasklet_func(const softirq_action* action) {
  KFUNC(tcp_tasklet_func, action);
  while (!list_empty(tsq_tasklet)) {
    const tcp_sock* tp = container_of(tsq_tasklet->next.get(), tcp_sock, tsq_node);
    const auto* sk = reinterpret_cast<const sock*>(tp);
    list_del(&tp->tsq_node);
    set(sk->sk_tsq_flags, sk->sk_tsq_flags & ~(1ull << TSQ_QUEUED));
    tcp_tsq_handler(sk);
    sk_free(sk); // the byte of sk_wmem_alloc that tcp_wfree() kept
  }
}

void tcp_tasklet_init() {
  KFUNC(tcp_tasklet_init);
  INIT_LIST_HEAD(tsq_tasklet);
  open_softirq(TASKLET_SOFTIRQ, fn<tcp_tasklet_func>);
}

// The destructor of a segment's clone: takes it off the socket's account, and asks for more if the socket waited for it.
void tcp_wfree(const sk_buff* skb) {
  KFUNC(tcp_wfree, skb);
  const sock* sk = skb->sk;
  refcount_sub_and_test(static_cast<int>(skb->truesize) - 1, &sk->sk_wmem_alloc); // one byte keeps the socket alive
  const u64 flags = sk->sk_tsq_flags;
  if (!(flags >> TSQ_THROTTLED & 1) || flags >> TSQ_QUEUED & 1) {
    sk_free(sk);
    return;
  }
  set(sk->sk_tsq_flags, (flags & ~(1ull << TSQ_THROTTLED)) | 1ull << TSQ_QUEUED);
  list_add(&tcp_sk(sk)->tsq_node, tsq_tasklet);
  machine().raiseSoftirq(TASKLET_SOFTIRQ);
}

// The moment for the next paced segment has come.
u32 tcp_pace_kick(const hrtimer* timer) {
  KFUNC(tcp_pace_kick, timer);
  const auto* sk = reinterpret_cast<const sock*>(container_of(timer, tcp_sock, pacing_timer));
  tcp_tsq_handler(sk);
  sock_put(sk);
  return call.result(u32(HRTIMER_NORESTART));
}

// The owner lets go of the socket: what softirqs left for this moment (sk_tsq_flags) is done now.
void tcp_release_cb(const sock* sk) {
  KFUNC(tcp_release_cb, sk);
  const u64 flags = sk->sk_tsq_flags;
  if (!(flags & TCP_DEFERRED_ALL)) return;
  set(sk->sk_tsq_flags, flags & ~TCP_DEFERRED_ALL);
  if (flags >> TCP_TSQ_DEFERRED & 1) {
    tcp_tsq_write(sk);
    sock_put(sk);
  }
  set(sk->sk_lock.owned, 0); // the rest is code of softirqs, which want the socket unowned
  if (flags >> TCP_WRITE_TIMER_DEFERRED & 1) {
    tcp_write_timer_handler(sk);
    sock_put(sk);
  }
  if (flags >> TCP_DELACK_TIMER_DEFERRED & 1) {
    tcp_delack_timer_handler(sk);
    sock_put(sk);
  }
  if (flags >> TCP_MTU_REDUCED_DEFERRED & 1) {
    inet_csk(sk)->icsk_af_ops->mtu_reduced(sk);
    sock_put(sk);
  }
}

} // namespace sockwalk::kernel
