// Work that an interrupt leaves for a calmer moment: the network's receive and transmit halves run here.
#pragma once
#include "engine/kernel/include/linux/kernel.h"

namespace sockwalk::kernel {

enum { HI_SOFTIRQ, TIMER_SOFTIRQ, NET_TX_SOFTIRQ, NET_RX_SOFTIRQ, TASKLET_SOFTIRQ = 6, NR_SOFTIRQS = 10 };

extern Global<softirq_action[NR_SOFTIRQS]> softirq_vec;
void open_softirq(int nr, const TypedSymbol<void(const struct softirq_action*)>& action);
void do_softirqs(u32 pending); // runs the action of each bit, lowest first

} // namespace sockwalk::kernel
