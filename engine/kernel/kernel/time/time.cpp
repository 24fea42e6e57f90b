// Conversions of time.
#include "engine/kernel/include/linux/jiffies.h"

namespace sockwalk::kernel {

u64 __msecs_to_jiffies(u32 m) {
  KFUNC(__msecs_to_jiffies, m);
  return call.result(msecs_to_jiffies(m));
}
u64 __usecs_to_jiffies(u32 u) {
  KFUNC(__usecs_to_jiffies, u);
  const u64 tick = USEC_PER_SEC / machine().options().hz;
  return call.result((u + tick - 1) / tick);
}

} // namespace sockwalk::kernel
