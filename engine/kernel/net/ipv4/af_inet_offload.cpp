#include "engine/kernel/include/net/gro.h"
#include "engine/kernel/include/net/inet_common.h"
#include "engine/kernel/include/net/ip.h"
#include "engine/kernel/include/net/protocol.h"
#include "engine/kernel/init/image.h"
// GRO for IPv4: two packets may be joined if their headers differ only in what counts up.

namespace sockwalk::kernel {

Global<kptr<net_offload>[256]> inet_offloads { "inet_offloads" };

int inet_add_offload(const net_offload* prot, u8 protocol) {
  KFUNC(inet_add_offload, prot, protocol);
  if (inet_offloads[protocol]) return call.result(-1);
  set(inet_offloads[protocol], prot);
  return call.result(0);
}

// Holds one waiting packet of what may be the same flow against this one.
static void compareWith(const sk_buff* waiting, const sk_buff* skb, const iphdr* iph, u32 at, u32 odd, u32 identity) {
  const auto* other = reinterpret_cast<const iphdr*>(waiting->data + at);
  const napi_gro_cb* cb = NAPI_GRO_CB(waiting);
  const bool sameEnds = other->saddr == iph->saddr && other->daddr == iph->daddr && other->protocol == iph->protocol;
  if (!sameEnds) return set(cb, napi_gro_cb::bit::same_flow, 0);
  const u16 dontFragment = htons(IP_DF);
  groFlush(waiting,
           (other->ttl ^ iph->ttl) | (other->tos ^ iph->tos) | ((other->frag_off ^ iph->frag_off) & dontFragment));
  groFlush(waiting, odd);
  // The identifiers of a row count up by one, so that it could be cut up again into the same packets. Of packets that
  // are never cut into fragments (RFC 6864: "atomic") the identifier says nothing, and a constant one is as good.
  const u16 distance = static_cast<u16>(identity - ntohs(other->id));
  const bool mustCount = !cb->is_atomic || !(iph->frag_off & dontFragment);
  const u16 counted = distance == cb->count ? 0 : 0xffff, missed = mustCount ? counted : distance;
  set(cb->flush_id, NAPI_GRO_CB(skb)->is_atomic ? missed : cb->flush_id | missed);
}

// What forbids that it is joined to others: a total length that is not that of the bytes here; any bit of the
// fragment's flags and offset, which stand in the lower half of the word that `identity` is, but "don't fragment".
static u32 oddBits(const sk_buff* skb, const iphdr* iph, u32 identity) {
  u32 first;
  std::memcpy(&first, iph, 4);
  const u32 wrongLength = ntohl(first) ^ skb_gro_len(skb), fragment = identity & ~u32(IP_DF);
  return static_cast<u16>(wrongLength | fragment);
}

static const sk_buff* inet_gro_receive(const list_head* head, const sk_buff* skb) {
  KFUNC(inet_gro_receive, head, skb);
  const u32 at = skb_gro_offset(skb);
  const auto* iph = reinterpret_cast<const iphdr*>(skb_gro_header(skb, at + u32(sizeof(iphdr)), at));
  const net_offload* transport = iph ? inet_offloads[iph->protocol].get() : nullptr;
  const bool plain = transport && transport->callbacks.gro_receive && iph->version == 4 && iph->ihl == 5 &&
                     !ip_is_fragment(iph) && !ip_fast_csum(iph, 5);
  if (!plain) {
    groFlush(skb, 1);
    return call.result<const sk_buff*>(nullptr);
  }
  u32 word;
  std::memcpy(&word, &iph->id, 4);
  const u32 identity = ntohl(word), odd = oddBits(skb, iph, identity);
  for (const sk_buff* waiting : list_for_each_entry(sk_buff, list, head))
    if (NAPI_GRO_CB(waiting)->same_flow) compareWith(waiting, skb, iph, at, odd, identity >> 16);
  set(NAPI_GRO_CB(skb), napi_gro_cb::bit::is_atomic, (iph->frag_off & htons(IP_DF)) != 0);
  groFlush(skb, odd);
  skb_set_network_header(skb, static_cast<int>(at));
  skb_gro_pull(skb, sizeof(iphdr));
  skb_set_transport_header(skb, static_cast<int>(skb_gro_offset(skb)));
  const sk_buff* complete = transport->callbacks.gro_receive(head, skb);
  groFlush(skb, odd);
  return call.result(complete);
}

// The joined packet gets one IP header that tells its true length.
static s32 inet_gro_complete(const sk_buff* skb, s32 nhoff) {
  KFUNC(inet_gro_complete, skb, nhoff);
  const auto* iph = reinterpret_cast<const iphdr*>(skb->data + nhoff);
  set(iph->tot_len, htons(static_cast<u16>(skb->len - static_cast<u32>(nhoff))));
  set(iph->check, 0);
  set(iph->check, ip_fast_csum(iph, iph->ihl));
  const net_offload* transport = inet_offloads[iph->protocol];
  const bool known = transport && transport->callbacks.gro_complete;
  constexpr s32 Header = sizeof(iphdr);
  return call.result(known ? transport->callbacks.gro_complete(skb, nhoff + Header) : -ENOSYS);
}

static Global<packet_offload> ip_packet_offload{"ip_packet_offload"};
void image_inet_offload() {
  set(ip_packet_offload->type, htons(ETH_P_IP));
  set(ip_packet_offload->callbacks.gso_segment, fn<inet_gso_segment>);
  set(ip_packet_offload->callbacks.gro_receive, fn<inet_gro_receive>);
  set(ip_packet_offload->callbacks.gro_complete, fn<inet_gro_complete>);
}
int ipv4_offload_init() {
  KFUNC(ipv4_offload_init);
  udpv4_offload_init();
  tcpv4_offload_init();
  dev_add_offload(ip_packet_offload);
  return call.result(0);
}

} // namespace sockwalk::kernel
