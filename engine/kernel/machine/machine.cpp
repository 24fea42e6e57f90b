#include "engine/kernel/machine/machine.h"
#include "engine/kernel/kernel/softirq.h"
#include "engine/kernel/machine/fibre_cancelled.h"
#include <algorithm>
#include <cerrno>
#include <utility>

namespace sockwalk::kernel {

void panic(std::string what, int line) { throw KernelPanic{std::move(what), line}; }
void stackOverflow(const FunctionInfo& callee) {
  panic("the kernel stack of " + currentTask().name + " is full, at the call of " + std::string(callee.name) + "()");
}

Machine::Machine(MachineOptions options)
    : m_options(options), m_recorder(options.recording), m_slab(m_recorder.arena(), m_recorder),
      m_random(options.seed * 0x9e3779b97f4a7c15ull + 1), m_rodataTop((Symbols::get().dataEnd() + 0xffff) & ~0xffffu) {
  m_recorder.arena().setOwner(this);
}
Machine::~Machine() {
  EnterMachine enter(*this);
  for (auto& [pid, task] : m_tasks) {
    m_current = task.get();
    task->fibre.reset(); // a call that still sleeps unwinds
  }
  m_current = nullptr;
}

// The machine goes no further; the journal up to here stays whole.
void Machine::stop(u32 stimulus, std::string what, int line) {
  m_recorder.panic(what, line);
  m_recorder.finishStimulus(stimulus, -1);
  m_panic = std::move(what);
  m_stoppedAt = journal().size();
}

// A call that needs what is not simulated ends here, as if the kernel were built without it, and the machine goes on. A
// softirq has nobody to tell: what it was about stays half done (the device polled, the packet owned), so all stops.
void Machine::unbuilt(u32 stimulus, std::string_view function) {
  std::string what = "this kernel does not simulate " + std::string(function) + "()";
  if (m_inSoftirq) return stop(stimulus, what + ", and a softirq was in the middle of it", 0);
  m_recorder.panic(what, 0);
  m_recorder.finishStimulus(stimulus, -ENOSYS);
}

// Runs kernel code; what breaks the kernel ends the stimulus and the machine.
void Machine::guarded(u32 stimulus, const std::function<void()>& body) {
  try {
    body();
  } catch (const KernelPanic& p) {
    stop(stimulus, "kernel BUG: " + p.what, p.line);
  } catch (const NullDereference&) {
    stop(stimulus, "Oops: a null pointer was followed", 0);
  } catch (const FibreCancelled&) {
  } catch (const UnbuiltFunction& f) {
    unbuilt(stimulus, f.name);
  }
}

void Machine::run(const Work& work) {
  reinterpret_cast<Deferred*>(work.function->function)(m_recorder.arena().at(work.object));
}

void Machine::boot() {
  EnterMachine enter(*this);
  m_recorder.context(Context::Boot, 0, "boot", 0, NoEvent);
  const u32 s = m_recorder.stimulus("boot", "boot");
  guarded(s, [this] { softwareOf(era()).start(); });
  m_recorder.finishStimulus(s, 0);
}

bool Machine::busy(TaskId pid) const {
  auto it = m_tasks.find(pid);
  return it != m_tasks.end() && it->second->fibre != nullptr;
}

u32 Machine::systemCall(TaskId pid, std::string text, std::function<s64()> body, std::string caseName) {
  EnterMachine enter(*this);
  beginSoftirqLoad();
  Task& t = task(pid);
  m_recorder.context(Context::Task, pid, t.name, now(), NoEvent);
  const u32 s = m_recorder.stimulus(std::move(text), std::move(caseName));
  if (t.fibre || t.ended || panicked()) {
    m_recorder.finishStimulus(s, -1);
    return s;
  }
  t.stimulus = s;
  t.openCall = NoEvent;
  t.fibre = std::make_unique<Fibre>(
      [this, &t, s, body = std::move(body)] {
        bool returned = false;
        s64 result = 0;
        guarded(s, [&] {
          result = body();
          returned = true;
        });
        const bool unbuilt = journal().stimuli()[s].finished;
        if (panicked() || (!returned && !unbuilt)) return; // the machine stopped, or goes
        guarded(s, [&] { exitToUserMode(t); });
        if (t.ended && !panicked()) release(t);
        if (returned && !panicked())
          m_recorder.finishStimulus(s,
                                    result <= -512 && result >= -516 ? -EINTR : result); // ERESTART...: a signal came
      },
      m_stacks);
  runTask(t);
  quiesce();
  return s;
}

u32 Machine::interrupt(std::string text, std::function<void()> body, std::string caseName) {
  EnterMachine enter(*this);
  beginSoftirqLoad();
  m_recorder.context(Context::Idle, 0, "interrupt", now(), NoEvent);
  const u32 s = m_recorder.stimulus(std::move(text), std::move(caseName));
  if (!panicked()) {
    guarded(s, [act = std::move(body)] { act(); });
    quiesce();
  }
  m_recorder.finishStimulus(s, panicked() ? -1 : 0);
  return s;
}

void Machine::runTask(Task& t) {
  m_current = &t;
  m_recorder.arena().setStackLimit(t.fibre->limit());
  t.fibre->resume();
  m_recorder.arena().setStackLimit(nullptr);
  m_current = nullptr;
  if (t.fibre->finished()) t.fibre.reset();
}

// What waits for the way back: files whose last reference is gone are closed (that may sleep: SO_LINGER), and signals.
void Machine::exitToUserMode(Task& t) {
  const auto taskWork = [&] {
    while (!m_taskWork.empty()) {
      const Work work = m_taskWork.front();
      m_taskWork.pop_front();
      run(work);
    }
  };
  taskWork();
  softwareOf(era()).leaveKernel(t);
  taskWork();
}

// Until nobody has anything left to do; the grace periods of RCU end here too.
void Machine::quiesce() {
  do {
    runSoftirqs();
    runRunnable();
    m_pendingSoftirqs |= std::exchange(m_softirqsAtEnd, 0);
  } while (m_pendingSoftirqs && !panicked());
}

void Machine::runRunnable() {
  while (!m_runQueue.empty() && !panicked()) {
    Task& t = *m_runQueue.front();
    m_runQueue.pop_front();
    t.runnable = false;
    m_recorder.context(Context::Task, t.pid, t.name, now(), t.openCall);
    runTask(t);
    runSoftirqs();
  }
}

void Machine::sleepCurrent() {
  if (m_softirqsHeld) panic("scheduling while atomic: " + m_current->name + " sleeps with bottom halves off");
  Task& t = *m_current;
  t.openCall = m_recorder.openCall();
  t.fibre->suspend();
}

void Machine::wake(Task& t) {
  if (t.runnable || !t.fibre || &t == m_current) return;
  t.runnable = true;
  m_runQueue.push_back(&t);
}

void Machine::startProcess(std::string name, Work work) {
  const Context before = journal().contexts().back();
  const EventIndex open = m_recorder.openCall();
  const TaskId pid = createTask(std::move(name));
  m_recorder.context(before.kind, before.task, before.name, now(), open);
  if (!pid) panic("there is no room for another process");
  Task& t = task(pid);
  t.stimulus = static_cast<u32>(journal().stimuli().size()) - 1;
  t.openCall = NoEvent;
  t.fibre = std::make_unique<Fibre>(
      [this, &t, work] {
        guarded(t.stimulus, [&] { run(work); });
        if (panicked()) return;
        guarded(t.stimulus, [&] { exitToUserMode(t); });
        if (t.ended && !panicked()) release(t);
      },
      m_stacks);
  wake(t);
}

// Softirqs run on top of whoever was interrupted; in the record they are a stack of their own. If they go on for too long,
// the rest is for ksoftirqd, which has to wait until the call is through.
void Machine::runSoftirqs() {
  if (m_inSoftirq || m_softirqsHeld || !m_pendingSoftirqs || panicked()) return;
  if (!m_current) wake_ksoftirqd(false); // the task is off the processor: the thread has its turn
  if (ksoftirqd_running()) return;
  m_inSoftirq = true;
  const Context before = journal().contexts().back();
  const EventIndex open = m_recorder.openCall();
  m_recorder.context(Context::Softirq, before.task, "softirq", now(), NoEvent);
  const u32 stimulus = static_cast<u32>(journal().stimuli().size()) - 1;
  guarded(stimulus, [&] {
    const auto take = [this] { return ksoftirqd_running() ? 0 : std::exchange(m_pendingSoftirqs, 0); };
    u32 round = 1;
    for (u32 pending = take(); pending; pending = take(), ++round) {
      do_softirqs(pending);
      if (m_current && !yielding() && tookLong(round, m_pendingSoftirqs)) wake_ksoftirqd(true);
    }
  });
  m_inSoftirq = false;
  m_recorder.context(before.kind, before.task, before.name, now(), open);
}

s64 Machine::nextTimer() const { return m_timers.empty() ? -1 : m_timers.begin()->first.first; }

void Machine::runUntil(s64 time) {
  EnterMachine enter(*this);
  while (!m_timers.empty() && m_timers.begin()->first.first <= time && !panicked()) {
    beginSoftirqLoad();
    const auto key = m_timers.begin()->first;
    Timer entry = std::move(m_timers.begin()->second);
    m_timers.erase(m_timers.begin());
    m_timerExpiry.erase(entry.id);
    m_recorder.context(Context::Softirq, 0, "timer", std::max(key.first, now()), NoEvent);
    const u32 s = m_recorder.stimulus(std::move(entry.text), "");
    m_recorder.timer(EventType::TimerFire, entry.id, key.first);
    m_inSoftirq = true; // as run_timer_softirq(): what it receives of what it sends comes after it
    guarded(s, [&] { run(entry.work); });
    m_inSoftirq = false;
    m_recorder.finishStimulus(s, panicked() ? -1 : 0);
    quiesce();
  }
  if (time > now()) m_recorder.context(Context::Idle, 0, "idle", time, NoEvent);
}

void Machine::armTimer(u32 timer, s64 expiry, Work work, std::string text) {
  cancelTimer(timer);
  const auto key = std::make_pair(expiry, m_timerSerial++);
  m_timers.emplace(key, Timer{timer, work, std::move(text)});
  m_timerExpiry[timer] = key;
  m_recorder.timer(EventType::TimerArm, timer, expiry);
}
bool Machine::cancelTimer(u32 timer) {
  auto it = m_timerExpiry.find(timer);
  if (it == m_timerExpiry.end()) return false;
  m_recorder.timer(EventType::TimerCancel, timer, it->second.first);
  m_timers.erase(it->second);
  m_timerExpiry.erase(it);
  return true;
}

u32 Machine::failAllocation(std::string function, u32 nth) {
  m_faults.push_back({std::move(function), nth, ++m_faultOrders});
  return m_faultOrders;
}
bool Machine::faultWaits(u32 order) const {
  return std::ranges::any_of(m_faults, [order](const Fault& f) { return f.order == order; });
}

bool Machine::allocationFails() {
  if (m_faults.empty()) return false;
  const Journal& j = journal();
  for (EventIndex c = m_recorder.openCall(); c != NoEvent; c = j.callerOf(c)) {
    const auto name = j.function(j[c]).name;
    auto it = std::find_if(m_faults.begin(), m_faults.end(), [&](auto& f) { return f.function == name; });
    if (it == m_faults.end()) continue;
    if (--it->countdown) return false;
    m_faults.erase(it);
    return true;
  }
  return false;
}

u64 Machine::random() { // xorshift64*: the machine's only source of chance
  m_random ^= m_random >> 12;
  m_random ^= m_random << 25;
  m_random ^= m_random >> 27;
  return m_random * 0x2545f4914f6cdd1dull;
}

const char* Machine::rodata(const std::string& text) {
  u32& at = m_rodata[text];
  if (!at) {
    at = m_rodataTop;
    m_rodataTop += static_cast<u32>(text.size() + 8) & ~7u;
    m_recorder.write(at, text.c_str(), static_cast<u32>(text.size() + 1), 0);
  }
  return reinterpret_cast<const char*>(m_recorder.arena().at(at));
}

} // namespace sockwalk::kernel
