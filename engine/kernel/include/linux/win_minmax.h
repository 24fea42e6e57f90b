// The smallest value seen in a sliding window of time, kept with three samples only: the best, and the best of the
// later parts of the window, which take over when the best grows too old. TCP keeps its lowest round-trip time so.
// Times and windows in any unit, the same for both. Source: include/linux/win_minmax.h (Kathleen Nichols' filter).
#pragma once
#include "engine/kernel/include/linux/kernel.h"

namespace sockwalk::kernel {

inline u32 minmax_get(const minmax* m) { return m->s[0].v; }
u32 minmax_reset(const minmax* m, u32 t, u32 meas);
u32 minmax_running_min(const minmax* m, u32 win, u32 t, u32 meas);
u32 minmax_running_max(const minmax* m, u32 win, u32 t, u32 meas);

} // namespace sockwalk::kernel
