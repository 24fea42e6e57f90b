// Sending a datagram: the route, one packet (or a corked one that grows), the UDP header, and down to IP.
#include "engine/kernel/include/linux/security.h"
#include "engine/kernel/include/linux/udp.h"
#include "engine/kernel/include/linux/uio.h"
#include "engine/kernel/include/net/flow.h"
#include "engine/kernel/include/net/inet_common.h"
#include "engine/kernel/include/net/ip.h"
#include "engine/kernel/include/net/udp.h"

namespace sockwalk::kernel {

// 0 in the header says that there is no sum: one that comes out as 0 is sent as its other form (RFC 768).
static void setCheck(const udphdr* uh, u16 sum) { set(uh->check, sum ? sum : CSUM_MANGLED_0); }

// The sums of the pieces behind the first, made while they were copied, added to `sum`.
static u32 addPieces(const sk_buff* skb, u32 sum) {
  for (const sk_buff* piece = skb_shinfo(skb)->frag_list; piece; piece = piece->next) sum = csum_add(sum, piece->csum);
  return sum;
}
static int lengthOfPieces(const sk_buff* skb) {
  u32 length = 0;
  for (const sk_buff* piece = skb_shinfo(skb)->frag_list; piece; piece = piece->next) length += piece->len;
  return static_cast<int>(length);
}

// The checksum is left to the device: only the pseudo header is summed. In several pieces it must be done now.
static void udp4_hwcsum(const sk_buff* skb, u32 src, u32 dst) {
  KFUNC(udp4_hwcsum, skb, src, dst);
  const udphdr* uh = udp_hdr(skb);
  const int at = skb_transport_offset(skb), length = int(skb->len) - at;
  if (skb_has_frag_list(skb)) {
    const u32 sum = skb_checksum(skb, at, length - lengthOfPieces(skb), addPieces(skb, 0));
    set(skb, sk_buff::bit::ip_summed, CHECKSUM_NONE);
    return setCheck(uh, csum_tcpudp_magic(src, dst, length, IPPROTO_UDP, sum));
  }
  set(skb->csum_start, skb->transport_header);
  set(skb->csum_offset, offsetof(udphdr, check));
  set(uh->check, static_cast<u16>(~csum_tcpudp_magic(src, dst, length, IPPROTO_UDP, 0)));
}

// The parts were summed while they were copied; the header is added.
static u32 udp_csum(const sk_buff* skb) {
  return addPieces(skb, csum_partial(skb_transport_header(skb), sizeof(udphdr), skb->csum));
}

// UDP_SEGMENT: the packet is many datagrams in one, to be cut behind everything that is done once for all of them.
static int prepareSegments(const sock* sk, const sk_buff* skb, const inet_cork* cork, int datalen) {
  const int gso_size = cork->gso_size;
  const u32 hlen = skb_network_header_len(skb) + u32(sizeof(udphdr));
  if (hlen + u32(std::min(datalen, gso_size)) > cork->fragsize) return -EMSGSIZE;
  if (datalen > gso_size * UDP_MAX_SEGMENTS || sk->sk_no_check_tx) return -EINVAL;
  if (skb->ip_summed != CHECKSUM_PARTIAL) return -EIO; // the sums of the pieces come from the device, or while cutting
  if (datalen <= gso_size) return 0;
  set(skb_shinfo(skb)->gso_size, gso_size);
  set(skb_shinfo(skb)->gso_type, SKB_GSO_UDP_L4);
  set(skb_shinfo(skb)->gso_segs, (datalen + gso_size - 1) / gso_size);
  NOTE("udp.gso", skb, datalen, gso_size);
  return 0;
}

// UDP-Lite (RFC 3828): the sum covers the first bytes only, as many as the header says where UDP has its length;
// 0 means all.
static u32 udplite_csum(const sk_buff* skb) {
  const udp_sock* up = udp_sk(skb->sk);
  const int at = skb_transport_offset(skb), whole = int(skb->len) - at, asked = up->pcslen;
  const bool partly = up->pcflag & UDPLITE_SEND_CC && asked < whole;
  if (partly) set(udp_hdr(skb)->len, htons(up->pcslen));
  set(skb, sk_buff::bit::ip_summed, CHECKSUM_NONE);
  return skb_checksum(skb, at, partly && asked ? asked : whole, 0);
}
static int udplite_getfrag(const void* from, const u8* to, int, int len, int, const sk_buff*) {
  return copy_from_iter_full(to, static_cast<u64>(len), &static_cast<const msghdr*>(from)->msg_iter) ? 0 : -EFAULT;
}
static getfrag_t getfragOf(const sock* sk) { return IS_UDPLITE(sk) ? udplite_getfrag : ip_generic_getfrag; }

// Who sums up the datagram: nobody (SO_NO_CHECK), the device, or this function.
static void finishChecksum(const sock* sk, const sk_buff* skb, const flowi4* fl4, bool segments) {
  const bool lite = IS_UDPLITE(sk); // no device knows its sum, and it is never left out
  const bool maybeNone = !segments && !lite;
  if (maybeNone && sk->sk_no_check_tx) return set(skb, sk_buff::bit::ip_summed, CHECKSUM_NONE);
  if (segments || (!lite && skb->ip_summed == CHECKSUM_PARTIAL)) return udp4_hwcsum(skb, fl4->saddr, fl4->daddr);
  const int length = int(skb->len) - skb_transport_offset(skb);
  const u32 sum = lite ? udplite_csum(skb) : udp_csum(skb);
  setCheck(udp_hdr(skb), csum_tcpudp_magic(fl4->saddr, fl4->daddr, length, static_cast<u8>(sk->sk_protocol), sum));
}

static int udp_send_skb(const sk_buff* skb, const flowi4* fl4, const inet_cork* cork) {
  KFUNC(udp_send_skb, skb, fl4, cork);
  const sock* sk = skb->sk;
  const udphdr* uh = udp_hdr(skb);
  const int length = int(skb->len) - skb_transport_offset(skb);
  set(uh->source, inet_sk(sk)->inet_sport);
  set(uh->dest, fl4->uli.ports.dport);
  set(uh->len, htons(static_cast<u16>(length)));
  set(uh->check, 0);
  const bool segments = cork->gso_size;
  if (const int err = segments ? prepareSegments(sk, skb, cork, length - int(sizeof(udphdr))) : 0) {
    kfree_skb(skb);
    return call.result(err);
  }
  finishChecksum(sk, skb, fl4, segments);
  const int sent = ip_send_skb(sock_net(sk), skb);
  const bool silently = sent == -ENOBUFS && !inet_sk(sk)->recverr; // lost in our own queue: as good as on the way
  return call.result(silently ? 0 : sent);
}

static void nothingPending(const udp_sock* up) {
  set(up->len, 0);
  set(up->pending, 0);
}

// Both of these the compiler put into udp_sendmsg(); only a call from elsewhere is one of its own.
static void flushPendingFrames(const sock* sk) {
  if (!udp_sk(sk)->pending) return;
  nothingPending(udp_sk(sk));
  ip_flush_pending_frames(sk);
}

static int pushPendingFrames(const sock* sk) {
  const auto& cork = inet_sk(sk)->cork;
  const flowi4* flow = &cork.fl.u.ip4;
  const sk_buff* whole = __ip_make_skb(sk, flow, &sk->sk_write_queue, &cork.base);
  const int err = whole ? udp_send_skb(whole, flow, &cork.base) : 0;
  nothingPending(udp_sk(sk));
  return err;
}
int udp_push_pending_frames(const sock* sk) {
  KFUNC(udp_push_pending_frames, sk);
  return call.result(pushPendingFrames(sk));
}

namespace {
// Where a datagram goes, as the call and the socket say together.
struct Destination {
  u32 daddr;
  u16 dport;
  bool connected;
};
int findDestination(const sock* sk, const msghdr* msg, Destination& d) {
  const auto* named = skCast<sockaddr_in>(msg->msg_name.get());
  if (!named) {
    const inet_sock* inet = inet_sk(sk);
    d = {inet->inet_daddr, inet->inet_dport, true};
    return sk->sk_state == TCP_ESTABLISHED ? 0 : -EDESTADDRREQ;
  }
  if (msg->msg_namelen < int(sizeof *named)) return -EINVAL;
  const bool familyLeftOut = named->sin_family == AF_UNSPEC; // old programs do
  if (named->sin_family != AF_INET && !familyLeftOut) return -EAFNOSUPPORT;
  d = {named->sin_addr.s_addr, named->sin_port, false};
  return d.dport ? 0 : -EINVAL;
}

// What a route is asked for besides the destination, by the call's options and the socket's. The device stands in the
// options then. What the socket remembers is for the ordinary way to its peer only.
struct Wish {
  u32 from;
  u8 service;
};
Wish wishOf(const sock* sk, const msghdr* msg, const ipcm_cookie* options, Destination& d) {
  const inet_sock* inet = inet_sk(sk);
  const u32 named = options->addr;
  set(options->addr, d.daddr);
  const bool onLink = msg->msg_flags & MSG_DONTROUTE || sock_flag(sk, SOCK_LOCALROUTE);
  const bool group = ipv4_is_multicast(d.daddr);
  if (onLink || group) d.connected = false;
  if (!options->oif) set(options->oif, group ? inet->mc_index : inet->uc_index);
  const int service = options->tos != -1 ? int(options->tos) : int(inet->tos);
  return {group && !named ? u32(inet->mc_addr) : named,
          static_cast<u8>((service & IPTOS_TOS_MASK) | (onLink ? RTO_ONLINK : 0))};
}

int lookUpRoute(const sock* sk, const ipcm_cookie* options, const Destination& d, const Wish& wish, const flowi4* flow,
                const rtable** rt) {
  flowi4_init_output(flow, options->oif, options->sockc.mark, wish.service, RT_SCOPE_UNIVERSE,
                     static_cast<u8>(sk->sk_protocol), inet_sk_flowi_flags(sk), d.daddr, wish.from, d.dport,
                     inet_sk(sk)->inet_sport, sk->sk_uid.val);
  security_sk_classify_flow(sk, &flow->__fl_common);
  const rtable* found = ip_route_output_flow(sock_net(sk), flow, sk);
  if (IS_ERR(found)) return static_cast<int>(PTR_ERR(found));
  *rt = found;
  const bool toEverybody = found->rt_flags & RTCF_BROADCAST; // that must be asked for
  if (toEverybody && !sock_flag(sk, SOCK_BROADCAST)) return -EACCES;
  if (d.connected) {
    dst_hold(&found->dst);
    sk_dst_set(sk, &found->dst);
  }
  return 0;
}

// The route: the socket's remembered one, or a new one that fills in `flow`.
int findRoute(const sock* sk, const msghdr* msg, const ipcm_cookie* ipc, Destination& d, const flowi4* flow,
              const rtable** rt, bool* usedFlow) {
  const Wish wish = wishOf(sk, msg, ipc, d);
  if (d.connected) *rt = reinterpret_cast<const rtable*>(sk_dst_check(sk, 0));
  *usedFlow = !*rt;
  return *usedFlow ? lookUpRoute(sk, ipc, d, wish, flow, rt) : 0;
}

int appendCorked(const sock* sk, const msghdr* msg, int ulen, const ipcm_cookie* ipc, const rtable** rt, bool corkreq) {
  const udp_sock* up = udp_sk(sk);
  add(up->len, ulen);
  int err = ip_append_data(sk, &inet_sk(sk)->cork.fl.u.ip4, getfragOf(sk), msg, ulen, sizeof(udphdr), ipc, rt,
                           msg->msg_flags | (corkreq ? u32(MSG_MORE) : 0));
  if (err) flushPendingFrames(sk);
  else if (!corkreq) err = pushPendingFrames(sk);
  else if (skb_queue_empty(&sk->sk_write_queue)) set(up->pending, 0);
  return err;
}

// MSG_MORE: the first part fixes the destination; the datagram leaves with the part that comes without the flag.
int startCorked(const sock* sk, const msghdr* msg, int ulen, const ipcm_cookie* ipc, const rtable** rt,
                const flowi4* flow, const Destination& d) {
  const udp_sock* up = udp_sk(sk);
  lock_sock(sk);
  if (up->pending) return release_sock(sk), -EINVAL;
  const flowi4* fl4 = &inet_sk(sk)->cork.fl.u.ip4;
  set(fl4->saddr, flow->saddr);
  set(fl4->daddr, ipc->addr);
  set(fl4->uli.ports.dport, d.dport);
  set(fl4->uli.ports.sport, inet_sk(sk)->inet_sport);
  set(up->pending, AF_INET);
  const int err = appendCorked(sk, msg, ulen, ipc, rt, true);
  release_sock(sk);
  return err;
}
} // namespace

// 1: there are messages for IP among them; those of level SOL_UDP say how the bytes are to be cut.
static int udp_cmsg_send(const sock* sk, const msghdr* msg, u16* gso_size) {
  KFUNC(udp_cmsg_send, sk, msg);
  constexpr u64 OneNumber = sizeof(cmsghdr) + sizeof *gso_size;
  int othersToo = 0;
  for (auto* told = CMSG_FIRSTHDR(msg); told; told = CMSG_NXTHDR(msg, told)) {
    if (!CMSG_OK(msg, told)) return call.result(-EINVAL);
    const bool ours = told->cmsg_level == SOL_UDP;
    const bool segment = told->cmsg_type == UDP_SEGMENT && told->cmsg_len == OneNumber;
    if (ours && !segment) return call.result(-EINVAL);
    if (ours) std::memcpy(gso_size, CMSG_DATA(told), sizeof *gso_size);
    else othersToo = 1;
  }
  return call.result(othersToo);
}

// What goes with this packet only.
static int packetOptions(const sock* sk, const msghdr* msg, const ipcm_cookie* ipc) {
  if (!msg->msg_controllen) return 0;
  u16 gso_size = ipc->gso_size;
  const int err = udp_cmsg_send(sk, msg, &gso_size);
  set(ipc->gso_size, gso_size);
  return err > 0 ? ip_cmsg_send(sk, msg, ipc, sk->sk_family == AF_INET6) : err;
}

int udp_sendmsg(const sock* sk, const msghdr* msg, u64 len) {
  KFUNC(udp_sendmsg, sk, msg, len);
  const udp_sock* up = udp_sk(sk);
  const bool moreComes = udp_test_bit(up, UDP_FLAGS_CORK) || msg->msg_flags & MSG_MORE;
  if (len > 0xffff) return call.result(-EMSGSIZE);
  if (msg->msg_flags & MSG_OOB) return call.result(-EOPNOTSUPP);
  const rtable* rt = nullptr;
  OnStack<ipcm_cookie> options;
  if (up->pending) {
    lock_sock(sk);
    const int err = up->pending ? appendCorked(sk, msg, int(len), options, &rt, moreComes) : -EINVAL;
    release_sock(sk);
    ip_rt_put(rt);
    return call.result(err ? err : static_cast<int>(len));
  }
  Destination d;
  if (const int err = findDestination(sk, msg, d)) return call.result(err);
  ipcm_init_sk(options, inet_sk(sk));
  set(options->gso_size, up->gso_size);
  int err = packetOptions(sk, msg, options);
  const ip_options_rcu* once = options->opt; // of this packet only (IP_RETOPTS)
  if (err) {
    kfree(once);
    return call.result(err);
  }
  if (!once) set(options->opt, inet_sk(sk)->inet_opt); // IP_OPTIONS: for every packet of this socket
  OnStack<flowi4> flow;
  bool usedFlow = false;
  err = findRoute(sk, msg, options, d, flow, &rt, &usedFlow);
  if (!err) {
    // A connected socket's addresses stand in its cork's flow since connect().
    const flowi4* known = usedFlow ? flow.get() : &inet_sk(sk)->cork.fl.u.ip4;
    confirmIfProbed(msg, rt, &known->daddr);
    if (!options->addr) set(options->addr, known->daddr);
    const int length = static_cast<int>(len + sizeof(udphdr));
    if (moreComes) {
      err = startCorked(sk, msg, length, options, &rt, known, d);
    } else {
      OnStack<inet_cork> whole;
      const sk_buff* skb =
          ip_make_skb(sk, known, getfragOf(sk), msg, length, sizeof(udphdr), options, &rt, whole, msg->msg_flags);
      err = IS_ERR(skb) ? static_cast<int>(PTR_ERR(skb)) : 0;
      if (!err && skb) err = udp_send_skb(skb, known, whole);
    }
  }
  ip_rt_put(rt);
  kfree(once);
  return call.result(err ? err : static_cast<int>(len));
}

} // namespace sockwalk::kernel
