// Values of options: from the program and back to it.
// Source: include/linux/sockptr.h.
#pragma once
#include "engine/kernel/include/linux/uaccess.h"

namespace sockwalk::kernel {

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
