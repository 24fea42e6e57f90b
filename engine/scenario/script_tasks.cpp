#include "engine/scenario/script_tasks.h"
#include "engine/kernel/syscalls.h"
#include "engine/kernel26/syscalls.h"
#include "engine/scenario/net_commands.h"
#include "engine/scenario/new_task.h"
#include <algorithm>

namespace sockwalk::scenario {

namespace {
constexpr int SigPipe = 13;
}

// ---- tasks

kernel::TaskId ScriptTasks::named(const std::string& name) {
  const std::string wanted = name.empty() ? MainTask : name;
  auto it = m_tasks.find(wanted);
  if (it == m_tasks.end()) {
    kernel::Machine& machine = m_context.machine();
    it = m_tasks.emplace(wanted, newTask(machine, wanted)).first;
    if (machine.era() == Era::Linux26) return it->second; // one network, and no signals
    placeTask(m_context.stage, it->second, wanted, m_context.home);
    kernel::ignoreSignal(machine, it->second, SigPipe); // as packetdrill does: a broken connection says EPIPE
  }
  return it->second;
}

std::optional<kernel::TaskId> ScriptTasks::find(const std::string& name) const {
  const auto it = m_tasks.find(name);
  return it == m_tasks.end() ? std::nullopt : std::optional(it->second);
}

void ScriptTasks::make(const TaskSwitch& change) {
  const kernel::TaskId parent = named(change.parent);
  const auto how = change.shares ? kernel::Descriptors::Shared : kernel::Descriptors::Copied;
  const kernel::TaskId child = newTask(m_context.machine(), change.name, parent, how);
  m_tasks[change.name] = child;
  if (!change.shares) m_descriptors[tableOf(child)] = m_descriptors[tableOf(parent)];
}

kernel::TaskId ScriptTasks::secondThread(const std::string& name) {
  const kernel::TaskId task = named(name);
  auto it = m_threads.find(task);
  if (it == m_threads.end()) {
    const std::string second = (name.empty() ? MainTask : name) + std::string(" 2");
    it = m_threads.emplace(task, newTask(m_context.machine(), second, task, kernel::Descriptors::Shared)).first;
  }
  return it->second;
}

kernel::TaskId ScriptTasks::sleeperOf(kernel::TaskId task) const {
  const auto thread = m_threads.find(task);
  return thread != m_threads.end() && m_context.machine().busy(thread->second) ? thread->second : task;
}

// ---- descriptors

u64 ScriptTasks::tableOf(kernel::TaskId task) const {
  const kernel::Task& task_ = m_context.machine().task(task);
  if (task_.task26) return kernel26::descriptorsOf(*task_.task26);
  const auto* t = task_.task;
  return t ? Arena::address(t->files.get()) : 0; // a task that has ended has none
}

s64 ScriptTasks::kernelFd(kernel::TaskId task, s64 fd, Position at) const {
  const auto table = m_descriptors.find(tableOf(task));
  if (table != m_descriptors.end())
    if (auto it = table->second.find(fd); it != table->second.end()) return it->second;
  for (const auto& [other, descriptors] : m_descriptors)
    if (descriptors.count(fd))
      throw PlayError{at, "descriptor " + std::to_string(fd) +
                              " belongs to another task; //@task NAME shares TASK makes a "
                              "thread that has the same, //@task NAME forks TASK a child with copies"};
  // A number that the script never got, or gave back: the kernel is to say EBADF, even if another file has that number
  // there.
  constexpr s64 NeverOpen = 1'000'000;
  const bool taken = table != m_descriptors.end() && std::any_of(table->second.begin(), table->second.end(),
                                                                 [fd](const auto& d) { return d.second == fd; });
  return taken ? NeverOpen : fd;
}

void ScriptTasks::remember(kernel::TaskId task, s64 wanted, s64 fd, Position at) {
  Descriptors& descriptors = m_descriptors[tableOf(task)];
  closed(task, fd); // dup2() closed what had the number before
  if (descriptors.count(wanted)) throw PlayError{at, "descriptor " + std::to_string(wanted) + " is open already"};
  descriptors[wanted] = fd;
}

void ScriptTasks::closed(kernel::TaskId task, s64 kernelFd) {
  std::erase_if(m_descriptors[tableOf(task)], [&](auto& d) { return d.second == kernelFd; });
}

void ScriptTasks::endsSoon(kernel::TaskId task) {
  const u64 table = tableOf(task);
  for (const auto& [name, other] : m_tasks)
    if (other != task && !m_context.machine().task(other).ended && tableOf(other) == table) return;
  m_descriptors.erase(table);
}

} // namespace sockwalk::scenario
