// sendfile(2) into a TCP socket: pages of a file become part of segments without being copied.
#include "engine/kernel/include/net/inet_send.h"
#include "engine/kernel/include/net/inet_sock.h"
#include "engine/kernel/include/net/tcp_calls.h"
#include "engine/kernel/include/net/tcp_input.h"
#include "engine/kernel/include/net/tcp_output.h"
#include "engine/kernel/kernel/softirq.h"

namespace sockwalk::kernel {

// As much of the page as the last segment, or a new one, takes. nullptr: no room; else *size is what was taken.
static const sk_buff* tcp_build_frag(const sock* sk, int size_goal, const page* page, int offset, u64* size) {
  const tcp_sock* tp = tcp_sk(sk);
  const sk_buff* skb = tcp_write_queue_tail(sk);
  int copy = skb ? size_goal - static_cast<int>(skb->len) : 0;
  bool fresh = copy <= 0 || !tcp_skb_can_collapse_to(skb), merge = false;
  for (;; fresh = true) {
    if (fresh) {
      if (!sk_stream_memory_free(sk)) return nullptr;
      skb = tcp_stream_alloc_skb(sk, 0, sk->sk_allocation, tcp_rtx_and_write_queues_empty(sk));
      if (!skb) return nullptr;
      tcp_skb_entail(sk, skb);
      copy = size_goal;
    }
    const int i = skb_shinfo(skb)->nr_frags;
    merge = skb_can_coalesce(skb, i, page, static_cast<u32>(offset));
    if (merge || i < static_cast<int>(MAX_SKB_FRAGS)) break;
    tcp_mark_push(tp, skb);
  }
  copy = static_cast<int>(std::min<u64>(static_cast<u64>(copy), *size));
  if (tcp_downgrade_zcopy_pure(sk, skb)) return nullptr;
  copy = tcp_wmem_schedule(sk, copy);
  if (!copy) return nullptr;
  const skb_shared_info* shinfo = skb_shinfo(skb);
  if (merge) {
    add(shinfo->frags[shinfo->nr_frags - 1].bv_len, copy);
  } else {
    get_page(page);
    skb_fill_page_desc(skb, shinfo->nr_frags, page, offset, copy);
  }
  set(shinfo->flags, shinfo->flags | SKBFL_SHARED_FRAG); // the file may still change under it
  add(skb->len, copy);
  add(skb->data_len, copy);
  add(skb->truesize, copy);
  sk_wmem_queued_add(sk, copy);
  sk_mem_charge(sk, copy);
  add(tp->write_seq, copy);
  add(TCP_SKB_CB(skb)->end_seq, copy);
  tcp_skb_pcount_set(skb, 0);
  *size = static_cast<u64>(copy);
  return skb;
}

static int do_tcp_sendpages(const sock* sk, const page* page, int offset, u64 size, int flags) {
  KFUNC(do_tcp_sendpages, sk, page, offset, size, flags);
  setCallWork(0); // no copies are made here
  const tcp_sock* tp = tcp_sk(sk);
  s64 timeo = sock_sndtimeo(sk, flags & MSG_DONTWAIT);
  int err = 0, copied = 0, mss_now = 0, size_goal = 0;
  if (1 << sk->sk_state & ~(TCPF_ESTABLISHED | TCPF_CLOSE_WAIT)) err = sk_stream_wait_connect(sk, &timeo);
  if (err) return call.result(sk_stream_error(sk, flags, err));
  mss_now = tcp_send_mss(sk, &size_goal, flags);
  if (sk->sk_err || sk->sk_shutdown & SEND_SHUTDOWN) return call.result(sk_stream_error(sk, flags, -EPIPE));
  while (size) {
    u64 copy = size;
    const sk_buff* skb = tcp_build_frag(sk, size_goal, page, offset, &copy);
    if (!skb) {
      set(sk->sk_socket->flags, sk->sk_socket->flags | 1ull << SOCK_NOSPACE);
      tcp_push(sk, flags & ~static_cast<int>(MSG_MORE), mss_now, TCP_NAGLE_PUSH, size_goal);
      err = sk_stream_wait_memory(sk, &timeo);
      if (err) break;
      mss_now = tcp_send_mss(sk, &size_goal, flags);
      continue;
    }
    if (!copied) set(TCP_SKB_CB(skb)->tcp_flags, TCP_SKB_CB(skb)->tcp_flags & ~TCPHDR_PSH);
    copied += static_cast<int>(copy);
    offset += static_cast<int>(copy);
    size -= copy;
    if (!size || static_cast<int>(skb->len) < size_goal) continue;
    if (forced_push(tp)) {
      tcp_mark_push(tp, skb);
      __tcp_push_pending_frames(sk, static_cast<u32>(mss_now), TCP_NAGLE_PUSH);
    } else if (skb == tcp_send_head(sk)) {
      tcp_push_one(sk, static_cast<u32>(mss_now));
    }
  }
  if (err) tcp_remove_empty_skb(sk);
  if (copied) tcp_tx_timestamp(sk, sk->sk_tsflags);
  if (!copied) return call.result(sk_stream_error(sk, flags, err));
  if (!(static_cast<u32>(flags) & MSG_SENDPAGE_NOTLAST)) tcp_push(sk, flags, mss_now, tp->nonagle, size_goal);
  return call.result(copied);
}

int tcp_sendpage(const sock* sk, const page* page, int offset, u64 size, int flags) {
  KFUNC(tcp_sendpage, sk, page, offset, size, flags);
  lock_sock(sk);
  tcp_rate_check_app_limited(sk);
  const int ret = do_tcp_sendpages(sk, page, offset, size, flags);
  release_sock(sk);
  return call.result(ret);
}

// ---- from the file's side
// A protocol that cannot take pages gets a copy.
static s64 sock_no_sendpage(const socket* sock, const page* page, int offset, u64 size, int flags) {
  KFUNC(sock_no_sendpage, sock, page, offset, size, flags);
  OnStack<msghdr> msg;
  OnStack<iovec> piece;
  set(piece->iov_base.value, Arena::address(page_address(page) + offset));
  set(piece->iov_len, size);
  set(msg->msg_iter.iter_type, 1); // ITER_KVEC
  set(msg->msg_iter.iov, piece.get());
  set(msg->msg_iter.nr_segs, 1);
  set(msg->msg_iter.count, size);
  set(msg->msg_flags, static_cast<u32>(flags));
  return call.result(static_cast<s64>(sock->ops->sendmsg(sock, msg, size)));
}

s64 inet_sendpage(const socket* sock, const page* page, s32 offset, u64 size, s32 flags) {
  KFUNC(inet_sendpage, sock, page, offset, size, flags);
  const struct sock* sk = sock->sk;
  if (inet_send_prepare(sk)) return call.result(s64(-EAGAIN));
  if (sk->sk_prot->sendpage) return call.result(static_cast<s64>(sk->sk_prot->sendpage(sk, page, offset, size, flags)));
  return call.result(sock_no_sendpage(sock, page, offset, size, flags));
}

} // namespace sockwalk::kernel
