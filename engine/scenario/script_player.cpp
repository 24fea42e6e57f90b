#include "engine/scenario/script_player.h"
#include "engine/scenario/commands.h"
#include "engine/scenario/constants.h"
#include "engine/scenario/describe.h"
#include "engine/scenario/net_commands.h"
#include <algorithm>

namespace sockwalk::scenario {

namespace {

constexpr u16 DefaultPort = 8080;

template <class T> bool has(const Script& script) {
  return std::any_of(script.events.begin(), script.events.end(),
                     [](const Event& e) { return std::holds_alternative<T>(e.action); });
}
bool namesPackets(const Script& script) { return has<Packet>(script) || has<Frame>(script); }

// Packets without a link are packetdrill's: they travel over tun0. Whole frames need a wire.
bool overTun(const Script& script) {
  return script.link == Link::Tun || (!script.link && has<Packet>(script) && !has<Frame>(script));
}

bool twoHosts(const Script& script) { return script.link == Link::Veth || script.link == Link::Wire; }

u32 addressOption(const Script& script, const char* name, u32 otherwise) {
  const auto text = script.option(name);
  const auto address = text ? ipv4Address(*text) : std::nullopt;
  return address ? *address : otherwise;
}
constexpr u32 TunLocal = 0xc0a80001, TunGateway = 0xc0a80002, TunRemote = 0xc0000201; // packetdrill's own addresses

u16 portOption(const Script& script, const char* name) {
  const auto text = script.option(name);
  return text ? static_cast<u16>(std::atoi(text->c_str())) : DefaultPort;
}

} // namespace

Result<kernel::MachineOptions> ScriptPlayer::machineFor(const Script& script) {
  kernel::MachineOptions options;
  if (script.option("ip_version").value_or("ipv4") == "ipv6")
    return Error{script.file + ": --ip_version=ipv6: this kernel speaks IPv4 only"};
  const bool tun = overTun(script);
  options.hz = script.hz.value_or(tun ? 1000 : 250);
  options.recorded = recordedOf(script.machine.value_or(MachineKind::Plain));
  if (twoHosts(script)) { // their devices are made, and get addresses, once the machine runs
    options.ethernet = script.link == Link::Wire;
    options.nics = 2;
    options.address = options.gateway = 0;
  }
  if (tun) {
    options.tun = true;
    options.ethernet = false;
    options.address = addressOption(script, "local_ip", TunLocal);
    options.prefix = 16;
    options.gateway = addressOption(script, "gateway_ip", TunGateway);
    if (options.gateway == options.address) ++options.gateway;
  }
  return options;
}

ScriptPlayer::ScriptPlayer(Script script, Stage& stage) : m_script(std::move(script)), m_stage(stage), m_tcp({}, {}) {
  const kernel::MachineOptions& options = stage.machine.options();
  std::copy_n(options.mac, 6, m_ends.localMac.begin());
  m_ends.remoteMac = Peer::DefaultMac;
  m_ends.local = {options.address, portOption(m_script, "bind_port")};
  m_ends.remote = {options.tun ? addressOption(m_script, "remote_ip", TunRemote) : options.gateway,
                   portOption(m_script, "connect_port")};
  if (twoHosts(m_script)) {
    m_ends.local.address = ClientAddress;
    m_ends.remote.address = ServerAddress;
    m_home = "client";
    joinTwoHosts(stage, m_script.link == Link::Veth);
  }
  m_tcp = TcpConnections(m_ends.local, m_ends.remote);
  if (stage.wire.ethernet() && !twoHosts(m_script)) {
    Peer peer(Peer::DefaultMac, options.address);
    peer.setAnswersPing(m_script.link == Link::E1000);
    stage.wire.connect(std::move(peer));
  }
  stage.wire.keepSent(namesPackets(m_script));
  m_currentTask = MainTask;
  taskNamed(MainTask);
  m_start = m_last = stage.machine.now();
}

double ScriptPlayer::progress() const {
  return m_stopped ? 1 : std::min(1.0, double(m_next) / double(m_script.events.size() + 1));
}

void ScriptPlayer::fail(Position at, const std::string& what) {
  m_stage.failures.push_back(
      {m_script.file + ":" + std::to_string(at.line) + ":" + std::to_string(at.column) + ": " + what,
       m_stage.lastStimulus()});
}

// One step: the next event that moves the machine, with the lines that only prepare it.
void ScriptPlayer::next() {
  if (m_next == 0 && m_script.init) {
    try {
      runCommand(m_script.init->text, m_stage);
    } catch (const PlayError& e) {
      fail({1, 1}, e.what);
    }
  }
  const u32 before = m_stage.lastStimulus();
  while (m_next < m_script.events.size() && m_stage.lastStimulus() == before && !m_stopped)
    play(m_script.events[m_next++]);
  if (m_next == m_script.events.size() && (m_stopped || m_stage.lastStimulus() == before)) {
    ++m_next;
    if (!m_stopped) finish();
  }
  if (m_stopped) m_next = m_script.events.size() + 1;
}

void ScriptPlayer::play(const Event& event) {
  if (m_stage.machine.panicked()) {
    fail(event.position, "the kernel has stopped: " + m_stage.machine.panicText());
    m_stopped = true;
    return;
  }
  try {
    std::visit([&](const auto& action) { act(event, action); }, event.action);
  } catch (const PlayError& e) {
    fail(e.position.line == 1 && e.position.column == 1 ? event.position : e.position, e.what);
    m_case.clear(); // it was for what could not be done
  }
}

// What every event that moves the machine begins with: the case before it is over, and its time comes.
void ScriptPlayer::begin(const Event& event) {
  advanceTo(targetOf(event.time));
  closeCase();
}

void ScriptPlayer::finish() {
  while (!m_running.empty() && !m_stage.machine.panicked()) {
    auto& [task, running] = *m_running.begin();
    const kernel::TaskId id = task;
    waitFor(id, running.call->position, running.due + toleranceAt(running.due));
    m_running.erase(id);
  }
  if (m_stage.machine.panicked())
    fail(m_script.events.empty() ? Position{} : m_script.events.back().position,
         "the kernel has stopped: " + m_stage.machine.panicText());
  closeCase();
  if (!m_script.cleanup) return;
  try {
    runCommand(m_script.cleanup->text, m_stage);
  } catch (const PlayError& e) {
    fail({1, 1}, e.what);
  }
}

// ---- time

s64 ScriptPlayer::targetOf(const EventTime& time) const {
  switch (time.kind) {
  case TimeKind::Absolute:
  case TimeKind::AbsoluteRange: return m_start + time.from;
  case TimeKind::Relative:
  case TimeKind::RelativeRange: return m_last + time.from;
  default: return m_stage.machine.now();
  }
}

s64 ScriptPlayer::toleranceAt(s64 expected) const {
  s64 tolerance = 4'000'000;
  if (auto usecs = m_script.option("tolerance_usecs")) tolerance = std::stoll("0" + *usecs) * 1000;
  return std::max(tolerance, (expected - m_last) / 8);
}

void ScriptPlayer::advanceTo(s64 time) {
  kernel::Machine& machine = m_stage.machine;
  while (machine.nextTimer() >= 0 && machine.nextTimer() <= time && !machine.panicked()) {
    if (machine.nextTimer() > m_caseUntil) closeCase();
    machine.runUntil(machine.nextTimer());
    settle();
  }
  if (time > machine.now()) machine.runUntil(time);
}

void ScriptPlayer::settle() {
  m_stage.wire.settle();
  for (auto it = m_running.begin(); it != m_running.end();) {
    if (m_stage.machine.busy(it->first)) {
      ++it;
      continue;
    }
    Running running = std::move(it->second);
    const kernel::TaskId task = it->first;
    it = m_running.erase(it);
    if (task == m_caseTask) m_caseUntil = m_stage.machine.now() + CaseTail;
    returned(running, task);
  }
}

// Lets time pass, timer by timer, until the call of `task` returns.
void ScriptPlayer::waitFor(kernel::TaskId task, Position at, s64 until) {
  kernel::Machine& machine = m_stage.machine;
  while (m_running.count(task) && !machine.panicked()) {
    const s64 timer = machine.nextTimer();
    if (timer < 0 || timer > until) {
      fail(at, timer < 0 ? "the call blocks, and nothing is to come that would wake it"
                         : "the call blocks longer than the script says");
      m_running.erase(task);
      return;
    }
    machine.runUntil(timer);
    settle();
  }
}

// ---- cases

void ScriptPlayer::openCase(u32 first) {
  if (m_case.empty()) return;
  m_stage.cases.push_back({m_case, first, first + 1});
  m_case.clear();
  m_caseOpen = true;
  m_caseUntil = m_stage.machine.now() + CaseTail;
}

// A case lasts until the next event of the script, but no timer that fires later than CaseTail after the call belongs to
// it: so long was recorded. A call that blocks keeps it open until it has returned.
void ScriptPlayer::closeCase() {
  if (!m_caseOpen || (m_caseTask && m_running.count(m_caseTask))) return;
  m_stage.cases.back().end = m_stage.lastStimulus() + 1;
  if (m_stage.cases.back().end == m_stage.cases.back().first) m_stage.cases.pop_back(); // idle, and no timer fired
  m_caseOpen = false;
  m_caseTask = 0;
}

} // namespace sockwalk::scenario
