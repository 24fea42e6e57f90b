#include "engine/scenario/script_connections.h"
#include "engine/kernel/include/linux/fs.h"
#include "engine/kernel/include/net/inet_sock.h"
#include "engine/kernel/include/net/tcp.h"
#include "engine/kernel/syscalls.h"
#include "engine/memory/layout.h"
#include "engine/scenario/call_result.h"
#include <cstring>

namespace sockwalk::scenario {

namespace {

constexpr s64 MsgFastOpen = 0x20000000;
constexpr int SolTcp = 6, TcpInfo = 11;

s64 firstNumber(const SystemCall& call) { // the descriptor that most calls begin with; -1 if it is none
  if (call.arguments.empty()) return -1;
  const auto value = evaluateInteger(call.arguments[0], {}, "");
  return value ? *value : -1;
}

} // namespace

void ScriptConnections::before(const SystemCall& call, const PreparedCall& prepared) {
  if (prepared.isLocal()) return; // no segment will ever tell of it
  if (call.name == "connect") return m_context.connections.connecting(firstNumber(call), prepared.address());
  const bool flags = call.name == "sendto" || call.name == "send" || call.name == "sendmsg";
  const size_t at = call.name == "sendmsg" ? 2 : 3;
  if (flags && call.arguments.size() > at && static_cast<s64>(prepared.argument(at)) & MsgFastOpen)
    m_context.connections.connecting(firstNumber(call), prepared.address());
}

const kernel::sock* ScriptConnections::sockOf(kernel::TaskId task, s64 fd) const {
  const auto* file = kernel::files_lookup_fd(m_context.machine().task(task).task->files, static_cast<u32>(fd));
  const auto* socket = file ? kernel::sock_from_file(file) : nullptr;
  return socket ? socket->sk.get() : nullptr;
}
// The port of the far host that the connection behind a descriptor has.
u16 ScriptConnections::remotePortOf(kernel::TaskId task, s64 fd) const {
  const auto enter = kernel::EnterMachine(m_context.machine());
  const auto* sk = sockOf(task, fd);
  return sk ? __builtin_bswap16(sk->sk_dport) : u16(0);
}
bool ScriptConnections::isInet(kernel::TaskId task, s64 fd) const {
  const auto enter = kernel::EnterMachine(m_context.machine());
  const auto* sk = sockOf(task, fd);
  return sk && sk->sk_family == kernel::AF_INET;
}

void ScriptConnections::after(const SystemCall& call, const PreparedCall& prepared, kernel::TaskId task, s64 result) {
  TcpConnections& connections = m_context.connections;
  const s64 fd = firstNumber(call);
  if (call.name == "bind" && result == 0 && prepared.address()) {
    if (prepared.address()->port)
      m_context.ends.local.port = prepared.address()->port; // lines without ports are about this socket
    connections.bound(fd, *prepared.address());
  } else if (call.name == "socket" && result >= 0 && prepared.argument(0) == kernel::AF_INET &&
             (prepared.argument(1) & 0xf) == kernel::SOCK_STREAM) {
    connections.opened(isEllipsis(call.result) ? result : integerOf(call.result));
  } else if (call.name == "listen" && result == 0 && isInet(task, static_cast<s64>(prepared.argument(0)))) {
    connections.listening(fd);
  } else if ((call.name == "accept" || call.name == "accept4") && result >= 0) {
    connections.accepted(isEllipsis(call.result) ? result : integerOf(call.result), remotePortOf(task, result));
  } else if (call.name == "close" && result == 0) {
    connections.closed(fd);
  }
}

std::map<std::string, s64> ScriptConnections::tcpInfo(Position at) {
  const s64 scriptFd = m_context.connections.descriptor();
  if (scriptFd < 0)
    throw PlayError{at, "TCP_INFO is asked of the socket under test, and there is none with a descriptor yet"};
  kernel::Machine& machine = m_context.machine();
  const kernel::TaskId task = m_tasks.current();
  if (machine.busy(task)) throw PlayError{at, "the task is still in a call, so it cannot ask for TCP_INFO"};
  const LayoutInfo* layout = layoutNamed("tcp_info");
  const u64 fd = static_cast<u64>(m_tasks.kernelFd(task, scriptFd, at));
  const void* info = machine.userMemory(task, layout->size);
  const void* length = machine.userMemory(task, 4);
  const u32 stimulus =
      machine.systemCall(task, "getsockopt(" + std::to_string(fd) + ", SOL_TCP, TCP_INFO, ..., ...)", [=] {
        const s32 room = static_cast<s32>(layout->size);
        setBytes(length, &room, 4);
        return kernel::__x64_sys_getsockopt(static_cast<int>(fd), SolTcp, TcpInfo, Arena::address(info),
                                            Arena::address(length));
      });
  const s64 result = machine.journal().stimuli()[stimulus].result;
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
