// The tasks of a machine: their numbers, and the regions of user memory and kernel stacks that they live in.
#include "engine/kernel/include/linux/mm.h"
#include "engine/kernel/machine/machine.h"
#include <algorithm>

namespace sockwalk::kernel {

namespace {
constexpr u32 RegionSize = 0x01000000, UserSize = 0x00fff000; // the first page stays out of reach, as page 0 does
constexpr u32 KernelStackSize = 0x4000;                       // THREAD_SIZE
constexpr TaskId PidMax = 32768, ReservedPids = 300;          // numbers below are not given twice

u32 userBottom(u32 region) { return Arena::UserBegin + Arena::PageSize + region * RegionSize; }
} // namespace

// ---- numbers: always upwards, so that a number means the same task for as long as can be
TaskId Machine::freePid() {
  const auto inUse = [this](TaskId pid) {
    const auto it = m_tasks.find(pid);
    return it != m_tasks.end() && !it->second->ended;
  };
  do {
    if (m_nextPid >= PidMax) m_nextPid = ReservedPids;
  } while (inUse(m_nextPid++));
  return m_nextPid - 1;
}

// ---- memory
// The lowest region that is nobody's. What a task has lent to the network (MSG_ZEROCOPY) outlives it, so such pages must
// have come back first. MostTasks: there is none.
u32 Machine::freeRegion() {
  for (u32 region = 0; region < MostTasks; ++region)
    if (!m_regionsTaken.test(region) && !userPagesLent(userBottom(region), m_regionTops[region])) return region;
  return MostTasks;
}

// A process begins with memory that is all zero, whoever was there before.
void Machine::clearRegion(u32 region) {
  static constexpr u8 Zeros[Arena::PageSize] = {};
  for (u32 page = userBottom(region); page < m_regionTops[region]; page += Arena::PageSize)
    if (std::memcmp(m_recorder.arena().at(page), Zeros, Arena::PageSize) != 0)
      m_recorder.fill(page, 0, Arena::PageSize, __LINE__);
}

TaskId Machine::createTask(std::string name, TaskId parent, Descriptors descriptors) {
  EnterMachine enter(*this);
  const u32 region = freeRegion();
  if (region == MostTasks) return 0;
  auto task = std::make_unique<Task>();
  task->pid = freePid();
  task->name = name.empty() ? "task " + std::to_string(task->pid) : std::move(name);
  task->region = region;
  task->userTop = userBottom(region);
  task->stackTop = Arena::StackBegin + region * KernelStackSize;
  m_recorder.context(Context::Boot, 0, "boot", now(), NoEvent);
  clearRegion(region);
  softwareOf(era()).newTask(*task, parent ? &this->task(parent) : nullptr, descriptors);
  m_regionsTaken.set(region);
  const TaskId pid = task->pid;
  m_tasks[pid] = std::move(task);
  return pid;
}

// The task has left: its structure goes when the grace period is over, its region is the next one's.
void Machine::release(Task& t) {
  guarded(t.stimulus, [&] { softwareOf(era()).releaseTask(t); });
  t.task = nullptr;
  m_regionsTaken.reset(t.region);
}

constexpr u32 LargeBuffer = 256; // bytes
const void* Machine::userMemory(TaskId pid, u32 size) {
  Task& t = task(pid);
  // A script's buffers are used for one call: when the task's 16 MiB are through, the first ones serve again.
  const u32 bottom = userBottom(t.region);
  const u32 start = size >= LargeBuffer ? m_options.recorded.largeBufferStart : 0;
  u32 at = t.userTop;
  if (start) at += (start - at) & 0xfff;
  if (at + size > bottom + UserSize) at = bottom + (size <= UserSize - start ? start : 0);
  t.userTop = at + ((size + 15) & ~15u);
  m_regionTops[t.region] = std::max(m_regionTops[t.region], std::min(t.userTop, bottom + UserSize));
  return m_recorder.arena().at(at);
}

} // namespace sockwalk::kernel
