// What is remembered of a peer from one connection to the next: its round-trip time, windows that worked, reordering.
// One block for each pair of addresses.
#include "engine/kernel/include/linux/rcupdate.h"
#include "engine/kernel/include/net/inet_hashtables.h"
#include "engine/kernel/include/net/tcp_segments.h"
#include "engine/kernel/net/ipv4/tcp_metrics_internal.h"
#include "engine/memory/constants/tcp.h"

namespace sockwalk::kernel {

constexpr u32 HashLog = 10;
static Global<kptr<tcpm_hash_bucket>> tcp_metrics_hash{"tcp_metrics_hash"};

void tcp_metrics_init() {
  KFUNC(tcp_metrics_init);
  setAddress(tcp_metrics_hash.get(), kmallocBuffer(sizeof(tcpm_hash_bucket) << HashLog, GFP_KERNEL | __GFP_ZERO));
}

static u32 tcp_metric_get(const tcp_metrics_block* tm, int idx) { return tm->tcpm_vals[idx]; }
static void tcp_metric_set(const tcp_metrics_block* tm, int idx, u32 val, int line = __builtin_LINE()) {
  set(tm->tcpm_vals[idx], val, line);
}
static bool tcp_metric_locked(const tcp_metrics_block* tm, int idx) { return tm->tcpm_lock >> idx & 1; }

static bool sameAddress(const inetpeer_addr* a, u32 address) { return a->family == AF_INET && a->a4.addr == address; }
static bool addr_same(const inetpeer_addr* a, u32 address) {
  KFUNC(addr_same, a, address);
  return call.result(sameAddress(a, address));
}

static const tcpm_hash_bucket* bucket(const net* net, u32 daddr) {
  const u32 hash = (daddr ^ net_hash_mix(net)) * 0x61C88647u >> (32 - HashLog);
  return tcp_metrics_hash->get() + hash;
}

// *crowded: the chain is so long that its oldest block is to be used again.
static const tcp_metrics_block* __tcp_get_metrics(u32 saddr, u32 daddr, const net* net, bool* crowded) {
  KFUNC(__tcp_get_metrics, saddr, daddr, net);
  u32 passed = 0;
  for (const tcp_metrics_block* block = bucket(net, daddr)->chain; block; block = block->tcpm_next) {
    const bool samePair = sameAddress(&block->tcpm_saddr, saddr) && addr_same(&block->tcpm_daddr, daddr);
    if (samePair && block->tcpm_net == net) return call.result(block);
    ++passed;
  }
  *crowded = passed > TCP_METRICS_RECLAIM_DEPTH;
  return call.result<const tcp_metrics_block*>(nullptr);
}

// A new block begins with what the route was told to assume.
static void tcpm_suck_dst(const tcp_metrics_block* tm, const dst_entry* dst) {
  KFUNC(tcpm_suck_dst, tm, dst);
  set(tm->tcpm_stamp, machine().jiffies());
  const u32 locks = dst_metric_raw(dst, RTAX_LOCK);
  const int metric[5] = {RTAX_RTT, RTAX_RTTVAR, RTAX_SSTHRESH, RTAX_CWND, RTAX_REORDERING};
  u32 lock = 0;
  for (int i = 0; i < 5; ++i) {
    lock |= (locks >> metric[i] & 1) << i;
    tcp_metric_set(tm, i, dst_metric_raw(dst, metric[i]) * (i <= TCP_METRIC_RTTVAR ? u32(USEC_PER_MSEC) : 1));
  }
  set(tm->tcpm_lock, lock);
}
static void tcpm_check_stamp(const tcp_metrics_block* tm, const dst_entry* dst) { // an hour old: begin again
  if (tm && machine().jiffies() > tm->tcpm_stamp + 3600ull * HZ()) tcpm_suck_dst(tm, dst);
}

static void identify(const tcp_metrics_block* tm, const net* net, u32 saddr, u32 daddr) {
  set(tm->tcpm_net, net);
  set(tm->tcpm_saddr.a4.addr, saddr);
  set(tm->tcpm_saddr.family, AF_INET);
  set(tm->tcpm_daddr.a4.addr, daddr);
  set(tm->tcpm_daddr.family, AF_INET);
}
static const tcp_metrics_block* oldestOf(const tcpm_hash_bucket* chain) {
  const tcp_metrics_block* oldest = chain->chain;
  for (const tcp_metrics_block* block = oldest->tcpm_next; block; block = block->tcpm_next)
    if (block->tcpm_stamp < oldest->tcpm_stamp) oldest = block;
  return oldest;
}
static const tcp_metrics_block* tcpm_new(const dst_entry* dst, u32 saddr, u32 daddr, const net* net) {
  bool crowded = false;
  if (const tcp_metrics_block* known = __tcp_get_metrics(saddr, daddr, net, &crowded)) {
    tcpm_check_stamp(known, dst);
    return known;
  }
  const tcpm_hash_bucket* chain = bucket(net, daddr);
  const tcp_metrics_block* fresh = crowded ? oldestOf(chain) : kzalloc<tcp_metrics_block>(GFP_ATOMIC);
  if (!fresh) return nullptr;
  identify(fresh, net, saddr, daddr);
  tcpm_suck_dst(fresh, dst);
  if (crowded) return fresh; // it is in the chain already
  set(fresh->tcpm_next, chain->chain);
  set(chain->chain, fresh);
  return fresh;
}

const tcp_metrics_block* tcp_get_metrics(const sock* sk, const dst_entry* dst, bool create) {
  KFUNC(tcp_get_metrics, sk, dst, create);
  const net* net = sock_net(sk);
  const u32 own = inet_sk(sk)->inet_saddr, peer = inet_sk(sk)->inet_daddr;
  bool crowded = false;
  const tcp_metrics_block* known = __tcp_get_metrics(own, peer, net, &crowded);
  if (!known && create) return call.result(tcpm_new(dst, own, peer, net));
  tcpm_check_stamp(known, dst);
  return call.result(known);
}

// ---- a connection ends
static void keep(const tcp_metrics_block* tm, int idx, u32 value, int line = __builtin_LINE()) {
  if (!tcp_metric_locked(tm, idx)) tcp_metric_set(tm, idx, value, line); // the administrator may have fixed it
}

// Too long does less harm than too short: what is remembered rises at once, and falls slowly.
static u32 fallSlowly(u32 kept, u32 measured, int shift) {
  return measured >= kept ? measured : kept - ((kept - measured) >> shift);
}

static void updateRoundTrip(const tcp_metrics_block* tm, const tcp_sock* tp) {
  const u32 kept = tcp_metric_get(tm, TCP_METRIC_RTT), measured = tp->srtt_us;
  const u32 apart = measured > kept ? measured - kept : kept - measured;
  keep(tm, TCP_METRIC_RTT, fallSlowly(kept, measured, 3));
  const u32 deviation = std::max<u32>(apart / 2, tp->mdev_us);
  keep(tm, TCP_METRIC_RTTVAR, fallSlowly(tcp_metric_get(tm, TCP_METRIC_RTTVAR), deviation, 2));
}

// A threshold of slow start is remembered only if net.ipv4.tcp_no_ssthresh_metrics_save is off, which is unusual.
static void keepThreshold(const tcp_metrics_block* tm, const sock* sk, u32 value, int line = __builtin_LINE()) {
  if (!sock_net(sk)->ipv4.sysctl_tcp_no_ssthresh_metrics_save) keep(tm, TCP_METRIC_SSTHRESH, value, line);
}
static void raiseThreshold(const tcp_metrics_block* tm, const sock* sk, u32 value) {
  const u32 kept = tcp_metric_get(tm, TCP_METRIC_SSTHRESH);
  if (kept && value > kept) keepThreshold(tm, sk, value);
}
static void keepReordering(const tcp_metrics_block* tm, const sock* sk) {
  const u32 seen = tcp_sk(sk)->reordering, usual = static_cast<u32>(sock_net(sk)->ipv4.sysctl_tcp_reordering);
  if (seen > tcp_metric_get(tm, TCP_METRIC_REORDERING) && seen != usual) keep(tm, TCP_METRIC_REORDERING, seen);
}

// What the congestion window says depends on where the connection stood when it ended.
static void updateWindows(const tcp_metrics_block* tm, const sock* sk) {
  const tcp_sock* tp = tcp_sk(sk);
  const u32 window = tp->snd_cwnd, threshold = tp->snd_ssthresh, kept = tcp_metric_get(tm, TCP_METRIC_CWND);
  const bool calm = !tcp_in_slow_start(tp) && inet_csk(sk)->icsk_ca_state == TCP_CA_Open;
  if (tcp_in_initial_slowstart(tp)) { // the first slow start met no end: at least this much works
    raiseThreshold(tm, sk, window / 2);
    if (window > kept) keep(tm, TCP_METRIC_CWND, window);
  } else if (calm) { // it has found its size
    keepThreshold(tm, sk, std::max(window / 2, threshold));
    keep(tm, TCP_METRIC_CWND, (kept + window) / 2);
  } else { // a loss is being mended, or slow start goes on after one: the window says little, the threshold more
    keep(tm, TCP_METRIC_CWND, (kept + threshold) / 2);
    raiseThreshold(tm, sk, threshold);
    keepReordering(tm, sk);
  }
}

static void sk_dst_confirm(const sock* sk) { // the peer answers: its neighbour entry is good
  if (!sk->sk_dst_pending_confirm) set(sk->sk_dst_pending_confirm, 1);
}

void tcp_update_metrics(const sock* sk) {
  KFUNC(tcp_update_metrics, sk);
  const tcp_sock* tp = tcp_sk(sk);
  const dst_entry* route = sk->sk_dst_cache;
  sk_dst_confirm(sk);
  if (!route || sock_net(sk)->ipv4.sysctl_tcp_nometrics_save) return;
  // It ended in retransmissions, or never measured anything: what was believed of the peer is in doubt.
  const bool doubtful = !tp->srtt_us || inet_csk(sk)->icsk_backoff;
  const tcp_metrics_block* block = tcp_get_metrics(sk, route, !doubtful);
  if (!block) return;
  if (doubtful) {
    if (!tcp_metric_locked(block, TCP_METRIC_RTT)) tcp_metric_set(block, TCP_METRIC_RTT, 0);
    return;
  }
  updateRoundTrip(block, tp);
  updateWindows(block, sk);
  set(block->tcpm_stamp, machine().jiffies());
}

// ---- a connection begins
static u32 useMetrics(const tcp_metrics_block* tm, const sock* sk) { // gives the round-trip time, in us times 8
  const tcp_sock* tp = tcp_sk(sk);
  if (tcp_metric_locked(tm, TCP_METRIC_CWND)) set(tp->snd_cwnd_clamp, tcp_metric_get(tm, TCP_METRIC_CWND));
  const bool ignore = sock_net(sk)->ipv4.sysctl_tcp_no_ssthresh_metrics_save;
  if (const u32 threshold = ignore ? 0 : tcp_metric_get(tm, TCP_METRIC_SSTHRESH))
    set(tp->snd_ssthresh, std::min(threshold, u32(tp->snd_cwnd_clamp)));
  if (const u32 reordering = tcp_metric_get(tm, TCP_METRIC_REORDERING)) set(tp->reordering, reordering);
  return tcp_metric_get(tm, TCP_METRIC_RTT);
}

// The handshake told no time, since something was sent twice: be patient (RFC 6298 5.7).
static void assumeSlowPeer(const sock* sk) {
  const tcp_sock* tp = tcp_sk(sk);
  set(tp->rttvar_us, jiffies_to_usecs(TCP_TIMEOUT_FALLBACK()));
  set(tp->mdev_max_us, tp->rttvar_us);
  set(tp->mdev_us, tp->rttvar_us);
  set(inet_csk(sk)->icsk_rto, TCP_TIMEOUT_FALLBACK());
}

void tcp_init_metrics(const sock* sk) {
  KFUNC(tcp_init_metrics, sk);
  const tcp_sock* tp = tcp_sk(sk);
  const dst_entry* route = sk->sk_dst_cache;
  sk_dst_confirm(sk);
  set(tp->snd_ssthresh, TCP_INFINITE_SSTHRESH);
  const tcp_metrics_block* block = route ? tcp_get_metrics(sk, route, false) : nullptr;
  const u32 remembered = block ? useMetrics(block, sk) : 0, measured = tp->srtt_us;
  if (remembered > measured) { // segments with data may take longer than the small ones of the handshake
    const u32 roundTrip = remembered / (8 * static_cast<u32>(USEC_PER_SEC / HZ()));
    set(inet_csk(sk)->icsk_rto, roundTrip + std::max(2 * roundTrip, tcp_rto_min(sk)));
  } else if (!measured) {
    assumeSlowPeer(sk);
  }
}

bool tcp_peer_is_proven(const request_sock* req, const dst_entry* dst) {
  KFUNC(tcp_peer_is_proven, req, dst);
  const net* net = inet_rsk(req)->ireq_net.net;
  const u32 own = inet_rsk(req)->ir_loc_addr, peer = inet_rsk(req)->ir_rmt_addr;
  for (const tcp_metrics_block* block = bucket(net, peer)->chain; block; block = block->tcpm_next) {
    const bool samePair = sameAddress(&block->tcpm_saddr, own) && sameAddress(&block->tcpm_daddr, peer);
    if (samePair && block->tcpm_net == net) return call.result(tcp_metric_get(block, TCP_METRIC_RTT) != 0);
  }
  return call.result(false);
}

void tcp_metrics_flush_all(const net* net) {
  KFUNC(tcp_metrics_flush_all, net);
  const tcpm_hash_bucket* table = tcp_metrics_hash->get();
  for (u32 row = 0; row < 1u << HashLog; ++row) {
    const kptr<tcp_metrics_block>* link = &table[row].chain;
    while (const tcp_metrics_block* block = *link) {
      if (block->tcpm_net != net) {
        link = &block->tcpm_next;
        continue;
      }
      set(*link, block->tcpm_next);
      kfree_rcu(block, &block->callback_head); // a reader may be looking at it right now
    }
  }
}

} // namespace sockwalk::kernel
