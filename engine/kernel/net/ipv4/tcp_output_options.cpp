// The options of the TCP header: which ones a segment carries, and how they stand there, padded to whole words.
// In a SYN both sides say what they can do (RFC 7323, RFC 2018); later only timestamps and SACK blocks travel.
#include "engine/kernel/include/net/tcp_segments.h"
#include "engine/kernel/net/ipv4/tcp_output_internal.h"

namespace sockwalk::kernel {

static void stampWith(const tcp_out_options* opts, u32 tsval, u32 tsecr) {
  set(opts->options, opts->options | OPTION_TS);
  set(opts->tsval, tsval);
  set(opts->tsecr, tsecr);
}

// Of our SYN: everything that the sysctls allow. The bytes that they take, a multiple of 4.
u32 tcp_syn_options(const sock* sk, const sk_buff* skb, const tcp_out_options* opts) {
  KFUNC(tcp_syn_options, sk, skb, opts);
  INLINED();
  SIMPLIFIED("no MD5 signature, no Fast Open cookie, no multipath TCP");
  const tcp_sock* tp = tcp_sk(sk);
  const netns_ipv4* sysctl = &sock_net(sk)->ipv4;
  u32 taken = TCPOLEN_MSS_ALIGNED;
  set(opts->mss, tcp_advertise_mss(sk));
  if (sysctl->sysctl_tcp_timestamps) {
    stampWith(opts, tcp_skb_timestamp(skb) + tp->tsoffset, tp->rx_opt.ts_recent);
    taken += TCPOLEN_TSTAMP_ALIGNED;
  }
  if (sysctl->sysctl_tcp_window_scaling) {
    set(opts->ws, tp->rx_opt.rcv_wscale);
    set(opts->options, opts->options | OPTION_WSCALE);
    taken += TCPOLEN_WSCALE_ALIGNED;
  }
  if (sysctl->sysctl_tcp_sack) {
    set(opts->options, opts->options | OPTION_SACK_ADVERTISE);
    if (!(opts->options & OPTION_TS)) taken += TCPOLEN_SACKPERM_ALIGNED; // else it fills the padding of the timestamp
  }
  return call.result(taken);
}

// Of our SYN-ACK: what the peer's SYN offered and we want too.
u32 tcp_synack_options(const sock* sk, const request_sock* req, u32 mss, const sk_buff* skb,
                       const tcp_out_options* opts, const tcp_fastopen_cookie* foc) {
  KFUNC(tcp_synack_options, sk, req, mss, skb, opts, foc);
  INLINED();
  const inet_request_sock* offered = inet_rsk(req);
  u32 taken = TCPOLEN_MSS_ALIGNED;
  set(opts->mss, mss);
  if (offered->wscale_ok) {
    set(opts->ws, offered->rcv_wscale);
    set(opts->options, opts->options | OPTION_WSCALE);
    taken += TCPOLEN_WSCALE_ALIGNED;
  }
  if (offered->tstamp_ok) {
    stampWith(opts, tcp_skb_timestamp(skb) + tcp_rsk(req)->ts_off, req->ts_recent);
    taken += TCPOLEN_TSTAMP_ALIGNED;
  }
  if (offered->sack_ok) {
    set(opts->options, opts->options | OPTION_SACK_ADVERTISE);
    if (!offered->tstamp_ok) taken += TCPOLEN_SACKPERM_ALIGNED;
  }
  return call.result(taken);
}

// How many of the SACK blocks that wait fit behind the `taken` bytes of other options.
static u32 sackBlocks(const tcp_sock* tp, u32 taken) {
  const u32 waiting = tp->rx_opt.num_sacks + tp->rx_opt.dsack, room = MAX_TCP_OPTION_SPACE - taken;
  if (room < TCPOLEN_SACK_BASE_ALIGNED) return 0;
  return std::min(waiting, (room - TCPOLEN_SACK_BASE_ALIGNED) / TCPOLEN_SACK_PERBLOCK);
}

// Of every other segment; without one (`skb` is nullptr) only the size is of interest.
u32 tcp_established_options(const sock* sk, const sk_buff* skb, const tcp_out_options* opts) {
  KFUNC(tcp_established_options, sk, skb, opts);
  const tcp_sock* tp = tcp_sk(sk);
  u32 taken = 0;
  set(opts->options, 0);
  if (tp->rx_opt.tstamp_ok) {
    const u32 stamp = skb ? tcp_skb_timestamp(skb) + tp->tsoffset : 0;
    stampWith(opts, stamp, tp->rx_opt.ts_recent);
    taken = TCPOLEN_TSTAMP_ALIGNED;
  }
  if (const u32 blocks = sackBlocks(tp, taken)) {
    set(opts->num_sack_blocks, blocks);
    taken += TCPOLEN_SACK_BASE_ALIGNED + blocks * TCPOLEN_SACK_PERBLOCK;
  }
  return call.result(taken);
}

namespace {
// Options are written in whole words of network order.
struct OptionWriter {
  const u8* at;
  void word(u32 w) {
    const u32 v = htonl(w);
    setBytes(at, &v, 4);
    at += 4;
  }
  void bytes(u32 a, u32 b, u32 c, u32 d) { word(a << 24 | b << 16 | c << 8 | d); }
};
} // namespace

static void writeSackBlocks(OptionWriter& out, const tcp_sock* tp, u32 blocks) {
  const tcp_sack_block* sp = tp->rx_opt.dsack ? tp->duplicate_sack : tp->selective_acks;
  out.bytes(TCPOPT_NOP, TCPOPT_NOP, TCPOPT_SACK, TCPOLEN_SACK_BASE + blocks * TCPOLEN_SACK_PERBLOCK);
  for (u32 i = 0; i < blocks; ++i) {
    out.word(sp[i].start_seq);
    out.word(sp[i].end_seq);
  }
  set(&tp->rx_opt, tcp_options_received::bit::dsack, 0); // a duplicate is reported once
}

void tcp_options_write(const tcphdr* th, const tcp_sock* tp, const tcp_out_options* opts) {
  KFUNC(tcp_options_write, th, tp, opts);
  OptionWriter out{reinterpret_cast<const u8*>(th + 1)};
  bool sack = opts->options & OPTION_SACK_ADVERTISE;
  if (opts->mss) out.word(TCPOPT_MSS << 24 | TCPOLEN_MSS << 16 | opts->mss);
  if (opts->options & OPTION_TS) {
    if (sack) out.bytes(TCPOPT_SACK_PERM, TCPOLEN_SACK_PERM, TCPOPT_TIMESTAMP, TCPOLEN_TIMESTAMP);
    else out.bytes(TCPOPT_NOP, TCPOPT_NOP, TCPOPT_TIMESTAMP, TCPOLEN_TIMESTAMP);
    sack = false;
    out.word(opts->tsval);
    out.word(opts->tsecr);
  }
  if (sack) out.bytes(TCPOPT_NOP, TCPOPT_NOP, TCPOPT_SACK_PERM, TCPOLEN_SACK_PERM);
  if (opts->options & OPTION_WSCALE) out.bytes(TCPOPT_NOP, TCPOPT_WINDOW, TCPOLEN_WINDOW, opts->ws);
  if (opts->num_sack_blocks) writeSackBlocks(out, tp, opts->num_sack_blocks);
}

} // namespace sockwalk::kernel
