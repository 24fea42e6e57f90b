// Kernel timers: a struct timer_list is a part of the object that wants to hear of it, and names the function to call.
// Times are jiffies. Source: include/linux/timer.h.
#pragma once
#include "engine/kernel/include/linux/kernel.h"
#include "engine/kernel/include/linux/list.h"
#include "engine/kernel/machine/machine.h"

namespace sockwalk::kernel {

inline void timer_setup(const timer_list* timer, const NamedSymbol& function) {
  set(timer->function, function);
  setAddress(&timer->entry.pprev, nullptr);
}
inline bool timer_pending(const timer_list* timer) { return machine().timerArmed(Arena::offsetOf(timer)); }
inline void fireTimer(const void* timer) {
  const auto* t = static_cast<const timer_list*>(timer);
  t->function(t);
}
// Arms the timer, or moves one that is armed; true if it was. A moment that is past means the next tick.
inline bool mod_timer(const timer_list* timer, u64 expires) {
  const bool pending = timer_pending(timer);
  Machine& m = machine();
  set(timer->expires, expires);
  const u64 at = static_cast<s64>(expires - m.jiffies()) > 0 ? expires : m.jiffies() + 1;
  m.armTimer(Arena::offsetOf(timer), m.timeOfJiffies(at), {fn<fireTimer>, timer});
  return pending;
}
inline bool del_timer(const timer_list* timer) { return machine().cancelTimer(Arena::offsetOf(timer)); }

} // namespace sockwalk::kernel
