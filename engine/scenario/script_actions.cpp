// What each kind of line in a script does.
#include "engine/kernel/syscalls.h"
#include "engine/scenario/commands.h"
#include "engine/scenario/constants.h"
#include "engine/scenario/describe.h"
#include "engine/scenario/script_player.h"
#include <algorithm>

namespace sockwalk::scenario {

// ---- Sockwalk's own lines

void ScriptPlayer::act(const Event&, const CaseMark& mark) { m_case = mark.name; }
void ScriptPlayer::act(const Event&, const NoteMark&) {} // for who reads the script beside the walk

void ScriptPlayer::act(const Event&, const FailureOrder& order) {
  if (!Symbols::get().functionNamed(order.function))
    throw PlayError{{}, "this kernel has no function " + order.function + "()"};
  m_stage.machine.failAllocation(order.function, order.nth);
}

void ScriptPlayer::act(const Event& event, const SignalSend& send) {
  const auto number = constantValue(send.signal);
  if (!number || !send.signal.starts_with("SIG")) throw PlayError{event.position, "there is no signal " + send.signal};
  const auto task = m_tasks.find(send.task);
  if (task == m_tasks.end()) throw PlayError{event.position, "there is no task " + send.task};
  begin(event);
  const auto sleeper = m_threads.find(task->second); // the thread that blocks is the one to disturb
  const bool second = sleeper != m_threads.end() && m_stage.machine.busy(sleeper->second);
  kernel::sendSignal(m_stage.machine, second ? sleeper->second : task->second, static_cast<int>(*number));
  settle();
}

void ScriptPlayer::act(const Event& event, const PeerService& service) {
  Peer* peer = m_stage.wire.peer();
  if (!peer) throw PlayError{event.position, "tun0 has no wire with a peer on it: the script itself is the far host"};
  if (service.service == "alone") return peer->answersArpOnlyFor(m_ends.remote.address);
  if (service.service != "echo") throw PlayError{event.position, "the peer knows echo and alone only"};
  peer->echo(service.port);
  peer->setAnswersPing(true);
}

// Timers make stimuli of their own: the case is those that come. Without a name of its own, the case before goes on.
void ScriptPlayer::act(const Event&, const Idle& idle) {
  const s64 until = m_stage.machine.now() + idle.duration;
  if (!m_case.empty()) {
    closeCase();
    openCase(m_stage.lastStimulus() + 1);
  }
  m_caseUntil = until;
  advanceTo(until);
  m_caseUntil = until + CaseTail;
  m_last = until;
}

void ScriptPlayer::act(const Event& event, const Command& command) {
  begin(event);
  runCommand(command.text, m_stage);
}

void ScriptPlayer::act(const Event& event, const Code& code) {
  begin(event);
  m_last = m_stage.machine.now();
  const CodeNames info = codeAsksTcp(code.text) ? tcpInfo(code.position) : CodeNames();
  try {
    for (const std::string& line : runCode(code.text, info, m_codeVariables)) m_stage.notices.push_back(line);
  } catch (const PlayError& e) {
    throw PlayError{code.position, e.what};
  }
}

void ScriptPlayer::act(const Event&, const LimitChange& change) {
  for (const auto& [name, value] : change.limits) setLimit(m_stage, name, value);
}

void ScriptPlayer::act(const Event&, const CapabilityChange& change) {
  for (const auto& [name, on] : change.capabilities) setCapability(m_stage, taskNamed(m_currentTask), name, on);
}

} // namespace sockwalk::scenario
