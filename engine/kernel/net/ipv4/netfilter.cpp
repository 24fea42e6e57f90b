// A packet that netfilter has changed or made needs a route of its own: by its addresses, marks and class as they are now.
#include "engine/kernel/include/linux/netfilter.h"
#include "engine/kernel/include/net/dst.h"
#include "engine/kernel/include/net/inet_sock.h"
#include "engine/kernel/include/net/ip.h"
#include "engine/kernel/include/net/l3mdev.h"
#include "engine/kernel/include/net/route.h"
#include "engine/kernel/include/net/xfrm.h"
#include "engine/memory/constants/inet.h"

namespace sockwalk::kernel {

static void askFor(const flowi4* flow, const sk_buff* skb, const sock* sk, bool own) {
  const iphdr* ip = ip_hdr(skb);
  set(flow->daddr, ip->daddr);
  set(flow->saddr, own ? u32(ip->saddr) : 0); // an address that is nobody's is no source
  set(flow->__fl_common.flowic_tos, ip->tos & IPTOS_RT_MASK);
  set(flow->__fl_common.flowic_oif, sk ? int(sk->sk_bound_dev_if) : 0);
  if (!flow->__fl_common.flowic_oif) l3mdev_master_ifindex_rcu(skb_dst(skb)->dev);
  set(flow->__fl_common.flowic_mark, skb->mark);
  const u8 flags = sk ? inet_sk_flowi_flags(sk) : u8(0);
  set(flow->__fl_common.flowic_flags, flags | (own ? FLOWI_FLAG_ANYSRC : 0));
}

// IPsec's policy has its say for the flow as it is now. 0, or why there is no way.
static int askPolicy(const net* net, const sk_buff* skb, const flowi4* flow, const sock* sk) {
  if (__xfrm_decode_session(skb, flow, AF_INET, 0)) return 0;
  const dst_entry* dst = skb_dst(skb);
  skb_dst_set(skb, nullptr);
  dst = xfrm_lookup(net, dst, flow, sk, 0);
  if (IS_ERR(dst)) return static_cast<int>(PTR_ERR(dst));
  skb_dst_set(skb, dst);
  return 0;
}

int ip_route_me_harder(const net* net, const sock* sk, const sk_buff* skb, u32 addr_type) {
  KFUNC(ip_route_me_harder, net, sk, skb, addr_type);
  if (!sk) sk = skb->sk;
  if (addr_type == RTN_UNSPEC) addr_type = inet_addr_type_dev_table(net, skb_dst(skb)->dev, ip_hdr(skb)->saddr);
  OnStack<flowi4> flow;
  askFor(flow, skb, sk, addr_type == RTN_LOCAL || addr_type == RTN_UNICAST);
  const rtable* rt = ip_route_output_flow(net, flow, nullptr);
  if (IS_ERR(rt)) return call.result(static_cast<int>(PTR_ERR(rt)));
  skb_dst_drop(skb);
  skb_dst_set(skb, &rt->dst);
  if (rt->dst.error) return call.result(int(rt->dst.error));
  if (const int refused = askPolicy(net, skb, flow, sk)) return call.result(refused);
  const u32 needs = skb_dst(skb)->dev->hard_header_len, has = skb_headroom(skb);
  if (has >= needs) return call.result(0);
  return call.result(pskb_expand_head(skb, static_cast<int>(SKB_DATA_ALIGN(needs - has)), 0, GFP_ATOMIC));
}

} // namespace sockwalk::kernel
