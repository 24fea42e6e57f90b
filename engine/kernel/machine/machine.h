// One simulated computer: its memory and record, its clock, its tasks, its timers, and the stimuli that make it move.
//
// Stimuli come from outside (scripts, the console, packet files, TAP). Each runs until the machine has nothing left to
// do: the call returned or its task sleeps, softirqs are served, woken tasks have run. Time stands still between
// stimuli; runUntil() lets it pass and fires what falls due.
#pragma once
#include "engine/kernel/machine/fibre.h"
#include "engine/kernel/machine/recorded_machine.h"
#include "engine/kernel/machine/software.h"
#include "engine/kernel/machine/wishes.h"
#include "engine/kernel/trace.h"
#include "engine/memory/slab.h"
#include <array>
#include <bitset>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace sockwalk::kernel26 {
struct task_struct;
}
namespace sockwalk::kernel {

// An invariant of the kernel is broken (skb_over_panic, a reference count below zero): the machine stops here.
struct KernelPanic {
  std::string what;
  int line;
};
[[noreturn]] void panic(std::string what, int line = __builtin_LINE());

struct MachineOptions {
  Era era = Era::Linux61; // which Linux it runs
  u32 hz = 250;           // ticks a second; packetdrill scripts assume 1000
  u64 seed = 1;           // of everything random
  bool ethernet = true;   // an e1000 as eth0
  bool tun = false;       // tun0, which then has the address below instead of eth0
  u32 nics = 1;           // how many e1000 there are: eth0, eth1 ...
  u8 mac[6] = {0x52, 0x54, 0x00, 0x12, 0x34, 0x56};
  u32 address = 0x0a00020f; // 10.0.2.15, host byte order; 0: eth0 stays down
  u32 prefix = 24;
  u32 gateway = 0x0a000202; // 0: none
  u32 maxOpenFiles = 1024;  // RLIMIT_NOFILE of each task
  u64 maxFiles = 1u << 20;  // fs.file-max
  RecordedMachine recorded; // its oddities; as it is here: none, a plain machine
  bool recording = true;    // false: memory changes, but nothing goes on the journal (benchmarks, long feeds)
};

using TaskId = u32; // pid

// What a new task has of its parent's descriptors: none; the same table (a thread); a copy of it, with the same open
// files behind it (a child of fork).
enum class Descriptors : u8 { Own, Shared, Copied };

struct Task {
  TaskId pid;
  std::string name;
  const struct task_struct* task = nullptr;      // its task_struct in memory; gone when it has ended
  const kernel26::task_struct* task26 = nullptr; // the same of a kernel of 2.6, which has no other
  u32 region = 0;                                // which of the regions of user memory and of kernel stacks is its
  std::unique_ptr<Fibre> fibre;                  // of the call in progress; none while in user mode
  EventIndex openCall = NoEvent;                 // where its kernel stack is
  u32 stimulus = 0;                              // that it works on
  bool runnable = false;
  bool ended = false; // it left, or a signal ended it: no more calls
  u32 userTop = 0;    // next free byte of its user memory
  u32 stackTop = 0;   // next free byte of its kernel stack region
};

// What is to be done later, as data: a function of the kernel's text and the object in memory that it gets. Unlike a
// closure it can be copied with the machine.
using Deferred = void(const void* object);
struct Work {
  const TextSymbol* function;
  u32 object; // its place in the arena

  template <class T> Work(const TypedSymbol<Deferred>& f, const T* on)
      : function(f.symbol), object(Arena::offsetOf(on)) {}
};

// How much softirqs have had to do, for the rule of when they leave the rest to a thread (kernel/softirq.h).
struct SoftirqLoad {
  bool ksoftirqd = false; // the rest waits for the thread
  bool yielding = false;  // inside cond_resched()
  u32 packets = 0;        // of the latest round
  u64 copied = 0;         // by the call that goes on
};

class Cable;

class Machine {
public:
  explicit Machine(MachineOptions options = {});
  ~Machine();
  Machine(const Machine&) = delete;
  Machine& operator=(const Machine&) = delete;

  Recorder& recorder() { return m_recorder; }
  const Journal& journal() const { return m_recorder.journal(); }
  SlabAllocator& slab() { return m_slab; }
  const MachineOptions& options() const { return m_options; }
  Era era() const { return m_options.era; }
  void setMaxOpenFiles(u32 n) { m_options.maxOpenFiles = n; } // RLIMIT_NOFILE, from now on

  // ---- stimuli
  void boot(); // start_kernel(): fills the tables that everything else walks
  // Numbers go up, and from 32768 on those that are free serve again, as in the kernel; the memory of a task that has
  // ended is the next one's. 0: MostTasks are there, and none has ended.
  static constexpr u32 MostTasks = (Arena::UserEnd - Arena::UserBegin) / 0x01000000;
  TaskId createTask(std::string name, TaskId parent = 0, Descriptors descriptors = Descriptors::Own);
  // Lets `task` make a system call; `body` runs on its kernel stack. Gives the index in journal().stimuli().
  u32 systemCall(TaskId task, std::string text, std::function<s64()> body, std::string caseName = "");
  // The same for what comes from hardware or is told to the machine: runs outside of any task.
  u32 interrupt(std::string text, std::function<void()> body, std::string caseName = "");
  void runUntil(s64 time); // ns; timers that fall due fire in order
  s64 nextTimer() const;   // ns; -1 if none is armed
  s64 now() const { return m_recorder.now(); }
  bool busy(TaskId task) const; // its call has not returned: it sleeps in the kernel
  // It stopped, for a broken invariant or in the middle of a softirq: nothing moves it any more, and this says why.
  bool panicked() const { return !m_panic.empty(); }
  const std::string& panicText() const { return m_panic; }
  EventIndex stoppedAt() const { return m_stoppedAt; } // so many events had happened; NoEvent: it runs

  // ---- faults to inject: the `nth` allocation from now on that is made inside a call of `function` fails.
  u32 failAllocation(std::string function, u32 nth = 1); // the number of the order
  bool faultWaits(u32 order) const;                      // it has not failed yet
  bool allocationFails();

  // ---- for the kernel
  Task* current() { return m_current; }
  Task& task(TaskId pid) { return *m_tasks.at(pid); }
  const std::map<TaskId, std::unique_ptr<Task>>& tasks() const { return m_tasks; }
  void sleepCurrent(); // schedule(): until woken
  void wake(Task& task);
  // A process that the kernel itself starts: it does `work` as soon as the running task sleeps, and ends with it.
  void startProcess(std::string name, Work work);
  void raiseSoftirq(u32 nr) { m_pendingSoftirqs |= 1u << nr; }
  void runSoftirqs();
  // Bottom halves are off (kernel/softirq.h has the scope for it): what is raised waits.
  void holdSoftirqs() { ++m_softirqsHeld; }
  void letSoftirqs() { --m_softirqsHeld; }
  void raiseAtEnd(u32 nr) { m_softirqsAtEnd |= 1u << nr; } // when the stimulus has nothing else left to do
  bool inSoftirq() const { return m_inSoftirq; }
  // Where the stack that runs now has room: the task's, the softirq's, or the boot stack.
  u32& stackTop() { return m_inSoftirq ? m_softirqStack : m_current ? m_current->stackTop : m_bootStack; }
  u64 random();
  Wishes wishes; // what is not left to chance
  SoftirqLoad& softirqLoad() { return m_load; }
  // `timer`: any number that nobody else uses, such as an object's place. `text`: what the stimulus is called.
  void armTimer(u32 timer, s64 expiry, Work work, std::string text = "timer");
  bool cancelTimer(u32 timer); // true if it was armed
  bool timerArmed(u32 timer) const { return m_timerExpiry.count(timer) != 0; }
  u64 jiffies() const { return jiffiesAt(now()); }
  u64 jiffiesAt(s64 ns) const { return InitialJiffies + u64(ns) * m_options.hz / 1000000000; }
  s64 timeOfJiffies(u64 j) const { return s64((j - InitialJiffies) * 1000000000 / m_options.hz); }
  static constexpr u64 InitialJiffies = 4294892296ull;          // five minutes before 32 bits wrap, as in the kernel
  const char* rodata(const std::string& text);                  // a constant string of the kernel image
  const void* userMemory(TaskId task, u32 size);                // fresh bytes in a task's user memory
  void deferTaskWork(Work work) { m_taskWork.push_back(work); } // runs on the way to user mode

  // ---- the hardware
  std::map<u32, Cable*> cables;  // what is plugged in at an interface
  bool moreFramesFollow = false; // while a frame leaves: the next follows at once (drivers/net/wire.h)
  // What leaves by a wire or a TAP: (interface index, bytes). Set by whoever holds the other end.
  std::function<void(u32, const u8*, u32)> onTransmit;

private:
  void guarded(u32 stimulus, const std::function<void()>& body);
  void stop(u32 stimulus, std::string what, int line);
  void unbuilt(u32 stimulus, std::string_view function);
  void run(const Work& work);
  void runTask(Task& task);
  void runRunnable();
  void quiesce();
  void exitToUserMode(Task& task);
  void release(Task& task);
  TaskId freePid();
  u32 freeRegion();
  void clearRegion(u32 region);

  MachineOptions m_options;
  Recorder m_recorder;
  SlabAllocator m_slab;
  StackPool m_stacks;
  std::map<TaskId, std::unique_ptr<Task>> m_tasks;
  std::deque<Task*> m_runQueue;
  std::deque<Work> m_taskWork;
  Task* m_current = nullptr;
  u32 m_pendingSoftirqs = 0, m_softirqsAtEnd = 0;
  u32 m_softirqsHeld = 0; // by so many scopes
  bool m_inSoftirq = false;
  SoftirqLoad m_load;
  u64 m_random;
  u32 m_softirqStack = Arena::StackEnd - 0x10000, m_bootStack = Arena::StackEnd - 0x20000;
  std::string m_panic;
  EventIndex m_stoppedAt = NoEvent;
  struct Fault {
    std::string function;
    u32 countdown, order;
  };
  std::vector<Fault> m_faults;
  u32 m_faultOrders = 0;
  u64 m_timerSerial = 0;
  struct Timer {
    u32 id;
    Work work;
    std::string text;
  };
  std::map<std::pair<s64, u64>, Timer> m_timers; // by expiry, then age
  std::map<u32, std::pair<s64, u64>> m_timerExpiry;
  std::map<std::string, u32> m_rodata;
  u32 m_rodataTop;
  TaskId m_nextPid = 100;
  std::bitset<MostTasks> m_regionsTaken;
  std::array<u32, MostTasks> m_regionTops{}; // the end of what was ever used of each; 0: nothing
};

inline Machine& machine() { return t_arena->owner<Machine>(); } // that runs on this thread
inline Task& currentTask() { return *machine().current(); }
// Makes `m` the machine of this thread while it lives.
struct EnterMachine : EnterArena {
  explicit EnterMachine(Machine& m) : EnterArena(&m.recorder().arena()) {}
};

} // namespace sockwalk::kernel
