#include "engine/kernel/include/net/ip_receive.h"

namespace sockwalk::kernel {

void image_ip_fragment() {}
void ipfrag_init() { KFUNC(ipfrag_init); }

int ip_defrag(const net* net, const sk_buff* skb, u32 user) {
  KFUNC(ip_defrag, net, skb, user);
  SIMPLIFIED("fragments are not put together yet: each is dropped");
  kfree_skb(skb);
  return call.result(-ENOMEM);
}

} // namespace sockwalk::kernel
