// Blocks of a receive ring (TPACKET_V3). Packets of any length lie one behind the other in a block, and the block is handed
// over as a whole: when the next packet does not fit, or when a timer finds that it was open long enough. So the program
// is woken for many packets at once, and a single one does not wait for ever.
//
//   | tpacket_block_desc | the program's | tpacket3_hdr sockaddr_ll packet | tpacket3_hdr ... | ...
//   0                    48              offset_to_first_pkt               + tp_next_offset
//
// One block is open. If the one behind it is still the program's when it is closed, the queue freezes: packets are lost until
// that block has been given back.
#include "engine/kernel/include/linux/jiffies.h"
#include "engine/kernel/include/linux/timer.h"
#include "engine/kernel/include/linux/rtnetlink.h"
#include "engine/kernel/include/net/flow_dissector.h"
#include "engine/kernel/net/packet/ring.h"

namespace sockwalk::kernel {

namespace {
constexpr u32 DEFAULT_PRB_RETIRE_TOV = 8; // ms

const tpacket_kbdq_core* blocksOf(const packet_sock* po) { return &po->rx_ring.prb_bdqc; }
const tpacket_block_desc* blockAt(const tpacket_kbdq_core* pkc, u32 index) {
  return reinterpret_cast<const tpacket_block_desc*>(pkc->pkbdq.get()[index].buffer.get());
}
const tpacket_block_desc* openBlock(const tpacket_kbdq_core* pkc) { return blockAt(pkc, pkc->kactive_blk_num); }
bool isPrograms(const tpacket_block_desc* block) { return block->hdr.bh1.block_status & TP_STATUS_USER; }

void stamp(const tpacket_bd_ts* ts, s64 ns) {
  set(ts->ts_sec, static_cast<u32>(ns / 1000000000));
  set(ts->ts_nsec, static_cast<u32>(ns % 1000000000));
}
// The timer runs as long as the ring lives. It remembers which block was open when it was armed.
void armTimer(const tpacket_kbdq_core* pkc) {
  mod_timer(&pkc->retire_blk_timer, machine().jiffies() + pkc->tov_in_jiffies);
  set(pkc->last_kactive_blk_num, pkc->kactive_blk_num);
}
} // namespace

static void prb_open_block(const tpacket_kbdq_core* pkc1, const tpacket_block_desc* pbd1) {
  KFUNC(prb_open_block, pkc1, pbd1);
  const tpacket_hdr_v1* head = &pbd1->hdr.bh1;
  const u32 first = firstInBlock(pkc1->blk_sizeof_priv);
  const auto* begin = reinterpret_cast<const u8*>(pbd1);
  set(head->seq_num, pkc1->knxt_seq_num);
  add(pkc1->knxt_seq_num, 1);
  set(head->num_pkts, 0);
  set(head->blk_len, first);
  stamp(&head->ts_first_pkt, machine().now());
  setAddress(&pkc1->pkblk_start, begin);
  setAddress(&pkc1->nxt_offset, begin + first);
  set(head->offset_to_first_pkt, first);
  set(pbd1->offset_to_priv, u32{sizeof(tpacket_block_desc)});
  set(pbd1->version, u32{pkc1->version});
  setAddress(&pkc1->prev, begin + first);
  setAddress(&pkc1->pkblk_end, begin + pkc1->kblk_size);
  set(pkc1->reset_pending_on_curr_blk, u8{0});
  NOTE("packet.block_opened", u32{pkc1->kactive_blk_num}, u64{head->seq_num});
  armTimer(pkc1);
}

static void prb_freeze_queue(const tpacket_kbdq_core* pkc, const packet_sock* po) {
  KFUNC(prb_freeze_queue, pkc, po);
  INLINED();
  set(pkc->reset_pending_on_curr_blk, u8{1});
  add(po->stats.stats3.tp_freeze_q_cnt, 1);
  NOTE("packet.blocks_frozen", &po->sk, u32{pkc->kactive_blk_num});
}

// The next block, if the program has given it back. `nullptr`: it has not.
static const u8* prb_dispatch_next_block(const tpacket_kbdq_core* pkc, const packet_sock* po) {
  KFUNC(prb_dispatch_next_block, pkc, po);
  INLINED();
  const tpacket_block_desc* next = openBlock(pkc);
  if (isPrograms(next)) {
    prb_freeze_queue(pkc, po);
    return call.result<const u8*>(nullptr);
  }
  prb_open_block(pkc, next);
  return call.result(reinterpret_cast<const u8*>(pkc->nxt_offset.get()));
}

// Last of all the status word: from then on the block is the program's.
static void prb_close_block(const tpacket_kbdq_core* pkc1, const tpacket_block_desc* pbd1, const packet_sock* po, u32 stat) {
  KFUNC(prb_close_block, pkc1, pbd1, po, stat);
  INLINED();
  const tpacket_hdr_v1* head = &pbd1->hdr.bh1;
  const auto* last = reinterpret_cast<const tpacket3_hdr*>(pkc1->prev.get());
  u32 status = TP_STATUS_USER | stat;
  if (atomic_read(&po->tp_drops)) status |= TP_STATUS_LOSING;
  set(last->tp_next_offset, 0);
  if (head->num_pkts) {
    set(head->ts_last_pkt.ts_sec, last->tp_sec);
    set(head->ts_last_pkt.ts_nsec, last->tp_nsec);
  } else {
    stamp(&head->ts_last_pkt, machine().now());
  }
  set(head->block_status, status);
  NOTE("packet.block_closed", &po->sk, u32{pkc1->kactive_blk_num}, u32{head->num_pkts}, status);
  po->sk.sk_data_ready(&po->sk);
  set(pkc1->kactive_blk_num, static_cast<u16>(pkc1->kactive_blk_num + 1u < pkc1->knum_blocks ? pkc1->kactive_blk_num + 1u : 0u));
}
static void prb_retire_current_block(const tpacket_kbdq_core* pkc, const packet_sock* po, u32 status) {
  KFUNC(prb_retire_current_block, pkc, po, status);
  const tpacket_block_desc* block = openBlock(pkc);
  if (block->hdr.bh1.block_status == TP_STATUS_KERNEL) prb_close_block(pkc, block, po, status);
}

// ---- the timer
// Whether a block has been opened meanwhile, which arms the timer anew.
static bool handOverOrThaw(const packet_sock* po, const tpacket_kbdq_core* pkc) {
  const tpacket_block_desc* block = openBlock(pkc);
  if (pkc->reset_pending_on_curr_blk) {
    if (isPrograms(block)) return false;
    prb_open_block(pkc, block);
    return true;
  }
  if (!block->hdr.bh1.num_pkts) return false; // an empty block is of no use to anybody
  prb_retire_current_block(pkc, po, TP_STATUS_BLK_TMO);
  return prb_dispatch_next_block(pkc, po);
}
static void prb_retire_rx_blk_timer_expired(const timer_list* t) {
  KFUNC(prb_retire_rx_blk_timer_expired, t);
  const packet_sock* po = container_of(t, packet_sock, rx_ring.prb_bdqc.retire_blk_timer);
  const tpacket_kbdq_core* pkc = blocksOf(po);
  if (pkc->delete_blk_timer) return;
  const bool sameBlock = pkc->last_kactive_blk_num == pkc->kactive_blk_num;
  if (!sameBlock || !handOverOrThaw(po, pkc)) armTimer(pkc);
}

// False: nobody knows.
static bool __ethtool_get_link_ksettings(const net_device* dev, u32& speed) {
  KFUNC(__ethtool_get_link_ksettings, dev);
  SIMPLIFIED("the driver is not asked: an Ethernet device is taken to have 1000 Mbit/s, of others nobody knows");
  BUG_ON(!rtnl_is_locked());
  speed = 1000;
  return call.result(dev->type == ARPHRD_ETHER);
}
// So long as the device takes to fill a block, rounded up; 8 ms where nobody knows its speed.
static u32 prb_calc_retire_blk_tmo(const packet_sock* po, u32 blk_size_in_bytes) {
  KFUNC(prb_calc_retire_blk_tmo, po, blk_size_in_bytes);
  rtnl_lock();
  const net_device* dev = __dev_get_by_index(sock_net(&po->sk), po->ifindex);
  u32 speed = 0;
  const bool known = dev && __ethtool_get_link_ksettings(dev, speed);
  rtnl_unlock();
  constexpr u32 Slow = 1000, BitsPerMegabit = 1024 * 1024; // Mbit/s: what is slower can wait
  if (!known || speed < Slow) return call.result(u32{DEFAULT_PRB_RETIRE_TOV});
  return call.result(blk_size_in_bytes * 8 / BitsPerMegabit / (speed / Slow) + 1);
}

// ---- making and ending
static void layQueue(const packet_sock* po, const tpacket_kbdq_core* p1, const pgv* pg_vec, const tpacket_req3* req) {
  fillBytes(p1, 0, sizeof *p1);
  set(p1->knxt_seq_num, u64{1});
  set(p1->pkbdq, pg_vec);
  setAddress(&p1->pkblk_start, pg_vec[0].buffer.get());
  set(p1->kblk_size, static_cast<s32>(req->tp_block_size));
  set(p1->knum_blocks, req->tp_block_nr);
  set(p1->hdrlen, po->tp_hdrlen);
  set(p1->version, static_cast<u16>(po->tp_version));
  set(po->stats.stats3.tp_freeze_q_cnt, 0);
}
void init_prb_bdqc(const packet_sock* po, const pgv* pg_vec, const tpacket_req3* req) {
  KFUNC(init_prb_bdqc, po, pg_vec, req);
  INLINED();
  const tpacket_kbdq_core* p1 = blocksOf(po);
  layQueue(po, p1, pg_vec, req);
  const u32 asked = req->tp_retire_blk_tov;
  set(p1->retire_blk_tov, static_cast<u16>(asked ? asked : prb_calc_retire_blk_tmo(po, req->tp_block_size)));
  set(p1->tov_in_jiffies, __msecs_to_jiffies(p1->retire_blk_tov));
  set(p1->blk_sizeof_priv, req->tp_sizeof_priv);
  set(p1->max_frame_len, req->tp_block_size - firstInBlock(req->tp_sizeof_priv));
  set(p1->feature_req_word, req->tp_feature_req_word);
  timer_setup(&p1->retire_blk_timer, fn<prb_retire_rx_blk_timer_expired>);
  prb_open_block(p1, blockAt(p1, 0));
}
void stopBlocks(const packet_sock* po) {
  set(blocksOf(po)->delete_blk_timer, u8{1});
  del_timer(&blocksOf(po)->retire_blk_timer);
}

// ---- filling
bool blockHasStatus(const packet_sock* po, u32 index, u32 status) {
  return blockAt(blocksOf(po), index)->hdr.bh1.block_status == status;
}

void giveBlock(const packet_sock* po, u32 index, u32 status) {
  set(blockAt(blocksOf(po), index)->hdr.bh1.block_status, status);
}

static void describeTag(const sk_buff* skb, const tpacket3_hdr* packet) {
  const bool tagged = skb->vlan_present;
  set(packet->hv1.tp_vlan_tci, tagged ? u32{skb->vlan_tci} : 0u);
  set(packet->hv1.tp_vlan_tpid, tagged ? ntohs(skb->vlan_proto) : u16{0});
  set(packet->tp_status, tagged ? TP_STATUS_VLAN_VALID | TP_STATUS_VLAN_TPID_VALID : 0u);
}
static void prb_fill_curr_block(const u8* curr, const tpacket_kbdq_core* pkc, const tpacket_block_desc* pbd, u32 len) {
  KFUNC(prb_fill_curr_block, curr, pkc, pbd, len);
  const auto* packet = reinterpret_cast<const tpacket3_hdr*>(curr);
  const u32 whole = blockAligned(len);
  set(packet->tp_next_offset, whole);
  setAddress(&pkc->prev, curr);
  setAddress(&pkc->nxt_offset, curr + whole);
  set(pbd->hdr.bh1.blk_len, pbd->hdr.bh1.blk_len + whole);
  add(pbd->hdr.bh1.num_pkts, 1);
  describeTag(pkc->skb, packet);
  const bool hashed = pkc->feature_req_word & TP_FT_REQ_FILL_RXHASH;
  set(packet->hv1.tp_rxhash, hashed ? skb_get_hash_net(dev_net(pkc->skb->dev), pkc->skb) : 0u);
}

static const u8* __packet_lookup_frame_in_block(const packet_sock* po, const sk_buff* skb, u32 len) {
  KFUNC(__packet_lookup_frame_in_block, po, skb, len);
  INLINED();
  const tpacket_kbdq_core* pkc = blocksOf(po);
  const tpacket_block_desc* block = openBlock(pkc);
  if (pkc->reset_pending_on_curr_blk) {
    if (isPrograms(block)) return call.result<const u8*>(nullptr);
    prb_open_block(pkc, block);
  }
  set(pkc->skb, skb);
  const u8* room = reinterpret_cast<const u8*>(pkc->nxt_offset.get());
  if (room + blockAligned(len) >= reinterpret_cast<const u8*>(block) + pkc->kblk_size) {
    prb_retire_current_block(pkc, po, 0);
    room = prb_dispatch_next_block(pkc, po);
    if (!room) return call.result(room);
    block = openBlock(pkc);
  }
  prb_fill_curr_block(room, pkc, block, len);
  return call.result(room);
}
const u8* roomInBlock(const packet_sock* po, const sk_buff* skb, u32 len) {
  return __packet_lookup_frame_in_block(po, skb, len);
}

} // namespace sockwalk::kernel
