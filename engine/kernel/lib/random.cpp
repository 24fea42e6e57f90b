#include "engine/kernel/include/linux/random.h"

namespace sockwalk::kernel {

u32 __get_random_u32_below(u32 ceil) {
  KFUNC(__get_random_u32_below, ceil);
  return call.result(static_cast<u32>((machine().random() & 0xffffffff) * ceil >> 32));
}

} // namespace sockwalk::kernel
