// Urgent data: the header's urgent pointer names one byte of the stream as special. The reader is told at once and gets
// that byte apart (MSG_OOB), unless it asked for it in line. Source: RFC 6093; the pointer is read as BSD reads it,
// one past the byte.
#include "engine/kernel/net/ipv4/tcp_input_internal.h"

namespace sockwalk::kernel {

static void tcp_check_urg(const sock* sk, const tcphdr* th) {
  KFUNC(tcp_check_urg, sk, th);
  const tcp_sock* tp = tcp_sk(sk);
  u32 ptr = ntohs(th->urg_ptr);
  if (ptr && !sock_net(sk)->ipv4.sysctl_tcp_stdurg) --ptr;
  ptr += ntohl(th->seq);
  if (after(tp->copied_seq, ptr) || before(ptr, tp->rcv_nxt)) return; // read already, or in the queue already
  if (tp->urg_data && !after(ptr, tp->urg_seq)) return;               // known
  sk_send_sigurg(sk);
  const bool unread = tp->urg_data && !sock_flag(sk, SOCK_URGINLINE) && tp->copied_seq != tp->rcv_nxt;
  if (tp->urg_seq == tp->copied_seq && unread) { // the old urgent byte is next in line: it must not turn to plain data
    const sk_buff* skb = skb_peek(&sk->sk_receive_queue);
    add(tp->copied_seq, 1u);
    if (skb && !before(tp->copied_seq, endSeqOf(skb))) {
      __skb_unlink(skb, &sk->sk_receive_queue);
      __kfree_skb(skb);
    }
  }
  set(tp->urg_data, TCP_URG_NOTYET);
  set(tp->urg_seq, ptr);
  set(tp->pred_flags, 0);
  NOTE("tcp.urgent", sk, ptr - tp->rcv_nxt);
}

void tcp_urg(const sock* sk, const sk_buff* skb, const tcphdr* th) {
  KFUNC(tcp_urg, sk, skb, th);
  const tcp_sock* tp = tcp_sk(sk);
  if (th->urg) tcp_check_urg(sk, th);
  if (tp->urg_data != TCP_URG_NOTYET) return;
  const u32 ptr = tp->urg_seq - ntohl(th->seq) + th->doff * 4u - th->syn;
  if (ptr >= skb->len) return; // it comes with a later segment
  u8 byte;
  BUG_ON(skb_copy_bits(skb, static_cast<int>(ptr), &byte, 1));
  set(tp->urg_data, TCP_URG_VALID | byte);
  if (!sock_flag(sk, SOCK_DEAD)) sk->sk_data_ready(sk);
}

} // namespace sockwalk::kernel
