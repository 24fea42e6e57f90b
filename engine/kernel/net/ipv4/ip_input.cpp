// IPv4 reception: is the packet sound, whose is it, and which protocol gets it.
#include "engine/kernel/include/linux/netfilter.h"
#include "engine/kernel/include/net/icmp.h"
#include "engine/kernel/include/net/inet_sock.h"
#include "engine/kernel/include/net/ip.h"
#include "engine/kernel/include/net/protocol.h"
#include "engine/kernel/include/net/raw.h"
#include "engine/kernel/include/net/tcp.h"
#include "engine/kernel/include/net/udp.h"
#include "engine/kernel/include/net/xfrm.h"
#include "engine/memory/constants/netfilter.h"

namespace sockwalk::kernel {

constexpr u32 IFHDR = sizeof(iphdr);

// ---- up to the protocols
// Hands the payload to raw sockets and to the protocol that the header names; a protocol that unwraps another packet
// answers with its number, and the search begins again.
void ip_protocol_deliver_rcu(const net* net, const sk_buff* skb, int protocol) {
  KFUNC(ip_protocol_deliver_rcu, net, skb, protocol);
  for (;;) {
    const bool rawTookIt = raw_local_deliver(skb, protocol);
    const net_protocol* speaker = inet_protos[static_cast<u32>(protocol)];
    if (speaker) {
      NOTE("ip.protocol", protocol);
      const int inner = speaker->handler(skb);
      if (inner >= 0) return;
      protocol = -inner;
      continue;
    }
    if (rawTookIt) {
      consume_skb(skb);
    } else {
      NOTE("ip.no_protocol", protocol);
      icmp_send(skb, 3 /* ICMP_DEST_UNREACH */, 2 /* ICMP_PROT_UNREACH */, 0);
      kfree_skb_reason(skb, SKB_DROP_REASON_IP_NOPROTO);
    }
    return;
  }
}

static int ip_local_deliver_finish(const net* net, const sock* sk, const sk_buff* skb) {
  KFUNC(ip_local_deliver_finish, net, sk, skb);
  __skb_pull(skb, skb_network_header_len(skb));
  ip_protocol_deliver_rcu(net, skb, ip_hdr(skb)->protocol);
  return call.result(0);
}

// The packet is for this machine: fragments are put together first.
int ip_local_deliver(const sk_buff* skb) {
  KFUNC(ip_local_deliver, skb);
  const net* net = dev_net(skb->dev);
  if (ip_is_fragment(ip_hdr(skb)) && ip_defrag(net, skb, IP_DEFRAG_LOCAL_DELIVER)) return call.result(0);
  const int verdict =
      nf_hook(NFPROTO_IPV4, NF_INET_LOCAL_IN, net, nullptr, skb, skb->dev, nullptr, fn<ip_local_deliver_finish>);
  return call.result(verdict == 1 ? ip_local_deliver_finish(net, nullptr, skb) : verdict);
}

// ---- routing
static bool ip_rcv_options(const sk_buff* skb, const net_device* dev) { // true: drop
  KFUNC(ip_rcv_options, skb, dev);
  INLINED();
  SIMPLIFIED("packets with a source route are dropped, as this host is set to");
  if (skb_cow(skb, skb_headroom(skb))) return call.result(true);
  const ip_options* found = &IPCB(skb)->opt;
  set(found->optlen, ip_hdr(skb)->ihl * 4 - IFHDR);
  if (ip_options_compile(dev_net(dev), found, skb)) return call.result(true);
  if (found->srr) NOTE("ip.source_routed", skb);
  return call.result(found->srr != 0);
}

// The packet before this one has a route already. It serves again if both go to the same address in the same class.
static bool ip_can_use_hint(const sk_buff* skb, const iphdr* iph, const sk_buff* hint) {
  if (!hint || skb_dst(skb)) return false;
  const iphdr* before = ip_hdr(hint);
  return iph->daddr == before->daddr && iph->tos == before->tos;
}

// A connected socket knows the way of its packets: finding it now saves the routing decision.
static int earlyDemux(const net* net, const sk_buff* skb, const iphdr* iph) {
  if (!net->ipv4.sysctl_ip_early_demux || skb_dst(skb) || skb->sk || ip_is_fragment(iph)) return 0;
  if (iph->protocol == IPPROTO_TCP && net->ipv4.sysctl_tcp_early_demux) return tcp_v4_early_demux(skb), 0;
  if (iph->protocol == IPPROTO_UDP && net->ipv4.sysctl_udp_early_demux) return udp_v4_early_demux(skb);
  return 0;
}

// A packet that came as a broadcast on the link must be one in IP too (RFC 1122 3.3.6).
static bool unicastInBroadcast(const sk_buff* skb, const net_device* dev) {
  const u16 type = skb_rtable(skb)->rt_type;
  if (type == RTN_MULTICAST || type == RTN_BROADCAST) return false;
  if (skb->pkt_type != PACKET_BROADCAST && skb->pkt_type != PACKET_MULTICAST) return false;
  const in_device* in_dev = __in_dev_get_rcu(dev);
  return in_dev && IN_DEV_ORCONF(in_dev, IPV4_DEVCONF_DROP_UNICAST_IN_L2_MULTICAST);
}

// The route comes from the packet before, from the packet's own connection, or it is looked up. 0 or -errno.
static int findRoute(const net* net, const sk_buff* skb, const net_device* dev, const sk_buff* hint) {
  const iphdr* iph = ip_hdr(skb);
  if (ip_can_use_hint(skb, iph, hint))
    if (const int err = ip_route_use_hint(skb, iph->daddr, iph->saddr, iph->tos, dev, hint)) return err;
  if (const int err = earlyDemux(net, skb, iph)) return err;
  if (skb_dst(skb)) return 0;
  iph = ip_hdr(skb); // early demux may have moved the header
  return ip_route_input_noref(skb, iph->daddr, iph->saddr, iph->tos, dev);
}

static int ip_rcv_finish_core(const net* net, const sock* sk, const sk_buff* skb, const net_device* dev,
                              const sk_buff* hint) {
  KFUNC(ip_rcv_finish_core, net, sk, skb, dev, hint);
  skb_drop_reason why = SKB_DROP_REASON_NOT_SPECIFIED;
  if (const int err = findRoute(net, skb, dev, hint)) {
    NOTE("ip.no_route_in", ip_hdr(skb)->saddr, ip_hdr(skb)->daddr, err);
    if (err == -EXDEV) why = SKB_DROP_REASON_IP_RPFILTER;
  } else if (ip_hdr(skb)->ihl <= 5 || !ip_rcv_options(skb, dev)) {
    if (!unicastInBroadcast(skb, dev)) return call.result(static_cast<int>(NET_RX_SUCCESS));
    NOTE("ip.unicast_in_broadcast", skb);
    why = SKB_DROP_REASON_UNICAST_IN_L2_MULTICAST;
  }
  kfree_skb_reason(skb, why);
  return call.result(static_cast<int>(NET_RX_DROP));
}

static int ip_rcv_finish(const net* net, const sock* sk, const sk_buff* skb) {
  int ret = ip_rcv_finish_core(net, sk, skb, skb->dev, nullptr);
  if (ret != NET_RX_DROP) ret = dst_input(skb);
  return ret;
}

// ---- is it sound?
// SKB_NOT_DROPPED_YET, or why the header cannot be trusted. Leaves the packet cut to the length that IP says.
static skb_drop_reason checkHeader(const sk_buff* skb) {
  if (!pskb_may_pull(skb, IFHDR)) return SKB_DROP_REASON_IP_INHDR;
  const iphdr* iph = ip_hdr(skb);
  if (iph->ihl < 5 || iph->version != 4 || !pskb_may_pull(skb, iph->ihl * 4u)) return SKB_DROP_REASON_IP_INHDR;
  iph = ip_hdr(skb);
  if (ip_fast_csum(iph, iph->ihl)) return SKB_DROP_REASON_IP_CSUM;
  const u32 len = ntohs(iph->tot_len);
  if (skb->len < len) return SKB_DROP_REASON_PKT_TOO_SMALL;
  if (len < iph->ihl * 4u) return SKB_DROP_REASON_IP_INHDR;
  return pskb_trim_rcsum(skb, len) ? SKB_DROP_REASON_NOT_SPECIFIED : SKB_NOT_DROPPED_YET;
}

static void noteRefusal(const sk_buff* skb, skb_drop_reason reason) {
  switch (reason) {
  case SKB_DROP_REASON_OTHERHOST: NOTE("ip.other_host", skb); break;
  case SKB_DROP_REASON_IP_CSUM: NOTE("ip.bad_checksum", skb); break;
  case SKB_DROP_REASON_PKT_TOO_SMALL: NOTE("ip.truncated", skb, skb->len, ntohs(ip_hdr(skb)->tot_len)); break;
  case SKB_DROP_REASON_IP_INHDR: NOTE("ip.header_refused", skb); break;
  default: NOTE("ip.no_memory", skb);
  }
}

static const sk_buff* ip_rcv_core(const sk_buff* skb, const net* net) {
  KFUNC(ip_rcv_core, skb, net);
  SIMPLIFIED("the counters of /proc/net/snmp are not kept");
  skb_drop_reason reason = SKB_DROP_REASON_OTHERHOST;
  if (skb->pkt_type != PACKET_OTHERHOST) {
    skb = skb_share_check(skb, GFP_ATOMIC);
    if (!skb) return call.result<const sk_buff*>(nullptr);
    reason = checkHeader(skb);
  } else {
    dev_core_stats_rx_otherhost_dropped_inc(skb->dev);
  }
  if (reason) {
    noteRefusal(skb, reason);
    kfree_skb_reason(skb, reason);
    return call.result<const sk_buff*>(nullptr);
  }
  set(skb->transport_header, skb->network_header + ip_hdr(skb)->ihl * 4);
  fillBytes(IPCB(skb), 0, sizeof(inet_skb_parm)); // what the layer below noted there is done with
  set(IPCB(skb)->iif, skb->skb_iif);
  skb_orphan(skb);
  return call.result(skb);
}

int ip_rcv(const sk_buff* skb, const net_device* dev, const packet_type* pt, const net_device* orig_dev) {
  KFUNC(ip_rcv, skb, dev, pt, orig_dev);
  const net* net = dev_net(dev);
  skb = ip_rcv_core(skb, net);
  if (!skb) return call.result(static_cast<int>(NET_RX_DROP));
  const int verdict = nf_hook(NFPROTO_IPV4, NF_INET_PRE_ROUTING, net, nullptr, skb, dev, nullptr, fn<ip_rcv_finish>);
  return call.result(verdict == 1 ? ip_rcv_finish(net, nullptr, skb) : verdict);
}

// ---- the same for lists
static void ip_sublist_rcv_finish(const list_head* head) {
  KFUNC(ip_sublist_rcv_finish, head);
  for (const sk_buff* skb : list_for_each_entry(sk_buff, list, head)) {
    skb_list_del_init(skb);
    dst_input(skb);
  }
}

// Packets with the same destination follow one another up; the first one's route is a hint for the next.
static void ip_list_rcv_finish(const net* net, const sock* sk, const list_head* head) {
  KFUNC(ip_list_rcv_finish, net, sk, head);
  INLINED();
  const sk_buff* hint = nullptr;
  const dst_entry* sharedRoute = nullptr;
  OnStack<list_head> run;
  INIT_LIST_HEAD(run);
  for (const sk_buff* skb : list_for_each_entry(sk_buff, list, head)) {
    skb_list_del_init(skb);
    if (ip_rcv_finish_core(net, sk, skb, skb->dev, hint) == NET_RX_DROP) continue;
    const dst_entry* dst = skb_dst(skb);
    if (sharedRoute != dst) {
      hint = skb_rtable(skb)->rt_type == RTN_BROADCAST ? nullptr : skb;
      if (!list_empty(run)) ip_sublist_rcv_finish(run);
      INIT_LIST_HEAD(run);
      sharedRoute = dst;
    }
    list_add_tail(&skb->list, run);
  }
  ip_sublist_rcv_finish(run);
}

static void ip_sublist_rcv(const list_head* head, const net_device* dev, const net* net) {
  KFUNC(ip_sublist_rcv, head, dev, net);
  NF_HOOK_LIST(NFPROTO_IPV4, NF_INET_PRE_ROUTING, net, nullptr, head, dev, nullptr, fn<ip_rcv_finish>);
  ip_list_rcv_finish(net, nullptr, head);
}

// A driver hands up what came in one round. Only neighbours in the list that came by the same device, and so belong to
// the same namespace, stay together: hooks and routing are asked once for each such run.
void ip_list_rcv(const list_head* head, const packet_type* pt, const net_device* orig_dev) {
  KFUNC(ip_list_rcv, head, pt, orig_dev);
  const net_device* cameBy = nullptr;
  OnStack<list_head> run;
  INIT_LIST_HEAD(run);
  const auto passRunOn = [&] {
    if (!list_empty(run)) ip_sublist_rcv(run, cameBy, dev_net(cameBy));
  };
  for (const sk_buff* skb : list_for_each_entry(sk_buff, list, head)) {
    const net_device* dev = skb->dev;
    skb_list_del_init(skb);
    const sk_buff* sound = ip_rcv_core(skb, dev_net(dev));
    if (!sound) continue;
    if (dev != cameBy) {
      passRunOn();
      INIT_LIST_HEAD(run);
      cameBy = dev;
    }
    list_add_tail(&sound->list, run);
  }
  passRunOn();
}

} // namespace sockwalk::kernel
