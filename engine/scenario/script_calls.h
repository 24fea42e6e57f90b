// System calls of a script: made by the task that the script says, waited for as long as it says, and held against the
// result that it says.
#pragma once
#include "engine/scenario/script_cases.h"
#include "engine/scenario/script_clock.h"
#include "engine/scenario/script_connections.h"

namespace sockwalk::scenario {

class ScriptCalls {
public:
  ScriptCalls(ScriptContext& context, ScriptClock& clock, ScriptTasks& tasks, ScriptCases& cases)
      : m_context(context), m_clock(clock), m_tasks(tasks), m_cases(cases), m_connections(context, tasks) {}

  // `later`: the events that follow; if they have the same task make another call before this one is to return, a second
  // thread makes it, as in packetdrill. Throws PlayError.
  void make(const Event& event, const SystemCall& call, std::span<const Event> later);
  bool inCall(kernel::TaskId task) const { return m_running.count(task) != 0; }
  void settle(); // the far host answers; calls that have returned are looked at
  void finish(); // waits for those that have not
  std::map<std::string, s64> tcpInfo(Position at) { return m_connections.tcpInfo(at); }

private:
  struct Running { // a call that has not returned
    std::unique_ptr<PreparedCall> prepared;
    const SystemCall* call;
    u32 stimulus;
    s64 due; // ns; when it is to return
  };

  bool othersMeanwhile(const Event& event, const SystemCall& call, std::span<const Event> later) const;
  kernel::TaskId freeTask(const Event& event, const SystemCall& call, std::span<const Event> later);
  std::unique_ptr<PreparedCall> prepare(const CallShape& shape, const SystemCall& call, kernel::TaskId task);
  void waitFor(kernel::TaskId task, Position at, s64 until);
  void returned(Running& running, kernel::TaskId task);
  void compareResult(const SystemCall& call, const PreparedCall& prepared, kernel::TaskId task, s64 result);
  void rememberDescriptor(const SystemCall& call, kernel::TaskId task, s64 result);

  ScriptContext& m_context;
  ScriptClock& m_clock;
  ScriptTasks& m_tasks;
  ScriptCases& m_cases;
  ScriptConnections m_connections;
  std::map<kernel::TaskId, Running> m_running;
};

} // namespace sockwalk::scenario
