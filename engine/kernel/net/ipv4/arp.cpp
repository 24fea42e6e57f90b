// ARP reception (RFC 826): answers who asks for an address of ours, and learns from what others say of themselves.
#include "engine/kernel/include/net/arp.h"
#include "engine/kernel/include/linux/inetdevice.h"
#include "engine/kernel/include/net/route.h"
#include "engine/kernel/net/core/neighbour_internal.h"
#include "engine/kernel/net/ipv4/arp_internal.h"
#include "engine/memory/constants/neighbour.h"
#include "engine/memory/constants/netdevice.h"
#include <optional>

namespace sockwalk::kernel {

struct ArpMessage { // the four addresses of a request or reply; IP addresses as on the wire
  u16 op;
  u32 sip, tip;
  u8 sha[6], tha[6];
};

static int arp_ignore(const in_device* in_dev, u32 sip, u32 tip) {
  KFUNC(arp_ignore, in_dev, sip, tip);
  switch (IN_DEV_ARP_IGNORE(in_dev)) {
  case 1: sip = 0; [[fallthrough]];
  case 2:
    return call.result(static_cast<int>(!inet_confirm_addr(dev_net(in_dev->dev), in_dev, sip, tip, RT_SCOPE_HOST)));
  case 3:
    return call.result(static_cast<int>(!inet_confirm_addr(dev_net(in_dev->dev), nullptr, 0, tip, RT_SCOPE_LINK)));
  case 8: return call.result(1);
  default: return call.result(0);
  }
}

// Is this the wrong card to answer by? What goes to the asker would leave by another, or cannot get there at all.
static int arp_filter(u32 sip, u32 tip, const net_device* dev) {
  KFUNC(arp_filter, sip, tip, dev);
  INLINED();
  OnStack<flowi4> back;
  set(back->daddr, sip);
  set(back->saddr, tip);
  const rtable* rt = ip_route_output_key(dev_net(dev), back);
  if (IS_ERR(rt)) return call.result(1);
  const int elsewhere = rt->dst.dev != dev;
  ip_rt_put(rt);
  return call.result(elsewhere);
}

// May an unasked word make a new entry? Not by default.
static int arp_accept(const in_device* in_dev, u32 sip) {
  KFUNC(arp_accept, in_dev, sip);
  const int setting = IN_DEV_MAXCONF(in_dev, IPV4_DEVCONF_ARP_ACCEPT);
  if (setting == 2)
    return call.result(static_cast<int>(inet_confirm_addr(dev_net(in_dev->dev), in_dev, sip, 0, RT_SCOPE_LINK) != 0));
  return call.result(static_cast<int>(setting == 1));
}

// Somebody announces his own address ("gratuitous"): he asks for himself, or, in an answer, answers himself. It counts
// if that is an address of another host.
static bool arp_is_garp(const net* net, const net_device* dev, int* addr_type, const ArpMessage& m) {
  const bool ofHimself = m.sip == m.tip && (m.op != ARPOP_REPLY || !std::memcmp(m.sha, m.tha, dev->addr_len));
  if (!ofHimself) return false;
  const u32 kind = inet_addr_type_dev_table(net, dev, m.sip);
  *addr_type = static_cast<int>(kind);
  return kind == RTN_UNICAST;
}

static std::optional<ArpMessage> readMessage(const sk_buff* skb, const in_device* in_dev) {
  const arphdr* arp = arp_hdr(skb);
  const u16 hrd = ntohs(arp->ar_hrd);
  if ((hrd != ARPHRD_ETHER && hrd != ARPHRD_IEEE802) || ntohs(arp->ar_pro) != ETH_P_IP) return {};
  ArpMessage m;
  m.op = ntohs(arp->ar_op);
  const u8* p = reinterpret_cast<const u8*>(arp + 1);
  std::memcpy(m.sha, p, 6);
  std::memcpy(&m.sip, p + 6, 4);
  std::memcpy(m.tha, p + 10, 6);
  std::memcpy(&m.tip, p + 16, 4);
  if (m.op != ARPOP_REPLY && m.op != ARPOP_REQUEST) return {};
  if (ipv4_is_multicast(m.tip) || (!IN_DEV_ROUTE_LOCALNET(in_dev) && ipv4_is_loopback(m.tip))) return {};
  if (m.sip == m.tip && IN_DEV_ORCONF(in_dev, IPV4_DEVCONF_DROP_GRATUITOUS_ARP)) return {};
  return m;
}

static void answer(const sk_buff* skb, const net_device* dev, const ArpMessage& m, const u8* sha) {
  mark(BufferMark::Answered, skb);
  NOTE("arp.answered", m.tip, m.sip);
  arp_send_dst(ARPOP_REPLY, ETH_P_ARP, m.sip, dev, m.tip, sha, dev->dev_addr, sha, nullptr);
}

// A request for an address of ours: note the asker (he will talk to us), and answer. False: it is not ours.
static bool answerRequest(const sk_buff* skb, const in_device* in_dev, const ArpMessage& m, const u8* sha) {
  const net_device* dev = skb->dev;
  if (ip_route_input_noref(skb, m.tip, m.sip, 0, dev) || skb_rtable(skb)->rt_type != RTN_LOCAL) return false;
  if (arp_ignore(in_dev, m.sip, m.tip)) return true;
  if (IN_DEV_ARPFILTER(in_dev) && arp_filter(m.sip, m.tip, dev)) return true;
  if (const neighbour* n = neigh_event_ns(arp_tbl, sha, sha + 6, dev)) {
    answer(skb, dev, m, sha);
    mark(BufferMark::Learned, skb, n);
    neigh_release(n);
  }
  return true;
}

// What the message says of its sender is kept, if he is known already.
static void learn(const sk_buff* skb, const in_device* in_dev, const ArpMessage& m, const u8* sha) {
  const net_device* dev = skb->dev;
  const net* net = dev_net(dev);
  const neighbour* n = neigh_lookup(arp_tbl, sha + 6, dev);
  int addr_type = -1;
  const bool is_garp = n && arp_is_garp(net, dev, &addr_type, m);
  if (arp_accept(in_dev, m.sip) && !n) {
    if (addr_type < 0 && m.op == ARPOP_REPLY) addr_type = static_cast<int>(inet_addr_type_dev_table(net, dev, m.sip));
    if (is_garp || addr_type == RTN_UNICAST) n = __neigh_create(arp_tbl, sha + 6, dev, true);
  }
  if (!n) return;
  const bool old = machine().jiffies() > n->updated + static_cast<u64>(NEIGH_VAR(n->parms, NEIGH_VAR_LOCKTIME));
  const u8 state = m.op != ARPOP_REPLY || skb->pkt_type != PACKET_HOST ? NUD_STALE : NUD_REACHABLE;
  mark(BufferMark::Learned, skb, n);
  neigh_update(n, sha, state, old || is_garp ? NEIGH_UPDATE_F_OVERRIDE : 0, 0);
  neigh_release(n);
}

static int arp_process(const net* net, const sock* sk, const sk_buff* skb) {
  KFUNC(arp_process, net, sk, skb);
  SIMPLIFIED("no proxy ARP: a question is answered for this host's own addresses only");
  const net_device* dev = skb->dev;
  const in_device* in_dev = __in_dev_get_rcu(dev);
  const std::optional<ArpMessage> m = in_dev ? readMessage(skb, in_dev) : std::nullopt;
  if (!m) {
    kfree_skb(skb);
    return call.result(static_cast<int>(NET_RX_DROP));
  }
  const u8* theirs = reinterpret_cast<const u8*>(arp_hdr(skb) + 1);
  if (m->sip == 0) { // somebody asks whether the address is free (RFC 2131)
    const bool ours = m->op == ARPOP_REQUEST && inet_addr_type_dev_table(net, dev, m->tip) == RTN_LOCAL;
    if (ours && !arp_ignore(in_dev, m->sip, m->tip)) answer(skb, dev, *m, theirs);
  } else if (m->op != ARPOP_REQUEST || !answerRequest(skb, in_dev, *m, theirs)) {
    learn(skb, in_dev, *m, theirs);
  }
  consume_skb(skb);
  dst_release(nullptr); // of a tunnel's reply, had it come by one
  return call.result(static_cast<int>(NET_RX_SUCCESS));
}

// lo and point-to-point links need no ARP, and what others say to one another is none of our business.
static bool concernsUs(const sk_buff* skb, const net_device* dev) {
  const u8 kind = skb->pkt_type;
  return kind != PACKET_OTHERHOST && kind != PACKET_LOOPBACK && !(dev->flags & IFF_NOARP);
}

// Whole, and about addresses of the lengths that this link and IPv4 have.
static bool wellFormed(const sk_buff* skb, const net_device* dev) {
  if (!pskb_may_pull(skb, arp_hdr_len(dev))) return false;
  const arphdr* arp = arp_hdr(skb);
  return arp->ar_pln == 4 && arp->ar_hln == dev->addr_len;
}

int arp_rcv(const sk_buff* skb, const net_device* dev, const packet_type* pt, const net_device* orig_dev) {
  KFUNC(arp_rcv, skb, dev, pt, orig_dev);
  constexpr int taken = NET_RX_SUCCESS, dropped = NET_RX_DROP;
  if (!concernsUs(skb, dev)) {
    consume_skb(skb);
    return call.result(taken);
  }
  const sk_buff* own = skb_share_check(skb, GFP_ATOMIC);
  if (!own) return call.result(dropped);
  if (!wellFormed(own, dev)) {
    kfree_skb(own);
    return call.result(dropped);
  }
  fillBytes(own->cb, 0, 16); // NEIGH_CB
  return call.result(arp_process(dev_net(dev), nullptr, own));
}

int arp_invalidate(const net_device* dev, u32 ip, bool force) {
  KFUNC(arp_invalidate, dev, ip, force);
  const neighbour* n = neigh_lookup(arp_tbl, &ip, dev);
  if (!n) return call.result(-ENXIO);
  const bool stays = n->nud_state & NUD_VALID && !force;
  const int result =
      stays ? 0 : neigh_update(n, nullptr, NUD_FAILED, NEIGH_UPDATE_F_OVERRIDE | NEIGH_UPDATE_F_ADMIN, 0);
  neigh_release(n);
  if (!stays) neigh_remove_one(n);
  return call.result(result);
}
void arp_ifdown(const net_device* dev) {
  KFUNC(arp_ifdown, dev);
  neigh_ifdown(arp_tbl, dev);
}

} // namespace sockwalk::kernel
