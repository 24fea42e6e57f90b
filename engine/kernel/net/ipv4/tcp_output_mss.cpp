// How long a segment may be: what the peer said in its SYN, what the path carries, less the options that every segment
// carries. `mss_cache` is the result; it is computed again when the path's MTU changes.
#include "engine/kernel/include/net/tcp_segments.h"
#include "engine/kernel/net/ipv4/tcp_output_internal.h"

namespace sockwalk::kernel {

static const Bits<inet_connection_sock> mtupEnabled{offsetof(inet_connection_sock, icsk_mtup) + 8, 31, 1, 4};
static const Bits<inet_connection_sock> mtupProbeSize{offsetof(inet_connection_sock, icsk_mtup) + 8, 0, 31, 4};

void setMtuProbeSize(const inet_connection_sock* icsk, u32 size) { set(icsk, mtupProbeSize, size); }
void enableMtuProbing(const inet_connection_sock* icsk) {
  set(icsk, mtupEnabled, 1);
  set(icsk->icsk_mtup.probe_timestamp, tcp_jiffies32());
}

// Without any options.
static int __tcp_mtu_to_mss(const sock* sk, int pmtu) {
  const inet_connection_sock* icsk = inet_csk(sk);
  const int headers = icsk->icsk_af_ops->net_header_len + int(sizeof(tcphdr));
  const int payload = std::min<int>(pmtu - headers, tcp_sk(sk)->rx_opt.mss_clamp) - icsk->icsk_ext_hdr_len;
  return std::max<int>(payload, sock_net(sk)->ipv4.sysctl_tcp_min_snd_mss); // tiny segments are an attack on us
}

int tcp_mtu_to_mss(const sock* sk, int pmtu) {
  return __tcp_mtu_to_mss(sk, pmtu) - (tcp_sk(sk)->tcp_header_len - int(sizeof(tcphdr)));
}
int tcp_mss_to_mtu(const sock* sk, int mss) {
  const inet_connection_sock* icsk = inet_csk(sk);
  const int ipHeader = icsk->icsk_af_ops->net_header_len + icsk->icsk_ext_hdr_len;
  return ipHeader + tcp_sk(sk)->tcp_header_len + mss;
}

// Where a search for a larger path MTU (RFC 4821) ends and begins: at what the peer can take, and at what passes.
static void setSearchRange(const sock* sk, int passes) {
  const inet_connection_sock* icsk = inet_csk(sk);
  const int headers = int(sizeof(tcphdr)) + icsk->icsk_af_ops->net_header_len;
  set(icsk->icsk_mtup.search_high, tcp_sk(sk)->rx_opt.mss_clamp + headers);
  set(icsk->icsk_mtup.search_low, tcp_mss_to_mtu(sk, passes));
}

void tcp_mtup_init(const sock* sk) {
  KFUNC(tcp_mtup_init, sk);
  const inet_connection_sock* icsk = inet_csk(sk);
  const netns_ipv4* settings = &sock_net(sk)->ipv4;
  const bool always = settings->sysctl_tcp_mtu_probing > 1; // 1: only when segments vanish, see tcp_mtu_probing()
  set(icsk, mtupEnabled, always);
  setSearchRange(sk, settings->sysctl_tcp_base_mss);
  setMtuProbeSize(icsk, 0);
  if (always) set(icsk->icsk_mtup.probe_timestamp, tcp_jiffies32());
}

// The path carries packets of `pmtu` bytes: the segment size follows. Who searches for more stays with what has passed.
u32 tcp_sync_mss(const sock* sk, u32 pmtu) {
  KFUNC(tcp_sync_mss, sk, pmtu);
  const inet_connection_sock* icsk = inet_csk(sk);
  const auto& search = icsk->icsk_mtup;
  const int path = static_cast<int>(pmtu);
  if (path < search.search_high) set(search.search_high, pmtu);
  const int fits = tcp_bound_to_half_wnd(tcp_sk(sk), tcp_mtu_to_mss(sk, path));
  set(icsk->icsk_pmtu_cookie, pmtu);
  const int proven = search.enabled ? tcp_mtu_to_mss(sk, search.search_low) : fits;
  const int segment = std::min(fits, proven);
  set(tcp_sk(sk)->mss_cache, segment);
  return call.result(static_cast<u32>(segment));
}

// The segment size right now: less if this segment will carry SACK blocks.
u32 tcp_current_mss(const sock* sk) {
  KFUNC(tcp_current_mss, sk);
  const tcp_sock* tp = tcp_sk(sk);
  const dst_entry* dst = __sk_dst_get(sk);
  const u32 known = inet_csk(sk)->icsk_pmtu_cookie, path = dst ? dst_mtu(dst) : known;
  const u32 usual = path == known ? u32(tp->mss_cache) : tcp_sync_mss(sk, path);
  OnStack<tcp_out_options> options;
  const u32 header = u32(sizeof(tcphdr)) + tcp_established_options(sk, nullptr, options);
  return call.result(usual - (header - tp->tcp_header_len));
}

// ---- path MTU probing: one segment larger than what is known to pass
// Time to begin anew, after ten minutes: routes change.
static void tcp_mtu_check_reprobe(const sock* sk) {
  const inet_connection_sock* icsk = inet_csk(sk);
  const s32 since = static_cast<s32>(tcp_jiffies32() - icsk->icsk_mtup.probe_timestamp);
  const s32 pause = static_cast<s32>(sock_net(sk)->ipv4.sysctl_tcp_probe_interval * HZ());
  if (since < pause) return;
  const int passes = static_cast<int>(tcp_current_mss(sk));
  setMtuProbeSize(icsk, 0);
  setSearchRange(sk, passes);
  set(icsk->icsk_mtup.probe_timestamp, tcp_jiffies32());
}

// A probe is made of several buffers of the queue; each must allow to be joined with the next.
static bool tcp_can_coalesce_send_queue_head(const sock* sk, int len) {
  int missing = len;
  const sk_buff* skb = tcp_send_head(sk);
  while (skb != queueHead(&sk->sk_write_queue) && missing > static_cast<int>(skb->len)) {
    const bool joins = !TCP_SKB_CB(skb)->txstamp_ack && tcp_skb_can_collapse(skb, skb->next);
    if (!joins) return false;
    missing -= static_cast<int>(skb->len);
    skb = skb->next;
  }
  return true;
}

// Collects `size` bytes from the head of the write queue in `nskb`, which stands before them.
static void gatherProbe(const sock* sk, const sk_buff* nskb, const sk_buff* skb, u32 size, u32 mss_now) {
  const tcp_skb_cb* cb = TCP_SKB_CB(nskb);
  for (u32 len = 0; len < size && skb != queueHead(&sk->sk_write_queue);) {
    const sk_buff* next = skb->next;
    const u32 take = std::min<u32>(skb->len, size - len);
    std::vector<u8> bytes(take);
    skb_copy_bits(skb, 0, bytes.data(), static_cast<int>(take));
    const u8* room = skb_put(nskb, take);
    setBytes(room, bytes.data(), take);
    if (skb->len <= take) {
      set(cb->tcp_flags, cb->tcp_flags | TCP_SKB_CB(skb)->tcp_flags);
      set(cb, tcp_skb_cb::bit::eor, TCP_SKB_CB(skb)->eor);
      tcp_skb_collapse_tstamp(nskb, skb);
      tcp_unlink_write_queue(skb, sk);
      tcp_wmem_free_skb(sk, skb);
    } else {
      set(cb->tcp_flags, cb->tcp_flags | (TCP_SKB_CB(skb)->tcp_flags & ~(TCPHDR_FIN | TCPHDR_PSH)));
      __pskb_trim_head(skb, take);
      tcp_set_skb_tso_segs(skb, mss_now);
      add(TCP_SKB_CB(skb)->seq, take);
    }
    len += take;
    skb = next;
  }
}

// An empty buffer with the sequence range of the probe, before everything that waits. nullptr: no memory.
static const sk_buff* placeProbe(const sock* sk, const sk_buff* head, u32 size) {
  const sk_buff* probe = tcp_stream_alloc_skb(sk, static_cast<int>(size), GFP_ATOMIC, false);
  if (!probe) return nullptr;
  sk_wmem_queued_add(sk, static_cast<int>(probe->truesize));
  sk_mem_charge(sk, static_cast<int>(probe->truesize));
  const tcp_skb_cb* cb = TCP_SKB_CB(probe);
  set(cb->seq, TCP_SKB_CB(head)->seq);
  set(cb->end_seq, cb->seq + size);
  set(cb->tcp_flags, TCPHDR_ACK);
  set(probe, sk_buff::bit::ip_summed, CHECKSUM_PARTIAL);
  tcp_insert_write_queue_before(probe, head, sk);
  tcp_highest_sack_replace(sk, head, probe);
  return probe;
}

static int sendProbe(const sock* sk, u32 size, u32 mss_now) {
  const tcp_sock* tp = tcp_sk(sk);
  const sk_buff* head = tcp_send_head(sk);
  const sk_buff* probe = placeProbe(sk, head, size);
  if (!probe) return -1;
  gatherProbe(sk, probe, head, size, mss_now);
  tcp_init_tso_segs(probe, probe->len);
  if (tcp_transmit_skb(sk, probe, 1, GFP_ATOMIC)) return -1;
  tcp_snd_cwnd_set(tp, tp->snd_cwnd - 1); // its loss is not to be taken for congestion, so it is paid for in advance
  tcp_event_new_data_sent(sk, probe);
  setMtuProbeSize(inet_csk(sk), static_cast<u32>(tcp_mss_to_mtu(sk, static_cast<int>(probe->len))));
  set(tp->mtu_probe.probe_seq_start, TCP_SKB_CB(probe)->seq);
  set(tp->mtu_probe.probe_seq_end, TCP_SKB_CB(probe)->end_seq);
  NOTE("tcp.mtu_probe", sk, size);
  return 1;
}

// Only a connection without trouble probes, and one at a time: a lost probe must not be taken for congestion.
static bool mayProbe(const sock* sk) {
  const tcp_sock* tp = tcp_sk(sk);
  const inet_connection_sock* icsk = inet_csk(sk);
  const bool idle = icsk->icsk_mtup.enabled && !icsk->icsk_mtup.probe_size;
  const bool calm = icsk->icsk_ca_state == TCP_CA_Open && !tp->rx_opt.num_sacks && !tp->rx_opt.dsack;
  return idle && calm && tp->snd_cwnd >= 11;
}

// 1: there is data and room for the probe, and for enough segments behind it that its loss would be seen soon;
// 0: room will come if nothing else is sent; -1: not now.
static int roomForProbe(const sock* sk, int size) {
  const tcp_sock* tp = tcp_sk(sk);
  const u64 needed = static_cast<u64>(size) + (tp->reordering + 1) * u64(tp->mss_cache);
  if (tp->write_seq - tp->snd_nxt < needed || tp->snd_wnd < needed) return -1;
  if (after(tp->snd_nxt + static_cast<u32>(needed), tcp_wnd_end(tp))) return 0;
  const u32 inFlight = tcp_packets_in_flight(tp);
  if (inFlight + 2 > tp->snd_cwnd) return inFlight ? 0 : -1;
  return tcp_can_coalesce_send_queue_head(sk, size) ? 1 : -1;
}

// 1: a probe went; 0: one should go but must wait for window, send nothing else; -1: no probe now.
int tcp_mtu_probe(const sock* sk) {
  if (!mayProbe(sk)) return -1;
  const auto& search = inet_csk(sk)->icsk_mtup;
  const u32 usual = tcp_current_mss(sk);
  const int high = search.search_high, low = search.search_low;
  const int size = tcp_mtu_to_mss(sk, (high + low) >> 1); // bisection
  const bool foundIt = size > tcp_mtu_to_mss(sk, high) || high - low < sock_net(sk)->ipv4.sysctl_tcp_probe_threshold;
  if (foundIt) {
    tcp_mtu_check_reprobe(sk);
    return -1;
  }
  const int room = roomForProbe(sk, size);
  return room > 0 ? sendProbe(sk, static_cast<u32>(size), usual) : room;
}

} // namespace sockwalk::kernel
