// setsockopt and getsockopt at level SOL_RAW: which types of ICMP message a raw socket does not want to see.
#include "engine/kernel/include/linux/sockptr.h"
#include "engine/kernel/include/net/ip.h"
#include "engine/kernel/include/net/raw.h"
#include "engine/kernel/net/ipv4/raw_internal.h"
#include "engine/memory/constants/inet.h"

namespace sockwalk::kernel {

static int do_raw_setsockopt(const sock* sk, int optname, const sockptr_t& optval, u32 optlen) {
  KFUNC(do_raw_setsockopt, sk, optname, optlen);
  INLINED();
  if (optname != ICMP_FILTER) return call.result(-ENOPROTOOPT);
  if (inet_sk(sk)->inet_num != 1) return call.result(-EOPNOTSUPP);
  u32 mask = raw_sk(sk)->filter.data; // bit n: type n is not wanted
  if (copy_from_user(&mask, optval.user.value, std::min<u32>(optlen, 4))) return call.result(-EFAULT);
  set(raw_sk(sk)->filter.data, mask);
  return call.result(0);
}
int raw_setsockopt(const sock* sk, int level, int optname, const sockptr_t& optval, u32 optlen) {
  KFUNC(raw_setsockopt, sk, level, optname, optlen);
  if (level == SOL_RAW) return call.result(do_raw_setsockopt(sk, optname, optval, optlen));
  return call.result(ip_setsockopt(sk, level, optname, optval, optlen));
}

static int do_raw_getsockopt(const sock* sk, int optname, u8* optval, s32* optlen) {
  KFUNC(do_raw_getsockopt, sk, optname);
  INLINED();
  if (optname != ICMP_FILTER) return call.result(-ENOPROTOOPT);
  if (inet_sk(sk)->inet_num != 1) return call.result(-EOPNOTSUPP);
  if (*optlen < 0) return call.result(-EINVAL);
  const u32 mask = raw_sk(sk)->filter.data;
  return call.result(giveOption(optval, optlen, &mask, sizeof mask));
}
int raw_getsockopt(const sock* sk, int level, int optname, u8* optval, s32* optlen) {
  KFUNC(raw_getsockopt, sk, level, optname);
  if (level == SOL_RAW) return call.result(do_raw_getsockopt(sk, optname, optval, optlen));
  return call.result(ip_getsockopt(sk, level, optname, optval, optlen));
}

} // namespace sockwalk::kernel
