// setsockopt and getsockopt at level IPPROTO_UDP: corking, and how a datagram may be cut and joined.
#include "engine/kernel/include/net/ip_sockglue.h"
#include "engine/kernel/include/net/sockopt.h"
#include "engine/kernel/include/net/udp.h"

namespace sockwalk::kernel {

enum { UDP_CORK = 1, UDP_ENCAP = 100, UDP_NO_CHECK6_TX, UDP_NO_CHECK6_RX, UDP_SEGMENT, UDP_GRO };
constexpr u64 CorkFlag = 1;

static int udp_lib_setsockopt(const sock* sk, int level, int optname, const sockptr_t& optval, u32 optlen) {
  KFUNC(udp_lib_setsockopt, sk, level, optname, optlen);
  SIMPLIFIED("encapsulation, segmentation offload and UDP-Lite's coverage cannot be set");
  s32 val;
  if (const int err = copyOption(&val, optval, optlen)) return call.result(err);
  if (optname != UDP_CORK) return call.result(-ENOPROTOOPT);
  const udp_sock* up = udp_sk(sk);
  if (val) {
    set(up->udp_flags, up->udp_flags | CorkFlag);
    return call.result(0);
  }
  set(up->udp_flags, up->udp_flags & ~CorkFlag);
  lock_sock(sk);
  udp_push_pending_frames(sk); // what was collected goes now, as one datagram
  release_sock(sk);
  return call.result(0);
}
int udp_setsockopt(const sock* sk, int level, int optname, const sockptr_t& optval, u32 optlen) {
  KFUNC(udp_setsockopt, sk, level, optname, optlen);
  if (level == SOL_UDP) return call.result(udp_lib_setsockopt(sk, level, optname, optval, optlen));
  return call.result(ip_setsockopt(sk, level, optname, optval, optlen));
}

static int udp_lib_getsockopt(const sock* sk, int level, int optname, u8* optval, s32* optlen) {
  KFUNC(udp_lib_getsockopt, sk, level, optname);
  if (*optlen < 0) return call.result(-EINVAL);
  const udp_sock* up = udp_sk(sk);
  s32 val;
  switch (optname) {
    case UDP_CORK: val = (up->udp_flags & CorkFlag) != 0; break;
    case UDP_ENCAP: case UDP_NO_CHECK6_TX: case UDP_NO_CHECK6_RX: case UDP_GRO: val = 0; break;
    case UDP_SEGMENT: val = up->gso_size; break;
    default: return call.result(-ENOPROTOOPT);
  }
  return call.result(giveOption(optval, optlen, &val, sizeof val));
}
int udp_getsockopt(const sock* sk, int level, int optname, u8* optval, s32* optlen) {
  KFUNC(udp_getsockopt, sk, level, optname);
  if (level == SOL_UDP) return call.result(udp_lib_getsockopt(sk, level, optname, optval, optlen));
  return call.result(ip_getsockopt(sk, level, optname, optval, optlen));
}

} // namespace sockwalk::kernel
