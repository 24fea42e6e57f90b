// What the functions behind setsockopt(2) and getsockopt(2) share: values to and from user memory, and the lock.
#pragma once
#include "engine/kernel/include/linux/sched.h"
#include "engine/kernel/include/linux/uaccess.h"
#include "engine/kernel/include/net/sock.h"

namespace sockwalk::kernel {

inline void sockopt_lock_sock(const sock* sk) {
  KFUNC(sockopt_lock_sock, sk);
  if (sock_owned_by_user(sk)) lock_sock(sk);
  else set(sk->sk_lock.owned, 1); // what the compiler made of lock_sock()
}
inline void sockopt_release_sock(const sock* sk) {
  KFUNC(sockopt_release_sock, sk);
  release_sock(sk);
}
inline bool sockopt_ns_capable(const user_namespace* ns, int cap) {
  KFUNC(sockopt_ns_capable, ns, cap);
  return call.result(ns_capable(ns, cap));
}
// An int, or (where `byteToo`) a single byte; no bytes at all are 0. 0 or -EFAULT, -EINVAL.
inline int copyOption(s32* val, const sockptr_t& optval, u32 optlen, bool byteToo = false) {
  *val = 0;
  u8 byte;
  if (optlen >= 4) return copy_from_user(val, optval.user.value, 4) ? -EFAULT : 0;
  if (!byteToo) return -EINVAL;
  if (!optlen) return 0;
  if (copy_from_user(&byte, optval.user.value, 1)) return -EFAULT;
  *val = byte;
  return 0;
}
// `size` bytes of an answer, cut to what the program has room for; *optlen becomes how many they are.
inline int giveOption(u8* optval, s32* optlen, const void* value, u32 size) {
  const s32 len = std::min(*optlen, static_cast<s32>(size));
  setBytes(optlen, &len, 4);
  if (len && !optval) return -EFAULT;
  if (len && !userAt(Arena::address(optval), static_cast<u64>(len))) return -EFAULT;
  setBytes(optval, value, static_cast<u32>(len));
  return 0;
}

} // namespace sockwalk::kernel
