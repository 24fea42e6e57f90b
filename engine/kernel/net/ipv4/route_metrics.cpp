// What a route says about itself when its metrics do not, and what becomes of one that seems to fail.
#include "engine/kernel/include/net/inet_sock.h"
#include "engine/kernel/include/net/route.h"
#include "engine/kernel/net/ipv4/route_internal.h"

namespace sockwalk::kernel {

// The segment size to advertise: what the route's MTU leaves for data.
u32 ipv4_default_advmss(const dst_entry* dst) {
  KFUNC(ipv4_default_advmss, dst);
  constexpr u32 header_size = sizeof(tcphdr) + sizeof(iphdr), most = 65535 - header_size;
  const u32 metric = dst_metric_raw(dst, RTAX_MTU);
  const u32 mtu = std::min<u32>(metric ? metric : u32(dst->dev->mtu), 65535); // ipv4_mtu(), inlined
  const u32 least = static_cast<u32>(dev_net(dst->dev)->ipv4.ip_rt_min_advmss);
  return call.result(std::min(std::max(mtu - header_size, least), most));
}

// A transport got no answer several times: a route that may be stale is forgotten, that is, one that is no longer good,
// one to a gateway that a redirect named, or one that was learnt for a while only.
void ipv4_negative_advice(const sock* sk, const dst_entry* dst) {
  KFUNC(ipv4_negative_advice, sk, dst);
  const bool redirected = reinterpret_cast<const rtable*>(dst)->rt_flags & 0x00040000 /* RTCF_REDIRECTED */;
  if (redirected || dst->expires || dst->obsolete > 0) sk_dst_reset(sk);
}

} // namespace sockwalk::kernel
