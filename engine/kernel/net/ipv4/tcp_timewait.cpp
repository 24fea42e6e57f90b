// TIME_WAIT for TCP: what is kept of a connection that ended, and what is done with segments that come for it.
// RFC 9293 section 3.6.1; RFC 1337 tells of its dangers.
#include "engine/kernel/include/net/inet_hashtables.h"
#include "engine/kernel/include/net/inet_timewait_sock.h"
#include "engine/kernel/init/image.h"
#include "engine/kernel/net/ipv4/tcp_minisocks_internal.h"

namespace sockwalk::kernel {

Global<timewait_sock_ops> tcp_timewait_sock_ops{"tcp_timewait_sock_ops"};

static void remember(const inet_timewait_sock* tw, const sock* sk) {
  const tcp_sock* tp = tcp_sk(sk);
  const tcp_timewait_sock* tcptw = tcp_twsk(skCast<sock>(tw));
  set(tw->tw_mark, sk->sk_mark);
  set(tw->tw_priority, sk->sk_priority);
  set(tw->tw_rcv_wscale, tp->rx_opt.rcv_wscale);
  set(tcptw->tw_rcv_nxt, tp->rcv_nxt);
  set(tcptw->tw_snd_nxt, tp->snd_nxt);
  set(tcptw->tw_rcv_wnd, tcp_receive_window(tp));
  set(tcptw->tw_ts_recent, tp->rx_opt.ts_recent);
  set(tcptw->tw_ts_recent_stamp, tp->rx_opt.ts_recent_stamp);
  set(tcptw->tw_ts_offset, tp->tsoffset);
  set(tcptw->tw_last_oow_ack_time, 0);
  set(tcptw->tw_tx_delay, tp->tcp_tx_delay);
}

// The full socket ends; a small one stands for it in state TIME_WAIT, or FIN_WAIT2 that nobody waits for. timeo: jiffies.
void tcp_time_wait(const sock* sk, int state, int timeo) {
  KFUNC(tcp_time_wait, sk, state, timeo);
  const inet_timewait_death_row* death_row = &sock_net(sk)->ipv4.tcp_death_row;
  if (const inet_timewait_sock* tw = inet_twsk_alloc(sk, death_row, state)) {
    remember(tw, sk);
    const u32 timeout = inet_csk(sk)->icsk_rto; // three and a half, so that the peer can repeat its FIN twice
    timeo = std::max(timeo, static_cast<int>((timeout << 2) - (timeout >> 1)));
    if (state == TCP_TIME_WAIT) timeo = static_cast<int>(TCP_TIMEWAIT_LEN());
    inet_twsk_schedule(tw, timeo);
    inet_twsk_hashdance(tw, sk, death_row->hashinfo);
  }
  tcp_update_metrics(sk);
  tcp_done(sk);
}

// Where a new connection between the same ends may begin: beyond all that the old one can have sent, never 0. In Linux 6.1 it
// does not get so far: before the listener sees the SYN, tcp_v4_fill_cb() clears the word it was left in, and a number is
// chosen as for any other. (Linux 6.10 keeps it elsewhere.)
static u32 isnBehind(const tcp_timewait_sock* kept) {
  const u32 isn = kept->tw_snd_nxt + 65535 + 2;
  return isn ? isn : 1;
}

static tcp_tw_status done(const inet_timewait_sock* tw) {
  inet_twsk_put(tw);
  return TCP_TW_SUCCESS;
}
static tcp_tw_status kill(const inet_timewait_sock* tw) {
  inet_twsk_deschedule_put(tw);
  return TCP_TW_SUCCESS;
}
// Answered with an acknowledgement, but not too often: two ends that answer each other's answers would not end.
static tcp_tw_status outOfWindow(const inet_timewait_sock* tw, const sk_buff* skb) {
  const u32& last = tcp_twsk(skCast<sock>(tw))->tw_last_oow_ack_time;
  return tcp_oow_rate_limited(twsk_net(tw), skb, 0, &last) ? done(tw) : TCP_TW_ACK;
}
static void stamp(const tcp_timewait_sock* tcptw, const tcp_options_received* opt) {
  if (!opt->saw_tstamp) return;
  set(tcptw->tw_ts_recent, opt->rcv_tsval);
  set(tcptw->tw_ts_recent_stamp, s32(ktime_get_seconds()));
}

// Our FIN is acknowledged, the peer's has not come: all that may come is its FIN.
static tcp_tw_status finWait2(const inet_timewait_sock* tw, const sk_buff* skb, const tcphdr* th,
                              const tcp_options_received* opt, bool paws_reject) {
  const tcp_timewait_sock* tcptw = tcp_twsk(skCast<sock>(tw));
  const tcp_skb_cb* cb = TCP_SKB_CB(skb);
  const u32 nxt = tcptw->tw_rcv_nxt;
  if (paws_reject || !tcp_in_window(cb->seq, cb->end_seq, nxt, nxt + tcptw->tw_rcv_wnd)) return outOfWindow(tw, skb);
  if (th->rst) return kill(tw);
  if (th->syn && !before(cb->seq, nxt)) return TCP_TW_RST;
  if (!th->ack || !after(cb->end_seq, nxt) || cb->end_seq == cb->seq) return done(tw);
  if (!th->fin || cb->end_seq != nxt + 1) return TCP_TW_RST; // data, and nobody to read it
  set(tw->tw_substate, TCP_TIME_WAIT);
  set(tcptw->tw_rcv_nxt, cb->end_seq);
  stamp(tcptw, opt);
  inet_twsk_reschedule(tw, static_cast<int>(TCP_TIMEWAIT_LEN()));
  return TCP_TW_ACK;
}

// The minute begins again.
static void waitAgain(const inet_timewait_sock* tw) { inet_twsk_reschedule(tw, static_cast<int>(TCP_TIMEWAIT_LEN())); }

// All is said and done. What comes is an echo: the peer did not hear our last acknowledgement, or a segment went astray;
// unless it is the SYN of a new connection between the same ends.
static tcp_tw_status timeWait(const inet_timewait_sock* tw, const sk_buff* skb, const tcphdr* th,
                              const tcp_options_received* opt, bool tooOld) {
  const tcp_timewait_sock* kept = tcp_twsk(skCast<sock>(tw));
  const tcp_skb_cb* cb = TCP_SKB_CB(skb);
  const bool empty = cb->seq == cb->end_seq, expected = !tooOld && cb->seq == kept->tw_rcv_nxt;
  if (expected && th->rst && !twsk_net(tw)->ipv4.sysctl_tcp_rfc1337) return kill(tw);
  if (expected && (th->rst || empty)) {
    if (!th->rst) waitAgain(tw);
    stamp(kept, opt);
    return done(tw);
  }
  const bool laterStamp = opt->saw_tstamp && static_cast<s32>(kept->tw_ts_recent - opt->rcv_tsval) < 0;
  const bool beyondTheOld = laterStamp || after(cb->seq, kept->tw_rcv_nxt);
  const bool onlySyn = th->syn && !th->rst && !th->ack;
  if (onlySyn && !tooOld && beyondTheOld) { // the peer opens the connection anew
    set(cb->tcp_tw_isn, isnBehind(kept));
    return TCP_TW_SYN;
  }
  if (th->rst) return done(tw);
  if (tooOld || th->ack) waitAgain(tw);
  return outOfWindow(tw, skb);
}

tcp_tw_status tcp_timewait_state_process(const inet_timewait_sock* tw, const sk_buff* skb, const tcphdr* th) {
  KFUNC(tcp_timewait_state_process, tw, skb, th);
  const tcp_timewait_sock* kept = tcp_twsk(skCast<sock>(tw));
  OnStack<tcp_options_received> opt;
  bool tooOld = false; // by its timestamp: a segment that went astray long ago (PAWS, RFC 7323 section 5)
  if (th->doff > 5 && kept->tw_ts_recent_stamp) {
    tcp_parse_options(twsk_net(tw), skb, opt, 0, nullptr);
    if (opt->saw_tstamp) {
      if (opt->rcv_tsecr) set(opt->rcv_tsecr, opt->rcv_tsecr - kept->tw_ts_offset);
      set(opt->ts_recent, kept->tw_ts_recent);
      set(opt->ts_recent_stamp, kept->tw_ts_recent_stamp);
      tooOld = tcp_paws_reject(opt, th->rst);
    }
  }
  const bool halfClosed = tw->tw_substate == TCP_FIN_WAIT2;
  return call.result(halfClosed ? finWait2(tw, skb, th, opt, tooOld) : timeWait(tw, skb, th, opt, tooOld));
}

static bool isLoopback(u32 address) { return (address & 0xff) == 127; }

// net.ipv4.tcp_tw_reuse: 1 always, 2 between two sockets of this machine. Not while the peer may still send.
static bool reuseIsAllowed(const sock* sk, const inet_timewait_sock* tw) {
  if (tw->tw_substate == TCP_FIN_WAIT2) return false;
  const int setting = sock_net(sk)->ipv4.sysctl_tcp_tw_reuse;
  const bool staysHere =
      tw->tw_bound_dev_if == LOOPBACK_IFINDEX || isLoopback(tw->tw_daddr) || isLoopback(tw->tw_rcv_saddr);
  return setting == 2 ? staysHere : setting != 0;
}

// The new connection goes on where the old one ended, in sequence numbers and timestamps, so that a segment of the old
// one that is still under way is known by both.
static void continueFrom(const tcp_sock* tp, const tcp_timewait_sock* kept) {
  set(tp->write_seq, isnBehind(kept));
  set(tp->rx_opt.ts_recent, kept->tw_ts_recent);
  set(tp->rx_opt.ts_recent_stamp, kept->tw_ts_recent_stamp);
}

// connect() wants these two ends again. 1: it may have them, if timestamps tell new segments from old ones.
int tcp_twsk_unique(const sock* sk, const sock* sktw, const void* twp) {
  KFUNC(tcp_twsk_unique, sk, sktw);
  const tcp_timewait_sock* kept = tcp_twsk(sktw);
  const u32 lastStamp = static_cast<u32>(kept->tw_ts_recent_stamp);
  if (!lastStamp) return call.result(0);
  const bool clockMoved = time_after32(static_cast<u32>(ktime_get_seconds()), lastStamp);
  const bool free = !twp || (clockMoved && reuseIsAllowed(sk, inet_twsk(sktw))); // no twp: bind() chose the port
  if (!free || !refcount_read(&sktw->sk_refcnt)) return call.result(0);
  refcount_inc(&sktw->sk_refcnt);
  if (!tcp_sk(sk)->repair) continueFrom(tcp_sk(sk), kept);
  return call.result(1);
}

static void tcp_twsk_destructor(const sock* sk) { KFUNC(tcp_twsk_destructor, sk); }

void image_tcp_timewait() {
  set(tcp_timewait_sock_ops->twsk_obj_size, sizeof(tcp_timewait_sock));
  set(tcp_timewait_sock_ops->twsk_unique, fn<tcp_twsk_unique>);
  set(tcp_timewait_sock_ops->twsk_destructor, fn<tcp_twsk_destructor>);
}

} // namespace sockwalk::kernel
