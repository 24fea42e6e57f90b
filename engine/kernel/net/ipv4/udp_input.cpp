// UDP reception: is the datagram whole, which socket has its port, is there room in the socket's queue.
#include "engine/kernel/include/linux/filter.h"
#include "engine/kernel/include/linux/igmp.h"
#include "engine/kernel/include/linux/inetdevice.h"
#include "engine/kernel/include/linux/netfilter/nf_conntrack_common.h"
#include "engine/kernel/include/linux/udp.h"
#include "engine/kernel/include/net/icmp.h"
#include "engine/kernel/include/net/ip.h"
#include "engine/kernel/include/net/sock_reuseport.h"
#include "engine/kernel/include/net/udp.h"
#include "engine/kernel/include/net/udplite.h"
#include "engine/kernel/net/ipv4/route_internal.h"

namespace sockwalk::kernel {

static void sock_efree(const sk_buff* skb) {
  KFUNC(sock_efree, skb);
  sock_put(skb->sk);
}

static u32 inet_compute_pseudo(const sk_buff* skb, int proto) {
  const iphdr* iph = ip_hdr(skb);
  return csum_tcpudp_nofold(iph->saddr, iph->daddr, skb->len, static_cast<u8>(proto), 0);
}
static u16 udp_lib_checksum_complete(const sk_buff* skb) {
  if (skb_csum_unnecessary(skb)) return 0;
  const u32 covered = controlBlock<udp_skb_cb>(skb)->cscov;
  return covered == skb->len ? __skb_checksum_complete(skb)
                             : __skb_checksum_complete_head(skb, static_cast<int>(covered));
}

// UDP-Lite: the header's length is how much the sum covers; 0 means all. 1: that cannot be.
static int udplite_checksum_init(const sk_buff* skb, const udphdr* uh) {
  const u16 covered = ntohs(uh->len);
  if (!uh->check || (covered && (covered < sizeof(udphdr) || covered > skb->len))) return 1;
  if (!covered || covered == skb->len) return 0;
  set(controlBlock<udp_skb_cb>(skb)->partial_cov, 1);
  set(controlBlock<udp_skb_cb>(skb)->cscov, covered);
  if (skb->ip_summed == CHECKSUM_COMPLETE) set(skb, sk_buff::bit::ip_summed, CHECKSUM_NONE);
  set(skb, sk_buff::bit::csum_valid, 0);
  return 0;
}

// ---- finding the socket
static bool boundHere(const sock* sk, int dif) { return !sk->sk_bound_dev_if || sk->sk_bound_dev_if == dif; }

// Something that a socket may ask for, and what the packet has. Not asked for: it does not count either way.
constexpr int NotForIt = -100;
static int preference(u32 asked, u32 found) {
  if (!asked) return 0;
  return asked == found ? 4 : NotForIt;
}

// How well a socket fits: -1 not at all; more for each thing that it asked for and that matches. So a connected socket
// has precedence over one that takes datagrams from everybody.
static int compute_score(const sock* sk, const net* net, u32 saddr, u16 sport, u32 daddr, u32 hnum, int dif) {
  KFUNC(compute_score, sk, net, saddr, sport, daddr, hnum, dif);
  const inet_sock* inet = inet_sk(sk);
  const bool boundThere = sk->sk_rcv_saddr == daddr && udp_sk(sk)->udp_port_hash == hnum && sock_net(sk) == net;
  const int preferences = preference(inet->inet_daddr, saddr) + preference(inet->inet_dport, sport) +
                          preference(static_cast<u32>(sk->sk_bound_dev_if), static_cast<u32>(dif));
  if (!boundThere || preferences < 0) return call.result(-1);
  const bool ipv4Only = sk->sk_family == AF_INET, here = sk->sk_incoming_cpu == 0;
  return call.result(1 + ipv4Only + preferences + here);
}

static u32 udp_ehashfn(const net* net, u32 laddr, u16 lport, u32 faddr, u16 fport) {
  constexpr u32 secret = 0x5ec2e7; // drawn at boot in the kernel
  return jhash_3words(laddr, u32(lport) << 16 | fport, faddr, secret + net_hash_mix(net));
}

// A socket that shares its port: one of its group is chosen by the flow. nullptr: it shares with nobody.
static const sock* inet_lookup_reuseport(const net* net, const sock* sk, const sk_buff* skb, u32 saddr, u16 sport,
                                         u32 daddr, u16 hnum) {
  KFUNC(inet_lookup_reuseport, net, sk, skb, saddr, sport, daddr, hnum);
  if (!sk->sk_reuseport) return call.result<const sock*>(nullptr);
  const u32 flow = udp_ehashfn(net, daddr, hnum, saddr, sport);
  return call.result(reuseport_select_sock(sk, flow, skb, sizeof(udphdr)));
}

static const sock* udp4_lib_lookup2(const net* net, u32 saddr, u16 sport, u32 daddr, u32 hnum, int dif,
                                    const udp_hslot* hslot2, const sk_buff* skb) {
  KFUNC(udp4_lib_lookup2, net, saddr, sport, daddr, hnum, dif, hslot2, skb);
  const sock* best = nullptr;
  int bestFit = 0;
  for (const hlist_node* n = hslot2->head.first; n; n = n->next) {
    const sock* sk = udpSockOfNode2(n);
    const int fit = compute_score(sk, net, saddr, sport, daddr, hnum, dif);
    if (fit <= bestFit) continue;
    best = sk;
    bestFit = fit;
    if (sk->sk_state == TCP_ESTABLISHED) continue;
    const sock* member = inet_lookup_reuseport(net, sk, skb, saddr, sport, daddr, static_cast<u16>(hnum));
    if (!member) continue;
    best = member;
    if (!reuseport_has_conns(sk)) return call.result(best);
    bestFit = compute_score(best, net, saddr, sport, daddr, hnum, dif); // a connected member may fit better
  }
  return call.result(best);
}

// First among the sockets bound to this very address, then among those bound to any.
const sock* __udp4_lib_lookup(const net* net, u32 saddr, u16 sport, u32 daddr, u16 dport, int dif, int sdif,
                              const struct udp_table* udptable, const sk_buff* skb) {
  KFUNC(__udp4_lib_lookup, net, saddr, sport, daddr, dport, dif, sdif, udptable, skb);
  const u32 port = ntohs(dport);
  const sock* found = nullptr;
  for (const u32 address : {daddr, htonl(INADDR_ANY)}) {
    const udp_hslot* chain = udp_hashslot2(udptable, ipv4_portaddr_hash(net, address, port));
    found = udp4_lib_lookup2(net, saddr, sport, address, port, dif, chain, skb);
    if (found) break;
  }
  NOTE("udp.lookup", port, found);
  return call.result(found);
}

static bool connectedTo(const sock* sk, const net* net, u32 loc_addr, u32 hnum, u32 rmt_addr, u16 rmt_port, int dif) {
  return sock_net(sk) == net && sk->sk_rcv_saddr == loc_addr && sk->sk_daddr == rmt_addr && sk->sk_num == hnum &&
         sk->sk_dport == rmt_port && boundHere(sk, dif);
}

// Looks at the first socket of the chain only: the answer is needed early or not at all.
static const sock* __udp4_lib_demux_lookup(const net* net, u16 loc_port, u32 loc_addr, u16 rmt_port, u32 rmt_addr,
                                           int dif) {
  const u32 port = ntohs(loc_port);
  const hlist_node* n = udp_hashslot2(udp_table, ipv4_portaddr_hash(net, loc_addr, port))->head.first;
  const sock* sk = n ? udpSockOfNode2(n) : nullptr;
  return sk && connectedTo(sk, net, loc_addr, port, rmt_addr, rmt_port, dif) ? sk : nullptr;
}

static bool __udp_is_mcast_sock(const net* net, const sock* sk, const udphdr* uh, u32 loc_addr, u32 rmt_addr, int dif) {
  const inet_sock* inet = inet_sk(sk);
  const auto accepts = [](u32 asked, u32 found) { return !asked || asked == found; };
  const bool fits = udp_sk(sk)->udp_port_hash == ntohs(uh->dest) && accepts(inet->inet_rcv_saddr, loc_addr) &&
                    accepts(inet->inet_daddr, rmt_addr) && accepts(inet->inet_dport, uh->source);
  return fits && sock_net(sk) == net && boundHere(sk, dif) && ip_mc_sf_allow(sk, loc_addr, rmt_addr, dif, 0);
}

static const sock* sockOfNode(const hlist_node* n) {
  return reinterpret_cast<const sock*>(reinterpret_cast<const u8*>(n) - offsetof(sock, __sk_common.skc_node));
}
// A group's packet has an early answer only if a single socket wants it.
static const sock* __udp4_lib_mcast_demux_lookup(const net* net, const sk_buff* skb, const udphdr* uh) {
  constexpr s32 TooManyToAsk = 10;
  const iphdr* iph = ip_hdr(skb);
  const udp_hslot* chain = udp_hashslot(udp_table, net, ntohs(uh->dest));
  if (chain->count > TooManyToAsk) return nullptr;
  const sock* only = nullptr;
  for (const hlist_node* n = chain->head.first; n; n = n->next) {
    const sock* sk = sockOfNode(n);
    if (!__udp_is_mcast_sock(net, sk, uh, iph->daddr, iph->saddr, skb->dev->ifindex)) continue;
    if (only) return nullptr;
    only = sk;
  }
  return only;
}
static const sock* demuxLookup(const sk_buff* skb, const in_device* in_dev) {
  const iphdr* iph = ip_hdr(skb);
  const udphdr* uh = udp_hdr(skb);
  const net* net = dev_net(skb->dev);
  const bool toUs = skb->pkt_type == PACKET_HOST;
  if (toUs) return __udp4_lib_demux_lookup(net, uh->dest, iph->daddr, uh->source, iph->saddr, skb->dev->ifindex);
  const bool joined = in_dev && ip_check_mc_rcu(in_dev, iph->daddr, iph->saddr, iph->protocol);
  return joined ? __udp4_lib_mcast_demux_lookup(net, skb, uh) : nullptr;
}

int udp_v4_early_demux(const sk_buff* skb) {
  KFUNC(udp_v4_early_demux, skb);
  if (!pskb_may_pull(skb, static_cast<u32>(skb_transport_offset(skb)) + u32(sizeof(udphdr)))) return call.result(0);
  const bool multicast = skb->pkt_type == PACKET_MULTICAST;
  if (skb->pkt_type != PACKET_HOST && !multicast) return call.result(0);
  const in_device* in_dev = multicast ? __in_dev_get_rcu(skb->dev) : nullptr;
  const sock* sk = demuxLookup(skb, in_dev);
  if (!sk || !refcount_read(&sk->sk_refcnt)) return call.result(0);
  sock_hold(sk);
  set(skb->sk, sk);
  set(skb->destructor, fn<sock_efree>);
  const dst_entry* dst = sk->sk_rx_dst;
  if (dst && dst->obsolete && !ipv4_dst_check(dst, 0)) dst = nullptr;
  if (dst) {
    skb_dst_set_noref(skb, dst);
  } else if (multicast && !inet_sk(sk)->inet_daddr) {
    const iphdr* iph = ip_hdr(skb);
    return call.result(ip_mc_validate_source(skb, iph->daddr, iph->saddr, iph->tos, skb->dev, in_dev));
  }
  return call.result(0);
}

// ---- into the queue
// recvmsg() will want to know these without touching the packet again: they go where `dev` was, which is done with.
static void udp_set_dev_scratch(const sk_buff* skb) {
  const u32 length = skb->len;
  const bool verified = skb_csum_unnecessary(skb);
  const udp_dev_scratch* kept = udp_skb_scratch(skb);
  set(kept->_tsize_state, skb->truesize | UDP_SKB_IS_STATELESS);
  set(kept->len, length);
  set(kept->csum_unnecessary, verified);
  set(kept->is_linear, !skb_is_nonlinear(skb));
}

// From the memory that the socket has put aside, or else from what all UDP sockets may have together.
static int payFor(const sock* sk, int size) {
  if (size >= sk->sk_forward_alloc) {
    constexpr int Page = static_cast<int>(PAGE_SIZE);
    const int pages = (size + Page - 1) / Page;
    if (!__sk_mem_raise_allocated(sk, pages * Page, pages, 1)) return -ENOBUFS;
    add(sk->sk_forward_alloc, pages * Page);
  }
  sub(sk->sk_forward_alloc, size);
  return 0;
}

// Room in the queue and memory for the packet: 0, or why not. One packet always fits, however large it is.
static int reserveRoom(const sock* sk, const sk_buff* skb) {
  const int queued = sk_rmem_alloc_get(sk), limit = sk->sk_rcvbuf;
  if (queued > limit) return -ENOMEM;
  if (queued > limit >> 1) skb_condense(skb); // it gets tight: no bytes that hold nothing
  const int size = static_cast<int>(skb->truesize);
  udp_set_dev_scratch(skb);
  const int together = atomic_add_return(size, &sk->sk_backlog.rmem_alloc);
  const int err = together - size > limit ? -ENOMEM : payFor(sk, size);
  if (err) sub(sk->sk_backlog.rmem_alloc.counter, size);
  return err;
}

// Charges the socket for the packet's truesize (not its length) and wakes the reader.
int __udp_enqueue_schedule_skb(const sock* sk, const sk_buff* skb) {
  KFUNC(__udp_enqueue_schedule_skb, sk, skb);
  if (const int full = reserveRoom(sk, skb)) {
    if (full == -ENOMEM) NOTE("sock.receive_buffer_full", sk, sk_rmem_alloc_get(sk), sk->sk_rcvbuf);
    atomic_inc(&sk->sk_drops);
    return call.result(full);
  }
  const auto* cb = reinterpret_cast<const sock_skb_cb*>(skb->cb + sizeof skb->cb - sizeof(sock_skb_cb));
  set(cb->dropcount, sock_flag(sk, SOCK_RXQ_OVFL) ? atomic_read(&sk->sk_drops) : 0);
  __skb_queue_tail(&sk->sk_receive_queue, skb);
  mark(BufferMark::Delivered, skb, sk);
  NOTE("sock.queued", skb, sk, skb->len);
  if (!sock_flag(sk, SOCK_DEAD)) sk->sk_data_ready(sk);
  return call.result(0);
}

static int __udp_queue_rcv_skb(const sock* sk, const sk_buff* skb) {
  if (inet_sk(sk)->inet_daddr) { // connected: the next packet will come by the same processor
    sk_incoming_cpu_update(sk);
    set(sk->sk_napi_id, skb->napi_id);
  } else if (!sk->sk_napi_id) {
    set(sk->sk_napi_id, skb->napi_id);
  }
  const int full = __udp_enqueue_schedule_skb(sk, skb);
  if (full >= 0) return 0;
  kfree_skb_reason(skb, full == -ENOMEM ? SKB_DROP_REASON_SOCKET_RCVBUFF : SKB_DROP_REASON_PROTO_MEM);
  return -1;
}

// A UDP-Lite socket may want at least so much covered by the sum (RFC 3828 3.1).
static bool coverageTooSmall(const sock* sk, const sk_buff* skb) {
  const udp_sock* up = udp_sk(sk);
  const auto* cb = controlBlock<udp_skb_cb>(skb);
  if (!(up->pcflag & UDPLITE_RECV_CC) || !cb->partial_cov) return false;
  return up->pcrlen == 0 || cb->cscov < up->pcrlen;
}

// A tunnel takes what is for it, before the program sees it. False: it did, or the sum was wrong (*reason).
static bool isForProgram(const sock* sk, const sk_buff* skb, skb_drop_reason* reason) {
  const udp_sock* up = udp_sk(sk);
  if (!*udp_encap_needed_key.get() || !up->encap_type || !up->encap_rcv) return true;
  if (udp_lib_checksum_complete(skb)) {
    *reason = SKB_DROP_REASON_UDP_CSUM;
    return false;
  }
  return up->encap_rcv(sk, skb) > 0;
}

static int udp_queue_rcv_one_skb(const sock* sk, const sk_buff* skb) {
  KFUNC(udp_queue_rcv_one_skb, sk, skb);
  nf_reset_ct(skb);
  skb_drop_reason reason = SKB_NOT_DROPPED_YET;
  const bool passes = isForProgram(sk, skb, &reason);
  if (!passes && !reason) return call.result(0);
  if (passes && coverageTooSmall(sk, skb)) reason = SKB_DROP_REASON_NOT_SPECIFIED;
  else if (passes && sk->sk_filter && udp_lib_checksum_complete(skb)) reason = SKB_DROP_REASON_UDP_CSUM;
  else if (passes && sk_filter_trim_cap(sk, skb, sizeof(udphdr))) reason = SKB_DROP_REASON_SOCKET_FILTER;
  if (reason) {
    atomic_inc(&sk->sk_drops);
    kfree_skb_reason(skb, reason);
    return call.result(-1);
  }
  if (!skb->csum_valid && skb->ip_summed == CHECKSUM_NONE) // the header leaves, so its part of the sum must be known
    set(skb->csum, csum_partial(skb->data, sizeof(udphdr), skb->csum));
  skb_pull_rcsum(skb, sizeof(udphdr));
  set(controlBlock<udp_skb_cb>(skb)->cscov, controlBlock<udp_skb_cb>(skb)->cscov - sizeof(udphdr));
  ipv4_pktinfo_prepare(sk, skb, true);
  return call.result(__udp_queue_rcv_skb(sk, skb));
}

static bool udp_unexpected_gso(const sock* sk, const sk_buff* skb) {
  const bool many = skb_is_gso(skb) && skb_shinfo(skb)->gso_type & SKB_GSO_UDP_L4;
  return many && !udp_test_bit(udp_sk(sk), UDP_FLAGS_ACCEPT_L4);
}
// They are cut up at the last moment. nullptr: it could not be done, and the packet is gone.
static const sk_buff* udp_rcv_segment(const sock* sk, const sk_buff* skb) {
  if (skb->pkt_type == PACKET_LOOPBACK) set(skb, sk_buff::bit::ip_summed, CHECKSUM_PARTIAL);
  const sk_buff* pieces = __skb_gso_segment(skb, NETIF_F_SG | NETIF_F_IP_CSUM, false);
  if (pieces && !IS_ERR(pieces)) {
    consume_skb(skb);
    return pieces;
  }
  add(sk->sk_drops.counter, static_cast<int>(skb_shinfo(skb)->gso_segs));
  kfree_skb(skb);
  return nullptr;
}
// A piece that was cut off: its own header is what it begins with, and its sum was made when it was cut.
static void queuePiece(const sock* sk, const sk_buff* piece) {
  skb_mark_not_on_list(piece);
  __skb_pull(piece, static_cast<u32>(skb_transport_offset(piece)));
  set(controlBlock<udp_skb_cb>(piece)->cscov, piece->len);
  if (piece->ip_summed == CHECKSUM_NONE && !piece->csum_valid) set(piece, sk_buff::bit::csum_valid, 1);
  udp_queue_rcv_one_skb(sk, piece);
}
static int udp_queue_rcv_skb(const sock* sk, const sk_buff* skb) {
  KFUNC(udp_queue_rcv_skb, sk, skb);
  if (!udp_unexpected_gso(sk, skb)) return call.result(udp_queue_rcv_one_skb(sk, skb));
  __skb_push(skb, static_cast<u32>(skb->data - skb_mac_header(skb)));
  const sk_buff* piece = udp_rcv_segment(sk, skb);
  while (piece) {
    const sk_buff* following = piece->next;
    queuePiece(sk, piece);
    piece = following;
  }
  return call.result(0);
}

static int udp_unicast_rcv_skb(const sock* sk, const sk_buff* skb, const udphdr* uh) {
  KFUNC(udp_unicast_rcv_skb, sk, skb, uh);
  const int ret = udp_queue_rcv_skb(sk, skb);
  return call.result(ret > 0 ? -ret : 0);
}

// ---- a broadcast or multicast goes to every socket that has the port
static void hand(const sock* sk, const sk_buff* skb) {
  const bool notTaken = udp_queue_rcv_skb(sk, skb) > 0;
  if (notTaken) consume_skb(skb);
}
// Each gets a copy, and the first of them, when the others have theirs, the packet itself.
static int __udp4_lib_mcast_deliver(const net* net, const sk_buff* skb, const udphdr* uh, u32 saddr, u32 daddr,
                                    const struct udp_table* udptable) {
  const sock* first = nullptr;
  for (const hlist_node* n = udp_hashslot(udptable, net, ntohs(uh->dest))->head.first; n; n = n->next) {
    const sock* member = sockOfNode(n);
    if (!__udp_is_mcast_sock(net, member, uh, daddr, saddr, skb->dev->ifindex)) continue;
    if (!first) first = member;
    else if (const sk_buff* copy = skb_clone(skb, GFP_ATOMIC)) hand(member, copy);
    else atomic_inc(&member->sk_drops);
  }
  first ? hand(first, skb) : kfree_skb(skb);
  return 0;
}

// ---- from IP
static bool udp_sk_rx_dst_set(const sock* sk, const dst_entry* dst) {
  KFUNC(udp_sk_rx_dst_set, sk, dst);
  if (!dst_hold_safe(dst)) return call.result(false);
  const dst_entry* before = sk->sk_rx_dst;
  set(sk->sk_rx_dst, dst);
  dst_release(before);
  return call.result(before != dst);
}

static int udp4_csum_init(const sk_buff* skb, const udphdr* uh, int proto) {
  const auto* cb = controlBlock<udp_skb_cb>(skb);
  set(cb->partial_cov, 0);
  set(cb->cscov, skb->len);
  if (proto == IPPROTO_UDPLITE) {
    if (const int err = udplite_checksum_init(skb, uh)) return err;
    if (cb->partial_cov) return set(skb->csum, inet_compute_pseudo(skb, proto)), 0;
  }
  if (__skb_checksum_validate(skb, proto, false, true, uh->check, inet_compute_pseudo(skb, proto))) return 1;
  return skb->ip_summed == CHECKSUM_COMPLETE && !skb->csum_valid && skb->csum_complete_sw;
}

// A socket that early demultiplexing found is taken out of the packet, with the reference.
static const sock* skb_steal_sock(const sk_buff* skb) {
  const sock* sk = skb->sk;
  if (!sk) return nullptr;
  set(skb->destructor, nullptr);
  set(skb->sk, nullptr);
  return sk;
}

// Early demultiplexing found the socket; its route here is remembered for the next packet.
static int deliverFound(const sock* sk, const sk_buff* skb, const udphdr* uh) {
  const dst_entry* cameBy = skb_dst(skb);
  if (sk->sk_rx_dst.get() != cameBy) udp_sk_rx_dst_set(sk, cameBy);
  const int ret = udp_unicast_rcv_skb(sk, skb, uh);
  sock_put(sk);
  return ret;
}

// Nobody has the port. The sender is told, by ICMP, unless the datagram may be damaged and was perhaps not for us.
static int answerUnreachable(const sk_buff* skb) {
  nf_reset_ct(skb);
  const bool damaged = udp_lib_checksum_complete(skb);
  if (!damaged) icmp_send(skb, 3 /* ICMP_DEST_UNREACH */, 3 /* ICMP_PORT_UNREACH */, 0);
  kfree_skb_reason(skb, damaged ? SKB_DROP_REASON_UDP_CSUM : SKB_DROP_REASON_NO_SOCKET);
  return 0;
}

// Whose is it, now that the datagram is known to be whole?
static int deliverDatagram(const sk_buff* skb, const struct udp_table* udptable, const udphdr* uh) {
  if (const sock* found = skb_steal_sock(skb)) return deliverFound(found, skb, uh);
  const net* net = dev_net(skb->dev);
  const iphdr* iph = ip_hdr(skb);
  const bool toMany = skb_rtable(skb)->rt_flags & (RTCF_MULTICAST | RTCF_BROADCAST);
  if (toMany) return __udp4_lib_mcast_deliver(net, skb, uh, iph->saddr, iph->daddr, udptable);
  const sock* sk =
      __udp4_lib_lookup(net, iph->saddr, uh->source, iph->daddr, uh->dest, skb->dev->ifindex, 0, udptable, skb);
  return sk ? udp_unicast_rcv_skb(sk, skb, uh) : answerUnreachable(skb);
}

static void noteRefusal(const sk_buff* skb, skb_drop_reason reason) {
  switch (reason) {
  case SKB_DROP_REASON_PKT_TOO_SMALL: NOTE("udp.bad_length", skb, ntohs(udp_hdr(skb)->len)); break;
  case SKB_DROP_REASON_UDP_CSUM: NOTE("udp.bad_checksum", skb); break;
  default: NOTE("udp.no_header", skb);
  }
}

static int __udp4_lib_rcv(const sk_buff* skb, const struct udp_table* udptable, int proto) {
  KFUNC(__udp4_lib_rcv, skb, udptable, proto);
  skb_drop_reason reason = SKB_DROP_REASON_NOT_SPECIFIED;
  if (pskb_may_pull(skb, sizeof(udphdr))) {
    const u32 claimed = ntohs(udp_hdr(skb)->len);
    const bool trimmed = proto == IPPROTO_UDP && (claimed < sizeof(udphdr) || pskb_trim_rcsum(skb, claimed));
    reason = claimed > skb->len || trimmed ? SKB_DROP_REASON_PKT_TOO_SMALL : SKB_NOT_DROPPED_YET;
    if (!reason && udp4_csum_init(skb, udp_hdr(skb), proto)) reason = SKB_DROP_REASON_UDP_CSUM;
  }
  if (!reason) return call.result(deliverDatagram(skb, udptable, udp_hdr(skb)));
  noteRefusal(skb, reason);
  kfree_skb_reason(skb, reason);
  return call.result(0);
}

int udplite_rcv(const sk_buff* skb) {
  KFUNC(udplite_rcv, skb);
  return call.result(__udp4_lib_rcv(skb, udplite_table, IPPROTO_UDPLITE));
}

int udp_rcv(const sk_buff* skb) {
  KFUNC(udp_rcv, skb);
  return call.result(__udp4_lib_rcv(skb, udp_table, IPPROTO_UDP));
}

} // namespace sockwalk::kernel
