// Conversions of time.
#include "engine/kernel/include/linux/jiffies.h"

namespace sockwalk::kernel {

u64 __usecs_to_jiffies(u32 u) {
  KFUNC(__usecs_to_jiffies, u);
  const u64 tick = USEC_PER_SEC / machine().options().hz;
  return call.result((u + tick - 1) / tick);
}

} // namespace sockwalk::kernel
