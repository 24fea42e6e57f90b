// The tasks of a script, and what its descriptors are. A script's numbers are its own: which of the kernel's stands behind
// one depends on the table that the task uses, since tasks may share one (threads) or have copies (children).
#pragma once
#include "engine/scenario/script_context.h"

namespace sockwalk::scenario {

class ScriptTasks {
public:
  explicit ScriptTasks(ScriptContext& context) : m_context(context) {}

  // ---- tasks
  kernel::TaskId named(const std::string& name); // made, if it is not there; "": the first
  std::optional<kernel::TaskId> find(const std::string& name) const;
  kernel::TaskId first() const { return m_tasks.at(MainTask); } // that every script has
  void make(const TaskSwitch& change);                          // as a thread or a child of another
  kernel::TaskId secondThread(const std::string& name);         // of the task of that name
  kernel::TaskId sleeperOf(kernel::TaskId task) const;          // the one of its threads that is in a call
  void switchTo(const std::string& name) { m_current = name; }
  kernel::TaskId current() { return named(m_current); }

  // ---- descriptors
  s64 kernelFd(kernel::TaskId task, s64 fd, Position at) const;        // throws PlayError: it is another task's
  void remember(kernel::TaskId task, s64 wanted, s64 fd, Position at); // throws PlayError: `wanted` is open already
  void closed(kernel::TaskId task, s64 kernelFd);
  void endsSoon(kernel::TaskId task); // its copies of descriptors are nobody's, unless another task shares the table

private:
  static constexpr const char* MainTask = "main";
  using Descriptors = std::map<s64, s64>; // a script's number -> the kernel's
  u64 tableOf(kernel::TaskId task) const; // the address of the table of descriptors that it uses

  ScriptContext& m_context;
  std::string m_current = MainTask;
  std::map<std::string, kernel::TaskId> m_tasks;
  std::map<kernel::TaskId, kernel::TaskId> m_threads; // a task's second thread
  std::map<u64, Descriptors> m_descriptors;           // by table
};

} // namespace sockwalk::scenario
