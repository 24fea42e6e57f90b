// What each kind of line in a script does.
#include "engine/feed/summary.h"
#include "engine/scenario/commands.h"
#include "engine/scenario/constants.h"
#include "engine/scenario/describe.h"
#include "engine/scenario/script_player.h"
#include <algorithm>

namespace sockwalk::scenario {

// ---- system calls

kernel::TaskId ScriptPlayer::taskNamed(const std::string& name) {
  const std::string wanted = name.empty() ? MainTask : name;
  auto it = m_tasks.find(wanted);
  if (it == m_tasks.end()) it = m_tasks.emplace(wanted, m_stage.machine.createTask(wanted)).first;
  return it->second;
}

s64 ScriptPlayer::kernelFd(kernel::TaskId task, s64 fd, Position at) const {
  auto it = m_descriptors.find(fd);
  if (it == m_descriptors.end()) return fd; // a number that the script never got: the kernel will say EBADF
  if (it->second.task != task)
    throw PlayError{at, "descriptor " + std::to_string(fd) + " belongs to another task; tasks do not share descriptors yet"};
  return it->second.fd;
}

void ScriptPlayer::act(const Event& event, const SystemCall& call) {
  const CallShape* shape = callNamed(call.name);
  if (!shape) throw PlayError{call.position, "this kernel does not have " + call.name + "() yet"};
  const kernel::TaskId task = taskNamed(call.task);
  if (auto it = m_running.find(task); it != m_running.end()) // its call before has to return first
    waitFor(task, it->second.call->position, it->second.due + LongestWait);
  if (m_stage.machine.busy(task))
    throw PlayError{call.position, "the task is still in its call before this one, which nothing has woken"};
  begin(event);

  const CallContext context{m_stage.machine, task, m_ends.local, m_ends.remote,
                            [&](s64 fd, Position at) { return kernelFd(task, fd, at); }};
  auto prepared = std::make_unique<PreparedCall>(*shape, call.arguments, call.position, context);
  if (prepared->hasText()) m_zeroPayload = false;
  const std::string caseName = m_case;
  const s64 began = m_stage.machine.now();
  const u32 stimulus =
      prepared->make(m_stage.machine, task, describe(ConsoleCall{"", call.name, call.arguments}), caseName);
  if (!m_case.empty()) m_caseTask = task;
  openCase(stimulus);
  if (!call.end) m_last = m_stage.machine.now();
  const s64 due = !call.end ? began + LongestWait
                  : event.time.kind == TimeKind::Absolute ? m_start + *call.end
                                                          : m_last + *call.end;
  const bool blocks = m_stage.machine.busy(task);
  m_running.emplace(task, Running{std::move(prepared), &call, stimulus, due});
  if (call.end && !blocks) fail(call.position, "the call was to block, but returned at once");
  if (call.end) m_last = began;
  settle();
  if (!call.end) waitFor(task, call.position, due);
  if (!call.end) m_last = m_stage.machine.now();
}

void ScriptPlayer::returned(Running& running, kernel::TaskId task) {
  const SystemCall& call = *running.call;
  const Stimulus& stimulus = m_stage.machine.journal().stimuli()[running.stimulus];
  if (m_stage.machine.panicked()) return; // said once, elsewhere
  try {
    if (call.end) {
      const s64 late = m_stage.machine.now() - running.due;
      if (std::abs(late) > toleranceAt(running.due))
        throw PlayError{call.position, "the call returned " + std::to_string(std::abs(late) / 1000) + " us " +
                                           (late > 0 ? "later" : "earlier") + " than the script says"};
    }
    compareResult(call, *running.prepared, task, stimulus.result);
    running.prepared->compareMemory(m_stage.machine, stimulus.result);
  } catch (const PlayError& e) {
    fail(e);
  }
}

namespace {
std::string resultText(s64 result) {
  return result < 0 ? "-1 " + std::string(errnoName(static_cast<int>(result))) : std::to_string(result);
}
} // namespace

void ScriptPlayer::compareResult(const SystemCall& call, const PreparedCall& prepared, kernel::TaskId task, s64 result) {
  const char kind = prepared.shape().result;
  if (kind == 'f' && result >= 0) return rememberDescriptor(call, task, result);
  if (kind == 'x' && result == 0) // the script's number is free again
    std::erase_if(m_descriptors, [&](auto& d) {
      return d.second.task == task && d.second.fd == static_cast<s64>(prepared.argument(0));
    });
  if (prepared.shape().name == "bind" && result == 0 && prepared.address() && prepared.address()->port)
    m_ends.local.port = prepared.address()->port; // packets without ports are for the socket under test
  if (isEllipsis(call.result)) return;
  const s64 expected = integerOf(call.result);
  const int error = call.errorName.empty() ? 0 : *errnoValue(call.errorName);
  const bool right = expected == -1 ? (error ? result == -error : result < 0) : result == expected;
  if (right) return;
  throw PlayError{call.position, "expected " + std::to_string(expected) +
                                     (error ? " " + call.errorName : std::string()) + ", got " + resultText(result)};
}

void ScriptPlayer::rememberDescriptor(const SystemCall& call, kernel::TaskId task, s64 result) {
  const s64 wanted = isEllipsis(call.result) ? result : integerOf(call.result);
  if (wanted < 0)
    throw PlayError{call.position, "expected " + std::to_string(wanted) + (call.errorName.empty() ? "" : " ") +
                                       call.errorName + ", got the descriptor " + std::to_string(result)};
  if (m_descriptors.count(wanted))
    throw PlayError{call.position, "descriptor " + std::to_string(wanted) + " is open already"};
  m_descriptors[wanted] = {task, result};
}

// ---- packets and frames

void ScriptPlayer::act(const Event& event, const Packet& packet) {
  try {
    if (packet.direction == Direction::Outbound) {
      expectSent(event, true, [&](ByteView f) { return difference(packet, f, m_ends, m_zeroPayload); });
      return;
    }
    inject(event, frameOf(packet, m_ends));
  } catch (const PlayError& e) {
    throw PlayError{event.position, e.what};
  }
}

void ScriptPlayer::act(const Event& event, const Frame& frame) {
  if (frame.direction == Direction::Outbound) {
    expectSent(event, false, [&](ByteView sent) -> std::optional<std::string> {
      if (sent.size() >= frame.bytes.size() && std::equal(frame.bytes.begin(), frame.bytes.end(), sent.begin()))
        return std::nullopt;
      size_t at = 0;
      while (at < sent.size() && at < frame.bytes.size() && sent[at] == frame.bytes[at]) ++at;
      return "byte " + std::to_string(at) + " is not as written; it is " + toHex(sent.first(std::min<size_t>(sent.size(), 64)));
    });
    return;
  }
  inject(event, frame.bytes);
}

// Frames written one after the other for the same moment (+0) are all in the ring before the device interrupts.
void ScriptPlayer::inject(const Event& event, Bytes first) {
  std::vector<Bytes> frames{std::move(first)};
  for (; m_next < m_script.events.size(); ++m_next) {
    const Event& more = m_script.events[m_next];
    const bool same = more.time.kind == TimeKind::Relative && more.time.from == 0;
    const auto* packet = std::get_if<Packet>(&more.action);
    const auto* frame = std::get_if<Frame>(&more.action);
    if (same && packet && packet->direction == Direction::Inbound) frames.push_back(frameOf(*packet, m_ends));
    else if (same && frame && frame->direction == Direction::Inbound) frames.push_back(frame->bytes);
    else break;
  }
  const s64 scheduled = targetOf(event.time);
  begin(event);
  if (!m_case.empty()) m_caseTask = 0;
  openCase(m_stage.wire.inject(frames, m_case));
  settle();
  m_last = std::max(scheduled, m_last);
}

// Is a frame of the wanted kind at the front of what was sent? ARP and the like are passed over for packet lines.
bool ScriptPlayer::findSent(bool ipOnly) {
  auto& sent = m_stage.wire.sent();
  while (ipOnly && !sent.empty() && (sent.front().bytes.size() < 14 || loadBe16(sent.front().bytes, 12) != 0x0800))
    sent.pop_front();
  return !sent.empty();
}

void ScriptPlayer::expectSent(const Event& event, bool ipOnly,
                              const std::function<std::optional<std::string>(ByteView)>& differs) {
  const EventTime& time = event.time;
  const bool any = time.kind == TimeKind::Any || time.kind == TimeKind::Unspecified;
  const s64 from = targetOf(time), to = from + (time.to - time.from);
  const s64 latest = any ? m_stage.machine.now() + LongestWait : to + toleranceAt(to);
  while (!findSent(ipOnly)) {
    const s64 timer = m_stage.machine.nextTimer();
    if (timer < 0 || timer > latest || m_stage.machine.panicked()) {
      advanceTo(any ? m_stage.machine.now() : to);
      throw PlayError{event.position, "expected " + describe(event.action) + ", but the machine sent nothing"};
    }
    advanceTo(timer);
  }
  const Wire::Sent sent = std::move(m_stage.wire.sent().front());
  m_stage.wire.sent().pop_front();
  m_last = std::max(m_last, sent.time);
  if (auto why = differs(sent.bytes))
    throw PlayError{event.position, "expected " + describe(event.action) + ", but the machine sent " +
                                        summarize(sent.bytes, static_cast<u32>(sent.bytes.size())).info + ": " + *why};
  if (!any && (sent.time < from - toleranceAt(from) || sent.time > latest))
    throw PlayError{event.position, "the packet left " + std::to_string(std::abs(sent.time - from) / 1000) + " us " +
                                        (sent.time < from ? "earlier" : "later") + " than the script says"};
}

// ---- Sockwalk's own lines

void ScriptPlayer::act(const Event&, const CaseMark& mark) { m_case = mark.name; }
void ScriptPlayer::act(const Event&, const NoteMark&) {} // for who reads the script beside the walk
void ScriptPlayer::act(const Event&, const TaskSwitch& change) { m_currentTask = change.name; }

void ScriptPlayer::act(const Event&, const FailureOrder& order) {
  if (!Symbols::get().functionNamed(order.function))
    throw PlayError{{}, "this kernel has no function " + order.function + "()"};
  m_stage.machine.failAllocation(order.function, order.nth);
}

void ScriptPlayer::act(const Event& event, const PeerService& service) {
  if (service.service != "echo") throw PlayError{event.position, "the peer knows echo only"};
  m_stage.wire.peer()->echoUdp(service.port);
  m_stage.wire.peer()->setAnswersPing(true);
}

void ScriptPlayer::act(const Event& event, const Command& command) {
  begin(event);
  runCommand(command.text, m_stage);
}

void ScriptPlayer::act(const Event& event, const Code&) {
  throw PlayError{event.position, "%{ ... }% is not run yet: this kernel has no TCP_INFO to ask"};
}

void ScriptPlayer::act(const Event&, const LimitChange& change) {
  for (const auto& [name, value] : change.limits) setLimit(m_stage, name, value);
}

void ScriptPlayer::act(const Event&, const CapabilityChange& change) {
  for (const auto& [name, on] : change.capabilities) setCapability(m_stage, taskNamed(m_currentTask), name, on);
}

} // namespace sockwalk::scenario
