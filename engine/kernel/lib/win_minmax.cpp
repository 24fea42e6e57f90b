// The minimum (or maximum) of a sliding window in constant space.
#include "engine/kernel/include/linux/win_minmax.h"

namespace sockwalk::kernel {

namespace {
struct Sample {
  u32 t, v;
};
void put(const minmax_sample& to, Sample s) {
  set(to.t, s.t);
  set(to.v, s.v);
}
Sample at(const minmax* m, int i) { return {m->s[i].t, m->s[i].v}; }
void shift(const minmax* m, Sample newest) { // the best has left the window: everybody moves up
  put(m->s[0], at(m, 1));
  put(m->s[1], at(m, 2));
  put(m->s[2], newest);
}

// No new best came: the older choices age.
u32 subwinUpdate(const minmax* m, u32 win, Sample now) {
  const u32 age = now.t - m->s[0].t;
  if (age > win) {
    shift(m, now);
    if (now.t - m->s[0].t > win) shift(m, now);
  } else if (m->s[1].t == m->s[0].t && age > win / 4) { // a second choice from the window's second quarter
    put(m->s[2], now);
    put(m->s[1], now);
  } else if (m->s[2].t == m->s[1].t && age > win / 2) { // a third from its second half
    put(m->s[2], now);
  }
  return m->s[0].v;
}

template <class Better> u32 running(const minmax* m, u32 win, Sample now, Better better) {
  if (better(now.v, m->s[0].v) || now.t - m->s[2].t > win) return minmax_reset(m, now.t, now.v);
  if (better(now.v, m->s[1].v)) {
    put(m->s[2], now);
    put(m->s[1], now);
  } else if (better(now.v, m->s[2].v)) {
    put(m->s[2], now);
  }
  return subwinUpdate(m, win, now);
}
} // namespace

u32 minmax_reset(const minmax* m, u32 t, u32 meas) {
  for (const minmax_sample& s : m->s) put(s, {t, meas});
  return meas;
}
u32 minmax_running_min(const minmax* m, u32 win, u32 t, u32 meas) {
  return running(m, win, {t, meas}, [](u32 a, u32 b) { return a <= b; });
}
u32 minmax_running_max(const minmax* m, u32 win, u32 t, u32 meas) {
  return running(m, win, {t, meas}, [](u32 a, u32 b) { return a >= b; });
}

} // namespace sockwalk::kernel
