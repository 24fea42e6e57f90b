#include "engine/scenario/call_table26.h"
#include "engine/kernel26/syscalls.h"
#include <algorithm>

namespace sockwalk::scenario {

namespace {

using A = const u64*;
constexpr int Socket = 1; // SYS_SOCKET, of sys_socketcall()

const CallShape Calls26[] = {
    {"close", "f", 'x', [](A a) { return s64(kernel26::sys_close(u32(a[0]))); }, 1},
    {"socket", "Fii", 'f',
     [](A a) {
       return kernel26::viaSocketcall(Socket, {a[0], a[1], a[2]});
     },
     3},
    {"socketcall", "ii", 'n', [](A a) { return kernel26::sys_socketcall(int(a[0]), a[1]); }, 2},
};

std::string listOfCalls() {
  std::string text;
  for (const CallShape& c : Calls26) {
    if (!text.empty()) text += &c == std::end(Calls26) - 1 ? " and " : ", ";
    text.append(c.name).append("()");
  }
  return text;
}

const char* nameOf(const Action& action) {
  struct Name {
    const char* operator()(const SystemCall&) const { return nullptr; }
    const char* operator()(const CaseMark&) const { return nullptr; }
    const char* operator()(const NoteMark&) const { return nullptr; }
    const char* operator()(const LimitChange&) const { return nullptr; }
    const char* operator()(const FailureOrder&) const { return nullptr; }
    const char* operator()(const CapabilityChange&) const { return nullptr; }
    const char* operator()(const TaskSwitch&) const { return nullptr; }
    const char* operator()(const Idle&) const { return nullptr; }
    const char* operator()(const Packet&) const { return "packets"; }
    const char* operator()(const Frame&) const { return "frames"; }
    const char* operator()(const Command&) const { return "commands"; }
    const char* operator()(const Code&) const { return "code in %{ }%"; }
    const char* operator()(const SignalSend&) const { return "signals"; }
    const char* operator()(const PeerService&) const { return "another host"; }
  };
  return std::visit(Name(), action);
}

} // namespace

const CallShape* callNamed(std::string_view name, Era era) {
  if (era == Era::Linux61) return callNamed(name);
  const auto it = std::ranges::find(Calls26, name, &CallShape::name);
  return it == std::end(Calls26) ? nullptr : &*it;
}

std::string noCallNamed(const std::string& name, Era era) {
  if (era == Era::Linux61) return noCallNamed(name);
  return "the Linux of 2.6 is here only as far as sockets are made: it has " + listOfCalls() + ", not " + name + "()";
}

std::string refusedBy26(const Action& action) {
  const char* name = nameOf(action);
  if (!name) return {};
  return "the Linux of 2.6 is here without devices and packets: it has no " + std::string(name);
}

std::string refusedBy26(const Script& script) {
  if (script.link) return "the Linux of 2.6 is here without devices: //@link has nothing to lay";
  if (script.machine == MachineKind::Recorded)
    return "the machine that was recorded ran Linux 6.1: //@machine recorded is not for 2.6";
  if (script.init || script.cleanup) return refusedBy26(Action(Command{}));
  return {};
}

} // namespace sockwalk::scenario
