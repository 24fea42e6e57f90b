// sendfile(2) into a TCP socket: pages of a file become part of segments without being copied.
#include "engine/kernel/include/net/inet_common.h"
#include "engine/kernel/include/net/inet_sock.h"
#include "engine/kernel/include/net/tcp_segments.h"
#include "engine/kernel/kernel/softirq.h"
#include "engine/kernel/net/ipv4/tcp_internal.h"

namespace sockwalk::kernel {

namespace {
// Where the next bytes of the page go: a segment, and how many more it may hold.
struct Place {
  const sk_buff* skb = nullptr; // nullptr: there is no room for one
  int room = 0;
  bool joins = false; // they lie right behind what the segment ends with
};

Place openPlace(const sock* sk, int goal) {
  if (!sk_stream_memory_free(sk)) return {};
  const sk_buff* skb = tcp_stream_alloc_skb(sk, 0, sk->sk_allocation, tcp_rtx_and_write_queues_empty(sk));
  if (skb) tcp_skb_entail(sk, skb);
  return {skb, goal};
}

// The last segment if it has room and a slot for a page, else a new one.
Place findPlace(const sock* sk, int goal, const page* page, int offset) {
  const sk_buff* last = tcp_write_queue_tail(sk);
  Place place{last, last ? goal - static_cast<int>(last->len) : 0};
  if (place.room <= 0 || !tcp_skb_can_collapse_to(last)) place = openPlace(sk, goal);
  while (place.skb) {
    const int slots = skb_shinfo(place.skb)->nr_frags;
    place.joins = skb_can_coalesce(place.skb, slots, page, static_cast<u32>(offset));
    if (place.joins || slots < static_cast<int>(MAX_SKB_FRAGS)) break;
    tcp_mark_push(tcp_sk(sk), place.skb); // no slot is left: as full as it will be
    place = openPlace(sk, goal);
  }
  return place;
}

// The page becomes a part of the segment, not a copy of it: the file may still change under it.
void attachPage(const Place& place, const page* page, int offset, int count) {
  const skb_shared_info* shinfo = skb_shinfo(place.skb);
  if (place.joins) {
    add(shinfo->frags[shinfo->nr_frags - 1].bv_len, count);
  } else {
    get_page(page);
    skb_fill_page_desc(place.skb, shinfo->nr_frags, page, offset, count);
  }
  set(shinfo->flags, shinfo->flags | SKBFL_SHARED_FRAG);
  for (const u32* length : {&place.skb->len, &place.skb->data_len, &place.skb->truesize}) add(*length, count);
}
} // namespace

// As much of the page as the last segment, or a new one, takes. nullptr: no room; else *size is what was taken.
static const sk_buff* tcp_build_frag(const sock* sk, int size_goal, const page* page, int offset, u64* size) {
  const Place place = findPlace(sk, size_goal, page, offset);
  if (!place.skb || tcp_downgrade_zcopy_pure(sk, place.skb)) return nullptr;
  const u64 fitting = std::min<u64>(static_cast<u64>(place.room), *size);
  const int taken = tcp_wmem_schedule(sk, static_cast<int>(fitting));
  if (!taken) return nullptr;
  attachPage(place, page, offset, taken);
  sk_wmem_queued_add(sk, taken);
  sk_mem_charge(sk, taken);
  add(tcp_sk(sk)->write_seq, taken);
  add(TCP_SKB_CB(place.skb)->end_seq, taken);
  tcp_skb_pcount_set(place.skb, 0);
  *size = static_cast<u64>(taken);
  return place.skb;
}

namespace {
// A run of a page on its way into the stream.
struct PageRun {
  const sock* sk;
  const struct page* page;
  int offset;
  u64 left;
  int flags, mss = 0, goal = 0, queued = 0;
  s64 patience = 0;
};

int awaitRoom(PageRun& run) {
  const socket* sock = run.sk->sk_socket;
  set(sock->flags, sock->flags | 1ull << SOCK_NOSPACE);
  tcp_push(run.sk, run.flags & ~static_cast<int>(MSG_MORE), run.mss, TCP_NAGLE_PUSH, run.goal);
  const int err = sk_stream_wait_memory(run.sk, &run.patience);
  if (!err) run.mss = tcp_send_mss(run.sk, &run.goal, run.flags);
  return err;
}

// A full segment need not wait for the rest of the run.
void pushFull(const PageRun& run, const sk_buff* skb) {
  const u32 mss = static_cast<u32>(run.mss);
  if (forced_push(tcp_sk(run.sk))) {
    tcp_mark_push(tcp_sk(run.sk), skb);
    __tcp_push_pending_frames(run.sk, mss, TCP_NAGLE_PUSH);
  } else if (skb == tcp_send_head(run.sk)) {
    tcp_push_one(run.sk, mss);
  }
}

int queuePieces(PageRun& run) {
  while (run.left) {
    u64 taken = run.left;
    const sk_buff* skb = tcp_build_frag(run.sk, run.goal, run.page, run.offset, &taken);
    if (!skb) {
      if (const int err = awaitRoom(run)) return err;
      continue;
    }
    const tcp_skb_cb* range = TCP_SKB_CB(skb);
    if (!run.queued) set(range->tcp_flags, range->tcp_flags & ~TCPHDR_PSH);
    run.queued += static_cast<int>(taken);
    run.offset += static_cast<int>(taken);
    run.left -= taken;
    if (run.left && static_cast<int>(skb->len) >= run.goal) pushFull(run, skb);
  }
  return 0;
}

// 0: bytes may be queued now.
int awaitConnection(PageRun& run) {
  const sock* sk = run.sk;
  run.patience = sock_sndtimeo(sk, run.flags & MSG_DONTWAIT);
  const bool maySend = 1 << sk->sk_state & (TCPF_ESTABLISHED | TCPF_CLOSE_WAIT);
  if (!maySend)
    if (const int err = sk_stream_wait_connect(sk, &run.patience)) return err;
  run.mss = tcp_send_mss(sk, &run.goal, run.flags);
  return sk->sk_err || sk->sk_shutdown & SEND_SHUTDOWN ? -EPIPE : 0;
}
} // namespace

static int do_tcp_sendpages(const sock* sk, const page* page, int offset, u64 size, int flags) {
  KFUNC(do_tcp_sendpages, sk, page, offset, size, flags);
  setCallWork(0); // no copies are made here
  PageRun run{sk, page, offset, size, flags};
  int err = awaitConnection(run);
  if (!err) {
    err = queuePieces(run);
    if (err) tcp_remove_empty_skb(sk);
  }
  if (!run.queued) return call.result(sk_stream_error(sk, flags, err));
  tcp_tx_timestamp(sk, sk->sk_tsflags);
  const bool last = !(static_cast<u32>(flags) & MSG_SENDPAGE_NOTLAST); // sendfile() has no more pages
  if (last) tcp_push(sk, flags, run.mss, tcp_sk(sk)->nonagle, run.goal);
  return call.result(run.queued);
}

int tcp_sendpage(const sock* sk, const page* page, int offset, u64 size, int flags) {
  KFUNC(tcp_sendpage, sk, page, offset, size, flags);
  lock_sock(sk);
  tcp_rate_check_app_limited(sk);
  const int queued = do_tcp_sendpages(sk, page, offset, size, flags);
  release_sock(sk);
  return call.result(queued);
}

// ---- from the file's side
s64 inet_sendpage(const socket* sock, const page* page, s32 offset, u64 size, s32 flags) {
  KFUNC(inet_sendpage, sock, page, offset, size, flags);
  s64 sent = -EAGAIN; // no port is free
  if (const struct sock* sk = sock->sk; !inet_send_prepare(sk)) {
    const bool takesPages = sk->sk_prot->sendpage ? true : false;
    sent = takesPages ? sk->sk_prot->sendpage(sk, page, offset, size, flags)
                      : sock_no_sendpage(sock, page, offset, size, flags);
  }
  return call.result(sent);
}

} // namespace sockwalk::kernel
