// The options of a TCP header: read in full on SYN segments, and by one comparison on the segments of a running
// connection, where usually only the timestamp stands. Source: RFC 9293 3.1, RFC 7323, RFC 2018.
#include "engine/kernel/include/net/tcp_segments.h"
#include "engine/kernel/net/ipv4/tcp_input_internal.h"
#include "engine/memory/constants/tcp.h"

namespace sockwalk::kernel {

namespace {
struct Option {
  u8 kind;
  u32 size;       // with the two bytes for kind and size
  const u8* data; // behind them
};
// The options one after another. A malformed one ends the walk: what stood before it counts.
class OptionWalk {
public:
  explicit OptionWalk(const tcphdr* th)
      : m_at(reinterpret_cast<const u8*>(th + 1)),
        m_left(static_cast<int>(th->doff * 4u) - static_cast<int>(sizeof *th)) {}
  bool next(Option* out) {
    while (m_left > 0 && *m_at == TCPOPT_NOP) ++m_at, --m_left;
    if (m_left < 2 || *m_at == TCPOPT_EOL) return false;
    const u32 size = m_at[1];
    if (size < 2 || static_cast<int>(size) > m_left) return false;
    *out = {m_at[0], size, m_at + 2};
    m_at += size;
    m_left -= static_cast<int>(size);
    return true;
  }

private:
  const u8* m_at;
  int m_left;
};
} // namespace

static void tcp_parse_fastopen_option(int len, const u8* cookie, bool syn, const tcp_fastopen_cookie* foc,
                                      bool exp_opt) {
  const bool wanted = foc && syn, wellFormed = len >= 0 && len % 2 == 0;
  if (!wanted || !wellFormed) return;
  KFUNC(tcp_parse_fastopen_option, len, foc);
  const bool request = len == 0; // the client asks for a cookie
  const bool valid = TCP_FASTOPEN_COOKIE_MIN <= len && len <= TCP_FASTOPEN_COOKIE_MAX;
  if (valid) setBytes(foc->val, cookie, static_cast<u32>(len));
  set(foc->len, valid || request ? len : -1);
  set(foc->exp, exp_opt);
}

static u16 clampedMss(u16 offered, u16 user_mss) { return user_mss && user_mss < offered ? user_mss : offered; }

u16 tcp_parse_mss_option(const tcphdr* th, u16 user_mss) {
  KFUNC(tcp_parse_mss_option, th, user_mss);
  OptionWalk walk(th);
  u16 found = 0;
  for (Option o; walk.next(&o);)
    if (o.kind == TCPOPT_MSS && o.size == TCPOLEN_MSS && be16At(o.data)) found = clampedMss(be16At(o.data), user_mss);
  return call.result(found);
}

// Options that only a SYN may carry: they say what the peer is able to do.
static void parseSynOption(const net* net, const tcp_options_received* opt_rx, const Option& o) {
  using bit = tcp_options_received::bit;
  if (o.kind == TCPOPT_MSS && o.size == TCPOLEN_MSS) {
    if (const u16 mss = be16At(o.data)) set(opt_rx->mss_clamp, clampedMss(mss, opt_rx->user_mss));
  } else if (o.kind == TCPOPT_WINDOW && o.size == TCPOLEN_WINDOW && net->ipv4.sysctl_tcp_window_scaling) {
    set(opt_rx, bit::wscale_ok, 1);
    set(opt_rx, bit::snd_wscale, std::min<u32>(*o.data, TCP_MAX_WSCALE));
  } else if (o.kind == TCPOPT_SACK_PERM && o.size == TCPOLEN_SACK_PERM && net->ipv4.sysctl_tcp_sack) {
    set(opt_rx, bit::sack_ok, TCP_SACK_SEEN);
    tcp_sack_reset(opt_rx);
  }
}

static void parseTimestamp(const net* net, const tcp_options_received* opt_rx, const Option& o, bool estab) {
  const bool wanted = estab ? opt_rx->tstamp_ok : net->ipv4.sysctl_tcp_timestamps;
  if (o.size != TCPOLEN_TIMESTAMP || !wanted) return;
  set(opt_rx, tcp_options_received::bit::saw_tstamp, 1);
  set(opt_rx->rcv_tsval, be32At(o.data));
  set(opt_rx->rcv_tsecr, be32At(o.data + 4));
}

// Where SACK blocks stand is only noted here; tcp_sacktag_write_queue() reads them.
static void noteSack(const sk_buff* skb, const tcp_options_received* opt_rx, const Option& o) {
  const u32 blocks = o.size - TCPOLEN_SACK_BASE;
  if (opt_rx->sack_ok && blocks >= TCPOLEN_SACK_PERBLOCK && blocks % TCPOLEN_SACK_PERBLOCK == 0)
    set(TCP_SKB_CB(skb)->sacked, o.data - 2 - skb_transport_header(skb));
}

void tcp_parse_options(const net* net, const sk_buff* skb, const tcp_options_received* opt_rx, int estab,
                       const tcp_fastopen_cookie* foc) {
  KFUNC(tcp_parse_options, net, skb, opt_rx, estab, foc);
  const tcphdr* th = tcp_hdr(skb);
  set(opt_rx, tcp_options_received::bit::saw_tstamp, 0);
  set(opt_rx, tcp_options_received::bit::saw_unknown, 0);
  OptionWalk walk(th);
  for (Option o; walk.next(&o);) switch (o.kind) {
    case TCPOPT_MSS:
    case TCPOPT_WINDOW:
    case TCPOPT_SACK_PERM:
      if (th->syn && !estab) parseSynOption(net, opt_rx, o);
      break;
    case TCPOPT_TIMESTAMP: parseTimestamp(net, opt_rx, o, estab); break;
    case TCPOPT_SACK: noteSack(skb, opt_rx, o); break;
    case TCPOPT_MD5SIG: break; // checked before the segment came here
    case TCPOPT_FASTOPEN:
      tcp_parse_fastopen_option(static_cast<int>(o.size - TCPOLEN_FASTOPEN_BASE), o.data, th->syn, foc, false);
      break;
    case TCPOPT_EXP:
      if (o.size >= TCPOLEN_EXP_FASTOPEN_BASE && be16At(o.data) == TCPOPT_FASTOPEN_MAGIC) {
        tcp_parse_fastopen_option(static_cast<int>(o.size - TCPOLEN_EXP_FASTOPEN_BASE), o.data + 2, th->syn, foc, true);
        break;
      }
      [[fallthrough]];
    default: set(opt_rx, tcp_options_received::bit::saw_unknown, 1);
    }
}

// The layout that nearly every segment has: two NOPs, then the timestamp.
bool tcp_parse_aligned_timestamp(const tcp_sock* tp, const tcphdr* th) {
  const u8* at = reinterpret_cast<const u8*>(th + 1);
  constexpr u32 expected = TCPOPT_NOP << 24 | TCPOPT_NOP << 16 | TCPOPT_TIMESTAMP << 8 | TCPOLEN_TIMESTAMP;
  if (be32At(at) != expected) return false;
  const u32 echoed = be32At(at + 8);
  set(&tp->rx_opt, tcp_options_received::bit::saw_tstamp, 1);
  set(tp->rx_opt.rcv_tsval, be32At(at + 4));
  set(tp->rx_opt.rcv_tsecr, echoed ? echoed - tp->tsoffset : 0);
  return true;
}

// What the peer echoes is our clock plus an offset of this connection's own, so that no one can read our uptime.
static void takeOffsetAway(const tcp_sock* tp) {
  const tcp_options_received& options = tp->rx_opt;
  if (options.saw_tstamp && options.rcv_tsecr) set(options.rcv_tsecr, options.rcv_tsecr - tp->tsoffset);
}

// False: no options at all.
bool tcp_fast_parse_options(const net* net, const sk_buff* skb, const tcphdr* th, const tcp_sock* tp) {
  constexpr u32 Bare = sizeof *th / 4, Usual = (sizeof *th + TCPOLEN_TSTAMP_ALIGNED) / 4; // words of the header
  const u32 words = th->doff;
  if (words == Bare) {
    set(&tp->rx_opt, tcp_options_received::bit::saw_tstamp, 0);
    return false;
  }
  const bool likelyUsual = words == Usual && tp->rx_opt.tstamp_ok;
  if (!likelyUsual || !tcp_parse_aligned_timestamp(tp, th)) {
    tcp_parse_options(net, skb, &tp->rx_opt, 1, nullptr);
    takeOffsetAway(tp);
  }
  return true;
}

const u8* tcp_parse_md5sig_option(const tcphdr* th) {
  KFUNC(tcp_parse_md5sig_option, th);
  if (th->doff * 4u < sizeof *th + TCPOLEN_MD5SIG) return call.result<const u8*>(nullptr);
  OptionWalk walk(th);
  for (Option o; walk.next(&o);)
    if (o.kind == TCPOPT_MD5SIG) return call.result(o.size == TCPOLEN_MD5SIG ? o.data : nullptr);
  return call.result<const u8*>(nullptr);
}

// ---- the peer's timestamp that we echo
void tcp_store_ts_recent(const tcp_sock* tp) {
  set(tp->rx_opt.ts_recent, tp->rx_opt.rcv_tsval);
  set(tp->rx_opt.ts_recent_stamp, ktime_get_seconds());
}

// Only a segment that covers the last acknowledged byte may move it: RFC 7323 4.3.
void tcp_replace_ts_recent(const tcp_sock* tp, u32 seq) {
  KFUNC(tcp_replace_ts_recent, tp, seq);
  const tcp_options_received* options = &tp->rx_opt;
  const bool covers = !before(tp->rcv_wup, seq);
  if (covers && options->saw_tstamp && tcp_paws_check(options, 0)) tcp_store_ts_recent(tp);
}

} // namespace sockwalk::kernel
