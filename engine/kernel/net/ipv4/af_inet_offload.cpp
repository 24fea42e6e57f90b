// GRO for IPv4: two packets may be joined if their headers differ only in what counts up.
#include "engine/kernel/include/linux/napi.h"
#include "engine/kernel/include/net/ip_receive.h"
#include "engine/kernel/net/ipv4/gso_internal.h"

namespace sockwalk::kernel {

Global<kptr<net_offload>[256]> inet_offloads { "inet_offloads" };

int inet_add_offload(const net_offload* prot, u8 protocol) {
  KFUNC(inet_add_offload, prot, protocol);
  if (inet_offloads[protocol]) return call.result(-1);
  set(inet_offloads[protocol], prot);
  return call.result(0);
}

// Holds one waiting packet of the same flow against this one.
static void compareWith(const sk_buff* p, const sk_buff* skb, const iphdr* iph, u32 off, u32 flush, u32 id) {
  const auto* iph2 = reinterpret_cast<const iphdr*>(p->data + off);
  const napi_gro_cb* cb = NAPI_GRO_CB(p);
  if (iph->protocol != iph2->protocol || iph->saddr != iph2->saddr || iph->daddr != iph2->daddr) {
    set(cb, napi_gro_cb::bit::same_flow, 0);
    return;
  }
  groFlush(p, (iph->ttl ^ iph2->ttl) | (iph->tos ^ iph2->tos) | ((iph->frag_off ^ iph2->frag_off) & htons(IP_DF)));
  groFlush(p, flush);
  u16 flush_id = static_cast<u16>(id - ntohs(iph2->id)); // identifiers must count up by one
  if (!cb->is_atomic || !(iph->frag_off & htons(IP_DF))) {
    flush_id ^= cb->count;
    flush_id = flush_id ? 0xffff : 0;
  }
  set(cb->flush_id, NAPI_GRO_CB(skb)->is_atomic ? flush_id : cb->flush_id | flush_id);
}

// The header as two words, laid against what a packet that may be joined must say. Any bit that is left over, in the
// version, the header's length, the total length or the flags for fragments, forbids it.
static u32 oddBits(const sk_buff* skb, const iphdr* iph, u32 identity) {
  u32 first;
  std::memcpy(&first, iph, 4);
  return static_cast<u16>((ntohl(first) ^ skb_gro_len(skb)) | (identity & ~u32(IP_DF)));
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
void ipv4_offload_init() {
  KFUNC(ipv4_offload_init);
  dev_add_offload(ip_packet_offload);
}

} // namespace sockwalk::kernel
