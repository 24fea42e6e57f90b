// GRO for UDP: datagrams keep their bounds, so they are joined only for sockets that ask for it (UDP_GRO).
#include "engine/kernel/include/net/gro_checksum.h"
#include "engine/kernel/include/net/ip_receive.h"

namespace sockwalk::kernel {

static const sk_buff* udp_gro_receive(const list_head* head, const sk_buff* skb, const udphdr* uh, const sock* sk) {
  KFUNC(udp_gro_receive, head, skb, uh, sk);
  SIMPLIFIED("datagrams are never joined: no socket option UDP_GRO, no tunnels");
  groFlush(skb, 1);
  return call.result<const sk_buff*>(nullptr);
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
  return call.result(udp_gro_receive(head, skb, uh, nullptr));
}

static Global<net_offload> udpv4_offload{"udpv4_offload"};
void image_udp_offload() { set(udpv4_offload->callbacks.gro_receive, fn<udp4_gro_receive>); }
int udpv4_offload_init() {
  KFUNC(udpv4_offload_init);
  return call.result(inet_add_offload(udpv4_offload, IPPROTO_UDP));
}

} // namespace sockwalk::kernel
