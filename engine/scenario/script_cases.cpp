#include "engine/scenario/script_cases.h"

namespace sockwalk::scenario {

void ScriptCases::open(u32 first) {
  if (m_name.empty()) return;
  m_context.stage.cases.push_back({m_name, first, first + 1});
  m_name.clear();
  m_open = true;
  m_until = m_context.machine().now() + CaseTail;
}

void ScriptCases::openFor(kernel::TaskId task, u32 first) {
  if (!m_name.empty()) m_task = task;
  open(first);
}

void ScriptCases::close() {
  if (!m_open || (m_task && isInCall(m_task))) return;
  std::vector<Case>& cases = m_context.stage.cases;
  cases.back().end = m_context.stage.lastStimulus() + 1;
  if (cases.back().end == cases.back().first) cases.pop_back(); // idle, and no timer fired
  m_open = false;
  m_task = 0;
}

void ScriptCases::closeBefore(s64 time) {
  if (time > m_until) close();
}

void ScriptCases::callReturned(kernel::TaskId task) {
  if (task == m_task) m_until = m_context.machine().now() + CaseTail;
}

bool ScriptCases::takesAlong() const { return m_name.empty() && m_context.machine().now() <= m_until; }

} // namespace sockwalk::scenario
