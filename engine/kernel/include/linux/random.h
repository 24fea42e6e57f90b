// Chance. All of it comes from the machine's one seed, so that a run can be repeated. Source: include/linux/random.h.
#pragma once
#include "engine/kernel/include/linux/kernel.h"

namespace sockwalk::kernel {

u32 __get_random_u32_below(u32 ceil); // evenly, 0 ... ceil - 1

} // namespace sockwalk::kernel
