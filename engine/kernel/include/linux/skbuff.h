// struct sk_buff: one packet, on its way through all layers.
//
//        head            data                  tail              end
//         |  headroom     |   len - data_len    |    tailroom     | skb_shared_info
//
// The structure (232 bytes) only describes the packet. The bytes stand in the buffer at `head`; layers move `data` and
// `tail` instead of copying, and what does not fit stands in page fragments listed in the shared info at `end`.
// Clones share one buffer (`dataref`); holders of one sk_buff count in `users`; `truesize` is what all of it costs.
// Sizes are bytes. Offsets (tail, end, *_header) count from `head`. Source: include/linux/skbuff.h, net/core/skbuff.c.
#pragma once
#include "engine/kernel/include/linux/kernel.h"
#include "engine/kernel/include/linux/list.h"
#include "engine/kernel/include/linux/mm.h"
#include "engine/kernel/include/linux/rbtree.h"
#include "engine/kernel/include/net/checksum.h"
#include "engine/kernel/trace.h"
#include "engine/memory/constants/process.h"
#include "engine/memory/constants/skbuff.h"

namespace sockwalk::kernel {

constexpr u32 SKB_DATA_ALIGN(u32 n) { return (n + SMP_CACHE_BYTES - 1) & ~(SMP_CACHE_BYTES - 1); }
constexpr u32 SKB_WITH_OVERHEAD(u32 n) { return n - SKB_DATA_ALIGN(sizeof(skb_shared_info)); }
constexpr u32 SKB_HEAD_ALIGN(u32 n) { return SKB_DATA_ALIGN(n) + SKB_DATA_ALIGN(sizeof(skb_shared_info)); }
constexpr u32 SKB_TRUESIZE(u32 n) {
  return n + SKB_DATA_ALIGN(sizeof(sk_buff)) + SKB_DATA_ALIGN(sizeof(skb_shared_info));
}

// ---- birth. All give nullptr when there is no memory.
void skb_init();
const sk_buff* __alloc_skb(u32 size, u32 gfp_mask, int flags, int node = NUMA_NO_NODE);
const sk_buff* alloc_skb(u32 size, u32 priority);
const sk_buff* alloc_skb_fclone(u32 size, u32 priority);
const sk_buff* alloc_skb_with_frags(u64 header_len, u64 data_len, int max_page_order, const int* errcode, u32 gfp_mask);
const sk_buff* __netdev_alloc_skb(const net_device* dev, u32 len, u32 gfp_mask);
const sk_buff* netdev_alloc_skb(const net_device* dev, u32 length);
const sk_buff* dev_alloc_skb(u32 length);
const sk_buff* __napi_alloc_skb(const napi_struct* napi, u32 len, u32 gfp_mask);
const sk_buff* napi_alloc_skb(const napi_struct* napi, u32 length);
const sk_buff* build_skb(const void* data, u32 frag_size);
const sk_buff* napi_build_skb(const void* data, u32 frag_size);
const u8* netdev_alloc_frag(u32 fragsz);
void skb_free_frag(const void* address);

// ---- copies
const sk_buff* skb_clone(const sk_buff* skb, u32 gfp_mask);
const sk_buff* skb_copy(const sk_buff* skb, u32 gfp_mask);
const sk_buff* __pskb_copy_fclone(const sk_buff* skb, int headroom, u32 gfp_mask, bool fclone);
const sk_buff* skb_realloc_headroom(const sk_buff* skb, u32 headroom);
void skb_copy_header(const sk_buff* to, const sk_buff* old);
void skb_headers_offset_update(const sk_buff* skb, int off);
int pskb_expand_head(const sk_buff* skb, int nhead, int ntail, u32 gfp_mask); // 0 or -ENOMEM

// ---- end
void kfree_skb_reason(const sk_buff* skb, skb_drop_reason reason); // a packet is lost: say why
void kfree_skb(const sk_buff* skb);                                // ... for no reason that anybody gave
void kfree_skb_list_reason(const sk_buff* segs, skb_drop_reason reason);
inline void kfree_skb_list(const sk_buff* segs) { kfree_skb_list_reason(segs, SKB_DROP_REASON_NOT_SPECIFIED); }
void consume_skb(const sk_buff* skb);   // a packet did its duty
void dev_kfree_skb(const sk_buff* skb); // the same, as drivers call it
void __consume_stateless_skb(const sk_buff* skb);
void napi_consume_skb(const sk_buff* skb, int budget);
void __kfree_skb(const sk_buff* skb);
void __kfree_skb_defer(const sk_buff* skb);
void napi_skb_free_stolen_head(const sk_buff* skb);
void kfree_skb_partial(const sk_buff* skb, bool head_stolen);
void skb_release_head_state(const sk_buff* skb);
void skb_attempt_defer_free(const sk_buff* skb);
void skb_tx_error(const sk_buff* skb);

// ---- the bytes
const u8* skb_put(const sk_buff* skb, u32 len);  // gives the first new byte; past `end` it panics
const u8* skb_push(const sk_buff* skb, u32 len); // gives the new data; before `head` it panics
const u8* skb_pull(const sk_buff* skb, u32 len); // nullptr if the packet is shorter
void skb_trim(const sk_buff* skb, u32 len);
int ___pskb_trim(const sk_buff* skb, u32 len);
int pskb_trim_rcsum_slow(const sk_buff* skb, u32 len);
const u8* skb_pull_rcsum(const sk_buff* skb, u32 len);
const u8* __pskb_pull_tail(const sk_buff* skb, int delta);
int __skb_pad(const sk_buff* skb, int pad, bool free_on_error);
int skb_copy_bits(const sk_buff* skb, int offset, void* to, int len); // to host memory; 0 or -EFAULT
int skb_store_bits(const sk_buff* skb, int offset, const void* from, int len);
u32 __skb_checksum(const sk_buff* skb, int offset, int len, u32 csum);
u32 skb_checksum(const sk_buff* skb, int offset, int len, u32 csum);
u32 skb_copy_and_csum_bits(const sk_buff* skb, int offset, const u8* to, int len);
u16 __skb_checksum_complete(const sk_buff* skb); // 0: the packet's checksum is right
u16 __skb_checksum_complete_head(const sk_buff* skb, int len);
void skb_add_rx_frag(const sk_buff* skb, int i, const page* page, int off, int size, u32 truesize);
bool skb_try_coalesce(const sk_buff* to, const sk_buff* from, bool* fragstolen, int* delta_truesize);
void skb_condense(const sk_buff* skb);
int skb_shift(const sk_buff* tgt, const sk_buff* skb, int shiftlen);
int skb_ensure_writable(const sk_buff* skb, u32 write_len);

// ---- queues (struct sk_buff_head: a ring with a counter)
void skb_queue_tail(const sk_buff_head* list, const sk_buff* skb);
void skb_queue_head(const sk_buff_head* list, const sk_buff* skb);
const sk_buff* skb_dequeue(const sk_buff_head* list);
const sk_buff* skb_dequeue_tail(const sk_buff_head* list);
void skb_unlink(const sk_buff* skb, const sk_buff_head* list);
void skb_queue_purge(const sk_buff_head* list);

inline const sk_buff* queueHead(const sk_buff_head* list) { return reinterpret_cast<const sk_buff*>(list); }
inline void __skb_queue_head_init(const sk_buff_head* list) {
  set(list->next, queueHead(list));
  set(list->prev, queueHead(list));
  set(list->qlen, 0);
}
inline void skb_queue_head_init(const sk_buff_head* list) { __skb_queue_head_init(list); }
inline bool skb_queue_empty(const sk_buff_head* list) { return list->next == queueHead(list); }
inline u32 skb_queue_len(const sk_buff_head* list) { return list->qlen; }
inline const sk_buff* skb_peek(const sk_buff_head* list) { return skb_queue_empty(list) ? nullptr : list->next.get(); }
inline const sk_buff* skb_peek_tail(const sk_buff_head* list) {
  return skb_queue_empty(list) ? nullptr : list->prev.get();
}
inline void __skb_insert(const sk_buff* skb, const sk_buff* before, const sk_buff* after, const sk_buff_head* list) {
  set(skb->next, after);
  set(skb->prev, before);
  set(after->prev, skb);
  set(before->next, skb);
  add(list->qlen, 1);
}
inline void __skb_queue_tail(const sk_buff_head* list, const sk_buff* skb) {
  __skb_insert(skb, list->prev, queueHead(list), list);
}
inline void __skb_queue_head(const sk_buff_head* list, const sk_buff* skb) {
  __skb_insert(skb, queueHead(list), list->next, list);
}
inline void __skb_unlink(const sk_buff* skb, const sk_buff_head* list) {
  const sk_buff *before = skb->prev, *after = skb->next;
  sub(list->qlen, 1);
  set(skb->next, nullptr);
  set(skb->prev, nullptr);
  set(after->prev, before);
  set(before->next, after);
}
inline const sk_buff* __skb_dequeue(const sk_buff_head* list) {
  const sk_buff* skb = skb_peek(list);
  if (skb) __skb_unlink(skb, list);
  return skb;
}
// Moves all of `list` behind what `head` holds; `list` is left empty.
inline void skb_queue_splice_tail_init(const sk_buff_head* list, const sk_buff_head* head) {
  if (skb_queue_empty(list)) return;
  const sk_buff *first = list->next, *last = list->prev, *before = head->prev;
  set(first->prev, before);
  set(before->next, first);
  set(last->next, queueHead(head));
  set(head->prev, last);
  add(head->qlen, list->qlen);
  __skb_queue_head_init(list);
}

// ---- where things are
inline const u8* skb_end_pointer(const sk_buff* skb) { return skb->head + skb->end; }
inline const u8* skb_tail_pointer(const sk_buff* skb) { return skb->head + skb->tail; }
inline const skb_shared_info* skb_shinfo(const sk_buff* skb) {
  return reinterpret_cast<const skb_shared_info*>(skb_end_pointer(skb));
}
inline u32 skb_end_offset(const sk_buff* skb) { return skb->end; }
inline u32 skb_headroom(const sk_buff* skb) { return static_cast<u32>(skb->data - skb->head); }
inline u32 skb_headlen(const sk_buff* skb) { return skb->len - skb->data_len; }
inline bool skb_is_nonlinear(const sk_buff* skb) { return skb->data_len != 0; }
inline u32 skb_tailroom(const sk_buff* skb) { return skb_is_nonlinear(skb) ? 0 : skb->end - skb->tail; }
inline u32 skb_availroom(const sk_buff* skb) {
  return skb_is_nonlinear(skb) ? 0 : skb->end - skb->tail - skb->reserved_tailroom;
}
inline bool skb_has_frag_list(const sk_buff* skb) { return skb_shinfo(skb)->frag_list.get() != nullptr; }
inline bool skb_cloned(const sk_buff* skb) {
  return skb->cloned && (atomic_read(&skb_shinfo(skb)->dataref) & SKB_DATAREF_MASK) != 1;
}
inline bool skb_header_cloned(const sk_buff* skb) {
  if (!skb->cloned) return false;
  // The low half counts all who hold the buffer, the high half those of them who care for the payload only.
  const u32 holders = static_cast<u32>(atomic_read(&skb_shinfo(skb)->dataref));
  return (holders & SKB_DATAREF_MASK) - (holders >> SKB_DATAREF_SHIFT) != 1;
}
inline bool skb_shared(const sk_buff* skb) { return refcount_read(&skb->users) != 1; }
inline bool skb_is_gso(const sk_buff* skb) { return skb_shinfo(skb)->gso_size != 0; }
inline const sk_buff* skb_get(const sk_buff* skb, int line = __builtin_LINE()) {
  refcount_inc(&skb->users, line);
  return skb;
}
inline bool skb_unref(const sk_buff* skb) { // true: the caller held the last reference, and it stands at 1 still
  if (!skb) return false;
  return refcount_read(&skb->users) == 1 || refcount_dec_and_test(&skb->users);
}

template <class T = u8> const T* headerAt(const sk_buff* skb, u32 offset) {
  return reinterpret_cast<const T*>(skb->head + offset);
}
inline const u8* skb_mac_header(const sk_buff* skb) { return skb->head + skb->mac_header; }
inline const u8* skb_network_header(const sk_buff* skb) { return skb->head + skb->network_header; }
inline const u8* skb_transport_header(const sk_buff* skb) { return skb->head + skb->transport_header; }
inline const ethhdr* eth_hdr(const sk_buff* skb) { return headerAt<ethhdr>(skb, skb->mac_header); }
inline const iphdr* ip_hdr(const sk_buff* skb) { return headerAt<iphdr>(skb, skb->network_header); }
inline const arphdr* arp_hdr(const sk_buff* skb) { return headerAt<arphdr>(skb, skb->network_header); }
inline const udphdr* udp_hdr(const sk_buff* skb) { return headerAt<udphdr>(skb, skb->transport_header); }
inline const tcphdr* tcp_hdr(const sk_buff* skb) { return headerAt<tcphdr>(skb, skb->transport_header); }
inline const icmphdr* icmp_hdr(const sk_buff* skb) { return headerAt<icmphdr>(skb, skb->transport_header); }
inline bool skb_mac_header_was_set(const sk_buff* skb) { return skb->mac_header != 0xffff; }
inline bool skb_transport_header_was_set(const sk_buff* skb) { return skb->transport_header != 0xffff; }
inline void skb_reset_mac_header(const sk_buff* skb) { set(skb->mac_header, skb_headroom(skb)); }
inline void skb_reset_network_header(const sk_buff* skb) { set(skb->network_header, skb_headroom(skb)); }
inline void skb_reset_transport_header(const sk_buff* skb) { set(skb->transport_header, skb_headroom(skb)); }
inline void skb_set_mac_header(const sk_buff* skb, int offset) { set(skb->mac_header, skb_headroom(skb) + offset); }
inline void skb_set_network_header(const sk_buff* skb, int offset) {
  set(skb->network_header, skb_headroom(skb) + offset);
}
inline void skb_set_transport_header(const sk_buff* skb, int offset) {
  set(skb->transport_header, skb_headroom(skb) + offset);
}
inline void skb_reset_mac_len(const sk_buff* skb) { set(skb->mac_len, skb->network_header - skb->mac_header); }
inline int skb_network_offset(const sk_buff* skb) { return int(skb->network_header) - int(skb_headroom(skb)); }
inline int skb_transport_offset(const sk_buff* skb) { return int(skb->transport_header) - int(skb_headroom(skb)); }
inline int skb_mac_offset(const sk_buff* skb) { return int(skb->mac_header) - int(skb_headroom(skb)); }
inline u32 skb_network_header_len(const sk_buff* skb) { return skb->transport_header - skb->network_header; }
inline int skb_checksum_start_offset(const sk_buff* skb) { return int(skb->csum_start) - int(skb_headroom(skb)); }
inline void skb_reset_tail_pointer(const sk_buff* skb) { set(skb->tail, skb_headroom(skb)); }
inline void skb_set_tail_pointer(const sk_buff* skb, u32 offset) { set(skb->tail, skb_headroom(skb) + offset); }
// The control block: 48 bytes that whichever layer holds the packet uses as its own.
template <class T> const T* controlBlock(const sk_buff* skb) { return reinterpret_cast<const T*>(skb->cb); }

// ---- moving data without a bound to check, or with one
inline void skb_reserve(const sk_buff* skb, int len) { // of an empty buffer: makes headroom
  KFUNC(skb_reserve, skb, len);
  INLINED();
  advance(skb->data, len);
  add(skb->tail, len);
}
inline const u8* __skb_pull(const sk_buff* skb, u32 len) {
  KFUNC(__skb_pull, skb, len);
  INLINED();
  sub(skb->len, len);
  BUG_ON(skb->len < skb->data_len);
  return call.result(advance(skb->data, len));
}
inline const u8* __skb_push(const sk_buff* skb, u32 len) {
  KFUNC(__skb_push, skb, len);
  INLINED();
  add(skb->len, len);
  return call.result(advance(skb->data, -s64(len)));
}
const u8* skb_put_data(const sk_buff* skb, const void* data, u32 len);
const u8* skb_put_zero(const sk_buff* skb, u32 len);
// Makes sure that the first `len` bytes stand in the linear part; false if the packet has not that many.
inline bool pskb_may_pull(const sk_buff* skb, u32 len) {
  if (len <= skb_headlen(skb)) return true;
  if (len > skb->len) return false;
  return __pskb_pull_tail(skb, static_cast<int>(len - skb_headlen(skb))) != nullptr;
}
inline const u8* pskb_pull(const sk_buff* skb, u32 len) {
  return pskb_may_pull(skb, len) ? __skb_pull(skb, len) : nullptr;
}
inline int skb_linearize(const sk_buff* skb) {
  return !skb_is_nonlinear(skb) || __pskb_pull_tail(skb, static_cast<int>(skb->data_len)) ? 0 : -ENOMEM;
}
inline int pskb_trim(const sk_buff* skb, u32 len) {
  if (len >= skb->len) return 0;
  if (skb->data_len) return ___pskb_trim(skb, len);
  set(skb->len, len);
  skb_set_tail_pointer(skb, len);
  return 0;
}
inline int pskb_trim_rcsum(const sk_buff* skb, u32 len) { return len < skb->len ? pskb_trim_rcsum_slow(skb, len) : 0; }
inline int skb_unclone(const sk_buff* skb, u32 gfp) { return skb_cloned(skb) ? pskb_expand_head(skb, 0, 0, gfp) : 0; }
inline const sk_buff* skb_unshare(const sk_buff* skb, u32 gfp) {
  if (!skb_cloned(skb)) return skb;
  const sk_buff* copy = skb_copy(skb, gfp);
  copy ? consume_skb(skb) : kfree_skb(skb);
  return copy;
}
inline const sk_buff* skb_share_check(const sk_buff* skb, u32 gfp) {
  if (!skb_shared(skb)) return skb;
  const sk_buff* own = skb_clone(skb, gfp);
  own ? consume_skb(skb) : kfree_skb(skb);
  return own;
}
inline int skb_cow_head(const sk_buff* skb, u32 headroom) { // a header that may be written, with room before it
  const u32 have = skb_headroom(skb);
  const u32 delta = headroom > have ? (headroom - have + NET_SKB_PAD - 1) & ~(NET_SKB_PAD - 1) : 0;
  return delta || skb_header_cloned(skb) ? pskb_expand_head(skb, static_cast<int>(delta), 0, GFP_ATOMIC) : 0;
}
inline int skb_cow(const sk_buff* skb, u32 headroom) {
  const u32 have = skb_headroom(skb);
  const u32 delta = headroom > have ? (headroom - have + NET_SKB_PAD - 1) & ~(NET_SKB_PAD - 1) : 0;
  return delta || skb_cloned(skb) ? pskb_expand_head(skb, static_cast<int>(delta), 0, GFP_ATOMIC) : 0;
}

// ---- page fragments
inline u32 skb_frag_size(const bio_vec* frag) { return frag->bv_len; }
inline const u8* skb_frag_address(const bio_vec* frag) { return page_address(frag->bv_page) + frag->bv_offset; }
inline void skb_frag_ref(const sk_buff* skb, int f) { get_page(skb_shinfo(skb)->frags[f].bv_page); }
inline void skb_frag_unref(const sk_buff* skb, int f) { put_page(skb_shinfo(skb)->frags[f].bv_page); }
inline void __skb_fill_page_desc(const sk_buff* skb, int i, const page* page, int off, int size) {
  const bio_vec* frag = &skb_shinfo(skb)->frags[i];
  set(frag->bv_page, page);
  set(frag->bv_offset, off);
  set(frag->bv_len, size);
}
inline void skb_fill_page_desc(const sk_buff* skb, int i, const page* page, int off, int size) {
  __skb_fill_page_desc(skb, i, page, off, size);
  set(skb_shinfo(skb)->nr_frags, i + 1);
}

// ---- the owner of a packet (its route: net/dst.h)
// Takes the packet out of its owner's account.
inline void skb_orphan(const sk_buff* skb) {
  if (!skb->destructor) return;
  skb->destructor(skb);
  set(skb->destructor, nullptr);
  set(skb->sk, nullptr);
}
inline void skb_mark_not_on_list(const sk_buff* skb) { set(skb->next, nullptr); }
inline void skb_list_del_init(const sk_buff* skb) {
  list_del(&skb->list);
  skb_mark_not_on_list(skb);
}

// ---- checksum states on reception
inline bool skb_csum_unnecessary(const sk_buff* skb) {
  switch (skb->ip_summed) {
  case CHECKSUM_UNNECESSARY: return true;                                               // the device looked
  case CHECKSUM_PARTIAL: return skb->csum_valid || skb_checksum_start_offset(skb) >= 0; // it never left this machine
  default: return skb->csum_valid;
  }
}
inline u16 skb_checksum_complete(const sk_buff* skb) {
  return skb_csum_unnecessary(skb) ? 0 : __skb_checksum_complete(skb);
}
// The checksum of a transport header whose pseudo header sums to `pseudo`: 0 if right or to be checked later.
u16 __skb_checksum_validate(const sk_buff* skb, int proto, bool complete, bool zero_okay, u16 check, u32 pseudo);
void skb_postpull_rcsum(const sk_buff* skb, const void* start, u32 len);
void skb_postpush_rcsum(const sk_buff* skb, const void* start, u32 len);

// ---- stamps of time
bool skb_clone_tx_timestamp(const sk_buff* skb);

bool skb_gso_validate_network_len(const sk_buff* skb, u32 mtu); // do the segments of it fit, once it is cut up?
const sk_buff* skb_segment(const sk_buff* head_skb, u64 features);

bool skb_defer_rx_timestamp(const sk_buff* skb);

u32 datagram_poll(const file* file, const socket* sock, const poll_table_struct* wait);

// ---- datagrams in a receive queue
// The first datagram of sk_receive_queue, waiting for it if there is none (and `flags` allow); nullptr: *err.
const sk_buff* skb_recv_datagram(const sock* sk, u32 flags, int* err);
const sk_buff* __skb_try_recv_from_queue(const sock* sk, const sk_buff_head* queue, u32 flags, int* off, int* err,
                                         const sk_buff** last);
const sk_buff* __skb_try_recv_datagram(const sock* sk, const sk_buff_head* queue, u32 flags, int* off, int* err,
                                       const sk_buff** last);
int __skb_wait_for_more_packets(const sock* sk, const sk_buff_head* queue, int* err, s64* timeo_p, const sk_buff* skb);
void skb_free_datagram(const sock* sk, const sk_buff* skb);
// `len` bytes of the packet from `offset` on into what msg->msg_iter describes; 0 or -EFAULT.
int skb_copy_datagram_iter(const sk_buff* skb, int offset, const iov_iter* to, int len);
inline int skb_copy_datagram_msg(const sk_buff* skb, int offset, const msghdr* msg, int size) {
  return skb_copy_datagram_iter(skb, offset, &msg->msg_iter, size);
}
int skb_copy_datagram_from_iter(const sk_buff* skb, int offset, const iov_iter* from, int len);
// All of the packet behind `hlen`, verifying its checksum: -EINVAL if it is wrong.
int skb_copy_and_csum_datagram_msg(const sk_buff* skb, int hlen, const msghdr* msg);

// ---- a buffer's destination
inline const dst_entry* skb_dst(const sk_buff* skb) {
  return t_arena->object<dst_entry>(skb->_skb_refdst & ~SKB_DST_NOREF);
}
inline bool skb_dst_is_noref(const sk_buff* skb) { return (skb->_skb_refdst & SKB_DST_NOREF) && skb_dst(skb); }
inline void skb_dst_set(const sk_buff* skb, const dst_entry* dst, int line = __builtin_LINE()) {
  set(skb->_skb_refdst, Arena::address(dst), line);
}
inline void skb_dst_set_noref(const sk_buff* skb, const dst_entry* dst, int line = __builtin_LINE()) {
  set(skb->_skb_refdst, Arena::address(dst) | SKB_DST_NOREF, line);
}

inline const sk_buff* rb_to_skb(const rb_node* n) { return n ? container_of(n, sk_buff, rbnode) : nullptr; }
const sk_buff* skb_morph(const sk_buff* dst, const sk_buff* src); // net/core/skbuff.c
inline const rtable* skb_rtable(const sk_buff* skb) { return reinterpret_cast<const rtable*>(skb_dst(skb)); }

inline bool skb_zcopy_pure(const sk_buff* skb) { return skb_shinfo(skb)->flags & SKBFL_PURE_ZEROCOPY; }

// ---- buffers in a tree
inline const sk_buff* skb_rb_first(const rb_root* root) { return rb_to_skb(rb_first(root)); }
inline const sk_buff* skb_rb_last(const rb_root* root) { return rb_to_skb(rb_last(root)); }
inline const sk_buff* skb_rb_next(const sk_buff* skb) { return rb_to_skb(rb_next(&skb->rbnode)); }
inline const sk_buff* skb_rb_prev(const sk_buff* skb) { return rb_to_skb(rb_prev(&skb->rbnode)); }

// ---- net/core/skbuff_rbtree.cpp
u32 skb_rbtree_purge(const rb_root* root); // bytes of truesize that were freed

// ---- a stream's bytes
int skb_append_pagefrags(const sk_buff* skb, const page* page, int offset, u64 size); // 0 or -EMSGSIZE
bool skb_can_coalesce(const sk_buff* skb, int i, const page* page, u32 off);          // it continues the last fragment
// Only headers may still be changed below: clones share the payload (the high half of dataref counts them).
inline void __skb_header_release(const sk_buff* skb) {
  set(skb, sk_buff::bit::nohdr, 1);
  atomic_set(&skb_shinfo(skb)->dataref, 1 + (1 << SKB_DATAREF_SHIFT));
}

// ---- net/core/skbuff_zerocopy.cpp
inline const ubuf_info* skb_uarg(const sk_buff* skb) {
  return static_cast<const ubuf_info*>(skb_shinfo(skb)->destructor_arg.get());
}
inline bool skb_zcopy_managed(const sk_buff* skb) { return skb_shinfo(skb)->flags & SKBFL_MANAGED_FRAG_REFS; }
inline const ubuf_info_msgzc* uarg_to_msgzc(const ubuf_info* uarg) {
  return reinterpret_cast<const ubuf_info_msgzc*>(uarg);
}
inline const ubuf_info* skb_zcopy(const sk_buff* skb) {
  return skb && skb_shinfo(skb)->flags & SKBFL_ZEROCOPY_ENABLE ? skb_uarg(skb) : nullptr;
}
inline void net_zcopy_get(const ubuf_info* uarg) { refcount_inc(&uarg->refcnt); }
inline void net_zcopy_put(const ubuf_info* uarg) {
  if (uarg) uarg->callback(nullptr, uarg, true);
}
inline void skb_zcopy_init(const sk_buff* skb, const ubuf_info* uarg) {
  set(skb_shinfo(skb)->destructor_arg, uarg);
  set(skb_shinfo(skb)->flags, skb_shinfo(skb)->flags | uarg->flags);
}
void skb_zcopy_set(const sk_buff* skb, const ubuf_info* uarg, bool* have_ref);
void skb_zcopy_clear(const sk_buff* skb, bool zerocopy_success); // the buffer goes: its owner is told
const ubuf_info* msg_zerocopy_realloc(const sock* sk, u64 size, const ubuf_info* uarg);
void msg_zerocopy_callback(const sk_buff* skb, const ubuf_info* uarg, bool success);
void msg_zerocopy_put_abort(const ubuf_info* uarg, bool have_uref);
int skb_zerocopy_iter_stream(const sock* sk, const sk_buff* skb, const msghdr* msg, int len, const ubuf_info* uarg);
inline void net_zcopy_put_abort(const ubuf_info* uarg, bool have_uref) {
  if (uarg && uarg->callback.value == fn<msg_zerocopy_callback>.address()) msg_zerocopy_put_abort(uarg, have_uref);
}
int __zerocopy_sg_from_iter(const msghdr* msg, const sock* sk, const sk_buff* skb, const iov_iter* from, u64 length);
int skb_copy_ubufs(const sk_buff* skb, u32 gfp_mask); // the user's pages become copies of our own
inline int skb_orphan_frags(const sk_buff* skb, u32 gfp_mask) {
  if (!skb_zcopy(skb) || skb_shinfo(skb)->flags & SKBFL_DONT_ORPHAN) return 0;
  return skb_copy_ubufs(skb, gfp_mask);
}
inline int skb_orphan_frags_rx(const sk_buff* skb, u32 gfp_mask) {
  return skb_zcopy(skb) ? skb_copy_ubufs(skb, gfp_mask) : 0;
}

// ---- splitting and joining
void skb_split(const sk_buff* skb, const sk_buff* skb1, u32 len); // net/core/skbuff_split.cpp: skb keeps `len` bytes

inline bool skb_pure_zcopy_same(const sk_buff* a, const sk_buff* b) { return skb_zcopy_pure(a) == skb_zcopy_pure(b); }

int skb_unclone_keeptruesize(const sk_buff* skb, u32 pri);

} // namespace sockwalk::kernel
