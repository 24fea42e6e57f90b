// A packet that is too big for the route leaves in fragments (RFC 791). If it was built as a list of buffers that fit,
// each gets a header of its own; else its bytes are copied into new ones.
#include "engine/kernel/include/linux/netfilter/nf_conntrack_common.h"
#include "engine/kernel/net/ipv4/ip_output_internal.h"

namespace sockwalk::kernel {

namespace {
struct ip_fraglist_iter {
  const sk_buff* frag;
  const iphdr* iph;
  u32 offset, hlen;
};
using output_t = int (*)(const net*, const sock*, const sk_buff*);

u32 skb_pagelen(const sk_buff* skb) {
  u32 len = skb_headlen(skb);
  for (u32 i = 0; i < skb_shinfo(skb)->nr_frags; ++i) len += skb_frag_size(&skb_shinfo(skb)->frags[i]);
  return len;
}
} // namespace

static void ip_copy_metadata(const sk_buff* to, const sk_buff* from) {
  KFUNC(ip_copy_metadata, to, from);
  set(to, sk_buff::bit::pkt_type, from->pkt_type);
  set(to->priority, from->priority);
  set(to->protocol, from->protocol);
  set(to->skb_iif, from->skb_iif);
  skb_dst_drop(to);
  set(to->_skb_refdst, from->_skb_refdst);
  if (skb_dst(from) && !skb_dst_is_noref(from)) dst_hold(skb_dst(from));
  set(to->dev, from->dev);
  set(to->mark, from->mark);
  set(to->hash, from->hash);
  if (!from->_nfct) return;
  set(to->_nfct, from->_nfct); // a piece is of the same connection
  nf_conntrack_get(skb_nfct(from));
}

// The first buffer becomes a fragment by itself: its header counts only what lies in it, and more follows.
static void ip_fraglist_init(const sk_buff* skb, const iphdr* iph, u32 hlen, ip_fraglist_iter& iter) {
  KFUNC(ip_fraglist_init, skb, iph, hlen);
  const skb_shared_info* shared = skb_shinfo(skb);
  const u32 inPages = skb_pagelen(skb) - skb_headlen(skb), own = skb_headlen(skb) + inPages;
  iter = {shared->frag_list, iph, 0, hlen};
  set(shared->frag_list, nullptr);
  set(skb->data_len, inPages);
  set(skb->len, own);
  set(iph->tot_len, htons(static_cast<u16>(own)));
  set(iph->frag_off, htons(IP_MF));
  ip_send_check(iph);
}

// Writes the next fragment's header, from the one before it, while that is still here.
static void ip_fraglist_prepare(const sk_buff* skb, ip_fraglist_iter& iter) {
  KFUNC(ip_fraglist_prepare, skb);
  const sk_buff* next = iter.frag;
  mark(BufferMark::Fragment, next, skb);
  set(next, sk_buff::bit::ip_summed, CHECKSUM_NONE);
  skb_reset_transport_header(next);
  __skb_push(next, iter.hlen);
  skb_reset_network_header(next);
  u8 header[60];
  std::memcpy(header, iter.iph, iter.hlen);
  setBytes(skb_network_header(next), header, iter.hlen);
  iter.iph = ip_hdr(next);
  set(iter.iph->tot_len, htons(static_cast<u16>(next->len)));
  ip_copy_metadata(next, skb);
  iter.offset += skb->len - iter.hlen;
  set(iter.iph->frag_off, htons(static_cast<u16>(iter.offset >> 3 | (next->next ? IP_MF : 0))));
  ip_send_check(iter.iph);
}

// A piece is right if it fits and, when others follow, ends where the next offset can be told: on eight bytes.
static bool pieceFits(u32 len, bool last, u32 mtu) { return len <= mtu && (last || len % 8 == 0); }

// Could the list go out as it is? Every buffer fits, has room for the headers, and is nobody else's.
static bool listFits(const sk_buff* skb, u32 hlen, u32 mtu, u32 ll_rs) {
  const bool isPieceItself = ip_hdr(skb)->frag_off & htons(IP_MF | IP_OFFSET);
  if (isPieceItself || !pieceFits(skb_pagelen(skb) - hlen, false, mtu)) return false;
  if (skb_headroom(skb) < ll_rs || skb_cloned(skb)) return false;
  for (const sk_buff* part = skb_shinfo(skb)->frag_list; part; part = part->next) {
    const bool roomForHeaders = skb_headroom(part) >= hlen + ll_rs;
    if (!roomForHeaders || skb_shared(part) || !pieceFits(part->len, !part->next, mtu)) return false;
  }
  return true;
}

// Options that only the first fragment keeps: the second still got them, the others come from the second.
static void dropOptions(const sk_buff* skb, const ip_fraglist_iter& iter) {
  set(IPCB(iter.frag)->opt.optlen, IPCB(skb)->opt.optlen);
  ip_options_fragment(iter.frag);
  ip_send_check(iter.iph);
}
static int sendList(const net* net, const sock* sk, const sk_buff* skb, u32 hlen, output_t output) {
  for (const sk_buff* frag = skb_shinfo(skb)->frag_list; frag; frag = frag->next) {
    if (skb->sk) {
      set(frag->sk, skb->sk);
      set(frag->destructor, fn<sock_wfree>);
    }
    sub(skb->truesize, frag->truesize);
  }
  ip_fraglist_iter iter;
  ip_fraglist_init(skb, ip_hdr(skb), hlen, iter);
  int err = 0;
  for (;;) {
    if (iter.frag) {
      const bool first = iter.offset == 0;
      set(IPCB(iter.frag)->flags, IPCB(skb)->flags);
      ip_fraglist_prepare(skb, iter);
      if (first && IPCB(skb)->opt.optlen) dropOptions(skb, iter);
    }
    err = output(net, sk, skb);
    if (err || !iter.frag) break;
    skb = iter.frag;
    iter.frag = skb->next;
    skb_mark_not_on_list(skb);
  }
  if (err) kfree_skb_list(iter.frag);
  return err;
}

namespace {
struct ip_frag_state {
  bool df;
  u32 hlen, ll_rs, mtu, left, offset, ptr;
  u16 not_last_frag;
};
} // namespace

static void ip_frag_init(const sk_buff* skb, u32 hlen, u32 ll_rs, u32 mtu, bool df, ip_frag_state& s) {
  const u16 off = ntohs(ip_hdr(skb)->frag_off);
  s = {df, hlen, ll_rs, mtu, skb->len - hlen, u32(off & IP_OFFSET) << 3, hlen, u16(off & IP_MF)};
}

// As much as fits; of all fragments but the last a multiple of eight, which is how offsets are counted.
static u32 nextLength(const ip_frag_state& s) { return s.left <= s.mtu ? s.left : s.mtu & ~7u; }

// A buffer for a fragment, with the network and transport header where they will stand.
static const sk_buff* emptyPiece(const sk_buff* skb, u32 len, const ip_frag_state& s) {
  const sk_buff* piece = alloc_skb(len + s.hlen + s.ll_rs, GFP_ATOMIC);
  if (!piece) return nullptr;
  ip_copy_metadata(piece, skb);
  skb_reserve(piece, s.ll_rs);
  skb_put(piece, len + s.hlen);
  skb_reset_network_header(piece);
  set(piece->transport_header, piece->network_header + s.hlen);
  if (skb->sk) skb_set_owner_w(piece, skb->sk);
  return piece;
}

static const sk_buff* ip_frag_next(const sk_buff* skb, ip_frag_state& s) {
  KFUNC(ip_frag_next, skb);
  const u32 len = nextLength(s);
  const sk_buff* piece = emptyPiece(skb, len, s);
  if (!piece) return call.result(piece);
  mark(BufferMark::Fragment, piece, skb);
  std::vector<u8> bytes(len + s.hlen); // the header as it is, then this fragment's part
  std::memcpy(bytes.data(), skb->data, s.hlen);
  skb_copy_bits(skb, s.ptr, bytes.data() + s.hlen, len);
  setBytes(skb_network_header(piece), bytes.data(), len + s.hlen);
  const u32 place = s.offset >> 3;
  s.left -= len;
  s.ptr += len;
  s.offset += len;
  const bool more = s.left > 0 || s.not_last_frag;
  const iphdr* iph = ip_hdr(piece);
  set(iph->frag_off, htons(static_cast<u16>(place | (s.df ? IP_DF : 0) | (more ? IP_MF : 0))));
  set(iph->tot_len, htons(static_cast<u16>(len + s.hlen)));
  ip_send_check(iph);
  return call.result(piece);
}

int ip_do_fragment(const net* net, const sock* sk, const sk_buff* skb, output_t output) {
  KFUNC(ip_do_fragment, net, sk, skb);
  int err = skb->ip_summed == CHECKSUM_PARTIAL ? skb_checksum_help(skb) : 0;
  const dst_entry* dst = skb_dst(skb);
  const u32 hlen = ip_hdr_length(ip_hdr(skb)), ll_rs = LL_RESERVED_SPACE(dst->dev);
  u32 room = dst_metric_raw(dst, RTAX_MTU) ? dst_metric_raw(dst, RTAX_MTU) : u32(dst->dev->mtu);
  if (IPCB(skb)->frag_max_size && IPCB(skb)->frag_max_size < room) room = IPCB(skb)->frag_max_size;
  if (!err && room < hlen + 8) err = -EMSGSIZE;
  if (err) return kfree_skb(skb), call.result(err);
  room -= hlen;
  set(IPCB(skb)->flags, IPCB(skb)->flags | IPSKB_FRAG_COMPLETE);
  if (skb_has_frag_list(skb) && listFits(skb, hlen, room, ll_rs))
    return call.result(sendList(net, sk, skb, hlen, output));
  ip_frag_state cut;
  ip_frag_init(skb, hlen, ll_rs, room, IPCB(skb)->flags & IPSKB_FRAG_PMTU, cut);
  while (cut.left > 0) {
    const bool first = cut.offset == 0;
    const sk_buff* piece = ip_frag_next(skb, cut);
    if (!piece) err = -ENOMEM;
    if (!err) {
      set(IPCB(piece)->flags, IPCB(skb)->flags);
      if (first) ip_options_fragment(skb); // what follows is made from this header
      err = output(net, sk, piece);
    }
    if (err) return kfree_skb(skb), call.result(err);
  }
  consume_skb(skb);
  return call.result(0);
}

} // namespace sockwalk::kernel
