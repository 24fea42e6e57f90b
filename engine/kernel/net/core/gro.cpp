// GRO: packets of one flow that come close together are joined into one large packet before they climb, because the
// way up costs the same for both. Packets wait in `gro_hash` until the poll ends or a packet does not fit.
#include "engine/kernel/include/net/gro.h"
#include "engine/kernel/include/linux/netdevice.h"
#include "engine/memory/constants/netdevice.h"

namespace sockwalk::kernel {

Global<list_head> offload_base{"offload_base"};

void dev_add_offload(const packet_offload* po) {
  KFUNC(dev_add_offload, po);
  list_add(&po->list, offload_base);
}

const u8* skb_gro_header(const sk_buff* skb, u32 hlen, u32 offset) {
  return pskb_may_pull(skb, hlen) ? skb->data + offset : nullptr;
}

// Passes the packets collected so far up the stack, as one list.
void gro_normal_list(const napi_struct* napi) {
  KFUNC(gro_normal_list, napi);
  INLINED();
  const list_head* collected = &napi->rx_list;
  if (napi->rx_count == 0) return;
  netif_receive_skb_list_internal(collected);
  INIT_LIST_HEAD(collected);
  set(napi->rx_count, 0);
}
static void gro_normal_one(const napi_struct* napi, const sk_buff* skb, int segs) {
  KFUNC(gro_normal_one, napi, skb, segs);
  INLINED();
  list_add_tail(&skb->list, &napi->rx_list);
  add(napi->rx_count, segs);
  if (napi->rx_count >= s32(GRO_NORMAL_BATCH)) gro_normal_list(napi);
}

static const packet_offload* offloadOf(const sk_buff* skb) {
  for (const packet_offload* po : list_for_each_entry(packet_offload, list, offload_base))
    if (po->type == skb->protocol) return po;
  return nullptr;
}

// A joined packet is done: its headers are made those of one long packet. One that stayed alone is as it came.
static bool finishJoined(const sk_buff* skb) {
  const packet_offload* layer = offloadOf(skb);
  return layer && !layer->callbacks.gro_complete(skb, 0);
}
static void napi_gro_complete(const napi_struct* napi, const sk_buff* skb) {
  KFUNC(napi_gro_complete, napi, skb);
  const int joined = NAPI_GRO_CB(skb)->count;
  if (joined == 1) set(skb_shinfo(skb)->gso_size, 0);
  else if (!finishJoined(skb)) return kfree_skb(skb);
  gro_normal_one(napi, skb, joined);
}

void napi_gro_flush(const napi_struct* napi, bool flush_old) {
  KFUNC(napi_gro_flush, napi, flush_old);
  for (u32 i = 0; i < GRO_HASH_BUCKETS; ++i) {
    if (!(napi->gro_bitmask >> i & 1)) continue;
    const gro_list* bucket = &napi->gro_hash[i];
    while (!list_empty(&bucket->list)) {
      const sk_buff* oldest = container_of(bucket->list.prev.get(), sk_buff, list);
      if (flush_old && NAPI_GRO_CB(oldest)->age == machine().jiffies()) break;
      skb_list_del_init(oldest);
      napi_gro_complete(napi, oldest);
      sub(bucket->count, 1);
    }
    if (!bucket->count) set(napi->gro_bitmask, napi->gro_bitmask & ~(1ull << i));
  }
}

// Marks which of the waiting packets could be of the same flow, as far as the link header tells.
static bool sameLink(const sk_buff* one, const sk_buff* other) {
  if (one->hash != other->hash || one->dev.value != other->dev.value) return false;
  if (one->vlan_present != other->vlan_present || (one->vlan_present && one->vlan_tci != other->vlan_tci)) return false;
  return !std::memcmp(skb_mac_header(one), skb_mac_header(other), other->dev->hard_header_len);
}
static void gro_list_prepare(const list_head* head, const sk_buff* skb) {
  for (const sk_buff* waiting : list_for_each_entry(sk_buff, list, head)) {
    set(NAPI_GRO_CB(waiting)->flush, 0);
    set(NAPI_GRO_CB(waiting), napi_gro_cb::bit::same_flow, sameLink(waiting, skb));
  }
}

static void prepareControlBlock(const sk_buff* skb) {
  const napi_gro_cb* cb = NAPI_GRO_CB(skb);
  const u32 nothing = 0;
  setBytes(&cb->zeroed, &nothing, sizeof nothing);
  set(cb->flush, skb_has_frag_list(skb));
  set(cb, napi_gro_cb::bit::is_atomic, 1);
  set(cb->count, 1);
  if (skb_is_gso(skb)) {
    set(cb->count, skb_shinfo(skb)->gso_segs);
    if (!(skb_shinfo(skb)->gso_type & SKB_GSO_TCPV4)) set(cb->flush, 1);
  }
  if (skb->ip_summed == CHECKSUM_COMPLETE) {
    set(cb->csum, skb->csum);
    set(cb, napi_gro_cb::bit::csum_valid, 1);
  } else if (skb->ip_summed == CHECKSUM_UNNECESSARY) {
    set(cb, napi_gro_cb::bit::csum_cnt, skb->csum_level + 1);
  }
}

static void markBucket(const napi_struct* napi, u32 bucket) {
  const u64 bit = 1ull << bucket;
  const u64 mask = napi->gro_hash[bucket].count ? napi->gro_bitmask | bit : napi->gro_bitmask & ~bit;
  if (mask != napi->gro_bitmask) set(napi->gro_bitmask, mask);
}

// Keeps the packet waiting for others of its flow.
static void hold(const napi_struct* napi, const gro_list* bucket, const sk_buff* skb) {
  if (bucket->count >= s32(MAX_GRO_SKBS)) { // the oldest makes room
    const sk_buff* oldest = container_of(bucket->list.prev.get(), sk_buff, list);
    skb_list_del_init(oldest);
    napi_gro_complete(napi, oldest);
  } else {
    add(bucket->count, 1);
  }
  set(NAPI_GRO_CB(skb)->age, machine().jiffies());
  set(NAPI_GRO_CB(skb)->last, skb);
  if (!skb_is_gso(skb)) set(skb_shinfo(skb)->gso_size, skb_gro_len(skb));
  list_add(&skb->list, &bucket->list);
}

// It can take no more: it leaves the bucket and climbs.
static void takeOut(const napi_struct* napi, const gro_list* bucket, const sk_buff* skb) {
  skb_list_del_init(skb);
  napi_gro_complete(napi, skb);
  sub(bucket->count, 1);
}

// Asks each layer, from the network layer up, whether the packet continues one that waits. The layers answer in its
// control block: `same_flow` if it went into another, `free` how much of it is left then, `flush` if it must not wait.
static gro_result dev_gro_receive(const napi_struct* napi, const sk_buff* skb) {
  KFUNC(dev_gro_receive, napi, skb);
  const u32 index = skb->hash & (GRO_HASH_BUCKETS - 1);
  const gro_list* flows = &napi->gro_hash[index];
  if (!(skb->dev->features & NETIF_F_GRO)) return call.result(GRO_NORMAL);
  gro_list_prepare(&flows->list, skb);
  const packet_offload* layer = offloadOf(skb);
  if (!layer) return call.result(GRO_NORMAL);

  skb_set_network_header(skb, static_cast<int>(skb_gro_offset(skb)));
  skb_reset_mac_len(skb);
  prepareControlBlock(skb);
  const sk_buff* complete = layer->callbacks.gro_receive(&flows->list, skb);
  const napi_gro_cb* answer = NAPI_GRO_CB(skb);
  const bool joined = answer->same_flow;
  gro_result outcome = answer->free ? GRO_MERGED_FREE : GRO_MERGED;
  if (complete) takeOut(napi, flows, complete);
  if (!joined) {
    if (answer->flush) return call.result(GRO_NORMAL);
    hold(napi, flows, skb);
    outcome = GRO_HELD;
  }
  markBucket(napi, index);
  NOTE("gro.result", outcome);
  return call.result(outcome);
}

gro_result napi_gro_receive(const napi_struct* napi, const sk_buff* skb) {
  KFUNC(napi_gro_receive, napi, skb);
  set(skb->napi_id, napi->napi_id);
  const napi_gro_cb* cb = NAPI_GRO_CB(skb);
  set(cb->data_offset, 0);
  set(cb->frag0, nullptr);
  set(cb->frag0_len, 0);
  const gro_result ret = dev_gro_receive(napi, skb);
  if (ret == GRO_NORMAL) {
    gro_normal_one(napi, skb, 1);
  } else if (ret == GRO_MERGED_FREE) {
    if (NAPI_GRO_CB(skb)->free == NAPI_GRO_FREE_STOLEN_HEAD) napi_skb_free_stolen_head(skb);
    else __kfree_skb_defer(skb);
  }
  return call.result(ret);
}

// The payload stands in fragments already: they go over.
static u32 takeFrags(const sk_buff* lp, const sk_buff* skb, u32 skip) {
  const skb_shared_info *into = skb_shinfo(lp), *from = skb_shinfo(skb);
  const int at = into->nr_frags, n = from->nr_frags;
  setBytes(&into->frags[at], from->frags, static_cast<u32>(n) * u32(sizeof(bio_vec)));
  set(into->nr_frags, at + n);
  set(from->nr_frags, 0);
  add(into->frags[at].bv_offset, skip);
  sub(into->frags[at].bv_len, skip);
  const u32 shell = SKB_TRUESIZE(skb_end_offset(skb)), delta = skb->truesize - shell;
  set(skb->truesize, shell);
  sub(skb->len, skb->data_len);
  set(skb->data_len, 0);
  set(NAPI_GRO_CB(skb), napi_gro_cb::bit::free, NAPI_GRO_FREE);
  return delta;
}

// The payload stands in the head, and the head in a page: it becomes a fragment as it is.
static u32 takeHead(const sk_buff* lp, const sk_buff* skb, u32 offset) {
  const skb_shared_info *into = skb_shinfo(lp), *from = skb_shinfo(skb);
  const page* page = virt_to_head_page(skb->head);
  const int first = static_cast<int>(skb->data - page_address(page)) + static_cast<int>(offset);
  const int at = into->nr_frags, more = from->nr_frags;
  skb_fill_page_desc(lp, at, page, first, static_cast<int>(skb_headlen(skb) - offset));
  setBytes(&into->frags[at + 1], from->frags, static_cast<u32>(more) * u32(sizeof(bio_vec)));
  set(into->nr_frags, at + 1 + more);
  const u32 delta = skb->truesize - SKB_DATA_ALIGN(sizeof(sk_buff));
  set(skb->truesize, SKB_DATA_ALIGN(sizeof(sk_buff)));
  set(NAPI_GRO_CB(skb), napi_gro_cb::bit::free, NAPI_GRO_FREE_STOLEN_HEAD);
  return delta;
}

// It can stay nowhere but in its own buffer, which is hung onto the joined packet.
static void hang(const sk_buff* p, const sk_buff* skb, u32 offset) {
  const skb_shared_info* from = skb_shinfo(skb);
  const u32 headlen = skb_headlen(skb), eat = offset > headlen ? offset - headlen : 0;
  set(skb->destructor, nullptr);
  set(skb->sk, nullptr);
  if (eat) {
    add(from->frags[0].bv_offset, eat);
    sub(from->frags[0].bv_len, eat);
    sub(skb->data_len, eat);
    sub(skb->len, eat);
  }
  __skb_pull(skb, offset - eat);
  const sk_buff* last = NAPI_GRO_CB(p)->last;
  if (last == p) set(skb_shinfo(p)->frag_list, skb);
  else set(last->next, skb);
  set(NAPI_GRO_CB(p)->last, skb);
  set(skb, sk_buff::bit::nohdr, 1);
  atomic_set(&from->dataref, 1 + (1 << SKB_DATAREF_SHIFT)); // its header is not needed any more
}

// The payload of `skb` joins `p`, in the cheapest of three ways. 0, or an error if it cannot. The first two put it
// behind the fragments of the buffer that was joined last; the third makes `skb` itself the next of these.
int skb_gro_receive(const sk_buff* p, const sk_buff* skb) {
  KFUNC(skb_gro_receive, p, skb);
  const u32 headers = skb_gro_offset(skb), payload = skb_gro_len(skb), linear = skb_headlen(skb);
  const bool tooLong = p->len + payload >= p->dev->gro_max_size;
  if (tooLong || NAPI_GRO_CB(skb)->flush) return call.result(-E2BIG);

  const sk_buff* last = NAPI_GRO_CB(p)->last;
  const int frags = skb_shinfo(last)->nr_frags + skb_shinfo(skb)->nr_frags, most = static_cast<int>(MAX_SKB_FRAGS);
  const bool inFrags = linear <= headers, inPage = !inFrags && skb->head_frag;
  const sk_buff* grown = last; // beside `p`, which stands for all of it
  u32 truesize = skb->truesize;
  if (inFrags && frags <= most) truesize = takeFrags(last, skb, headers - linear);
  else if (inPage && frags < most) truesize = takeHead(last, skb, headers);
  else hang(p, skb, headers), grown = p;
  set(NAPI_GRO_CB(p)->count, NAPI_GRO_CB(p)->count + NAPI_GRO_CB(skb)->count);
  const auto grow = [&](const sk_buff* by) {
    add(by->data_len, payload);
    add(by->truesize, truesize);
    add(by->len, payload);
  };
  grow(p);
  if (grown != p) grow(grown);
  set(NAPI_GRO_CB(skb), napi_gro_cb::bit::same_flow, 1);
  mark(BufferMark::Merged, skb, p);
  return call.result(0);
}

// Sums the payload that the layer has before it. 0: with the pseudo header's sum (in csum) it is right.
u16 __skb_gro_checksum_complete(const sk_buff* skb) {
  KFUNC(__skb_gro_checksum_complete, skb);
  const napi_gro_cb* known = NAPI_GRO_CB(skb);
  const int begin = static_cast<int>(skb_gro_offset(skb)), bytes = static_cast<int>(skb_gro_len(skb));
  const u32 summed = skb_checksum(skb, begin, bytes, 0);
  const u16 rest = csum_fold(csum_add(known->csum, summed));
  set(known->csum, summed); // the layers above need not read the bytes again
  set(known, napi_gro_cb::bit::csum_valid, 1);
  return call.result(rest);
}

} // namespace sockwalk::kernel
