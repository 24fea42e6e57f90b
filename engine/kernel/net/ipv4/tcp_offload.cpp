// GRO for TCP: segments of one connection that follow one another are joined.
#include "engine/kernel/include/net/gro_checksum.h"
#include "engine/kernel/include/net/ip_receive.h"

namespace sockwalk::kernel {

static const sk_buff* tcp_gro_receive(const list_head* head, const sk_buff* skb) {
  KFUNC(tcp_gro_receive, head, skb);
  SIMPLIFIED("segments climb one by one: they are not joined yet");
  groFlush(skb, 1);
  return call.result<const sk_buff*>(nullptr);
}

static const sk_buff* tcp4_gro_receive(const list_head* head, const sk_buff* skb) {
  KFUNC(tcp4_gro_receive, head, skb);
  if (!NAPI_GRO_CB(skb)->flush && skb_gro_checksum_validate(skb, IPPROTO_TCP, false, 0)) {
    groFlush(skb, 1);
    return call.result<const sk_buff*>(nullptr);
  }
  return call.result(tcp_gro_receive(head, skb));
}

static Global<net_offload> tcpv4_offload{"tcpv4_offload"};
void image_tcp_offload() { set(tcpv4_offload->callbacks.gro_receive, fn<tcp4_gro_receive>); }
int tcpv4_offload_init() {
  KFUNC(tcpv4_offload_init);
  return call.result(inet_add_offload(tcpv4_offload, IPPROTO_TCP));
}

} // namespace sockwalk::kernel
