#include "engine/scenario/script_player.h"
#include "engine/scenario/commands.h"
#include "engine/scenario/net_commands.h"
#include "engine/scenario/parser.h"
#include "engine/scenario/script_actions.h"
#include "engine/scenario/skb_order.h"
#include <algorithm>

namespace sockwalk::scenario {

ScriptPlayer::ScriptPlayer(Script script, Stage& stage) : m_context(std::move(script), stage) {
  m_clock.onTimer = [this](s64 timer) { m_cases.closeBefore(timer); };
  m_clock.onPassed = [this] { m_calls.settle(); };
  m_cases.isInCall = [this](kernel::TaskId task) { return m_calls.inCall(task); };
  const Script& s = m_context.script;
  if (twoHosts(s)) {
    joinTwoHosts(stage, s.link == Link::Veth);
  } else if (stage.wire.ethernet() && stage.machine.era() == Era::Linux61) {
    Peer peer(Peer::DefaultMac, stage.machine.options().address);
    peer.setAnswersPing(s.link == Link::E1000);
    stage.wire.connect(std::move(peer));
  }
  stage.wire.keepSent(namesPackets(s));
  obeyOptions();
  m_tasks.named(""); // the first
  m_clock.begin();
}

// What stands at the script's head besides addresses, ports and how exactly times are compared.
void ScriptPlayer::obeyOptions() {
  static constexpr std::string_view Without[] = {
      "mss",      "speed",   "netmask_ip", "init_scripts", "is_anyip",
      "so_flags", "dry_run", "non_fatal",  "psp_udp_port", "tcp_ts_ecr_scaled"};
  for (const Option& option : m_context.script.options) {
    if (std::find(std::begin(Without), std::end(Without), option.name) != std::end(Without))
      m_context.stage.notices.push_back("the option --" + option.name + " changes nothing here");
    if (option.name == "mtu" && m_context.machine().options().tun)
      runCommand("ip link set dev tun0 mtu " + option.value.value_or(""), m_context.stage);
  }
}

// In the middle of the script, whose turn it is. At its end, the first that has made a call; of two hosts, on the one that
// the script calls its own.
kernel::TaskId ScriptPlayer::task() const {
  const auto taskOf = [this](const Event& event) -> std::optional<kernel::TaskId> {
    const auto* call = std::get_if<SystemCall>(&event.action);
    if (!call) return std::nullopt;
    return call->task.empty() ? m_tasks.first() : m_tasks.find(call->task);
  };
  for (size_t i = m_next; i < events().size(); ++i)
    if (const auto next = taskOf(events()[i])) return *next;
  const bool two = twoHosts(m_context.script);
  for (const Event& event : events())
    if (const auto task = taskOf(event); task && !(two && namespaceOf(m_context.stage, *task) == "server"))
      return *task;
  return m_tasks.first();
}

double ScriptPlayer::progress() const {
  return m_stopped ? 1 : std::min(1.0, double(m_next) / double(events().size() + 1));
}

// One step: the next event that moves the machine, with the lines that only prepare it.
void ScriptPlayer::next() {
  if (m_next == 0) run(m_context.script.init);
  const Stage& stage = m_context.stage;
  const u32 before = stage.lastStimulus();
  while (m_next < events().size() && stage.lastStimulus() == before && !m_stopped) play(events()[m_next++]);
  if (m_next == events().size() && (m_stopped || stage.lastStimulus() == before)) {
    ++m_next;
    if (!m_stopped) finish();
  }
  if (m_stopped) m_next = events().size() + 1;
}

// What the machine has sent since the script's last line nobody has looked at: from there come the numbers that it chose.
Result<u32> ScriptPlayer::packet(const std::string& line) {
  if (twoHosts(m_context.script))
    return Error{"between two hosts only their own packets travel; 'wire loss 10%' for instance makes them get lost"};
  const auto parsed = parseConsolePacket(line);
  if (!parsed) return parsed.error();
  Wire& wire = m_context.stage.wire;
  wire.keepSent(true);
  for (const Wire::Sent& sent : wire.sent()) m_context.connections.learn(wire.ipv4(sent.bytes));
  const u32 stimulus = wire.inject(m_arrivals.bytesOf(*parsed));
  m_calls.settle();
  return stimulus;
}

void ScriptPlayer::play(const Event& event) {
  if (m_context.machine().panicked()) {
    kernelStopped(event.position);
    m_stopped = true;
    return;
  }
  try {
    if (const std::string why = m_context.refusal(event.action); !why.empty()) throw PlayError{event.position, why};
    std::visit(ScriptActions(*this, event), event.action);
  } catch (const PlayError& e) {
    m_context.fail(e.position.line == 1 && e.position.column == 1 ? event.position : e.position, e.what);
    m_cases.forgetName();
  }
}

void ScriptPlayer::run(const std::optional<Command>& command) {
  if (!command) return;
  try {
    runCommand(command->text, m_context.stage);
  } catch (const PlayError& e) {
    m_context.fail({1, 1}, e.what);
  }
}

// That is a failure, unless the script has provoked it.
void ScriptPlayer::kernelStopped(Position at) {
  const std::string why = "the kernel has stopped: " + m_context.machine().panicText();
  if (m_skbOrder && !m_context.machine().panicText().find("kernel BUG")) m_context.stage.notices.push_back(why);
  else m_context.fail(at, why);
}

// Nothing failed for an order: its function was never called, or has not asked for memory so often.
void ScriptPlayer::missFaults() {
  const Journal& j = m_context.machine().journal();
  for (const Fault& fault : m_faults) {
    if (!m_context.machine().faultWaits(fault.order)) continue;
    const auto isCall = [&](EventIndex i) {
      return j[i].type == EventType::Call && j.function(j[i]).name == fault.function;
    };
    EventIndex i = fault.from;
    while (i < j.size() && !isCall(i)) ++i;
    m_context.fail(fault.position, fault.function + (i == j.size() ? "() was not called any more: nothing failed"
                                                                   : "() asked for no such memory: nothing failed"));
  }
}

void ScriptPlayer::finish() {
  m_calls.finish();
  if (m_context.machine().panicked()) kernelStopped(events().empty() ? Position{} : events().back().position);
  if (m_skbOrder && skbOrderWaits(m_context.stage))
    m_context.fail(m_skbOrder->position, "no sk_buff was handed to that function any more");
  m_cases.close();
  missFaults();
  run(m_context.script.cleanup);
}

} // namespace sockwalk::scenario
