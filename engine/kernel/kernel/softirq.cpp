#include "engine/kernel/kernel/softirq.h"
#include "engine/memory/constants/process.h"

namespace sockwalk::kernel {

Global<softirq_action[NR_SOFTIRQS]> softirq_vec{"softirq_vec"};

void open_softirq(int nr, const TypedSymbol<void(const struct softirq_action*)>& action) {
  KFUNC(open_softirq, nr);
  set(softirq_vec[nr].action, action);
}

void wake_ksoftirqd(bool on) { machine().softirqLoad().ksoftirqd = on; }
bool ksoftirqd_running() { return machine().softirqLoad().ksoftirqd; }
bool yielding() { return machine().softirqLoad().yielding; }
void cond_resched() {
  SoftirqLoad& load = machine().softirqLoad();
  if (!load.ksoftirqd || machine().inSoftirq()) return;
  load.yielding = true;
  load.ksoftirqd = false;
  machine().runSoftirqs();
  load.yielding = false;
}

void beginSoftirqLoad() { machine().softirqLoad() = {}; }
void addSoftirqWork(int packets) { machine().softirqLoad().packets += static_cast<u32>(packets); }
void setCallWork(u64 bytes) { machine().softirqLoad().copied = bytes; }

// Linux hands over to ksoftirqd after two milliseconds or ten rounds, if there is work left. On a plain machine time stands
// still in here, so the rounds alone decide; on the recorded one what was done stands for the time that it took.
bool tookLong(u32 rounds, u32 pending) {
  const RecordedMachine& recorded = machine().options().recorded;
  if (recorded.softirqLeavesSending && pending & 1u << NET_TX_SOFTIRQ) return true;
  if (!recorded.softirqPackets) return pending && rounds >= MAX_SOFTIRQ_RESTART;
  const SoftirqLoad& load = machine().softirqLoad();
  return load.packets + (load.copied >= recorded.softirqCopied) >= recorded.softirqPackets;
}

void do_softirqs(u32 pending) {
  machine().softirqLoad().packets = 0;
  for (int nr = 0; nr < NR_SOFTIRQS; ++nr)
    if (pending & 1u << nr) softirq_vec[nr].action(&softirq_vec[nr]);
}

} // namespace sockwalk::kernel
