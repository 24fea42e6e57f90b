// TCP's and IPv4's part in cutting up a large buffer, see net/core/gso.cpp.
#include "engine/kernel/include/linux/gso.h"
#include "engine/kernel/include/net/ip_receive.h"
#include "engine/kernel/include/net/tcp_output.h"
#include "engine/kernel/net/ipv4/gso_internal.h"

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

const sk_buff* tcp_gso_segment(const sk_buff* skb, u64 features) {
  KFUNC(tcp_gso_segment, skb, features);
  const tcphdr* th = tcp_hdr(skb);
  const u32 thlen = th->doff * 4u, mss = skb_shinfo(skb)->gso_size;
  if (thlen < sizeof(tcphdr) || !pskb_may_pull(skb, thlen)) return call.result(ERR_PTR<sk_buff>(-EINVAL));
  const u32 oldlen = ~skb->len;
  __skb_pull(skb, thlen);
  if (skb->len <= mss) return call.result(ERR_PTR<sk_buff>(-EINVAL));
  if (skb_gso_ok(skb, features | SKB_GSO_DODGY << 16)) { // the device cuts; only the number of segments was wanted
    set(skb_shinfo(skb)->gso_segs, (skb->len + mss - 1) / mss);
    return call.result<const sk_buff*>(nullptr);
  }
  const bool copy_destructor = skb->destructor.value == fn<tcp_wfree>.address(), ooo_okay = skb->ooo_okay;
  set(skb, sk_buff::bit::ooo_okay, 0);
  const sk_buff* segs = skb_segment(skb, features);
  if (IS_ERR(segs)) return call.result(segs);
  set(segs, sk_buff::bit::ooo_okay, ooo_okay);
  u32 seq = ntohl(tcp_hdr(segs)->seq);
  const u16 check = tcp_hdr(segs)->check, newcheck = pseudoFor(check, htonl(oldlen + thlen + mss));
  for (const sk_buff* seg = segs; seg; seg = seg->next) {
    const tcphdr* h = tcp_hdr(seg);
    if (seg != segs) {
      set(h->seq, htonl(seq));
      set(h, tcphdr::bit::cwr, 0);
    }
    if (seg->next) {
      set(h, tcphdr::bit::fin, 0);
      set(h, tcphdr::bit::psh, 0);
      finishChecksum(seg, newcheck);
    } else {
      finishChecksum(seg, pseudoFor(check, htonl(oldlen + seg->len - static_cast<u32>(skb_transport_offset(seg)))));
    }
    seq += mss;
  }
  if (copy_destructor) passOwnership(skb, segs);
  return call.result(segs);
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

const sk_buff* inet_gso_segment(const sk_buff* skb, u64 features) {
  KFUNC(inet_gso_segment, skb, features);
  skb_reset_network_header(skb);
  const u32 nhoff = static_cast<u32>(skb_network_header(skb) - skb_mac_header(skb));
  if (!pskb_may_pull(skb, sizeof(iphdr))) return call.result(ERR_PTR<sk_buff>(-EINVAL));
  const iphdr* iph = ip_hdr(skb);
  const u32 ihl = iph->ihl * 4u;
  u16 id = ntohs(iph->id);
  if (ihl < sizeof(iphdr) || !pskb_may_pull(skb, ihl)) return call.result(ERR_PTR<sk_buff>(-EINVAL));
  const net_offload* ops = inet_offloads[ip_hdr(skb)->protocol];
  __skb_pull(skb, ihl);
  skb_reset_transport_header(skb);
  if (!ops || !ops->callbacks.gso_segment) return call.result(ERR_PTR<sk_buff>(-EPROTONOSUPPORT));
  const sk_buff* segs = ops->callbacks.gso_segment(skb, features);
  if (!segs) set(skb->network_header, skb->mac_header + nhoff);
  if (!segs || IS_ERR(segs)) return call.result(segs);
  for (const sk_buff* seg = segs; seg; seg = seg->next) {
    const auto* h = reinterpret_cast<const iphdr*>(skb_mac_header(seg) + nhoff);
    set(h->id, htons(id++));
    set(h->tot_len, htons(static_cast<u16>(seg->len - nhoff)));
    ip_send_check(h);
    set(seg->network_header, seg->mac_header + nhoff);
    skb_reset_mac_len(seg);
  }
  return call.result(segs);
}

} // namespace sockwalk::kernel
