// The rings that packet sockets share with their programs (PACKET_RX_RING): whose each frame or block is, and what is in it.
#include "engine/memory/constants/packet.h"
#include "engine/tell/tables/reader.h"

namespace sockwalk::tell::tables {

using namespace sockwalk::kernel;

namespace {

struct PacketRings {
  const Reader& r;
  KernelTable& table;
  int rings = 0, filled = 0;

  template <class T> const T* at(const packet_ring_buffer& ring, u32 block, u32 offset) const {
    return reinterpret_cast<const T*>(ring.pg_vec.get()[block].buffer.get() + offset);
  }

  // While it is made or taken away not all of its members are there.
  static bool isWhole(const packet_ring_buffer& ring) {
    return ring.pg_vec.value && ring.frame_max + 1 == ring.frames_per_block * ring.pg_vec_len;
  }
  void ringOf(const packet_sock& po) {
    const packet_ring_buffer& ring = po.rx_ring;
    if (!isWhole(ring) || !ring.frames_per_block) return;
    const bool ofBlocks = po.tp_version == TPACKET_V3;
    ++rings;
    TableRow row;
    row.address = Arena::address(&po);
    row.within = Arena::address(&ring);
    row.place = constantOf("packet_sock", "tp_version", po.tp_version);
    row.object = r.name(&po);
    row.state = ofBlocks ? say("%1 blocks of %2", ring.pg_vec_len, bytes(s64(ring.prb_bdqc.kblk_size)))
                         : say("%1 frames of %2", ring.frame_max + 1, bytes(ring.frame_size));
    row.detail = ofBlocks ? say("block %1 is open", ring.prb_bdqc.kactive_blk_num) : say("frame %1 is next", ring.head);
    row.mark = r.mark(r.step.wrote(&ring.pg_vec, 8), r.step.wrote(&ring.head, 4));
    row.space = r.space(po.sk.__sk_common.skc_net.net.get());
    append(table, std::move(row));
    if (ofBlocks)
      for (u32 i = 0; i < ring.pg_vec_len; ++i) block(po, i);
    else
      for (u32 i = 0; i <= ring.frame_max; ++i) frame(po, i);
  }

  // `status`: 0, the kernel's, or with the bit TP_STATUS_USER the program's.
  TableRow part(const packet_sock& po, const void* place, const char* type, const char* member, u64 status,
                int indent) {
    TableRow row;
    row.address = Arena::address(&po);
    row.within = Arena::address(place);
    row.indent = indent;
    row.space = r.space(po.sk.__sk_common.skc_net.net.get());
    row.state = status ? constantOf(type, member, s64(status)) : say("the kernel's");
    return row;
  }

  template <class Head> void frameRow(const packet_sock& po, const Head& head, const char* type, u32 index) {
    TableRow row = part(po, &head, type, "tp_status", head.tp_status, 1);
    row.place = inBrackets(index);
    row.mark = r.mark(false, r.step.wrote(&head.tp_status, sizeof head.tp_status));
    if (head.tp_status & TP_STATUS_USER) {
      ++filled;
      row.key = bytes(head.tp_len);
      row.detail = say("%1 of it at tp_mac %2; tp_net %3", bytes(head.tp_snaplen), head.tp_mac, head.tp_net);
    }
    append(table, std::move(row));
  }
  void frame(const packet_sock& po, u32 index) {
    const packet_ring_buffer& ring = po.rx_ring;
    const u32 block = index / ring.frames_per_block, offset = index % ring.frames_per_block * ring.frame_size;
    if (po.tp_version == TPACKET_V1) frameRow(po, *at<tpacket_hdr>(ring, block, offset), "tpacket_hdr", index);
    else frameRow(po, *at<tpacket2_hdr>(ring, block, offset), "tpacket2_hdr", index);
  }

  void block(const packet_sock& po, u32 index) {
    const auto& desc = *at<tpacket_block_desc>(po.rx_ring, index, 0);
    const tpacket_hdr_v1& head = desc.hdr.bh1;
    TableRow row = part(po, &desc, "tpacket_hdr_v1", "block_status", head.block_status, 1);
    row.place = inBrackets(index);
    row.mark = r.mark(false, r.step.wrote(&head, sizeof head));
    const bool everOpened = head.offset_to_first_pkt;
    if (everOpened) {
      row.key = counted("1 packet", "%1 packets", head.num_pkts);
      row.detail = say("seq_num %1; %2 used", head.seq_num, bytes(head.blk_len));
    }
    append(table, std::move(row));
    filled += int(head.num_pkts);
    u32 offset = head.offset_to_first_pkt;
    for (u32 i = 0; i < head.num_pkts && offset + sizeof(tpacket3_hdr) <= u32(po.rx_ring.prb_bdqc.kblk_size); ++i)
      offset += packet(po, *at<tpacket3_hdr>(po.rx_ring, index, offset), offset);
  }
  u32 packet(const packet_sock& po, const tpacket3_hdr& head, u32 offset) {
    TableRow row = part(po, &head, "tpacket3_hdr", "tp_status", head.tp_status, 2);
    row.place = say("at %1", offset);
    row.key = bytes(head.tp_len);
    row.detail = say("%1 of it at tp_mac %2; tp_net %3", bytes(head.tp_snaplen), head.tp_mac, head.tp_net);
    row.mark = r.mark(r.step.wrote(&head.tp_snaplen, 4), false);
    append(table, std::move(row));
    return head.tp_next_offset ? head.tp_next_offset : u32(po.rx_ring.prb_bdqc.kblk_size);
  }
};

} // namespace

KernelTable packetRings(const Reader& r) {
  KernelTable t =
      tableOf("packet-rings", say("Rings of packet sockets"), "packet_sock.rx_ring",
              say("What a packet socket and its program share (PACKET_RX_RING): the kernel copies packets there, and "
                  "a status word says whose each frame, or of version 3 each block, is."));
  PacketRings all{r, t};
  for (const u64 net : r.namespaces())
    eachOf(r.at.object<kernel::net>(net)->packet.sklist.first, [&](const hlist_node& node, int) {
      all.ringOf(*reinterpret_cast<const packet_sock*>(holder<sock>(&node, offsetof(sock_common, skc_node))));
    });
  t.summary = !all.rings ? say("empty: no packet socket has a ring")
                         : say("%1, %2", counted("1 ring", "%1 rings", all.rings),
                               counted("1 packet", "%1 packets", all.filled));
  return t;
}

} // namespace sockwalk::tell::tables
