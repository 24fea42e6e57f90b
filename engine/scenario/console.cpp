#include "engine/scenario/console.h"
#include "engine/scenario/commands.h"
#include "engine/scenario/describe.h"
#include "engine/scenario/net_commands.h"
#include "engine/scenario/new_task.h"
#include "engine/scenario/parser.h"
#include "engine/scenario/prepared_call.h"
#include <charconv>
#include <cmath>

namespace sockwalk::scenario {

namespace {

constexpr u16 DefaultPort = 8080;

std::string trimmed(const std::string& text) {
  const size_t from = text.find_first_not_of(" \t"), to = text.find_last_not_of(" \t");
  return from == std::string::npos ? std::string() : text.substr(from, to + 1 - from);
}

// The first word of a line, and what follows it.
std::pair<std::string, std::string> split(const std::string& line) {
  const std::string text = trimmed(line);
  const size_t end = std::min(text.find_first_of(" \t"), text.size());
  return {text.substr(0, end), trimmed(text.substr(end))};
}

template <class T> bool takesAll(const std::string& text, T& value) {
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), value);
  return !text.empty() && parsed.ec == std::errc() && parsed.ptr == text.data() + text.size();
}

} // namespace

Result<SessionStimulus> consoleStimulus(const std::string& line, s64 time) {
  const auto [name, rest] = split(line);
  if (rest.starts_with('=') || rest.starts_with('('))
    return SessionStimulus(CallStimulus{time, line}); // a variable's name
  if (name == "limit") {
    const size_t equals = std::min(rest.find('='), rest.size());
    LimitStimulus change{time, trimmed(rest.substr(0, equals)), 0};
    if (change.name.empty() || equals == rest.size() || !takesAll(trimmed(rest.substr(equals + 1)), change.value) ||
        change.value < 0)
      return Error{"expected NAME=N after 'limit', nofile=3 for instance"};
    return SessionStimulus(std::move(change));
  }
  if (name == "wait") {
    double seconds = 0;
    if (!takesAll(rest, seconds) || !(seconds > 0) || seconds > 24 * 3600)
      return Error{"expected seconds after 'wait', 0.5 for instance, and not more than a day"};
    return SessionStimulus(TimeStimulus{time, time + std::llround(seconds * 1e9)});
  }
  return SessionStimulus(CallStimulus{time, line});
}

Result<u32> Console::run(const std::string& line) {
  try {
    if (runsAsCommand(line)) return m_stage.lastStimulus();
  } catch (const PlayError& e) {
    return Error{e.what};
  }
  return call(line);
}

bool Console::runsAsCommand(const std::string& line) {
  const auto [name, rest] = split(line);
  if (name == "task" && !rest.starts_with('=') && !rest.starts_with('(')) return switchTask(rest), true;
  if (name != "ip" && name != "iptables" && name != "wire" && name != "sysctl") return false;
  runCommand(line, m_stage);
  m_stage.wire.settle();
  return true;
}

void Console::switchTask(const std::string& name) {
  if (name.empty()) throw PlayError{{}, "expected the name of a task after 'task'"};
  auto it = m_tasks.find(name);
  if (it == m_tasks.end()) {
    it = m_tasks.emplace(name, newTask(m_stage.machine, name)).first;
    placeTask(m_stage, it->second, name, "");
  }
  m_task = it->second;
}

// The console speaks for the script's first task; while that sleeps in a call, for one of its own.
kernel::TaskId Console::task() {
  if (!m_task && m_player) m_task = m_player->task();
  if (!m_task || m_stage.machine.busy(m_task) || m_stage.machine.task(m_task).ended) {
    m_task = newTask(m_stage.machine, m_tasksMade ? "console " + std::to_string(m_tasksMade + 1) : "console");
    ++m_tasksMade;
  }
  return m_task;
}

Result<u32> Console::call(const std::string& line) {
  auto parsed = parseConsoleCall(line);
  if (!parsed) return parsed.error();
  const auto wrong = [](Position at, const std::string& what) { return ScriptError("", at, what); };
  const CallShape* shape = callNamed(parsed->name);
  if (!shape) return wrong({}, "this kernel does not have " + parsed->name + "() yet");
  kernel::Machine& machine = m_stage.machine;
  try {
    const kernel::TaskId task = this->task();
    const kernel::MachineOptions& o = machine.options();
    const CallContext context{machine,
                              task,
                              m_player ? m_player->local() : Endpoint{o.address, DefaultPort},
                              m_player ? m_player->remote() : Endpoint{o.gateway, DefaultPort},
                              [](s64 fd, Position) { return fd; },
                              &m_variables};
    PreparedCall prepared(*shape, parsed->arguments, {}, context);
    const u32 stimulus = prepared.make(machine, task, describe(ConsoleCall{"", parsed->name, parsed->arguments}), "");
    m_stage.wire.settle();
    if (!parsed->variable.empty() && !machine.busy(task))
      m_variables[parsed->variable] = machine.journal().stimuli()[stimulus].result;
    return stimulus;
  } catch (const PlayError& e) {
    return wrong(e.position, e.what);
  }
}

} // namespace sockwalk::scenario
