// UDP's part in cutting up a large buffer, see net/core/gso.cpp: each piece is a datagram of its own, with its length.
#include "engine/kernel/include/net/udp.h"
#include "engine/kernel/net/ipv4/udp_offload_internal.h"

namespace sockwalk::kernel {

// The piece's length and checksum, from those of the whole.
static void finishHeader(const sk_buff* seg, u16 oldlen, u16 oldcheck) {
  const udphdr* uh = udp_hdr(seg);
  const int offset = skb_transport_offset(seg), len = static_cast<int>(seg->len) - offset;
  const u16 newlen = htons(static_cast<u16>(len));
  set(uh->len, newlen);
  set(uh->check, pseudoFor(oldcheck, csum_add(static_cast<u16>(~oldlen), newlen)));
  if (seg->ip_summed == CHECKSUM_PARTIAL) return; // the device does the rest
  const u16 check = csum_fold(skb_checksum(seg, offset, len, 0));
  set(uh->check, check ? check : CSUM_MANGLED_0);
}

// skb_segment() would give the owner to the last piece alone: here every piece is the socket's.
static void shareOwner(const sock* sk, const sk_buff* gso_skb, const sk_buff* segs) {
  u32 sum_truesize = 0;
  for (const sk_buff* seg = segs; seg; seg = seg->next) {
    set(seg->destructor, fn<sock_wfree>);
    set(seg->sk, sk);
    sum_truesize += seg->truesize;
  }
  add(sk->sk_wmem_alloc.refs.counter, static_cast<s32>(sum_truesize - gso_skb->truesize));
}

static const sk_buff* __udp_gso_segment(const sk_buff* gso_skb, u64 features, bool is_ipv6) {
  KFUNC(__udp_gso_segment, gso_skb, features, is_ipv6);
  const sock* sk = gso_skb->sk;
  const u32 each = skb_shinfo(gso_skb)->gso_size;
  if (gso_skb->len <= sizeof(udphdr) + each || gso_skb->csum_start != gso_skb->transport_header)
    return call.result(ERR_PTR<sk_buff>(-EINVAL));
  if (skb_gso_ok(gso_skb, features | SKB_GSO_DODGY << 16)) { // the device cuts; only the number of pieces was wanted
    set(skb_shinfo(gso_skb)->gso_segs, (gso_skb->len - u32(sizeof(udphdr)) + each - 1) / each);
    return call.result<const sk_buff*>(nullptr);
  }
  const u16 oldlen = udp_hdr(gso_skb)->len, oldcheck = udp_hdr(gso_skb)->check;
  skb_pull(gso_skb, sizeof(udphdr));
  const bool owned = gso_skb->destructor.value == fn<sock_wfree>.address();
  if (owned) {
    set(gso_skb->destructor, nullptr);
    set(gso_skb->sk, nullptr);
  }
  const sk_buff* pieces = skb_segment(gso_skb, features);
  if (!pieces || IS_ERR(pieces)) {
    if (owned) {
      set(gso_skb->destructor, fn<sock_wfree>);
      set(gso_skb->sk, sk);
    }
    return call.result(pieces);
  }
  set(skb_shinfo(pieces)->tskey, skb_shinfo(gso_skb)->tskey);
  for (const sk_buff* seg = pieces; seg; seg = seg->next) finishHeader(seg, oldlen, oldcheck);
  if (owned) shareOwner(sk, gso_skb, pieces);
  return call.result(pieces);
}

const sk_buff* udp4_ufo_fragment(const sk_buff* skb, u64 features) {
  KFUNC(udp4_ufo_fragment, skb, features);
  SIMPLIFIED("no tunnels, no fragments of one datagram (UFO)");
  if (!(skb_shinfo(skb)->gso_type & SKB_GSO_UDP_L4) || !pskb_may_pull(skb, sizeof(udphdr)))
    return call.result(ERR_PTR<sk_buff>(-EINVAL));
  return call.result(__udp_gso_segment(skb, features, false));
}

} // namespace sockwalk::kernel
