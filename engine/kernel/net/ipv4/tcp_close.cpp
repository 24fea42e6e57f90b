// The end of a connection as its owner wants it: shutdown(2), close(2) with or without lingering, and what becomes of a
// socket that has no owner any more.
#include "engine/kernel/include/net/tcp.h"
#include "engine/kernel/kernel/softirq.h"
#include "engine/memory/constants/tcp.h"

namespace sockwalk::kernel {

// RFC 793's CLOSE: the state that follows, and whether a FIN must be sent for it.
static u8 stateAfterClose(int state) {
  switch (state) {
  case TCP_ESTABLISHED:
  case TCP_SYN_RECV: return TCP_FIN_WAIT1 | TCP_ACTION_FIN;
  case TCP_CLOSE_WAIT: return TCP_LAST_ACK | TCP_ACTION_FIN;
  case TCP_FIN_WAIT1:
  case TCP_FIN_WAIT2:
  case TCP_LAST_ACK:
  case TCP_CLOSING: return static_cast<u8>(state);
  default: return TCP_CLOSE;
  }
}
static bool tcp_close_state(const sock* sk) {
  KFUNC(tcp_close_state, sk);
  INLINED();
  const u8 after = stateAfterClose(sk->sk_state);
  const bool finDue = after & TCP_ACTION_FIN;
  tcp_set_state(sk, after & TCP_STATE_MASK);
  return call.result(finDue);
}

// Only the sending half ends: a FIN goes behind everything that was written, and reading goes on.
void tcp_shutdown(const sock* sk, int how) {
  KFUNC(tcp_shutdown, sk, how);
  constexpr int SendingHalfOpen = TCPF_ESTABLISHED | TCPF_SYN_SENT | TCPF_CLOSE_WAIT;
  const bool endsSending = how & SEND_SHUTDOWN && 1 << sk->sk_state & SendingHalfOpen;
  if (endsSending && tcp_close_state(sk)) tcp_send_fin(sk);
}

// ---- sockets without an owner cost memory and nobody waits for them: there may only be so many
static bool tcp_too_many_orphans(int shift) { return *tcp_orphan_count << shift > *sysctl_tcp_max_orphans; }
bool tcp_check_oom(const sock* sk, int shift) {
  KFUNC(tcp_check_oom, sk, shift);
  const bool orphans = tcp_too_many_orphans(shift), memory = tcp_out_of_memory(sk);
  if (orphans || memory) NOTE("tcp.orphan_dropped", sk, orphans);
  return call.result(orphans || memory);
}

namespace {
// True if something had been received that nobody read: then the peer must learn that it was lost.
bool flushReceiveQueue(const sock* sk) {
  bool unread = false;
  while (const sk_buff* skb = __skb_dequeue(&sk->sk_receive_queue)) {
    const u32 end_seq = TCP_SKB_CB(skb)->end_seq - (TCP_SKB_CB(skb)->tcp_flags & TCPHDR_FIN ? 1 : 0);
    if (after(end_seq, tcp_sk(sk)->copied_seq)) unread = true;
    __kfree_skb(skb);
  }
  return unread;
}

// How a connection ends that its owner closes.
enum class Ending { Over, Cut, Reset, Orderly };
Ending endingOf(const sock* sk, bool unread) {
  if (sk->sk_state == TCP_CLOSE) return Ending::Over; // reset before
  if (tcp_sk(sk)->repair) return Ending::Cut;
  if (unread) return Ending::Reset; // RFC 2525, 2.17: data was lost, and a FIN would hide it
  const bool impatient = sock_flag(sk, SOCK_LINGER) && sk->sk_lingertime == 0; // SO_LINGER of zero
  return impatient ? Ending::Cut : Ending::Orderly;
}

void endConnection(const sock* sk, s64 timeout) {
  const bool unread = flushReceiveQueue(sk);
  switch (endingOf(sk, unread)) {
  case Ending::Over: return;
  case Ending::Cut: sk->sk_prot->disconnect(sk, 0); break;
  case Ending::Reset:
    NOTE("tcp.close_unread", sk);
    tcp_set_state(sk, TCP_CLOSE);
    tcp_send_active_reset(sk, sk->sk_allocation);
    break;
  case Ending::Orderly:
    if (tcp_close_state(sk)) tcp_send_fin(sk);
  }
  sk_stream_wait_close(sk, timeout);
}

// FIN_WAIT2 without an owner: wait for the peer's FIN for a while, in a small TIME_WAIT socket if it is not too long.
// True if the socket is done with.
bool endFinWait2(const sock* sk) {
  const bool waits = tcp_sk(sk)->linger2 >= 0;
  if (!waits) {
    tcp_set_state(sk, TCP_CLOSE);
    tcp_send_active_reset(sk, GFP_ATOMIC);
    return false;
  }
  const u32 patience = tcp_fin_time(sk), smallOnesTime = TCP_TIMEWAIT_LEN();
  const bool endsSoon = patience <= smallOnesTime;
  if (endsSoon) tcp_time_wait(sk, TCP_FIN_WAIT2, static_cast<int>(patience));
  else inet_csk_reset_keepalive_timer(sk, patience - smallOnesTime); // the rest of it in the small one
  return endsSoon;
}
} // namespace

// Nobody has a descriptor any more. What is left of the connection goes on without an owner, if it may.
static void leaveOrphan(const sock* sk) {
  if (sk->sk_state == TCP_FIN_WAIT2 && endFinWait2(sk)) return;
  if (sk->sk_state != TCP_CLOSE && tcp_check_oom(sk, 0)) {
    tcp_set_state(sk, TCP_CLOSE);
    tcp_send_active_reset(sk, GFP_ATOMIC);
  }
  if (sk->sk_state == TCP_CLOSE) inet_csk_destroy_sock(sk);
}

static void endListener(const sock* sk) {
  tcp_set_state(sk, TCP_CLOSE);
  inet_csk_listen_stop(sk);
}

void __tcp_close(const sock* sk, s64 timeout) {
  KFUNC(__tcp_close, sk, timeout);
  set(sk->sk_shutdown, SHUTDOWN_MASK);
  sk->sk_state == TCP_LISTEN ? endListener(sk) : endConnection(sk, timeout);
  const bool wasOver = sk->sk_state == TCP_CLOSE;
  sock_hold(sk);
  sock_orphan(sk);
  __release_sock(sk); // what came meanwhile may end the connection, and then the socket was seen to already
  const BottomHalvesOff locked;
  add(*tcp_orphan_count, 1u);
  if (wasOver || sk->sk_state != TCP_CLOSE) leaveOrphan(sk);
}

void tcp_close(const sock* sk, s64 timeout) {
  KFUNC(tcp_close, sk, timeout);
  lock_sock(sk);
  __tcp_close(sk, timeout);
  release_sock(sk);
  sock_put(sk);
}

} // namespace sockwalk::kernel
