// Masquerade: the source becomes the address of the device by which the packet leaves, whatever that is now.
#include "engine/kernel/include/linux/inetdevice.h"
#include "engine/kernel/include/net/netfilter/nf_nat.h"
#include "engine/kernel/include/net/route.h"

namespace sockwalk::kernel {

u32 nf_nat_masquerade_ipv4(const sk_buff* skb, u32 hooknum, const nf_nat_range2* range, const net_device* out) {
  KFUNC(nf_nat_masquerade_ipv4, skb, hooknum, range, out);
  SIMPLIFIED("connections do not end when the device loses its address");
  u32 ctinfo;
  const nf_conn* ct = nf_ct_get(skb, &ctinfo);
  if (!ct->tuplehash[IP_CT_DIR_ORIGINAL].tuple.src.u3.ip) return call.result(u32(NF_ACCEPT)); // it has none yet: DHCP
  const u32 nextHop = rt_nexthop(skb_rtable(skb), ip_hdr(skb)->daddr);
  const u32 own = inet_select_addr(out, nextHop, RT_SCOPE_UNIVERSE);
  if (!own) return call.result(u32(NF_DROP));
  if (const nf_conn_nat* nat = nf_ct_nat_ext_add(ct)) set(nat->masq_index, out->ifindex);
  return call.result(setUpWithAddress(ct, range, own, NF_NAT_MANIP_SRC));
}

} // namespace sockwalk::kernel
