// What UDP, raw and ping sockets have in common.
#include "engine/kernel/include/net/ip.h"
#include "engine/kernel/include/net/udp.h"

namespace sockwalk::kernel {

// The socket is released: had its route become invalid meanwhile, a new one would be looked up here.
void ip4_datagram_release_cb(const sock* sk) {
  KFUNC(ip4_datagram_release_cb, sk);
  SIMPLIFIED("a route that has become invalid is looked up when it is next used, not here");
  const dst_entry* dst = sk->sk_dst_cache;
  if (dst && dst->obsolete) dst->ops->check(dst, 0);
}

} // namespace sockwalk::kernel
