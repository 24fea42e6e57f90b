// getsockopt at level IPPROTO_TCP, TCP_INFO above all: what the connection looks like from inside.
#include "engine/kernel/include/linux/sockptr.h"
#include "engine/kernel/include/net/inet_connection_sock.h"
#include "engine/kernel/include/net/tcp_segments.h"
#include "engine/kernel/net/ipv4/tcp_internal.h"

namespace sockwalk::kernel {

// Jiffies of one kind of time. The kind that runs now has not been added up yet. (Kinds count from 1; 0 is none.)
static u64 timeSpent(const tcp_sock* tp, u32 kind) {
  const u64 runningFor = tp->chrono_type == kind ? tcp_jiffies32() - tp->chrono_start : 0;
  return tp->chrono_stat[kind - 1] + runningFor;
}

// How long the sender was busy, and how much of it the peer's window or our buffer held it up. Microseconds.
static void tcp_get_info_chrono_stats(const tcp_sock* tp, const tcp_info* info) {
  KFUNC(tcp_get_info_chrono_stats, tp, info);
  const auto spent = [tp](u32 kind) { return timeSpent(tp, kind) * (1000000 / HZ()); };
  const u64 forWindow = spent(TCP_CHRONO_RWND_LIMITED), forBuffer = spent(TCP_CHRONO_SNDBUF_LIMITED);
  set(info->tcpi_busy_time, spent(TCP_CHRONO_BUSY) + forWindow + forBuffer);
  set(info->tcpi_rwnd_limited, forWindow);
  set(info->tcpi_sndbuf_limited, forBuffer);
}

static void infoOptions(const tcp_sock* tp, const tcp_info* info) {
  u8 options = 0;
  if (tp->rx_opt.tstamp_ok) options |= TCPI_OPT_TIMESTAMPS;
  if (tcp_is_sack(tp)) options |= TCPI_OPT_SACK;
  if (tp->rx_opt.wscale_ok) {
    options |= TCPI_OPT_WSCALE;
    set(info, tcp_info::bit::tcpi_snd_wscale, tp->rx_opt.snd_wscale);
    set(info, tcp_info::bit::tcpi_rcv_wscale, tp->rx_opt.rcv_wscale);
  }
  if (tp->ecn_flags & TCP_ECN_OK) options |= TCPI_OPT_ECN;
  if (tp->ecn_flags & TCP_ECN_SEEN) options |= TCPI_OPT_ECN_SEEN;
  if (tp->syn_data_acked) options |= TCPI_OPT_SYN_DATA;
  set(info->tcpi_options, options);
}

static void infoRecovery(const sock* sk, const tcp_info* info) {
  const tcp_sock* tp = tcp_sk(sk);
  const inet_connection_sock* icsk = inet_csk(sk);
  set(info->tcpi_ca_state, icsk->icsk_ca_state);
  set(info->tcpi_retransmits, icsk->icsk_retransmits);
  set(info->tcpi_probes, icsk->icsk_probes_out);
  set(info->tcpi_backoff, icsk->icsk_backoff);
  set(info->tcpi_rto, jiffies_to_usecs(icsk->icsk_rto));
  set(info->tcpi_ato, jiffies_to_usecs(icsk->icsk_ack.ato));
  set(info->tcpi_snd_mss, tp->mss_cache);
  set(info->tcpi_rcv_mss, icsk->icsk_ack.rcv_mss);
  set(info->tcpi_unacked, tp->packets_out);
  set(info->tcpi_sacked, tp->sacked_out);
  set(info->tcpi_lost, tp->lost_out);
  set(info->tcpi_retrans, tp->retrans_out);
  set(info->tcpi_total_retrans, tp->total_retrans);
  const u32 now = tcp_jiffies32();
  set(info->tcpi_last_data_sent, jiffies_to_msecs(now - tp->lsndtime));
  set(info->tcpi_last_data_recv, jiffies_to_msecs(now - icsk->icsk_ack.lrcvtime));
  set(info->tcpi_last_ack_recv, jiffies_to_msecs(now - tp->rcv_tstamp));
}

static void infoMeasures(const sock* sk, const tcp_info* info) {
  const tcp_sock* tp = tcp_sk(sk);
  set(info->tcpi_pmtu, inet_csk(sk)->icsk_pmtu_cookie);
  set(info->tcpi_rcv_ssthresh, tp->rcv_ssthresh);
  set(info->tcpi_rtt, tp->srtt_us >> 3);
  set(info->tcpi_rttvar, tp->mdev_us >> 2);
  set(info->tcpi_snd_ssthresh, tp->snd_ssthresh);
  set(info->tcpi_advmss, tp->advmss);
  set(info->tcpi_rcv_rtt, tp->rcv_rtt_est.rtt_us >> 3);
  set(info->tcpi_rcv_space, tp->rcvq_space.space);
  set(info->tcpi_min_rtt, tcp_min_rtt(tp));
  set(info->tcpi_snd_wnd, tp->snd_wnd);
  set(info->tcpi_reord_seen, tp->reord_seen);
  set(info->tcpi_rcv_ooopack, tp->rcv_ooopack);
  set(info, tcp_info::bit::tcpi_delivery_rate_app_limited, tp->rate_app_limited);
  set(info, tcp_info::bit::tcpi_fastopen_client_fail, tp->fastopen_client_fail);
  if (tp->rate_delivered && tp->rate_interval_us)
    set(info->tcpi_delivery_rate, u64(tp->rate_delivered) * tp->mss_cache * 1000000 / tp->rate_interval_us);
}

static void infoCounts(const tcp_sock* tp, const tcp_info* info) {
  set(info->tcpi_bytes_acked, tp->bytes_acked);
  set(info->tcpi_bytes_received, tp->bytes_received);
  set(info->tcpi_bytes_sent, tp->bytes_sent);
  set(info->tcpi_bytes_retrans, tp->bytes_retrans);
  set(info->tcpi_notsent_bytes, static_cast<u32>(std::max(0, static_cast<s32>(tp->write_seq - tp->snd_nxt))));
  set(info->tcpi_segs_out, tp->segs_out);
  set(info->tcpi_segs_in, tp->segs_in);
  set(info->tcpi_data_segs_in, tp->data_segs_in);
  set(info->tcpi_data_segs_out, tp->data_segs_out);
  set(info->tcpi_delivered, tp->delivered);
  set(info->tcpi_delivered_ce, tp->delivered_ce);
  set(info->tcpi_dsack_dups, tp->dsack_dups);
}

// A listener's two counts stand where a connection has others.
static void infoListener(const sock* sk, const tcp_info* info) {
  set(info->tcpi_unacked, sk->sk_ack_backlog);
  set(info->tcpi_sacked, sk->sk_max_ack_backlog);
}
static void infoConnection(const sock* sk, const tcp_info* info) {
  const tcp_sock* tp = tcp_sk(sk);
  const bool contended = __lock_sock_fast(sk);
  infoOptions(tp, info);
  infoRecovery(sk, info);
  infoMeasures(sk, info);
  infoCounts(tp, info);
  tcp_get_info_chrono_stats(tp, info);
  unlock_sock_fast(sk, contended);
}

void tcp_get_info(const sock* sk, const tcp_info* info) {
  KFUNC(tcp_get_info, sk, info);
  const tcp_sock* tp = tcp_sk(sk);
  set(info->tcpi_state, sk->sk_state);
  set(info->tcpi_pacing_rate, sk->sk_pacing_rate);
  set(info->tcpi_max_pacing_rate, sk->sk_max_pacing_rate);
  set(info->tcpi_reordering, tp->reordering);
  set(info->tcpi_snd_cwnd, tp->snd_cwnd);
  sk->sk_state == TCP_LISTEN ? infoListener(sk, info) : infoConnection(sk, info);
}

// The time that so many transmissions take, if each waits twice as long as the one before, up to a bound.
static int retrans_to_secs(u8 retrans, int timeout, int rto_max) {
  int sum = 0;
  for (int sent = 0, pause = timeout; sent < retrans; ++sent, pause = std::min(pause << 1, rto_max)) sum += pause;
  return sum;
}

static int lingerOf(const sock* sk) {
  const int linger2 = tcp_sk(sk)->linger2, hz = static_cast<int>(HZ());
  return linger2 < 0 ? linger2 : (linger2 ? linger2 : sock_net(sk)->ipv4.sysctl_tcp_fin_timeout) / hz;
}
static int mssOf(const sock* sk) {
  const tcp_sock* tp = tcp_sk(sk);
  if (tp->repair) return tp->rx_opt.mss_clamp;
  const bool open = 1 << sk->sk_state & (TCPF_CLOSE | TCPF_LISTEN);
  return open && tp->rx_opt.user_mss ? s32(tp->rx_opt.user_mss) : s32(tp->mss_cache);
}
static int repairSeq(const tcp_sock* tp, s32* v) {
  if (tp->repair_queue == TCP_NO_QUEUE) return -EINVAL;
  *v = static_cast<s32>(tp->repair_queue == TCP_SEND_QUEUE ? tp->write_seq : tp->rcv_nxt);
  return 0;
}

static int intValue(const sock* sk, int optname, s32* v) {
  const tcp_sock* tp = tcp_sk(sk);
  const inet_connection_sock* icsk = inet_csk(sk);
  const netns_ipv4* ipv4 = &sock_net(sk)->ipv4;
  switch (optname) {
  case TCP_MAXSEG: *v = mssOf(sk); return 0;
  case TCP_NODELAY: *v = (tp->nonagle & TCP_NAGLE_OFF) != 0; return 0;
  case TCP_CORK: *v = (tp->nonagle & TCP_NAGLE_CORK) != 0; return 0;
  case TCP_KEEPIDLE: *v = static_cast<s32>(keepalive_time_when(tp) / HZ()); return 0;
  case TCP_KEEPINTVL: *v = static_cast<s32>(keepalive_intvl_when(tp) / HZ()); return 0;
  case TCP_KEEPCNT: *v = keepalive_probes(tp); return 0;
  case TCP_SYNCNT: *v = icsk->icsk_syn_retries ? icsk->icsk_syn_retries : ipv4->sysctl_tcp_syn_retries; return 0;
  case TCP_LINGER2: *v = lingerOf(sk); return 0;
  case TCP_DEFER_ACCEPT: *v = retrans_to_secs(icsk->icsk_accept_queue.rskq_defer_accept, 1, 120); return 0;
  case TCP_WINDOW_CLAMP: *v = static_cast<s32>(tp->window_clamp); return 0;
  case TCP_QUICKACK: *v = !inet_csk_in_pingpong_mode(sk); return 0;
  case TCP_THIN_LINEAR_TIMEOUTS: *v = tp->thin_lto; return 0;
  case TCP_THIN_DUPACK: *v = 0; return 0;
  case TCP_REPAIR: *v = tp->repair; return 0;
  case TCP_REPAIR_QUEUE: *v = tp->repair_queue; return tp->repair ? 0 : -EINVAL;
  case TCP_QUEUE_SEQ: return repairSeq(tp, v);
  case TCP_USER_TIMEOUT: *v = static_cast<s32>(icsk->icsk_user_timeout); return 0;
  case TCP_FASTOPEN: *v = icsk->icsk_accept_queue.fastopenq.max_qlen; return 0;
  case TCP_FASTOPEN_CONNECT: *v = tp->fastopen_connect; return 0;
  case TCP_FASTOPEN_NO_COOKIE: *v = tp->fastopen_no_cookie; return 0;
  case TCP_TX_DELAY: *v = static_cast<s32>(tp->tcp_tx_delay); return 0;
  case TCP_TIMESTAMP: *v = static_cast<s32>(tcp_time_stamp_raw() + tp->tsoffset); return 0;
  case TCP_NOTSENT_LOWAT: *v = static_cast<s32>(tp->notsent_lowat); return 0;
  case TCP_INQ: *v = tp->recvmsg_inq; return 0;
  case TCP_SAVE_SYN: *v = tp->save_syn; return 0;
  default: return -ENOPROTOOPT;
  }
}

static int giveFastopenKeys(const sock* sk, u8* optval, s32* optlen) {
  u8 keys[2 * TCP_FASTOPEN_KEY_LENGTH];
  const u32 size = tcp_fastopen_get_cipher(sk, keys);
  return giveOption(optval, optlen, keys, size);
}
// The headers of the SYN, once: who has read them needs them no longer. Too little room: how much it takes.
static int giveSavedSyn(const tcp_sock* tp, u8* optval, s32* optlen) {
  if (!tp->saved_syn) return giveOption(optval, optlen, nullptr, 0);
  const auto* kept = reinterpret_cast<const u8*>(tp->saved_syn.get());
  u32 lengths[3]; // of the link's, IP's and TCP's header
  std::memcpy(lengths, kept, sizeof lengths);
  const u32 size = lengths[0] + lengths[1] + lengths[2];
  if (*optlen < static_cast<s32>(size)) {
    set(*optlen, static_cast<s32>(size));
    return -EINVAL;
  }
  const int err = giveOption(optval, optlen, kept + sizeof lengths, size);
  if (err) return err;
  tcp_saved_syn_free(tp);
  return 0;
}

static int do_tcp_getsockopt(const sock* sk, int level, int optname, u8* optval, s32* optlen) {
  KFUNC(do_tcp_getsockopt, sk, level, optname);
  if (*optlen < 0) return call.result(-EINVAL);
  if (optname == TCP_INFO) {
    OnStack<tcp_info> told;
    tcp_get_info(sk, told);
    return call.result(giveOption(optval, optlen, told.get(), sizeof *told));
  }
  if (optname == TCP_CONGESTION)
    return call.result(giveOption(optval, optlen, inet_csk(sk)->icsk_ca_ops->name, TCP_CA_NAME_MAX));
  if (optname == TCP_SAVED_SYN) {
    sockopt_lock_sock(sk);
    const int err = giveSavedSyn(tcp_sk(sk), optval, optlen);
    sockopt_release_sock(sk);
    return call.result(err);
  }
  if (optname == TCP_REPAIR_WINDOW) return call.result(repairWindowOf(tcp_sk(sk), optval, optlen));
  if (optname == TCP_FASTOPEN_KEY) return call.result(giveFastopenKeys(sk, optval, optlen));
  if (optname == TCP_ZEROCOPY_RECEIVE) return call.result(zerocopyReceive(sk, optval, optlen));
  if (optname == TCP_ULP || optname == TCP_CC_INFO) // cubic and reno have nothing to tell
    return call.result(giveOption(optval, optlen, nullptr, 0));
  s32 number = 0;
  if (const int err = intValue(sk, optname, &number)) return call.result(err);
  return call.result(giveOption(optval, optlen, &number, sizeof number));
}

int tcp_getsockopt(const sock* sk, int level, int optname, u8* optval, s32* optlen) {
  KFUNC(tcp_getsockopt, sk, level, optname);
  const bool ours = level == SOL_TCP; // other levels are IP's
  return call.result(ours ? do_tcp_getsockopt(sk, level, optname, optval, optlen)
                          : inet_csk(sk)->icsk_af_ops->getsockopt(sk, level, optname, optval, optlen));
}

} // namespace sockwalk::kernel
