// A router's work: a packet that came in by one device and is for somebody behind another.
#include "engine/kernel/include/linux/netfilter.h"
#include "engine/kernel/include/net/icmp.h"
#include "engine/kernel/include/net/ip.h"
#include "engine/kernel/net/ipv4/devinet_internal.h"
#include "engine/memory/constants/netfilter.h"

namespace sockwalk::kernel {

// Too long for the next link, and may not be cut up here.
static bool ip_exceeds_mtu(const sk_buff* skb, u32 mtu) {
  if (skb->len <= mtu || !(ip_hdr(skb)->frag_off & htons(IP_DF))) return false;
  const u32 largest = IPCB(skb)->frag_max_size;
  if (largest && largest > mtu) return true; // it came in pieces, the largest of which would not pass
  if (skb->ignore_df) return false;
  return !(skb_is_gso(skb) && skb_gso_validate_network_len(skb, mtu));
}

// One less: written with the checksum adjusted, not summed anew (RFC 1624). The TTL is the high byte of its word.
static void ip_decrease_ttl(const iphdr* iph) {
  const u32 sum = iph->check + htons(0x0100), carry = sum >= 0xffff;
  set(iph->check, static_cast<u16>(sum + carry));
  sub(iph->ttl, 1);
}

static s32 ip_forward_finish(const net* net, const sock* sk, const sk_buff* skb) {
  KFUNC(ip_forward_finish, net, sk, skb);
  if (IPCB(skb)->opt.optlen) ip_forward_options(skb);
  set(skb->tstamp, 0);
  return call.result(dst_output(net, sk, skb));
}

static int drop(const sk_buff* skb, skb_drop_reason reason) {
  kfree_skb_reason(skb, reason);
  return NET_RX_DROP;
}

// The packet goes no further, and its sender is told why.
static int refuse(const sk_buff* skb, int type, int code, u32 info, skb_drop_reason reason) {
  icmp_send(skb, type, code, info);
  return drop(skb, reason);
}

// May it pass, as to its options and its size? NET_RX_SUCCESS, or it was dropped.
static int checkPassage(const sk_buff* skb, const rtable* rt) {
  if (rt->rt_uses_gateway && IPCB(skb)->opt.is_strictroute) // its sender named every hop, and this gateway is none
    return refuse(skb, ICMP_DEST_UNREACH, ICMP_SR_FAILED, 0, SKB_DROP_REASON_NOT_SPECIFIED);
  set(IPCB(skb)->flags, IPCB(skb)->flags | IPSKB_FORWARDED);
  const u32 linkTakes = ip_dst_mtu_maybe_forward(&rt->dst, true);
  if (!ip_exceeds_mtu(skb, linkTakes)) return NET_RX_SUCCESS;
  NOTE("forward.too_big", skb->len, linkTakes);
  return refuse(skb, ICMP_DEST_UNREACH, ICMP_FRAG_NEEDED, htonl(linkTakes), SKB_DROP_REASON_PKT_TOO_BIG);
}

// The header is changed only now: an error quotes the packet as it came.
static int handOn(const net* net, const sk_buff* skb, const rtable* rt) {
  const net_device* onward = rt->dst.dev;
  if (skb_cow(skb, LL_RESERVED_SPACE(onward) + rt->dst.header_len)) return drop(skb, SKB_DROP_REASON_NOT_SPECIFIED);
  const iphdr* iph = ip_hdr(skb);
  ip_decrease_ttl(iph);
  if (IPCB(skb)->flags & IPSKB_DOREDIRECT && !IPCB(skb)->opt.srr) ip_rt_send_redirect(skb);
  if (net->ipv4.sysctl_ip_fwd_update_priority) set(skb->priority, rt_tos2priority(iph->tos));
  mark(BufferMark::Forwarded, skb, onward);
  NOTE("forward.to", iph->daddr, onward, iph->ttl);
  const int verdict =
      nf_hook(NFPROTO_IPV4, NF_INET_FORWARD, net, nullptr, skb, skb->dev, onward, fn<ip_forward_finish>);
  return verdict == 1 ? ip_forward_finish(net, nullptr, skb) : verdict;
}

int ip_forward(const sk_buff* skb) {
  KFUNC(ip_forward, skb);
  SIMPLIFIED("no IPsec policy, no router alert");
  if (skb->pkt_type != PACKET_HOST || skb->sk.get()) return call.result(drop(skb, SKB_DROP_REASON_NOT_SPECIFIED));
  if (skb->ip_summed == CHECKSUM_COMPLETE) set(skb, sk_buff::bit::ip_summed, CHECKSUM_NONE); // skb_forward_csum()
  if (ip_hdr(skb)->ttl <= 1) { // too many hops: in a loop, most likely
    NOTE("forward.ttl", ip_hdr(skb)->saddr, ip_hdr(skb)->daddr);
    return call.result(refuse(skb, ICMP_TIME_EXCEEDED, ICMP_EXC_TTL, 0, SKB_DROP_REASON_IP_INHDR));
  }
  const rtable* rt = skb_rtable(skb);
  const int passes = checkPassage(skb, rt);
  return call.result(passes == NET_RX_SUCCESS ? handOn(dev_net(skb->dev), skb, rt) : passes);
}

void inet_forward_change(const net* net, bool on) {
  KFUNC(inet_forward_change, net, on);
  INLINED();
  const auto turn = [&](const ipv4_devconf* conf) { set(conf->data[IPV4_DEVCONF_FORWARDING - 1], on); };
  set(net->ipv4.devconf_all->data[IPV4_DEVCONF_ACCEPT_REDIRECTS - 1], !on); // a router decides for itself
  turn(net->ipv4.devconf_all);
  turn(net->ipv4.devconf_dflt);
  for (const net_device* dev : list_for_each_entry(net_device, dev_list, &net->dev_base_head))
    if (const in_device* in_dev = __in_dev_get_rtnl(dev)) turn(&in_dev->cnf);
  rt_cache_flush(net);
}

} // namespace sockwalk::kernel
