#include "engine/kernel/include/net/inet_common.h"
#include "engine/kernel/include/net/ip.h"
#include "engine/kernel/include/net/protocol.h"
#include "engine/kernel/include/net/tcp.h"
#include "engine/kernel/net/ipv4/tcp_offload_internal.h"
// TCP's and IPv4's part in cutting up a large buffer, see net/core/gso.cpp.

namespace sockwalk::kernel {

// The segment's checksum: the device's work, of which only the pseudo header is summed, or done here.
static void finishChecksum(const sk_buff* seg, u16 pseudo) {
  const tcphdr* th = tcp_hdr(seg);
  set(th->check, pseudo);
  if (seg->ip_summed == CHECKSUM_PARTIAL) return;
  const int offset = skb_transport_offset(seg);
  set(th->check, csum_fold(skb_checksum(seg, offset, static_cast<int>(seg->len) - offset, 0)));
}

// The segments are the socket's now; the last takes the place of the large buffer in its account.
static void passOwnership(const sk_buff* gso_skb, const sk_buff* segs) {
  const sock* sk = gso_skb->sk;
  u32 sum_truesize = 0;
  for (const sk_buff* seg = segs; seg; seg = seg->next) {
    set(seg->destructor, gso_skb->destructor);
    set(seg->sk, sk);
    sum_truesize += seg->truesize;
  }
  set(gso_skb->destructor, nullptr);
  set(gso_skb->sk, nullptr);
  add(sk->sk_wmem_alloc.refs.counter, static_cast<s32>(sum_truesize - gso_skb->truesize));
}

// One buffer becomes a row of segments. Each has a copy of the header, and differs in the sequence number, the checksum
// and the flags: CWR belongs to the first, FIN and PSH to the last.
static void numberSegments(const sk_buff* row, u32 mss, u32 oldLength, u32 headerSize) {
  const u16 check = tcp_hdr(row)->check, fullCheck = pseudoFor(check, htonl(oldLength + headerSize + mss));
  u32 position = ntohl(tcp_hdr(row)->seq);
  for (const sk_buff* segment = row; segment; segment = segment->next, position += mss) {
    const tcphdr* h = tcp_hdr(segment);
    if (segment != row) {
      set(h->seq, htonl(position));
      set(h, tcphdr::bit::cwr, 0);
    }
    if (segment->next) {
      set(h, tcphdr::bit::fin, 0);
      set(h, tcphdr::bit::psh, 0);
      finishChecksum(segment, fullCheck);
    } else { // the last may be shorter
      const u32 length = segment->len - static_cast<u32>(skb_transport_offset(segment));
      finishChecksum(segment, pseudoFor(check, htonl(oldLength + length)));
    }
  }
}

const sk_buff* tcp_gso_segment(const sk_buff* skb, u64 features) {
  KFUNC(tcp_gso_segment, skb, features);
  const u32 headerSize = tcp_hdr(skb)->doff * 4u, mss = skb_shinfo(skb)->gso_size;
  if (headerSize < sizeof(tcphdr) || !pskb_may_pull(skb, headerSize)) return call.result(ERR_PTR<sk_buff>(-EINVAL));
  const u32 oldLength = ~skb->len; // the complement, since it is what the checksum loses
  __skb_pull(skb, headerSize);
  if (skb->len <= mss) return call.result(ERR_PTR<sk_buff>(-EINVAL));
  if (skb_gso_ok(skb, features | SKB_GSO_DODGY << 16)) { // the device cuts; only the number of segments was wanted
    set(skb_shinfo(skb)->gso_segs, (skb->len + mss - 1) / mss);
    return call.result<const sk_buff*>(nullptr);
  }
  const bool charged = skb->destructor.value == fn<tcp_wfree>.address(), mayChangeQueue = skb->ooo_okay;
  set(skb, sk_buff::bit::ooo_okay, 0);
  const sk_buff* row = skb_segment(skb, features);
  if (IS_ERR(row)) return call.result(row);
  set(row, sk_buff::bit::ooo_okay, mayChangeQueue);
  numberSegments(row, mss, oldLength, headerSize);
  if (charged) passOwnership(skb, row);
  return call.result(row);
}

const sk_buff* tcp4_gso_segment(const sk_buff* skb, u64 features) {
  KFUNC(tcp4_gso_segment, skb, features);
  if (!(skb_shinfo(skb)->gso_type & SKB_GSO_TCPV4) || !pskb_may_pull(skb, sizeof(tcphdr)))
    return call.result(ERR_PTR<sk_buff>(-EINVAL));
  if (skb->ip_summed != CHECKSUM_PARTIAL) { // it was received and joined: as if it came from a socket
    set(tcp_hdr(skb)->check, 0);
    set(skb, sk_buff::bit::ip_summed, CHECKSUM_PARTIAL);
    __tcp_v4_send_check(skb, ip_hdr(skb)->saddr, ip_hdr(skb)->daddr);
  }
  return call.result(tcp_gso_segment(skb, features));
}

// Each segment gets an IP header of its own, with identifiers that count up.
static void finishIpHeaders(const sk_buff* row, u32 at, u16 firstId) {
  u16 id = firstId;
  for (const sk_buff* segment = row; segment; segment = segment->next) {
    const auto* h = reinterpret_cast<const iphdr*>(skb_mac_header(segment) + at);
    set(h->id, htons(id++));
    set(h->tot_len, htons(static_cast<u16>(segment->len - at)));
    ip_send_check(h);
    set(segment->network_header, segment->mac_header + at);
    skb_reset_mac_len(segment);
  }
}

const sk_buff* inet_gso_segment(const sk_buff* skb, u64 features) {
  KFUNC(inet_gso_segment, skb, features);
  const sk_buff* invalid = ERR_PTR<sk_buff>(-EINVAL);
  skb_reset_network_header(skb);
  const u32 at = static_cast<u32>(skb_network_header(skb) - skb_mac_header(skb));
  if (!pskb_may_pull(skb, sizeof(iphdr))) return call.result(invalid);
  const u32 headerSize = ip_hdr(skb)->ihl * 4u;
  const u16 firstId = ntohs(ip_hdr(skb)->id);
  if (headerSize < sizeof(iphdr) || !pskb_may_pull(skb, headerSize)) return call.result(invalid);
  const net_offload* above = inet_offloads[ip_hdr(skb)->protocol];
  __skb_pull(skb, headerSize);
  skb_reset_transport_header(skb);
  if (!above || !above->callbacks.gso_segment) return call.result(ERR_PTR<sk_buff>(-EPROTONOSUPPORT));
  const sk_buff* row = above->callbacks.gso_segment(skb, features);
  if (!row) set(skb->network_header, skb->mac_header + at); // left whole
  else if (!IS_ERR(row)) finishIpHeaders(row, at, firstId);
  return call.result(row);
}

} // namespace sockwalk::kernel
