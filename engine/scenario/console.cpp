#include "engine/scenario/console.h"
#include "engine/scenario/call_table26.h"
#include "engine/scenario/commands.h"
#include "engine/scenario/describe.h"
#include "engine/scenario/net_commands.h"
#include "engine/scenario/new_task.h"
#include "engine/scenario/parser.h"
#include "engine/scenario/prepared_call.h"
#include <algorithm>
#include <cctype>
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

// The wire's, whoever plays: a machine without a script has no peer that such a line could speak for.
Result<u32> Console::packet(const std::string& line) {
  if (!m_player) return Error{"a packet is sent by hand where a script plays, and none does"};
  auto arrived = m_player->packet(line);
  m_stage.wire.settle();
  return arrived;
}

Result<u32> Console::run(const std::string& line) {
  try {
    if (trimmed(line).starts_with('<')) return packet(trimmed(line));
    if (runsAsCommand(line)) return m_stage.lastStimulus();
  } catch (const PlayError& e) {
    return Error{e.what};
  }
  return call(line);
}

bool Console::runsAsCommand(const std::string& line) {
  const auto [name, rest] = split(line);
  if (name.starts_with("//@")) {
    if (name != "//@task" || rest.find(' ') != rest.npos)
      throw PlayError{{}, "of a script's own lines only '//@task NAME' may be typed, not '" + line + "'"};
    return switchTask(rest), true;
  }
  if (name == "task" && !rest.starts_with('=') && !rest.starts_with('(')) return switchTask(rest), true;
  static constexpr std::string_view Commands[] = {"skb",    "ring",     "ip",   "iptables", "wire",
                                                  "sysctl", "modprobe", "rmmod"};
  if (std::ranges::find(Commands, name) == std::end(Commands)) return false;
  if (m_stage.machine.era() == Era::Linux26) throw PlayError{{}, refusedBy26(Action(Command{line}))};
  runCommand(line, m_stage);
  m_stage.wire.settle();
  return true;
}

void Console::switchTask(const std::string& name) {
  if (name.empty()) throw PlayError{{}, "expected the name of a task after 'task'"};
  if (const auto played = m_player ? m_player->taskNamed(name) : std::nullopt) return void(m_task = *played);
  auto it = m_tasks.find(name);
  if (it == m_tasks.end()) {
    it = m_tasks.emplace(name, newTask(m_stage.machine, name)).first;
    if (m_stage.machine.era() == Era::Linux61) placeTask(m_stage, it->second, name, "");
  }
  m_task = it->second;
}

bool Console::free(kernel::TaskId task) const {
  return !m_stage.machine.busy(task) && !m_stage.machine.task(task).ended;
}

// The console speaks for a task of whoever plays, or for one of its own.
kernel::TaskId Console::task() {
  if (!m_task && m_player) m_task = m_player->task();
  if (!m_task || m_stage.machine.task(m_task).ended) {
    m_task = newTask(m_stage.machine, m_tasksMade ? "console " + std::to_string(m_tasksMade + 1) : "console");
    ++m_tasksMade;
  }
  return free(m_task) ? m_task : threadOf(m_task);
}

// While the task sleeps in a call, a thread of it speaks: what one opens the other has.
kernel::TaskId Console::threadOf(kernel::TaskId task) {
  std::vector<kernel::TaskId>& threads = m_threads[task];
  const auto awake = std::find_if(threads.begin(), threads.end(), [this](auto thread) { return free(thread); });
  if (awake != threads.end()) return *awake;
  const std::string name = m_stage.machine.task(task).name + ", thread " + std::to_string(threads.size() + 2);
  threads.push_back(newTask(m_stage.machine, name, task, kernel::Descriptors::Shared));
  return threads.back();
}

// ---- names of results

void Console::takeResults() {
  const auto& stimuli = m_stage.machine.journal().stimuli();
  std::erase_if(m_awaited, [&](const auto& awaited) {
    const Stimulus& call = stimuli[awaited.second];
    if (call.finished) m_variables[awaited.first] = call.result;
    return call.finished;
  });
}

// A name that waits for a result has none of its own meanwhile: nobody is to mistake the one before for it.
void Console::name(const std::string& variable, u32 call) {
  m_variables.erase(variable);
  m_awaited[variable] = call;
  takeResults();
}

// Why the name in the arguments at this place stands for nothing, if it is one that waits; "" otherwise.
std::string Console::unnamed(const std::string& line, Position at) const {
  const size_t from = at.column - 1;
  if (from == 0 || from >= line.size()) return "";
  size_t end = from;
  while (end < line.size() && (std::isalnum(static_cast<unsigned char>(line[end])) || line[end] == '_')) ++end;
  const auto awaited = m_awaited.find(line.substr(from, end - from));
  if (awaited == m_awaited.end()) return "";
  const std::string& call = m_stage.machine.journal().stimuli()[awaited->second].text;
  return awaited->first + " is not known yet: " + call + " has not returned";
}

Result<u32> Console::call(const std::string& line) {
  auto parsed = parseConsoleCall(line);
  if (!parsed) return parsed.error();
  const auto wrong = [](Position at, const std::string& what) { return ScriptError("", at, what); };
  kernel::Machine& machine = m_stage.machine;
  const CallShape* shape = callNamed(parsed->name, machine.era());
  if (!shape) return wrong({}, noCallNamed(parsed->name, machine.era()));
  takeResults();
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
    if (!parsed->variable.empty()) name(parsed->variable, stimulus);
    return stimulus;
  } catch (const PlayError& e) {
    const std::string waits = unnamed(line, e.position);
    return wrong(e.position, waits.empty() ? e.what : waits);
  }
}

} // namespace sockwalk::scenario
