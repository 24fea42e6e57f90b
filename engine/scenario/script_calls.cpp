#include "engine/scenario/script_calls.h"
#include "engine/scenario/call_result.h"
#include "engine/scenario/call_table26.h"
#include "engine/scenario/describe.h"
#include "engine/scenario/net_commands.h"

namespace sockwalk::scenario {

// ---- who makes it

bool ScriptCalls::othersMeanwhile(const Event& event, const SystemCall& call, std::span<const Event> later) const {
  s64 time = m_clock.dueAt(event.time);
  const s64 end = m_clock.endOf(event.time, *call.end);
  for (const Event& next : later) {
    if (time > end) return false;
    if (next.time.kind == TimeKind::Absolute) time = m_clock.start() + next.time.from;
    else if (next.time.kind == TimeKind::Relative) time += next.time.from;
    const auto* other = std::get_if<SystemCall>(&next.action);
    const bool code = std::holds_alternative<Code>(next.action);
    if (time <= end && (code || (other && other->task == call.task))) return true;
  }
  return false;
}

// The task, once its call before has returned.
kernel::TaskId ScriptCalls::freeTask(const Event& event, const SystemCall& call, std::span<const Event> later) {
  const kernel::TaskId named = m_tasks.named(call.task);
  const kernel::TaskId task = call.end && othersMeanwhile(event, call, later) ? m_tasks.secondThread(call.task) : named;
  if (auto it = m_running.find(task); it != m_running.end())
    waitFor(task, it->second.call->position, it->second.due + ScriptClock::LongestWait);
  if (m_context.machine().busy(task))
    throw PlayError{call.position, "the task is still in its call before this one, which nothing has woken"};
  if (m_context.machine().task(task).ended) throw PlayError{call.position, "the task has ended"};
  return task;
}

// ---- making it

std::unique_ptr<PreparedCall> ScriptCalls::prepare(const CallShape& shape, const SystemCall& call,
                                                   kernel::TaskId task) {
  const bool far = !m_context.home.empty() && namespaceOf(m_context.stage, task) == "server"; // the other of two hosts
  const Ends& ends = m_context.ends;
  const CallContext context{m_context.machine(),
                            task,
                            far ? ends.remote : ends.local,
                            far ? ends.local : ends.remote,
                            [this, task](s64 fd, Position at) { return m_tasks.kernelFd(task, fd, at); },
                            nullptr,
                            m_clock.start(),
                            m_clock.tolerance(m_clock.now())};
  auto prepared = std::make_unique<PreparedCall>(shape, call.arguments, call.position, context);
  if (prepared->hasText()) m_context.zeroPayload = false;
  if (call.name == "exit") m_tasks.endsSoon(task);
  m_connections.before(call, *prepared);
  return prepared;
}

void ScriptCalls::make(const Event& event, const SystemCall& call, std::span<const Event> later) {
  const Era era = m_context.machine().era();
  const CallShape* shape = callNamed(call.name, era);
  if (!shape) throw PlayError{call.position, noCallNamed(call.name, era)};
  const kernel::TaskId task = freeTask(event, call, later);
  m_clock.advanceTo(m_clock.dueAt(event.time));
  m_cases.close();

  std::unique_ptr<PreparedCall> prepared = prepare(*shape, call, task);
  const s64 began = m_clock.now();
  const std::string text = describe(ConsoleCall{"", call.name, call.arguments});
  const u32 stimulus = prepared->make(m_context.machine(), task, text, m_cases.named());
  m_cases.openFor(task, stimulus);
  const s64 due = call.end ? m_clock.endOf(event.time, *call.end) : began + ScriptClock::LongestWait;
  const bool blocks = m_context.machine().busy(task);
  m_running.emplace(task, Running{std::move(prepared), &call, stimulus, due});
  if (call.end && !blocks && due > began) m_context.fail(call.position, "the call was to block, but returned at once");
  m_clock.eventOver(began);
  settle();
  if (call.end) return;
  waitFor(task, call.position, due);
  m_clock.eventOver(m_clock.now());
}

// ---- until it returns

void ScriptCalls::settle() {
  m_context.stage.wire.settle();
  for (auto it = m_running.begin(); it != m_running.end();) {
    if (m_context.machine().busy(it->first)) {
      ++it;
      continue;
    }
    Running running = std::move(it->second);
    const kernel::TaskId task = it->first;
    it = m_running.erase(it);
    m_cases.callReturned(task);
    returned(running, task);
  }
}

// Lets time pass, timer by timer, until the call of `task` returns.
void ScriptCalls::waitFor(kernel::TaskId task, Position at, s64 until) {
  while (inCall(task) && !m_context.machine().panicked()) {
    if (m_clock.advanceToTimer(until)) continue;
    m_context.fail(at, m_context.machine().nextTimer() < 0
                           ? "the call blocks, and nothing is to come that would wake it"
                           : "the call blocks longer than the script says");
    m_running.erase(task);
  }
}

void ScriptCalls::finish() {
  while (!m_running.empty() && !m_context.machine().panicked()) {
    const auto& [task, running] = *m_running.begin();
    const kernel::TaskId id = task;
    waitFor(id, running.call->position, running.due + m_clock.tolerance(running.due));
    m_running.erase(id);
  }
}

// ---- what came of it

void ScriptCalls::returned(Running& running, kernel::TaskId task) {
  const SystemCall& call = *running.call;
  const Stimulus& stimulus = m_context.machine().journal().stimuli()[running.stimulus];
  if (m_context.machine().panicked()) return; // said once, elsewhere
  try {
    if (call.end) {
      const s64 late = m_clock.now() - running.due;
      if (std::abs(late) > m_clock.tolerance(running.due))
        throw PlayError{call.position, "the call returned " + std::to_string(std::abs(late) / 1000) + " us " +
                                           (late > 0 ? "later" : "earlier") + " than the script says"};
    }
    compareResult(call, *running.prepared, task, stimulus.result);
    running.prepared->compareMemory(m_context.machine(), stimulus.result);
  } catch (const PlayError& e) {
    m_context.fail(e);
  }
}

void ScriptCalls::rememberDescriptor(const SystemCall& call, kernel::TaskId task, s64 result) {
  const s64 wanted = isEllipsis(call.result) ? result : integerOf(call.result);
  if (wanted < 0)
    throw PlayError{call.position, "expected " + std::to_string(wanted) + (call.errorName.empty() ? "" : " ") +
                                       call.errorName + ", got the descriptor " + std::to_string(result)};
  m_tasks.remember(task, wanted, result, call.position);
}

void ScriptCalls::compareResult(const SystemCall& call, const PreparedCall& prepared, kernel::TaskId task, s64 result) {
  const char kind = prepared.shape().result;
  m_connections.after(call, prepared, task, result);
  if (result >= 0)
    for (const auto& [wanted, fd] : prepared.newDescriptors()) m_tasks.remember(task, wanted, fd, call.position);
  const bool duplicates = call.name == "fcntl" && call.arguments.size() == 3 &&
                          (prepared.argument(1) == 0 || prepared.argument(1) == 1030); // F_DUPFD, F_DUPFD_CLOEXEC
  if ((kind == 'f' || duplicates) && result >= 0) return rememberDescriptor(call, task, result);
  if (kind == 'x' && result == 0) // the script's number is free again
    m_tasks.closed(task, static_cast<s64>(prepared.argument(0)));
  if (isEllipsis(call.result)) return;
  const s64 expected = integerOf(call.result);
  const int error = call.errorName.empty() ? 0 : *errnoValue(call.errorName);
  const bool right = expected == -1 ? (error ? result == -error : result < 0) : result == expected;
  if (right) return;
  throw PlayError{call.position, "expected " + std::to_string(expected) +
                                     (error ? " " + call.errorName : std::string()) + ", got " + resultText(result)};
}

} // namespace sockwalk::scenario
