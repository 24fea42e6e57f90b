// User memory, as the kernel reaches it: by address, with a check. Source: include/linux/uaccess.h.
#pragma once
#include "engine/kernel/include/linux/kernel.h"

namespace sockwalk::kernel {

// Where `n` bytes of user memory at `address` are; nullptr if the address is not user memory.
inline const u8* userAt(u64 address, u64 n) {
  const u64 begin = Arena::addressOf(Arena::UserBegin), end = begin + (Arena::UserEnd - Arena::UserBegin);
  if (address < begin || address > end || n > end - address) return nullptr;
  return t_arena->at(static_cast<u32>(address));
}
// Bytes that could not be copied: 0 is success.
inline u64 copy_to_user(u64 to, const void* from, u64 n, int line = __builtin_LINE()) {
  const u8* at = userAt(to, n);
  if (!at) return n;
  setBytes(at, from, static_cast<u32>(n), line);
  return 0;
}
inline u64 copy_from_user(void* to, u64 from, u64 n) { // to host memory
  const u8* at = userAt(from, n);
  if (!at) return n;
  std::memcpy(to, at, n);
  return 0;
}
inline int put_user(s32 value, u64 to, int line = __builtin_LINE()) {
  return copy_to_user(to, &value, 4, line) ? -EFAULT : 0;
}

} // namespace sockwalk::kernel
