// A timer of a socket holds a reference to it while it is armed. And timers with a resolution of nanoseconds.
#include "engine/kernel/include/linux/hrtimer.h"
#include "engine/kernel/include/linux/timer.h"
#include "engine/kernel/include/net/sock.h"

namespace sockwalk::kernel {

void sk_reset_timer(const sock* sk, const timer_list* timer, u64 expires) {
  KFUNC(sk_reset_timer, sk, timer, expires);
  if (!mod_timer(timer, expires)) sock_hold(sk);
}

void sk_stop_timer(const sock* sk, const timer_list* timer) {
  KFUNC(sk_stop_timer, sk, timer);
  if (del_timer(timer)) sock_put(sk);
}

void hrtimer_init(const hrtimer* timer, const NamedSymbol& function) {
  set(timer->function, function);
  set(timer->state, HRTIMER_STATE_INACTIVE);
}
static void fireHrtimer(const void* timer) {
  const auto* t = static_cast<const hrtimer*>(timer);
  set(t->state, HRTIMER_STATE_INACTIVE);
  t->function(t);
}
void hrtimer_start(const hrtimer* timer, s64 at) {
  set(timer->_softexpires, at);
  set(timer->state, HRTIMER_STATE_ENQUEUED);
  machine().armTimer(Arena::offsetOf(timer), std::max(at, machine().now()), {fn<fireHrtimer>, timer});
}
int hrtimer_try_to_cancel(const hrtimer* timer) {
  if (!hrtimer_is_queued(timer)) return 0;
  machine().cancelTimer(Arena::offsetOf(timer));
  set(timer->state, HRTIMER_STATE_INACTIVE);
  return 1;
}

} // namespace sockwalk::kernel
