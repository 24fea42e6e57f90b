#include "engine/scenario/session.h"
#include "engine/scenario/capture_player.h"
#include "engine/scenario/commands.h"
#include "engine/scenario/constants.h"
#include "engine/scenario/describe.h"
#include "engine/scenario/net_commands.h"
#include "engine/scenario/parser.h"
#include "engine/scenario/script_player.h"
#include "engine/scenario/session_file.h"
#include "engine/scenario/session_text.h"
#include <algorithm>
#include <charconv>
#include <deque>
#include <fstream>

namespace sockwalk::scenario {

namespace {

constexpr std::string_view SessionMagic = "sockwalk-session";

// Sources that come by hand or live, after (or between) the steps of the first.
bool comesLater(const Source& s) {
  return s.kind == Source::Kind::Console || (s.kind == Source::Kind::Tap && !s.text.empty());
}

class PlayedSession final : public Session {
public:
  PlayedSession(const kernel::MachineOptions& options, std::vector<Source> sources)
      : m_stage(options), m_sources(std::move(sources)) {
    for (const Source& s : m_sources)
      if (comesLater(s)) m_later.push_back(s);
    m_stage.wire.onSent = [this](std::span<const u8> frame) {
      if (onTransmit) onTransmit(frame);
    };
    m_stage.machine.boot();
  }
  Stage& stage() { return m_stage; }
  void setPlayer(std::unique_ptr<Player> player) { m_player = std::move(player); }

  const Journal& journal() const override { return m_stage.machine.journal(); }
  kernel::Machine& machine() override { return m_stage.machine; }
  const std::vector<Source>& sources() const override { return m_sources; }
  const std::vector<Failure>& failures() const override { return m_stage.failures; }
  const std::vector<std::string>& notices() const override { return m_stage.notices; }
  const std::vector<Case>& cases() const override { return m_stage.cases; }

  bool pending() const override { return playerPending() || !m_later.empty(); }
  double progress() const override { return playerPending() ? m_player->progress() : m_later.empty() ? 1 : 0.99; }
  void runNext() override;
  Result<u32> console(const std::string& line) override;
  void frame(std::span<const u8> bytes, s64 time) override;

private:
  bool playerPending() const { return m_player && m_player->pending(); }
  Result<u32> call(const std::string& line);
  bool runsAsCommand(const std::string& line);
  void arrive(std::span<const u8> bytes, s64 time);
  kernel::TaskId consoleTask();

  Stage m_stage;
  std::vector<Source> m_sources;
  std::deque<Source> m_later; // to be played again, in order
  std::unique_ptr<Player> m_player;
  Variables m_variables;
  kernel::TaskId m_console = 0;
  u32 m_consoles = 0;
  std::map<std::string, kernel::TaskId> m_consoleTasks; // by the names that `task` was given
};

void PlayedSession::runNext() {
  if (m_later.empty() || (playerPending() && m_stage.machine.now() < m_later.front().time)) {
    if (playerPending()) m_player->next();
    return;
  }
  const Source next = std::move(m_later.front());
  m_later.pop_front();
  if (next.kind == Source::Kind::Tap) {
    if (auto bytes = fromHex(next.text)) arrive(*bytes, next.time);
    return;
  }
  if (next.time > m_stage.machine.now()) m_stage.machine.runUntil(next.time);
  if (auto done = call(next.text); !done)
    m_stage.failures.push_back({"console: " + done.error().message, m_stage.lastStimulus()});
}

Result<u32> PlayedSession::console(const std::string& line) {
  const s64 time = m_stage.machine.now();
  auto done = call(line);
  if (done) m_sources.push_back({Source::Kind::Console, "", line, "", time});
  return done;
}

// The console speaks for the script's first task; while that sleeps in a call, for one of its own.
kernel::TaskId PlayedSession::consoleTask() {
  if (!m_console && m_player) m_console = m_player->task();
  if (!m_console || m_stage.machine.busy(m_console))
    m_console = m_stage.machine.createTask(m_consoles++ ? "console " + std::to_string(m_consoles) : "console");
  return m_console;
}

// ip, iptables, wire and sysctl; `task NAME[@NAMESPACE]`: whom the console speaks for from now on.
bool PlayedSession::runsAsCommand(const std::string& line) {
  const size_t from = line.find_first_not_of(" \t"), to = line.find_first_of(" \t", from);
  if (from == std::string::npos) return false;
  const std::string name = line.substr(from, to - from);
  if (name == "task" && to != std::string::npos) {
    const size_t begin = line.find_first_not_of(" \t", to), end = line.find_last_not_of(" \t");
    if (begin == std::string::npos) throw PlayError{{}, "expected the name of a task after 'task'"};
    const std::string wanted = line.substr(begin, end - begin + 1);
    auto it = m_consoleTasks.find(wanted);
    if (it == m_consoleTasks.end()) {
      it = m_consoleTasks.emplace(wanted, m_stage.machine.createTask(wanted)).first;
      placeTask(m_stage, it->second, wanted, "");
    }
    m_console = it->second;
    return true;
  }
  if (name != "ip" && name != "iptables" && name != "wire" && name != "sysctl") return false;
  runCommand(line, m_stage);
  m_stage.wire.settle();
  return true;
}

Result<u32> PlayedSession::call(const std::string& line) {
  try {
    if (m_stage.machine.panicked()) return Error{"the kernel has stopped: " + m_stage.machine.panicText()};
    if (runsAsCommand(line)) return m_stage.lastStimulus();
  } catch (const PlayError& e) {
    return Error{e.what};
  }
  auto parsed = parseConsoleCall(line);
  if (!parsed) return parsed.error();
  const auto wrong = [](Position at, const std::string& what) { return ScriptError("", at, what); };
  if (m_stage.machine.panicked()) return wrong({}, "the kernel has stopped: " + m_stage.machine.panicText());
  const CallShape* shape = callNamed(parsed->name);
  if (!shape) return wrong({}, "this kernel does not have " + parsed->name + "() yet");
  try {
    const kernel::TaskId task = consoleTask();
    const kernel::MachineOptions& o = m_stage.machine.options();
    const CallContext context{m_stage.machine,
                              task,
                              m_player ? m_player->local() : Endpoint{o.address, 8080},
                              m_player ? m_player->remote() : Endpoint{o.gateway, 8080},
                              [](s64 fd, Position) { return fd; },
                              &m_variables};
    PreparedCall prepared(*shape, parsed->arguments, {}, context);
    const u32 stimulus =
        prepared.make(m_stage.machine, task, describe(ConsoleCall{"", parsed->name, parsed->arguments}), "");
    m_stage.wire.settle();
    if (!parsed->variable.empty() && !m_stage.machine.busy(task))
      m_variables[parsed->variable] = journal().stimuli()[stimulus].result;
    return stimulus;
  } catch (const PlayError& e) {
    return wrong(e.position, e.what);
  }
}

void PlayedSession::frame(std::span<const u8> bytes, s64 time) {
  m_sources.push_back({Source::Kind::Tap, "eth0", toHex(std::vector<u8>(bytes.begin(), bytes.end())), "", time});
  arrive(bytes, time);
}

void PlayedSession::arrive(std::span<const u8> bytes, s64 time) {
  if (m_stage.machine.panicked()) return;
  if (time > m_stage.machine.now()) m_stage.machine.runUntil(time);
  m_stage.wire.inject(bytes);
  m_stage.wire.settle();
}

// ---- opening

using Opened = Result<std::unique_ptr<Session>>;

Opened openScript(const Source& source, std::vector<Source> sources) {
  // Symbols that packetdrill's suites have from their runner.
  static const Definitions suites{{"CMSG_LEVEL_IP", "SOL_IP"},
                                  {"CMSG_TYPE_RECVERR", "IP_RECVERR"},
                                  {"CODE", "host_unreachable"},
                                  {"TFO_COOKIE", "3021b9d889017eeb"}};
  auto script = parseScript(source.text, source.name.empty() ? "script" : source.name, suites);
  if (!script) return script.error();
  auto options = ScriptPlayer::machineFor(*script);
  if (!options) return options.error();
  auto session = std::make_unique<PlayedSession>(*options, std::move(sources));
  session->setPlayer(std::make_unique<ScriptPlayer>(std::move(*script), session->stage()));
  return std::unique_ptr<Session>(std::move(session));
}

Opened openCapture(const Source& source, std::vector<Source> sources) {
  auto plan = CapturePlayer::plan(source.name, source.host);
  if (!plan) return plan.error();
  auto session = std::make_unique<PlayedSession>(plan->options, std::move(sources));
  auto received = [s = session.get()](u16 port, std::span<const u8> payload) {
    if (s->onReceive) s->onReceive(port, payload);
  };
  session->setPlayer(std::make_unique<CapturePlayer>(std::move(*plan), session->stage(), received));
  return std::unique_ptr<Session>(std::move(session));
}

// A machine that waits for a person or a wire; `host` is eth0's address, "10.0.2.15/24".
Opened openIdle(const std::string& host, std::vector<Source> sources) {
  kernel::MachineOptions options;
  if (!host.empty()) {
    const size_t slash = host.find('/');
    const auto address = ipv4Address(host.substr(0, slash));
    u32 prefix = 24;
    bool good = address.has_value();
    if (slash != std::string::npos) {
      const auto parsed = std::from_chars(host.data() + slash + 1, host.data() + host.size(), prefix);
      good = good && parsed.ec == std::errc() && parsed.ptr == host.data() + host.size() && prefix <= 30;
    }
    if (!good) return Error{"expected eth0's address as 10.0.2.15/24, found '" + host + "'"};
    options.address = *address;
    options.prefix = prefix;
    options.gateway = 0;
  }
  return std::unique_ptr<Session>(std::make_unique<PlayedSession>(options, std::move(sources)));
}

Result<std::string> readWhole(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return Error{path + ": cannot be opened"};
  return std::string(std::istreambuf_iterator<char>(in), {});
}

bool looksLikeCapture(std::string_view head) {
  static constexpr std::string_view magics[] = {"\xd4\xc3\xb2\xa1", "\xa1\xb2\xc3\xd4", "\x4d\x3c\xb2\xa1",
                                                "\xa1\xb2\x3c\x4d", "\x0a\x0d\x0d\x0a"};
  return std::any_of(std::begin(magics), std::end(magics), [&](auto m) { return head.starts_with(m); });
}

bool namedLikeCapture(const std::string& path) {
  for (const char* end : {".pcap", ".pcapng", ".cap"})
    if (path.ends_with(end)) return true;
  return false;
}

} // namespace

Opened Session::open(std::vector<Source> sources) {
  const auto main = std::find_if(sources.begin(), sources.end(), [](const Source& s) { return !comesLater(s); });
  if (main == sources.end()) return openIdle("", std::move(sources));
  if (std::count_if(sources.begin(), sources.end(), [](const Source& s) { return !comesLater(s); }) > 1)
    return Error{"a session plays one script or one capture; more were given"};
  const Source source = *main;
  switch (source.kind) {
  case Source::Kind::Script: return openScript(source, std::move(sources));
  case Source::Kind::Capture: return openCapture(source, std::move(sources));
  default: return openIdle(source.host, std::move(sources));
  }
}

Opened Session::openFile(const std::string& path) {
  if (namedLikeCapture(path)) return open({{Source::Kind::Capture, path, "", "", 0}});
  auto text = readWhole(path);
  if (!text) return text.error();
  if (looksLikeCapture(*text)) return open({{Source::Kind::Capture, path, "", "", 0}});
  if (!text->starts_with(SessionMagic)) return open({{Source::Kind::Script, path, std::move(*text), "", 0}});
  auto saved = readSaved(path);
  if (!saved) return saved.error();
  return open(std::move(saved->sources));
}

// ---- saving

Result<Session::Saved> Session::readSaved(const std::string& path) {
  auto file = loadSession(path);
  if (!file) return file.error();
  Saved saved;
  saved.position = static_cast<u32>(file->playhead);
  saved.layout = file->layout;
  for (const SessionStimulus& s : file->stimuli) {
    if (auto* script = std::get_if<ScriptStimulus>(&s))
      saved.sources.push_back({Source::Kind::Script, script->name, script->contents, "", 0});
    else if (auto* capture = std::get_if<CaptureStimulus>(&s))
      saved.sources.push_back({Source::Kind::Capture, capture->path, "", capture->host, 0});
    else if (auto* call = std::get_if<CallStimulus>(&s))
      saved.sources.push_back({Source::Kind::Console, "", call->text, "", call->time});
    else if (auto* frame = std::get_if<FrameStimulus>(&s); frame && !frame->bytes.empty())
      saved.sources.push_back({Source::Kind::Tap, frame->device, toHex(frame->bytes), "", frame->time});
    else if (auto* sysctl = std::get_if<SysctlStimulus>(&s); sysctl && sysctl->name == "tap.address")
      saved.sources.push_back({Source::Kind::Tap, "", "", sysctl->value, 0});
    else return Error{path + ": it holds a stimulus that this version of Sockwalk does not play"};
  }
  return saved;
}

Result<void> Session::save(const std::string& path, u32 position, const std::string& layout) const {
  SessionFile file;
  file.playhead = position;
  file.layout = layout;
  for (const Source& s : sources()) {
    switch (s.kind) {
    case Source::Kind::Script: file.stimuli.push_back(ScriptStimulus{s.name, s.text, {}}); break;
    case Source::Kind::Capture: file.stimuli.push_back(CaptureStimulus{s.name, s.host}); break;
    case Source::Kind::Console: file.stimuli.push_back(CallStimulus{s.time, "", s.text}); break;
    case Source::Kind::Tap:
      if (s.text.empty()) file.stimuli.push_back(SysctlStimulus{"tap.address", s.host});
      else file.stimuli.push_back(FrameStimulus{s.time, "eth0", *fromHex(s.text)});
      break;
    }
  }
  return saveSession(file, path);
}

} // namespace sockwalk::scenario
