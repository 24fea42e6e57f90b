// send(2) and write(2) on a TCP socket: the bytes are copied into segments at the end of the write queue, which is
// pushed whenever a segment is full and when the call ends. The write queue may be longer than one call.
#include "engine/kernel/include/net/ip_sockglue.h"
#include "engine/kernel/include/net/sock_send.h"
#include "engine/kernel/include/net/tcp_input.h"
#include "engine/kernel/include/net/tcp_output.h"
#include "engine/kernel/kernel/softirq.h"

namespace sockwalk::kernel {

constexpr u32 sysctl_max_skb_frags = MAX_SKB_FRAGS;

void tcp_mark_push(const tcp_sock* tp, const sk_buff* skb) {
  set(TCP_SKB_CB(skb)->tcp_flags, TCP_SKB_CB(skb)->tcp_flags | TCPHDR_PSH);
  set(tp->pushed_seq, tp->write_seq);
}

// An empty segment takes its place at the end of the write queue. It begins where all that was written so far ends.
void tcp_skb_entail(const sock* sk, const sk_buff* skb) {
  KFUNC(tcp_skb_entail, sk, skb);
  const tcp_sock* tp = tcp_sk(sk);
  const tcp_skb_cb* tcb = TCP_SKB_CB(skb);
  set(tcb->seq, tp->write_seq);
  set(tcb->end_seq, tp->write_seq);
  set(tcb->tcp_flags, TCPHDR_ACK);
  __skb_header_release(skb);
  tcp_add_write_queue_tail(sk, skb);
  sk_wmem_queued_add(sk, static_cast<int>(skb->truesize));
  sk_mem_charge(sk, static_cast<int>(skb->truesize));
  if (tp->nonagle & TCP_NAGLE_PUSH) set(tp, tcp_sock::bit::nonagle, tp->nonagle & ~TCP_NAGLE_PUSH);
  tcp_slow_start_after_idle_check(sk);
}

// A segment's linear part holds headers only (320 bytes of headroom); what is written stands in page fragments.
// Both sk_buffs of the pair are allocated at once: the clone is what goes down to IP.
const sk_buff* tcp_stream_alloc_skb(const sock* sk, int size, u32 gfp, bool force_schedule) {
  KFUNC(tcp_stream_alloc_skb, sk, size, gfp, force_schedule);
  if (gfp == GFP_KERNEL) cond_resched(); // an allocation that may sleep: others get the processor
  const sk_buff* skb = alloc_skb_fclone(static_cast<u32>(size) + MAX_TCP_HEADER, gfp);
  if (!skb) {
    sk->sk_prot->enter_memory_pressure(sk);
    sk_stream_moderate_sndbuf(sk);
    return call.result<const sk_buff*>(nullptr);
  }
  set(skb->truesize, SKB_TRUESIZE(skb_end_offset(skb)));
  if (force_schedule) {
    sk_forced_mem_schedule(sk, static_cast<int>(skb->truesize));
  } else if (!sk_wmem_schedule(sk, static_cast<int>(skb->truesize))) {
    __kfree_skb(skb);
    return call.result<const sk_buff*>(nullptr);
  }
  skb_reserve(skb, MAX_TCP_HEADER);
  set(skb, sk_buff::bit::ip_summed, CHECKSUM_PARTIAL);
  INIT_LIST_HEAD(&skb->tcp_tsorted_anchor);
  return call.result(skb);
}

// How much one sk_buff should collect: many segments' worth, since the device (or the last step before it) cuts it up.
static u32 tcp_xmit_size_goal(const sock* sk, u32 mss_now, bool large_allowed) {
  KFUNC(tcp_xmit_size_goal, sk, mss_now, large_allowed);
  const tcp_sock* tp = tcp_sk(sk);
  if (!large_allowed) return call.result(mss_now);
  const u32 most = static_cast<u32>(tcp_bound_to_half_wnd(tp, static_cast<int>(sk->sk_gso_max_size)));
  u32 size_goal = tp->gso_segs * mss_now;
  if (most < size_goal || most >= size_goal + mss_now) {
    set(tp->gso_segs, std::min<u32>(static_cast<u16>(most / mss_now), sk->sk_gso_max_segs));
    size_goal = tp->gso_segs * mss_now;
  }
  return call.result(std::max(size_goal, mss_now));
}

int tcp_send_mss(const sock* sk, int* size_goal, int flags) {
  KFUNC(tcp_send_mss, sk, flags);
  const int mss_now = static_cast<int>(tcp_current_mss(sk));
  *size_goal = static_cast<int>(tcp_xmit_size_goal(sk, static_cast<u32>(mss_now), !(flags & MSG_OOB)));
  return call.result(mss_now);
}

// A segment was queued and nothing could be put into it.
void tcp_remove_empty_skb(const sock* sk) {
  KFUNC(tcp_remove_empty_skb, sk);
  const sk_buff* skb = tcp_write_queue_tail(sk);
  if (!skb || TCP_SKB_CB(skb)->seq != TCP_SKB_CB(skb)->end_seq) return;
  tcp_unlink_write_queue(skb, sk);
  if (tcp_write_queue_empty(sk)) tcp_chrono_stop(sk, TCP_CHRONO_BUSY);
  tcp_wmem_free_skb(sk, skb);
}

// The user's pages were free of charge; now that our own come beside them, all of it must be paid.
int tcp_downgrade_zcopy_pure(const sock* sk, const sk_buff* skb) {
  KFUNC(tcp_downgrade_zcopy_pure, sk, skb);
  if (!skb_zcopy_pure(skb)) return call.result(0);
  const int extra = static_cast<int>(skb->truesize - SKB_TRUESIZE(skb_end_offset(skb)));
  if (!sk_wmem_schedule(sk, extra)) return call.result(-ENOMEM);
  sk_mem_charge(sk, extra);
  set(skb_shinfo(skb)->flags, skb_shinfo(skb)->flags & ~SKBFL_PURE_ZEROCOPY);
  return call.result(0);
}

// May `copy` bytes be charged? Under pressure perhaps only some, but always enough that something moves.
int tcp_wmem_schedule(const sock* sk, int copy) {
  KFUNC(tcp_wmem_schedule, sk, copy);
  if (sk_wmem_schedule(sk, copy)) return call.result(copy);
  const int left = sock_net(sk)->ipv4.sysctl_tcp_wmem[0] - sk->sk_wmem_queued;
  if (left > 0) sk_forced_mem_schedule(sk, std::min(left, copy));
  return call.result(std::min<int>(copy, sk->sk_forward_alloc));
}

bool skb_can_coalesce(const sk_buff* skb, int i, const page* page, u32 off) {
  if (skb_zcopy(skb) || !i) return false;
  const bio_vec* frag = &skb_shinfo(skb)->frags[i - 1];
  return frag->bv_page.get() == page && off == frag->bv_offset + frag->bv_len;
}

void tcp_tx_timestamp(const sock* sk, u16 tsflags) {
  KFUNC(tcp_tx_timestamp, sk, tsflags);
  SIMPLIFIED("SO_TIMESTAMPING: no time stamps of transmission are taken");
}

static bool tcp_should_autocork(const sock* sk, const sk_buff* skb, int size_goal) {
  return static_cast<int>(skb->len) < size_goal && sock_net(sk)->ipv4.sysctl_tcp_autocorking &&
         !tcp_rtx_queue_empty(sk) && refcount_read(&sk->sk_wmem_alloc) > static_cast<int>(skb->truesize) &&
         tcp_skb_can_collapse_to(skb);
}

// What was queued may go. A small last segment waits if something of this socket is still in the device's queue: its
// completion sends it, and more may be written until then (autocorking).
void tcp_push(const sock* sk, int flags, int mss_now, int nonagle, int size_goal) {
  KFUNC(tcp_push, sk, flags, mss_now, nonagle, size_goal);
  const tcp_sock* tp = tcp_sk(sk);
  const sk_buff* skb = tcp_write_queue_tail(sk);
  if (!skb) return;
  if (!(flags & MSG_MORE) || forced_push(tp)) tcp_mark_push(tp, skb);
  if (flags & MSG_OOB) set(tp->snd_up, tp->write_seq);
  if (tcp_should_autocork(sk, skb, size_goal)) {
    NOTE("tcp.autocork", sk, skb->len, size_goal);
    set(sk->sk_tsq_flags, sk->sk_tsq_flags | 1ull << TSQ_THROTTLED);
    return;
  }
  if (flags & MSG_MORE) nonagle = TCP_NAGLE_CORK;
  __tcp_push_pending_frames(sk, static_cast<u32>(mss_now), nonagle);
}

namespace {
// A sendmsg() on its way: what its steps share.
struct Sending {
  const sock* sk;
  const tcp_sock* tp;
  const msghdr* msg;
  const ubuf_info* uarg = nullptr; // MSG_ZEROCOPY: who is to be told when the pages are free again
  bool zc = false;
  int flags = 0, mss_now = 0, size_goal = 0, copied = 0, process_backlog = 0;
  s64 timeo = 0;
  u64 left() const { return msg->msg_iter.count; }
};
enum Step { Done, NewSegment, WaitForSpace, Failed, Restart };

// From the user into `copy` bytes of the page, which become part of the segment and of the socket's account.
int skb_copy_to_page_nocache(const sock* sk, const iov_iter* from, const sk_buff* skb, const page_frag* pfrag,
                             int copy) {
  if (!copy_from_iter_full(page_address(pfrag->page) + pfrag->offset, static_cast<u32>(copy), from)) return -EFAULT;
  add(skb->len, copy);
  add(skb->data_len, copy);
  add(skb->truesize, copy);
  sk_wmem_queued_add(sk, copy);
  sk_mem_charge(sk, copy);
  return 0;
}

// The ordinary way: a copy into a page of the task's own, behind what it wrote before if the page has room.
Step copyIn(Sending& s, const sk_buff* skb, int& copy, int& err) {
  const int i = skb_shinfo(skb)->nr_frags;
  const page_frag* pfrag = sk_page_frag(s.sk);
  if (!sk_page_frag_refill(s.sk, pfrag)) return WaitForSpace;
  const bool merge = skb_can_coalesce(skb, i, pfrag->page, pfrag->offset);
  if (!merge && i >= static_cast<int>(sysctl_max_skb_frags)) return NewSegment;
  copy = std::min(copy, static_cast<int>(pfrag->size - pfrag->offset));
  if (skb_zcopy_pure(skb) && tcp_downgrade_zcopy_pure(s.sk, skb)) return WaitForSpace;
  copy = tcp_wmem_schedule(s.sk, copy);
  if (!copy) return WaitForSpace;
  err = skb_copy_to_page_nocache(s.sk, &s.msg->msg_iter, skb, pfrag, copy);
  if (err) return Failed;
  if (merge) {
    add(skb_shinfo(skb)->frags[i - 1].bv_len, copy);
  } else {
    skb_fill_page_desc(skb, i, pfrag->page, static_cast<int>(pfrag->offset), copy);
    get_page(pfrag->page);
  }
  add(pfrag->offset, copy);
  return Done;
}

// MSG_ZEROCOPY: the user's own pages become part of the segment.
Step pinIn(Sending& s, const sk_buff* skb, int& copy, int& err) {
  const skb_shared_info* shinfo = skb_shinfo(skb);
  if (!skb->len) set(shinfo->flags, shinfo->flags | SKBFL_PURE_ZEROCOPY);
  if (!skb_zcopy_pure(skb)) {
    copy = tcp_wmem_schedule(s.sk, copy);
    if (!copy) return WaitForSpace;
  }
  err = skb_zerocopy_iter_stream(s.sk, skb, s.msg, copy, s.uarg);
  if (err == -EMSGSIZE || err == -EEXIST) return NewSegment;
  if (err < 0) return Failed;
  copy = err;
  return Done;
}

// A segment for the next bytes; it may collect as much as `copy` says.
Step openSegment(Sending& s, const sk_buff*& skb, int& copy) {
  if (!sk_stream_memory_free(s.sk)) return WaitForSpace;
  if (s.process_backlog >= 16) { // acknowledgements that came meanwhile may have made room
    s.process_backlog = 0;
    if (s.sk->sk_backlog.tail) {
      __sk_flush_backlog(s.sk);
      return Restart;
    }
  }
  skb = tcp_stream_alloc_skb(s.sk, 0, s.sk->sk_allocation, tcp_rtx_and_write_queues_empty(s.sk));
  if (!skb) return WaitForSpace;
  ++s.process_backlog;
  tcp_skb_entail(s.sk, skb);
  copy = s.size_goal;
  if (s.tp->repair) set(TCP_SKB_CB(skb)->sacked, TCP_SKB_CB(skb)->sacked | TCPCB_REPAIRED);
  return Done;
}

// One piece: into the last segment if it has room, else into a new one. *filled: the segment it went to.
Step appendPiece(Sending& s, const sk_buff** filled, int& err) {
  const sk_buff* skb = tcp_write_queue_tail(s.sk);
  int copy = skb ? s.size_goal - static_cast<int>(skb->len) : 0;
  bool fresh = copy <= 0 || !tcp_skb_can_collapse_to(skb);
  for (;;) {
    if (fresh) {
      const Step step = openSegment(s, skb, copy);
      if (step != Done) return step;
    }
    copy = static_cast<int>(std::min<u64>(static_cast<u64>(copy), s.left()));
    const Step step = s.zc ? pinIn(s, skb, copy, err) : copyIn(s, skb, copy, err);
    if (step == NewSegment) {
      tcp_mark_push(s.tp, skb);
      fresh = true;
      continue;
    }
    if (step != Done) return step;
    break;
  }
  const tcp_skb_cb* tcb = TCP_SKB_CB(skb);
  if (!s.copied) set(tcb->tcp_flags, tcb->tcp_flags & ~TCPHDR_PSH);
  add(s.tp->write_seq, copy);
  add(tcb->end_seq, copy);
  tcp_skb_pcount_set(skb, 0); // how many segments it makes is counted when it is sent
  s.copied += copy;
  *filled = skb;
  return Done;
}

int waitForSpace(Sending& s) {
  const socket* sock = s.sk->sk_socket;
  set(sock->flags, sock->flags | 1ull << SOCK_NOSPACE);
  if (s.copied) tcp_push(s.sk, s.flags & ~static_cast<int>(MSG_MORE), s.mss_now, TCP_NAGLE_PUSH, s.size_goal);
  const int err = sk_stream_wait_memory(s.sk, &s.timeo);
  if (!err) s.mss_now = tcp_send_mss(s.sk, &s.size_goal, s.flags);
  return err;
}

// Until all is queued: 0, or why not all of it could be.
int sendAll(Sending& s) {
  for (bool restart = true; s.left() || restart;) {
    if (restart) {
      s.mss_now = tcp_send_mss(s.sk, &s.size_goal, s.flags);
      if (s.sk->sk_err || s.sk->sk_shutdown & SEND_SHUTDOWN) return -EPIPE;
      restart = false;
      continue;
    }
    const sk_buff* skb = nullptr;
    int err = 0;
    const Step step = appendPiece(s, &skb, err);
    if (step == Restart) restart = true;
    else if (step == WaitForSpace) err = waitForSpace(s);
    if (err < 0) return err;
    if (step != Done) continue;
    if (!s.left()) {
      if (s.flags & MSG_EOR) set(TCP_SKB_CB(skb), tcp_skb_cb::bit::eor, 1);
      break;
    }
    if (static_cast<int>(skb->len) < s.size_goal || s.flags & MSG_OOB || s.tp->repair) continue;
    if (forced_push(s.tp)) {
      tcp_mark_push(s.tp, skb);
      __tcp_push_pending_frames(s.sk, static_cast<u32>(s.mss_now), TCP_NAGLE_PUSH);
    } else if (skb == tcp_send_head(s.sk)) {
      tcp_push_one(s.sk, static_cast<u32>(s.mss_now));
    }
  }
  return 0;
}

int endWithError(Sending& s, int err) {
  if (s.uarg) msg_zerocopy_put_abort(s.uarg, true);
  err = sk_stream_error(s.sk, s.flags, err);
  if (tcp_rtx_and_write_queues_empty(s.sk) && err == -EAGAIN) { // nothing in flight would ever wake a poller
    s.sk->sk_write_space(s.sk);
    tcp_chrono_stop(s.sk, TCP_CHRONO_SNDBUF_LIMITED);
  }
  return err;
}

// Before the first byte: a connection, zero copy, control messages. 0 or -errno; *nothing: no segment is to be removed.
int prepare(Sending& s, u64 size, bool* early) {
  *early = true;
  if (s.flags & MSG_ZEROCOPY && size && sock_flag(s.sk, SOCK_ZEROCOPY)) {
    s.uarg = msg_zerocopy_realloc(s.sk, size, skb_zcopy(tcp_write_queue_tail(s.sk)));
    if (!s.uarg) return -ENOBUFS;
    s.zc = s.sk->sk_route_caps & NETIF_F_SG;
    if (!s.zc) set(uarg_to_msgzc(s.uarg), ubuf_info_msgzc::bit::zerocopy, 0);
  }
  if (s.flags & MSG_FASTOPEN && !s.tp->repair) return -EOPNOTSUPP;
  s.timeo = sock_sndtimeo(s.sk, s.flags & MSG_DONTWAIT);
  tcp_rate_check_app_limited(s.sk); // a pause of the program must not look like a slow network
  if (1 << s.sk->sk_state & ~(TCPF_ESTABLISHED | TCPF_CLOSE_WAIT) && !s.tp->fastopen_rsk.value) {
    *early = false;
    if (const int err = sk_stream_wait_connect(s.sk, &s.timeo)) return err;
  }
  *early = true;
  if (s.tp->repair && s.tp->repair_queue == TCP_NO_QUEUE) return -EINVAL;
  if (s.msg->msg_controllen) {
    OnStack<sockcm_cookie> sockc;
    set(sockc->tsflags, s.sk->sk_tsflags);
    if (sock_cmsg_send(s.sk, s.msg, sockc)) return -EINVAL;
  }
  *early = false;
  return 0;
}
} // namespace

int tcp_sendmsg_locked(const sock* sk, const msghdr* msg, u64 size) {
  KFUNC(tcp_sendmsg_locked, sk, msg, size);
  SIMPLIFIED("TCP Fast Open is refused; TCP_REPAIR only queues");
  setCallWork(size);
  Sending s{sk, tcp_sk(sk), msg};
  s.flags = static_cast<int>(msg->msg_flags);
  bool early;
  int err = prepare(s, size, &early);
  if (err && early) return call.result(endWithError(s, err));
  if (!err && s.tp->repair && s.tp->repair_queue == TCP_RECV_QUEUE) return call.result(tcp_send_rcvq(sk, msg, size));
  if (!err) err = sendAll(s);
  if (err < 0) {
    tcp_remove_empty_skb(sk);
    if (!s.copied) return call.result(endWithError(s, err));
  }
  if (s.copied) { // part of it is a success, whatever stopped the rest
    tcp_tx_timestamp(sk, sk->sk_tsflags);
    tcp_push(sk, s.flags, s.mss_now, s.tp->nonagle, s.size_goal);
  }
  net_zcopy_put(s.uarg);
  return call.result(s.copied);
}

int tcp_sendmsg(const sock* sk, const msghdr* msg, u64 size) {
  KFUNC(tcp_sendmsg, sk, msg, size);
  lock_sock(sk);
  const int ret = tcp_sendmsg_locked(sk, msg, size);
  release_sock(sk);
  return call.result(ret);
}

} // namespace sockwalk::kernel
