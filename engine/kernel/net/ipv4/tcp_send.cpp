// send(2) and write(2) on a TCP socket: the bytes are copied into segments at the end of the write queue, which is
// pushed whenever a segment is full and when the call ends. The write queue may be longer than one call.
#include "engine/kernel/include/linux/uio.h"
#include "engine/kernel/include/net/tcp_segments.h"
#include "engine/kernel/kernel/softirq.h"
#include "engine/kernel/net/ipv4/tcp_internal.h"

namespace sockwalk::kernel {

constexpr u32 sysctl_max_skb_frags = MAX_SKB_FRAGS;

void tcp_mark_push(const tcp_sock* tp, const sk_buff* skb) {
  set(TCP_SKB_CB(skb)->tcp_flags, TCP_SKB_CB(skb)->tcp_flags | TCPHDR_PSH);
  set(tp->pushed_seq, tp->write_seq);
}

// What is queued for the peer is paid for from the socket's send buffer.
static void chargeForQueue(const sock* sk, u32 bytes) {
  sk_wmem_queued_add(sk, static_cast<int>(bytes));
  sk_mem_charge(sk, static_cast<int>(bytes));
}

// An empty segment takes its place at the end of the write queue. It begins where all that was written so far ends.
void tcp_skb_entail(const sock* sk, const sk_buff* skb) {
  KFUNC(tcp_skb_entail, sk, skb);
  const tcp_sock* tp = tcp_sk(sk);
  const tcp_skb_cb* range = TCP_SKB_CB(skb);
  for (const u32* bound : {&range->seq, &range->end_seq}) set(*bound, tp->write_seq);
  set(range->tcp_flags, TCPHDR_ACK); // every segment after the SYN acknowledges
  __skb_header_release(skb);
  tcp_add_write_queue_tail(sk, skb);
  chargeForQueue(sk, skb->truesize);
  // TCP_NODELAY once, to push what waited, was for the segments before this one.
  if (const int nagle = tp->nonagle; nagle & TCP_NAGLE_PUSH) set(tp, tcp_sock::bit::nonagle, nagle & ~TCP_NAGLE_PUSH);
  tcp_slow_start_after_idle_check(sk);
}

// A segment's linear part holds headers only (320 bytes of headroom); what is written stands in page fragments.
// Both sk_buffs of the pair are allocated at once: the clone is what goes down to IP.
const sk_buff* tcp_stream_alloc_skb(const sock* sk, int size, u32 gfp, bool force_schedule) {
  KFUNC(tcp_stream_alloc_skb, sk, size, gfp, force_schedule);
  if (gfp == GFP_KERNEL) cond_resched(); // an allocation that may sleep: others get the processor
  const sk_buff* skb = alloc_skb_fclone(static_cast<u32>(size) + MAX_TCP_HEADER, gfp);
  if (!skb) { // the machine has no memory: all of TCP gets thrifty, and this socket asks for less
    sk->sk_prot->enter_memory_pressure(sk);
    sk_stream_moderate_sndbuf(sk);
    return call.result<const sk_buff*>(nullptr);
  }
  set(skb->truesize, SKB_TRUESIZE(skb_end_offset(skb)));
  const int cost = static_cast<int>(skb->truesize);
  if (force_schedule) sk_forced_mem_schedule(sk, cost); // a socket with nothing in flight must be able to send
  const bool paid = force_schedule || sk_wmem_schedule(sk, cost);
  if (!paid) {
    __kfree_skb(skb);
    return call.result<const sk_buff*>(nullptr);
  }
  skb_reserve(skb, MAX_TCP_HEADER);
  set(skb, sk_buff::bit::ip_summed, CHECKSUM_PARTIAL);
  INIT_LIST_HEAD(&skb->tcp_tsorted_anchor);
  return call.result(skb);
}

// How much one sk_buff should collect: many segments' worth, since the device (or the last step before it) cuts it up.
// But at most half of the largest window the peer ever offered, or a full one would wait for the whole window to open.
// The number of segments is remembered, and computed anew only when that bound left the span it stands for.
static u32 tcp_xmit_size_goal(const sock* sk, u32 mss_now, bool large_allowed) {
  KFUNC(tcp_xmit_size_goal, sk, mss_now, large_allowed);
  INLINED();
  if (!large_allowed) return call.result(mss_now);
  const tcp_sock* tp = tcp_sk(sk);
  const auto collected = [&] { return tp->gso_segs * mss_now; };
  const u32 bound = static_cast<u32>(tcp_bound_to_half_wnd(tp, static_cast<int>(sk->sk_gso_max_size)));
  const bool stillFits = collected() <= bound && bound - collected() < mss_now;
  if (!stillFits) set(tp->gso_segs, std::min<u32>(static_cast<u16>(bound / mss_now), sk->sk_gso_max_segs));
  return call.result(std::max(collected(), mss_now));
}

int tcp_send_mss(const sock* sk, int* size_goal, int flags) {
  KFUNC(tcp_send_mss, sk, flags);
  const bool urgent = flags & MSG_OOB; // the urgent byte leaves at once, in a segment of its own
  const u32 mss = tcp_current_mss(sk);
  *size_goal = static_cast<int>(tcp_xmit_size_goal(sk, mss, !urgent));
  return call.result(static_cast<int>(mss));
}

// A segment was queued and nothing could be put into it.
void tcp_remove_empty_skb(const sock* sk) {
  KFUNC(tcp_remove_empty_skb, sk);
  const sk_buff* last = tcp_write_queue_tail(sk);
  const bool empty = last && TCP_SKB_CB(last)->end_seq == TCP_SKB_CB(last)->seq;
  if (!empty) return;
  tcp_unlink_write_queue(last, sk);
  if (tcp_write_queue_empty(sk)) tcp_chrono_stop(sk, TCP_CHRONO_BUSY);
  tcp_wmem_free_skb(sk, last);
}

// The user's pages were free of charge; now that our own come beside them, all of it must be paid.
static bool payForPages(const sock* sk, const sk_buff* skb) {
  const int owed = static_cast<int>(skb->truesize - SKB_TRUESIZE(skb_end_offset(skb)));
  if (!sk_wmem_schedule(sk, owed)) return false;
  sk_mem_charge(sk, owed);
  set(skb_shinfo(skb)->flags, skb_shinfo(skb)->flags & ~SKBFL_PURE_ZEROCOPY);
  return true;
}
int tcp_downgrade_zcopy_pure(const sock* sk, const sk_buff* skb) {
  KFUNC(tcp_downgrade_zcopy_pure, sk, skb);
  const bool paid = !skb_zcopy_pure(skb) || payForPages(sk, skb);
  return call.result(paid ? 0 : -ENOMEM);
}

// May `copy` bytes be charged? Under pressure perhaps only some, but always enough that something moves: what
// tcp_wmem[0] promises to every socket is lent even then.
int tcp_wmem_schedule(const sock* sk, int copy) {
  KFUNC(tcp_wmem_schedule, sk, copy);
  if (sk_wmem_schedule(sk, copy)) return call.result(copy);
  const int promised = sock_net(sk)->ipv4.sysctl_tcp_wmem[0], lent = std::min(promised - sk->sk_wmem_queued, copy);
  if (lent > 0) sk_forced_mem_schedule(sk, lent);
  const int granted = sk->sk_forward_alloc;
  return call.result(std::min(granted, copy));
}

// Do the bytes at `off` of the page lie right behind the last piece of the segment? Then that piece only gets longer.
bool skb_can_coalesce(const sk_buff* skb, int i, const page* page, u32 off) {
  if (!i || skb_zcopy(skb)) return false;
  const bio_vec& lastPiece = skb_shinfo(skb)->frags[i - 1];
  return lastPiece.bv_offset + lastPiece.bv_len == off && lastPiece.bv_page.get() == page;
}

void tcp_tx_timestamp(const sock* sk, u16 tsflags) {
  KFUNC(tcp_tx_timestamp, sk, tsflags);
  SIMPLIFIED("SO_TIMESTAMPING: no time stamps of transmission are taken");
}

// Autocorking: a small last segment waits if something of this socket is still in the device's queue. Its completion
// sends the rest, and more may be written until then. Only if something is unacknowledged too, so that it cannot be
// forgotten: at the latest the acknowledgement sends it.
static bool tcp_should_autocork(const sock* sk, const sk_buff* skb, int size_goal) {
  if (!sock_net(sk)->ipv4.sysctl_tcp_autocorking || !tcp_skb_can_collapse_to(skb)) return false;
  const bool mayGrow = static_cast<int>(skb->len) < size_goal;
  const bool othersInDevice = static_cast<int>(skb->truesize) < refcount_read(&sk->sk_wmem_alloc);
  return mayGrow && othersInDevice && !tcp_rtx_queue_empty(sk);
}

// What was queued may go. MSG_MORE: more comes soon, so only full segments do.
void tcp_push(const sock* sk, int flags, int mss_now, int nonagle, int size_goal) {
  KFUNC(tcp_push, sk, flags, mss_now, nonagle, size_goal);
  const sk_buff* last = tcp_write_queue_tail(sk);
  if (!last) return;
  const tcp_sock* tp = tcp_sk(sk);
  const bool moreComes = flags & MSG_MORE;
  if (forced_push(tp) || !moreComes) tcp_mark_push(tp, last);
  if (flags & MSG_OOB) set(tp->snd_up, tp->write_seq);
  if (!tcp_should_autocork(sk, last, size_goal))
    return __tcp_push_pending_frames(sk, static_cast<u32>(mss_now), moreComes ? TCP_NAGLE_CORK : nonagle);
  NOTE("tcp.autocork", sk, last->len, size_goal);
  set(sk->sk_tsq_flags, sk->sk_tsq_flags | 1ull << TSQ_THROTTLED);
}

namespace {
// A sendmsg() on its way: what its steps share.
struct Sending {
  const sock* sk;
  const tcp_sock* tp;
  const msghdr* msg;
  int flags = 0, mss = 0, goal = 0, copied = 0;
  const ubuf_info* whenFree = nullptr; // MSG_ZEROCOPY: who is to be told when the pages are free again
  bool pinPages = false;
  int opened = 0; // segments since the backlog was looked at
  s64 patience = 0;
  u64 left() const { return msg->msg_iter.count; }
};
enum Step { Done, NewSegment, WaitForSpace, Failed, Restart };
constexpr int SegmentsBetweenBacklogs = 16;

// From the user into `copy` bytes of the page, which become part of the segment and of the socket's account.
int skb_copy_to_page_nocache(const sock* sk, const iov_iter* from, const sk_buff* skb, const page_frag* pfrag,
                             int copy) {
  if (!copy_from_iter_full(page_address(pfrag->page) + pfrag->offset, static_cast<u32>(copy), from)) return -EFAULT;
  for (const u32* length : {&skb->len, &skb->data_len, &skb->truesize}) add(*length, copy);
  chargeForQueue(sk, static_cast<u32>(copy));
  return 0;
}

// The ordinary way: a copy into a page of the task's own, behind what it wrote before if the page has room.
Step copyIn(Sending& s, const sk_buff* skb, int& copy, int& err) {
  const page_frag* page = sk_page_frag(s.sk);
  if (!sk_page_frag_refill(s.sk, page)) return WaitForSpace;
  const int pieces = skb_shinfo(skb)->nr_frags;
  const bool joins = skb_can_coalesce(skb, pieces, page->page, page->offset);
  if (!joins && pieces >= static_cast<int>(sysctl_max_skb_frags)) return NewSegment;
  copy = std::min(copy, static_cast<int>(page->size - page->offset));
  if (skb_zcopy_pure(skb) && tcp_downgrade_zcopy_pure(s.sk, skb)) return WaitForSpace;
  copy = tcp_wmem_schedule(s.sk, copy);
  if (!copy) return WaitForSpace;
  err = skb_copy_to_page_nocache(s.sk, &s.msg->msg_iter, skb, page, copy);
  if (err) return Failed;
  if (joins) {
    add(skb_shinfo(skb)->frags[pieces - 1].bv_len, copy);
  } else {
    skb_fill_page_desc(skb, pieces, page->page, static_cast<int>(page->offset), copy);
    get_page(page->page);
  }
  add(page->offset, copy);
  return Done;
}

// MSG_ZEROCOPY: the user's own pages become part of the segment.
Step pinIn(Sending& s, const sk_buff* skb, int& copy, int& err) {
  const skb_shared_info* shinfo = skb_shinfo(skb);
  if (!skb->len) set(shinfo->flags, shinfo->flags | SKBFL_PURE_ZEROCOPY);
  if (!skb_zcopy_pure(skb)) { // pages of our own are among them: then these are charged for too
    copy = tcp_wmem_schedule(s.sk, copy);
    if (!copy) return WaitForSpace;
  }
  const int pinned = skb_zerocopy_iter_stream(s.sk, skb, s.msg, copy, s.whenFree);
  if (pinned == -EMSGSIZE || pinned == -EEXIST) return NewSegment; // it is full, or belongs to another call's pages
  if (pinned < 0) return err = pinned, Failed;
  copy = pinned;
  return Done;
}

// A segment for the next bytes; it may collect as much as `copy` says.
Step openSegment(Sending& s, const sk_buff*& skb, int& copy) {
  if (!sk_stream_memory_free(s.sk)) return WaitForSpace;
  if (s.opened >= SegmentsBetweenBacklogs) { // acknowledgements that came meanwhile may have made room
    s.opened = 0;
    if (s.sk->sk_backlog.tail) {
      __sk_flush_backlog(s.sk);
      return Restart;
    }
  }
  skb = tcp_stream_alloc_skb(s.sk, 0, s.sk->sk_allocation, tcp_rtx_and_write_queues_empty(s.sk));
  if (!skb) return WaitForSpace;
  ++s.opened;
  tcp_skb_entail(s.sk, skb);
  copy = s.goal;
  if (s.tp->repair) set(TCP_SKB_CB(skb)->sacked, TCP_SKB_CB(skb)->sacked | TCPCB_REPAIRED);
  return Done;
}

// The bytes are in the segment: the stream is so much longer.
void countWritten(Sending& s, const sk_buff* skb, int copy) {
  const tcp_skb_cb* range = TCP_SKB_CB(skb);
  if (!s.copied) set(range->tcp_flags, range->tcp_flags & ~TCPHDR_PSH);
  add(s.tp->write_seq, copy);
  add(range->end_seq, copy);
  tcp_skb_pcount_set(skb, 0); // how many segments it makes is counted when it is sent
  s.copied += copy;
}

// One piece: into the last segment if it has room, else into a new one. *filled: the segment it went to.
Step appendPiece(Sending& s, const sk_buff** filled, int& err) {
  const sk_buff* skb = tcp_write_queue_tail(s.sk);
  int copy = skb ? s.goal - static_cast<int>(skb->len) : 0;
  Step step = copy > 0 && tcp_skb_can_collapse_to(skb) ? Done : NewSegment;
  do {
    if (step == NewSegment) {
      step = openSegment(s, skb, copy);
      if (step != Done) return step;
    }
    copy = static_cast<int>(std::min<u64>(static_cast<u64>(copy), s.left()));
    step = s.pinPages ? pinIn(s, skb, copy, err) : copyIn(s, skb, copy, err);
    if (step == NewSegment) tcp_mark_push(s.tp, skb); // it takes no more: as full as it will be
  } while (step == NewSegment);
  if (step != Done) return step;
  countWritten(s, skb, copy);
  *filled = skb;
  return Done;
}

int waitForSpace(Sending& s) {
  const socket* sock = s.sk->sk_socket;
  set(sock->flags, sock->flags | 1ull << SOCK_NOSPACE);
  if (s.copied) tcp_push(s.sk, s.flags & ~static_cast<int>(MSG_MORE), s.mss, TCP_NAGLE_PUSH, s.goal);
  const int err = sk_stream_wait_memory(s.sk, &s.patience);
  if (!err) s.mss = tcp_send_mss(s.sk, &s.goal, s.flags);
  return err;
}

// At the beginning, and after the backlog was heard: the path may have another size now, the peer may be gone.
int lookAtConnection(Sending& s) {
  s.mss = tcp_send_mss(s.sk, &s.goal, s.flags);
  return s.sk->sk_err || s.sk->sk_shutdown & SEND_SHUTDOWN ? -EPIPE : 0;
}

// A segment that is full may leave while the rest is still being copied.
void pushIfFull(const Sending& s, const sk_buff* skb) {
  if (static_cast<int>(skb->len) < s.goal || s.flags & MSG_OOB || s.tp->repair) return;
  if (forced_push(s.tp)) {
    tcp_mark_push(s.tp, skb);
    __tcp_push_pending_frames(s.sk, static_cast<u32>(s.mss), TCP_NAGLE_PUSH);
  } else if (skb == tcp_send_head(s.sk)) {
    tcp_push_one(s.sk, static_cast<u32>(s.mss));
  }
}

// Until all is queued: 0, or why not all of it could be.
int sendAll(Sending& s) {
  int err = lookAtConnection(s);
  while (!err && s.left()) {
    const sk_buff* filled = nullptr;
    switch (appendPiece(s, &filled, err)) {
    case Restart: err = lookAtConnection(s); break;
    case WaitForSpace: err = waitForSpace(s); break;
    case Done:
      if (s.left()) pushIfFull(s, filled);
      else if (s.flags & MSG_EOR) set(TCP_SKB_CB(filled), tcp_skb_cb::bit::eor, 1); // nothing joins this segment later
      break;
    default: break; // Failed: err says why
    }
  }
  return err;
}

int endWithError(Sending& s, int err) {
  if (s.whenFree) msg_zerocopy_put_abort(s.whenFree, true);
  err = sk_stream_error(s.sk, s.flags, err);
  if (tcp_rtx_and_write_queues_empty(s.sk) && err == -EAGAIN) { // nothing in flight would ever wake a poller
    s.sk->sk_write_space(s.sk);
    tcp_chrono_stop(s.sk, TCP_CHRONO_SNDBUF_LIMITED);
  }
  return err;
}

int prepareZeroCopy(Sending& s, u64 size) {
  if (!(s.flags & MSG_ZEROCOPY) || !size || !sock_flag(s.sk, SOCK_ZEROCOPY)) return 0;
  s.whenFree = msg_zerocopy_realloc(s.sk, size, skb_zcopy(tcp_write_queue_tail(s.sk)));
  if (!s.whenFree) return -ENOBUFS;
  s.pinPages = s.sk->sk_route_caps & NETIF_F_SG;
  if (!s.pinPages) set(uarg_to_msgzc(s.whenFree), ubuf_info_msgzc::bit::zerocopy, 0);
  return 0;
}

// Sending before the handshake is over means waiting for its end.
int waitForConnection(Sending& s) {
  s.patience = sock_sndtimeo(s.sk, s.flags & MSG_DONTWAIT);
  tcp_rate_check_app_limited(s.sk); // a pause of the program must not look like a slow network
  const bool maySend = 1 << s.sk->sk_state & (TCPF_ESTABLISHED | TCPF_CLOSE_WAIT) || s.tp->fastopen_rsk.value;
  return maySend ? 0 : sk_stream_wait_connect(s.sk, &s.patience);
}

int checkRequest(const Sending& s) {
  if (s.tp->repair && s.tp->repair_queue == TCP_NO_QUEUE) return -EINVAL;
  if (!s.msg->msg_controllen) return 0;
  OnStack<sockcm_cookie> sockc;
  set(sockc->tsflags, s.sk->sk_tsflags);
  return sock_cmsg_send(s.sk, s.msg, sockc) ? -EINVAL : 0;
}
} // namespace

int tcp_sendmsg_locked(const sock* sk, const msghdr* msg, u64 size) {
  KFUNC(tcp_sendmsg_locked, sk, msg, size);
  SIMPLIFIED("TCP Fast Open is refused; TCP_REPAIR only queues");
  setCallWork(size);
  Sending s{sk, tcp_sk(sk), msg, static_cast<int>(msg->msg_flags)};
  int refused = prepareZeroCopy(s, size);
  if (!refused && s.flags & MSG_FASTOPEN && !s.tp->repair) refused = -EOPNOTSUPP;
  if (refused) return call.result(endWithError(s, refused));
  int err = waitForConnection(s);
  if (!err) {
    refused = checkRequest(s);
    if (refused) return call.result(endWithError(s, refused));
    if (s.tp->repair && s.tp->repair_queue == TCP_RECV_QUEUE) return call.result(tcp_send_rcvq(sk, msg, size));
    err = sendAll(s);
  }
  if (err < 0) {
    tcp_remove_empty_skb(sk);
    if (!s.copied) return call.result(endWithError(s, err));
  }
  if (s.copied) { // part of it is a success, whatever stopped the rest
    tcp_tx_timestamp(sk, sk->sk_tsflags);
    tcp_push(sk, s.flags, s.mss, s.tp->nonagle, s.goal);
  }
  net_zcopy_put(s.whenFree);
  return call.result(s.copied);
}

int tcp_sendmsg(const sock* sk, const msghdr* msg, u64 size) {
  KFUNC(tcp_sendmsg, sk, msg, size);
  lock_sock(sk);
  const int sent = tcp_sendmsg_locked(sk, msg, size);
  release_sock(sk);
  return call.result(sent);
}

} // namespace sockwalk::kernel
