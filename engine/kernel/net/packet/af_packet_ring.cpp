// The ring of a packet socket (PACKET_RX_RING): memory that the program and the kernel share, cut into frames. Of each
// frame the first word, tp_status, says whose it is: 0, the kernel's, which may write a packet there; with the bit
// TP_STATUS_USER, the program's. So packets are read without a system call each.
//
//   | tpacket_hdr | sockaddr_ll | ...  | link header | packet as far as it fits |
//   0             32            52     tp_mac        tp_net
#include "engine/kernel/include/linux/slab.h"
#include "engine/kernel/net/packet/ring.h"
#include <algorithm>
#include <vector>

namespace sockwalk::kernel {

constexpr u32 TPACKET_ALIGNMENT = 16;
constexpr u32 TPACKET_ALIGN(u32 n) { return (n + TPACKET_ALIGNMENT - 1) & ~(TPACKET_ALIGNMENT - 1); }
constexpr u32 TPACKET_HDRLEN = TPACKET_ALIGN(sizeof(tpacket_hdr)) + sizeof(sockaddr_ll);

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
static bool makesSense(const packet_sock* po, const tpacket_req* req) {
  const u32 smallest = po->tp_hdrlen + po->tp_reserve;
  const bool pages = static_cast<s32>(req->tp_block_size) > 0 && req->tp_block_size % PAGE_SIZE == 0;
  const bool frame = req->tp_frame_size >= smallest && req->tp_frame_size % TPACKET_ALIGNMENT == 0;
  if (!pages || !frame) return false;
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
  if (fresh) NOTE("packet.ring_made", sk, req->tp_frame_nr, req->tp_frame_size);
}
// closing: the socket goes. While frames are handed in they must not change, so the socket is unhooked meanwhile.
static int setRing(const sock* sk, const tpacket_req* req) {
  const packet_sock* po = pkt_sk(sk);
  const u32 orderBefore = po->rx_ring.pg_vec_order, blocksBefore = po->rx_ring.pg_vec_len;
  const pgv* fresh = nullptr;
  u32 order = 0;
  if (req->tp_block_nr) {
    if (po->rx_ring.pg_vec) return -EBUSY;
    if (po->tp_version != TPACKET_V1) return -EOPNOTSUPP;
    set(po->tp_hdrlen, TPACKET_HDRLEN);
    if (!makesSense(po, req)) return -EINVAL;
    order = get_order(req->tp_block_size);
    if (!(fresh = alloc_pg_vec(req, order))) return -ENOMEM;
  } else if (req->tp_frame_nr) {
    return -EINVAL;
  }
  const bool running = packet_sock_flag(po, PACKET_SOCK_RUNNING);
  unregister_prot_hook(sk);
  const pgv* old = po->rx_ring.pg_vec;
  exchange(sk, req, fresh, order);
  if (running) __register_prot_hook(sk);
  if (old) free_pg_vec(old, orderBefore, blocksBefore);
  return 0;
}
int packet_set_ring(const sock* sk, const tpacket_req* req, bool closing, bool tx_ring) {
  KFUNC(packet_set_ring, sk, req, closing, tx_ring);
  SIMPLIFIED("only the first version of the frames, and no copy of what does not fit one (PACKET_COPY_THRESH); the "
             "program cannot map them, so what is filled stays filled");
  return call.result(setRing(sk, req));
}
void freeRing(const sock* sk) {
  if (!pkt_sk(sk)->rx_ring.pg_vec) return;
  OnStack<tpacket_req> none;
  packet_set_ring(sk, none, true, false);
}

// ---- filling it
static const tpacket_hdr* packet_lookup_frame(const packet_sock* po, u32 position, u64 status) {
  KFUNC(packet_lookup_frame, po, position, status);
  const packet_ring_buffer* rb = &po->rx_ring;
  const auto* block = reinterpret_cast<const u8*>(rb->pg_vec.get()[position / rb->frames_per_block].buffer.get());
  const auto* frame = reinterpret_cast<const tpacket_hdr*>(block + position % rb->frames_per_block * rb->frame_size);
  const bool kernels = !(frame->tp_status & TP_STATUS_USER), wanted = status == TP_STATUS_KERNEL;
  return call.result<const tpacket_hdr*>(kernels == wanted ? frame : nullptr);
}
bool ringReadable(const packet_sock* po) {
  const packet_ring_buffer* rb = &po->rx_ring;
  if (!rb->pg_vec) return false;
  const u32 previous = rb->head ? rb->head - 1 : rb->frame_max;
  return !packet_lookup_frame(po, previous, TP_STATUS_KERNEL);
}
// First whether there is plenty, a quarter of the ring ahead; then whether there is any.
static bool __packet_rcv_has_room(const packet_sock* po, const sk_buff* skb) {
  KFUNC(__packet_rcv_has_room, po, skb);
  const packet_ring_buffer* rb = &po->rx_ring;
  const u32 frames = rb->frame_max + 1, ahead = (rb->head + frames / 4) % frames;
  const bool plenty = packet_lookup_frame(po, ahead, TP_STATUS_KERNEL) != nullptr;
  return call.result(plenty || packet_lookup_frame(po, rb->head, TP_STATUS_KERNEL));
}
static u32 tpacket_get_timestamp(const sk_buff* skb, s64& ns) {
  KFUNC(tpacket_get_timestamp, skb);
  ns = skb->tstamp ? static_cast<s64>(skb->tstamp) : static_cast<s64>(machine().now());
  return call.result(skb->tstamp ? u32{TP_STATUS_TS_SOFTWARE} : 0u);
}

namespace {
struct Place { // in a frame
  u32 mac, net, snaplen;
};
Place placeIn(const sock* sk, const sk_buff* skb, u32 wanted) {
  const packet_sock* po = pkt_sk(sk);
  const u32 header = sk->sk_type == SOCK_DGRAM ? 0 : static_cast<u32>(skb_network_offset(skb));
  const u32 net = sk->sk_type == SOCK_DGRAM ? TPACKET_ALIGN(po->tp_hdrlen) + 16 + po->tp_reserve
                                            : TPACKET_ALIGN(po->tp_hdrlen + std::max(header, 16u)) + po->tp_reserve;
  const u32 mac = net - header, room = po->rx_ring.frame_size > mac ? po->rx_ring.frame_size - mac : 0;
  return {mac, net, std::min({skb->len, wanted, room})};
}

void describe(const tpacket_hdr* frame, const sk_buff* skb, const Place& place, s64 ns) {
  set(frame->tp_len, skb->len);
  set(frame->tp_snaplen, place.snaplen);
  set(frame->tp_mac, static_cast<u16>(place.mac));
  set(frame->tp_net, static_cast<u16>(place.net));
  set(frame->tp_sec, static_cast<u32>(ns / 1000000000));
  set(frame->tp_usec, static_cast<u32>(ns % 1000000000 / 1000));
}
void tellOrigin(const sock* sk, const tpacket_hdr* frame, const sk_buff* skb, const net_device* dev,
                const net_device* orig_dev) {
  const auto* from = reinterpret_cast<const sockaddr_ll*>(reinterpret_cast<const u8*>(frame) + sizeof *frame);
  noteOrigin(sk, from, skb, dev, orig_dev);
  set(from->sll_family, AF_PACKET);
  set(from->sll_protocol, skb->protocol);
}

// The packet into the frame at the head of the ring. Last of all the status word: then the program may look.
void fillFrame(const sock* sk, const sk_buff* skb, u32 wanted, const net_device* dev, const net_device* orig_dev) {
  const packet_sock* po = pkt_sk(sk);
  const packet_ring_buffer* rb = &po->rx_ring;
  const u32 slot = rb->head;
  const Place place = placeIn(sk, skb, wanted);
  const tpacket_hdr* frame = packet_lookup_frame(po, slot, TP_STATUS_KERNEL);
  set(rb->head, slot == rb->frame_max ? 0 : slot + 1);
  u32 status = TP_STATUS_USER | checksumStatus(skb);
  if (atomic_read(&po->tp_drops)) status |= TP_STATUS_LOSING;
  add(po->stats.stats1.tp_packets, 1);
  std::vector<u8> bytes(place.snaplen);
  skb_copy_bits(skb, 0, bytes.data(), static_cast<int>(place.snaplen));
  setBytes(reinterpret_cast<const u8*>(frame) + place.mac, bytes.data(), place.snaplen);
  s64 ns;
  status |= tpacket_get_timestamp(skb, ns);
  describe(frame, skb, place, ns);
  tellOrigin(sk, frame, skb, dev, orig_dev);
  set(frame->tp_status, status);
  mark(BufferMark::Handled, skb, sk);
  NOTE("packet.ring_frame", sk, slot, place.snaplen, status);
  sk->sk_data_ready(sk);
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
  if (!wanted) {
    NOTE("packet.not_wanted", sk, skb);
  } else if (!__packet_rcv_has_room(po, skb)) {
    NOTE("packet.ring_full", sk, po->rx_ring.head);
    atomic_inc(&po->tp_drops);
  } else {
    fillFrame(sk, skb, wanted, dev, orig_dev);
  }
  before.putBack();
  consume_skb(skb); // the frame has a copy of it
  return call.result(0);
}

} // namespace sockwalk::kernel
