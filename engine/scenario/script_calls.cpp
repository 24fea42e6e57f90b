// System calls of a script: which task makes them, what their descriptors are, what they tell of connections.
#include "engine/kernel/include/linux/fs.h"
#include "engine/kernel/include/net/inet_sock.h"
#include "engine/kernel/syscalls.h"
#include "engine/memory/layout.h"
#include "engine/scenario/constants.h"
#include "engine/scenario/describe.h"
#include "engine/scenario/net_commands.h"
#include "engine/scenario/script_player.h"
#include <algorithm>

namespace sockwalk::scenario {

namespace {

constexpr s64 MsgFastOpen = 0x20000000;
constexpr int SolTcp = 6, TcpInfo = 11, SigPipe = 13;

std::string resultText(s64 result) {
  return result < 0 ? "-1 " + std::string(errnoName(static_cast<int>(result))) : std::to_string(result);
}

s64 firstNumber(const SystemCall& call) { // the descriptor that most calls begin with; -1 if it is none
  if (call.arguments.empty()) return -1;
  const auto value = evaluateInteger(call.arguments[0], {}, "");
  return value ? *value : -1;
}

} // namespace

// ---- tasks

kernel::TaskId ScriptPlayer::taskNamed(const std::string& name) {
  const std::string wanted = name.empty() ? MainTask : name;
  auto it = m_tasks.find(wanted);
  if (it == m_tasks.end()) {
    it = m_tasks.emplace(wanted, m_stage.machine.createTask(wanted)).first;
    placeTask(m_stage, it->second, wanted, m_home);
    kernel::ignoreSignal(m_stage.machine, it->second, SigPipe); // as packetdrill does: a broken connection says EPIPE
  }
  return it->second;
}

void ScriptPlayer::act(const Event& event, const TaskSwitch& change) {
  m_currentTask = change.name;
  if (change.parent.empty()) return;
  if (m_tasks.count(change.name)) throw PlayError{event.position, "the task " + change.name + " is there already"};
  closeCase(); // making a task is no part of the call before it
  const kernel::TaskId parent = taskNamed(change.parent);
  const auto how = change.shares ? kernel::Descriptors::Shared : kernel::Descriptors::Copied;
  const kernel::TaskId child = m_tasks[change.name] = m_stage.machine.createTask(change.name, parent, how);
  if (!change.shares) m_descriptors[tableOf(child)] = m_descriptors[tableOf(parent)];
}

// Does the script make another call before this one is to return? Then two threads are at work, as in packetdrill.
bool ScriptPlayer::callsMeanwhile(const Event& event, const SystemCall& call) const {
  s64 time = targetOf(event.time);
  const s64 end = (event.time.kind == TimeKind::Absolute ? m_start : m_last) + *call.end;
  for (size_t i = m_next; i < m_script.events.size() && time <= end; ++i) {
    const Event& later = m_script.events[i];
    if (later.time.kind == TimeKind::Absolute) time = m_start + later.time.from;
    else if (later.time.kind == TimeKind::Relative) time += later.time.from;
    const auto* other = std::get_if<SystemCall>(&later.action);
    const bool code = std::holds_alternative<Code>(later.action);
    if (time <= end && (code || (other && other->task == call.task))) return true;
  }
  return false;
}

kernel::TaskId ScriptPlayer::taskFor(const Event& event, const SystemCall& call) {
  const kernel::TaskId task = taskNamed(call.task);
  if (!call.end || !callsMeanwhile(event, call)) return task;
  auto it = m_threads.find(task);
  if (it == m_threads.end()) {
    const std::string name = (call.task.empty() ? MainTask : call.task) + " 2";
    it = m_threads.emplace(task, m_stage.machine.createTask(name, task, kernel::Descriptors::Shared)).first;
  }
  return it->second;
}

// ---- descriptors

u64 ScriptPlayer::tableOf(kernel::TaskId task) const {
  return Arena::address(m_stage.machine.task(task).task->files.get());
}

s64 ScriptPlayer::kernelFd(kernel::TaskId task, s64 fd, Position at) const {
  const auto table = m_descriptors.find(tableOf(task));
  if (table != m_descriptors.end())
    if (auto it = table->second.find(fd); it != table->second.end()) return it->second;
  for (const auto& [other, descriptors] : m_descriptors)
    if (descriptors.count(fd))
      throw PlayError{at, "descriptor " + std::to_string(fd) +
                              " belongs to another task; //@task NAME shares TASK makes a "
                              "thread that has the same, //@task NAME forks TASK a child with copies"};
  // A number that the script never got, or gave back: the kernel is to say EBADF, even if another file has that number there.
  constexpr s64 NeverOpen = 1'000'000;
  const bool taken = table != m_descriptors.end() && std::any_of(table->second.begin(), table->second.end(),
                                                                 [fd](const auto& d) { return d.second == fd; });
  return taken ? NeverOpen : fd;
}

// A task is about to end: its copies of descriptors are nobody's, unless another task shares the table.
void ScriptPlayer::forgetDescriptors(kernel::TaskId task) {
  const u64 table = tableOf(task);
  for (const auto& [name, other] : m_tasks)
    if (other != task && !m_stage.machine.task(other).ended && tableOf(other) == table) return;
  m_descriptors.erase(table);
}

void ScriptPlayer::rememberDescriptor(const SystemCall& call, kernel::TaskId task, s64 result) {
  const s64 wanted = isEllipsis(call.result) ? result : integerOf(call.result);
  if (wanted < 0)
    throw PlayError{call.position, "expected " + std::to_string(wanted) + (call.errorName.empty() ? "" : " ") +
                                       call.errorName + ", got the descriptor " + std::to_string(result)};
  remember(task, wanted, result, call.position);
}

void ScriptPlayer::remember(kernel::TaskId task, s64 wanted, s64 fd, Position at) {
  Descriptors& descriptors = m_descriptors[tableOf(task)];
  for (auto it = descriptors.begin(); it != descriptors.end();) // dup2() closed what had the number before
    it = it->second == fd ? descriptors.erase(it) : std::next(it);
  if (descriptors.count(wanted)) throw PlayError{at, "descriptor " + std::to_string(wanted) + " is open already"};
  descriptors[wanted] = fd;
}

// ---- calls

void ScriptPlayer::act(const Event& event, const SystemCall& call) {
  const CallShape* shape = callNamed(call.name);
  if (!shape) throw PlayError{call.position, "this kernel does not have " + call.name + "() yet"};
  const kernel::TaskId task = taskFor(event, call);
  if (auto it = m_running.find(task); it != m_running.end()) // its call before has to return first
    waitFor(task, it->second.call->position, it->second.due + LongestWait);
  if (m_stage.machine.busy(task))
    throw PlayError{call.position, "the task is still in its call before this one, which nothing has woken"};
  if (m_stage.machine.task(task).ended) throw PlayError{call.position, "the task has ended"};
  begin(event);

  const bool far = !m_home.empty() && namespaceOf(m_stage, task) == "server"; // the other of two hosts
  const CallContext context{m_stage.machine,
                            task,
                            far ? m_ends.remote : m_ends.local,
                            far ? m_ends.local : m_ends.remote,
                            [&, task](s64 fd, Position at) { return kernelFd(task, fd, at); },
                            nullptr,
                            m_start,
                            toleranceAt(m_stage.machine.now())};
  auto prepared = std::make_unique<PreparedCall>(*shape, call.arguments, call.position, context);
  if (prepared->hasText()) m_zeroPayload = false;
  if (call.name == "exit") forgetDescriptors(task);
  noteBefore(call, *prepared);
  const s64 began = m_stage.machine.now();
  const u32 stimulus =
      prepared->make(m_stage.machine, task, describe(ConsoleCall{"", call.name, call.arguments}), m_case);
  if (!m_case.empty()) m_caseTask = task;
  openCase(stimulus);
  const s64 due = !call.end                               ? began + LongestWait
                  : event.time.kind == TimeKind::Absolute ? m_start + *call.end
                                                          : m_last + *call.end;
  const bool blocks = m_stage.machine.busy(task);
  m_running.emplace(task, Running{std::move(prepared), &call, stimulus, due});
  if (call.end && !blocks && due > began) fail(call.position, "the call was to block, but returned at once");
  m_last = began;
  settle();
  if (call.end) return;
  waitFor(task, call.position, due);
  m_last = m_stage.machine.now();
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

void ScriptPlayer::compareResult(const SystemCall& call, const PreparedCall& prepared, kernel::TaskId task,
                                 s64 result) {
  const char kind = prepared.shape().result;
  noteAfter(call, prepared, task, result);
  if (result >= 0)
    for (const auto& [wanted, fd] : prepared.newDescriptors()) remember(task, wanted, fd, call.position);
  const bool duplicates = call.name == "fcntl" && call.arguments.size() == 3 &&
                          (prepared.argument(1) == 0 || prepared.argument(1) == 1030); // F_DUPFD, F_DUPFD_CLOEXEC
  if ((kind == 'f' || duplicates) && result >= 0) return rememberDescriptor(call, task, result);
  if (kind == 'x' && result == 0) { // the script's number is free again
    const s64 fd = static_cast<s64>(prepared.argument(0));
    std::erase_if(m_descriptors[tableOf(task)], [&](auto& d) { return d.second == fd; });
  }
  if (isEllipsis(call.result)) return;
  const s64 expected = integerOf(call.result);
  const int error = call.errorName.empty() ? 0 : *errnoValue(call.errorName);
  const bool right = expected == -1 ? (error ? result == -error : result < 0) : result == expected;
  if (right) return;
  throw PlayError{call.position, "expected " + std::to_string(expected) +
                                     (error ? " " + call.errorName : std::string()) + ", got " + resultText(result)};
}

// ---- what calls tell of connections

void ScriptPlayer::noteBefore(const SystemCall& call, const PreparedCall& prepared) {
  if (call.name == "connect") return m_tcp.connecting(firstNumber(call), prepared.address());
  const bool flags = call.name == "sendto" || call.name == "send" || call.name == "sendmsg";
  const size_t at = call.name == "sendmsg" ? 2 : 3;
  if (flags && call.arguments.size() > at && static_cast<s64>(prepared.argument(at)) & MsgFastOpen)
    m_tcp.connecting(firstNumber(call), prepared.address());
}

// The port of the far host that the connection behind a descriptor has.
u16 ScriptPlayer::remotePortOf(kernel::TaskId task, s64 fd) const {
  const auto enter = kernel::EnterMachine(m_stage.machine);
  const auto* file = kernel::files_lookup_fd(m_stage.machine.task(task).task->files, static_cast<u32>(fd));
  const auto* socket = file ? kernel::sock_from_file(file) : nullptr;
  return socket && socket->sk ? __builtin_bswap16(socket->sk->sk_dport) : u16(0);
}

void ScriptPlayer::noteAfter(const SystemCall& call, const PreparedCall& prepared, kernel::TaskId task, s64 result) {
  const s64 fd = firstNumber(call);
  if (call.name == "bind" && result == 0 && prepared.address()) {
    if (prepared.address()->port)
      m_ends.local.port = prepared.address()->port; // lines without ports are about this socket
    m_tcp.bound(fd, *prepared.address());
  } else if (call.name == "listen" && result == 0) {
    m_tcp.listening(fd);
  } else if ((call.name == "accept" || call.name == "accept4") && result >= 0) {
    m_tcp.accepted(isEllipsis(call.result) ? result : integerOf(call.result), remotePortOf(task, result));
  } else if (call.name == "close" && result == 0) {
    m_tcp.closed(fd);
  }
}

// ---- TCP_INFO, for `%{ }%`

std::map<std::string, s64> ScriptPlayer::tcpInfo(Position at) {
  const TcpFlow* flow = m_tcp.current();
  if (!flow || flow->fd < 0)
    throw PlayError{at, "TCP_INFO is asked of the socket under test, and there is none with a descriptor yet"};
  kernel::TaskId task = taskNamed(m_currentTask);
  if (m_stage.machine.busy(task)) throw PlayError{at, "the task is still in a call, so it cannot ask for TCP_INFO"};
  const LayoutInfo* layout = layoutNamed("tcp_info");
  const u64 fd = static_cast<u64>(kernelFd(task, flow->fd, at));
  const void* info = m_stage.machine.userMemory(task, layout->size);
  const void* length = m_stage.machine.userMemory(task, 4);
  const u32 stimulus =
      m_stage.machine.systemCall(task, "getsockopt(" + std::to_string(fd) + ", SOL_TCP, TCP_INFO, ..., ...)", [=] {
        const s32 room = static_cast<s32>(layout->size);
        setBytes(length, &room, 4);
        return kernel::__x64_sys_getsockopt(static_cast<int>(fd), SolTcp, TcpInfo, Arena::address(info),
                                            Arena::address(length));
      });
  const s64 result = m_stage.machine.journal().stimuli()[stimulus].result;
  if (result < 0) throw PlayError{at, "getsockopt(TCP_INFO): " + resultText(result)};
  std::map<std::string, s64> values;
  for (const MemberInfo& m : layout->members) {
    if (m.size > 8) continue;
    u64 value = 0;
    std::memcpy(&value, static_cast<const u8*>(info) + m.offset, m.size);
    if (m.bits) value = value >> m.bit & ((1ull << m.bits) - 1);
    values[std::string(m.name)] = static_cast<s64>(value);
  }
  return values;
}

} // namespace sockwalk::scenario
