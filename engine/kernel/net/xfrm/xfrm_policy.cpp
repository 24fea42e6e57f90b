#include "engine/kernel/include/linux/ip.h"
#include "engine/kernel/include/linux/security.h"
#include "engine/kernel/include/net/xfrm.h"
#include "engine/memory/constants/inet.h"

namespace sockwalk::kernel {

static const dst_entry* xfrm_lookup_with_ifid(const net* net, const dst_entry* dst_orig, const flowi4* fl,
                                              const sock* sk, int flags, u32 if_id) {
  KFUNC(xfrm_lookup_with_ifid, net, dst_orig, fl, sk, flags, if_id);
  SIMPLIFIED("there are no IPsec policies: the route stays as it is");
  if (flags & XFRM_LOOKUP_ICMP) { // asked for a policy that lets an ICMP error pass: there is none
    dst_release(nullptr);
    dst_release(dst_orig);
    return call.result(ERR_PTR<dst_entry>(-ENOENT));
  }
  return call.result(dst_orig);
}

static void decode_session4(const sk_buff* skb, const flowi4* fl4, bool reverse) {
  KFUNC(decode_session4, skb, fl4, reverse);
  const iphdr* iph = ip_hdr(skb);
  fillBytes(fl4, 0, sizeof(flowi4));
  set(fl4->__fl_common.flowic_mark, skb->mark);
  set(fl4->__fl_common.flowic_oif, reverse ? int(skb->skb_iif) : 0);
  set(fl4->__fl_common.flowic_proto, iph->protocol);
  set(fl4->__fl_common.flowic_tos, iph->tos & 0x1c);
  set(fl4->daddr, reverse ? u32(iph->saddr) : u32(iph->daddr));
  set(fl4->saddr, reverse ? u32(iph->daddr) : u32(iph->saddr));
  if ((iph->protocol == 6 || iph->protocol == 17) && !(iph->frag_off & htons(0x3fff))) {
    u16 ports[2];
    std::memcpy(ports, reinterpret_cast<const u8*>(iph) + ip_hdr_length(iph), 4);
    set(fl4->uli.ports.sport, ports[reverse ? 1 : 0]);
    set(fl4->uli.ports.dport, ports[reverse ? 0 : 1]);
  }
}

int __xfrm_decode_session(const sk_buff* skb, const flowi4* fl, u32 family, int reverse) {
  KFUNC(__xfrm_decode_session, skb, fl, family, reverse);
  decode_session4(skb, fl, reverse);
  return call.result(security_xfrm_decode_session(skb, &fl->__fl_common));
}

const dst_entry* xfrm_lookup(const net* net, const dst_entry* dst, const flowi4* fl, const sock* sk, int flags) {
  KFUNC(xfrm_lookup, net, dst, fl, sk, flags);
  return call.result(xfrm_lookup_with_ifid(net, dst, fl, sk, flags, 0));
}

const dst_entry* xfrm_lookup_route(const net* net, const dst_entry* dst, const flowi4* fl, const sock* sk, int flags) {
  KFUNC(xfrm_lookup_route, net, dst, fl, sk, flags);
  return call.result(xfrm_lookup_with_ifid(net, dst, fl, sk, flags | XFRM_LOOKUP_QUEUE | XFRM_LOOKUP_KEEP_DST_REF, 0));
}

} // namespace sockwalk::kernel
