// The ring of a packet socket: making it and taking it away; its frames, where they are of one size each (TPACKET_V1, V2).
//
//   | tpacket_hdr or tpacket2_hdr | sockaddr_ll | ...  | link header | packet as far as it fits |
//   0                             32            52     tp_mac        tp_net
#include "engine/kernel/net/packet/ring.h"
#include "engine/kernel/include/linux/slab.h"

namespace sockwalk::kernel {

// ---- making it
static void free_pg_vec(const pgv* pg_vec, u32 order, u32 len) {
  KFUNC(free_pg_vec, pg_vec, order, len);
  for (u32 i = 0; i < len; ++i)
    if (pg_vec[i].buffer) kfree(pg_vec[i].buffer.get());
  kfree(pg_vec);
}
static const pgv* alloc_pg_vec(const tpacket_req* req, u32 order) {
  KFUNC(alloc_pg_vec, req, order);
  INLINED();
  SIMPLIFIED("a ring of more than 8 MiB finds no memory");
  constexpr u64 Most = 8u << 20;
  if (u64{req->tp_block_size} * req->tp_block_nr > Most) return call.result<const pgv*>(nullptr);
  const auto* blocks = kzalloc<pgv>(GFP_KERNEL, (req->tp_block_nr - 1) * u32{sizeof(pgv)});
  for (u32 i = 0; blocks && i < req->tp_block_nr; ++i) {
    const u8* block = kmallocBuffer(req->tp_block_size, GFP_KERNEL | __GFP_ZERO);
    if (!block) {
      free_pg_vec(blocks, order, i);
      return call.result<const pgv*>(nullptr);
    }
    setAddress(&blocks[i].buffer, block);
  }
  return call.result(blocks);
}
static u32 get_order(u32 size) {
  u32 order = 0;
  while ((u32{PAGE_SIZE} << order) < size) ++order;
  return order;
}

static u32 headerLength(u32 version) {
  constexpr u32 OfHeader[] = {sizeof(tpacket_hdr), sizeof(tpacket2_hdr), sizeof(tpacket3_hdr)};
  return TPACKET_ALIGN(OfHeader[version]) + u32{sizeof(sockaddr_ll)};
}
static bool makesSense(const packet_sock* po, const tpacket_req_u* req_u) {
  const tpacket_req* req = &req_u->req;
  const u32 smallest = po->tp_hdrlen + po->tp_reserve;
  const bool pages = static_cast<s32>(req->tp_block_size) > 0 && req->tp_block_size % PAGE_SIZE == 0;
  const bool frame = req->tp_frame_size >= smallest && req->tp_frame_size % TPACKET_ALIGNMENT == 0;
  if (!pages || !frame) return false;
  const bool ofBlocks = po->tp_version == TPACKET_V3;
  if (ofBlocks && req->tp_block_size < u64{firstInBlock(0)} + req_u->req3.tp_sizeof_priv + smallest) return false;
  const u64 perBlock = req->tp_block_size / req->tp_frame_size;
  return perBlock && perBlock * req->tp_block_nr == req->tp_frame_nr;
}

static void exchange(const sock* sk, const tpacket_req* req, const pgv* fresh, u32 order) {
  const packet_sock* po = pkt_sk(sk);
  const packet_ring_buffer* rb = &po->rx_ring;
  set(rb->pg_vec, fresh);
  set(rb->frame_max, req->tp_frame_nr - 1);
  set(rb->head, 0);
  set(rb->frame_size, req->tp_frame_size);
  set(rb->frames_per_block, fresh ? req->tp_block_size / req->tp_frame_size : 0);
  set(rb->pg_vec_order, order);
  set(rb->pg_vec_len, req->tp_block_nr);
  set(rb->pg_vec_pages, req->tp_block_size / u32{PAGE_SIZE});
  if (fresh) set(po->prot_hook.func, fn<tpacket_rcv>);
  else set(po->prot_hook.func, fn<packet_rcv>);
  skb_queue_purge(&sk->sk_receive_queue);
  if (fresh && po->tp_version == TPACKET_V3)
    NOTE("packet.blocks_made", sk, req->tp_block_nr, req->tp_block_size, rb->prb_bdqc.retire_blk_tov);
  else if (fresh) NOTE("packet.ring_made", sk, req->tp_frame_nr, req->tp_frame_size);
}
// closing: the socket goes. While frames are handed in they must not change, so the socket is unhooked meanwhile.
static int setRing(const sock* sk, const tpacket_req_u* req_u) {
  const packet_sock* po = pkt_sk(sk);
  const tpacket_req* req = &req_u->req;
  const u32 orderBefore = po->rx_ring.pg_vec_order, blocksBefore = po->rx_ring.pg_vec_len;
  const bool ofBlocks = po->tp_version == TPACKET_V3;
  const pgv* fresh = nullptr;
  u32 order = 0;
  if (req->tp_block_nr) {
    if (po->rx_ring.pg_vec) return -EBUSY;
    set(po->tp_hdrlen, headerLength(po->tp_version));
    if (!makesSense(po, req_u)) return -EINVAL;
    order = get_order(req->tp_block_size);
    if (!(fresh = alloc_pg_vec(req, order))) return -ENOMEM;
    if (ofBlocks) init_prb_bdqc(po, fresh, &req_u->req3);
  } else if (req->tp_frame_nr) {
    return -EINVAL;
  }
  const bool running = packet_sock_flag(po, PACKET_SOCK_RUNNING);
  unregister_prot_hook(sk);
  const pgv* old = po->rx_ring.pg_vec;
  exchange(sk, req, fresh, order);
  if (running) __register_prot_hook(sk);
  if (!old) return 0;
  if (ofBlocks) stopBlocks(po);
  free_pg_vec(old, orderBefore, blocksBefore);
  return 0;
}
int packet_set_ring(const sock* sk, const tpacket_req_u* req_u, bool closing, bool tx_ring) {
  KFUNC(packet_set_ring, sk, req_u, closing, tx_ring);
  SIMPLIFIED("no copy of what does not fit a frame (PACKET_COPY_THRESH); the program cannot map the ring (what it would "
             "write there is played: `ring FD back N`)");
  return call.result(setRing(sk, req_u));
}
void freeRing(const sock* sk) {
  if (!pkt_sk(sk)->rx_ring.pg_vec) return;
  OnStack<tpacket_req_u> none;
  packet_set_ring(sk, none, true, false);
}

// ---- its frames
static const u8* frameAt(const packet_ring_buffer* rb, u32 position) {
  const auto* block = reinterpret_cast<const u8*>(rb->pg_vec.get()[position / rb->frames_per_block].buffer.get());
  return block + position % rb->frames_per_block * rb->frame_size;
}
// The status word is the first: of version 1 as long as a pointer, of version 2 four bytes.
static u64 statusOf(const packet_sock* po, const u8* frame) {
  if (po->tp_version == TPACKET_V1) return reinterpret_cast<const tpacket_hdr*>(frame)->tp_status;
  return reinterpret_cast<const tpacket2_hdr*>(frame)->tp_status;
}
void giveFrame(const packet_sock* po, const u8* frame, u32 status) {
  if (po->tp_version == TPACKET_V1) set(reinterpret_cast<const tpacket_hdr*>(frame)->tp_status, status);
  else set(reinterpret_cast<const tpacket2_hdr*>(frame)->tp_status, status);
}
const u8* packet_lookup_frame(const packet_sock* po, u32 position, u64 status) {
  KFUNC(packet_lookup_frame, po, position, status);
  const u8* frame = frameAt(&po->rx_ring, position);
  return call.result<const u8*>(statusOf(po, frame) == status ? frame : nullptr);
}

bool ringReadable(const packet_sock* po) {
  const packet_ring_buffer* rb = &po->rx_ring;
  if (!rb->pg_vec) return false;
  const auto before = [](u32 position, u32 last) { return position ? position - 1 : last; };
  if (po->tp_version != TPACKET_V3)
    return !packet_lookup_frame(po, before(rb->head, rb->frame_max), TP_STATUS_KERNEL);
  const u32 filled = before(rb->prb_bdqc.kactive_blk_num, rb->prb_bdqc.knum_blocks - 1);
  return !blockHasStatus(po, filled, TP_STATUS_KERNEL);
}
void programGivesBack(const packet_sock* po, u32 index) {
  NOTE("packet.ring_back", &po->sk, index);
  if (po->tp_version == TPACKET_V3) giveBlock(po, index, TP_STATUS_KERNEL);
  else giveFrame(po, frameAt(&po->rx_ring, index), TP_STATUS_KERNEL);
}
u32 ringParts(const packet_sock* po) {
  return po->tp_version == TPACKET_V3 ? u32{po->rx_ring.prb_bdqc.knum_blocks} : po->rx_ring.frame_max + 1;
}

// First whether there is plenty, a quarter of the ring ahead; then whether there is any.
static bool __packet_rcv_has_room(const packet_sock* po, const sk_buff* skb) {
  KFUNC(__packet_rcv_has_room, po, skb);
  const packet_ring_buffer* rb = &po->rx_ring;
  const bool ofBlocks = po->tp_version == TPACKET_V3;
  const u32 here = ofBlocks ? rb->prb_bdqc.kactive_blk_num : rb->head;
  const u32 all = ofBlocks ? rb->prb_bdqc.knum_blocks : rb->frame_max + 1;
  const auto kernels = [&](u32 at) {
    return ofBlocks ? blockHasStatus(po, at, TP_STATUS_KERNEL) : packet_lookup_frame(po, at, TP_STATUS_KERNEL) != nullptr;
  };
  return call.result(kernels((here + all / 4) % all) || kernels(here));
}
bool ringHasRoom(const packet_sock* po, const sk_buff* skb) { return __packet_rcv_has_room(po, skb); }

} // namespace sockwalk::kernel
