#include "engine/kernel/include/linux/ip.h"
#include "engine/kernel/include/linux/netfilter.h"
#include "engine/kernel/include/linux/skb_header.h"
#include "engine/kernel/include/net/dst.h"
#include "engine/kernel/include/net/icmp.h"
#include "engine/kernel/include/net/ip.h"
#include "engine/kernel/include/net/netfilter/nf_reject.h"
#include "engine/kernel/include/net/tcp.h"
#include "engine/memory/constants/inet.h"
#include "engine/memory/constants/netdevice.h"
#include "engine/memory/constants/netfilter.h"

namespace sockwalk::kernel {

// ---- a RST
// The refused segment's header, or nullptr: a later fragment, a RST itself, or damaged.
static const tcphdr* nf_reject_ip_tcphdr_get(const sk_buff* oldskb, u8 (&room)[sizeof(tcphdr)], int hook) {
  KFUNC(nf_reject_ip_tcphdr_get, oldskb, hook);
  const iphdr* refused = ip_hdr(oldskb);
  const bool whole = !(refused->frag_off & htons(IP_OFFSET)) && refused->protocol == IPPROTO_TCP;
  const int at = skb_network_offset(oldskb) + int(ip_hdr_length(refused));
  if (!whole || !skb_header_copy(oldskb, u32(at), room, sizeof room)) return call.result<const tcphdr*>(nullptr);
  const auto* header = reinterpret_cast<const tcphdr*>(room);
  const bool answerable = !header->rst && !nf_ip_checksum(oldskb, u32(hook), u32(at), IPPROTO_TCP);
  return call.result(answerable ? header : nullptr);
}

// It goes the way back: the addresses change places.
static void nf_reject_iphdr_put(const sk_buff* nskb, const sk_buff* oldskb, u8 protocol, int ttl) {
  KFUNC(nf_reject_iphdr_put, nskb, oldskb, protocol, ttl);
  skb_reset_network_header(nskb);
  skb_put(nskb, sizeof(iphdr));
  const iphdr *refused = ip_hdr(oldskb), *answer = ip_hdr(nskb);
  set(answer, iphdr::bit::version, 4);
  set(answer, iphdr::bit::ihl, 5);
  set(answer->tos, 0);
  set(answer->id, 0);
  set(answer->frag_off, htons(IP_DF));
  set(answer->protocol, protocol);
  set(answer->check, 0);
  set(answer->saddr, refused->daddr);
  set(answer->daddr, refused->saddr);
  set(answer->ttl, ttl);
  set(nskb->protocol, htons(ETH_P_IP));
}

// Where the refused segment acknowledges something, the RST continues there (RFC 793 3.4); else it acknowledges all that the
// segment occupies, a SYN and a FIN count as one byte each.
static void nf_reject_ip_tcphdr_put(const sk_buff* nskb, const sk_buff* oldskb, const tcphdr* oth) {
  KFUNC(nf_reject_ip_tcphdr_put, nskb, oldskb);
  skb_reset_transport_header(nskb); // to where the packet begins; the checksum goes by csum_start
  const auto* reset = reinterpret_cast<const tcphdr*>(skb_put_zero(nskb, sizeof(tcphdr)));
  set(reset->source, oth->dest);
  set(reset->dest, oth->source);
  set(reset, tcphdr::bit::doff, sizeof(tcphdr) / 4);
  if (oth->ack) {
    set(reset->seq, oth->ack_seq);
  } else {
    const u32 payload = oldskb->len - ip_hdr_length(ip_hdr(oldskb)) - oth->doff * 4u;
    set(reset->ack_seq, htonl(ntohl(oth->seq) + oth->syn + oth->fin + payload));
    set(reset, tcphdr::bit::ack, 1);
  }
  set(reset, tcphdr::bit::rst, 1);
  const iphdr* ip = ip_hdr(nskb);
  set(reset->check, static_cast<u16>(~tcp_v4_check(sizeof(tcphdr), ip->saddr, ip->daddr, 0)));
  set(nskb, sk_buff::bit::ip_summed, CHECKSUM_PARTIAL);
  set(nskb->csum_start, static_cast<u16>(reinterpret_cast<const u8*>(reset) - nskb->head.get()));
  set(nskb->csum_offset, offsetof(tcphdr, check));
}

void nf_send_reset(const net* net, const sock* sk, const sk_buff* oldskb, int hook) {
  KFUNC(nf_send_reset, net, sk, oldskb, hook);
  SIMPLIFIED("no bridges, and REJECT stands only where the packet has a route");
  u8 room[sizeof(tcphdr)];
  const tcphdr* refused = nf_reject_ip_tcphdr_get(oldskb, room, hook);
  if (!refused || !skb_dst(oldskb) || skb_rtable(oldskb)->rt_flags & (RTCF_BROADCAST | RTCF_MULTICAST)) return;
  const sk_buff* reset = alloc_skb(sizeof(iphdr) + sizeof(tcphdr) + LL_MAX_HEADER, GFP_ATOMIC);
  if (!reset) return;
  skb_dst_set_noref(reset, skb_dst(oldskb)); // until it has one of its own
  set(reset->mark, net->ipv4.sysctl_fwmark_reflect ? u32(oldskb->mark) : 0);
  skb_reserve(reset, LL_MAX_HEADER);
  nf_reject_iphdr_put(reset, oldskb, IPPROTO_TCP, ip4_dst_hoplimit(skb_dst(reset)));
  nf_reject_ip_tcphdr_put(reset, oldskb, refused);
  mark(BufferMark::Answered, oldskb, reset);
  if (ip_route_me_harder(net, sk, reset, RTN_UNSPEC) || reset->len > dst_mtu(skb_dst(reset))) return kfree_skb(reset);
  NOTE("netfilter.reset", ip_hdr(reset)->daddr);
  nf_ct_attach(reset, oldskb);
  nf_ct_set_closing(oldskb);
  ip_local_out(net, reset->sk, reset);
}

// ---- an ICMP error
void nf_send_unreach(const sk_buff* skb_in, int code, int hook) {
  KFUNC(nf_send_unreach, skb_in, code, hook);
  SIMPLIFIED("REJECT stands only where the packet has a route");
  const iphdr* refused = ip_hdr(skb_in);
  if (refused->frag_off & htons(IP_OFFSET) || !skb_dst(skb_in)) return;
  const u8 proto = refused->protocol;
  const bool summed = proto == IPPROTO_TCP || proto == IPPROTO_UDP || proto == IPPROTO_ICMP;
  const u32 at = static_cast<u32>(skb_network_offset(skb_in)) + ip_hdr_length(refused);
  if (!skb_csum_unnecessary(skb_in) && summed && nf_ip_checksum(skb_in, u32(hook), at, proto)) return;
  icmp_send(skb_in, ICMP_DEST_UNREACH, code, 0);
}

} // namespace sockwalk::kernel
