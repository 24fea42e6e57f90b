// setsockopt and getsockopt at level IPPROTO_UDP: corking, and how a datagram may be cut and joined.
#include "engine/kernel/include/linux/sockptr.h"
#include "engine/kernel/include/linux/udp.h"
#include "engine/kernel/include/net/ip.h"
#include "engine/kernel/include/net/udp.h"
#include "engine/kernel/net/ipv4/udp_impl.h"
#include "engine/memory/constants/socket.h"
#include "engine/memory/constants/udp.h"
#include <optional>

namespace sockwalk::kernel {

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

// What a tunnel is to see of what comes: IPsec's packets (RFC 3948). Those of L2TP its own module would take.
static int setEncapsulation(const sock* sk, s32 type) {
  if (type < 0 || type > UDP_ENCAP_L2TPINUDP) return -ENOPROTOOPT;
  if (type != UDP_ENCAP_L2TPINUDP) set(udp_sk(sk)->encap_rcv, fn<xfrm4_udp_encap_rcv>);
  set(udp_sk(sk)->encap_type, static_cast<u8>(type));
  udp_tunnel_encap_enable(sk);
  return 0;
}

static int udp_lib_setsockopt(const sock* sk, int level, int optname, const sockptr_t& optval, u32 optlen) {
  KFUNC(udp_lib_setsockopt, sk, level, optname, optlen);
  s32 wanted;
  if (const int err = copyOption(&wanted, optval, optlen)) return call.result(err);
  const udp_sock* up = udp_sk(sk);
  switch (optname) {
  case UDP_CORK:
    udp_assign_bit(up, UDP_FLAGS_CORK, wanted != 0);
    if (wanted) break;
    lock_sock(sk);
    udp_push_pending_frames(sk); // what was collected goes now, as one datagram
    release_sock(sk);
    break;
  case UDP_NO_CHECK6_TX: udp_assign_bit(up, UDP_FLAGS_NO_CHECK6_TX, wanted != 0); break;
  case UDP_NO_CHECK6_RX: udp_assign_bit(up, UDP_FLAGS_NO_CHECK6_RX, wanted != 0); break;
  case UDP_ENCAP: return call.result(setEncapsulation(sk, wanted));
  case UDP_SEGMENT: // each call's bytes leave as datagrams of that size
    if (wanted < 0 || wanted > 0xffff) return call.result(-EINVAL);
    set(up->gso_size, wanted);
    break;
  case UDP_GRO: // this socket takes several datagrams of one size at once
    if (wanted) udp_tunnel_encap_enable(sk);
    udp_assign_bit(up, UDP_FLAGS_GRO_ENABLED, wanted != 0);
    udp_assign_bit(up, UDP_FLAGS_ACCEPT_L4, wanted != 0);
    break;
  case UDPLITE_SEND_CSCOV:
  case UDPLITE_RECV_CSCOV:
    if (!IS_UDPLITE(sk)) return call.result(-ENOPROTOOPT);
    setCoverage(up, optname, wanted);
    break;
  default: return call.result(-ENOPROTOOPT);
  }
  return call.result(0);
}
static bool isUdpLevel(int level) { return level == SOL_UDP || level == SOL_UDPLITE; } // other levels are IP's

int udp_setsockopt(const sock* sk, int level, int optname, const sockptr_t& optval, u32 optlen) {
  KFUNC(udp_setsockopt, sk, level, optname, optlen);
  return call.result(isUdpLevel(level) ? udp_lib_setsockopt(sk, level, optname, optval, optlen)
                                       : ip_setsockopt(sk, level, optname, optval, optlen));
}

static std::optional<s32> optionValue(const udp_sock* up, int optname) {
  const auto flag = [up](int nr) { return static_cast<s32>(udp_test_bit(up, nr)); };
  switch (optname) {
  case UDP_SEGMENT: return up->gso_size;
  case UDP_GRO: return flag(UDP_FLAGS_GRO_ENABLED);
  case UDP_CORK: return flag(UDP_FLAGS_CORK);
  case UDPLITE_SEND_CSCOV: return up->pcslen;
  case UDPLITE_RECV_CSCOV: return up->pcrlen;
  case UDP_NO_CHECK6_TX: return flag(UDP_FLAGS_NO_CHECK6_TX);
  case UDP_NO_CHECK6_RX: return flag(UDP_FLAGS_NO_CHECK6_RX);
  case UDP_ENCAP: return up->encap_type;
  default: return std::nullopt;
  }
}

static int udp_lib_getsockopt(const sock* sk, int level, int optname, u8* optval, s32* optlen) {
  KFUNC(udp_lib_getsockopt, sk, level, optname);
  if (*optlen < 0) return call.result(-EINVAL);
  const std::optional<s32> value = optionValue(udp_sk(sk), optname);
  return call.result(value ? giveOption(optval, optlen, &*value, sizeof *value) : -ENOPROTOOPT);
}
int udp_getsockopt(const sock* sk, int level, int optname, u8* optval, s32* optlen) {
  KFUNC(udp_getsockopt, sk, level, optname);
  return call.result(isUdpLevel(level) ? udp_lib_getsockopt(sk, level, optname, optval, optlen)
                                       : ip_getsockopt(sk, level, optname, optval, optlen));
}

} // namespace sockwalk::kernel
