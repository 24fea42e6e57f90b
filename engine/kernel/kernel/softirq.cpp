#include "engine/kernel/kernel/softirq.h"

namespace sockwalk::kernel {

Global<softirq_action[NR_SOFTIRQS]> softirq_vec{"softirq_vec"};

void open_softirq(int nr, const TypedSymbol<void(const struct softirq_action*)>& action) {
  KFUNC(open_softirq, nr);
  set(softirq_vec[nr].action, action);
}

static thread_local bool t_ksoftirqd = false, t_yielding = false;
void wake_ksoftirqd(bool on) { t_ksoftirqd = on; }
bool ksoftirqd_running() { return t_ksoftirqd; }
bool yielding() { return t_yielding; }
void cond_resched() {
  if (!t_ksoftirqd || machine().inSoftirq()) return;
  t_yielding = true;
  t_ksoftirqd = false;
  machine().runSoftirqs();
  t_yielding = false;
}

static thread_local int t_packets;
constexpr int ManyPackets = 5; // the recorded machine, an emulated one, was found to need several ticks for them
constexpr u64 MuchData = 16384;
static thread_local u64 t_copied; // by the call that goes on
void beginSoftirqLoad() {
  t_ksoftirqd = t_yielding = false;
  t_packets = 0;
  t_copied = 0;
}
void addSoftirqWork(int packets) { t_packets += packets; }
void setCallWork(u64 bytes) { t_copied = bytes; }
bool tookLong() { return t_packets + (t_copied >= MuchData) >= ManyPackets; }

void do_softirqs(u32 pending) {
  t_packets = 0;
  for (int nr = 0; nr < NR_SOFTIRQS; ++nr)
    if (pending & 1u << nr) softirq_vec[nr].action(&softirq_vec[nr]);
}

} // namespace sockwalk::kernel
