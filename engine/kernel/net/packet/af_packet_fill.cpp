// A packet that a socket with a ring is shown is copied there, as far as it fits, with a head that describes it; the sk_buff
// goes on to others, or is freed.
#include "engine/kernel/include/linux/if_vlan.h"
#include "engine/kernel/net/packet/ring.h"
#include <algorithm>
#include <vector>

namespace sockwalk::kernel {

namespace {

struct Place { // in a frame, or from the head of the packet in a block
  u32 mac, net, snaplen;
};
Place placeIn(const sock* sk, const sk_buff* skb, u32 wanted) {
  const packet_sock* po = pkt_sk(sk);
  constexpr u32 LeastHeader = 16; // so that what is behind it is aligned
  const u32 header = sk->sk_type == SOCK_DGRAM ? 0 : static_cast<u32>(skb_network_offset(skb));
  const u32 net = sk->sk_type == SOCK_DGRAM ? TPACKET_ALIGN(po->tp_hdrlen) + LeastHeader + po->tp_reserve
                                            : TPACKET_ALIGN(po->tp_hdrlen + std::max(header, LeastHeader)) + po->tp_reserve;
  const packet_ring_buffer* rb = &po->rx_ring;
  const u32 whole = po->tp_version == TPACKET_V3 ? u32{rb->prb_bdqc.max_frame_len} : u32{rb->frame_size};
  const u32 mac = net - header, room = whole > mac ? whole - mac : 0;
  const u32 asked = std::min<u32>(skb->len, wanted);
  if (asked > room) NOTE("packet.ring_cut", sk, skb, asked, room);
  return {mac, net, std::min(asked, room)};
}

u32 tpacket_get_timestamp(const sk_buff* skb, s64& ns) {
  KFUNC(tpacket_get_timestamp, skb);
  ns = skb->tstamp ? static_cast<s64>(skb->tstamp) : static_cast<s64>(machine().now());
  return call.result(skb->tstamp ? u32{TP_STATUS_TS_SOFTWARE} : 0u);
}

// What the heads of all three versions have.
template <class Head> void describeAll(const Head* head, const sk_buff* skb, const Place& place, s64 ns) {
  set(head->tp_len, skb->len);
  set(head->tp_snaplen, place.snaplen);
  set(head->tp_mac, static_cast<u16>(place.mac));
  set(head->tp_net, static_cast<u16>(place.net));
  set(head->tp_sec, static_cast<u32>(ns / 1000000000));
}
void describe(const tpacket_hdr* head, const sk_buff* skb, const Place& place, s64 ns) {
  describeAll(head, skb, place, ns);
  set(head->tp_usec, static_cast<u32>(ns % 1000000000 / 1000));
}
// Returns what is to be added to the status.
u32 describe(const tpacket2_hdr* head, const sk_buff* skb, const Place& place, s64 ns) {
  describeAll(head, skb, place, ns);
  set(head->tp_nsec, static_cast<u32>(ns % 1000000000));
  const bool tagged = skb->vlan_present;
  set(head->tp_vlan_tci, tagged ? u16{skb->vlan_tci} : u16{0});
  set(head->tp_vlan_tpid, tagged ? ntohs(skb->vlan_proto) : u16{0});
  fillBytes(head->tp_padding, 0, sizeof head->tp_padding);
  return tagged ? TP_STATUS_VLAN_VALID | TP_STATUS_VLAN_TPID_VALID : 0u;
}
void describe(const tpacket3_hdr* head, const sk_buff* skb, const Place& place, s64 ns) {
  describeAll(head, skb, place, ns);
  set(head->tp_nsec, static_cast<u32>(ns % 1000000000));
  fillBytes(head->tp_padding, 0, sizeof head->tp_padding);
}

void tellOrigin(const sock* sk, const u8* behind, const sk_buff* skb, const net_device* dev, const net_device* orig_dev) {
  const auto* from = reinterpret_cast<const sockaddr_ll*>(behind);
  noteOrigin(sk, from, skb, dev, orig_dev);
  set(from->sll_family, AF_PACKET);
  set(from->sll_protocol, skb->protocol);
}
void copyPacket(const sk_buff* skb, const u8* to, u32 length) {
  std::vector<u8> bytes(length);
  skb_copy_bits(skb, 0, bytes.data(), static_cast<int>(length));
  setBytes(to, bytes.data(), length);
}

struct Shown {
  const sk_buff* skb;
  const net_device *dev, *orig_dev;
};

// Into the frame at the head of the ring. Last of all the status word: then the program may look.
void fillFrame(const sock* sk, const Shown& shown, const Place& place) {
  const packet_sock* po = pkt_sk(sk);
  const packet_ring_buffer* rb = &po->rx_ring;
  const u32 slot = rb->head;
  const u8* frame = packet_lookup_frame(po, slot, TP_STATUS_KERNEL);
  set(rb->head, slot == rb->frame_max ? 0 : slot + 1);
  u32 status = TP_STATUS_USER | checksumStatus(shown.skb);
  if (atomic_read(&po->tp_drops)) status |= TP_STATUS_LOSING;
  add(po->stats.stats1.tp_packets, 1);
  copyPacket(shown.skb, frame + place.mac, place.snaplen);
  s64 ns;
  status |= tpacket_get_timestamp(shown.skb, ns);
  if (po->tp_version == TPACKET_V1) describe(reinterpret_cast<const tpacket_hdr*>(frame), shown.skb, place, ns);
  else status |= describe(reinterpret_cast<const tpacket2_hdr*>(frame), shown.skb, place, ns);
  tellOrigin(sk, frame + sizeof(tpacket_hdr), shown.skb, shown.dev, shown.orig_dev);
  giveFrame(po, frame, status);
  mark(BufferMark::Handled, shown.skb, sk);
  NOTE("packet.ring_frame", sk, slot, place.snaplen, status);
  sk->sk_data_ready(sk);
}

// Behind what lies in the open block already. The reader is told when the block is closed. False: there was no room.
bool fillBlock(const sock* sk, const Shown& shown, const Place& place) {
  const packet_sock* po = pkt_sk(sk);
  const u8* at = roomInBlock(po, shown.skb, place.mac + place.snaplen);
  if (!at) return false;
  const auto* head = reinterpret_cast<const tpacket3_hdr*>(at);
  add(po->stats.stats1.tp_packets, 1);
  copyPacket(shown.skb, at + place.mac, place.snaplen);
  s64 ns;
  const u32 status = TP_STATUS_USER | checksumStatus(shown.skb) | tpacket_get_timestamp(shown.skb, ns);
  set(head->tp_status, head->tp_status | status);
  describe(head, shown.skb, place, ns);
  tellOrigin(sk, at + sizeof *head, shown.skb, shown.dev, shown.orig_dev);
  mark(BufferMark::Handled, shown.skb, sk);
  const tpacket_kbdq_core* blocks = &po->rx_ring.prb_bdqc;
  const auto* block = reinterpret_cast<const tpacket_block_desc*>(blocks->pkblk_start.get());
  NOTE("packet.block_packet", sk, u32{blocks->kactive_blk_num}, place.snaplen, u32{block->hdr.bh1.num_pkts});
  return true;
}

// The reader is woken: it has blocks to give back.
void loseForBlock(const sock* sk, const sk_buff* skb, const Borrowed& before) {
  const packet_sock* po = pkt_sk(sk);
  NOTE("packet.blocks_full", sk, u32{po->rx_ring.prb_bdqc.kactive_blk_num});
  atomic_inc(&po->tp_drops);
  sk->sk_data_ready(sk);
  kfree_skb(nullptr); // the whole packet for PACKET_COPY_THRESH, which was not copied
  before.putBack();
  kfree_skb(skb);
}

} // namespace

s32 tpacket_rcv(const sk_buff* skb, const net_device* dev, const packet_type* pt, const net_device* orig_dev) {
  KFUNC(tpacket_rcv, skb, dev, pt, orig_dev);
  const auto* sk = static_cast<const sock*>(pt->af_packet_priv.get());
  const packet_sock* po = pkt_sk(sk);
  if (skb->pkt_type == PACKET_LOOPBACK || dev_net(dev) != sock_net(sk)) return consume_skb(skb), call.result(0);
  const Borrowed before(skb);
  beginWhereWanted(sk, skb, dev);
  const u32 wanted = run_filter(skb, sk, skb->len);
  const bool ofBlocks = po->tp_version == TPACKET_V3;
  if (!wanted) {
    NOTE("packet.not_wanted", sk, skb);
  } else if (!ringHasRoom(po, skb)) {
    if (ofBlocks) NOTE("packet.blocks_full", sk, u32{po->rx_ring.prb_bdqc.kactive_blk_num});
    else NOTE("packet.ring_full", sk, po->rx_ring.head);
    atomic_inc(&po->tp_drops);
  } else if (ofBlocks) {
    if (!fillBlock(sk, {skb, dev, orig_dev}, placeIn(sk, skb, wanted))) return loseForBlock(sk, skb, before), call.result(0);
  } else {
    fillFrame(sk, {skb, dev, orig_dev}, placeIn(sk, skb, wanted));
  }
  before.putBack();
  consume_skb(skb); // the ring has a copy of it
  return call.result(0);
}

} // namespace sockwalk::kernel
