#include "engine/kernel/include/linux/security.h"
#include "engine/kernel/include/net/xfrm.h"

namespace sockwalk::kernel {

int security_xfrm_decode_session(const sk_buff* skb, const flowi_common* flic) {
  KFUNC(security_xfrm_decode_session, skb, flic);
  return call.result(0);
}
void security_skb_classify_flow(const sk_buff* skb, const flowi_common* flic) {
  KFUNC(security_skb_classify_flow, skb, flic);
}

} // namespace sockwalk::kernel
