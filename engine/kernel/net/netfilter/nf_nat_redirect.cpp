// Redirect: whoever the packet is for, it comes to this host.
#include "engine/kernel/include/linux/inetdevice.h"
#include "engine/kernel/include/net/netfilter/nf_nat.h"
#include "engine/memory/constants/inet.h"

namespace sockwalk::kernel {

static u32 nf_nat_redirect(const sk_buff* skb, const nf_nat_range2* range, u32 address) {
  KFUNC(nf_nat_redirect, skb, range, address);
  u32 ctinfo;
  return call.result(setUpWithAddress(nf_ct_get(skb, &ctinfo), range, address, NF_NAT_MANIP_DST));
}

// Of a packet of our own, that is lo; of one that comes in, the first address of the device.
u32 nf_nat_redirect_ipv4(const sk_buff* skb, const nf_nat_range2* range, u32 hooknum) {
  KFUNC(nf_nat_redirect_ipv4, skb, range, hooknum);
  u32 address = htonl(INADDR_LOOPBACK);
  if (hooknum != u32(NF_INET_LOCAL_OUT)) {
    const in_device* cameBy = __in_dev_get_rcu(skb->dev);
    const in_ifaddr* first = cameBy ? cameBy->ifa_list.get() : nullptr;
    address = first ? u32(first->ifa_local) : 0;
  }
  return call.result(address ? nf_nat_redirect(skb, range, address) : u32(NF_DROP));
}

} // namespace sockwalk::kernel
