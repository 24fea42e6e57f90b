#include "engine/scenario/script_actions.h"
#include "engine/kernel/syscalls.h"
#include "engine/scenario/commands.h"
#include "engine/scenario/constants.h"
#include "engine/scenario/skb_order.h"

namespace sockwalk::scenario {

void ScriptActions::begin() {
  m_player.m_clock.advanceTo(m_player.m_clock.dueAt(m_event.time));
  m_player.m_cases.close();
}

// ---- packetdrill's lines

void ScriptActions::operator()(const SystemCall& call) { m_player.m_calls.make(m_event, call, m_player.later()); }

void ScriptActions::operator()(const Packet& packet) {
  try {
    if (packet.direction == Direction::Outbound) return m_player.m_expectations.packet(m_event, packet);
    m_player.m_next += m_player.m_arrivals.packet(m_event, packet, m_player.later());
  } catch (const PlayError& e) {
    throw PlayError{m_event.position, e.what};
  }
}

void ScriptActions::operator()(const Command& command) {
  begin();
  runCommand(command.text, stage());
  m_player.m_calls.settle(); // a command may wake who listens to changes (netlink)
  if (isSkbOrder(command.text)) m_player.m_skbOrder = m_event;
}

void ScriptActions::operator()(const Code& code) {
  begin();
  m_player.m_clock.eventOver(m_player.m_clock.now());
  const CodeNames info = codeAsksTcp(code.text) ? m_player.m_calls.tcpInfo(code.position) : CodeNames();
  try {
    for (const std::string& line : runCode(code.text, info, m_player.m_codeVariables)) stage().notices.push_back(line);
  } catch (const PlayError& e) {
    throw PlayError{code.position, e.what};
  }
}

// ---- Sockwalk's own

void ScriptActions::operator()(const Frame& frame) {
  if (!stage().wire.ethernet())
    throw PlayError{m_event.position, "tun0 has no link header: //@frame needs //@link e1000"};
  if (frame.direction == Direction::Outbound) return m_player.m_expectations.frame(m_event, frame);
  m_player.m_next += m_player.m_arrivals.frame(m_event, frame, m_player.later());
}

void ScriptActions::operator()(const CaseMark& mark) { m_player.m_cases.name(mark.name); }

void ScriptActions::operator()(const LimitChange& change) {
  for (const auto& [name, value] : change.limits) setLimit(stage(), name, value);
}

void ScriptActions::operator()(const FailureOrder& order) {
  if (!Symbols::get().functionNamed(order.function))
    throw PlayError{{}, "this kernel has no function " + order.function + "()"};
  const EventIndex from = stage().machine.journal().size();
  m_player.m_faults.push_back(
      {m_event.position, order.function, from, stage().machine.failAllocation(order.function, order.nth)});
}

void ScriptActions::operator()(const CapabilityChange& change) {
  for (const auto& [name, on] : change.capabilities) setCapability(stage(), m_player.m_tasks.current(), name, on);
}

void ScriptActions::operator()(const TaskSwitch& change) {
  ScriptTasks& tasks = m_player.m_tasks;
  tasks.switchTo(change.name);
  if (change.parent.empty()) return;
  if (tasks.find(change.name)) throw PlayError{m_event.position, "the task " + change.name + " is there already"};
  m_player.m_cases.close(); // making a task is no part of the call before it
  tasks.make(change);
}

void ScriptActions::operator()(const SignalSend& send) {
  const auto number = constantValue(send.signal);
  if (!number || !send.signal.starts_with("SIG"))
    throw PlayError{m_event.position, "there is no signal " + send.signal};
  const auto task = m_player.m_tasks.find(send.task);
  if (!task) throw PlayError{m_event.position, "there is no task " + send.task};
  begin();
  // The thread that blocks is the one to disturb.
  kernel::sendSignal(stage().machine, m_player.m_tasks.sleeperOf(*task), static_cast<int>(*number));
  m_player.m_calls.settle();
}

void ScriptActions::operator()(const PeerService& service) {
  Peer* peer = stage().wire.peer();
  if (!peer) throw PlayError{m_event.position, "tun0 has no wire with a peer on it: the script itself is the far host"};
  if (service.service == "alone") return peer->answersArpOnlyFor(m_player.m_context.ends.remote.address);
  if (service.service != "echo") throw PlayError{m_event.position, "the peer knows echo and alone only"};
  peer->echo(service.port);
  peer->setAnswersPing(true);
}

// Timers make stimuli of their own: the case is those that come. Without a name of its own, the case before goes on.
void ScriptActions::operator()(const Idle& idle) {
  ScriptCases& cases = m_player.m_cases;
  const s64 until = stage().machine.now() + idle.duration;
  if (!cases.named().empty()) {
    cases.close();
    cases.open(stage().lastStimulus() + 1);
  }
  cases.lastUntil(until);
  m_player.m_clock.advanceTo(until);
  cases.lastUntil(until + ScriptCases::CaseTail);
  m_player.m_clock.eventOver(until);
}

} // namespace sockwalk::scenario
