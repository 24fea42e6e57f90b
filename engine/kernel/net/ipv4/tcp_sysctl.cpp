// TCP's settings, as each network namespace begins with them (net.ipv4.tcp_*). Times in jiffies unless the name says so.
#include "engine/kernel/include/linux/jiffies.h"
#include "engine/kernel/include/net/inet_hashtables.h"
#include "engine/kernel/net/ipv4/tcp_ipv4_internal.h"

namespace sockwalk::kernel {

static void connections(const netns_ipv4* v4) {
  set(v4->sysctl_tcp_syn_retries, 6);
  set(v4->sysctl_tcp_synack_retries, 5);
  set(v4->sysctl_tcp_syncookies, 1);
  set(v4->sysctl_max_syn_backlog, 128);
  set(v4->sysctl_tcp_retries1, 3);
  set(v4->sysctl_tcp_retries2, 15);
  set(v4->sysctl_tcp_orphan_retries, 0);
  set(v4->sysctl_tcp_fin_timeout, 60 * HZ());
  set(v4->sysctl_tcp_tw_reuse, 2);
  set(v4->sysctl_tcp_keepalive_time, 7200 * HZ());
  set(v4->sysctl_tcp_keepalive_probes, 9);
  set(v4->sysctl_tcp_keepalive_intvl, 75 * HZ());
  set(v4->sysctl_tcp_fastopen, 1);
  set(v4->sysctl_tcp_early_demux, 1);
  set(v4->sysctl_tcp_challenge_ack_limit, INT32_MAX);
  set(v4->sysctl_tcp_invalid_ratelimit, HZ() / 2);
  refcount_set(&v4->tcp_death_row.tw_refcount, 1);
  set(v4->tcp_death_row.sysctl_max_tw_buckets, 2048);
  set(v4->tcp_death_row.hashinfo, tcp_hashinfo);
}

static void segments(const netns_ipv4* v4) {
  set(v4->sysctl_tcp_ecn, 2); // if the peer asks for it
  set(v4->sysctl_tcp_ecn_fallback, 1);
  set(v4->sysctl_tcp_base_mss, TCP_BASE_MSS);
  set(v4->sysctl_tcp_min_snd_mss, TCP_MIN_SND_MSS);
  set(v4->sysctl_tcp_mtu_probe_floor, TCP_MIN_SND_MSS);
  set(v4->sysctl_tcp_probe_threshold, 8);
  set(v4->sysctl_tcp_probe_interval, 600); // s
  set(v4->sysctl_tcp_sack, 1);
  set(v4->sysctl_tcp_dsack, 1);
  set(v4->sysctl_tcp_window_scaling, 1);
  set(v4->sysctl_tcp_timestamps, 1);
  set(v4->sysctl_tcp_comp_sack_delay_ns, NSEC_PER_MSEC);
  set(v4->sysctl_tcp_comp_sack_slack_ns, 100 * NSEC_PER_USEC);
  set(v4->sysctl_tcp_comp_sack_nr, 44);
  set(v4->sysctl_tcp_min_tso_segs, 2);
  set(v4->sysctl_tcp_tso_rtt_log, 9);
  set(v4->sysctl_tcp_tso_win_divisor, 3);
  set(v4->sysctl_tcp_limit_output_bytes, 16 * 65536);
  set(v4->sysctl_tcp_autocorking, 1);
}

static void recovery(const netns_ipv4* v4) {
  set(v4->sysctl_tcp_reordering, TCP_FASTRETRANS_THRESH);
  set(v4->sysctl_tcp_max_reordering, TCP_MAX_REORDERING_DEFAULT);
  set(v4->sysctl_tcp_early_retrans, 3);
  set(v4->sysctl_tcp_recovery, 1); // RACK
  set(v4->sysctl_tcp_frto, 2);
  set(v4->sysctl_tcp_retrans_collapse, 1);
  set(v4->sysctl_tcp_slow_start_after_idle, 1);
  set(v4->sysctl_tcp_no_ssthresh_metrics_save, 1);
  set(v4->sysctl_tcp_min_rtt_wlen, 300); // s
  set(v4->sysctl_tcp_pacing_ss_ratio, 200);
  set(v4->sysctl_tcp_pacing_ca_ratio, 120);
}

static void memory(const net* net) {
  const netns_ipv4* v4 = &net->ipv4;
  set(v4->sysctl_tcp_notsent_lowat, UINT32_MAX);
  set(v4->sysctl_tcp_moderate_rcvbuf, 1);
  set(v4->sysctl_tcp_app_win, 31);
  set(v4->sysctl_tcp_adv_win_scale, 1);
  if (net == init_net) return;
  const netns_ipv4* first = &init_net->ipv4;
  setBytes(v4->sysctl_tcp_wmem, first->sysctl_tcp_wmem, sizeof v4->sysctl_tcp_wmem);
  setBytes(v4->sysctl_tcp_rmem, first->sysctl_tcp_rmem, sizeof v4->sysctl_tcp_rmem);
  set(v4->tcp_congestion_control, first->tcp_congestion_control);
}

int tcp_sk_init(const net* net) {
  KFUNC(tcp_sk_init, net);
  const netns_ipv4* v4 = &net->ipv4;
  connections(v4);
  segments(v4);
  recovery(v4);
  memory(net);
  return call.result(0);
}

} // namespace sockwalk::kernel
