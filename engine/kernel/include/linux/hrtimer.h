// Timers with a resolution of nanoseconds, beside timer_list with its ticks. Their functions run in a softirq.
// Source: include/linux/hrtimer.h.
#pragma once
#include "engine/kernel/include/linux/kernel.h"
#include "engine/memory/constants/process.h"

namespace sockwalk::kernel {

void hrtimer_init(const hrtimer* timer, const NamedSymbol& function);
void hrtimer_start(const hrtimer* timer, s64 at); // ns on the machine's clock
int hrtimer_try_to_cancel(const hrtimer* timer);  // 1 if it was armed
inline bool hrtimer_is_queued(const hrtimer* timer) { return timer->state & HRTIMER_STATE_ENQUEUED; }

} // namespace sockwalk::kernel
