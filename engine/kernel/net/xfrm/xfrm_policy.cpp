#include "engine/kernel/include/net/xfrm.h"

namespace sockwalk::kernel {

static const dst_entry* xfrm_lookup_with_ifid(const net* net, const dst_entry* dst_orig, const flowi4* fl,
                                              const sock* sk, int flags, u32 if_id) {
  KFUNC(xfrm_lookup_with_ifid, net, dst_orig, fl, sk, flags, if_id);
  SIMPLIFIED("there are no IPsec policies: the route stays as it is");
  return call.result(dst_orig);
}

const dst_entry* xfrm_lookup(const net* net, const dst_entry* dst, const flowi4* fl, const sock* sk, int flags) {
  KFUNC(xfrm_lookup, net, dst, fl, sk, flags);
  return call.result(xfrm_lookup_with_ifid(net, dst, fl, sk, flags, 0));
}

const dst_entry* xfrm_lookup_route(const net* net, const dst_entry* dst, const flowi4* fl, const sock* sk,
                                   int flags) {
  KFUNC(xfrm_lookup_route, net, dst, fl, sk, flags);
  return call.result(xfrm_lookup_with_ifid(net, dst, fl, sk, flags | XFRM_LOOKUP_QUEUE | XFRM_LOOKUP_KEEP_DST_REF, 0));
}

} // namespace sockwalk::kernel
