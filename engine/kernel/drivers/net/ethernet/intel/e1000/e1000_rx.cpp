// Reception. The driver keeps 255 empty buffers in a ring; the device fills them in order and marks each descriptor
// done; the poll takes them out, in the same order, and puts new ones in.
#include "engine/kernel/drivers/net/ethernet/intel/e1000/e1000.h"
#include "engine/kernel/drivers/net/frame_record.h"
#include "engine/kernel/include/linux/etherdevice.h"
#include "engine/memory/constants/e1000.h"

namespace sockwalk::kernel {

constexpr u32 copybreak = 256; // shorter frames are copied, and their large buffer goes back to the ring

static u32 e1000_frag_len(const e1000_adapter* a) { return SKB_HEAD_ALIGN(a->rx_buffer_len + E1000_HEADROOM); }

int e1000_setup_rx_resources(const e1000_adapter* adapter) {
  KFUNC(e1000_setup_rx_resources, adapter);
  INLINED();
  const e1000_rx_ring* rxdr = adapter->rx_ring;
  const u32 bytes = rxdr->count * u32(sizeof(e1000_rx_desc));
  const u8* info = kmallocBuffer(rxdr->count * u32(sizeof(e1000_rx_buffer)), GFP_KERNEL | __GFP_ZERO);
  const u8* desc = kmallocBuffer(bytes, GFP_KERNEL | __GFP_ZERO);
  if (!info || !desc) return kfree(info), kfree(desc), call.result(-ENOMEM);
  set(rxdr->buffer_info, reinterpret_cast<const e1000_rx_buffer*>(info));
  set(rxdr->desc, desc);
  set(rxdr->dma, Arena::offsetOf(desc));
  set(rxdr->size, bytes);
  set(rxdr->next_to_clean, 0);
  set(rxdr->next_to_use, 0);
  return call.result(0);
}

void e1000_free_rx_resources(const e1000_adapter* adapter) {
  KFUNC(e1000_free_rx_resources, adapter);
  INLINED();
  const e1000_rx_ring* ring = adapter->rx_ring;
  flushFrames(adapter->netdev);
  for (u32 i = 0; i < ring->count; ++i)
    if (const u8* data = ring->buffer_info.get()[i].rxbuf.data) skb_free_frag(data);
  kfree(ring->buffer_info.get());
  kfree(ring->desc.get());
  set(ring->buffer_info, nullptr);
  set(ring->desc, nullptr);
}

// Tells the device where the ring is, and switches its receiver on.
void e1000_configure_rx(const e1000_adapter* adapter) {
  KFUNC(e1000_configure_rx, adapter);
  const e1000_rx_ring* ring = adapter->rx_ring;
  const e1000_hw* registers = &adapter->hw;
  set(adapter->clean_rx, fn<e1000_clean_rx_irq>);
  set(adapter->alloc_rx_buf, fn<e1000_alloc_rx_buffers>);
  ew32(registers, E1000_RDLEN, ring->size);
  ew32(registers, E1000_RDBAH, 0);
  ew32(registers, E1000_RDBAL, static_cast<u32>(ring->dma));
  ew32(registers, E1000_RDT, 0);
  ew32(registers, E1000_RDH, 0);
  set(ring->rdh, static_cast<u32>(E1000_RDH));
  set(ring->rdt, static_cast<u32>(E1000_RDT));
  ew32(registers, E1000_RCTL, E1000_RCTL_EN | E1000_RCTL_BAM);
}

static const u8* e1000_alloc_frag(const e1000_adapter* a) {
  const u8* data = netdev_alloc_frag(e1000_frag_len(a));
  return data ? data + E1000_HEADROOM : nullptr;
}

// Puts a buffer into each descriptor that has none, and moves the tail: up to there the device may write.
void e1000_alloc_rx_buffers(const e1000_adapter* adapter, const e1000_rx_ring* rx_ring, s32 cleaned_count) {
  KFUNC(e1000_alloc_rx_buffers, adapter, rx_ring, cleaned_count);
  u32 i = rx_ring->next_to_use;
  for (; cleaned_count > 0; --cleaned_count) {
    const e1000_rx_buffer* info = &rx_ring->buffer_info.get()[i];
    if (!info->rxbuf.data) {
      const u8* data = e1000_alloc_frag(adapter);
      if (!data) {
        add(adapter->alloc_rx_buff_failed, 1);
        break;
      }
      set(info->dma, Arena::offsetOf(data));
      set(info->rxbuf.data, data);
    }
    set(E1000_RX_DESC(rx_ring, i)->buffer_addr, info->dma);
    if (++i == rx_ring->count) i = 0;
  }
  if (rx_ring->next_to_use == i) return;
  set(rx_ring->next_to_use, i);
  ew32(&adapter->hw, rx_ring->rdt, i ? i - 1 : rx_ring->count - 1);
}

// A short frame is copied into a small buffer, so that the socket it goes to is charged for that one only.
static const sk_buff* e1000_copybreak(const e1000_adapter* adapter, u32 length, const u8* data) {
  if (length > copybreak) return nullptr;
  const sk_buff* skb = napi_alloc_skb(&adapter->napi, length);
  if (skb) skb_put_data(skb, data, length);
  return skb;
}

// Believes the device's word on the checksum, if it gave one. This device (as QEMU builds it) gives none.
static void e1000_rx_checksum(const e1000_adapter* adapter, u8 status, u8 errors, const sk_buff* skb) {
  KFUNC(e1000_rx_checksum, adapter, status, errors, skb);
  INLINED();
  if (status & E1000_RXD_STAT_IXSM) return;
  if (errors & E1000_RXD_ERR_TCPE) {
    add(adapter->hw_csum_err, 1);
    return;
  }
  if (!(status & E1000_RXD_STAT_TCPCS)) return;
  set(skb, sk_buff::bit::ip_summed, CHECKSUM_UNNECESSARY);
  add(adapter->hw_csum_good, 1);
}

static void e1000_receive_skb(const e1000_adapter* adapter, u8 status, u16 vlan, const sk_buff* skb) {
  set(skb->protocol, eth_type_trans(skb, adapter->netdev));
  if (status & E1000_RXD_STAT_VP) {
    set(skb->vlan_proto, htons(0x8100));
    set(skb->vlan_tci, vlan & E1000_RXD_SPC_VLAN_MASK);
    set(skb, sk_buff::bit::vlan_present, 1);
  }
  napi_gro_receive(&adapter->napi, skb);
}

// The frame of one descriptor becomes an sk_buff; nullptr if there is no memory for one.
static const sk_buff* takeBuffer(const e1000_adapter* adapter, const e1000_rx_buffer* info, u32 length) {
  const u8* data = info->rxbuf.data;
  const sk_buff* skb = e1000_copybreak(adapter, length, data);
  if (skb) return skb;
  skb = napi_build_skb(data - E1000_HEADROOM, e1000_frag_len(adapter));
  if (!skb) {
    add(adapter->alloc_rx_buff_failed, 1);
    return nullptr;
  }
  skb_reserve(skb, E1000_HEADROOM);
  set(info->dma, 0);
  set(info->rxbuf.data, nullptr);
  return skb;
}

// A frame that fills more than one buffer cannot be used, nor one that came with errors.
static bool discardBadFrame(const e1000_adapter* adapter, const e1000_rx_desc* desc, const sk_buff* skb) {
  const bool last = desc->status & E1000_RXD_STAT_EOP;
  if (!last) set(adapter->discarding, true);
  if (!adapter->discarding && !(desc->errors & E1000_RXD_ERR_FRAME_ERR_MASK)) return false;
  if (adapter->discarding && last) set(adapter->discarding, false);
  dev_kfree_skb(skb);
  return true;
}

bool e1000_clean_rx_irq(const e1000_adapter* adapter, const e1000_rx_ring* rx_ring, s32* work_done, s32 work_to_do) {
  KFUNC(e1000_clean_rx_irq, adapter, rx_ring);
  const net_device* card = adapter->netdev;
  u32 i = rx_ring->next_to_clean, bytes = 0, packets = 0;
  s32 emptied = 0;
  bool any = false;
  const e1000_rx_desc* desc = E1000_RX_DESC(rx_ring, i);
  while (desc->status & E1000_RXD_STAT_DD && *work_done < work_to_do) {
    ++*work_done;
    u32 size = desc->length;
    const e1000_rx_buffer* info = &rx_ring->buffer_info.get()[i];
    const sk_buff* skb = takeBuffer(adapter, info, size);
    if (!skb) break;
    mark(BufferMark::Taken, skb, card);
    if (++i == rx_ring->count) i = 0;
    any = true;
    ++emptied;
    if (!discardBadFrame(adapter, desc, skb)) {
      size -= 4; // the checksum of the wire has done its work
      bytes += size;
      ++packets;
      if (info->rxbuf.data) skb_trim(skb, size);
      else skb_put(skb, size);
      const u8 told = desc->status;
      e1000_rx_checksum(adapter, told, desc->errors, skb);
      e1000_receive_skb(adapter, told, desc->special, skb);
    }
    set(desc->status, 0);
    if (emptied >= s32(E1000_RX_BUFFER_WRITE)) {
      adapter->alloc_rx_buf(adapter, rx_ring, emptied);
      emptied = 0;
    }
    desc = E1000_RX_DESC(rx_ring, i);
  }
  set(rx_ring->next_to_clean, i);
  if (const u32 unused = E1000_DESC_UNUSED(rx_ring)) adapter->alloc_rx_buf(adapter, rx_ring, static_cast<s32>(unused));
  if (packets) {
    add(adapter->total_rx_packets, packets);
    add(adapter->total_rx_bytes, bytes);
    add(card->stats.rx_bytes, bytes);
    add(card->stats.rx_packets, packets);
  }
  return call.result(any);
}

} // namespace sockwalk::kernel
