// Transmission. The driver writes a descriptor for each piece of a packet and moves the tail register; the device
// reads from its head up to there, sends, and marks the descriptor done; the poll lets go of what was sent.
#include "engine/kernel/drivers/net/ethernet/intel/e1000/e1000.h"
#include "engine/kernel/drivers/net/frame_record.h"
#include "engine/kernel/drivers/net/wire.h"
#include "engine/kernel/include/linux/etherdevice.h"
#include "engine/memory/constants/e1000.h"

namespace sockwalk::kernel {

static constexpr s64 AbsoluteDelay = 32 * 1024; // ns after which the device tells of what it sent (TADV)

int e1000_setup_tx_resources(const e1000_adapter* adapter) {
  KFUNC(e1000_setup_tx_resources, adapter);
  INLINED();
  const e1000_tx_ring* txdr = adapter->tx_ring;
  const u32 bytes = txdr->count * u32(sizeof(e1000_tx_desc));
  const u8* info = kmallocBuffer(txdr->count * u32(sizeof(e1000_tx_buffer)), GFP_KERNEL | __GFP_ZERO);
  const u8* desc = kmallocBuffer(bytes, GFP_KERNEL | __GFP_ZERO);
  if (!info || !desc) return kfree(info), kfree(desc), call.result(-ENOMEM);
  set(txdr->buffer_info, reinterpret_cast<const e1000_tx_buffer*>(info));
  set(txdr->desc, desc);
  set(txdr->dma, Arena::offsetOf(desc));
  set(txdr->size, bytes);
  set(txdr->next_to_use, 0);
  set(txdr->next_to_clean, 0);
  return call.result(0);
}

void e1000_configure_tx(const e1000_adapter* adapter) {
  KFUNC(e1000_configure_tx, adapter);
  INLINED();
  const e1000_tx_ring* ring = adapter->tx_ring;
  const e1000_hw* registers = &adapter->hw;
  ew32(registers, E1000_TDLEN, ring->size);
  ew32(registers, E1000_TDBAH, 0);
  ew32(registers, E1000_TDBAL, static_cast<u32>(ring->dma));
  ew32(registers, E1000_TDT, 0);
  ew32(registers, E1000_TDH, 0);
  set(ring->tdh, static_cast<u32>(E1000_TDH));
  set(ring->tdt, static_cast<u32>(E1000_TDT));
  ew32(registers, E1000_TCTL, 0x0a); // on; short frames are padded
  set(adapter->tx_int_delay, 8);
  set(adapter->tx_abs_int_delay, 32);
  set(adapter->txd_cmd, E1000_TXD_CMD_IDE | E1000_TXD_CMD_EOP | E1000_TXD_CMD_IFCS | E1000_TXD_CMD_RS);
}

static void e1000_unmap_and_free_tx_resource(const e1000_tx_buffer* buffer_info, int budget) {
  KFUNC(e1000_unmap_and_free_tx_resource, buffer_info, budget);
  set(buffer_info->dma, 0);
  if (const sk_buff* skb = buffer_info->skb) {
    napi_consume_skb(skb, budget);
    set(buffer_info->skb, nullptr);
  }
  set(buffer_info->time_stamp, 0);
}

void e1000_free_tx_resources(const e1000_adapter* adapter) {
  KFUNC(e1000_free_tx_resources, adapter);
  INLINED();
  const e1000_tx_ring* ring = adapter->tx_ring;
  for (u32 i = 0; i < ring->count; ++i) e1000_unmap_and_free_tx_resource(ring->buffer_info.get() + i, 0);
  machine().cancelTimer(Arena::offsetOf(ring));
  kfree(ring->buffer_info.get());
  kfree(ring->desc.get());
  set(ring->buffer_info, nullptr);
  set(ring->desc, nullptr);
}

static u32 nextIndex(const e1000_tx_ring* ring, u32 i) { return i + 1 == ring->count ? 0 : i + 1; }

// A buffer of many segments is cut up by the device: a descriptor tells where the headers lie, how long they are and
// how much data goes behind each copy of them. The lengths and sums in the headers are left open for it.
static bool e1000_tso(const e1000_tx_ring* ring, const sk_buff* skb) {
  KFUNC(e1000_tso, ring, skb);
  INLINED();
  if (!skb_is_gso(skb) || skb_cow_head(skb, 0)) return call.result(false);
  const iphdr* iph = ip_hdr(skb);
  const u8* data = skb->data;
  const u32 hdr_len = static_cast<u32>(skb_transport_offset(skb)) + tcp_hdr(skb)->doff * 4u;
  set(iph->tot_len, 0);
  set(iph->check, 0);
  set(tcp_hdr(skb)->check, static_cast<u16>(~csum_tcpudp_magic(iph->saddr, iph->daddr, 0, 6, 0)));
  const u32 i = ring->next_to_use;
  const auto* desc = reinterpret_cast<const e1000_context_desc*>(E1000_TX_DESC(ring, i));
  set(desc->lower_setup.ip_fields.ipcss, skb_network_offset(skb));
  set(desc->lower_setup.ip_fields.ipcso, reinterpret_cast<const u8*>(&iph->check) - data);
  set(desc->lower_setup.ip_fields.ipcse, skb_transport_offset(skb) - 1);
  set(desc->upper_setup.tcp_fields.tucss, skb_transport_offset(skb));
  set(desc->upper_setup.tcp_fields.tucso, reinterpret_cast<const u8*>(&tcp_hdr(skb)->check) - data);
  set(desc->upper_setup.tcp_fields.tucse, 0);
  set(desc->tcp_seg_setup.fields.mss, skb_shinfo(skb)->gso_size);
  set(desc->tcp_seg_setup.fields.hdr_len, hdr_len);
  set(desc->cmd_and_length,
      E1000_TXD_CMD_DEXT | E1000_TXD_CMD_TSE | E1000_TXD_CMD_TCP | E1000_TXD_CMD_IP | (skb->len - hdr_len));
  const e1000_tx_buffer* info = ring->buffer_info.get() + i;
  set(info->time_stamp, machine().jiffies());
  set(info->next_to_watch, i);
  set(ring->next_to_use, nextIndex(ring, i));
  NOTE("e1000.tso", skb, skb->len - hdr_len, skb_shinfo(skb)->gso_size);
  return call.result(true);
}

// The checksum is left to the device: a descriptor of its own says from where to sum and where to put the result.
static bool e1000_tx_csum(const e1000_tx_ring* ring, const sk_buff* skb) {
  KFUNC(e1000_tx_csum, ring, skb);
  INLINED();
  if (skb->ip_summed != CHECKSUM_PARTIAL) return call.result(false);
  const u32 i = ring->next_to_use;
  const e1000_tx_buffer* info = ring->buffer_info.get() + i;
  const auto* desc = reinterpret_cast<const e1000_context_desc*>(E1000_TX_DESC(ring, i));
  const u8 sumFrom = static_cast<u8>(skb_checksum_start_offset(skb));
  const u32 tcp = skb->protocol == htons(0x0800) && ip_hdr(skb)->protocol == 6 ? 0x01000000u : 0;
  set(desc->lower_setup.ip_config, 0);
  set(desc->upper_setup.tcp_fields.tucss, sumFrom);
  set(desc->upper_setup.tcp_fields.tucso, sumFrom + skb->csum_offset);
  set(desc->upper_setup.tcp_fields.tucse, 0);
  set(desc->tcp_seg_setup.data, 0);
  set(desc->cmd_and_length, E1000_TXD_CMD_DEXT | tcp);
  set(info->time_stamp, machine().jiffies());
  set(info->next_to_watch, i);
  set(ring->next_to_use, nextIndex(ring, i));
  return call.result(true);
}

// One descriptor's worth of the packet, at `at`.
static void mapPiece(const e1000_tx_buffer* info, u32 i, const u8* at, u32 size, bool page) {
  set(info->length, size);
  set(info->time_stamp, machine().jiffies());
  set(info->mapped_as_page, page);
  set(info->dma, Arena::offsetOf(at));
  set(info->next_to_watch, i);
}

static int e1000_tx_map(const e1000_tx_ring* ring, const sk_buff* skb, u32 first, u32 nr_frags) {
  KFUNC(e1000_tx_map, ring, skb, first, nr_frags);
  INLINED();
  u32 i = ring->next_to_use, count = 0;
  const u32 mss = skb_shinfo(skb)->gso_size;
  const u32 max_per_txd = mss ? std::min(mss << 2, E1000_MAX_DATA_PER_TXD) : E1000_MAX_DATA_PER_TXD;
  const auto map = [&](const u8* at, u32 len, bool page) {
    for (u32 done = 0; done < len; ++count) {
      if (count) i = nextIndex(ring, i);
      const u32 size = std::min(len - done, max_per_txd);
      mapPiece(ring->buffer_info.get() + i, i, at + done, size, page);
      done += size;
    }
  };
  map(skb->data, skb_headlen(skb), false);
  for (u32 part = 0; part < nr_frags; ++part) {
    const bio_vec* piece = &skb_shinfo(skb)->frags[part];
    map(skb_frag_address(piece), skb_frag_size(piece), true);
  }
  const e1000_tx_buffer* last = ring->buffer_info.get() + i;
  set(last->skb, skb);
  const u32 segs = skb_shinfo(skb)->gso_segs ? u32(skb_shinfo(skb)->gso_segs) : 1;
  set(last->segs, segs);
  set(last->bytecount, (segs - 1) * skb_headlen(skb) + skb->len); // with the headers that the device repeats
  set(ring->buffer_info.get()[first].next_to_watch, i);
  return call.result(static_cast<int>(count));
}

static void e1000_tx_queue(const e1000_adapter* adapter, const e1000_tx_ring* ring, u32 tx_flags, int count) {
  KFUNC(e1000_tx_queue, adapter, ring, tx_flags, count);
  INLINED();
  u32 options = 0, command = E1000_TXD_CMD_IFCS;
  if (tx_flags & E1000_TX_FLAGS_TSO) {
    command |= E1000_TXD_CMD_DEXT | E1000_TXD_DTYP_D | E1000_TXD_CMD_TSE;
    options |= E1000_TXD_POPTS_TXSM << 8;
    if (tx_flags & E1000_TX_FLAGS_IPV4) options |= E1000_TXD_POPTS_IXSM << 8;
  }
  if (tx_flags & E1000_TX_FLAGS_CSUM) {
    command |= E1000_TXD_CMD_DEXT | E1000_TXD_DTYP_D;
    options |= E1000_TXD_POPTS_TXSM << 8;
  }
  u32 i = ring->next_to_use;
  const e1000_tx_desc* desc = nullptr;
  for (; count--; i = nextIndex(ring, i)) {
    const e1000_tx_buffer* info = ring->buffer_info.get() + i;
    desc = E1000_TX_DESC(ring, i);
    set(desc->buffer_addr, info->dma);
    set(desc->lower.data, command | info->length);
    set(desc->upper.data, options);
  }
  set(desc->lower.data, desc->lower.data | adapter->txd_cmd);
  set(ring->next_to_use, i);
}

// ---- the device's side: reads descriptors from the head to the tail and sends what they describe.
namespace {
struct Frame {
  std::vector<u8> bytes;
  const sk_buff* skb = nullptr; // that it is made of
  bool sum = false, cut = false;
  u32 start = 0, at = 0;                           // of TCP's header and its checksum
  u32 ipStart = 0, ipAt = 0, mss = 0, headers = 0; // for cutting up
};
void sumUp(Frame& f) {
  if (!f.sum || f.at + 2 > f.bytes.size() || f.start >= f.bytes.size()) return;
  const u32 csum = csum_partial_quiet(f.bytes.data() + f.start, static_cast<int>(f.bytes.size() - f.start), 0);
  const u16 folded = csum_fold(csum), check = folded ? folded : u16(CSUM_MANGLED_0);
  std::memcpy(f.bytes.data() + f.at, &check, 2);
}
void sendFrame(const net_device* dev, Frame& f) {
  sumUp(f);
  recordFrame(false, dev, f.bytes);
  mark(BufferMark::Sent, f.skb, dev);
  if (machine().onTransmit) machine().onTransmit(dev->ifindex, f.bytes.data(), static_cast<u32>(f.bytes.size()));
}
} // namespace

// ---- segmentation by the device
namespace {
u32 at16(const std::vector<u8>& b, u32 i) { return u32(b[i]) << 8 | b[i + 1]; }
void put16(std::vector<u8>& b, u32 i, u32 v) { b[i] = static_cast<u8>(v >> 8), b[i + 1] = static_cast<u8>(v); }

// The n-th segment: the headers again, with its own length, identifier, sequence number and sums.
Frame segmentOf(const Frame& whole, u32 n, u32 from, u32 len, bool last) {
  Frame f;
  f.bytes.assign(whole.bytes.begin(), whole.bytes.begin() + whole.headers);
  f.bytes.insert(f.bytes.end(), whole.bytes.begin() + from, whole.bytes.begin() + from + len);
  std::vector<u8>& b = f.bytes;
  put16(b, whole.ipStart + 2, static_cast<u32>(b.size()) - whole.ipStart);
  put16(b, whole.ipStart + 4, at16(b, whole.ipStart + 4) + n);
  const u16 ipSum =
      csum_fold(csum_partial_quiet(b.data() + whole.ipStart, static_cast<int>(whole.start - whole.ipStart), 0));
  std::memcpy(&b[whole.ipAt], &ipSum, 2);
  const u32 seq = (at16(b, whole.start + 4) << 16 | at16(b, whole.start + 6)) + (from - whole.headers);
  put16(b, whole.start + 4, seq >> 16);
  put16(b, whole.start + 6, seq);
  if (!last) b[whole.start + 13] &= ~0x09;                                         // FIN and PSH belong to the end
  if (n) b[whole.start + 13] &= 0x7f;                                              // CWR to the beginning
  const u32 pseudo = at16(b, whole.at) + static_cast<u32>(b.size()) - whole.start; // the length was left open
  put16(b, whole.at, (pseudo & 0xffff) + (pseudo >> 16));
  f.sum = true, f.start = whole.start, f.at = whole.at, f.skb = whole.skb;
  return f;
}
void sendCut(const net_device* dev, const Frame& whole) {
  const u32 end = static_cast<u32>(whole.bytes.size());
  for (u32 n = 0, from = whole.headers; from < end; ++n, from += whole.mss) {
    const u32 len = std::min(whole.mss, end - from);
    Frame f = segmentOf(whole, n, from, len, from + len == end);
    setMoreFramesFollow(from + len < end);
    sendFrame(dev, f);
  }
}
} // namespace

static void deviceSends(const e1000_adapter* adapter, const e1000_tx_ring* ring) {
  const e1000_hw* hw = &adapter->hw;
  Frame context; // the last offload context that was read: it goes for the data descriptors behind it
  Frame frame;
  u32 head = er32(hw, E1000_TDH);
  std::vector<Frame> frames;
  for (const u32 tail = er32(hw, E1000_TDT); head != tail; head = nextIndex(ring, head)) {
    const e1000_tx_desc* desc = E1000_TX_DESC(ring, head);
    const u32 lower = desc->lower.data, upper = desc->upper.data;
    if (lower & E1000_TXD_CMD_DEXT && !(lower & E1000_TXD_DTYP_D)) {
      const auto* c = reinterpret_cast<const e1000_context_desc*>(desc);
      context.start = c->upper_setup.tcp_fields.tucss;
      context.at = c->upper_setup.tcp_fields.tucso;
      context.ipStart = c->lower_setup.ip_fields.ipcss;
      context.ipAt = c->lower_setup.ip_fields.ipcso;
      context.mss = c->tcp_seg_setup.fields.mss;
      context.headers = c->tcp_seg_setup.fields.hdr_len;
      continue;
    }
    const u8* data = t_arena->at(static_cast<u32>(desc->buffer_addr));
    frame.bytes.insert(frame.bytes.end(), data, data + (lower & 0xffff));
    if (lower & E1000_TXD_CMD_DEXT && upper >> 8 & E1000_TXD_POPTS_TXSM)
      frame.sum = true, frame.start = context.start, frame.at = context.at;
    if (lower & E1000_TXD_CMD_TSE) {
      frame.cut = true, frame.ipStart = context.ipStart, frame.ipAt = context.ipAt;
      frame.mss = context.mss, frame.headers = context.headers;
    }
    if (!(lower & E1000_TXD_CMD_EOP)) continue;
    set(desc->upper.data, upper | E1000_TXD_STAT_DD);
    frame.skb = ring->buffer_info.get()[head].skb;
    frames.push_back(std::move(frame));
    frame = Frame{};
  }
  ew32(hw, E1000_TDH, head);
  ew32(hw, E1000_ICR, er32(hw, E1000_ICR) | E1000_ICR_TXDW);
  for (Frame& f : frames) f.cut ? sendCut(adapter->netdev, f) : sendFrame(adapter->netdev, f);
}

// The device tells that it is done a little later, so that one interrupt serves several frames.
static void interruptNow(const void* adapter) { e1000_hw_update(static_cast<const e1000_adapter*>(adapter)); }
static void interruptSoon(const e1000_adapter* adapter) {
  const u32 timer = Arena::offsetOf(adapter->tx_ring.get());
  if (machine().timerArmed(timer) || !(er32(&adapter->hw, E1000_ICR) & E1000_ICR_TXDW))
    return; // or an interrupt has told
  machine().armTimer(timer, machine().now() + AbsoluteDelay, {fn<interruptNow>, adapter});
}

// Simulated time stands still during a system call. A sender that comes with the next packet would have taken longer
// than that delay: so the interrupt comes before it.
void deviceCatchesUp(const net_device* dev) {
  if (dev->netdev_ops->ndo_start_xmit.value != fn<e1000_xmit_frame>.address()) return; // another driver's
  const e1000_adapter* adapter = e1000_priv(dev);
  if (machine().inSoftirq() || !machine().cancelTimer(Arena::offsetOf(adapter->tx_ring.get()))) return;
  e1000_hw_update(adapter);
  machine().runSoftirqs();
}

static int __e1000_maybe_stop_tx(const net_device* netdev, const e1000_adapter* adapter, u32 size) {
  if (E1000_DESC_UNUSED(adapter->tx_ring.get()) >= size) return 0;
  netif_stop_queue(netdev);
  return -EBUSY;
}

static u32 descriptorsFor(const sk_buff* skb) { // with the context's, and two that stay free
  const u32 mss = skb_shinfo(skb)->gso_size;
  const u32 each = mss ? std::min(mss << 2, E1000_MAX_DATA_PER_TXD) : E1000_MAX_DATA_PER_TXD;
  u32 count = skb_headlen(skb) / each + 5;
  for (int f = 0; f < skb_shinfo(skb)->nr_frags; ++f) count += skb_frag_size(&skb_shinfo(skb)->frags[f]) / each + 1;
  return count;
}

s32 e1000_xmit_frame(const sk_buff* skb, const net_device* netdev) {
  KFUNC(e1000_xmit_frame, skb, netdev);
  SIMPLIFIED("frames leave without VLAN tags; what the driver does about faulty old chips is left out");
  const e1000_adapter* adapter = e1000_priv(netdev);
  const e1000_tx_ring* ring = adapter->tx_ring;
  if (skb->len < ETH_ZLEN) { // eth_skb_pad
    if (__skb_pad(skb, static_cast<int>(ETH_ZLEN - skb->len), true)) return call.result(s32(NETDEV_TX_OK));
    const u32 more = ETH_ZLEN - skb->len;
    add(skb->tail, more);
    add(skb->len, more);
  }
  const u32 parts = skb_shinfo(skb)->nr_frags;
  if (__e1000_maybe_stop_tx(netdev, adapter, descriptorsFor(skb))) return call.result(s32(NETDEV_TX_BUSY));
  const u32 begin = ring->next_to_use;
  u32 work = 0;
  if (e1000_tso(ring, skb)) work = E1000_TX_FLAGS_TSO;
  else if (e1000_tx_csum(ring, skb)) work = E1000_TX_FLAGS_CSUM;
  if (skb->protocol == htons(0x0800)) work |= E1000_TX_FLAGS_IPV4;
  const int used = e1000_tx_map(ring, skb, begin, parts);
  netdev_sent_queue(netdev, skb->len);
  skb_clone_tx_timestamp(skb);
  e1000_tx_queue(adapter, ring, work, used);
  __e1000_maybe_stop_tx(netdev, adapter, MAX_SKB_FRAGS + 7);
  ew32(&adapter->hw, ring->tdt, ring->next_to_use);
  deviceSends(adapter, ring);
  interruptSoon(adapter);
  return call.result(s32(NETDEV_TX_OK));
}

bool e1000_clean_tx_irq(const e1000_adapter* adapter, const e1000_tx_ring* ring) {
  KFUNC(e1000_clean_tx_irq, adapter, ring);
  INLINED();
  const net_device* card = adapter->netdev;
  u32 i = ring->next_to_clean, eop = ring->buffer_info.get()[i].next_to_watch, count = 0;
  u32 bytes = 0, packets = 0;
  while (i != ring->next_to_use && E1000_TX_DESC(ring, eop)->upper.data & E1000_TXD_STAT_DD && count < ring->count) {
    for (bool whole = false; !whole; ++count) {
      const e1000_tx_buffer* info = ring->buffer_info.get() + i;
      whole = i == eop;
      if (whole) {
        packets += info->segs;
        bytes += info->bytecount;
      }
      e1000_unmap_and_free_tx_resource(info, 64);
      set(E1000_TX_DESC(ring, i)->upper.data, 0);
      i = nextIndex(ring, i);
    }
    eop = ring->buffer_info.get()[i].next_to_watch;
  }
  set(ring->next_to_clean, i);
  netdev_completed_queue(card, packets, bytes);
  if (count && E1000_DESC_UNUSED(ring) >= 32) netif_wake_queue(card);
  if (packets) {
    add(card->stats.tx_bytes, bytes);
    add(card->stats.tx_packets, packets);
  }
  return call.result(count < ring->count);
}

} // namespace sockwalk::kernel
