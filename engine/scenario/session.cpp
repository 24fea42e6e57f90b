#include "engine/scenario/session.h"
#include "engine/base/whole_file.h"
#include "engine/feed/packet_reader.h"
#include "engine/scenario/capture_player.h"
#include "engine/scenario/constants.h"
#include "engine/scenario/parser.h"
#include "engine/scenario/played_session.h"
#include "engine/scenario/script_player.h"
#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>

namespace sockwalk::scenario {

namespace {

using Opened = Result<std::unique_ptr<Session>>;
using Stimuli = std::vector<SessionStimulus>;

// ---- opening; each keeps `stimuli`, of which `source` is one

std::unique_ptr<PlayedSession> sessionOn(const kernel::MachineOptions& options, MachineSetup setup, Stimuli stimuli) {
  setup.machine = options.recorded.plain() ? MachineKind::Plain : MachineKind::Recorded; // saved, whoever decided it
  return std::make_unique<PlayedSession>(options, setup, std::move(stimuli));
}

Opened playScript(Script script, const MachineSetup& setup, Stimuli stimuli) {
  if (setup.hz) script.hz = setup.hz;
  if (setup.link) script.link = setup.link;
  if (setup.era) script.era = setup.era;
  script.machine = setup.machine ? *setup.machine : script.machine.value_or(setup.otherwise);
  auto options = machineFor(script);
  if (!options) return options.error();
  auto session = sessionOn(*options, setup, std::move(stimuli));
  session->setPlayer(std::make_unique<ScriptPlayer>(std::move(script), session->stage()));
  return std::unique_ptr<Session>(std::move(session));
}

Opened openScript(const ScriptStimulus& source, const MachineSetup& setup, Stimuli stimuli) {
  // Symbols that packetdrill's suites have from their runner.
  Definitions symbols{{"CMSG_LEVEL_IP", "SOL_IP"},
                      {"CMSG_TYPE_RECVERR", "IP_RECVERR"},
                      {"CODE", "host_unreachable"},
                      {"TFO_COOKIE", "3021b9d889017eeb"}};
  for (const auto& [symbol, value] : source.definitions) symbols[symbol] = value;
  auto script = parseScript(source.contents, source.name.empty() ? "script" : source.name, symbols);
  if (!script) return script.error();
  return playScript(std::move(*script), setup, std::move(stimuli));
}

// What a machine without a script takes from the setup; what would have no effect is an error.
Result<void> applySetup(const MachineSetup& setup, const char* what, kernel::MachineOptions& options) {
  if (setup.link.value_or(Link::E1000) != Link::E1000)
    return Error{std::string("the link ") + LinkNames[static_cast<size_t>(*setup.link)] + " is for scripts; " + what +
                 " is played on e1000"};
  if (setup.era.value_or(Era::Linux61) != Era::Linux61)
    return Error{"the Linux of 2.6 is for scripts; " + std::string(what) + " is played on 6.1"};
  if (setup.hz) options.hz = *setup.hz;
  options.recorded = recordedOf(setup.machine.value_or(setup.otherwise));
  return {};
}

Opened openCapture(const CaptureStimulus& source, const MachineSetup& setup, Stimuli stimuli) {
  auto plan =
      capturePlan(CaptureFile::read(source.name, source.bytes, CaptureFile::MaxBytes, source.filter), source.host);
  if (!plan) return plan.error();
  if (auto applied = applySetup(setup, "a capture", plan->options); !applied) return applied.error();
  auto session = sessionOn(plan->options, setup, std::move(stimuli));
  auto received = [s = session.get()](u16 port, std::span<const u8> payload) {
    if (s->onReceive) s->onReceive(port, payload);
  };
  session->setComment({std::filesystem::path(source.name).filename().string(), plan->file.comment()});
  session->setPlayer(capturePlayer(std::move(*plan), session->stage(), received));
  return std::unique_ptr<Session>(std::move(session));
}

// A machine that waits for a wire.
Opened openTap(const TapStimulus& tap, const MachineSetup& setup, Stimuli stimuli) {
  kernel::MachineOptions options;
  const size_t slash = std::min(tap.address.find('/'), tap.address.size());
  const auto address = ipv4Address(tap.address.substr(0, slash));
  const char* const end = tap.address.data() + tap.address.size();
  bool good = address.has_value();
  if (slash < tap.address.size()) {
    const auto parsed = std::from_chars(tap.address.data() + slash + 1, end, options.prefix);
    good = good && parsed.ec == std::errc() && parsed.ptr == end && options.prefix <= 30;
  }
  if (!good) return Error{"expected eth0's address as 10.0.2.15/24, found '" + tap.address + "'"};
  options.address = *address;
  options.gateway = 0;
  if (auto applied = applySetup(setup, "a TAP", options); !applied) return applied.error();
  return std::unique_ptr<Session>(sessionOn(options, setup, std::move(stimuli)));
}

// A machine that waits for a person. With a link of its own it is that of a script without lines.
Opened openIdle(const MachineSetup& setup, Stimuli stimuli) {
  if (setup.link || setup.era) return playScript({}, setup, std::move(stimuli));
  kernel::MachineOptions options;
  if (auto applied = applySetup(setup, "a console", options); !applied) return applied.error();
  return std::unique_ptr<Session>(sessionOn(options, setup, std::move(stimuli)));
}

// ---- files

constexpr std::string_view SessionMagic = "sockwalk-session";

Result<std::string> readWhole(const std::string& path) {
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored))
    return Error{path + ": is a folder; expected a script, a capture or a saved session"};
  if (auto bytes = readWholeFile(path)) return std::move(*bytes);
  return Error{path + ": cannot be opened"};
}

FileKind kindOf(std::string_view head, const std::string& path) {
  if (beginsPacketFile({reinterpret_cast<const u8*>(head.data()), head.size()})) return FileKind::Capture;
  if (head.starts_with(SessionMagic)) return FileKind::Saved;
  std::string name = path;
  for (char& c : name) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
  for (const char* end : {".pcap", ".pcapng", ".cap", ".gz", ".zst", ".xz"})
    if (name.ends_with(end)) return FileKind::Capture;
  return name.ends_with(".sockwalk") ? FileKind::Saved : FileKind::Script;
}

// What the person says stands above what was saved.
void saysBesides(const MachineSetup& said, MachineSetup& saved) {
  if (said.machine) saved.machine = said.machine;
  if (said.hz) saved.hz = said.hz;
  if (said.link) saved.link = said.link;
  if (said.era) saved.era = said.era;
  saved.otherwise = said.otherwise;
}

} // namespace

FileKind fileKind(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  char head[SessionMagic.size()] = {};
  in.read(head, sizeof head);
  return kindOf({head, static_cast<size_t>(in.gcount())}, path);
}

Opened Session::open(std::vector<SessionStimulus> stimuli, const MachineSetup& setup) {
  const auto plays = [](const SessionStimulus& s) { return !timeOf(s); };
  if (std::count_if(stimuli.begin(), stimuli.end(), plays) > 1)
    return Error{"a session plays one script, one capture or one TAP; more were given"};
  const auto main = std::find_if(stimuli.begin(), stimuli.end(), plays);
  if (main == stimuli.end()) return openIdle(setup, std::move(stimuli));
  if (const auto* script = std::get_if<ScriptStimulus>(&*main)) return openScript(*script, setup, std::move(stimuli));
  if (const auto* capture = std::get_if<CaptureStimulus>(&*main))
    return openCapture(*capture, setup, std::move(stimuli));
  return openTap(std::get<TapStimulus>(*main), setup, std::move(stimuli));
}

Result<SessionFile> Session::readFile(const std::string& path, const OpenOptions& options) {
  const FileKind kind = fileKind(path);
  if (kind != FileKind::Script && !options.definitions.empty())
    return Error{path + ": it is no script, so -D has nothing to define"};
  if (kind != FileKind::Capture && !options.host.empty())
    return Error{path + ": it is no capture, so it has no host " + options.host};
  if (kind != FileKind::Capture && !options.filter.empty())
    return Error{path + ": it is no capture, so there is nothing to filter"};
  if (kind == FileKind::Saved) {
    auto saved = loadSession(path);
    if (!saved) return saved.error();
    saysBesides(options.setup, saved->setup);
    return std::move(*saved);
  }
  auto contents = readWhole(path);
  if (!contents) return contents.error();
  SessionFile file;
  file.setup = options.setup;
  if (kind == FileKind::Capture)
    file.stimuli = {CaptureStimulus{path, std::move(*contents), options.host, options.filter}};
  else file.stimuli = {ScriptStimulus{path, std::move(*contents), options.definitions}};
  return file;
}

Opened Session::openFile(const std::string& path, const OpenOptions& options) {
  auto file = readFile(path, options);
  if (!file) return file.error();
  return open(std::move(file->stimuli), file->setup);
}

Result<void> Session::save(const std::string& path, u32 position, const std::string& layout) const {
  return saveSession({setup(), stimuli(), position, layout}, path);
}

} // namespace sockwalk::scenario
