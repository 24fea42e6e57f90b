// Packet sockets: a frame on its way up or down is shown to them, and a reader takes it.
//
// Whoever shows a frame (dev_queue_xmit_nit, __netif_receive_skb_core) shows the same sk_buff to everybody. A packet
// socket therefore borrows it: moves its data to where this socket's frames begin, asks the filter, and only if the
// frame is wanted takes a clone; then the structure is put back as it was.
#include "engine/kernel/include/linux/filter.h"
#include "engine/kernel/include/linux/if_vlan.h"
#include "engine/kernel/include/linux/netfilter/nf_conntrack_common.h"
#include "engine/kernel/include/linux/socket.h"
#include "engine/kernel/net/packet/internal.h"
#include "engine/kernel/net/packet/ring.h"

namespace sockwalk::kernel {

u32 run_filter(const sk_buff* skb, const sock* sk, u32 res) {
  KFUNC(run_filter, skb, sk, res);
  INLINED();
  const sk_filter* filter = sk->sk_filter;
  return call.result(filter ? bpf_prog_run_pin_on_cpu(filter->prog, skb) : res);
}

// On the way up the link header has been taken off; on the way down it stands at the front.
void beginWhereWanted(const sock* sk, const sk_buff* skb, const net_device* dev) {
  if (!dev_has_header(dev)) return;
  if (sk->sk_type != SOCK_DGRAM) {
    const auto up = static_cast<u32>(skb->data - skb_mac_header(skb));
    skb_push(skb, up);
    if (up && skb_shared(skb)) NOTE("packet.borrowed", sk, skb, up);
  } else if (skb->pkt_type == PACKET_OUTGOING) {
    skb_pull(skb, static_cast<u32>(skb_network_offset(skb)));
  }
}

// Its own structure for the socket: the one that came if nobody else holds it, else a clone. nullptr: no memory.
static const sk_buff* ownOf(const sock* sk, const sk_buff* skb, const Borrowed& before) {
  if (!skb_shared(skb)) return skb;
  const sk_buff* own = skb_clone(skb, GFP_ATOMIC);
  if (!own) return nullptr;
  before.putBack();
  NOTE("packet.own_clone", sk, skb, own);
  consume_skb(skb);
  return own;
}

void noteOrigin(const sock* sk, const sockaddr_ll* from, const sk_buff* skb, const net_device* dev,
                const net_device* orig_dev) {
  const bool asArrived = packet_sock_flag(pkt_sk(sk), PACKET_SOCK_ORIGDEV);
  set(from->sll_hatype, dev->type);
  set(from->sll_pkttype, static_cast<u8>(skb->pkt_type));
  set(from->sll_ifindex, asArrived ? orig_dev->ifindex : dev->ifindex);
  set(from->sll_halen, static_cast<u8>(dev_parse_header(skb, from->sll_addr)));
}

static void queueFor(const sock* sk, const sk_buff* skb) {
  const u32 whole = PACKET_SKB_CB(skb)->sa.origlen;
  skb_set_owner_r(skb, sk);
  set(skb->dev, nullptr);
  skb_dst_drop(skb);
  nf_reset_ct(skb);
  add(pkt_sk(sk)->stats.stats1.tp_packets, 1);
  sock_skb_set_dropcount(sk, skb);
  __skb_queue_tail(&sk->sk_receive_queue, skb);
  mark(BufferMark::Delivered, skb, sk);
  NOTE("packet.queued", sk, skb, skb->len, whole);
  sk->sk_data_ready(sk);
}

static bool concerns(const sock* sk, const sk_buff* skb, const net_device* dev) {
  if (skb->pkt_type == PACKET_LOOPBACK) return false;
  if (dev_net(dev) == sock_net(sk)) return true;
  NOTE("packet.other_network", sk, dev);
  return false;
}
static bool readerKeepsUp(const sock* sk) {
  const int held = sk_rmem_alloc_get(sk);
  if (held < sk->sk_rcvbuf) return true;
  NOTE("packet.queue_full", sk, held, sk->sk_rcvbuf);
  return false;
}
static int lose(const sock* sk, const sk_buff* skb, const Borrowed& before) {
  atomic_inc(&pkt_sk(sk)->tp_drops);
  atomic_inc(&sk->sk_drops);
  before.putBack();
  kfree_skb(skb);
  return 0;
}

s32 packet_rcv(const sk_buff* skb, const net_device* dev, const packet_type* pt, const net_device* orig_dev) {
  KFUNC(packet_rcv, skb, dev, pt, orig_dev);
  const auto* sk = static_cast<const sock*>(pt->af_packet_priv.get());
  const Borrowed before(skb);
  const bool ours = concerns(sk, skb, dev);
  if (ours) {
    set(skb->dev, dev);
    beginWhereWanted(sk, skb, dev);
  }
  const u32 wanted = ours ? run_filter(skb, sk, skb->len) : 0;
  if (!wanted) {
    if (ours) NOTE("packet.not_wanted", sk, skb);
    before.putBack();
    consume_skb(skb); // nothing is lost: it was not for this socket
    return call.result(0);
  }
  if (!readerKeepsUp(sk)) return call.result(lose(sk, skb, before));
  const sk_buff* own = ownOf(sk, skb, before);
  if (!own) return call.result(lose(sk, skb, before));
  const packet_skb_cb* cb = PACKET_SKB_CB(own);
  noteOrigin(sk, &cb->sa.ll, own, dev, orig_dev);
  set(cb->sa.origlen, own->len); // in the place of family and protocol, which come when it is read
  if (pskb_trim(own, wanted)) return call.result(lose(sk, own, Borrowed(own)));
  queueFor(sk, own);
  return call.result(0);
}

// Of SOCK_PACKET: no clone on demand and no filter first, but a clone and then the queue of any socket.
s32 packet_rcv_spkt(const sk_buff* skb, const net_device* dev, const packet_type* pt, const net_device* orig_dev) {
  KFUNC(packet_rcv_spkt, skb, dev, pt, orig_dev);
  const auto* sk = static_cast<const sock*>(pt->af_packet_priv.get());
  if (!concerns(sk, skb, dev)) return kfree_skb(skb), call.result(0);
  skb = skb_share_check(skb, GFP_ATOMIC);
  if (!skb) return call.result(0);
  skb_dst_drop(skb);
  nf_reset_ct(skb);
  const sockaddr_pkt* from = &PACKET_SKB_CB(skb)->sa.pkt;
  if (dev_has_header(dev)) skb_push(skb, static_cast<u32>(skb->data - skb_mac_header(skb)));
  set(from->spkt_family, dev->type);
  fillBytes(from->spkt_device, 0, sizeof from->spkt_device);
  setBytes(from->spkt_device, dev->name, sizeof from->spkt_device - 1);
  set(from->spkt_protocol, skb->protocol);
  NOTE("packet.old_type", sk, skb);
  skb_drop_reason reason;
  if (sock_queue_rcv_skb_reason(sk, skb, &reason)) kfree_skb(skb);
  return call.result(0);
}

// ---- reading
u32 checksumStatus(const sk_buff* skb) {
  if (skb->ip_summed == CHECKSUM_PARTIAL) return TP_STATUS_CSUMNOTREADY;
  return skb->pkt_type != PACKET_OUTGOING && skb_csum_unnecessary(skb) ? u32{TP_STATUS_CSUM_VALID} : 0u;
}
static void putAuxdata(const msghdr* msg, const sk_buff* skb, u32 origlen) {
  OnStack<tpacket_auxdata> aux;
  u32 status = TP_STATUS_USER | checksumStatus(skb);
  if (skb->vlan_present) {
    set(aux->tp_vlan_tci, skb->vlan_tci);
    set(aux->tp_vlan_tpid, ntohs(skb->vlan_proto));
    status |= TP_STATUS_VLAN_VALID | TP_STATUS_VLAN_TPID_VALID;
  }
  set(aux->tp_status, status);
  set(aux->tp_len, origlen);
  set(aux->tp_snaplen, skb->len);
  set(aux->tp_net, static_cast<u16>(skb_network_offset(skb)));
  put_cmsg(msg, SOL_PACKET, PACKET_AUXDATA, sizeof(tpacket_auxdata), aux.get());
}

// A sockaddr_ll is never told shorter than it is, even where the hardware address is.
static void tellOrigin(const msghdr* msg, const sk_buff* skb, bool old) {
  if (!msg->msg_name) return;
  const packet_skb_cb* cb = PACKET_SKB_CB(skb);
  const u32 known = old ? u32{sizeof(sockaddr_pkt)} : LinkAddressBegin + cb->sa.ll.sll_halen;
  const u32 told = old ? known : std::max<u32>(known, sizeof(sockaddr_ll));
  const auto* name = static_cast<const u8*>(msg->msg_name.get());
  if (told > known) fillBytes(name + known, 0, told - known);
  setBytes(name, cb, known);
  set(msg->msg_namelen, static_cast<s32>(told));
}

// What the packet is behind its link header, which a SOCK_DGRAM socket does not see.
static u16 vlan_get_protocol_dgram(const sk_buff* skb) {
  KFUNC(vlan_get_protocol_dgram, skb);
  SIMPLIFIED("what stands behind a VLAN tag is not looked for: the card has taken the tag out");
  return call.result(static_cast<u16>(skb->protocol));
}

s32 packet_recvmsg(const socket* sock, const msghdr* msg, u64 len, s32 flags) {
  KFUNC(packet_recvmsg, sock, msg, len, flags);
  SIMPLIFIED("no virtio header before the frame (PACKET_VNET_HDR); nothing ever comes into the error queue");
  constexpr s32 known = MSG_PEEK | MSG_DONTWAIT | MSG_TRUNC | MSG_ERRQUEUE;
  if (flags & ~known) return call.result(-EINVAL);
  if (flags & MSG_ERRQUEUE) return call.result(-EAGAIN);
  const struct sock* sk = sock->sk;
  int err;
  const sk_buff* skb = skb_recv_datagram(sk, static_cast<u32>(flags), &err);
  if (!skb) return call.result(err);
  const bool old = sock->type == SOCK_PACKET;
  const u32 copied = std::min<u32>(skb->len, static_cast<u32>(len));
  if (copied < skb->len) set(msg->msg_flags, msg->msg_flags | MSG_TRUNC);
  err = skb_copy_datagram_msg(skb, 0, msg, static_cast<int>(copied));
  if (!err) {
    const packet_skb_cb* cb = PACKET_SKB_CB(skb);
    const u32 whole = old ? 0 : cb->sa.origlen;
    if (!old) set(cb->sa.ll.sll_family, AF_PACKET);
    if (!old) set(cb->sa.ll.sll_protocol, sock->type == SOCK_DGRAM ? vlan_get_protocol_dgram(skb) : u16{skb->protocol});
    sock_recv_cmsgs(msg, sk, skb);
    tellOrigin(msg, skb, old);
    if (packet_sock_flag(pkt_sk(sk), PACKET_SOCK_AUXDATA)) putAuxdata(msg, skb, whole);
    err = static_cast<int>(flags & MSG_TRUNC ? skb->len : copied);
  }
  skb_free_datagram(sk, skb);
  return call.result(err);
}

} // namespace sockwalk::kernel
