#include "engine/kernel/kernel/softirq.h"

namespace sockwalk::kernel {

Global<softirq_action[NR_SOFTIRQS]> softirq_vec{"softirq_vec"};

void open_softirq(int nr, const TypedSymbol<void(const struct softirq_action*)>& action) {
  KFUNC(open_softirq, nr);
  set(softirq_vec[nr].action, action);
}

void do_softirqs(u32 pending) {
  for (int nr = 0; nr < NR_SOFTIRQS; ++nr)
    if (pending & 1u << nr) softirq_vec[nr].action(&softirq_vec[nr]);
}

} // namespace sockwalk::kernel
