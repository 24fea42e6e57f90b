// GRO for UDP: datagrams keep their bounds, so they are joined only for sockets that ask for it (UDP_GRO).
#include "engine/kernel/include/linux/udp.h"
#include "engine/kernel/include/net/gro.h"
#include "engine/kernel/include/net/protocol.h"
#include "engine/kernel/include/net/udp.h"
#include "engine/kernel/init/image.h"
#include "engine/kernel/net/ipv4/udp_offload_internal.h"
#include "engine/memory/constants/udp.h"

namespace sockwalk::kernel {

static bool samePorts(const udphdr* a, const udphdr* b) { return a->source == b->source && a->dest == b->dest; }

// The waiting packet that has to leave (or nullptr) once this one was held against it and perhaps joined to it.
static const sk_buff* joinTo(const sk_buff* p, const sk_buff* skb, u32 ulen) {
  const napi_gro_cb* cb = NAPI_GRO_CB(p);
  u32 flush = cb->flush;
  if (cb->flush_id != 1 || cb->count != 1 || !cb->is_atomic) flush |= cb->flush_id;
  else set(cb, napi_gro_cb::bit::is_atomic, 0);
  const u32 first = ntohs(udp_hdr(p)->len);
  if (ulen > first || flush) return p;
  const int err = skb_gro_receive(p, skb);
  return err || ulen != first || cb->count >= UDP_GRO_CNT_MAX ? p : nullptr; // a shorter one is the last
}

// Datagrams of one size from one sender, of which the last may be shorter.
static const sk_buff* udp_gro_receive_segment(const list_head* head, const sk_buff* skb, const udphdr* uh) {
  const u32 length = ntohs(uh->len);
  if (!uh->check || length <= sizeof(udphdr) || length != skb_gro_len(skb)) {
    groFlush(skb, 1);
    return nullptr;
  }
  skb_gro_pull(skb, sizeof(udphdr));
  for (const sk_buff* waiting : list_for_each_entry(sk_buff, list, head)) {
    if (!NAPI_GRO_CB(waiting)->same_flow) continue;
    if (samePorts(uh, udp_hdr(waiting))) return joinTo(waiting, skb, length);
    set(NAPI_GRO_CB(waiting), napi_gro_cb::bit::same_flow, 0);
  }
  return nullptr;
}

static const sk_buff* udp_gro_receive(const list_head* head, const sk_buff* skb, const udphdr* uh, const sock* sk) {
  KFUNC(udp_gro_receive, head, skb, uh, sk);
  SIMPLIFIED("no tunnels in UDP, no lists of fragments (a device's rx-gro-list)");
  if (sk && udp_test_bit(udp_sk(sk), UDP_FLAGS_GRO_ENABLED)) return call.result(udp_gro_receive_segment(head, skb, uh));
  groFlush(skb, 1); // nobody asked for it: the datagram goes up by itself
  return call.result<const sk_buff*>(nullptr);
}

static const sock* lookup(const sk_buff* skb, u16 sport, u16 dport) {
  const iphdr* iph = ip_hdr(skb);
  return __udp4_lib_lookup(dev_net(skb->dev), iph->saddr, sport, iph->daddr, dport, skb->dev->ifindex, 0, udp_table,
                           nullptr);
}

static const sk_buff* udp4_gro_receive(const list_head* head, const sk_buff* skb) {
  KFUNC(udp4_gro_receive, head, skb);
  const u32 off = skb_gro_offset(skb);
  const auto* uh = reinterpret_cast<const udphdr*>(skb_gro_header(skb, off + u32(sizeof(udphdr)), off));
  if (!uh) {
    groFlush(skb, 1);
    return call.result<const sk_buff*>(nullptr);
  }
  if (!NAPI_GRO_CB(skb)->flush) { // a packet that is to be flushed is not worth the sum
    if (skb_gro_checksum_validate(skb, IPPROTO_UDP, true, uh->check)) {
      groFlush(skb, 1);
      return call.result<const sk_buff*>(nullptr);
    }
    const napi_gro_cb* cb = NAPI_GRO_CB(skb);
    if (uh->check && cb->csum_cnt == 0 && !cb->csum_valid) {
      set(cb->csum, ~inet_gro_compute_pseudo(skb, IPPROTO_UDP));
      set(cb, napi_gro_cb::bit::csum_valid, 1);
    }
  }
  const sock* sk = *udp_encap_needed_key.get() ? lookup(skb, uh->source, uh->dest) : nullptr;
  return call.result(udp_gro_receive(head, skb, uh, sk));
}

static const sock* udp4_lib_lookup_skb(const sk_buff* skb, u16 sport, u16 dport) {
  KFUNC(udp4_lib_lookup_skb, skb, sport, dport);
  return call.result(lookup(skb, sport, dport));
}

// The joined packet is as if it came from a sender with UDP_SEGMENT.
static s32 udp_gro_complete(const sk_buff* skb, s32 nhoff) {
  KFUNC(udp_gro_complete, skb, nhoff);
  const auto* uh = reinterpret_cast<const udphdr*>(skb->data + nhoff);
  set(uh->len, htons(static_cast<u16>(skb->len - static_cast<u32>(nhoff))));
  udp4_lib_lookup_skb(skb, uh->source, uh->dest); // a tunnel would have its own way to complete
  set(skb->csum_start, static_cast<u16>(reinterpret_cast<const u8*>(uh) - skb->head));
  set(skb->csum_offset, offsetof(udphdr, check));
  set(skb, sk_buff::bit::ip_summed, CHECKSUM_PARTIAL);
  set(skb_shinfo(skb)->gso_segs, NAPI_GRO_CB(skb)->count);
  set(skb_shinfo(skb)->gso_type, skb_shinfo(skb)->gso_type | SKB_GSO_UDP_L4);
  return call.result(0);
}

static s32 udp4_gro_complete(const sk_buff* skb, s32 nhoff) {
  KFUNC(udp4_gro_complete, skb, nhoff);
  const iphdr* iph = ip_hdr(skb);
  const auto* uh = reinterpret_cast<const udphdr*>(skb->data + nhoff);
  const u32 len = skb->len - static_cast<u32>(nhoff);
  if (uh->check) set(uh->check, static_cast<u16>(~csum_tcpudp_magic(iph->saddr, iph->daddr, len, IPPROTO_UDP, 0)));
  return call.result(udp_gro_complete(skb, nhoff));
}

static Global<net_offload> udpv4_offload{"udpv4_offload"};
void image_udp_offload() {
  set(udpv4_offload->callbacks.gso_segment, fn<udp4_ufo_fragment>);
  set(udpv4_offload->callbacks.gro_receive, fn<udp4_gro_receive>);
  set(udpv4_offload->callbacks.gro_complete, fn<udp4_gro_complete>);
}
int udpv4_offload_init() {
  KFUNC(udpv4_offload_init);
  return call.result(inet_add_offload(udpv4_offload, IPPROTO_UDP));
}

} // namespace sockwalk::kernel
