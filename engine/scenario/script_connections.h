// What calls tell of the connections of a script: bind() and connect() give addresses that later packet lines mean,
// accept() ties a descriptor to a connection, and TCP_INFO is asked of the one under test.
#pragma once
#include "engine/scenario/prepared_call.h"
#include "engine/scenario/script_tasks.h"

namespace sockwalk::scenario {

class ScriptConnections {
public:
  ScriptConnections(ScriptContext& context, ScriptTasks& tasks) : m_context(context), m_tasks(tasks) {}
  void before(const SystemCall& call, const PreparedCall& prepared);
  void after(const SystemCall& call, const PreparedCall& prepared, kernel::TaskId task, s64 result);
  // struct tcp_info of the socket under test, member by member, as getsockopt() gives it. Throws PlayError.
  std::map<std::string, s64> tcpInfo(Position at);

private:
  const kernel::sock* sockOf(kernel::TaskId task, s64 fd) const; // nullptr: there is none
  bool isInet(kernel::TaskId task, s64 fd) const;
  u16 remotePortOf(kernel::TaskId task, s64 kernelFd) const;

  ScriptContext& m_context;
  ScriptTasks& m_tasks;
};

} // namespace sockwalk::scenario
