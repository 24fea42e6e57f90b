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

constexpr u32 MAX_SOFTIRQ_RESTART = 10; // rounds
static thread_local u32 t_packets;
static thread_local u64 t_copied; // by the call that goes on
void beginSoftirqLoad() {
  t_ksoftirqd = t_yielding = false;
  t_packets = 0;
  t_copied = 0;
}
void addSoftirqWork(int packets) { t_packets += static_cast<u32>(packets); }
void setCallWork(u64 bytes) { t_copied = bytes; }

// Linux hands over to ksoftirqd after two milliseconds or ten rounds, if there is work left. On a plain machine time stands
// still in here, so the rounds alone decide; on the recorded one what was done stands for the time that it took.
bool tookLong(u32 rounds, u32 pending) {
  const RecordedMachine& recorded = machine().options().recorded;
  if (recorded.softirqLeavesSending && pending & 1u << NET_TX_SOFTIRQ) return true;
  if (!recorded.softirqPackets) return pending && rounds >= MAX_SOFTIRQ_RESTART;
  return t_packets + (t_copied >= recorded.softirqCopied) >= recorded.softirqPackets;
}

void do_softirqs(u32 pending) {
  t_packets = 0;
  for (int nr = 0; nr < NR_SOFTIRQS; ++nr)
    if (pending & 1u << nr) softirq_vec[nr].action(&softirq_vec[nr]);
}

} // namespace sockwalk::kernel
