// Cutting a large buffer into segments. Each layer takes its header off, lets the one above cut, and corrects its
// header in every segment: length and identifier in IP, sequence number and checksum in TCP.
#include "engine/kernel/include/linux/netdevice.h"
#include "engine/kernel/include/net/sock.h"
#include "engine/kernel/net/core/skbuff_internal.h"

namespace sockwalk::kernel {

// ---- how long will the segments be?
static u32 transportHeader(const sk_buff* skb) { // of each segment
  const u32 kind = skb_shinfo(skb)->gso_type;
  if (kind & SKB_GSO_TCPV4) return tcp_hdr(skb)->doff * 4u;
  return kind & SKB_GSO_UDP_L4 ? sizeof(udphdr) : 0;
}
static u32 skb_gso_transport_seglen(const sk_buff* skb) { // with TCP's or UDP's header
  KFUNC(skb_gso_transport_seglen, skb);
  return call.result(skb_shinfo(skb)->gso_size + transportHeader(skb));
}
bool skb_gso_validate_network_len(const sk_buff* skb, u32 mtu) {
  KFUNC(skb_gso_validate_network_len, skb, mtu);
  return call.result(skb_network_header_len(skb) + skb_gso_transport_seglen(skb) <= mtu);
}

// ---- skb_segment: the bytes. Page fragments are shared between the old buffer and the new ones.
namespace {
// The payload of a buffer as a row of pieces: its linear part, its fragments, and those of the buffers on its list.
struct Piece {
  const u8* linear; // or nullptr: in a page
  const bio_vec* frag;
  u32 size;
};
std::vector<Piece> payloadOf(const sk_buff* skb, u32 offset) {
  std::vector<Piece> pieces;
  const auto addAll = [&](const sk_buff* s, u32 skip) {
    if (skb_headlen(s) > skip) pieces.push_back({s->data + skip, nullptr, skb_headlen(s) - skip});
    for (int i = 0; i < skb_shinfo(s)->nr_frags; ++i)
      pieces.push_back({nullptr, &skb_shinfo(s)->frags[i], skb_frag_size(&skb_shinfo(s)->frags[i])});
  };
  addAll(skb, offset);
  for (const sk_buff* part = skb_shinfo(skb)->frag_list; part; part = part->next) addAll(part, 0);
  return pieces;
}
struct Cutter {
  std::vector<Piece> pieces;
  size_t at = 0;
  u32 used = 0;                    // of pieces[at]
  u32 linearAhead(u32 len) const { // bytes that would have to be copied
    u32 n = 0;
    for (size_t i = at; i < pieces.size() && len; ++i) {
      const u32 take = std::min(pieces[i].size - (i == at ? used : 0), len);
      if (pieces[i].linear) n += take;
      len -= take;
    }
    return n;
  }
  // Calls give(piece, offset in it, bytes) for the next `len` bytes.
  template <class Give> void take(u32 len, Give give) {
    while (len) {
      const u32 n = std::min(pieces[at].size - used, len);
      give(pieces[at], used, n);
      used += n;
      len -= n;
      if (used == pieces[at].size) ++at, used = 0;
    }
  }
};
} // namespace

// One segment: the headers copied, then `len` bytes, by reference if the device gathers (sg).
static const sk_buff* oneSegment(const sk_buff* head_skb, Cutter& cutter, u32 doffset, u32 len, bool sg) {
  const u32 headroom = skb_headroom(head_skb), copied = sg ? cutter.linearAhead(len) : len;
  const sk_buff* nskb = __alloc_skb(copied + doffset + headroom, GFP_ATOMIC, 0);
  if (!nskb) return nskb;
  skb_reserve(nskb, static_cast<int>(headroom));
  add(nskb->tail, doffset); // __skb_put
  add(nskb->len, doffset);
  __copy_skb_header(nskb, head_skb);
  skb_headers_offset_update(nskb, static_cast<int>(skb_headroom(nskb)) - static_cast<int>(headroom));
  skb_reset_mac_len(nskb);
  setBytes(nskb->data, head_skb->data, doffset);
  const skb_shared_info* shinfo = skb_shinfo(nskb);
  set(shinfo->flags, shinfo->flags | (skb_shinfo(head_skb)->flags & SKBFL_SHARED_FRAG));
  if (sg && skb_zerocopy_clone(nskb, head_skb, GFP_ATOMIC)) {
    kfree_skb(nskb);
    return nullptr;
  }
  cutter.take(len, [&](const Piece& p, u32 offset, u32 n) {
    if (sg && p.frag) {
      const int i = shinfo->nr_frags;
      skb_fill_page_desc(nskb, i, p.frag->bv_page, static_cast<int>(p.frag->bv_offset + offset), static_cast<int>(n));
      skb_frag_ref(nskb, i);
      return;
    }
    const u8* from = (p.linear ? p.linear : skb_frag_address(p.frag)) + offset;
    const u8* room = skb_tail_pointer(nskb);
    setBytes(room, from, n);
    add(nskb->tail, n);
    add(nskb->len, n);
  });
  const u32 paged = len - (nskb->len - doffset);
  set(nskb->data_len, paged);
  add(nskb->len, paged);
  add(nskb->truesize, paged);
  return nskb;
}

static void swapOwner(const sk_buff* tail, const sk_buff* head) {
  const u32 truesize = tail->truesize;
  set(tail->truesize, head->truesize);
  set(head->truesize, truesize);
  set(tail->destructor, head->destructor);
  set(tail->sk, head->sk);
  set(head->destructor, nullptr);
  set(head->sk, nullptr);
}

// `data` points behind the headers that every segment gets; the mac header is where they begin.
const sk_buff* skb_segment(const sk_buff* head_skb, u64 features) {
  KFUNC(skb_segment, head_skb, features);
  SIMPLIFIED("linear parts are copied always; no partial offload");
  const u32 perSegment = skb_shinfo(head_skb)->gso_size;
  const u32 headers = static_cast<u32>(head_skb->data - skb_mac_header(head_skb));
  __skb_push(head_skb, headers);
  const bool ipv4 = skb_network_protocol(head_skb, nullptr) == htons(0x0800);
  const bool gathers = features & NETIF_F_SG;
  const bool sums = features & NETIF_F_HW_CSUM || (ipv4 && features & NETIF_F_IP_CSUM);
  const sk_buff *first = nullptr, *last = nullptr;
  Cutter cutter{payloadOf(head_skb, headers)};
  for (u32 left = head_skb->len - headers, bytes; left; left -= bytes) {
    bytes = std::min(left, perSegment);
    const sk_buff* segment = oneSegment(head_skb, cutter, headers, bytes, gathers);
    if (!segment) {
      kfree_skb_list(first);
      return call.result(ERR_PTR<sk_buff>(-ENOMEM));
    }
    mark(BufferMark::Segment, segment, head_skb);
    if (!sums) set(segment, sk_buff::bit::ip_summed, CHECKSUM_NONE);
    first ? set(last->next, segment) : void(first = segment);
    last = segment;
  }
  set(first->prev, last); // so that validate_xmit_skb_list() finds the end
  if (head_skb->destructor.value == fn<sock_wfree>.address()) swapOwner(last, head_skb);
  return call.result(first);
}

// ---- the layers
static const packet_offload* cutterOf(u16 type) { // the network layer that this type names
  for (const packet_offload* layer : list_for_each_entry(packet_offload, list, offload_base))
    if (layer->type == type && layer->callbacks.gso_segment) return layer;
  return nullptr;
}
static const sk_buff* skb_mac_gso_segment(const sk_buff* skb, u64 features) {
  KFUNC(skb_mac_gso_segment, skb, features);
  const u16 protocol = skb_network_protocol(skb, nullptr);
  if (protocol == 0) return call.result(ERR_PTR<sk_buff>(-EINVAL));
  __skb_pull(skb, skb->mac_len); // the network layer finds its own header at the front ...
  const packet_offload* layer = cutterOf(protocol);
  const sk_buff* cut = layer ? layer->callbacks.gso_segment(skb, features) : ERR_PTR<sk_buff>(-EPROTONOSUPPORT);
  const auto linkHeader = static_cast<u32>(skb->data - skb_mac_header(skb));
  __skb_push(skb, linkHeader); // ... and the packet is left as it came
  return call.result(cut);
}

const sk_buff* __skb_gso_segment(const sk_buff* skb, u64 features, bool tx_path) {
  KFUNC(__skb_gso_segment, skb, features, tx_path);
  const bool summed = tx_path ? skb->ip_summed == CHECKSUM_PARTIAL || skb->ip_summed == CHECKSUM_UNNECESSARY
                              : skb->ip_summed != CHECKSUM_NONE;
  if (!summed) { // TCP's checksum field will be written
    if (const int err = skb_cow_head(skb, 0)) return call.result(ERR_PTR<sk_buff>(err));
  }
  skb_reset_mac_header(skb);
  skb_reset_mac_len(skb);
  NOTE("gso.segment", skb, skb->len, skb_shinfo(skb)->gso_size);
  return call.result(skb_mac_gso_segment(skb, features));
}

} // namespace sockwalk::kernel
