// setsockopt and getsockopt at level IPPROTO_UDP: corking, and how a datagram may be cut and joined.
#include "engine/kernel/include/net/ip_sockglue.h"
#include "engine/kernel/include/net/sockopt.h"
#include "engine/kernel/include/net/udp.h"

namespace sockwalk::kernel {

enum {
  UDP_CORK = 1,
  UDP_ENCAP = 100,
  UDP_NO_CHECK6_TX,
  UDP_NO_CHECK6_RX,
  UDPLITE_SEND_CSCOV = 10,
  UDPLITE_RECV_CSCOV = 11
};
constexpr int SOL_UDPLITE = 136;

// From now on every UDP packet is worth a look before it is taken for plain: the socket wants more than that.
Global<u32> udp_encap_needed_key{"udp_encap_needed_key"};
static void static_key_slow_inc(const u32* key) {
  KFUNC(static_key_slow_inc, key);
  SIMPLIFIED("a number in place of a static key: the kernel patches its own code");
  add(*key, 1);
}
static void udp_tunnel_encap_enable(const sock* sk) {
  const udp_sock* up = udp_sk(sk);
  if (udp_test_bit(up, UDP_FLAGS_ENCAP_ENABLED)) return;
  udp_assign_bit(up, UDP_FLAGS_ENCAP_ENABLED, true);
  static_key_slow_inc(udp_encap_needed_key); // udp_encap_enable(), inlined
}

// How much of a datagram the sum covers; 0: all. The header is never left out.
static void setCoverage(const udp_sock* up, int optname, s32 val) {
  const u16 covered = static_cast<u16>(val != 0 && val < 8 ? 8 : std::min(val, 0xffff));
  set(optname == UDPLITE_SEND_CSCOV ? up->pcslen : up->pcrlen, covered);
  set(up->pcflag, up->pcflag | (optname == UDPLITE_SEND_CSCOV ? UDPLITE_SEND_CC : UDPLITE_RECV_CC));
}

static int udp_lib_setsockopt(const sock* sk, int level, int optname, const sockptr_t& optval, u32 optlen) {
  KFUNC(udp_lib_setsockopt, sk, level, optname, optlen);
  SIMPLIFIED("encapsulation cannot be set");
  s32 val;
  if (const int err = copyOption(&val, optval, optlen)) return call.result(err);
  const udp_sock* up = udp_sk(sk);
  switch (optname) {
  case UDP_CORK:
    udp_assign_bit(up, UDP_FLAGS_CORK, val != 0);
    if (val) break;
    lock_sock(sk);
    udp_push_pending_frames(sk); // what was collected goes now, as one datagram
    release_sock(sk);
    break;
  case UDP_NO_CHECK6_TX: udp_assign_bit(up, UDP_FLAGS_NO_CHECK6_TX, val != 0); break;
  case UDP_NO_CHECK6_RX: udp_assign_bit(up, UDP_FLAGS_NO_CHECK6_RX, val != 0); break;
  case UDP_SEGMENT: // each call's bytes leave as datagrams of that size
    if (val < 0 || val > 0xffff) return call.result(-EINVAL);
    set(up->gso_size, val);
    break;
  case UDP_GRO: // this socket takes several datagrams of one size at once
    if (val) udp_tunnel_encap_enable(sk);
    udp_assign_bit(up, UDP_FLAGS_GRO_ENABLED, val != 0);
    udp_assign_bit(up, UDP_FLAGS_ACCEPT_L4, val != 0);
    break;
  case UDPLITE_SEND_CSCOV:
  case UDPLITE_RECV_CSCOV:
    if (!IS_UDPLITE(sk)) return call.result(-ENOPROTOOPT);
    setCoverage(up, optname, val);
    break;
  default: return call.result(-ENOPROTOOPT);
  }
  return call.result(0);
}
int udp_setsockopt(const sock* sk, int level, int optname, const sockptr_t& optval, u32 optlen) {
  KFUNC(udp_setsockopt, sk, level, optname, optlen);
  if (level == SOL_UDP || level == SOL_UDPLITE)
    return call.result(udp_lib_setsockopt(sk, level, optname, optval, optlen));
  return call.result(ip_setsockopt(sk, level, optname, optval, optlen));
}

static int udp_lib_getsockopt(const sock* sk, int level, int optname, u8* optval, s32* optlen) {
  KFUNC(udp_lib_getsockopt, sk, level, optname);
  if (*optlen < 0) return call.result(-EINVAL);
  const udp_sock* up = udp_sk(sk);
  s32 val;
  switch (optname) {
  case UDP_CORK: val = udp_test_bit(up, UDP_FLAGS_CORK); break;
  case UDP_ENCAP: val = up->encap_type; break;
  case UDP_NO_CHECK6_TX: val = udp_test_bit(up, UDP_FLAGS_NO_CHECK6_TX); break;
  case UDP_NO_CHECK6_RX: val = udp_test_bit(up, UDP_FLAGS_NO_CHECK6_RX); break;
  case UDP_GRO: val = udp_test_bit(up, UDP_FLAGS_GRO_ENABLED); break;
  case UDP_SEGMENT: val = up->gso_size; break;
  case UDPLITE_SEND_CSCOV: val = up->pcslen; break;
  case UDPLITE_RECV_CSCOV: val = up->pcrlen; break;
  default: return call.result(-ENOPROTOOPT);
  }
  return call.result(giveOption(optval, optlen, &val, sizeof val));
}
int udp_getsockopt(const sock* sk, int level, int optname, u8* optval, s32* optlen) {
  KFUNC(udp_getsockopt, sk, level, optname);
  if (level == SOL_UDP || level == SOL_UDPLITE)
    return call.result(udp_lib_getsockopt(sk, level, optname, optval, optlen));
  return call.result(ip_getsockopt(sk, level, optname, optval, optlen));
}

} // namespace sockwalk::kernel
