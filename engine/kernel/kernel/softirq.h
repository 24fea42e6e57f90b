// Work that an interrupt leaves for a calmer moment: the network's receive and transmit halves run here.
#pragma once
#include "engine/kernel/include/linux/kernel.h"
#include "engine/memory/constants/process.h"
#include <exception>

namespace sockwalk::kernel {

extern Global<softirq_action[NR_SOFTIRQS]> softirq_vec;
void open_softirq(int nr, const TypedSymbol<void(const struct softirq_action*)>& action);
void do_softirqs(u32 pending); // runs the action of each bit, lowest first

// Bottom halves are off while one of these lives: under local_bh_disable(), or a lock that is taken with _bh. What an
// interrupt leaves meanwhile waits; the end of the outermost scope serves it, as local_bh_enable() does. A task cannot
// sleep inside.
class BottomHalvesOff {
public:
  BottomHalvesOff() { machine().holdSoftirqs(); }
  ~BottomHalvesOff() noexcept(false) {
    machine().letSoftirqs();
    const bool unwinding = std::uncaught_exceptions() > m_exceptions; // the machine stops: nothing is served any more
    if (!unwinding) machine().runSoftirqs();
  }
  BottomHalvesOff(const BottomHalvesOff&) = delete;
  BottomHalvesOff& operator=(const BottomHalvesOff&) = delete;

private:
  int m_exceptions = std::uncaught_exceptions();
};

// When softirqs took long, or left work for themselves, the rest is for a thread, which waits for the processor: until
// the task sleeps or its call is through, or until the task offers it on the way.
void wake_ksoftirqd(bool on);
bool ksoftirqd_running();
void cond_resched();
bool yielding();         // inside cond_resched()
void beginSoftirqLoad(); // a stimulus begins: what the one before, or another machine, left undone is not its load
void addSoftirqWork(int packets);
void setCallWork(u64 bytes);            // of the call that begins: how much it has to copy
bool tookLong(u32 rounds, u32 pending); // do_softirqs() ran so often in a row, and this is left

} // namespace sockwalk::kernel
