// Urgent data: the header's urgent pointer names one byte of the stream as special. The reader is told at once and gets
// that byte apart (MSG_OOB), unless it asked for it in line. Source: RFC 6093; the pointer is read as BSD reads it,
// one past the byte.
#include "engine/kernel/net/ipv4/tcp_input_internal.h"

namespace sockwalk::kernel {

static u32 urgentNumber(const sock* sk, const tcphdr* th) {
  const u32 pointer = ntohs(th->urg_ptr);
  const bool onePast = pointer > 0 && !sock_net(sk)->ipv4.sysctl_tcp_stdurg;
  return ntohl(th->seq) + pointer - (onePast ? 1 : 0);
}

static bool isKnown(const tcp_sock* tp, u32 number) {
  const bool read = before(number, tp->copied_seq), queued = before(number, tp->rcv_nxt);
  const bool told = tp->urg_data && !before(tp->urg_seq, number);
  return read || queued || told;
}

// The reader stands at the old urgent byte and has not taken it: it must not turn to plain data.
static bool oldByteIsNext(const sock* sk) {
  const tcp_sock* tp = tcp_sk(sk);
  const bool unread = tp->rcv_nxt != tp->copied_seq;
  return unread && tp->urg_data && tp->copied_seq == tp->urg_seq && !sock_flag(sk, SOCK_URGINLINE);
}

static void stepOverOldByte(const sock* sk) {
  const tcp_sock* tp = tcp_sk(sk);
  const sk_buff* first = skb_peek(&sk->sk_receive_queue);
  add(tp->copied_seq, 1u);
  const bool usedUp = first && !after(endSeqOf(first), tp->copied_seq);
  if (!usedUp) return;
  __skb_unlink(first, &sk->sk_receive_queue);
  __kfree_skb(first);
}

static void tcp_check_urg(const sock* sk, const tcphdr* th) {
  KFUNC(tcp_check_urg, sk, th);
  INLINED();
  const tcp_sock* tp = tcp_sk(sk);
  const u32 number = urgentNumber(sk, th);
  if (isKnown(tp, number)) return;
  sk_send_sigurg(sk);
  if (oldByteIsNext(sk)) stepOverOldByte(sk);

  set(tp->urg_data, TCP_URG_NOTYET); // the byte itself may come with a later segment
  set(tp->urg_seq, number);
  set(tp->pred_flags, 0); // until it is here, each segment is looked at
  NOTE("tcp.urgent", sk, number - tp->rcv_nxt);
}

void tcp_urg(const sock* sk, const sk_buff* skb, const tcphdr* th) {
  KFUNC(tcp_urg, sk, skb, th);
  const tcp_sock* tp = tcp_sk(sk);
  if (th->urg) tcp_check_urg(sk, th);
  const bool awaited = tp->urg_data == TCP_URG_NOTYET;
  if (!awaited) return;

  const u32 intoData = tp->urg_seq - ntohl(th->seq) - th->syn;
  const u32 at = 4u * th->doff + intoData;
  if (at >= skb->len) return;
  u8 byte;
  BUG_ON(skb_copy_bits(skb, static_cast<int>(at), &byte, 1));
  set(tp->urg_data, byte | TCP_URG_VALID);
  const bool hasOwner = !sock_flag(sk, SOCK_DEAD);
  if (hasOwner) sk->sk_data_ready(sk);
}

} // namespace sockwalk::kernel
